"""The answer in plain words: what to buy by when, how sure that is, what could be released, what it costs."""

from __future__ import annotations

from collections.abc import Sequence

from reports import formats, part_years, phrases
from reports.catalogue import Catalogue
from reports.sized import cells
from reports.sized.ask import ask
from reports.sized.budget import Money, Shown, interval, money, rounded
from reports.sized.data import Evidence, Level, Partial, Plan, Sizing
from sim.facts import INDEX_DAY


def answer(cat: Catalogue, data: Sizing) -> tuple[str, ...]:
    """The paragraphs at the top of the page and under the terminal's table."""
    plan = data.asked
    asked = cat.text(
        f"sizing.answer.asked_{data.together}",
        targets=cells.targets(cat, data),
        certainty=cells.certainty(cat, data.confidence),
    )
    if data.monthly_floor is not None:
        floor = cat.text("sizing.answer.floor", share=formats.percent(cat, data.monthly_floor, 0))
        asked += cat.text("format.between_sentences") + floor
    if not plan.reached:
        return tuple(filter(None, [asked, *partial(cat, data), *_indices(cat, data), *part_years.note(cat)]))
    said = [
        *ask(cat, data),
        asked,
        *(year(cat, data, plan, name) for name in plan.years),
        *(_evidence(cat, plan, found) for found in plan.evidence if found.period not in plan.years),
        _every_year(cat, plan),
        claim(cat, data),
        released(cat, data, plan),
        *bill(cat, data),
        *withheld(cat, data),
        *_indices(cat, data),
        *part_years.note(cat),
    ]
    return tuple(sentence for sentence in said if sentence)


def _indices(cat: Catalogue, data: Sizing) -> list[str]:
    """What the index of seats stands for, where nobody has entered their number."""
    return [
        cat.text(
            "sizing.index_note",
            resource=formats.opening(cells.resource(cat, path)),
            year=formats.whole_fiscal_year(cat, INDEX_DAY.year),
            hundred=formats.plain(hundred["value"]),
            low=formats.number(hundred["low"]),
            high=formats.number(hundred["high"]),
            path=path,
        )
        for path, own in data.resources.items()
        if (hundred := own.get("hundred"))
    ]


def year(cat: Catalogue, data: Sizing, plan: Plan, name: str) -> str:
    """A year's levels, one sentence a resource, then the evidence."""
    said = [_buy(cat, data, plan.of(path, name)) for path in plan.resources if plan.of(path, name)]
    found = [_evidence(cat, plan, evidence) for evidence in plan.evidence if evidence.period == name]
    sentences = cat.text("format.between_sentences").join([*said, *found])
    return cat.text("sizing.answer.year", year=formats.period(cat, name), sentences=sentences)


def _buy(cat: Catalogue, data: Sizing, levels: Sequence[Level]) -> str:
    """What a resource must be in a year, and between what the least lies."""
    return cat.text("format.between_sentences").join(
        filter(None, [_level(cat, data, levels), _between(cat, data, levels)])
    )


def _between(cat: Catalogue, data: Sizing, levels: Sequence[Level]) -> str:
    """The interval of the least that does, where a year has one level and the interval is more than that."""
    level = levels[0]
    low, high = level.least_low, level.least_high
    if len(levels) > 1 or level.by_promise or low == high:
        return ""
    ends = {
        name: cells.amount(cat, data, level.resource, end)
        for name, end in (("low", low), ("high", high))
        if end is not None
    }
    key = "between" if len(ends) == 2 else "at_most" if "high" in ends else "at_least"
    return cat.text(f"sizing.answer.least_{key}", **ends)


