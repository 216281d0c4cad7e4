"""The validation service of two centres: sums by hand, extremes, and what it leaves alone."""

from datetime import date
from math import exp, log

import numpy as np
import pytest
from scipy.special import ndtr

from scenarios.errors import UserError
from scenarios.experiment.experiment import Point
from scenarios.files.load import load
from scenarios.run.available import Availability, is_computed, with_computed
from scenarios.run.statistic import Row
from sim.calendar import Calendar
from sim.facts import SYSTEMS
from sim.journal import Journal
from sim.parameters import Parameters
from sim.plan import Plan
from sim.streams import EVEN, Streams
from sim.systems.facts import VALIDATION_SERVICE
from sim.systems.outages import Outages
from sim.systems.validation import post_validation

YEAR = Calendar(date(2026, 4, 1), date(2027, 3, 31))
TUESDAY = date(2026, 6, 2)
NEVER = {f"systems.{name}.failures_per_year": 0 for name in (*SYSTEMS, "validation")}
A_DAY = 1_440_000
"""Checks of a day: a thousand a minute."""


def parameters(*events: dict[str, object], **values: object) -> Parameters:
    known = {f"systems.validation.{name}": value for name, value in values.items()}
    plain = {**NEVER, "systems.validation.checks_per_month": A_DAY * 365.25 / 12, "disruptions.events": list(events)}
    return load("plan-period").with_values(plain | known).parameters


def posted(own: Parameters, calendar: Calendar = YEAR, replication: int = 1) -> Journal:
    """What both centres post of some days; its own counts add up."""
    streams, journal = Streams(1, replication), Journal(calendar.days)
    post_validation(Plan(own, streams, calendar, chance_only=True), streams, calendar, journal)
    assert journal.close(parts=[VALIDATION_SERVICE])
    return journal


def hit(what: str, start: str, hours: float, day: date = TUESDAY) -> dict[str, object]:
    return {"hits": what, "day": day, "from": start, "hours": hours}


def sums(journal: Journal) -> dict[str, int]:
    names = ("down_minutes", "fail_overs", "unseen", "unrelieved")
    return {name: int(journal[f"validation_{name}"].sum()) for name in names}


@pytest.mark.parametrize(
    ("events", "down", "fail_overs", "unrelieved"),
    [
        ([], 0, 0, 0),
        ([hit("validation_centre", "10:00", 4)], 10, 1, 0),
        ([hit("validation", "10:00", 4)], 240, 0, 1),
        ([hit("validation_centre", "10:00", 0.1)], 6, 0, 1),  # repaired before the other answers
        ([hit("validation_centre", "10:00", 4), hit("validation_centre", "20:00", 4)], 20, 2, 0),
        # one lost until 10:00 of the next day, and the other for two hours meanwhile
        ([hit("validation_centre", "10:00", 24), hit("validation_centre", "14:00", 2)], 10 + 120, 1, 1),
        # one lost until 12:00, the other from 11:00 to 16:00: the first answers again at 12:10
        ([hit("validation_centre", "10:00", 2), hit("validation_centre", "11:00", 5)], 10 + 70, 2, 0),
        # both lost for an hour, and one of them for four: the other answers ten minutes after that hour
        ([hit("validation_centre", "10:00", 4), hit("validation", "10:00", 1)], 60 + 10, 1, 1),
    ],
)
def test_stated_losses_by_hand(events: list[dict[str, object]], down: int, fail_overs: int, unrelieved: int) -> None:
    journal = posted(parameters(*events))
    assert sums(journal) == {"down_minutes": down, "fail_overs": fail_overs, "unseen": 0, "unrelieved": unrelieved}
    assert journal["validity_checks"].sum() == 365 * A_DAY
    assert journal["validity_checks_unanswered"].sum() == down * 1000


def test_a_revocation_list_comes_once_somebody_answers() -> None:
    """Due at five: lost from four for two hours, or for thirty, into the next morning."""
    first = YEAR.index(TUESDAY)
    for hours, late in ((0.5, [0, 0]), (2, [60, 0]), (30, [29 * 60, 5 * 60])):
        found = posted(parameters(hit("validation", "04:00", hours)))["crl_late_minutes"]
        assert found[first : first + 2].tolist() == late and found.sum() == sum(late)


