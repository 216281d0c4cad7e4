"""The tables of a sweep, cell by cell as text: what is varied, answers by point, drivers, effects, shares."""

from __future__ import annotations

from collections.abc import Sequence

from reports import evidence, formats
from reports.catalogue import Catalogue
from reports.document import Table
from reports.sweeping import words
from reports.sweeping.data import Line, Sweep, Varied


def varied(cat: Catalogue, data: Sweep) -> Table:
    """A line a varied path; values that are assumptions (仮定値) are marked."""
    known = evidence.load()
    nothing = cat.text("format.nothing")
    shown = tuple(
        (
            own.path,
            words.meaning(cat, own),
            _today(cat, own),
            words.number(own.low),
            words.number(own.high),
            words.unit(cat, own),
            cat.text("page.assumed") if evidence.assumed(own.path, known) else nothing,
        )
        for own in data.varied
    )
    return Table(
        _headings(cat, "parameter", "meaning", "today", "low", "high", "unit", "assumed"), shown, text_columns=7
    )


def _today(cat: Catalogue, own: Varied) -> str:
    """What the scenario has: by fiscal year where that differs."""
    years = {period: value for period, value in own.today.items() if period != "all"}
    if len(set(years.values())) < 2:
        return words.number(own.today["all"])
    named = (
        cat.text("validation.reason", text=formats.period(cat, period), reason=words.number(value))
        for period, value in years.items()
    )
    return cat.text("format.entries").join(named)


def answers(cat: Catalogue, data: Sweep, rows: Sequence[Line]) -> Table:
    """A line a point and year of one target: values of the inputs, the target's value, how often it was met."""
    headings = (*(own.path for own in data.varied), *_headings(cat, "verdict", "year", "value", "met"))
    shown = tuple(
        (
            *(words.number(row[own.path]) for own in data.varied),
            f"{cat.name('verdict.mark', _verdict(row))} {cat.name('verdict', _verdict(row))}",
            formats.period(cat, row["period"]),
            words.value(cat, row),
            words.met(cat, row),
        )
        for row in rows
    )
    return Table(headings, shown, tuple(_verdict(row) for row in rows), len(data.varied) + 2)


def crossings(cat: Catalogue, data: Sweep, rows: Sequence[Line]) -> Table:
    """A line a path, year and combination of what else is varied: where one target is met as often as asked for."""
    several = len(data.varied) > 1
    names = ("parameter", "year", "others", "crossing") if several else ("parameter", "year", "crossing")
    shown = tuple(
        (
            row["path"],
            formats.period(cat, row["period"]),
            *([cat.join(f"{path} = {words.number(value)}" for path, value in row["at"].items())] if several else []),
            words.crossing(cat, row),
        )
        for row in rows
    )
    return Table(_headings(cat, *names), shown, text_columns=len(names))


def _verdict(row: Line) -> str:
    return str(row["verdict"] or "not_tested")


def effects(cat: Catalogue, data: Sweep, rows: Sequence[Line]) -> Table:
    """A line an input: mu* and sigma of one target with intervals, the largest first."""
    shown = tuple(
        (
            row["path"],
            words.meaning(cat, data.input(row["path"])),
            words.size(cat, row, row["mu_star"], row["low"], row["high"]),
            words.size(cat, row, row["sigma"], row["sigma_low"], row["sigma_high"]),
        )
        for row in rows
    )
    return Table(_headings(cat, "parameter", "meaning", "mu_star", "sigma"), shown, text_columns=2)


def swings(cat: Catalogue, data: Sweep, rows: Sequence[Line]) -> Table:
    """A line a driver: one target where it is low and where it is high, all else in the middle."""
    shown = tuple(
        (
            row["path"],
            words.meaning(cat, data.input(row["path"])),
            *(words.moved_to(cat, data.input(row["path"]), row, end) for end in ("low", "high")),
            *(words.effect(cat, row, row[key]) for key in ("low_effect", "high_effect", "swing")),
        )
        for row in rows
    )
    names = ("parameter", "meaning", "low_input", "high_input", "low_effect", "high_effect", "swing")
    return Table(_headings(cat, *names), shown, text_columns=2)


def correlations(cat: Catalogue, data: Sweep, rows: Sequence[Line]) -> Table:
    """A line an unknown: how far it goes with one target, and about which share of the spread goes with it."""
    shown = tuple(
        (
            row["path"],
            words.meaning(cat, data.input(row["path"])),
            words.correlation(cat, row),
            formats.percent(cat, row["rho"] ** 2, 0),
            cat.text("format.yes" if row["clear"] else "format.no"),
            row["tied_to"] or cat.text("format.nothing"),
        )
        for row in rows
    )
    return Table(_headings(cat, "parameter", "meaning", "rho", "rho_share", "clear", "tied_to"), shown, text_columns=2)


def shares(cat: Catalogue, data: Sweep, rows: Sequence[Line]) -> Table:
    """A line an input: its shares of the variance of one target, alone and with all in which it takes part."""
    shown = tuple(
        (row["path"], words.meaning(cat, data.input(row["path"])), _share(cat, row, "s1"), _share(cat, row, "st"))
        for row in rows
    )
    return Table(_headings(cat, "parameter", "meaning", "s1", "st"), shown, text_columns=2)


def _share(cat: Catalogue, row: Line, name: str) -> str:
    numbers = (formats.percent(cat, row[key], 0) for key in (name, f"{name}_low", f"{name}_high"))
    value, low, high = numbers
    return cat.text("format.value_range", value=value, low=low, high=high)


def _headings(cat: Catalogue, *names: str) -> tuple[str, ...]:
    own = ((f"sweep.column.{name}", f"column.{name}") for name in names)
    return tuple(cat.text(key) if cat.has(key) else cat.text(shared) for key, shared in own)