def _level(cat: Catalogue, data: Sizing, levels: Sequence[Level]) -> str:
    """What a resource must be in a year, and from when."""
    path = levels[0].resource
    names = {"resource": formats.opening(cells.resource(cat, path)), "least": cells.level_range(cat, data, levels)}
    names["today"] = cells.today_range(cat, data, levels)
    largest = max(levels, key=lambda level: level.more)
    if all(level.by_promise for level in levels):
        promise = cat.text(f"sizing.promise.{data.resources[path].get('promise') or 'intake'}")
        return cat.text("sizing.answer.promised", promise=promise, **names)
    if all(level.more == 0 for level in levels):
        return cat.text("sizing.answer.same", **names)
    if largest.more <= 0:
        fewer = cells.amount(cat, data, path, -min(level.more for level in levels))
        return cat.text("sizing.answer.fewer", fewer=fewer, **names)
    first = next(level for level in levels if level.more > 0)
    month = formats.month(cat, _first_month(first.period))
    names |= {"more": cells.amount(cat, data, path, largest.more), "month": month}
    if len({level.least for level in levels}) == 1:
        return cat.text("sizing.answer.more", **names)
    peak = max(levels, key=lambda level: level.least)
    return cat.text("sizing.answer.more_by_month", peak=formats.month(cat, peak.period), **names)


def _first_month(period: str) -> str:
    return f"{period[2:]}-04" if period.startswith("FY") else period


def _evidence(cat: Catalogue, plan: Plan, found: Evidence) -> str:
    today = next((other for other in plan.today_evidence if other.period == found.period), None)
    own = cat.text("sizing.answer.held", held=cells.held(cat, found))
    if today is None:
        return own
    short = phrases.short_of(cat, today.short_of)
    key = "sizing.answer.held_today_short" if short else "sizing.answer.held_today"
    return own + cat.text("format.between_sentences") + cat.text(key, held=cells.held(cat, today), what=short)


def _every_year(cat: Catalogue, plan: Plan) -> str:
    if plan.every_year is None or len(plan.years) < 2:
        return ""
    return cat.text("sizing.answer.every_year", held=cells.held(cat, plan.every_year))


def claim(cat: Catalogue, data: Sizing) -> str:
    """What the evidence shows of the asked plan, and nothing more."""
    plan = data.asked
    names = {
        "certainty": cells.certainty(cat, data.confidence),
        "assurance": cells.certainty(cat, data.assurance),
        "of": _counts(cat, plan),
    }
    if plan.shown:
        return cat.text("sizing.answer.shown", **names)
    shown, lacking = (
        cat.join(formats.period(cat, found.period) for found in plan.evidence if found.shown is said)
        for said in (True, False)
    )
    if not shown:
        return cat.text("sizing.answer.not_shown", **names)
    return cat.text("sizing.answer.shown_in_part", shown=shown, lacking=lacking, **names)


def _counts(cat: Catalogue, plan: Plan) -> str:
    """How many fresh replications speak for the periods."""
    counts = [found.of for found in plan.evidence] or [0]
    if min(counts) == max(counts):
        return str(counts[0])
    return cat.text("format.number_range", low=min(counts), high=max(counts))


def released(cat: Catalogue, data: Sizing, plan: Plan) -> str:
    """What today's levels hold beyond the plan's; empty where nothing."""
    items = []
    for path in plan.resources:
        spare = {
            year: [level for level in plan.of(path, year) if level.more < 0 and not level.below_promise]
            for year in plan.years
        }
        years = [_spare(cat, data, year, levels) for year, levels in spare.items() if levels]
        if years:
            names = {"resource": cells.resource(cat, path), "years": cat.join(years)}
            items.append(cat.text("sizing.answer.spare", **names))
    if not items:
        return ""
    said = cat.text("sizing.answer.released", items=cat.text("format.entries").join(items))
    if not any(level.more < 0 and level.resource.startswith("plant.") for level in plan.levels):
        return said
    return said + cat.text("format.between_sentences") + cat.text("sizing.answer.released_plant")


def _spare(cat: Catalogue, data: Sizing, year: str, levels: Sequence[Level]) -> str:
    amount = cells.amount(cat, data, levels[0].resource, max(-level.more for level in levels))
    if not levels[0].period.startswith("FY"):
        amount = cat.text("sizing.answer.spare_months", amount=amount, months=len(levels))
    return cat.text("sizing.in_year", year=formats.period(cat, year), level=amount)


