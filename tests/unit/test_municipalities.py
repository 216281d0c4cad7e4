"""Counters by municipality: the table, hand sums of three municipalities, and how they go with one pool."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.run.tile_map import tiles
from scenarios.files.load import load
from scenarios.history import load_history, load_municipalities, load_offices
from sim.calendar import Calendar
from sim.counters.certificates import Certificates
from sim.counters.counters import Counters
from sim.counters.whole import Whole
from sim.journal import Journal
from sim.municipalities import ONE, Municipalities
from sim.plan import Plan
from sim.replication import replicate
from sim.result import COUNTER_COLUMNS
from sim.streams import Floats, Streams

SPAN = Calendar(date(2026, 4, 1), date(2027, 3, 31))
BASE = {
    "counters.weekdays": (1.0,) * 7,
    "counters.closures": (),
    "counters.handover_slots": 0,
    "counters.other_slots_per_day": 0,
    "counters.slots_spread": 0,
    "counters.licence_share": 0,
    "counters.pin_slots": 0,
    "counters.setting_slots": 0,
    "counters.booking_patience_days": 1e9,
    "systems.jpki_per_day": 1e9,
}


def places(residents: list[float], cards: list[float]) -> Municipalities:
    codes = 10_000 * (1 + np.arange(len(cards)))
    return Municipalities(codes, tuple("abcdefg"[: len(cards)]), np.array(residents, float), np.array(cards, float))


class Office:
    def __init__(self, where: Municipalities, **values: object) -> None:
        parameters = load("plan-period").with_values({**BASE, **values}).parameters
        plan = Plan(parameters, Streams(1, 1), SPAN, chance_only=True)
        self.journal = Journal(SPAN.days)
        self.certificates = Certificates(plan, Streams(1, 1), SPAN, self.journal, where)

    def work(self, days: int, booked: dict[int, int], others: Floats | None = None) -> None:
        for day, count in booked.items():
            for name in ("certificates_wanted", "certificates_wanted_in_time"):
                self.journal.post(name, day, count)
        for day in range(days):
            asked = self.certificates.attempts(day, 0.0 if others is None else float(others[day]))
            self.certificates.serve(day, asked)

    def first(self, name: str, days: int) -> list[int]:
        found: list[int] = self.journal[name][:days].tolist()
        return found

    def of(self, column: str) -> list[int]:
        found: list[int] = self.certificates.years.table[:, COUNTER_COLUMNS.index(column)].tolist()
        return found


def check_digit(code: int) -> int:
    """Of a municipality's code of six digits: 11 less the weighted sum of the first five, modulo 11."""
    weighted = sum(int(digit) * weight for digit, weight in zip(f"{code:06d}", (6, 5, 4, 3, 2), strict=False))
    return (11 - weighted % 11) % 10


def test_the_table_has_every_municipality_once_with_the_cards_that_were_published() -> None:
    known = load_municipalities()
    assert len(set(known.codes.tolist())) == 1741
    assert set(known.prefectures.tolist()) == set(range(1, 48))
    assert all(code % 10 == check_digit(code) for code in known.codes.tolist())
    assert known.cards.sum() == 71_905_789  # handed over by 2022-12-31
    assert known.residents.min() > 0