def test_minutes_lost_a_year_are_fail_overs_and_common_causes() -> None:
    """The working centre fails alone at rate (1 - b) r and costs min(f, R), both at once at rate b r and cost R."""
    rate, common, fail_over, mean, spread = 2.0, 0.2, 10.0, 90.0, 0.5
    own = parameters(
        failures_per_year=rate, common_share=common, fail_over_minutes=fail_over, repair_hours=mean / 60,
        repair_spread=spread,
    )  # fmt: skip
    years = Calendar(date(2026, 4, 1), date(2046, 3, 31))
    told = [sums(posted(own, years, EVEN + number)) for number in range(1, 101)]
    middle = log(mean) - spread**2 / 2
    longer = ndtr((middle - log(fail_over)) / spread)
    shorter = mean * ndtr((log(fail_over) - middle) / spread - spread)  # E[R; R < f], R lognormal
    alone, both = 1 - common, common
    expected = {
        "down_minutes": rate * (alone * (shorter + fail_over * longer) + both * mean),
        "fail_overs": rate * alone * longer,
        "unseen": rate * alone,
        "unrelieved": rate * (alone * (1 - longer) + both),
    }
    squared = rate * (alone * fail_over**2 + both * mean**2 * exp(spread**2))  # variance a year, a little more
    variance = {**expected, "down_minutes": squared}
    n = 100 * 20
    for name, value in expected.items():
        seen = sum(one[name] for one in told) / n
        # of 2,000 failures a year about one meets the other centre down, or falls on one day with another
        assert seen == pytest.approx(value, abs=3 * (variance[name] / n) ** 0.5 + 2e-3 * value), name


def test_with_common_causes_alone_nothing_fails_over() -> None:
    journal = posted(parameters(failures_per_year=200, common_share=1, fail_over_minutes=0))
    assert (journal["validation_breakdowns"] == journal["validation_unrelieved"]).all()
    assert journal["validation_down_minutes"].sum() > 100 * 30


def test_without_common_cause_and_delay_only_two_at_once_are_seen() -> None:
    """Each of two times r breakdowns a year meets the other centre down with chance r times a repair over a year."""
    rate, years = 20, Calendar(date(2026, 4, 1), date(2046, 3, 31))
    own = parameters(failures_per_year=rate, common_share=0, fail_over_minutes=0)
    told = [posted(own, years, EVEN + number)["validation_down_minutes"] for number in range(1, 21)]
    expected = 20 * 20 * 2 * rate**2 * 1.5 / 8766
    seen = sum(np.count_nonzero(lost) for lost in told)
    assert seen == pytest.approx(expected, abs=3 * expected**0.5)  # Poisson; two on a day are one: a few fewer


def test_centres_that_never_break_answer_every_check() -> None:
    journal = posted(parameters())
    names = [fact.name for fact in VALIDATION_SERVICE.facts if not fact.name.startswith("validity_checks")]
    assert not any(journal[name].any() for name in names)
    assert (journal["validity_checks_answered"] == A_DAY).all()


def outages(own: Parameters) -> Journal:
    streams, journal = Streams(1, 1), Journal(YEAR.days)
    Outages(Plan(own, streams, YEAR, chance_only=True), streams, YEAR, journal)
    return journal


def test_it_counts_as_an_outage_of_relying_parties_only_where_a_parameter_says_so() -> None:
    often = {"failures_per_year": 30, "common_share": 0.5}
    beside, inside = (outages(parameters(in_availability=counted, **often)) for counted in (False, True))
    name = "outage_minutes_jpki_verifier"
    assert not beside[name].any()
    assert inside[name].tolist() == posted(parameters(**often))["validation_down_minutes"].tolist()
    assert inside[name].sum() > 0
    others = [fact for fact in (f"{what}_minutes_{one}" for what in ("service", "outage") for one in SYSTEMS[:2])]
    assert all((beside[other] == inside[other]).all() for other in others)


def test_availability_is_counted_where_it_does() -> None:
    row = Row("availability-99.9", "jpki_verifier", "FY2026", "availability", decides=True, probability=0.5)  # type: ignore[call-arg]
    for counted in (False, True):
        own = parameters(in_availability=counted)
        (told,) = with_computed([row], Availability(Point("one", own, 1, chance_only=True)))
        assert told.computed is is_computed(row.id, own) is not counted
        assert (told == row) is counted


def test_a_centre_is_lost_whole() -> None:
    with pytest.raises(UserError) as refused:
        parameters({**hit("validation_centre", "10:00", 2), "lost": 0.5})
    assert "lost: validation_centre is lost whole, which is 1" in str(refused.value)


def test_lengths_of_stated_losses_may_be_ranges() -> None:
    own = parameters({**hit("validation", "10:00", 1), "hours": {"value": 2, "low": 1, "high": 3}})
    streams = Streams(1, 5)
    found = []
    for chance_only in (True, False):
        journal = Journal(YEAR.days)
        post_validation(Plan(own, streams, YEAR, chance_only), streams, YEAR, journal)
        found.append(int(journal["validation_down_minutes"].sum()))
    assert found[0] == 120 and 60 <= found[1] <= 180 and found[1] != 120


def test_more_breakdowns_keep_those_that_were() -> None:
    fewer, more = (posted(parameters(failures_per_year=often, common_share=0)) for often in (4, 8))
    assert set(np.flatnonzero(fewer["validation_breakdowns"])) < set(np.flatnonzero(more["validation_breakdowns"]))
