"""The small yearly tables of the chapters: call centres, certificates at the counters, systems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports import actuals, centres, names, series, statistics
from reports.centres import Seats
from reports.document import Block, Joined, Name, Number, Period, Table, Value, headings, say
from reports.ledger import cells as ledger_cells
from reports.ledger import tables as ledger_tables
from reports.ledger.entries import of
from reports.run import cells, monthly, municipalities, systems, told_systems, verdicts
from reports.run.system_charts import hours
from reports.run_data import RunData
from reports.yearly import fiscal_years
from scenarios.ledger.record import Entry
from scenarios.run.statistic import Row
from sim import calendar
from sim.answering import callers
from sim.availability import READINGS
from sim.calendar import fiscal_year_of_month
from sim.counters.targets import RENEWED
from sim.facts import CENTRES, CLASSES, OUTCOMES, SYSTEMS
from sim.systems.targets import AVAILABILITY


def blocks(data: RunData, chapter: str) -> tuple[Block, ...]:
    """The tables of a chapter, and for a workbook its monthly series; none where a chapter has only charts."""
    makers = {"cards": _cards, "contact": _contact, "certificates": _certificates, "systems": _systems}
    yearly = makers[chapter](data) if chapter in makers else ()
    return (*yearly, *told_systems.blocks(data, chapter), *_places(data, chapter), *monthly.blocks(data, chapter))


@dataclass(frozen=True)
class _Year:
    """The rows of the summary about one target and fiscal year, by statistic, as cells."""

    data: RunData
    rows: dict[str, Row]

    def decided(self, statistic: str) -> tuple[Value, Value]:
        """The deciding statistic with its 95 % interval, and in how many replications it meets its threshold."""
        row = self.rows.get(statistic)
        if row is None or row.value is None:
            return None, None
        return names.value(row), cells.met(row, self.data.run)

    def ranged(self, statistic: str, replications: pd.Series | None) -> Value:
        """A mean with 10-90 % of replications: the summary's where it has one, else that of the replications."""
        row = self.rows.get(statistic)
        known = pd.Series(dtype=float) if replications is None else replications.dropna()
        value = None if row is None else row.value
        if not len(known):
            return None if value is None else Number(value, statistic)
        value = float(known.mean()) if value is None else value
        low, high = map(float, known.quantile([series.LOW, series.HIGH]))
        ends = (None, None) if low == high == value else (low, high)
        return statistics.estimate(statistic, value, *ends)


def _year(data: RunData, target: str, year: int, part: str | None = None) -> _Year:
    asked = target, part, calendar.Period.of_year(year)
    chosen = (row for row in verdicts.rows(data.summary) if (row.id, row.part, row.period) == asked)
    return _Year(data, {row.statistic: row for row in chosen})


def _contact(data: RunData) -> tuple[Block, ...]:
    found = data.summary.ledger
    lost = [_lost(found, centre) for centre in CENTRES] if found else []
    return (*(_centre(data, centre) for centre in CENTRES), *lost)


def _lost(found: Sequence[Entry], centre: str) -> Block:
    heading = say("ledger.lost.of_centre", centre=Name("centre", centre))
    notes = (say("ledger.lost.note"),) if centre == tuple(CENTRES)[-1] else ()
    return Block(ledger_tables.lost(found, centre), heading, notes=notes, tab=ledger_cells.tab("lost", centre))


def _cards(data: RunData) -> tuple[Block, ...]:
    """Late cards and their days by cause; none in runs of earlier versions."""
    found = data.summary.ledger
    kinds = [kind for kind in CLASSES if of(found, "late_cards", kind)]
    late = (
        Block(
            ledger_tables.late(found, kind),
            say("ledger.late.of_class", kind=ledger_cells.late_kind(kind)),
            notes=(say("ledger.late.note"),) if kind == kinds[-1] else (),
            tab=ledger_cells.tab("late", kind),
        )
        for kind in kinds
    )
    return tuple(late)


def _centre(data: RunData, centre: str) -> Block:
    seats = centres.seats(data, centre)
    notes: tuple[Value, ...] = ()
    if seats.hundred is not None:
        notes = (say("chapter.contact.seats_index", centre=centre, **centres.hundred(seats.hundred)),)
    columns = (
        "year", "offered", "answered_share", "met", "mean_of_months", "callers", "within_20s", "mean_wait",
        "utilisation",
    )  # fmt: skip
    rows = tuple(_centre_year(data, centre, seats, year) for year in fiscal_years(data.months))
    table = Table((*headings("run", *columns), *_seat_headings(seats)), rows)
    return Block(table, Name("centre", centre), notes=notes, tab=say("monthly.tab.centres"))


def _seat_headings(seats: Seats) -> list[Value]:
    """Contracted and needed seats with their unit."""
    unit = say(f"chart.seats.heading_{seats.unit}", year=Period.of_year(centres.INDEX_YEAR, whole=True))
    return [say("column.seats_unit", heading=name, unit=unit) for name in headings("run", "seats", "seats_needed")]