KNOWN = {
    11002: (43.06, 141.35), 22012: (40.82, 140.75), 32018: (39.70, 141.15), 41009: (38.27, 140.87),
    52019: (39.72, 140.10), 62014: (38.26, 140.34), 72010: (37.76, 140.47), 82015: (36.37, 140.47),
    92011: (36.56, 139.88), 102016: (36.39, 139.06), 111007: (35.86, 139.65), 121002: (35.61, 140.11),
    131041: (35.69, 139.70),
    141003: (35.45, 139.63), 151009: (37.92, 139.04), 162019: (36.70, 137.21), 172014: (36.56, 136.66),
    182010: (36.06, 136.22), 192015: (35.66, 138.57), 202011: (36.65, 138.19), 212016: (35.43, 136.76),
    221007: (34.98, 138.38), 231002: (35.18, 136.91), 242012: (34.72, 136.51), 252018: (35.02, 135.85),
    261009: (35.01, 135.77), 271004: (34.69, 135.50), 281000: (34.69, 135.20), 292010: (34.69, 135.80),
    302015: (34.23, 135.17), 312011: (35.49, 134.22), 322016: (35.47, 133.05), 331007: (34.66, 133.92),
    341002: (34.39, 132.46), 352039: (34.18, 131.47), 362018: (34.07, 134.55), 372013: (34.34, 134.05),
    382019: (33.84, 132.77), 392014: (33.56, 133.53), 401307: (33.59, 130.40), 412015: (33.26, 130.30),
    422011: (32.75, 129.88), 431001: (32.80, 130.71), 442011: (33.24, 131.61), 452017: (31.91, 131.42),
    462012: (31.60, 130.56), 472018: (26.21, 127.68),
    12149: (45.42, 141.67), 12238: (43.33, 145.58), 13676: (42.17, 139.51), 75469: (37.45, 141.01),
    134015: (33.11, 139.79), 134210: (27.09, 142.19), 152242: (38.02, 138.37), 325287: (36.21, 133.31),
    422096: (34.20, 129.29), 422118: (32.70, 128.84), 465356: (27.04, 128.42), 473570: (25.83, 131.23),
    473821: (24.47, 123.00),
}  # fmt: skip
"""Where offices are known to be: of prefectures, at the ends of the country, on islands."""
FAR = {1: 4.0, 13: 8.7, 46: 4.4, 47: 4.8}
"""Degrees that an office may lie away from the middle of its prefecture: Hokkaido, and the islands of three others."""


def test_every_municipality_has_its_office_in_its_prefecture() -> None:
    known, offices = load_municipalities(), load_offices()
    assert offices.shape == (1741, 2)
    at = dict(zip(known.codes.tolist(), offices.tolist(), strict=True))
    assert {code: tuple(at[code]) for code in KNOWN} == {
        code: pytest.approx(own, abs=0.011) for code, own in KNOWN.items()
    }
    for prefecture in range(1, 48):
        own = offices[known.prefectures == prefecture]
        assert (np.abs(own - np.median(own, axis=0)) < FAR.get(prefecture, 1.5)).all()
    places, counts = np.unique(offices, axis=0, return_counts=True)
    assert places[counts > 1].tolist() == [at[463035]] == [at[463043]]  # Mishima and Toshima, both in Kagoshima


def test_every_prefecture_has_a_tile_where_people_expect_it() -> None:
    found = tiles()
    assert sorted(found) == list(range(1, 48))
    assert len(set(found.values())) == 47
    gunma, tochigi, ibaraki, hokkaido, okinawa = (found[number] for number in (10, 9, 8, 1, 47))
    assert gunma[1] == tochigi[1] == ibaraki[1]
    assert gunma[0] + 2 == tochigi[0] + 1 == ibaraki[0]
    assert hokkaido[1] == max(row for _, row in found.values())
    assert okinawa == (0, 0)


def test_unequal_slots_leave_some_waiting_where_one_pool_serves_all() -> None:
    # 300 visits, 300 slots: 100 visits each, but 50, 100 and 150 slots; 50 wait a day, which one pool would have served
    booked = {0: 300}
    spread, pool = (
        Office(places([0.5, 1, 1.5], [1, 1, 1]), **{"counters.slots_per_day": 300}),
        Office(ONE, **{"counters.slots_per_day": 300}),
    )
    for office in (spread, pool):
        office.work(3, booked)
    assert pool.first("renewed_in_time", 3) == [300, 0, 0]
    assert spread.first("renewed_in_time", 3) == [250, 50 - sum(spread.first("expired_waiting", 1)), 0]
    assert spread.first("slot_wait_days", 3) == [0, 50, 0]
    assert spread.of("served") == [100, 100, 100]
    assert spread.of("wait_days") == [50, 0, 0]


def test_the_gap_to_one_pool_over_many_days_is_that_of_a_hand_sum() -> None:
    # 200 a day against 300 slots, of which the first municipality has 30 for its 100 visits: its line grows by 70 each
    # day; the second never waits
    office = Office(
        places([30, 270], [1, 1]), **{"counters.slots_per_day": 300, "counters.booking_tolerance_days": 1e9}
    )
    office.work(10, dict.fromkeys(range(10), 200))
    lost = np.cumsum(office.first("expired_waiting", 10))
    assert office.first("booking_backlog", 10) == [70 * (day + 1) for day in range(10)]
    assert sum(office.first("certificates_renewed", 10)) == 10 * 130
    assert office.of("renewed_in_time")[1] == 1000
    assert lost[-1] > 0


