"""Margins: the root that reruns correct, order statistics of them, and rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp, log

import numpy as np
import pytest

from scenarios.experiment.experiment import Point
from scenarios.files.load import load
from scenarios.margin.curve import Curve, Sought, crossing, roots
from scenarios.margin.job import Found, task
from scenarios.margin.loads import reference_days
from scenarios.margin.rows import Quantile, borne_with, with_margins
from scenarios.margin.search import MOST, Root, stand_for
from scenarios.run.statistic import Row, Used
from sim.calendar import Calendar
from sim.louder import scaled

FACTORS = np.linspace(log(0.1), log(5), 40)


def short(factor: float, steep: float = 6.0, at: float = 1.3) -> float:
    """A share that falls short, rising with the load: one in twenty at ``at``."""
    return min(0.05 * (factor / at) ** steep, 1.0)


def sought(known: float, **theory: float) -> Sought:
    curve = Curve(FACTORS, np.array([short(exp(factor), **theory) for factor in FACTORS]))
    return Sought(curve, curve, known, 0.05)


@pytest.mark.parametrize("theory", [{"at": 1.3}, {"at": 1.6}, {"at": 1.1}, {"steep": 5.0}, {"at": 1.5, "steep": 7.0}])
def test_reruns_correct_what_theory_guesses(theory: dict[str, float]) -> None:
    asked: list[float] = []

    def rerun(wanted: Mapping[str, float]) -> dict[str, float]:
        asked.extend(wanted.values())
        return {year: short(exp(factor)) for year, factor in wanted.items()}

    found = roots({"FY2026": sought(short(1.0), **theory)}, rerun)
    assert exp(found["FY2026"]) == pytest.approx(1.3, abs=0.01)
    assert len(asked) <= 2


@pytest.mark.parametrize("guess", [-5.0, log(0.5), 0.0, log(1.3), log(1.31), log(4.0), 5.0])
def test_a_share_that_costs_little_is_followed_to_where_it_crosses(guess: float) -> None:
    asked: list[float] = []

    def told(factor: float) -> float:
        asked.append(factor)
        return short(exp(factor))

    assert crossing(told, 0.05, (log(0.1), log(5)), guess) == pytest.approx(log(1.3), abs=0.001)
    assert len(asked) <= 8 and len(set(asked)) == len(asked)


@pytest.mark.parametrize(("share", "end"), [(0.0, 5), (0.04, 5), (0.06, 0.1)])
def test_a_share_that_never_crosses_has_its_root_at_an_end(share: float, end: float) -> None:
    for guess in (-5.0, 0.0, 5.0):
        assert crossing(lambda factor: share, 0.05, (log(0.1), log(5)), guess) == pytest.approx(log(end))


def test_a_share_that_jumps_over_the_one_allowed_crosses_it_there() -> None:
    for guess in (-2.0, 0.0, 1.0):
        found = crossing(lambda factor: 0.01 if factor < log(1.3) else 0.2, 0.05, (log(0.1), log(5)), guess)
        assert found == pytest.approx(log(1.3), abs=0.001)


def test_days_that_stand_for_a_year_may_have_more_or_less_of_a_lack_than_it() -> None:
    """A rerun of them just this side of its own root does not forbid the year's on the other side."""
    for seen in (1.28, 1.32):
        curves = [
            Curve(FACTORS, np.array([short(exp(factor), at=at) for factor in FACTORS])) for at in (1.33, seen + 0.03)
        ]

        def rerun(wanted: Mapping[str, float], seen: float = seen) -> dict[str, float]:
            return {year: short(exp(factor), at=seen) for year, factor in wanted.items()}

        found = roots({"FY2026": Sought(curves[0], curves[1], 1e-6, 0.05)}, rerun)
        assert exp(found["FY2026"]) == pytest.approx(1.3, abs=0.01)


def test_a_year_that_stands_at_its_root_needs_no_rerun() -> None:
    def never(wanted: Mapping[str, float]) -> dict[str, float]:
        raise AssertionError(wanted)

    assert exp(roots({"FY2026": sought(0.0505)}, never)["FY2026"]) == pytest.approx(
        (0.05 / 0.0505) ** (1 / 6), abs=1e-3
    )


