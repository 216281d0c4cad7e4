"""One sentence under each chart of a sizing: what to see in it, computed from the same data."""

from __future__ import annotations

from reports import formats
from reports.catalogue import Catalogue
from reports.sized import cells
from reports.sized.budget import money
from reports.sized.data import Sizing


def caption(cat: Catalogue, data: Sizing, chart: str) -> str:
    """The sentence of a chart."""
    return {
        "sized-levels": _levels,
        "sized-partial": _levels,
        "sized-evidence": _evidence,
        "sized-cost": _cost,
        "sized-further": _further,
    }[chart](cat, data)


def _levels(cat: Catalogue, data: Sizing) -> str:
    """The largest difference to today of each resource."""
    said = []
    for path in dict.fromkeys(level.resource for level in data.levels):
        most = max((level for level in data.levels if level.resource == path), key=lambda level: abs(level.more))
        names = {"resource": formats.opening(cells.resource(cat, path)), "period": formats.period(cat, most.period)}
        names["least"] = cells.amount(cat, data, path, most.least)
        names["today"] = cells.amount(cat, data, path, most.today)
        said.append(cat.text("sizing.caption.levels" if most.more else "sizing.caption.levels_same", **names))
    return cat.text("format.between_sentences").join(said)


def _evidence(cat: Catalogue, data: Sizing) -> str:
    found = min(data.asked.evidence, key=lambda evidence: evidence.probability)
    names = {"period": formats.period(cat, found.period), "held": cells.held(cat, found)}
    return cat.text("sizing.caption.evidence", certainty=cells.certainty(cat, data.confidence), **names)


def _cost(cat: Catalogue, data: Sizing) -> str:
    """From the cheapest plan to the dearest, all years together."""
    unit, plans = money(cat, data), data.priced
    first, last = plans[0], plans[-1]
    totals = [unit.shown(sum(line.yen_incl_tax for line in plan.lines or ())) for plan in (first, last)]
    names = {"money": unit.name, "low": totals[0], "lower": cells.certainty(cat, first.certainty)}
    names |= {"high": totals[1], "upper": cells.certainty(cat, last.certainty)}
    assumed = cells.price_mark(cat, [line.assumed for plan in plans for line in plan.lines or ()])
    key = "sizing.caption.cost" if len(plans) > 1 else "sizing.caption.cost_one"
    return cat.text(key, prices=assumed, **names)


def _further(cat: Catalogue, data: Sizing) -> str:
    """The dearest step."""
    unit = money(cat, data)
    dearest = max((step for step in data.steps if step.period != "all"), key=lambda step: step.yen)
    names = {"lower": cells.certainty(cat, dearest.lower), "upper": cells.certainty(cat, dearest.upper)}
    names |= {"period": formats.period(cat, dearest.period), "yen": unit.shown(dearest.yen), "money": unit.name}
    said = cat.text("sizing.caption.further", **names)
    ends = {"low": unit.shown(dearest.low), "high": unit.shown(dearest.high), "money": unit.name}
    return said + cat.text("format.between_sentences") + cat.text("sizing.caption.further_interval", **ends)