@pytest.mark.parametrize("where", [places([1], [1]), places([2, 1, 5], [20, 10, 50])], ids=["one", "equal a head"])
def test_one_municipality_and_equal_slots_a_head_are_the_national_pool(where: Municipalities) -> None:
    booked = {day: 80 + 40 * (day % 3) for day in range(60)}
    pool, spread = (Office(each, **{"counters.slots_per_day": 110, "counters.booking_tolerance_days": 3,
                                    "counters.booking_patience_days": 5}) for each in (ONE, where))  # fmt: skip
    for office in (pool, spread):
        office.work(90, booked)
    for name in ("renewed_in_time", "certificates_renewed", "slots_given_up", "expired_waiting", "booking_backlog"):
        assert spread.first(name, 90) == pytest.approx(pool.first(name, 90), abs=1)
    assert sum(spread.of("served")) == pytest.approx(sum(pool.of("served")), abs=len(where.codes))


def test_where_there_are_no_slots_everybody_waits_and_the_others_notice_nothing() -> None:
    office = Office(places([0, 1], [1, 1]), **{"counters.slots_per_day": 1000, "counters.booking_tolerance_days": 1e9})
    office.work(100, {0: 200})
    assert office.of("served") == [0, 100]
    assert office.of("beyond_30_days") == [100, 0]
    assert office.of("beyond_60_days") == [100, 0]
    assert office.of("lost_in_time") == [100, 0]


def test_other_visits_take_the_slots_first() -> None:
    office = Office(ONE, **{"counters.slots_per_day": 100})
    office.work(4, {0: 150}, np.array([40.0, 100.0, 250.0, 0.0]))
    assert office.first("slot_wait_days", 4)[3] == 3 * office.first("certificates_renewed", 4)[3]
    assert office.first("certificates_renewed", 4)[:3] == [60, 0, 0]


def test_what_a_short_municipality_works_beyond_its_slots_is_said() -> None:
    # 1,000 slots by residents are 250 and 750; others take 600, 300 in each: 50 are short where there are 250
    office = Office(places([1, 3], [1, 1]), **{"counters.slots_per_day": 1000})
    office.work(2, {0: 600}, np.array([600.0, 400.0]))
    assert office.first("slots_short", 2) == [50, 0]
    assert office.of("served") == [50, 300]  # on the second day 50 are left in the first, enough for all in the second
    enough = Office(places([1, 3], [1, 3]), **{"counters.slots_per_day": 1000})
    enough.work(1, {0: 600}, np.array([600.0]))
    assert enough.first("slots_short", 1) == [0]


def test_handovers_take_slots_of_the_municipalities_where_the_cards_are() -> None:
    plan = Plan(
        load("plan-period").with_values(BASE | {"counters.slots_per_day": 1000, "counters.handover_slots": 0.5,
                                                "counters.collection_days": 1}).parameters,
        Streams(1, 1), SPAN, chance_only=True,
    )  # fmt: skip
    journal = Journal(SPAN.days)
    counters = Counters(plan, Streams(1, 1), SPAN, journal, {}, {})
    counters.open_with(1200)
    journal.post("signing_wanted", 0, 900)
    for day in range(2):
        counters.run(day)
    # 1,200 cards at half a slot leave 400 of the thousand
    assert journal["handed_over"][:2].tolist() == [1200, 0]
    assert journal["signing_reissued"][:2].tolist() == [400, 500]


def test_pin_resets_take_slots_and_transactions() -> None:
    scenario = load("plan-period").with_values(BASE | {"counters.slots_per_day": 1000, "counters.pin_slots": 0.5})
    journal = Journal(SPAN.days)
    plan = Plan(scenario.parameters, Streams(1, 1), SPAN, chance_only=True)
    counters = Counters(plan, Streams(1, 1), SPAN, journal, {}, {})
    for name, count in (("pin_visits_signing", 900), ("pin_visits_user", 300), ("signing_wanted", 900)):
        journal.post(name, 0, count)
    for day in range(2):
        counters.run(day)
    assert journal["slots_taken"][:2].tolist() == [600, 0]
    assert journal["signing_reissued"][:2].tolist() == [400, 500]


def counters_of(**values: object) -> tuple[Counters, Journal]:
    parameters = load("plan-period").with_values(BASE | values).parameters
    journal = Journal(SPAN.days)
    return Counters(
        Plan(parameters, Streams(1, 1), SPAN, chance_only=True), Streams(1, 1), SPAN, journal, {}, {}
    ), journal


