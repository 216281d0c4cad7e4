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
from sim.streams import Streams
from sim.timing import DAYS_A_MONTH, in_time

SPAN = Calendar(date(2026, 4, 1), date(2027, 3, 31))
EVERY_DAY = {"counters.weekdays": (1.0,) * 7, "counters.closures": ()}
NOTHING_ELSE = {"counters.handover_slots": 0, "counters.other_slots_per_day": 0}


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


def jpki(working: float, **values: object) -> Jpki:
    share = np.full(SPAN.days, working)
    return Jpki(plan_of(**{"systems.jpki_per_day": 1000, **values}), share, share)


def done_and_failed(servers: Jpki, cards: int, certificates: int) -> tuple[int, int]:
    passed = servers.serve(0, cards, certificates)
    return passed.cards + passed.certificates, passed.failed


def test_all_get_through_up_to_the_capacity() -> None:
    passed = jpki(1).serve(0, 400, 600)
    assert (passed.cards, passed.certificates, passed.failed, passed.overloaded) == (400, 600, 0, False)


def test_refused_attempts_use_up_capacity_down_to_a_least_share() -> None:
    servers = jpki(1, **{"systems.jpki_waste_share": 0.5, "systems.jpki_least_share": 0.3})
    passed = servers.serve(0, 400, 800)
    assert (passed.cards, passed.certificates, passed.failed, passed.overloaded) == (300, 600, 300, True)
    assert done_and_failed(servers, 0, 50_000) == (300, 49_700)


def test_an_outage_fails_those_who_meet_it_and_some_try_again() -> None:
    # 200 meet it, 100 of them try again: 700 attempts for a capacity of 750
    assert done_and_failed(jpki(0.75, **{"systems.retry_share": 0.5}), 0, 800) == (700, 200)


def test_nothing_gets_through_on_a_day_without_service() -> None:
    assert done_and_failed(jpki(0.0), 300, 500) == (0, 800)


def test_without_the_card_system_cards_are_not_handed_over_and_certificates_are_issued() -> None:
    plan = plan_of(**{"systems.jpki_per_day": 1000, "systems.retry_share": 0})
    passed = Jpki(plan, np.ones(SPAN.days), np.zeros(SPAN.days)).serve(0, 300, 500)
    assert (passed.cards, passed.certificates, passed.failed) == (0, 500, 300)


def test_failed_transactions_leave_their_persons_waiting() -> None:
    journal = Journal(SPAN.days)
    plan = plan_of(**{"systems.jpki_per_day": 1000, "counters.slots_per_day": 1e6})
    works = np.r_[0.0, np.ones(SPAN.days - 1)]
    counters = Counters(plan, Streams(1, 1), SPAN, journal, works, works)
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
    always = np.ones(SPAN.days)
    counters = Counters(plan, Streams(1, 1), SPAN, journal, always, always)
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
