"""Certificates at counters, and the JPKI servers behind them, by hand."""

from datetime import date

import numpy as np
import pytest

from scenarios.files.load import load
from sim.calendar import Calendar
from sim.counters.certificates import Certificates
from sim.counters.counters import Counters
from sim.counters.jpki import Jpki
from sim.journal import Journal
from sim.plan import Plan
from sim.streams import Floats, Streams
from sim.timing import DAYS_A_MONTH, in_time

SPAN = Calendar(date(2026, 4, 1), date(2027, 3, 31))
EVERY_DAY = {"counters.weekdays": (1.0,) * 7, "counters.closures": ()}
NOTHING_ELSE = {
    "counters.handover_slots": 0,
    "counters.other_slots_per_day": 0,
    "counters.licence_share": 0,
    "counters.pin_slots": 0,
}


def plan_of(**values: object) -> Plan:
    parameters = load("plan-period").with_values({**EVERY_DAY, **NOTHING_ELSE, **values}).parameters
    return Plan(parameters, Streams(1, 1), SPAN, chance_only=True)


class Office:
    """Certificates alone, with bookings by day and as many served as have a slot."""

    def __init__(self, **values: object) -> None:
        self.journal = Journal(SPAN.days)
        self.certificates = Certificates(plan_of(**values), Streams(1, 1), SPAN, self.journal)

    def work(self, days: int, in_time: dict[int, int], signing: dict[int, int] | None = None) -> None:
        for name in ("certificates_wanted", "certificates_wanted_in_time"):
            for day, count in in_time.items():
                self.journal.post(name, day, count)
        for day, count in (signing or {}).items():
            self.journal.post("signing_wanted", day, count)
        for day in range(days):
            self.certificates.serve(day, self.certificates.attempts(day))


IMPATIENT = {"counters.booking_tolerance_days": 0, "counters.booking_patience_days": 30}
PATIENT = {"counters.booking_patience_days": 1e9}


def test_bookings_are_served_first_come_first_served() -> None:
    office = Office(**{"counters.slots_per_day": 100, **PATIENT})
    office.work(4, {}, {0: 250, 1: 10})
    assert office.journal["signing_reissued"][:4].tolist() == [100, 100, 60, 0]
    assert office.journal["booking_backlog"][:4].tolist() == [150, 60, 0, 0]
    # day 1: 100 waited a day; day 2: 50 two days and 10 one day
    assert office.journal["slot_wait_days"][:4].tolist() == [0, 100, 110, 0]


def test_extended_stays_take_slots_like_signing_certificates() -> None:
    office = Office(**{"counters.slots_per_day": 100, **PATIENT})
    office.journal.post("stays_extended", 0, 130)
    office.work(3, {}, {0: 20})
    assert office.journal["signing_reissued"][:3].tolist() == [100, 50, 0]
    assert office.journal["booking_backlog"][:3].tolist() == [50, 0, 0]


def test_nobody_waits_where_slots_suffice() -> None:
    office = Office(**{"counters.slots_per_day": 100})
    office.work(10, dict.fromkeys(range(10), 100))
    assert office.journal["renewed_in_time"][:10].tolist() == [100] * 10
    assert office.journal["slot_wait_days"].sum() == 0


def test_certificates_expire_in_the_waiting_line_by_the_law_of_setting_out() -> None:
    office = Office(**{"counters.slots_per_day": 0, **PATIENT})
    booked = 1_000_000
    office.work(200, {0: booked})
    left = in_time(round(3 * DAYS_A_MONTH), 40)[::-1]
    expired = np.cumsum(office.journal["expired_waiting"])
    for waited in (10, 30, 60):
        share = left[: waited + 1].sum()
        assert expired[waited] == pytest.approx(booked * share, abs=4 * np.sqrt(booked * share))
    assert booked - 1 <= expired[-1] <= booked  # a person in a thousand million gives up


def test_those_who_wait_give_up_at_the_stated_mean() -> None:
    office = Office(**{"counters.slots_per_day": 0, **IMPATIENT})
    office.work(61, {}, {0: 100_000})
    gone = office.journal["slots_given_up"][:61].sum()
    assert gone == pytest.approx(100_000 * (1 - np.exp(-61 / 30)), abs=4 * np.sqrt(100_000 * 0.13 * 0.87) + 1)