def _centre_year(data: RunData, centre: str, seats: Seats, year: int) -> tuple[Value, ...]:
    at = _year(data, centres.TARGETS[centre], year)

    def total(*names: str) -> pd.Series:
        return series.total_of_year(centres.calls(data, centre, *names), year)

    def ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
        return part / whole.where(whole > 0)

    offered = total("offered")
    rate = callers(centre, data.at("targets.ai_reading"))
    counted = total(*rate.below) - total(*rate.less)
    return (
        Period.of_year(year),
        at.ranged("calls", offered),
        *at.decided("answered_share"),
        at.ranged("mean_of_months_share", _mean_of_months(data, centre, year)),
        at.ranged("callers_answered_share", ratio(total(*rate.above), counted).clip(upper=1.0)),
        at.ranged("within_20s_share", ratio(total("within_20s"), total(*OUTCOMES)).clip(upper=1.0)),
        at.ranged("mean_wait_s", ratio(total("wait_seconds"), offered)),
        at.ranged("utilisation", ratio(total("busy_minutes"), total("agent_minutes")).clip(upper=1.0)),
        _all_stated(data, centre, year) or at.ranged("seats", _seats_of_year(data, centre, "seats", year).mean()),
        at.ranged("seats", _seats_of_year(data, centre, "seats_needed", year).max()),
    )


def _all_stated(data: RunData, centre: str, year: int) -> Value:
    """That the seats of a year are actual figures, which stand on the chart alone; None where not all of them are."""
    own = [fiscal_year_of_month(month) == year for month in data.months]
    return say("actuals.point") if actuals.seats_known(data, centre)[own].all() else None


def _mean_of_months(data: RunData, centre: str, year: int) -> pd.Series:
    return series.of_year(centres.answered_shares(data, centre), year).mean()


def _seats_of_year(data: RunData, centre: str, name: str, year: int) -> pd.DataFrame:
    return series.of_year(centres.seats_by_month(data, centre, name), year)


def _certificates(data: RunData) -> tuple[Block, ...]:
    columns = (
        "year", "wanted", "renewed", "in_time", "met", "wait_days", "backlog", "expired_waiting", "given_up", "lapsed",
        "failed",
    )  # fmt: skip
    rows = tuple(_certificates_year(data, year) for year in fiscal_years(data.months))
    return (Block(Table(headings("run", *columns), rows), notes=_overloads(data)),)


def _places(data: RunData, chapter: str) -> Iterator[Block]:
    """Counters by size of the municipality and by prefecture, in their chapter."""
    if chapter == "certificates":
        yield from municipalities.blocks(data)


def _overloads(data: RunData) -> tuple[Value, ...]:
    """The years in which more was tried than the servers behind the counters take; nothing where there are none."""
    told: list[Value] = []
    for year in fiscal_years(data.months):
        at = _year(data, RENEWED.id, year)
        days, spell = (at.rows.get(name) for name in ("overloaded_days", "longest_overload_days"))
        if days is not None and spell is not None and days.value:
            lengths = {"days": names.value(days), "spell": names.value(spell)}
            told.append(say("chapter.certificates.overloaded", year=Period.of_year(year), **lengths))
    return (Joined(tuple(told), "format.space"),) if told else ()


def _certificates_year(data: RunData, year: int) -> tuple[Value, ...]:
    at = _year(data, RENEWED.id, year)

    def total(*names: str) -> pd.Series:
        return series.total_of_year(series.flow(data, *names), year)

    served = total("certificates_renewed", "signing_reissued").where(lambda persons: persons > 0)
    tried = total("transactions", "transactions_failed").where(lambda attempts: attempts > 0)
    backlog = series.of_year(series.stock(data, "booking_backlog"), year).max()
    return (
        Period.of_year(year),
        *(at.ranged("persons", total(f"certificates_{name}")) for name in ("wanted", "renewed")),
        *at.decided("renewed_in_time_share"),
        at.ranged("mean_wait_days", total("slot_wait_days") / served),
        at.ranged("persons", backlog),
        *(at.ranged("persons", total(name)) for name in ("expired_waiting", "slots_given_up", "certificates_lapsed")),
        at.ranged("failed_share", total("transactions_failed") / tried),
    )


def _systems(data: RunData) -> tuple[Block, ...]:
    columns = ("system", "year", "availability", "met", "hours_lost", "allowed", "planned")
    rows: list[tuple[Value, ...]] = []
    for system in SYSTEMS:
        found = hours(data, system)
        if not found.serves:
            continue
        for place, year in enumerate(fiscal_years(data.months)):
            at = _year(data, AVAILABILITY.id, year, system)
            decided = at.decided("availability")
            lost = at.ranged("hours_lost", pd.Series(found.lost.loc[year]))
            fixed = (_hours(found.allowed[place]), _hours(found.planned[place]))
            rows.append((Name("part", system), Period.of_year(year), *decided, lost, *fixed))
    table = Table(headings("run", *columns), tuple(rows))
    return (Block(table, notes=systems.broken_by_load(data)), *_readings(data), *systems.validity(data))


def _readings(data: RunData) -> Iterator[Block]:
    """The readings of the target by all systems together; none in runs of earlier versions."""
    readings = tuple(f"availability_{reading}" for reading in READINGS[1:])
    years = [(year, _year(data, AVAILABILITY.id, year)) for year in fiscal_years(data.months)]
    if not any(name in at.rows for _, at in years for name in readings):
        return
    rows = tuple((Period.of_year(year), *(at.ranged(name, None) for name in readings)) for year, at in years)
    table = Table((*headings("run", "year"), *map(names.statistic, readings)), rows)
    decides = Name("reading", str(data.at("targets.availability_reading")))
    note = say("chapter.systems.decides", year=Period("FY2025"), reading=decides)
    yield Block(table, say("chapter.systems.readings"), notes=(note,))


def _hours(amount: float) -> Value:
    return None if np.isnan(amount) else Number(float(amount), "hours")
