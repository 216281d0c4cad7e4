"""One sentence under each chart of a sizing: what to see in it, computed from the same data."""

from __future__ import annotations

from reports import price_texts
from reports.document import Opening, Period, Value, say, sentences
from reports.size import cells
from reports.size.budget import money
from scenarios.size.record import Sizing
from sim.calendar import RUN


def caption(data: Sizing, chart: str) -> Value:
    """The sentence of a chart."""
    return {
        "sized-levels": _levels,
        "sized-partial": _levels,
        "sized-evidence": _evidence,
        "sized-cost": _cost,
        "sized-further": _further,
    }[chart](data)


def _levels(data: Sizing) -> Value:
    """The largest difference to today of each resource."""
    said = []
    for path in dict.fromkeys(level.resource for level in data.levels):
        most = max((level for level in data.levels if level.resource == path), key=lambda level: abs(level.more))
        amounts = {name: cells.amount(data, path, getattr(most, name)) for name in ("least", "today")}
        key = "sizing.caption.levels" if most.more else "sizing.caption.levels_same"
        said.append(say(key, resource=Opening(price_texts.name(path)), period=Period(most.period), **amounts))
    return sentences(*said)


def _evidence(data: Sizing) -> Value:
    found = min(data.asked.evidence, key=lambda evidence: evidence.probability)
    return say(
        "sizing.caption.evidence",
        certainty=cells.certainty(data.confidence),
        period=Period(found.period),
        held=cells.held(found),
    )


def _cost(data: Sizing) -> Value:
    """From the cheapest plan to the dearest, all years together."""
    unit, plans = money(data), data.priced
    totals = [unit.of(sum(line.yen_incl_tax for line in plan.lines or ())) for plan in plans]
    return say(
        "sizing.caption.cost" if len(plans) > 1 else "sizing.caption.cost_one",
        prices=cells.price_mark([line.assumed for plan in plans for line in plan.lines or ()]),
        money=unit.name,
        low=totals[0],
        lower=cells.certainty(plans[0].certainty),
        high=totals[-1],
        upper=cells.certainty(plans[-1].certainty),
    )


def _further(data: Sizing) -> Value:
    """The dearest step."""
    unit = money(data)
    dearest = max((step for step in data.further if step.period != RUN), key=lambda step: step.yen)
    ends = unit.between((dearest.low, dearest.high))
    return sentences(
        say(
            "sizing.caption.further",
            lower=cells.certainty(dearest.lower),
            upper=cells.certainty(dearest.upper),
            period=Period(dearest.period),
            yen=unit.of(dearest.yen),
            money=unit.name,
        ),
        say("sizing.caption.further_interval", money=unit.name, **ends),
    )