def test_nobody_gives_up_within_the_days_that_are_usual() -> None:
    office = Office(**{"counters.slots_per_day": 0, **IMPATIENT, "counters.booking_tolerance_days": 20})
    office.work(21, {}, {0: 100_000})
    assert office.journal["slots_given_up"][:20].sum() == 0
    assert office.journal["slots_given_up"][20] > 0


DAY = 24 * 60
HOURS = [0] * 9 + [1] * 8 + [0] * 7
"""Visits from nine to five, evenly: a thirty-second part of them in each quarter-hour."""
BUSY = {"counters.hour_weights": HOURS, "systems.jpki_per_day": 3200, "systems.setting_off_peak_share": 0}


def jpki(jpki: dict[int, Floats] | None = None, both: dict[int, Floats] | None = None, **values: object) -> Jpki:
    """Servers that take a hundred transactions in a quarter-hour, and what works in each minute of some days."""
    return Jpki(plan_of(**{**BUSY, **values}), jpki or {}, both or jpki or {})


def minutes(start: int, end: int, share: float = 0.0) -> dict[int, Floats]:
    works = np.ones(DAY)
    works[start * 60 : end * 60] = share
    return {0: works}


def test_all_get_through_up_to_the_capacity() -> None:
    passed = jpki().serve(0, 3200, 1600)
    assert (passed.cards, passed.certificates, passed.failed, passed.timeouts) == (3200, 1600, 0, 0)


def test_settings_in_office_hours_meet_the_visits_and_those_off_peak_do_not() -> None:
    assert jpki().serve(0, 3200, 0, settings=3200).timeouts == 0
    assert jpki().serve(0, 3200, 0, settings=3300).timeouts > 0
    assert jpki(**{"systems.setting_off_peak_share": 1.0}).serve(0, 6400, 0, settings=10**6).timeouts == 0


def test_refused_attempts_use_up_capacity_down_to_a_least_share() -> None:
    # a quarter-hour has 125 certificates for 100: 25 time out, which use 12.5; 87.5 get through, and nobody tries again
    nobody = {"systems.jpki_waste_share": 0.5, "systems.jpki_least_share": 0.3, "systems.retry_share": 0}
    passed = jpki(**nobody).serve(0, 0, 4000)
    assert (passed.certificates, passed.failed, passed.timeouts) == (2800, 1200, 1200)
    crowd = jpki(**nobody).serve(0, 0, 50_000)
    assert (crowd.certificates, crowd.failed) == (32 * 30, 50_000 - 32 * 30)


def test_an_outage_fails_those_who_meet_it_and_some_try_again() -> None:
    # 3,200 cards are half of what the servers take, a hundred a quarter-hour; 800 meet two hours without service
    half = jpki(minutes(9, 11), **{"systems.retry_share": 0.5}).serve(0, 3200, 0)
    assert half.failed > 800 and half.timeouts == 0  # who tries again within the two hours fails again
    nobody = jpki(minutes(9, 11), **{"systems.retry_share": 0}).serve(0, 3200, 0)
    assert (nobody.cards, nobody.failed, nobody.timeouts) == (2400, 800, 0)
    assert nobody.cards < half.cards <= 2800


def test_slow_servers_take_less_and_nobody_else_fails() -> None:
    # at half the pace a quarter-hour takes 50 certificates: 40 get through, 60 do not all
    slow = minutes(9, 17, 0.5)
    none = {"systems.retry_share": 0, "systems.jpki_waste_share": 0}
    assert jpki(slow, **none).serve(0, 0, 32 * 40).certificates == 32 * 40
    passed = jpki(slow, **none).serve(0, 0, 32 * 60)
    assert (passed.certificates, passed.timeouts) == (32 * 50, 32 * 10)


