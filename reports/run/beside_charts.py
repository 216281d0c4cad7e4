"""Several runs over each other: what decides each target, by fiscal year, a line a run."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, isfinite, log10

from reports import names, statistics
from reports.charting import amounts, drawing, with_key
from reports.compare.charts import LOOKS
from reports.document import Bracketed, Chart, Magnitude, Period, Value, say
from reports.drawing import Drawing, Label, Names, Panel, Rule, Scale, Series
from reports.looks import INK, TARGET, line
from reports.run_data import RunData
from scenarios.run.statistic import Row
from sim import calendar

ID = "beside-targets"


def chart(runs: Sequence[RunData], titles: Sequence[Value]) -> Chart[Drawing]:
    """The chart of all targets that years decide."""
    return Chart(ID, say(f"chart.{ID}.title"), say(f"chart.{ID}.caption"), lambda: _drawn(runs, titles))


def _drawn(runs: Sequence[RunData], titles: Sequence[Value]) -> Drawing | None:
    told = [_by_target(data) for data in runs]
    every = list(dict.fromkeys(key for one in told for key in one))
    periods = sorted({period for one in told for rows in one.values() for period in rows})
    panels = [_panel([one.get(key, {}) for one in told], titles, periods) for key in every]
    if not panels:
        return None
    labels = [Label(title, LOOKS[place % len(LOOKS)]) for place, title in enumerate(titles)]
    labels.append(Label(say(f"chart.{ID}.asked"), line(INK, TARGET, 1.2)))
    return drawing(ID, _origin(runs), with_key(panels, labels), height=1.95 + 1.15 * len(panels))


def _by_target(data: RunData) -> dict[tuple[str, str | None], dict[str, Row]]:
    """What decides each target in each fiscal year."""
    found: dict[tuple[str, str | None], dict[str, Row]] = {}
    for row in data.summary.targets:
        if row.decides and row.value is not None and calendar.Period(row.period).yearly:
            found.setdefault((row.id, row.part), {})[row.period] = row
    return found


def _panel(told: Sequence[dict[str, Row]], titles: Sequence[Value], periods: Sequence[str]) -> Panel:
    some = next(row for one in told for row in one.values())
    lines = tuple(
        _series(one, periods, place, title) for place, (one, title) in enumerate(zip(told, titles, strict=True))
    )
    asked = [row.threshold for one in told for row in one.values() if row.threshold is not None]
    rules = tuple(Rule(at, line(INK, TARGET, 1.2)) for at in dict.fromkeys(asked))
    scale, title = _scale(some, lines, asked), names.target_part(some.id, some.part, short=True)
    named = Bracketed(title, Magnitude(scale.counts)) if scale.counts else title
    return Panel(Names(tuple(map(Period, periods))), scale, (*rules, *lines), named)


def _series(one: dict[str, Row], periods: Sequence[str], place: int, title: Value) -> Series:
    rows = [one.get(period) for period in periods]
    value, low, high = (
        amounts(
            None if row is None else (getattr(row, end) if getattr(row, end) is not None else row.value) for row in rows
        )
        for end in ("value", "low", "high")
    )
    return Series(value, low=low, high=high, look=LOOKS[place % len(LOOKS)], called=title)


def _scale(some: Row, lines: Sequence[Series], asked: Sequence[float]) -> Scale:
    """Shares from a round number below the least on; counts from 0."""
    ends = [end for one in lines for end in (*one.low, *one.high) if isfinite(end)] + list(asked)
    if statistics.unit(some.statistic) != "share":
        return Scale(0, 1.08 * max(ends), counts=max(ends), bins=3)
    wide = max(1 - min(ends), 0.001)
    step = 10.0 ** floor(log10(wide))
    low = max(0.0, floor(min(ends) / step - 0.2) * step)
    return Scale(low, 1 + 0.03 * (1 - low), unit="share", bins=3)


def _origin(runs: Sequence[RunData]) -> dict[str, str]:
    """Where the numbers come from: of each run, said once where it is the same in all."""

    def said(name: str) -> str:
        return " / ".join(dict.fromkeys(str(getattr(data.run, name)) for data in runs))

    return {name: said(name) for name in ("version", "scenario", "seed", "replications")}
