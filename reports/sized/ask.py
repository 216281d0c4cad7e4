"""The first lines of a sizing's answer: what to ask for, what it costs, how certain that is, and by when to decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reports import formats
from reports.catalogue import Catalogue
from reports.sized import cells
from reports.sized.budget import money, rounded
from reports.sized.data import Level, Plan, Sizing


def ask(cat: Catalogue, data: Sizing) -> list[str]:
    """What to ask for, then by when to decide; nothing where no level within the bounds does."""
    plan = data.asked
    if not plan.reached or not plan.levels:
        return []
    years = [_year(cat, data, plan, name) for name in plan.years]
    certain = "sure" if plan.shown else "unsure"
    said = cat.text(
        f"sizing.ask.{certain}",
        years=cat.text("format.entries").join(years),
        certainty=cells.certainty(cat, data.confidence),
        assurance=cells.certainty(cat, data.assurance),
    )
    if plan.lines is not None:
        mark = cells.price_mark(cat, [line.assumed for line in plan.lines])
        said += cat.text("format.between_sentences") + cat.text("sizing.ask.prices", prices=mark)
    return [said, *_decide(cat, plan)]


def _year(cat: Catalogue, data: Sizing, plan: Plan, name: str) -> str:
    items = [_item(cat, data, plan.of(path, name)) for path in plan.resources if plan.of(path, name)]
    if plan.lines is not None:
        unit = money(cat, data)
        own = [part for part in rounded(plan.lines, unit.step) if f"FY{part.line.fiscal_year}" == name]
        yen = formats.number(sum(part.included for part in own))
        items.append(cat.text("sizing.ask.cost", yen=yen, money=unit.name))
    return cat.text("sizing.ask.year", year=formats.period(cat, name), items=cat.join(items))


def _item(cat: Catalogue, data: Sizing, levels: Sequence[Level]) -> str:
    """A resource with its level of a year, and how much that is more or less than today's."""
    path = levels[0].resource
    most = max(levels, key=lambda level: abs(level.more))
    names = {"resource": cells.resource(cat, path), "least": cells.level_range(cat, data, levels)}
    if not most.more:
        return cat.text("sizing.ask.same", **names)
    amount = cells.amount(cat, data, path, abs(most.more))
    return cat.text("sizing.ask.more" if most.more > 0 else "sizing.ask.fewer", amount=amount, **names)


def _decide(cat: Catalogue, plan: Plan) -> list[str]:
    """The last date to act for the first rise of each resource; nothing where nothing rises."""
    items = []
    for path in plan.resources:
        dates = [level.decide_by for level in plan.levels if level.resource == path and level.decide_by]
        if dates:
            day = formats.day(cat, date.fromisoformat(min(dates)))
            items.append(cat.text("sizing.ask.by", resource=cells.resource(cat, path), day=day))
    if not items:
        return [cat.text("sizing.ask.nothing_to_decide")]
    return [cat.text("sizing.ask.decide", items=cat.text("format.entries").join(items))]
