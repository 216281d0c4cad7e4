"""The convolution of breakdowns against years drawn by the simulator's own sampler, and against sums by hand."""

from datetime import date
from math import exp, log

import numpy as np
import pytest
from scipy.special import ndtr

from benchmarks.availability import ASKED, CASES, LONG, THRESHOLD, chance, computed, drawn, reliable
from scenarios.experiment.experiment import Point
from scenarios.run.available import Availability
from sim.availability import READINGS, Reading, Service, most_lost, together
from sim.calendar import Calendar
from sim.facts import SYSTEMS
from sim.streams import EVEN
from sim.systems.downtime import Breaking, Timetable

MIDDLE = CASES["middle"]


@pytest.mark.parametrize("case", CASES)
def test_a_year_is_as_likely_available_as_the_sampler_makes_it(case: str) -> None:
    """3,000 years a system, a standard error of 0.9 points at most; a benchmark draws more."""
    own = reliable(CASES[case])
    drawings = [drawn(own, EVEN + number) for number in range(1, 76)]
    for place, name in enumerate(SYSTEMS):
        table = Timetable(name, own, LONG)
        service = drawings[0][0][place]
        assert [table.minutes(days) for days in LONG.years().values()] == service.tolist()
        expected = computed(name, own, CASES[case], every=10).mean()  # one year is like another
        seen = 1 - np.array([lost[place] for _, lost in drawings]) / service >= THRESHOLD
        error = (expected * (1 - expected) / seen.size) ** 0.5
        assert seen.mean() == pytest.approx(expected, abs=3 * error), name


def test_repairs_of_an_hour_by_hand() -> None:
    """Always on and repaired in 60 minutes for sure: at most 60 minutes lost is at most one breakdown."""
    known = {"failures_per_year": 2.0, "repair_hours": 1.0, "repair_spread": 0.0}
    table = Timetable("jpki_verifier", reliable(known), LONG)
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
    table = Timetable("jpki_counter", reliable(known), LONG)
    tuesday = slice(LONG.index(date(2026, 6, 2)), LONG.index(date(2026, 6, 3)))
    p = 1 - exp(-690 / table.a_year)
    for most, less in ((0, 0.0), (59, 59 / 690), (119, 119 / 690), (120, 1.0)):
        assert chance(table, tuesday, most, known) == pytest.approx(1 - p * (1 - less), abs=1e-5)
    night = {**known, "repair_hours": 13.0}  # 20:00 to 8:30 is 12.5 hours: the last half-hour of Monday reaches Tuesday
    monday = 1 - exp(-690 / table.a_year)
    assert chance(table, tuesday, 0, night) == pytest.approx((1 - p) * (1 - monday * 30 / 690), rel=2e-3)


def test_of_several_breakdowns_of_a_day_the_longest_counts() -> None:
    """One expected on the day, of any length: none of them may take an hour that begins early enough to be lost."""
    table = Timetable("jpki_counter", reliable(MIDDLE), LONG)
    tuesday = slice(LONG.index(date(2026, 6, 2)), LONG.index(date(2026, 6, 3)))
    known = {"failures_per_year": table.a_year / 690, "repair_hours": 1.0, "repair_spread": 1.0}
    an_hour = ndtr(-(log(59.5 / 60) + 0.5))
    kept = (631 * exp(-an_hour) + 59) / 690
    monday = 1e-3  # few repairs of an hour on average last the night
    assert chance(table, tuesday, 59, known) == pytest.approx(kept, abs=monday)


def test_stated_events_take_their_minutes_and_planned_stops_none() -> None:
    stop = {"system": "jpki_verifier", "day": date(2026, 6, 2), "from": "10:00", "hours": 2}
    own = reliable(MIDDLE, **{"systems.events": [stop], "systems.planned": [{**stop, "from": "11:00"}]})
    table = Timetable("jpki_verifier", own, LONG)
    day = slice(LONG.index(date(2026, 6, 2)), LONG.index(date(2026, 6, 3)))
    assert table.minutes(day) == 1440 - 120
    never = {**MIDDLE, "failures_per_year": 0.0}
    assert [chance(table, day, most, never) for most in (59, 60)] == [0.0, pytest.approx(1.0)]


def test_a_promise_is_harder_the_more_breaks_down() -> None:
    table = Timetable("jpki_counter", reliable(MIDDLE), LONG)
    days = LONG.years()["FY2027"]
    falling = [chance(table, days, 231, {**MIDDLE, "failures_per_year": often}) for often in (0.1, 1, 3, 50, 1000)]
    assert falling == sorted(falling, reverse=True) and falling[0] > 0.97 and falling[-1] == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("reading", READINGS)
def test_every_reading_says_what_replications_say(reading: Reading) -> None:
    """2,000 draws of the lost minutes of one year, from the same chances, put through the reading itself."""
    span = {"start": date(2026, 4, 1), "end": date(2027, 3, 31), "targets.availability_reading": reading}
    own = reliable(MIDDLE, **span)
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
