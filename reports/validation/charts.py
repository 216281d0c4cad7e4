"""Charts of a validation: published points over simulated bands, notices by year of issue, every figure at a glance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from calibration.record import Band, Row, Validation
from reports.charting import amounts, drawing, key
from reports.document import Bracketed, Magnitude, Number, Period, Value, say
from reports.drawing import Bars, Days, Drawing, Label, Mark, Panel, Rule, Scale, Series, Words
from reports.looks import DARK, FAINT, INK, QUIET, WARM, Look, area, line, point, shade
from reports.validation import fit_charts
from reports.validation.fit_charts import identity
from reports.validation.tables import group_name

USES: Mapping[str, Look] = {
    "held_back": point("circle", WARM, "white"),
    "fitted": point("square", DARK),
    "input": point("cross", QUIET),
}
"""Points by what a figure was used for: hollow if held back from fitting, filled if fitted, a cross for an input."""
_KINDS = {
    "certificates": (("#dbe8f1", "#0b3c5d"), area("#4f7a9a")),
    "cards": (("#f6e3cc", "#8a4a10"), area("#dba463", "////")),
}
"""Colours of a kind's oldest and newest cohort, and its look in the key."""
_ROOM = 0.085
"""Share of the axis that the name of a cohort needs."""
_END = (1, 2)
_CLIP = 3.0
"""Differences beyond so many tolerances are drawn here."""
_PITCH = 0.34
"""From the line of a figure to the next, where a group with few figures is 1 high."""


def handed_over(data: Validation) -> Drawing | None:
    """Cards handed over since 2016, and below the error of each held-back point in cards since the end of fitting."""
    band, rows = data.bands.get("handed_over"), dated(data, "handed_over")
    if not band or not rows:
        return None
    chart, base = "validation-handed-over", base_row(rows)
    above, since = _over_band(band, rows), "" if base is None or base.day is None else base.day
    panels = (
        replace(above, title=say(f"chart.{chart}.count", scale=Magnitude(max(band.high)))),
        Panel(above.places, *_errors(rows), title=say(f"chart.{chart}.error", date=since)),
    )
    unit = {"scale": Magnitude(max(band.high))}
    return drawing(chart, identity(data, chart), panels, unit, height=6.4, ratios=(2.6, 1), gap=0.36, shared=False)


def held(data: Validation) -> Drawing | None:
    """Cards held at the ends of months."""
    band, rows = data.bands.get("held"), dated(data, "held")
    if not band or not rows:
        return None
    unit, chart = {"scale": Magnitude(max(band.high))}, "validation-held"
    return drawing(chart, identity(data, chart), [_over_band(band, rows)], unit)


def dated(data: Validation, group: str) -> list[Row]:
    """The rows of a group that were published for a day, in order of time."""
    rows = [row for row in data.of(group) if row.day is not None and row.published is not None]
    return sorted(rows, key=lambda row: row.period)


def _over_band(band: Band, rows: Sequence[Row]) -> Panel:
    """Published points over the simulated band, and where fitting ended if points lie beyond."""
    places = amounts(day.toordinal() for day in band.dates)
    simulated = Series(band.mean, places, band.low, band.high, line(DARK), say("chart.validation.simulated"))
    published = [(row, row.day, row.published) for row in rows if row.day is not None and row.published is not None]
    points = [
        Series(
            amounts(value for _, _, value in own),
            amounts(day.toordinal() for _, day, _ in own),
            look=replace(look, size=5.5),
            name=_used(use),
        )
        for use, look in USES.items()
        if (own := [each for each in published if each[0].use == use])
    ]
    known = [*band.dates, *(day for _, day, _ in published)]
    ended = _end_of_fitting(
        band, [day for _, day, _ in published], min(*band.low, *(value for _, _, value in published))
    )
    marks = (simulated, *points, *ended)
    return Panel(Days(min(known), max(known)), Scale(counts=max(band.high)), marks, key=key(*marks))


def _used(use: str) -> Value:
    return say(f"chart.validation.{use}")