def test_theory_that_what_is_known_refutes_is_not_believed() -> None:
    """It says that the target breaks long before the year's own load, under which it holds; or the other way round."""
    for at, known in ((0.3, 0.0), (4.0, 0.3)):
        true = 1.3 if known == 0 else 0.8

        def rerun(wanted: Mapping[str, float], true: float = true) -> dict[str, float]:
            return {year: short(exp(factor), at=true) for year, factor in wanted.items()}

        found = roots({"FY2026": sought(known, at=at)}, rerun)
        assert exp(found["FY2026"]) == pytest.approx(true, abs=0.01)


def test_a_root_beyond_what_is_looked_at_stays_at_the_end() -> None:
    found = roots({"FY2026": sought(0.0, at=50.0)}, lambda wanted: {})
    assert exp(found["FY2026"]) == pytest.approx(5.0)


LOST = np.random.default_rng(3).lognormal(0, 2, 365)
"""Calls lost on each day of a year: most of them on few days."""


@pytest.mark.parametrize("share", [0.1, 0.4])
def test_days_looked_at_stand_for_all_of_a_year(share: float) -> None:
    """On average over where they begin they are all days, and those that lose more are looked at more often."""
    drawn = np.array([stand_for(LOST, share, (place + 0.5) / 5000) for place in range(5000)])
    seen = drawn > 0
    np.testing.assert_allclose(drawn.mean(axis=0), 1.0, atol=0.03)
    assert 0.6 * share < seen.mean() <= share
    heavy = np.quantile(LOST, 0.9) < LOST
    assert seen[:, heavy].mean() > 2 * seen[:, ~heavy].mean()
    of_year, alike = drawn @ LOST / LOST.sum(), seen @ LOST / LOST.sum() / seen.mean()
    assert of_year.mean() == pytest.approx(1.0, abs=0.01) and abs(alike.mean() - 1) > 0.2
    assert np.ptp(seen.sum(axis=1)) <= 1


def test_all_days_are_looked_at_where_so_many_are_wanted() -> None:
    np.testing.assert_array_equal(stand_for(LOST, 1.0, 0.7), 1.0)
    seen = stand_for(np.zeros(365), 0.1, 0.3)
    assert 30 <= np.count_nonzero(seen) <= 38


def test_a_load_is_scaled_without_drift() -> None:
    counts = np.array([1, 0, 3, 1, 1, 1, 2])
    louder = scaled(counts, np.full(7, 1.3))
    assert louder.dtype == np.int64
    assert abs(np.cumsum(louder) - np.cumsum(counts) * 1.3).max() <= 0.5
    np.testing.assert_array_equal(scaled(counts, np.ones(7)), counts)
    np.testing.assert_array_equal(scaled(counts, np.zeros(7)), 0 * counts)


MEASURED = {1: 0.49, 2: 0.16, 3: 0.16}
"""Processor time of the margins of some replications of renewal-wave, in that of the whole replication."""


def test_the_cost_of_margins_is_said_within_a_third() -> None:
    point = Point("wave", load("renewal-wave").parameters, 1)
    for number, measured in MEASURED.items():
        assert task(point, number).times == pytest.approx(measured, rel=1 / 3)
    first, other = task(point, 1).times, task(point, 2).times
    # twenty replications with five by chance alone and the margins of all take no longer than forty
    assert 20 + 5 + first + 19 * other <= 40


def test_a_margin_is_an_order_statistic() -> None:
    values = [float(number) for number in range(20, 0, -1)]
    # 16 of 20 bear 5 or more; binomial(20, 0.2): below X1 with 1.2 %, above X9 with 1.0 %
    assert borne_with(0.8, values) == Quantile(5.0, 1.0, 9.0)
    assert borne_with(0.5, values) == Quantile(11.0, 6.0, 15.0)
    assert borne_with(0.9, values) == Quantile(3.0, None, 6.0)
    assert borne_with(0.8, [1.2]) == Quantile(1.2, None, None)


