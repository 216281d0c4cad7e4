"""The convolution of breakdowns against years drawn by the simulator's own sampler, and against sums by hand."""

from datetime import date
from math import exp

import numpy as np
import pytest

from scenarios.experiment.experiment import Point
from scenarios.files.load import load
from scenarios.run.available import Availability
from sim.availability import READINGS, Reading, Service, most_lost, together
from sim.calendar import Calendar
from sim.facts import SYSTEMS
from sim.journal import Journal
from sim.parameters import Parameters
from sim.plan import Plan
from sim.streams import Floats, Streams
from sim.systems.downtime import Breaking, Timetable, unit_of, within
from sim.systems.outages import Outages

LONG = Calendar(date(2026, 4, 1), date(2066, 3, 31))
"""Forty fiscal years, drawn at once."""
ASKED = ("failures_per_year", "repair_hours", "repair_spread")
PATHS = [f"systems.{name}.{key}" for name in SYSTEMS for key in ASKED]
MIDDLE = {"failures_per_year": 1.5, "repair_hours": 2, "repair_spread": 1.0}
HARD = {"failures_per_year": 4, "repair_hours": 5, "repair_spread": 1.0}
"""The worst that the library thinks possible."""


def parameters(known: dict[str, float], **values: object) -> Parameters:
    """Every system as reliable as stated, for sure."""
    stated = {f"systems.{name}.{key}": value for name in SYSTEMS for key, value in known.items()}
    return load("plan-period").with_values({**stated, **values}).parameters


def drawn(own: Parameters, runs: int) -> dict[str, tuple[Floats, Floats]]:
    """Minutes of service and minutes lost in the fiscal years, so many times, by system."""
    found: dict[str, tuple[Floats, list[Floats]]] = {}
    for number in range(1, runs + 1):
        streams, journal = Streams(7, number), Journal(LONG.days)
        Outages(Plan(own, streams, LONG, chance_only=True, paths=PATHS), streams, LONG, journal)
        for name in SYSTEMS:
            service, lost = (
                np.array([journal[f"{what}_minutes_{name}"][days].sum() for days in LONG.years().values()])
                for what in ("service", "outage")
            )
            found.setdefault(name, (service, []))[1].append(lost)
    return {name: (service, np.array(lost)) for name, (service, lost) in found.items()}


def chance(table: Timetable, days: slice, most: int, known: dict[str, float]) -> float:
    """That no more minutes are lost in some days, with these values for sure."""
    one = table.downtime(days, most, np.zeros(len(table.open), dtype=np.int64), unit_of(most))
    values = Breaking(*(np.array([float(known[key])]) for key in ASKED))
    return float(within(one.lost(dict.fromkeys(one.firsts, values)), most - one.known, one.unit)[0])


@pytest.mark.parametrize("known", [MIDDLE, HARD], ids=["middle", "hard"])
def test_a_year_is_as_likely_available_as_the_sampler_makes_it(known: dict[str, float]) -> None:
    """1,200 years a system: a standard error of 1.4 points at most."""
    own = parameters(known)
    for name, (service, lost) in drawn(own, 30).items():
        table = Timetable(name, own, LONG)
        years = [(days, table.minutes(days)) for days in LONG.years().values()]
        assert [minutes for _, minutes in years] == service.tolist()
        some = years[::10]  # one is like another
        expected = np.array([chance(table, days, most_lost(count, "each", 0.999), known) for days, count in some])
        seen = 1 - lost / service >= 0.999
        error = ((expected * (1 - expected)).mean() / seen.size) ** 0.5
        assert seen.mean() == pytest.approx(expected.mean(), abs=3 * error + 0.003), name


def test_repairs_of_an_hour_by_hand() -> None:
    """Always on and repaired in 60 minutes for sure: at most 60 minutes lost is at most one breakdown."""
    known = {"failures_per_year": 2.0, "repair_hours": 1.0, "repair_spread": 0.0}
    table = Timetable("jpki_verifier", parameters(known), LONG)
    days = LONG.years()["FY2030"]
    p = 1 - exp(-2 / 365.25)
    none, one = (1 - p) ** 365, 365 * p * (1 - p) ** 364
    assert chance(table, days, 0, known) == pytest.approx(none, rel=1e-3)  # the hour before the year may last into it
    assert chance(table, days, 59, known) == pytest.approx(none, rel=0.001)
    assert chance(table, days, 60, known) == pytest.approx(none + one, rel=0.001)
    assert chance(table, days, 1, {**known, "failures_per_year": 0.0}) == pytest.approx(1)


