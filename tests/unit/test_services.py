"""PIN resets and loads that are shown, by hand and at their extremes."""

from datetime import date

import numpy as np
import pytest

from scenarios.files.load import load
from sim.calendar import Calendar
from sim.journal import Journal
from sim.plan import Plan
from sim.services.facts import LOCKED_PINS, SERVICES
from sim.services.phones import post_phones
from sim.services.pins import Pins
from sim.services.post_offices import post_post_offices
from sim.services.shown import post_shown
from sim.streams import Streams

FY2025 = Calendar(date(2025, 4, 1), date(2026, 3, 31))


def services(held: int, calendar: Calendar = FY2025, name: str = "baseline-fy2025", **changes: object) -> Journal:
    """The services of some days with so many cards held."""
    values = {f"services.{path.replace('__', '.')}": value for path, value in changes.items()}
    parameters = load(name).with_values(values).parameters
    streams, journal = Streams(1, 1), Journal(calendar.days)
    journal.post_days("cards_held", slice(None), np.full(calendar.days, held))
    plan = Plan(parameters, streams, calendar, chance_only=True)
    Pins(plan, streams, calendar, journal).open_month(slice(None))
    post_post_offices(plan, calendar, journal)
    post_shown(plan, journal)
    assert journal.close(parts=SERVICES)
    return journal


def test_without_holders_no_pin_locks() -> None:
    journal = services(0)
    assert not any(journal[fact.name].any() for fact in LOCKED_PINS.facts)


def test_all_or_none_are_reset_at_a_store() -> None:
    every, none = (services(10**7, pins__signing_store_rate=share) for share in (1, 0))
    assert not every["pin_resets_counter_signing"].any() and not none["pin_resets_store_signing"].any()
    assert every["pins_locked_signing"].tolist() == none["pins_locked_signing"].tolist()


def test_locked_pins_by_hand() -> None:
    """100 million holders, 3 % a year: 8,214 a day of weight 1; weights are 14/12 on average, so 7,040 and 14,081.

    A year of 365 days, 59 of them of double weight: 7,040 * 424 = 2.985 million, of which 18.3 % go to a store.
    """
    journal = services(10**8)
    day = 0.03 * 1e8 / 365.25 * 12 / 14
    locked = journal["pins_locked_signing"]
    assert locked[:30].mean() == pytest.approx(day, abs=4 * (day / 30) ** 0.5)  # Poisson
    assert locked[306:365].mean() == pytest.approx(2 * day, abs=4 * (2 * day / 59) ** 0.5)
    assert locked.sum() == pytest.approx(day * 424, rel=0.003)
    assert journal["pin_resets_store_signing"].sum() == pytest.approx(day * 424 * 0.183, rel=0.01)


def test_stores_have_the_published_counts_whatever_is_drawn_of_the_locks() -> None:
    """Of 98.9 million holders 543,000 and 281,000 are 0.549 and 0.285 %; counters have what is left of the locks."""
    stores, counters = [], []
    for locked in (0.02, 0.03, 0.04):
        journal = services(98_900_000, pins__signing_locked_share=locked, pins__user_locked_share=locked / 2)
        stores.append([journal[f"pin_resets_store_{kind}"].sum() for kind in ("signing", "user")])
        counters.append(journal["pin_resets_counter_signing"].sum() + journal["pin_resets_counter_user"].sum())
    assert np.array(stores) == pytest.approx(np.array([[543_000, 281_000]] * 3), rel=0.03)
    assert np.array(counters) == pytest.approx([2.1e6, 3.6e6, 5.1e6], rel=0.03)


def test_where_fewer_lock_than_stores_reset_all_of_them_are_reset_there() -> None:
    journal = services(10**7, pins__signing_locked_share=0.004)
    assert journal["pins_locked_signing"].any() and not journal["pin_resets_counter_signing"].any()


def test_more_is_reset_at_stores_as_their_share_grows() -> None:
    years = Calendar(date(2026, 4, 1), date(2031, 3, 31))
    journal = services(10**8, years, "plan-period+konbini-pins")
    stores, locked = journal["pin_resets_store_user"], journal["pins_locked_user"]
    assert stores[:365].sum() / locked[:365].sum() == pytest.approx(0.25, abs=0.03)
    assert stores[-365:].sum() / locked[-365:].sum() == pytest.approx(0.5, abs=0.1)