def bill(cat: Catalogue, data: Sizing) -> list[str]:
    """What the asked plan costs a year, and of what that is made; one sentence where there are no prices."""
    plan, unit = data.asked, money(cat, data)
    if plan.lines is None:
        return [] if data.prices else [cat.text("sizing.answer.no_prices")]
    shown = rounded(plan.lines, unit.step)
    items = []
    for number in sorted({line.fiscal_year for line in plan.lines}):
        own = [part for part in shown if part.line.fiscal_year == number]
        names = {"year": formats.fiscal_year(cat, number), "money": unit.name}
        names |= {"yen": formats.number(sum(part.included for part in own)), "beyond": _beyond(cat, own, unit)}
        ends = interval(plan, number)
        if ends is None:
            items.append(cat.text("sizing.answer.cost_item", **names))
        else:
            names |= {"low": unit.shown(ends[0]), "high": unit.shown(ends[1])}
            items.append(cat.text("sizing.answer.cost_item_interval", **names))
    mark = cells.price_mark(cat, [line.assumed for line in plan.lines])
    items_text = cat.text("format.entries").join(items)
    return [cat.text("sizing.answer.cost", items=items_text, prices=mark, file=_file(data))]


def _file(data: Sizing) -> str:
    return str(data.prices["file"]) if data.prices else ""


def withheld(cat: Catalogue, data: Sizing) -> list[str]:
    """Certainties that no budget is shown for, and why; and that nothing is told to be saved below the promises."""
    said = []
    for each in data.withheld:
        names = {"certainty": cells.certainty(cat, each.certainty), "of": each.of, "needs": each.needs}
        said.append(cat.text(f"sizing.withheld.{each.reason}", **names))
    below = [level for level in data.asked.levels if level.below_promise]
    if below:
        paths = dict.fromkeys(level.resource for level in below)
        said.append(
            cat.text("sizing.answer.below_promise", items=cat.join(cells.resource(cat, path) for path in paths))
        )
    return said


def _beyond(cat: Catalogue, parts: Sequence[Shown], unit: Money) -> str:
    beyond = sum(part.beyond for part in parts)
    key = "sizing.answer.beyond" if beyond >= 0 else "sizing.answer.below"
    return cat.text(key, yen=formats.number(abs(beyond)), money=unit.name)


def partial(cat: Catalogue, data: Sizing) -> list[str]:
    """What to say where no level within the bounds reaches the certainty."""
    found = data.best_partial
    bounds = [_bounds(cat, data, path) for path in data.resources]
    said = [cat.text("sizing.answer.not_reached", bounds=cat.text("format.entries").join(bounds))]
    return said if found is None else [*said, _best(cat, data, found)]


def _bounds(cat: Catalogue, data: Sizing, path: str) -> str:
    own = data.resources[path]
    span = cells.amounts(cat, data, path, [own["low"], own["high"]])
    return cat.text("sizing.answer.bounds", resource=cells.resource(cat, path), span=span)


def _best(cat: Catalogue, data: Sizing, found: Partial) -> str:
    by_resource: dict[str, list[Level]] = {}
    for level in found.levels:
        by_resource.setdefault(level.resource, []).append(level)
    items = [
        f"{cells.resource(cat, path)} {cells.level_range(cat, data, levels)}" for path, levels in by_resource.items()
    ]
    names = {"items": cat.join(items), "share": formats.percent(cat, found.probability, 0)}
    names |= {"low": formats.percent(cat, found.low, 0), "high": formats.percent(cat, found.high, 0)}
    said = cat.text("sizing.answer.best", **names)
    short = phrases.short_of(cat, found.short_of)
    return said + (cat.text("format.between_sentences") + cat.text("sizing.answer.short", what=short) if short else "")
