"""How questions make drawings: with the texts of their charts, numbers of records, bars on each other, one key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import Any

from reports.catalogue import known
from reports.document import Value, say
from reports.drawing import Amounts, Bars, Drawing, Label, Mark, Panel, Rule, Series
from reports.looks import Look

_SEEN = 0.01
"""Part of a panel's height below which a line cannot be told from its foot."""


def drawing(
    chart: str,
    of: Any,
    panels: Iterable[Panel],
    unit: Mapping[str, Value] | None = None,
    **size: Any,
) -> Drawing:
    """The drawing of a chart with texts in the catalogue, ``of`` what has version, scenario, seed and replications."""
    own = f"chart.{chart}.reading"
    print_ = small_print(say(own if known(own) else "chart.line_and_band"), of)
    return Drawing(say(f"chart.{chart}.unit", **(unit or {})), print_, tuple(panels), **size)


def small_print(reading: Value, of: Any) -> Value:
    """What a chart comes from, a record or its values by name, and how to read it."""
    names = {
        name: of[name] if isinstance(of, Mapping) else getattr(of, name)
        for name in ("version", "scenario", "seed", "replications")
    }
    return say("chart.small_print", reading=reading, **names)


def amounts(numbers: Iterable[Any]) -> Amounts:
    """Numbers of a mark; not a number for None."""
    return tuple(float("nan") if number is None else float(number) for number in numbers)


def largest(*series: Iterable[float]) -> float:
    """The largest finite number of all series; 0 where there is none above it."""
    return max(float(value) for values in (*series, (0.0,)) for value in values if isfinite(value))


def stacked(parts: Iterable[tuple[Iterable[float], Look, Value]], width: float = 0.62) -> tuple[Bars, ...]:
    """Bars on each other, ``(values, look, name)`` from the lowest; those that are 0 all along are left out."""
    bars: list[Bars] = []
    for values, look, name in parts:
        own = amounts(values)
        if any(own):
            base = tuple(map(sum, zip(bars[-1].values, bars[-1].base, strict=True))) if bars else (0.0,) * len(own)
            bars.append(Bars(own, base=base, look=look, name=name, width=width))
    return tuple(bars)


def key(*marks: Mark) -> tuple[Label, ...]:
    """The key of the marks that have a name, each once."""
    labels: list[Label] = []
    for mark in marks:
        if isinstance(mark, Series | Bars | Rule) and mark.name and (own := Label(mark.name, mark.look)) not in labels:
            labels.append(own)
    return tuple(labels)


def with_key(panels: Sequence[Panel], labels: Iterable[Label] | None = None) -> list[Panel]:
    """Panels that share one key, beside the first: that of all their marks, or of these labels."""
    own = key(*(mark for panel in panels for mark in panel.marks)) if labels is None else tuple(labels)
    return [replace(panel, key=own if panel is panels[0] else ()) for panel in panels]


def unseen(top: float, high: float) -> bool:
    """Whether a line up to ``top`` cannot be told from the foot of a panel that reaches up to ``high``."""
    return top < _SEEN * high
