"""The answer in plain words: what delays most, what loses calls, what a unit more saves, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports import formats, part_years, price_texts
from reports.catalogue import Catalogue
from reports.ledgers import cells
from reports.ledgers.data import Ledger, Line, lines, of, outcome_of_target
from scenarios.delays import Entry
from scenarios.helped import Helped
from sim.facts import CENTRES, CLASSES
from sim.lead_times import NOT_SHORT
from sim.targets import LEAVES_OUT_CLOSURE


def answer(cat: Catalogue, data: Ledger) -> tuple[str, ...]:
    """The paragraphs at the top of the page and under the terminal's table."""
    said = [*(late(cat, data.entries, kind) for kind in CLASSES), *(lost(cat, data.entries, name) for name in CENTRES)]
    said += _targets(cat, data)
    found = lines(data.prices)
    said += [_told(cat, name, _items(cat, found, name)) for name in ("saves", "costs")]
    if not any(line.outcome in ("saves", "costs", "too_few") for line in found):
        said.append(cat.text("ledger.answer.none_clear"))
    said.append(_told(cat, "too_few", _named(cat, found, "too_few"), pairs=data.replications, fewest=data.fewest))
    said += [_told(cat, name, _named(cat, found, name)) for name in ("chance", "none")]
    counts = {"claims": data.claims, "targets": len(data.targets)}
    said.append(cat.text("ledger.answer.sure", replications=data.replications, **counts))
    return (*(sentence for sentence in said if sentence), *part_years.note(cat))


def _targets(cat: Catalogue, data: Ledger) -> list[str]:
    """Which targets a unit makes likelier to be met over all years, and that it makes none, which decides."""
    by_outcome: dict[str, list[Helped]] = {}
    for row in data.targets:
        by_outcome.setdefault(outcome_of_target(row), []).append(row)
    said = [_told(cat, name, [_target(cat, row) for row in by_outcome.get(name, ())]) for name in ("helps", "harms")]
    if data.targets and not any(said):
        key = "targets_too_few" if "too_few" in by_outcome else "no_target"
        said = [cat.text(f"ledger.answer.{key}", pairs=data.replications, fewest=data.fewest)]
    return said


def _target(cat: Catalogue, row: Helped) -> str:
    return cat.text(
        "ledger.answer.target",
        resource=cells.resource(cat, row),
        target=cells.target(cat, row),
        met=row.met,
        without_met=row.without_met,
        replications=row.replications,
        interval=cells.points_interval(cat, row),
    )


def late(cat: Catalogue, found: Sequence[Entry], kind: str) -> str:
    """The year with most late cards of a class as the target counts them, then the same with the New Year closure."""
    said = [_late(cat, found, kind)]
    every = worst(of(found, "late_cards_with_closure", kind)) if LEAVES_OUT_CLOSURE[kind] else None
    if every is not None:
        year = formats.period(cat, every.period)
        said.append(cat.text("ledger.answer.late_with_closure", year=year, **cells.told(cat, every)))
    return cat.text("format.between_sentences").join(said)


def _late(cat: Catalogue, found: Sequence[Entry], kind: str) -> str:
    """The year with most late cards of a class, and what took most of their days past the plan."""
    cards = worst(of(found, "late_cards", kind))
    part = cells.late_kind(cat, kind)
    if cards is None:
        return cat.text("ledger.answer.late_none", kind=part)
    days = [entry for entry in of(found, "late_days", kind) if entry.period == cards.period]
    told = {"kind": part, "year": formats.period(cat, cards.period), **cells.told(cat, cards)}
    queued = [entry for entry in days if entry.cause is not None and entry.cause not in NOT_SHORT and entry.value > 0]
    if not queued:
        return cat.text("ledger.answer.late_plan", **told)
    return cat.text("ledger.answer.late", most=_most(cat, queued, "late_days"), **told)


def lost(cat: Catalogue, found: Sequence[Entry], centre: str) -> str:
    """The year in which a centre loses most calls, and why most first calls are lost in it."""
    calls = of(found, "lost_calls", centre)
    total = worst(calls)
    name = cat.name("centre", centre)
    if total is None:
        return cat.text("ledger.answer.lost_none", centre=name)
    own = [entry for entry in calls if entry.period == total.period and entry.cause not in (None, "call_back")]
    told = {"centre": name, "year": formats.period(cat, total.period), **cells.told(cat, total)}
    if not own:
        return cat.text("ledger.answer.lost_again", **told)
    return cat.text("ledger.answer.lost", most=_most(cat, own, "lost_calls"), **told)


def _most(cat: Catalogue, found: Sequence[Entry], kind: str) -> str:
    """The cause that took most, with how much."""
    most = max(found, key=lambda entry: entry.value)
    name = cells.cause(cat, kind, most.cause or "")
    return cat.text(f"ledger.answer.most_{kind}", cause=name, **cells.told(cat, most))


def worst(found: Sequence[Entry]) -> Entry | None:
    """The year with most, all causes together; None where there is nothing in any."""
    totals = [entry for entry in found if entry.cause is None and entry.value > 0]
    return max(totals, key=lambda entry: entry.value, default=None)


def _told(cat: Catalogue, key: str, items: Sequence[str], **values: object) -> str:
    return cat.text(f"ledger.answer.{key}", items=cat.text("format.entries").join(items), **values) if items else ""


def _items(cat: Catalogue, found: Sequence[Line], name: str) -> list[str]:
    chosen = sorted((line for line in found if line.outcome == name), key=lambda line: -abs(line.shown.difference))
    return [_item(cat, line) for line in chosen]


def _item(cat: Catalogue, line: Line) -> str:
    """How many fewer there are, or how many more: a number above 0 either way."""
    price, costs = line.shown, line.outcome == "costs"
    if costs:
        price = replace(price, difference=-price.difference, low=-price.high, high=-price.low)
    said = cat.text(
        "ledger.answer.item_more" if costs else "ledger.answer.item",
        resource=cells.resource(cat, price),
        saves=cells.saved(cat, price),
        year=formats.period(cat, price.period),
        difference=cells.with_interval(cat, price),
        unit=cat.text(f"ledger.unit.{price.saves}"),
    )
    if line.of == 1:
        return said
    return cat.text("ledger.answer.item_years", item=said, years=line.years, of=line.of)


def _named(cat: Catalogue, found: Sequence[Line], name: str) -> list[str]:
    """Resources and what they would save, for an outcome that needs no number."""
    own = [line.shown for line in found if line.outcome == name]
    return [
        cat.text("ledger.answer.short", resource=price_texts.name(cat, price.resource), saves=cells.saved(cat, price))
        for price in own
    ]
