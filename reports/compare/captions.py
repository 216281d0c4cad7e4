"""One sentence under each chart of a comparison: what to see in it, computed from the same data."""

from __future__ import annotations

from reports.compare.charts import MONTHLY, Measure
from reports.compare.outcomes import CLEAR
from reports.document import Period, Say, Value, say, sentences
from scenarios.compare.record import Comparison

_KINDS = {"comparison-targets": "target", "comparison-figures": "key_figure"}


def caption(data: Comparison, chart: str) -> Value:
    """The sentence of a chart."""
    if chart in _KINDS:
        return _counts(data, _KINDS[chart])
    return sentences(*(_apart(data, name, measure) for measure in MONTHLY[chart] for name in data.names[1:]))


def _counts(data: Comparison, kind: str) -> Say:
    found = [row.outcome for row in data.rows if row.kind == kind and row.clear is not None]
    clear = sum(name in CLEAR for name in found)
    counts = {"of": len(found), "clear": clear} | {name: found.count(name) for name in ("chance", "too_few", "equal")}
    return say("comparison.differences_caption", **counts)


def _apart(data: Comparison, name: str, measure: Measure) -> Say:
    """Where the mean of a scenario is furthest from that of the first."""
    own, base = (
        dict(zip(data.series[who].months, getattr(data.series[who], measure.series).mean, strict=True))
        for who in (name, data.names[0])
    )
    both = {
        month: (value, base[month]) for month, value in own.items() if value is not None and base.get(month) is not None
    }
    names: dict[str, Value] = {"what": measure.title, "scenario": name, "against": data.names[0]}
    month = max(both, key=lambda month: abs(both[month][0] - both[month][1]), default=None)
    if month is None:
        return say("comparison.nothing_in_common", **names)
    value, against = both[month]
    if value == against:
        return say("comparison.same_in_every_month", **names)
    shown = {"value": measure.number(value), "against_value": measure.number(against)}
    return say("comparison.apart", month=Period(month), **shown, **names)