def test_with_weights_it_is_the_first_load_that_more_than_so_much_of_them_lies_up_to() -> None:
    borne, shares = [1.4, 1.1, 1.3, 1.2], [0.1, 0.2, 0.3, 0.4]
    # in order 1.1, 1.2, 1.3, 1.4 with 0.2, 0.6, 0.9 and all of the weights up to them
    assert borne_with(0.9, borne, shares).value == 1.1  # 0.1 of the weights may fall short: 1.1 has 0.2
    assert borne_with(0.8, borne, shares).value == 1.2  # 0.2 may: all of 1.1
    assert borne_with(0.5, borne, shares).value == 1.2
    assert borne_with(0.1, borne, shares).value == 1.4
    # worth 1 / (0.01 + 0.04 + 0.09 + 0.16) = 3.3 replications, 3: too few for either end
    assert borne_with(0.5, borne, shares) == Quantile(1.2, None, None)


def test_the_interval_of_a_weighted_margin_is_that_of_as_many_as_the_weights_are_worth() -> None:
    values = [float(number) for number in range(1, 21)]
    # each of 20 loads stands there twice, once with all of its weight and once with none: worth 20
    twice, shares = [*values, *values], [1 / 20] * 20 + [0.0] * 20
    assert borne_with(0.8, twice, shares) == borne_with(0.8, values) == Quantile(5.0, 1.0, 9.0)
    # each of 40 loads with half of that is worth 40: binomial(40, 0.2) puts X4 and X14 about the ninth
    of_forty = borne_with(0.8, twice)
    assert of_forty == borne_with(0.8, twice, [1 / 40] * 40) == Quantile(5.0, 2.0, 7.0)


@pytest.mark.parametrize("probability", [0.5, 0.8])
def test_its_interval_holds_the_true_quantile(probability: float) -> None:
    truth = float(np.quantile(np.random.default_rng(1).lognormal(0, 0.3, 400_000), 1 - probability))
    samples = np.random.default_rng(2).lognormal(0, 0.3, (1000, 40))
    held = 0
    for sample in samples:
        found = borne_with(probability, sample.tolist())
        assert found.low is not None and found.high is not None
        held += found.low <= truth <= found.high
    assert held / 1000 >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / 1000)


def replication(number: int, rerun: bool = True) -> Found:
    """A replication that bears 1.5 times its load in FY2026 and 1.2 times that in FY2027."""
    year = {"notices": 0.4 + number / 100, "holders": 0.5, "loss": 0.1}
    years = {"FY2026": year, "FY2027": {cause: load * 1.1 for cause, load in year.items()}}
    borne = {"FY2026": 1.5, "FY2027": 1.2}
    calls = {period: Root(factor * 1.1, factor if rerun else None) for period, factor in borne.items()}
    return Found({"resident_calls": years}, {"calls-95": calls})


def row(period: str, target: str = "calls-95") -> Row:
    return Row(target, None, period, "answered_share", True, value=0.96, threshold=0.95)


def test_rows_say_what_a_year_bears_and_what_comes() -> None:
    found = [replication(number) for number in range(20)]
    first, both = with_margins([row("FY2026"), row("years")], found, "FY2025")
    assert (first.driver, first.driver_reference, first.margin_replications) == ("resident_calls", "FY2025", 20)
    assert first.margin_80 == pytest.approx(1.5)
    assert first.driver_forecast_low == pytest.approx(1.0095)
    assert first.driver_forecast_high == pytest.approx(1.1805)
    # of all years each must hold: FY2027 bears 1.2 times what it has
    assert both.margin_80 == pytest.approx(1.2)
    assert both.driver_forecast_high == pytest.approx(1.1 * 1.1805)
    assert first.uses_up is not None
    (cause, second) = first.uses_up
    assert (cause.cause, second.cause) == ("holders", "notices")
    middle = 1.0 + 0.095
    assert cause.grows_to == pytest.approx(1 + 0.5 * middle / 0.5)


