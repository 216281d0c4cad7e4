"""The small yearly tables of the chapters: call centres, certificates at the counters, systems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports import actuals, centres, contact_captions, formats, series, statistics, tables, values, verdicts
from reports.catalogue import Catalogue
from reports.centres import Seats
from reports.charts.systems import hours
from reports.document import Table
from reports.ledgers import cells as ledger_cells
from reports.ledgers import tables as ledger_tables
from reports.ledgers.data import entries, of
from reports.run_data import RunData
from scenarios.delays import Entry
from scenarios.row import Row
from sim.availability import READINGS
from sim.calendar import fiscal_year_of_month
from sim.facts import CENTRES, CLASSES, OUTCOMES, SYSTEMS


@dataclass(frozen=True)
class Section:
    """A table of a chapter with its heading, and a note where one is needed."""

    heading: str
    table: Table
    note: str = ""


def sections(cat: Catalogue, data: RunData, chapter: str) -> tuple[Section, ...]:
    """The tables of a chapter; none where a chapter has only charts."""
    makers = {"cards": _cards, "contact": _contact, "certificates": _certificates, "systems": _systems}
    return makers[chapter](cat, data) if chapter in makers else ()


@dataclass(frozen=True)
class _Year:
    """The rows of the summary about one target and fiscal year, by statistic, written as cells."""

    cat: Catalogue
    data: RunData
    rows: dict[str, Row]

    def decided(self, statistic: str) -> tuple[str, str]:
        """The deciding statistic with its 95 % interval, and in how many replications it meets its threshold."""
        nothing, row = self.cat.text("format.nothing"), self.rows.get(statistic)
        if row is None or row.value is None:
            return nothing, nothing
        interval = statistics.interval(self.cat, statistic, row.low, row.high)
        shown = statistics.value_with_interval(self.cat, statistic, row.value, interval)
        return shown, tables.met(self.cat, row, self.data.run) or nothing

    def ranged(self, statistic: str, replications: pd.Series | None, value: float | None = None) -> str:
        """A mean with 10-90 % of replications: the summary's where it has one, else that of the replications."""
        row = self.rows.get(statistic)
        known = pd.Series(dtype=float) if replications is None else replications.dropna()
        value = row.value if row is not None else value
        if value is None:
            value = float(known.mean()) if len(known) else None
        if value is None:
            return self.cat.text("format.nothing")
        if not len(known):
            return statistics.value(self.cat, statistic, value)
        low, high = (float(known.quantile(share)) for share in (series.LOW, series.HIGH))
        if low == high == value:
            return statistics.value(self.cat, statistic, value)
        return statistics.value_with_interval(
            self.cat, statistic, value, statistics.interval(self.cat, statistic, low, high)
        )


def _years(data: RunData) -> list[int]:
    return list(series.by_year(pd.DataFrame(0.0, index=list(data.months), columns=[1])).index)


def _year(cat: Catalogue, data: RunData, target: str, year: int, part: str | None = None) -> _Year:
    chosen = (
        row for row in verdicts.rows(data.summary) if (row.id, row.part, row.period) == (target, part, f"FY{year}")
    )
    return _Year(cat, data, {row.statistic: row for row in chosen})


def _table(cat: Catalogue, columns: Iterable[str], rows: Iterable[tuple[str, ...]], text_columns: int = 1) -> Table:
    headings = tuple(cat.text(f"column.{name}") for name in columns)
    return Table(headings, tuple(rows), text_columns=text_columns)


def _contact(cat: Catalogue, data: RunData) -> tuple[Section, ...]:
    found = entries(data.summary)
    lost = [_lost(cat, found, centre) for centre in CENTRES] if found else []
    return (*(_centre(cat, data, centre) for centre in CENTRES), *lost)


def _lost(cat: Catalogue, found: Sequence[Entry], centre: str) -> Section:
    heading = cat.text("ledger.lost.of_centre", centre=cat.name("centre", centre))
    note = cat.text("ledger.lost.note") if centre == tuple(CENTRES)[-1] else ""
    return Section(heading, ledger_tables.lost(found, centre), note)