def test_post_offices_by_hand() -> None:
    """98 and 179 are 277 at the end of FY2025; 200 a year more, also where a run begins years later."""
    journal = services(0)
    assert journal["post_offices"][[0, -1]].tolist() == [98, 277]
    assert not journal["post_offices_beyond"].any() and not journal["post_offices_on_top"].any()
    for name, a_year in (("plan-period", 200), ("plan-period+post-offices-1000", 250)):
        for first in (date(2025, 4, 1), date(2027, 10, 1)):
            later = services(0, Calendar(first, date(2030, 3, 31)), name)
            assert later["post_offices"][-1] == pytest.approx(277 + 4 * a_year, abs=2)
            assert later["post_offices_beyond"][-1] == later["post_offices"][-1] - 277


def test_post_offices_that_make_calls_are_those_beyond_as_many_a_year_as_began_in_fy2025() -> None:
    year = Calendar(date(2026, 4, 1), date(2027, 3, 31))
    assert services(0, year)["post_offices_on_top"].sum() == pytest.approx(200 - 179, abs=1)
    assert services(0, year, post_offices__in_calls_per_year=0)["post_offices_on_top"].sum() == 200
    assert services(0, year, post_offices__in_calls_per_year=300)["post_offices_on_top"].sum() == 0


def test_loads_that_are_shown_add_up_to_the_published_counts() -> None:
    journal = services(0)
    for fact, published in (("copies_android", 43_000), ("copies_ios", 566_000), ("attributes_provided", 202_000)):
        assert journal[fact].sum() == pytest.approx(published, rel=0.001)
    assert journal["copies_ios"][:61].sum() == 0  # before June 2025
    assert journal["relying_parties"][-1] == 16


def phones(calendar: Calendar = FY2025, **changes: object) -> Journal:
    values = {f"services.phones.{path}": value for path, value in changes.items()}
    parameters = load("baseline-fy2025").with_values(values).parameters
    streams, journal = Streams(1, 1), Journal(calendar.days)
    post_phones(Plan(parameters, streams, calendar, chance_only=True), streams, calendar, journal)
    assert journal.close(parts=SERVICES)
    return journal


def test_certificates_on_phones_by_hand() -> None:
    """Six million a year from June: 304 days of 16,427 are 4.99 million; a quarter of those held are changed a year.

    Held grow evenly to 4.99 million, so those changed are 0.25 * 4.99 / 2 * 304 / 365.25 = 0.52 million.
    """
    journal = phones(in_calls_per_year=0)
    assert journal["phone_certificates_held"][60] == 0
    assert journal["phone_certificates_held"][-1] == pytest.approx(4_994_000, rel=0.002)
    assert journal["phone_certificates_replaced"].sum() == pytest.approx(520_000, rel=0.01)
    assert not journal["phone_certificates_on_top"].any()  # the calls of FY2025 contain theirs


def test_what_is_issued_on_top_of_fy2025_by_hand() -> None:
    """3,652,500 a year are 10,000 a day, of which the calls of FY2025 contain 4,000."""
    later = Calendar(date(2026, 4, 1), date(2026, 6, 30))
    journal = phones(later, new_per_year=3_652_500, changed_share=0, in_calls_per_year=1_461_000)
    on_top, issued = journal["phone_certificates_on_top"], journal["phone_certificates_issued"]
    assert on_top.tolist() == (issued - 4_000).tolist()
    assert on_top.mean() == pytest.approx(6_000, abs=40)  # Poisson, 91 days: 10.5


def test_no_phone_is_changed_where_none_is_held_and_what_fy2025_had_makes_no_call() -> None:
    nobody, few = phones(new_per_year=0), phones(Calendar(date(2026, 4, 1), date(2026, 6, 30)), in_calls_per_year=1e9)
    assert not nobody["phone_certificates_issued"].any()
    assert few["phone_certificates_issued"].any() and not few["phone_certificates_on_top"].any()


def test_a_run_that_begins_later_knows_the_phones_before_it() -> None:
    whole = phones(Calendar(date(2025, 4, 1), date(2027, 3, 31)), changed_share=0)
    later = phones(Calendar(date(2026, 4, 1), date(2027, 3, 31)), changed_share=0)
    held = whole["phone_certificates_held"][-365:]
    assert later["phone_certificates_held"][-1] == pytest.approx(held[-1], rel=0.002)
    assert later["phone_certificates_issued"].tolist() == whole["phone_certificates_issued"][-365:].tolist()