@dataclass
class Bearing:
    """A replication that has a load in each year, and bears so many times as much."""

    loads: dict[str, float]
    factors: dict[str, float]

    @property
    def found(self) -> Found:
        roots = {year: Root(factor, factor) for year, factor in self.factors.items()}
        return Found(
            {"resident_calls": {year: {"holders": load} for year, load in self.loads.items()}}, {"calls-95": roots}
        )


def test_what_is_borne_and_what_comes_are_of_one_year() -> None:
    """A launch comes in one year or the next: the year that bears little is not the one with the largest load."""
    launch = [Bearing({"FY2028": 0.8, "FY2031": 1.2}, {"FY2028": 1.1, "FY2031": 1.3})] * 3
    missed = [Bearing({"FY2028": 0.8, "FY2031": 1.2}, {"FY2028": 0.9, "FY2031": 1.3})]
    (all_years,) = with_margins([row("years")], [one.found for one in (*launch, *missed)], "FY2025")
    assert all_years.margin_50 == pytest.approx(1.1)  # and not 0.88 of FY2025's beside a forecast of 1.2
    assert all_years.margin_80 == pytest.approx(0.9)  # one of four misses it as it is
    assert all_years.driver_forecast_high == pytest.approx(1.2)


def test_weights_of_replications_reach_margins_loads_and_causes() -> None:
    found = [replication(number) for number in range(4)]
    found[3] = replace(found[3], roots={"calls-95": {"FY2026": Root(1.6, 1.6), "FY2027": Root(1.6, 1.6)}})
    shares = [0.7, 0.0, 0.0, 0.3]
    (filled,) = with_margins([row("FY2026")], found, "FY2025", shares)
    # replications 0 and 3 bear 1.5 and 1.6 times their loads; 0.7 of the weights lie at the former
    assert filled.margin_80 == pytest.approx(1.5)
    assert filled.margin_50 == pytest.approx(1.5)
    (other,) = with_margins([row("FY2026")], found, "FY2025", shares[::-1])
    assert other.margin_50 == pytest.approx(1.6)
    assert filled.margin_replications == 1  # 1 / (0.49 + 0.09) = 1.7
    assert filled.uses_up is not None
    notices = next(cause for cause in filled.uses_up if cause.cause == "notices")
    assert notices.load == pytest.approx(0.7 * 0.40 + 0.3 * 0.43)
    assert with_margins([row("FY2026")], found, "FY2025", [0.25] * 4) == with_margins([row("FY2026")], found, "FY2025")


def test_what_was_not_rerun_is_theory_corrected_by_what_was() -> None:
    found = [replication(number, rerun=number < 3) for number in range(20)]
    rerun = [replication(number) for number in range(20)]
    assert with_margins([row("FY2026")], found, "FY2025") == with_margins([row("FY2026")], rerun, "FY2025")


def test_a_margin_beyond_all_looked_at_stands_at_the_most() -> None:
    far = Found({"resident_calls": {"FY2026": {"holders": 1.0}}}, {"calls-95": {"FY2026": Root(7.0, 7.0)}})
    (filled,) = with_margins([row("FY2026")], [far], "FY2025")
    assert filled.margin_80 == MOST
    assert filled.uses_up == (Used("holders", 1.0, None),)


def test_rows_without_a_driver_a_test_or_replications_say_nothing() -> None:
    free = [row("FY2026", "availability-99.9"), row("FY2028"), row("2026-04"), row("all")]
    assert with_margins(free, [replication(1)], "FY2025") == free
    assert with_margins([row("FY2026")], [], "FY2025") == [row("FY2026")]


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("2026-04-01", "2027-03-31", "FY2025"),
        ("2025-04-01", "2026-03-31", "FY2025"),
        ("2028-04-01", "2029-03-31", "FY2027"),
        ("2028-07-01", "2029-03-31", "2027-07/2028-06"),
    ],
)
def test_loads_are_multiples_of_fy2025_or_of_the_year_before(start: str, end: str, label: str) -> None:
    parameters = load("plan-period").with_values({"start": start, "end": end}).parameters
    said, days = reference_days(parameters)
    months = Calendar(parameters.first_simulated_day, parameters.end).month[days]
    assert said == label
    assert len(np.unique(months)) == 12