def _cards(cat: Catalogue, data: RunData) -> tuple[Section, ...]:
    """Late cards and their days by cause; none in runs of earlier versions."""
    found = entries(data.summary)
    kinds = [kind for kind in CLASSES if of(found, "late_cards", kind)]
    return tuple(
        Section(
            cat.text("ledger.late.of_class", kind=values.text(cat, ledger_cells.late_kind(kind))),
            ledger_tables.late(found, kind),
            cat.text("ledger.late.note") if kind == kinds[-1] else "",
        )
        for kind in kinds
    )


def _centre(cat: Catalogue, data: RunData, centre: str) -> Section:
    seats = centres.seats(data, centre)
    note = ""
    if seats.hundred is not None:
        known = contact_captions.hundred(cat, seats.hundred)
        note = cat.text("chapter.contact.seats_index", centre=centre, **known)
    columns = (
        "year", "offered", "answered_share", "met", "mean_of_months", "callers", "within_20s", "mean_wait",
        "utilisation",
    )  # fmt: skip
    rows = tuple(_centre_year(cat, data, centre, seats, year) for year in _years(data))
    headings = (*(cat.text(f"column.{name}") for name in columns), *_seat_headings(cat, seats))
    return Section(cat.name("centre", centre), Table(headings, rows), note)


def _seat_headings(cat: Catalogue, seats: Seats) -> list[str]:
    """Contracted and needed seats with their unit."""
    unit = cat.text(f"chart.seats.heading_{seats.unit}", year=formats.whole_fiscal_year(cat, centres.INDEX_YEAR))
    names = (cat.text(f"column.{name}") for name in ("seats", "seats_needed"))
    return [cat.text("column.seats_unit", heading=name, unit=unit) for name in names]


def _centre_year(cat: Catalogue, data: RunData, centre: str, seats: Seats, year: int) -> tuple[str, ...]:
    at = _year(cat, data, centres.TARGETS[centre], year)

    def total(*names: str) -> pd.Series:
        return series.total_of_year(centres.calls(data, centre, *names), year)

    def ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
        return part / whole.where(whole > 0)

    offered, answered = total("offered"), total("answered")
    callers = offered - total("call_backs")
    return (
        formats.fiscal_year(cat, year),
        at.ranged("calls", offered),
        *at.decided("answered_share"),
        at.ranged("mean_of_months_share", _mean_of_months(data, centre, year)),
        at.ranged("callers_answered_share", ratio(answered, callers).clip(upper=1.0)),
        at.ranged("within_20s_share", ratio(total("within_20s"), total(*OUTCOMES)).clip(upper=1.0)),
        at.ranged("mean_wait_s", ratio(total("wait_seconds"), offered)),
        at.ranged("utilisation", ratio(total("busy_minutes"), total("agent_minutes")).clip(upper=1.0)),
        _all_stated(cat, data, centre, year) or at.ranged("seats", _seats_of_year(data, centre, "seats", year).mean()),
        at.ranged("seats", _seats_of_year(data, centre, "seats_needed", year).max()),
    )


def _all_stated(cat: Catalogue, data: RunData, centre: str, year: int) -> str:
    """That the seats of a year are actual figures, which stand on the chart alone; empty where not all of them are."""
    own = [fiscal_year_of_month(month) == year for month in data.months]
    return cat.text("actuals.point") if actuals.seats_known(data, centre)[own].all() else ""


def _mean_of_months(data: RunData, centre: str, year: int) -> pd.Series:
    return series.of_year(centres.answered_shares(data, centre), year).mean()


def _seats_of_year(data: RunData, centre: str, name: str, year: int) -> pd.DataFrame:
    return series.of_year(centres.seats_by_month(data, centre, name), year)


