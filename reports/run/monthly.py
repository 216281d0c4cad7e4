"""What a run's folder holds by month, for a workbook: medians with their band, lead times by month of receipt.

Of a sum, a mean or a share each replication has one number a month; a table has their median, and the band beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports import centres, series
from reports.capacity_fields import CAP_FIELD
from reports.document import Block, Name, Number, Period, Plot, Ranged, Table, Value, headings, say
from reports.run_data import RunData
from reports.series import Numbers
from sim.facts import CENTRES, OUTCOMES, STATIONS, SYSTEMS

Columns = list[tuple[Value, Sequence[Value]]]
"""The heading of each column with its cells, a month each."""
_NOTE = say("monthly.note")


def blocks(data: RunData, chapter: str) -> tuple[Block, ...]:
    """The monthly tables of a chapter."""
    makers = {"cards": _cards, "contact": _contact, "certificates": _certificates, "systems": _systems}
    return tuple(makers[chapter](data)) if chapter in makers and data.months else ()


def _block(
    data: RunData, tab: Value, columns: Columns, plots: Sequence[Plot], heading: Value = "", notes: Sequence[Value] = ()
) -> Block:
    """A monthly table for a workbook, with ``notes`` in place of the usual one."""
    rows = tuple((Period(month), *(cells[place] for _, cells in columns)) for place, month in enumerate(data.months))
    drawn = tuple(plot for plot in plots if plot.of)
    table = Table((*headings("monthly", "month"), *(heading for heading, _ in columns)), rows, plots=drawn)
    return Block(table, heading or tab, notes=tuple(notes) or (_NOTE,), sheet=True, tab=tab)


@dataclass(frozen=True)
class _Figure:
    """A monthly figure of a run: how it is called, in which unit it is, and how it is reckoned by replication."""

    name: str
    unit: str
    reckoned: Callable[[RunData], pd.DataFrame]
    decimals: int = 0

    def cells(self, data: RunData) -> list[Value]:
        """Its median with the band, a month each; nothing in a run of another version, which has other facts."""
        try:
            band = series.band(self.reckoned(data))
        except KeyError:
            return [None] * len(data.months)
        return [self._cell(*numbers) for numbers in zip(band.median, band.low, band.high, strict=True)]

    def _cell(self, *numbers: float) -> Value:
        if not np.isfinite(numbers).all():
            return None
        value, low, high = (Number(float(number), self.unit, self.decimals) for number in numbers)
        return Ranged(value, low, high)


def _columns(data: RunData, figures: Sequence[_Figure]) -> Columns:
    told = headings("monthly", *(figure.name for figure in figures))
    return [(heading, figure.cells(data)) for heading, figure in zip(told, figures, strict=True)]


def _limit(name: str, data: RunData, path: str, unit: str) -> Columns:
    """What months are held against; nothing where the scenario has no such limit."""
    value = data.at(path)
    if value is None:
        return []
    steps = series.steps(value, data.months)
    return [
        (headings("monthly", name)[0], [Number(float(step), unit) if np.isfinite(step) else None for step in steps])
    ]


def _flow(*names: str) -> Callable[[RunData], pd.DataFrame]:
    return lambda data: series.flow(data, *names)


def _stock(*names: str) -> Callable[[RunData], pd.DataFrame]:
    return lambda data: sum((series.stock(data, name) for name in names[1:]), series.stock(data, names[0]))


def _ratio(part: Sequence[str], whole: Sequence[str]) -> Callable[[RunData], pd.DataFrame]:
    return lambda data: series.ratio(series.flow(data, *part), series.flow(data, *whole))


# cards --------------------------------------------------------------------------------------------------------------

_CARDS = (
    _Figure("applications", "items_exact", _flow("applications")),
    _Figure("dispatched", "cards_exact", _flow("dispatched_standard", "dispatched_express")),
    _Figure("express", "cards_exact", _flow("dispatched_express")),
    _Figure("handed_over", "cards_exact", _flow("handed_over")),
    _Figure("inside", "cards_exact", _stock(*(f"waiting_{station}" for station in STATIONS))),
)


def _cards(data: RunData) -> Iterator[Block]:
    promised = _limit("promised", data, "targets.dispatch_per_month", "cards_exact")
    columns = [*_columns(data, _CARDS), *promised, *_limit("cap", data, CAP_FIELD, "cards_exact")]
    dashed = (6,) if promised else ()
    plots = (
        Plot(0, (1, 2), unit=say("workbook.axis.cards"), dashed=dashed, title=say("monthly.plot.cards")),
        Plot(0, (5,), unit=say("workbook.axis.cards"), title=say("monthly.plot.inside")),
    )
    yield _block(data, say("monthly.tab.cards"), columns, plots)
    yield _stations(data)
    for kind, measure, limit in (("standard", "dispatch", "issue_days"), ("express", "delivery", "express_days")):
        yield from _lead(data, kind, measure, f"targets.{limit}")


def _stations(data: RunData) -> Block:
    columns: Columns = []
    for station in (*STATIONS, "dispatch"):
        waiting = _Figure("waiting", "cards_exact", _stock(f"waiting_{station}"))
        columns.append((say("monthly.waiting", station=Name("station", station)), waiting.cells(data)))
    for station in STATIONS:
        used = _Figure("used", "percent", _ratio([f"done_{station}"], [f"capacity_{station}"]), 1)
        columns.append((say("monthly.utilisation", station=Name("station", station)), used.cells(data)))
    first = 2 + len(STATIONS)
    plots = (
        Plot(0, tuple(range(1, first)), unit=say("workbook.axis.cards"), title=say("monthly.plot.waiting")),
        Plot(
            0, tuple(range(first, first + len(STATIONS))), unit=say("workbook.axis.share"),
            title=say("monthly.plot.utilisation"),
        ),
    )  # fmt: skip
    return _block(data, say("monthly.tab.stations"), columns, plots)


def _lead(data: RunData, kind: str, measure: str, path: str) -> Iterator[Block]:
    """Days of the cards of a class by month of receipt, those that the New Year closure touches apart."""
    limit = data.at(path)
    cards = None if limit is None else series.judged(data, kind, measure, float(limit))
    if cards is None or cards.empty or not cards["cards"].any():
        return
    own, touched = cards[~cards["touches_closure"]], cards[cards["touches_closure"]]
    figures = (
        _Figure("cards", "cards_exact", lambda _: _counted(own, data)),
        _Figure("on_time", "percent", lambda _: _counted(own[own["days"] <= limit], data) / _counted(own, data), 2),
        _Figure("mean_days", "days_exact", lambda _: series.card_mean(own, data), 1),
        *(_quantile(own, share) for share in (0.1, 0.5, 0.9)),
        _Figure("longest", "days_exact", lambda _: series.card_max(own[~own["exception"]], data)),
        _Figure("longest_late", "days_exact", lambda _: series.card_max(own[own["exception"]], data)),
        _Figure("longest_closure", "days_exact", lambda _: series.card_max(touched, data)),
    )
    columns = [*_columns(data, figures), *_limit("limit", data, path, "days_exact")]
    plot = Plot(0, (3, 6, 7), unit=say("workbook.axis.days"), dashed=(10,), title=say(f"monthly.lead.{kind}"))
    heading, notes = say(f"monthly.lead.{kind}"), (_NOTE, say("monthly.lead.note"))
    yield _block(data, say("monthly.tab.lead"), columns, (plot,), heading, notes)


def _quantile(cards: pd.DataFrame, share: float) -> _Figure:
    """Days within which a share of the cards is done."""
    return _Figure(f"days_{share * 100:.0f}", "days_exact", lambda data: series.card_quantile(cards, share, data))


def _counted(cards: pd.DataFrame, data: RunData) -> pd.DataFrame:
    """Cards by month of receipt and replication."""
    counts = cards.groupby(["month", "replication"])["cards"].sum()
    every = pd.MultiIndex.from_product([data.months, range(1, data.replications + 1)], names=counts.index.names)
    return series.wide(counts.reindex(every, fill_value=0), data)


# call centres, counters, systems ------------------------------------------------------------------------------------


def _contact(data: RunData) -> Iterator[Block]:
    for centre in CENTRES:
        yield _centre(data, centre)
    for centre in CENTRES:
        causes = centres.causes(data, centre)
        columns: Columns = [
            (Name("call_cause", cause), [Number(float(calls), "items_exact") for calls in found])
            for cause, found in causes.items()
        ]
        plot = Plot(0, tuple(range(1, len(columns) + 1)), "stacked", say("workbook.axis.calls"))
        tab, heading = say("monthly.tab.causes", centre=Name("tab", centre)), Name("centre", centre)
        named = say("monthly.plot.causes", centre=heading)
        yield _block(data, tab, columns, (plot,), named, (say("monthly.mean"),))


def _centre(data: RunData, centre: str) -> Block:
    prefix = CENTRES[centre]
    over = [f"{prefix}_{outcome}" for outcome in OUTCOMES]
    within = _ratio([f"{prefix}_within_20s"], over)
    index = 100 if (seats := centres.seats(data, centre)).hundred is not None else 0
    unit = "number" if index else "seats_exact"
    figures = (
        _Figure("offered", "items_exact", _flow(f"{prefix}_offered")),
        _Figure("answered", "items_exact", _flow(f"{prefix}_answered")),
        _Figure("answered_share", "percent", lambda own: centres.answered_shares(own, centre), 1),
        _Figure("within_20s", "percent", lambda own: within(own).clip(upper=1.0), 1),
        _Figure("mean_wait", "seconds_exact", _ratio([f"{prefix}_wait_seconds"], [f"{prefix}_offered"]), 1),
        _Figure(f"seats_{seats.unit}", unit, lambda own: centres.seats_by_month(own, centre, "seats"), 1),
        _Figure(f"needed_{seats.unit}", unit, lambda own: centres.seats_by_month(own, centre, "seats_needed"), 1),
    )
    asked = _limit("threshold", data, "targets.answered_share", "percent")
    columns, name = [*_columns(data, figures), *asked], Name("centre", centre)
    axis = say("workbook.axis.value" if index else "workbook.axis.seats")
    titles = [say(f"monthly.plot.{key}", centre=name) for key in ("answered", "calls", "seats")]
    plots = (
        Plot(0, (3,), unit=say("workbook.axis.share"), dashed=(8,) if asked else (), title=titles[0]),
        Plot(0, (1,), unit=say("workbook.axis.calls"), title=titles[1]),
        Plot(0, (6, 7), unit=axis, title=titles[2]),
    )
    return _block(data, say("monthly.tab.contact"), columns, plots, name)


_SERVED = ["certificates_renewed", "signing_reissued"]
_COUNTERS = (
    _Figure("wanted", "persons_exact", _flow("certificates_wanted")),
    _Figure("renewed", "persons_exact", _flow("certificates_renewed")),
    _Figure("backlog", "persons_exact", _stock("booking_backlog")),
    _Figure("wait_days", "days_exact", _ratio(["slot_wait_days"], _SERVED), 1),
    _Figure("expired_waiting", "persons_exact", _flow("expired_waiting")),
    _Figure("given_up", "persons_exact", _flow("slots_given_up")),
    _Figure("lapsed", "persons_exact", _flow("certificates_lapsed")),
    _Figure("failed", "percent", _ratio(["transactions_failed"], ["transactions", "transactions_failed"]), 2),
)


def _certificates(data: RunData) -> Iterator[Block]:
    persons = say("workbook.axis.persons")
    plots = (
        Plot(0, (1, 2), unit=persons, title=say("monthly.plot.renewals")),
        Plot(0, (3,), unit=persons, title=say("monthly.plot.backlog")),
        Plot(0, (4,), unit=say("workbook.axis.days"), title=say("monthly.plot.wait_days")),
    )
    yield _block(data, say("monthly.tab.certificates"), _columns(data, _COUNTERS), plots)


def _systems(data: RunData) -> Iterator[Block]:
    """Hours that systems are down, of those that serve at all."""

    def hours(system: str) -> _Figure:
        return _Figure(system, "hours_exact", lambda own: series.flow(own, f"outage_minutes_{system}") / 60, 1)

    served = [system for system in SYSTEMS if _serves(data, system)]
    columns: Columns = [(Name("part", system), hours(system).cells(data)) for system in served]
    plot = Plot(0, tuple(range(1, len(served) + 1)), unit=say("workbook.axis.hours"))
    if served:
        yield _block(data, say("monthly.tab.systems"), columns, (plot,))


def _serves(data: RunData, system: str) -> bool:
    name = f"service_minutes_{system}"
    minutes: Numbers = data.flows[name].to_numpy() if name in data.flows else np.zeros(1)
    return bool(minutes.any())
