"""The next card in the whole model: its launch, and holders after it, as the walk without plant and chance expects."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from no_run_in import without_run_in

from calibration.holders_walk import Outlook, outlook
from scenarios.files.load import Scenario, load
from sim.calendar import Calendar, month_number
from sim.facts import CAUSES
from sim.people.history import CardHistory
from sim.replication import replicate
from sim.result import LEDGER_COLUMNS, Result

Build = Callable[..., Scenario]

AUGUST = month_number(date(2028, 8, 1))


def launched(multiplier: float, waiting: float = 0.0) -> Scenario:
    """A run around the first next card of July 2028."""
    values = {
        "start": date(2028, 4, 1),
        "end": date(2029, 3, 31),
        "next_card.delay_months": 3,
        "next_card.waiting_share": waiting,
        "next_card.launch_multiplier": multiplier,
        "demand.noise": 0,
    }
    return load("renewal-wave").with_values(values)


def walked(scenario: Scenario, history: CardHistory | None = None) -> Outlook:
    return outlook(scenario.parameters, date(2043, 3, 31), history=history)


def test_a_launch_doubles_applications_for_a_quarter_and_those_cards_come_due_later() -> None:
    once, twice = walked(launched(1)), walked(launched(2))
    assert twice.applications_a_day(AUGUST - 1) == pytest.approx(2 * once.applications_a_day(AUGUST - 1), rel=0.01)
    assert twice.applications_a_day(AUGUST - 2) == once.applications_a_day(AUGUST - 2)
    exchanged = twice.applications.sum() - once.applications.sum()
    fewer = sum(once.cards_expiring_in(year) - twice.cards_expiring_in(year) for year in range(2029, 2036))
    assert exchanged > 0 and 0.3e6 < fewer < 3e6
    # an exchange leaves as many holders, save for the few who never collect the new card
    month = date(2028, 12, 31)
    assert twice.held_on(month) == pytest.approx(once.held_on(month), rel=0.001)


def test_the_whole_model_does_what_the_walk_expects(history: CardHistory) -> None:
    """Applications before, in and after the launch within 4 %: mail comes days later, and weekdays differ.

    Holders within half a per cent.
    """
    none = dict.fromkeys(("demand.readings_share", "demand.residence_card_share", "demand.abroad_per_year"), 0)
    scenario = launched(2, waiting=0.3).with_values(none)  # the walk leaves these classes out
    result = replicate(without_run_in(scenario.parameters), history, 1, 1, chance_only=True)
    calendar, expected = Calendar(scenario.parameters.start, scenario.parameters.end), walked(scenario, history)
    for quarter in (AUGUST - 4, AUGUST - 1, AUGUST + 2, AUGUST + 5):
        days = (quarter <= calendar.month) & (calendar.month < quarter + 3)
        told = np.mean([expected.applications_a_day(month) for month in range(quarter, quarter + 3)])
        assert result.facts["applications"][days].mean() == pytest.approx(told, rel=0.04), quarter
    held = result.facts["cards_held"]
    at = int(calendar.month[-1]) - int(expected.months[0])
    assert held[-1] == pytest.approx(expected.held[at], rel=0.005)
    launch = np.isin(calendar.month, [AUGUST - 1, AUGUST, AUGUST + 1])
    assert result.facts["applications"][launch].mean() > 1.7 * result.facts["applications"][~launch].mean()


def stopped(days: float, share: float = 1.0, months: float = 3) -> dict[str, object]:
    """Values of a cut-over in April 2028, the month of a launch that nobody waits for and that draws nobody."""
    values = {"start": date(2028, 4, 1), "delay_months": 0, "waiting_share": 0, "launch_multiplier": 1}
    values |= {"cutover_days": days, "ramp_share": share, "ramp_months": months}
    return {f"next_card__{name}": value for name, value in values.items()}


def test_two_days_are_lost_and_the_lines_go_on_at_half_of_their_rate(empty_world: Build, nobody: CardHistory) -> None:
    """April 2028 begins on a Saturday: 3 and 4 April are lost. On Wednesday, the 5th, 80,000 cards are made of 160,000,
    a month of 30.4375 days later all of them: each day 2,628.3 more.
    """
    ample = {f"plant__{name}_per_day": 1e9 for name in ("checks", "inspection")}
    stress = [{"from": date(2028, 3, 1), "to": date(2028, 5, 31), "applications_per_day": 300_000}]
    given = {**ample, "plant__card_system_per_day": 160_000, "demand__stress": stress, **stopped(2, 0.5, 1)}
    scenario = empty_world(date(2028, 3, 1), date(2028, 5, 31), **given)
    result = replicate(without_run_in(scenario.parameters), nobody, seed=1, replication=1)
    facts, april = result.facts, 31
    for station in ("data", "production"):
        able = facts[f"capacity_{station}"]
        assert able[april - 1] == 160_000 and not able[april + 2 : april + 4].any()
        rising = [80_000 * (1 + day / (365.25 / 12)) for day in (0, 1, 2, 5)]
        assert able[april + 4 : april + 10][[0, 1, 2, 5]].tolist() == pytest.approx(rising, abs=1)
        assert able[-1] == 160_000
    assert not facts["done_production"][april : april + 4].any()
    assert facts["done_production"][april + 4 : april + 7].sum() == pytest.approx(sum(rising[:3]), abs=8 * 5000)
    assert not facts["done_inspection"][april + 3].any()  # nothing comes to it


def test_cards_that_stand_in_a_cut_over_are_charged_to_it_as_to_any_stop(
    empty_world: Build, nobody: CardHistory
) -> None:
    """Of 20,000 a day none waits in a queue. The plan's seven worked days make up for five that are lost; of ten, 3 to
    14 April, the stop itself is charged with what is late.
    """
    stress = [{"from": date(2028, 2, 1), "to": date(2028, 3, 31), "applications_per_day": 20_000}]
    span = date(2028, 2, 1), date(2028, 5, 31)
    held = [empty_world(*span, demand__stress=stress, **stopped(days)) for days in (0, 5, 10)]
    usual, short, long = (charged(replicate(without_run_in(one.parameters), nobody, 1, 1)) for one in held)
    assert usual["outage"] == short["outage"] == 0 < long["outage"]
    assert long["planned_step"] == usual["planned_step"]  # due dates stay what they were


def charged(result: Result) -> dict[str, int]:
    """Card-days by cause."""
    cause, days = (result.ledger[:, LEDGER_COLUMNS.index(name)] for name in ("cause", "card_days"))
    return {name: int(days[cause == code].sum()) for code, name in enumerate(CAUSES)}


@pytest.fixture(scope="module")
def quiet_and_launched(history: CardHistory) -> tuple[Scenario, Result, Result]:
    """A launch with nothing of the cut-over and no calls, and with all of it."""
    none = {"next_card.cutover_days": 0, "next_card.ramp_share": 1, "contact.resident.calls_per_early_card": 0}
    some = {"next_card.cutover_days": 5, "next_card.ramp_share": 0.5, "contact.resident.calls_per_early_card": 0.1}
    scenario = launched(2, waiting=0.3).with_values({"end": date(2028, 9, 30)})
    quiet, loud = (
        replicate(without_run_in(scenario.with_values(values).parameters), history, 1, 1, chance_only=True)
        for values in (none, some)
    )
    return scenario, quiet, loud


def test_nothing_moves_before_the_launch(quiet_and_launched: tuple[Scenario, Result, Result]) -> None:
    scenario, quiet, loud = quiet_and_launched
    launch = Calendar(scenario.parameters.start, scenario.parameters.end).index(date(2028, 7, 1))
    for name, series in loud.facts.items():
        if name not in ("due_to_leave", "received_to_be_late"):  # told by the day of receipt
            assert (series[:launch] == quiet.facts[name][:launch]).all(), name
    assert not loud.facts["cards_exchanged"][:launch].any() and not loud.facts["calls_launch"][:launch].any()
    made = [one.facts["done_production"][launch : launch + 7].sum() for one in (quiet, loud)]  # 1 July is a Saturday
    assert made[0] > 100_000 and made[1] == 0
    assert (loud.facts["cards_exchanged"] == quiet.facts["cards_exchanged"]).all()


def test_some_of_those_who_exchange_a_card_ring(quiet_and_launched: tuple[Scenario, Result, Result]) -> None:
    """One in ten, a week later on average; of the last days some have not rung yet."""
    _, quiet, loud = quiet_and_launched
    exchanged, rung = (int(loud.facts[name].sum()) for name in ("cards_exchanged", "calls_launch"))
    assert not quiet.facts["calls_launch"].any()
    assert exchanged > 500_000 and 0.085 * exchanged < rung < 0.1 * exchanged
    assert (loud.facts["cards_exchanged"] <= loud.facts["applications_renewal"]).all()


def test_who_waits_is_counted_until_all_have_come(quiet_and_launched: tuple[Scenario, Result, Result]) -> None:
    """Nobody waits before it, most on the eve of the launch; first cards are back after it, renewals within the time
    that they had left.
    """
    scenario, _, result = quiet_and_launched
    waiting, put_off, back = (
        result.facts[name] for name in ("waiting_for_next_card", "next_card_put_off", "next_card_taken_up")
    )
    launch = Calendar(scenario.parameters.start, scenario.parameters.end).index(date(2028, 7, 1))
    assert (np.diff(waiting) == (put_off - back)[1:]).all() and waiting.min() >= 0
    assert waiting.argmax() == launch - 1 and not put_off[launch:].any() and not back[:launch].any()
    assert waiting[-1] < 0.02 * waiting.max()