def _certificates(cat: Catalogue, data: RunData) -> tuple[Section, ...]:
    columns = (
        "year", "wanted", "renewed", "in_time", "met", "wait_days", "backlog", "expired_waiting", "given_up", "lapsed",
        "failed",
    )  # fmt: skip
    rows = [_certificates_year(cat, data, year) for year in _years(data)]
    return (Section("", _table(cat, columns, rows), _overloads(cat, data)),)


def _overloads(cat: Catalogue, data: RunData) -> str:
    """The years in which more was tried than the servers behind the counters take; empty where there are none."""
    told = []
    for year in _years(data):
        at = _year(cat, data, "renewed-in-time", year)
        days, spell = (at.rows.get(name) for name in ("overloaded_days", "longest_overload_days"))
        if days is not None and spell is not None and days.value:
            lengths = [
                statistics.value_with_interval(
                    cat, row.statistic, row.value, statistics.interval(cat, row.statistic, row.low, row.high)
                )
                for row in (days, spell)
            ]
            year_name = formats.fiscal_year(cat, year)
            told.append(cat.text("chapter.certificates.overloaded", year=year_name, days=lengths[0], spell=lengths[1]))
    return " ".join(told)


def _certificates_year(cat: Catalogue, data: RunData, year: int) -> tuple[str, ...]:
    at = _year(cat, data, "renewed-in-time", year)

    def total(*names: str) -> pd.Series:
        return series.total_of_year(series.flow(data, *names), year)

    served = total("certificates_renewed", "signing_reissued").where(lambda persons: persons > 0)
    tried = total("transactions", "transactions_failed").where(lambda attempts: attempts > 0)
    backlog = series.of_year(series.stock(data, "booking_backlog"), year).max()
    return (
        formats.fiscal_year(cat, year),
        *(at.ranged("persons", total(f"certificates_{name}")) for name in ("wanted", "renewed")),
        *at.decided("renewed_in_time_share"),
        at.ranged("mean_wait_days", total("slot_wait_days") / served),
        at.ranged("persons", backlog),
        *(at.ranged("persons", total(name)) for name in ("expired_waiting", "slots_given_up", "certificates_lapsed")),
        at.ranged("failed_share", total("transactions_failed") / tried),
    )


def _systems(cat: Catalogue, data: RunData) -> tuple[Section, ...]:
    columns = ("system", "year", "availability", "met", "hours_lost", "allowed", "planned")
    rows = []
    for system in SYSTEMS:
        found = hours(data, system)
        if not found.serves:
            continue
        for place, year in enumerate(_years(data)):
            at = _year(cat, data, "availability-99.9", year, system)
            decided = at.decided("availability")
            lost = at.ranged("hours_lost", pd.Series(found.lost.loc[year]))
            fixed = (_hours(cat, found.allowed[place]), _hours(cat, found.planned[place]))
            rows.append((cat.name("part", system), formats.fiscal_year(cat, year), *decided, lost, *fixed))
    return (Section("", _table(cat, columns, rows, text_columns=2)), *_readings(cat, data))


def _readings(cat: Catalogue, data: RunData) -> Iterator[Section]:
    """The readings of the target by all systems together; none in runs of earlier versions."""
    names = tuple(f"availability_{reading}" for reading in READINGS[1:])
    years = [(year, _year(cat, data, "availability-99.9", year)) for year in _years(data)]
    if not any(name in at.rows for _, at in years for name in names):
        return
    rows = [(formats.fiscal_year(cat, year), *(at.ranged(name, None) for name in names)) for year, at in years]
    headings = (cat.text("column.year"), *(statistics.name(cat, name) for name in names))
    decides = cat.name("reading", str(data.at("targets.availability_reading")))
    note = cat.text("chapter.systems.decides", year=formats.fiscal_year(cat, 2025), reading=decides)
    yield Section(cat.text("chapter.systems.readings"), Table(headings, tuple(rows)), note)


def _hours(cat: Catalogue, amount: float) -> str:
    return statistics.value(cat, "hours", None if np.isnan(amount) else float(amount))
