"""Which inputs drive a target, a row an input: a tornado, Morris' effects, Sobol's shares, rank correlations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from reports import parameter_texts, statistics
from reports.charting import amounts, small_print
from reports.document import Joined, Number, Shortened, Value, say
from reports.drawing import Bars, Drawing, Mark, Names, Panel, Rule, Scale, Series, Words
from reports.looks import DARK, QUIET, WARM, Look, area, line, point
from reports.sweep import words
from scenarios.sweep.record import Correlation, Doubt, Drawn, Driving, Effect, Screened, Share, Sweep, Swing

_MOST = 12
"""Inputs in a chart; tables have all."""
_MEANING = 92
"""Half-width characters of an input's meaning."""
_ZERO = Rule(0, line(width=0.9))
_FILLED = replace(point("circle", DARK, size=6), width=1.3)
_HOLLOW = replace(point("diamond", WARM, "white"), width=1.3)


def in_points(doubt: Doubt) -> bool:
    """Whether a target's figure is a share, whose changes are percentage points."""
    return statistics.unit(doubt.statistic) == "share"


def drawing(data: Sweep, found: Screened | Drawn, doubt: Doubt, kind: str) -> Drawing:
    """A chart of one target: ``swings``, ``effects``, ``shares`` or ``correlations``."""
    rows, swings = found.found(kind, doubt)[:_MOST], kind == "swings"
    texts = tuple(
        Joined((Shortened(parameter_texts.meaning_of(row.path), _MEANING), "\n", row.path), "") for row in rows
    )
    panel = Panel(Names(texts), *_DRAWN[kind](doubt, rows), across=True)
    own = replace(data, replications=found.swing_replications) if swings and isinstance(found, Screened) else data
    print_ = small_print(say(f"sweep.chart.{kind}_reading"), own)
    height, right = max(0.62 * len(rows), 1.2) + 2.0, 0.75 if swings else 0.4
    unit = say(f"sweep.chart.{kind}_unit", unit=_unit(doubt))
    return Drawing(unit, print_, (panel,), height, left=4.3, right=right)


def _unit(doubt: Doubt) -> Value:
    if in_points(doubt):
        return say("comparison.unit_points")
    return say("comparison.unit_days" if statistics.unit(doubt.statistic) == "days" else "sweep.chart.own_unit")


def _scale(doubt: Doubt) -> float:
    return 100.0 if in_points(doubt) else 1.0


def _swings(doubt: Doubt, rows: Sequence[Swing]) -> tuple[Scale, tuple[Mark, ...]]:
    """Bars from the middle case to low and high, with intervals, the input's value at each end of a bar."""
    marks: list[Mark] = [mark for at, row in enumerate(rows) for mark in _ends(row, at, _scale(doubt))]
    reach = [end for mark in marks if isinstance(mark, Series) for end in (*mark.low, *mark.high, 0.0)]
    middle = rows[0].value
    if doubt.threshold is not None and middle is not None:
        missing = _scale(doubt) * (doubt.threshold - middle)
        if min(reach) <= missing <= max(reach):
            marks.append(Rule(missing, line(WARM, (4, 2), 1.3)))
    return Scale(bins=7, margin=0.16), (*marks, _ZERO)


def _ends(row: Swing, at: int, scale: float) -> Iterator[Mark]:
    for end, effect, color, shift in (("low", row.low_effect, "#9dc3de", -0.17), ("high", row.high_effect, DARK, 0.17)):
        if effect is not None:
            place = at + shift
            mean, low, high = (scale * amount for amount in (effect.mean, effect.low, effect.high))
            called = say(f"sweep.column.{end}_effect")
            yield Bars((mean,), (place,), look=area(color, edge=color), width=0.3, called=called)
            yield Series((), (place,), (low,), (high,), line(QUIET, width=1.3), whiskers=True, called=called)
            reach = min(mean, low, 0.0) if mean < 0 else max(mean, high, 0.0)
            shown = Number(words.at_end(row, end), "input")
            yield Words(shown, place, reach, "before" if mean < 0 else "after", size=7.5)


def _effects(doubt: Doubt, rows: Sequence[Effect]) -> tuple[Scale, tuple[Mark, ...]]:
    """mu* as filled dots, sigma as hollow diamonds, each with its interval."""
    scale = _scale(doubt)
    return Scale(0, bins=7), (
        _intervals(rows, ("mu_star", "low", "high"), scale, -0.12, _FILLED),
        _intervals(rows, ("sigma", "sigma_low", "sigma_high"), scale, 0.16, _HOLLOW),
    )


def _shares(doubt: Doubt, rows: Sequence[Share]) -> tuple[Scale, tuple[Mark, ...]]:
    """S1 as filled dots, ST as hollow diamonds, each with its interval."""
    return Scale(bins=7, unit="share_exact"), (
        _intervals(rows, ("s1", "s1_low", "s1_high"), 1.0, -0.12, _FILLED),
        _intervals(rows, ("st", "st_low", "st_high"), 1.0, 0.16, _HOLLOW),
        _ZERO,
    )


def _correlations(doubt: Doubt, rows: Sequence[Correlation]) -> tuple[Scale, tuple[Mark, ...]]:
    """Rank correlations with intervals: dots are filled where clear and not tied to a stronger one."""
    marks = []
    for place, row in enumerate(rows):
        look = _FILLED if row.clear and not row.tied_to else replace(_FILLED, color=QUIET, fill="white")
        marks.append(_intervals([row], ("rho", "low", "high"), 1.0, place, look))
    return Scale(-1.06, 1.06, bins=9), (*marks, _ZERO)


def _intervals(rows: Sequence[Driving], names: tuple[str, str, str], scale: float, shift: float, look: Look) -> Series:
    """A point a row with its interval, ``shift`` below the middle of its row."""
    values, low, high = (amounts(scale * getattr(row, name) for row in rows) for name in names)
    places, called = amounts(place + shift for place in range(len(rows))), say(f"sweep.column.{names[0]}")
    return Series(values, places, low, high, look, whiskers=True, called=called)


_DRAWN: Mapping[str, Callable[[Doubt, Any], tuple[Scale, tuple[Mark, ...]]]] = {
    "swings": _swings,
    "effects": _effects,
    "shares": _shares,
    "correlations": _correlations,
}