def test_closing_time_cuts_a_repair_and_the_next_morning_takes_the_rest() -> None:
    """11.5 hours of service on weekdays, repairs of 2 hours: those that begin in the last 2 lose less."""
    known = {"failures_per_year": 1.0, "repair_hours": 2.0, "repair_spread": 0.0}
    table = Timetable("jpki_counter", parameters(known), LONG)
    tuesday = slice(LONG.index(date(2026, 6, 2)), LONG.index(date(2026, 6, 3)))
    p = 1 - exp(-690 / table.a_year)
    for most, less in ((0, 0.0), (59, 59 / 690), (119, 119 / 690), (120, 1.0)):
        assert chance(table, tuesday, most, known) == pytest.approx(1 - p * (1 - less), abs=1e-5)
    night = {**known, "repair_hours": 13.0}  # 20:00 to 8:30 is 12.5 hours: the last half-hour of Monday reaches Tuesday
    monday = 1 - exp(-690 / table.a_year)
    assert chance(table, tuesday, 0, night) == pytest.approx((1 - p) * (1 - monday * 30 / 690), rel=2e-3)


def test_stated_events_take_their_minutes_and_planned_stops_none() -> None:
    stop = {"system": "jpki_verifier", "day": date(2026, 6, 2), "from": "10:00", "hours": 2}
    own = parameters(MIDDLE, **{"systems.events": [stop], "systems.planned": [{**stop, "from": "11:00"}]})
    table = Timetable("jpki_verifier", own, LONG)
    day = slice(LONG.index(date(2026, 6, 2)), LONG.index(date(2026, 6, 3)))
    assert table.minutes(day) == 1440 - 120
    never = {**MIDDLE, "failures_per_year": 0.0}
    assert [chance(table, day, most, never) for most in (59, 60)] == [0.0, pytest.approx(1.0)]


def test_a_promise_is_harder_the_more_breaks_down() -> None:
    table = Timetable("jpki_counter", parameters(MIDDLE), LONG)
    days = LONG.years()["FY2027"]
    falling = [chance(table, days, 231, {**MIDDLE, "failures_per_year": often}) for often in (0.1, 1, 3, 50, 1000)]
    assert falling == sorted(falling, reverse=True) and falling[0] > 0.97 and falling[-1] == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("reading", READINGS)
def test_every_reading_says_what_replications_say(reading: Reading) -> None:
    """2,000 draws of the lost minutes of one year, from the same chances, put through the reading itself."""
    span = {"start": date(2026, 4, 1), "end": date(2027, 3, 31), "targets.availability_reading": reading}
    own = parameters(MIDDLE, **span)
    known = Availability(Point("one", own, 1, chance_only=True))
    calendar = Calendar(own.first_simulated_day, own.end)
    days = slice(calendar.index(own.start), calendar.days)
    rng, lost, minutes = np.random.default_rng(1), {}, {}
    for name in SYSTEMS:
        table = Timetable(name, own, calendar)
        one = table.downtime(days, 1500, np.zeros(calendar.days, dtype=np.int64), 5)
        chances = one.lost(dict.fromkeys(one.firsts, Breaking(*(np.array([float(MIDDLE[key])]) for key in ASKED))))[0]
        chances[-1] = 1 - chances[:-1].sum()  # all beyond
        lost[name] = one.unit * rng.choice(len(chances), 2000, p=chances)
        minutes[name] = table.minutes(days)
    told = [[Service(minutes[name], int(lost[name][i])) for name in SYSTEMS] for i in range(2000)]
    shares = [{"each": services[1].share, **together(services)}[reading] for services in told]
    seen = np.mean([share is not None and share >= 0.999 for share in shares])
    part = SYSTEMS[1] if reading == "each" else None
    expected = known.probability(part, "FY2026")
    assert seen == pytest.approx(expected, abs=3 * (expected * (1 - expected) / 2000) ** 0.5 + 0.003)
    assert known.probability(part, "years") == known.probability(part, "all") == pytest.approx(expected)


def test_most_lost_is_the_last_that_reaches() -> None:
    for minutes in (230_010, 525_600, 1):
        one, rounded = (most_lost(minutes, reading, 0.999) for reading in ("each", "rounded"))
        shares = [together([Service(minutes, lost)]) for lost in (one, one + 1, rounded, rounded + 1)]
        assert [said["weighted"] >= 0.999 for said in shares[:2]] == [True, False]
        assert [said["rounded"] >= 0.999 for said in shares[2:]] == [True, False]
    assert most_lost(100, "each", 1.5) == -1