def _end_of_fitting(band: Band, days: Sequence[date], low: float) -> tuple[Mark, ...]:
    """A line where fitting ended; none where every point before it and after it was fitted alike."""
    until = band.fitted_until
    if max(days) <= until:
        return ()
    at = until.toordinal()
    words = Words(say("chart.validation.until", date=until), at, low, "after")
    return Rule(at, line(INK, _END, 1.0), upright=True), words


def base_row(rows: Sequence[Row]) -> Row | None:
    """The last fitted point before the first held-back one, from which cards handed over since are counted."""
    held_back = [row.period for row in rows if row.use == "held_back"]
    before = [row for row in rows if row.use == "fitted" and held_back and row.period < min(held_back)]
    return before[-1] if before else None


def errors(rows: Sequence[Row]) -> list[tuple[Row, float, float]]:
    """Each held-back point with its error and its tolerance, as shares of the cards since the end of fitting."""
    base = base_row(rows)
    if base is None or base.published is None:
        return []
    found = []
    for row in rows:
        if row.speaks and row.published is not None and row.difference is not None and row.tolerance is not None:
            growth = row.published - base.published
            found.append((row, row.difference / growth, row.tolerance / growth))
    return found


def _errors(rows: Sequence[Row]) -> tuple[Scale, tuple[Mark, ...]]:
    found = errors(rows)
    if not found:
        return Scale(), ()
    places = amounts(row.day.toordinal() for row, _, _ in found if row.day is not None)
    error, allowed = (amounts(each[at] for each in found) for at in (1, 2))
    reach = 1.25 * max(*map(abs, error), *allowed)
    ends = [(tick, Number(tick, "rough_percent_change")) for tick in (-allowed[0], allowed[0])]
    tolerance, stem = say("chart.validation-handed-over.allowed"), replace(USES["held_back"], width=1.0)
    marks = (
        Series((), places, amounts(-each for each in allowed), allowed, area(FAINT), tolerance),
        Rule(0, line(QUIET, width=0.8)),
        Series(error, places, (0.0,) * len(error), error, stem, whiskers=True, called=_used("held_back")),
    )
    return Scale(-reach, reach, (ends[0], (0.0, 0), ends[1])), marks


def notices(data: Validation) -> Drawing | None:
    """Expiry notices of each year: published, and simulated by kind and by fiscal year of issue."""
    rows = [row for row in data.of("notices") if row.published is not None]
    if not rows:
        return None
    chart = "validation-notices"
    top = max(value for row in rows for value in (row.published, row.high, row.simulated) if value is not None)
    ticks: list[tuple[float, Value]] = []
    marks: list[Mark] = []
    for place, row in enumerate(rows):
        for shift, name in enumerate(("published", "simulated")):
            ticks.append((2.5 * place + shift, say(f"chart.{chart}.{name}", year=Period(row.period))))
        look = Look(USES[row.use].color, 1.6, fill="white")
        own = amounts([row.published]), (2.5 * place,)
        marks.append(Bars(*own, look=look, width=0.8, called=say("column.published")))
        marks += _cohorts(data, row, 2.5 * place + 1, top)
    kinds = [kind for kind in _KINDS if any(entry.kind == kind for entry in data.notices_by_cohort)]
    labels = tuple(Label(say(f"chart.{chart}.{kind}"), _KINDS[kind][1]) for kind in kinds)
    axis, scale = Scale(ticks[-1][0] + 0.65, -0.65, tuple(ticks)), Scale(0, 1.06 * top, counts=top)
    panel = Panel(axis, scale, tuple(marks), key=labels, across=True)
    size: dict[str, Any] = {"height": 1.9 + 1.35 * len(rows), "left": 1.75}
    return drawing(chart, identity(data, chart), [panel], {"scale": Magnitude(top)}, **size)