def test_minutes_of_a_pin_reset_leave_its_operations_alone() -> None:
    # 600 resets of one operation are 300 transactions, 300 readings of two as many: 600 in all
    servers = {"counters.slots_per_day": 1e9, "counters.hour_weights": [0] * 9 + [1] * 8 + [0] * 7}
    told: list[list[int]] = []
    for slots in (0.0, 0.5):
        for able in (590, 610):
            counters, journal = counters_of(**servers, **{"counters.pin_slots": slots, "systems.jpki_per_day": able})
            for name, count in (("pin_visits_signing", 400), ("pin_visits_user", 200), ("readings_wanted", 300)):
                journal.post(name, 0, count)
            counters.run(0)
            told.append([int(journal[name][0]) for name in ("jpki_overloaded", "slots_taken")])
    readings = round(300 * 0.25)
    assert told == [[1, readings], [0, readings], [1, readings + 300], [0, readings + 300]]


def test_slots_and_operations_of_a_day_by_hand() -> None:
    """In hundreds: 100 cards at 0.75, 40 PINs at 0.5, 20 readings at 0.25; 90 slots else, a third of them for 90 moves.

    Slots: 75 + 20 + 5 + 90 = 190, which leave 55 for certificates. Operations, of which two are a transaction:
    100 + 40 + 2 * 20 + 90 + 2 * 60 + 2 * 55 = 500.
    """
    values = {
        "counters.handover_slots": 0.75,
        "counters.pin_slots": 0.5,
        "counters.readings_slots": 0.25,
        "counters.other_slots_per_day": 9000,
        "counters.move_share": 1 / 3,
        "counters.collection_days": 1,
        "counters.slots_per_day": 24_500,
        "holders.move_month_weights": (1.0,) * 12,
        "systems.setting_off_peak_share": 1,
    }
    for able, overloaded in ((24_900, 1), (25_100, 0)):
        counters, journal = counters_of(**values | {"systems.jpki_per_day": able})
        counters.open_with(10_000)
        for name, count in (("pin_visits_signing", 4000), ("readings_wanted", 2000), ("signing_wanted", 30_000)):
            journal.post(name, 0, count)
        counters.run(0)
        assert (journal["slots_taken"][0], journal["jpki_overloaded"][0]) == (19_000, overloaded)
    assert journal["signing_reissued"][0] == 5_500


def test_moves_take_their_slots_in_the_months_in_which_people_move() -> None:
    weights = (0.5, 0.5, 4.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5)
    counters, journal = counters_of(
        **{"counters.other_slots_per_day": 100, "counters.move_share": 0.6, "holders.move_month_weights": weights}
    )
    december, march = SPAN.index(date(2026, 12, 8)), SPAN.index(date(2027, 3, 9))
    for day in (december, march):
        counters.run(day)
    assert journal["slots_taken"][[december, march]].tolist() == [40 + 30, 40 + 240]


@given(st.lists(st.tuples(*(st.floats(0, 50) for _ in range(3))), min_size=1, max_size=30))
def test_whole_numbers_follow_flows_and_are_never_ahead(flows: list[tuple[float, float, float]]) -> None:
    whole, told, flown = Whole(3), np.zeros(3), np.zeros(3)
    for flow in flows:
        posted = whole.of(np.array(flow))
        told, flown = told + posted, flown + np.array(flow)
        assert (posted >= 0).all()
        assert told.sum() == pytest.approx(np.floor(flown.sum() + 1e-6), abs=1e-3)
        assert np.abs(told - flown).max() <= 3


def test_municipalities_add_up_to_the_country() -> None:
    parameters = (
        load("baseline-fy2025").with_values({"counters.slots_per_day": 110_000, "end": "2025-09-30"}).parameters
    )
    result = replicate(parameters, load_history(), 1, 1)
    table, off = result.counters, 0.5 * len(load_municipalities().codes)
    of = {name: int(table[:, at].sum()) for at, name in enumerate(COUNTER_COLUMNS)}
    facts = {name: int(series.sum()) for name, series in result.facts.items()}
    assert of["served"] == pytest.approx(facts["certificates_renewed"] + facts["signing_reissued"], abs=off)
    assert of["renewed_in_time"] == pytest.approx(facts["renewed_in_time"], abs=off)
    assert of["lost_in_time"] == pytest.approx(facts["expired_waiting"] + facts["gave_up_in_time"], abs=off)
    assert of["wait_days"] == pytest.approx(facts["slot_wait_days"], abs=off + SPAN.days)
    assert of["lost_in_time"] > 0