def test_all_who_try_get_through_give_up_or_would_still_try_as_the_day_ends() -> None:
    # nothing works for two hours, in which a quarter of all come; nobody tries again
    passed = jpki(minutes(9, 11), **{"systems.retry_share": 0}).serve(0, 1600, 800, (400, 200, 200, 0))
    assert (passed.tried, passed.done, passed.given_up, passed.still_trying) == (3200, 2400, 800, 0)
    quiet = jpki().serve(0, 100, 50, (1, 2, 3, 4))
    assert (quiet.tried, quiet.done, quiet.given_up, quiet.still_trying) == (160, 160, 0, 0)
    # from two o'clock on nothing works, and all try again: of those who come late some have tries left at midnight
    night = jpki(minutes(14, 24), **{"systems.retry_share": 1}).serve(0, 1600, 800, (400, 200, 200, 0))
    assert night.tried == night.done + night.given_up + night.still_trying == 3200
    assert night.done == 5 * 400 and night.given_up > night.still_trying > 0


def test_retries_end_after_the_third() -> None:
    # nothing works all day: each of those who come is tried once, and those with time left up to three times more
    passed = jpki(minutes(0, 24), **{"systems.retry_share": 1}).serve(0, 0, 800)
    assert passed.certificates == 0
    assert 800 < passed.failed <= 4 * 800


def test_without_the_card_system_cards_are_not_handed_over_and_certificates_are_issued() -> None:
    passed = jpki({}, minutes(0, 24), **{"systems.retry_share": 0}).serve(0, 300, 500)
    assert (passed.cards, passed.certificates, passed.failed) == (0, 500, 300)


def test_failed_transactions_leave_their_persons_waiting() -> None:
    journal = Journal(SPAN.days)
    plan = plan_of(**{"systems.jpki_per_day": 1000, "counters.slots_per_day": 1e6, "systems.retry_share": 0})
    down = minutes(0, 24)
    counters = Counters(plan, Streams(1, 1), SPAN, journal, down, down)
    journal.post("signing_wanted", 0, 700)
    for day in range(3):
        counters.run(day)
    assert journal["transactions"][:3].tolist() == [0, 700 - int(journal["slots_given_up"][0]), 0]
    assert journal["transactions_failed"][:3].tolist() == [700, 0, 0]


def test_appointments_put_visits_off_and_lose_none() -> None:
    # slots for 500 a day, 700 visits by appointment: 500 certificates and 200 cards a day, then the other 300 and 700
    journal = Journal(SPAN.days)
    collected_at_once = {"counters.collection_days": 1, "counters.visits_by_appointment_per_day": 700}
    plan = plan_of(**{"systems.jpki_per_day": 5000, "counters.slots_per_day": 500}, **collected_at_once)
    counters = Counters(plan, Streams(1, 1), SPAN, journal, {}, {})
    counters.open_with(1000)
    journal.post("signing_wanted", 0, 800)
    for day in range(4):
        counters.run(day)
    assert journal["signing_reissued"][:4].tolist() == [500, 300, 0, 0]
    assert journal["handed_over"][:4].tolist() == [200, 400, 400, 0]
    assert journal["visits_put_off"][:4].tolist() == [800, 400, 0, 0]
    assert journal["at_municipalities"][:4].tolist() == [800, 400, 0, 0]
    assert journal["transactions_failed"].sum() == 0


def test_who_renews_ahead_of_the_notice_loses_nothing_by_waiting() -> None:
    office = Office(**{"counters.slots_per_day": 0, **PATIENT})
    office.journal.post("certificates_wanted_early", 0, 1000)
    office.work(150, {0: 1000})
    assert office.journal["expired_waiting"].sum() == 0
    impatient = Office(**{"counters.slots_per_day": 100, **IMPATIENT})
    impatient.journal.post("certificates_wanted_early", 0, 600)
    impatient.work(1, {0: 1000})
    served, gave_up = (int(impatient.journal[name][0]) for name in ("renewed_in_time", "gave_up_in_time"))
    assert served == impatient.journal["certificates_renewed"][0] == 100
    assert gave_up == impatient.journal["slots_given_up"][0] > 0
    assert 1000 - served - gave_up == impatient.journal["booking_backlog"][0]