def _cohorts(data: Validation, row: Row, place: float, top: float) -> Iterator[Mark]:
    """The darker a part, the later it was issued; at the end what replications reach."""
    base = 0.0
    for kind, (shades, look) in _KINDS.items():
        own = [entry for entry in data.notices_by_cohort if entry.period == row.period and entry.kind == kind]
        for at, entry in enumerate(sorted(own, key=lambda entry: entry.issued_fy), 1):
            depth, count = 0.15 + 0.75 * at / len(own), entry.notices
            part = Look("white", 0.5, fill=shade(shades, depth), hatch=look.hatch)
            text = say("chart.validation-notices.issued", year=entry.issued_fy)
            called = Bracketed(text, say(f"chart.validation-notices.{kind}"))
            yield Bars((count,), (place,), (base,), part, width=0.8, called=called)
            if count >= _ROOM * 1.06 * top:
                yield Words(text, place, base + count / 2, color="white" if depth > 0.5 else INK, size=7.5)
            base += count
    if row.low is not None and row.high is not None and row.simulated is not None:
        low, high = min(row.low, row.simulated), max(row.high, row.simulated)
        yield Series((), (place + 0.28,), (low,), (high,), line(INK, width=1.2), whiskers=True)


def at_a_glance(data: Validation) -> Drawing | None:
    """Every figure: its difference in tolerances, by group and use; those further off are named."""
    groups = {group: [row for row in data.of(group) if scaled(row) is not None] for group in data.groups}
    groups = {group: rows for group, rows in groups.items() if rows}
    if not groups:
        return None
    chart, edges = "validation-rows", [0.0]
    marks = (Rule(-1, area("#e9eef2"), say(f"chart.{chart}.within"), to=1), Rule(0, line(QUIET, width=0.8)))
    ticks: list[tuple[float, Value]] = []
    places: dict[str, tuple[Row, float]] = {}
    for group, rows in groups.items():
        edges.append(edges[-1] + max(1.0, _PITCH * (len(rows) + 1)))
        middle = (edges[-2] + edges[-1]) / 2
        ticks.append((middle, group_name(group)))
        places |= {row.id: (row, middle + _PITCH * (at - (len(rows) - 1) / 2)) for at, row in enumerate(rows)}
    between = (Rule(edge, line(FAINT, width=0.6), upright=True) for edge in edges[1:-1])
    points = tuple(_points(list(places.values())))
    labels = key(*points, *marks)
    ends = [(tick, _tolerances(chart, tick)) for tick in range(-int(_CLIP), int(_CLIP) + 1)]
    scale = Scale(-_CLIP - 0.35, _CLIP + 0.35, tuple(ends))
    panel = Panel(Scale(edges[-1], 0, tuple(ticks)), scale, (*marks, *between, *points), key=labels, across=True)
    return drawing(chart, identity(data, chart), [panel], height=2.0 + 0.42 * edges[-1], left=2.1)


def _tolerances(chart: str, tick: int) -> Value:
    number = Number(tick, "number", signed=True)
    return say(f"chart.{chart}.{'above' if tick > 0 else 'below'}", number=number) if abs(tick) == _CLIP else number


def scaled(row: Row) -> float | None:
    """The difference in tolerances; ``None`` where there is none to draw."""
    if row.difference is None or not row.tolerance:
        return None
    return row.difference / row.tolerance


def _points(rows: Sequence[tuple[Row, float]]) -> Iterator[Mark]:
    """The points by use, each on a line of its own so that none hides another; those further off with their ids."""
    for use, look in USES.items():
        own = [(min(max(scaled(row) or 0.0, -_CLIP), _CLIP), place) for row, place in rows if row.use == use]
        if own:
            values, places = (amounts(each) for each in zip(*own, strict=True))
            ids = tuple(row.id for row, _ in rows if row.use == use)
            yield Series(values, places, look=replace(look, size=4.5), name=_used(use), names=ids)
    for row, place in rows:
        off = min(max(scaled(row) or 0.0, -_CLIP), _CLIP)
        if abs(off) > 1:
            yield Words(row.id, place, off, "before" if off > 2 else "after", size=7)


CHARTS: Mapping[str, Callable[[Validation], Drawing | None]] = {
    "validation-rows": at_a_glance,
    "validation-handed-over": handed_over,
    "validation-held": held,
    "validation-notices": notices,
    "validation-fits": fit_charts.fits,
    "validation-calendars": fit_charts.calendars,
    "validation-trade-off": fit_charts.trade_off,
}
"""What draws each chart, by the id that names its files and texts; None where there is nothing to draw."""
