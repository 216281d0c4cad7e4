"""Which systems have a table of their own in the report of a run, in which chapter, and what it says by fiscal year.

A new system is a row of ``TOLD``, with its texts.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from reports import series
from reports.document import Block
from reports.run import by_year
from reports.run.by_year import Column, OfYear, System
from reports.run_data import RunData
from scenarios.history import load_municipalities
from sim.calendar import fiscal_year_of_month
from sim.facts import PINS, SYSTEMS


def blocks(data: RunData, chapter: str) -> Iterator[Block]:
    """The tables of a chapter's systems, of those that the run has any of."""
    yield from by_year.blocks(data, chapter, TOLD)


def _sum(*facts: str) -> OfYear:
    return lambda data, year: series.total_of_year(series.flow(data, *facts), year)


def _hours(*facts: str) -> OfYear:
    return lambda data, year: _sum(*facts)(data, year) / 60


def _ratio(part: OfYear, whole: OfYear) -> OfYear:
    def of_year(data: RunData, year: int) -> pd.Series:
        all_of_it = whole(data, year)
        return part(data, year) / all_of_it.where(all_of_it > 0)

    return of_year


def _stock(data: RunData, fact: str, year: int) -> pd.DataFrame:
    return series.of_year(series.stock(data, fact), year)


def _mean(fact: str) -> OfYear:
    return lambda data, year: _stock(data, fact, year).mean()


def _fullest(fact: str) -> OfYear:
    return lambda data, year: _stock(data, fact, year).max()


def _last(fact: str) -> OfYear:
    return lambda data, year: _stock(data, fact, year).iloc[-1]


def _nights(fact: str) -> OfYear:
    """All nights of all who wait."""

    def of_year(data: RunData, year: int) -> pd.Series:
        months = pd.Index([pd.Period(month).days_in_month for month in data.months])
        return series.total_of_year(series.stock(data, fact).mul(months, axis=0), year)

    return of_year


def _residents(data: RunData, year: int) -> pd.Series:
    """Share of the country's residents, on the mean of a year's days."""
    return _mean("weekends_full_residents")(data, year) / float(load_municipalities().residents.sum())


def _to_the_resident(data: RunData, year: int) -> pd.Series:
    """Mean days from the receipt of express cards to the resident."""
    table = data.lead_times
    months = [month for month in table["month"].unique() if fiscal_year_of_month(month) == year]
    chosen = (table["class"] == "express") & (table["measure"] == "delivery") & (table["state"] != "inside")
    mine = table[chosen & table["month"].isin(months)]
    sums = mine.assign(days=mine["days"] * mine["cards"]).groupby("replication")[["days", "cards"]].sum()
    return sums["days"] / sums["cards"].where(sums["cards"] > 0)


def _card_days(cause: str) -> OfYear:
    """Days that a standard card owes to a cause of the delay ledger, on the mean of all."""
    return lambda data, year: pd.Series(series.days_by_cause(data, "standard")[cause].loc[year])


_BEFORE_RECEIPT = _ratio(_sum("newborn_municipal_days"), _sum("newborn_with_notice"))
_RESETS = {place: tuple(f"pin_resets_{place}_{kind}" for kind in PINS) for place in ("store", "counter")}
_LOCKED = tuple(f"pins_locked_{kind}" for kind in PINS)
_TRIES = "transactions", "transactions_failed"
_PLANNED = tuple(f"planned_minutes_{name}" for name in SYSTEMS)
_SEATS = "calls_agent_minutes_lost", "helpdesk_agent_minutes_lost"

TOLD = (
    System(
        "card_classes",
        "cards",
        ("applications_residence", "applications_readings", "applications_abroad", "readings_wanted"),
        (
            Column("residence", "items_exact", _sum("applications_residence")),
            Column("extended", "persons_exact", _sum("stays_extended")),
            Column("readings", "count", _sum("readings_wanted")),
            Column("reissued", "items_exact", _sum("applications_readings")),
            Column("abroad", "items_exact", _sum("applications_abroad")),
        ),
    ),
    System(
        "birth_notices",
        "cards",
        ("newborn_with_notice",),
        (
            Column("cards", "items_exact", _sum("newborn_with_notice")),
            Column("before_receipt", "days_exact", _BEFORE_RECEIPT, 1),
            Column("from_receipt", "days_exact", _to_the_resident, 1),
            Column(
                "in_all", "days_exact", lambda data, year: _BEFORE_RECEIPT(data, year) + _to_the_resident(data, year), 1
            ),
        ),
    ),
    System(
        "next_card",
        "cards",
        ("next_card_taken_up", "cards_exchanged"),
        (
            Column("waiting", "persons_exact", _fullest("waiting_for_next_card")),
            Column("taken_up", "persons_exact", _sum("next_card_taken_up")),
            Column("exchanged", "items_exact", _sum("cards_exchanged")),
            Column("calls", "count", _sum("calls_launch")),
        ),
    ),
    System(
        "blanks",
        "cards",
        ("blanks_counted",),
        (
            Column("delivered", "items_exact", _sum("blanks_delivered")),
            Column("used", "items_exact", _sum("blanks_used")),
            Column("left", "items_exact", _last("blanks_left")),
            Column("card_days", "days_exact", _card_days("blanks"), 2),
        ),
        given=("plant.blanks_delivered", "plant.blanks_ordered"),
    ),
    System(
        "ai_answers",
        "contact",
        ("calls_ai_taken",),
        (
            Column("taken", "count", _sum("calls_ai_taken")),
            Column("settled", "count", _sum("calls_ai_settled")),
            Column("again", "count", _sum("calls_ai_again")),
        ),
    ),
    System(
        "sites_lost",
        "contact",
        _SEATS,
        (
            Column("resident", "hours_exact", _hours(_SEATS[0])),
            Column("of_resident", "probability", _ratio(_sum(_SEATS[0]), _sum("calls_agent_minutes", _SEATS[0])), 1),
            Column("helpdesk", "hours_exact", _hours(_SEATS[1])),
            Column("of_helpdesk", "probability", _ratio(_sum(_SEATS[1]), _sum("helpdesk_agent_minutes", _SEATS[1])), 1),
        ),
    ),
    System(
        "jpki_servers",
        "certificates",
        _TRIES,
        (
            Column("tries", "count", _sum(*_TRIES)),
            Column("failed", "probability", _ratio(_sum("transactions_failed"), _sum(*_TRIES)), 2),
            Column("timeouts", "count", _sum("jpki_timeouts")),
            Column("given_up", "count", _sum("jpki_given_up", "jpki_still_trying")),
            Column("overloaded", "days_exact", _sum("jpki_overloaded"), 1),
        ),
    ),
    System(
        "terminals",
        "certificates",
        ("slots_taken", "slots_short", "settings_made"),
        (
            Column("taken", "count", _sum("slots_taken")),
            Column("short", "count", _sum("slots_short")),
            Column("settings", "count", _sum("settings_made")),
            Column("unset", "count", _fullest("settings_waiting")),
        ),
    ),
    System(
        "licences",
        "certificates",
        ("licences_written",),
        (
            Column("written", "cards_exact", _sum("licences_written")),
            Column("share", "probability", _ratio(_sum("licences_written"), _sum("handed_over")), 1),
            Column("on_top", "cards_exact", _sum("licences_on_top")),
            Column("calls", "count", _sum("calls_licences")),
        ),
    ),
    System(
        "weekends",
        "certificates",
        ("weekends_wished",),
        (
            Column("wished", "persons_exact", _sum("weekends_wished")),
            Column("served", "persons_exact", _sum("weekends_served")),
            Column("none", "persons_exact", _sum("weekends_none")),
            Column("days", "days_exact", _ratio(_nights("weekends_waiting"), _sum("weekends_served")), 1),
            Column("full", "count", _mean("weekends_full")),
            Column("fullest", "count", _fullest("weekends_full")),
            Column("full_residents", "probability", _residents, 1),
        ),
    ),
    System(
        "post_offices",
        "certificates",
        ("post_office_slots",),
        (
            Column("beyond", "count", _last("post_offices_beyond")),
            Column("slots", "count", _sum("post_office_slots")),
            Column("visits", "count", _sum("post_office_visits")),
        ),
    ),
    System(
        "notices_made",
        "services",
        ("notices_due",),
        (
            Column("due", "count", _sum("notices_due")),
            Column("posted", "count", _sum("notices_sent")),
            Column(
                "in_time", "probability", _ratio(_sum("notices_in_time"), _sum("notices_in_time", "notices_late")), 1
            ),
            Column("waiting", "count", _fullest("notices_waiting")),
            Column("undelivered", "count", _sum("notices_undelivered")),
            Column("emailed", "count", _sum("notices_emailed")),
            Column("calls", "count", _sum("calls_notices")),
        ),
    ),
    System(
        "pin_resets",
        "services",
        _LOCKED,
        (
            Column("locked", "count", _sum(*_LOCKED)),
            Column("at_stores", "count", _sum(*_RESETS["store"])),
            Column("store_share", "probability", _ratio(_sum(*_RESETS["store"]), _sum(*_LOCKED)), 1),
            Column("at_counters", "count", _sum(*_RESETS["counter"])),
            Column("visits", "count", _sum(*(f"pin_visits_{kind}" for kind in PINS))),
        ),
    ),
    System(
        "phones",
        "services",
        ("phone_certificates_issued",),
        (
            Column("issued", "count", _sum("phone_certificates_issued")),
            Column("replaced", "count", _sum("phone_certificates_replaced")),
            Column("held", "count", _last("phone_certificates_held")),
            Column("calls", "count", _sum("calls_phones")),
        ),
    ),
    System(
        "shown_loads",
        "services",
        ("copies_android", "copies_ios", "attributes_provided"),
        (
            Column("android", "count", _sum("copies_android")),
            Column("ios", "count", _sum("copies_ios")),
            Column("attributes", "count", _sum("attributes_provided")),
            Column("parties", "count", _last("relying_parties")),
        ),
    ),
    System(
        "disrupted",
        "systems",
        _PLANNED,
        (
            *(Column(name, "hours_exact", _hours(f"planned_minutes_{name}"), 1) for name in SYSTEMS),
            Column("outages", "hours_exact", _hours(*(f"outage_minutes_{name}" for name in SYSTEMS)), 1),
            Column("card_days", "days_exact", _card_days("outage"), 2),
            Column("failed", "count", _sum("transactions_failed")),
        ),
        given=("disruptions.events", "systems.drills"),
    ),
)
"""In the order of the report."""
