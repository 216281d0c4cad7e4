"""The answer in plain words: what delays most, what loses calls, what a unit more saves, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from reports import names, price_texts
from reports.alike import Line
from reports.document import Name, Period, Say, Value, listing, say, sentences
from reports.ledger import cells
from reports.ledger.entries import lines, of
from scenarios.ledger.record import Entry, Helped, Ledger, Price
from sim.facts import CENTRES, CLASSES
from sim.lead_times import NOT_SHORT
from sim.targets import LEAVES_OUT_CLOSURE


def answer(data: Ledger) -> tuple[Value, ...]:
    """The paragraphs at the top of the page and under the terminal's table."""
    said: list[Value] = [
        *(late(data.ledger, kind) for kind in CLASSES),
        *(lost(data.ledger, name) for name in CENTRES),
    ]
    said += _targets(data)
    found = lines(data.rows)
    said += [_told(name, _items(found, name)) for name in ("saves", "costs")]
    if not any(line.outcome in ("saves", "costs", "too_few") for line in found):
        said.append(say("ledger.answer.none_clear"))
    said.append(_told("too_few", _named(found, "too_few"), pairs=data.replications, fewest=data.fewest))
    said += [_told(name, _named(found, name)) for name in ("chance", "none")]
    counts = {"claims": data.claims, "targets": len(data.targets)}
    said.append(say("ledger.answer.sure", replications=data.replications, **counts))
    return tuple(sentence for sentence in said if sentence)


def _targets(data: Ledger) -> list[Value]:
    """Which targets a unit makes likelier to be met over all years, and that it makes none, which decides."""
    by_outcome: dict[str, list[Helped]] = {}
    for row in data.targets:
        by_outcome.setdefault(row.outcome, []).append(row)
    said = [_told(name, [_target(row) for row in by_outcome.get(name, ())]) for name in ("helps", "harms")]
    if data.targets and not any(said):
        key = "targets_too_few" if "too_few" in by_outcome else "no_target"
        said = [say(f"ledger.answer.{key}", pairs=data.replications, fewest=data.fewest)]
    return said


def _target(row: Helped) -> Say:
    return say(
        "ledger.answer.target",
        resource=cells.resource(row),
        target=names.target(row.target),
        met=row.met,
        without_met=row.without_met,
        replications=row.replications,
        interval=cells.points_interval(row),
    )


def late(found: Sequence[Entry], kind: str) -> Value:
    """The year with most late cards of a class as the target counts them, then the same with the New Year closure."""
    said: list[Value] = [_late(found, kind)]
    every = worst(of(found, "late_cards_with_closure", kind)) if LEAVES_OUT_CLOSURE[kind] else None
    if every is not None:
        year = Period(every.period)
        said.append(say("ledger.answer.late_with_closure", year=year, **cells.told(every)))
    return sentences(*said)


def _late(found: Sequence[Entry], kind: str) -> Say:
    """The year with most late cards of a class, and what took most of their days past the plan."""
    cards = worst(of(found, "late_cards", kind))
    part = cells.late_kind(kind)
    if cards is None:
        return say("ledger.answer.late_none", kind=part)
    days = [entry for entry in of(found, "late_days", kind) if entry.period == cards.period]
    told = {"kind": part, "year": Period(cards.period), **cells.told(cards)}
    queued = [entry for entry in days if entry.cause is not None and entry.cause not in NOT_SHORT and entry.value > 0]
    if not queued:
        return say("ledger.answer.late_plan", **told)
    return say("ledger.answer.late", most=_most(queued, "late_days"), **told)


def lost(found: Sequence[Entry], centre: str) -> Say:
    """The year in which a centre loses most calls, and why most first calls are lost in it."""
    calls = of(found, "lost_calls", centre)
    total = worst(calls)
    name = Name("centre", centre)
    if total is None:
        return say("ledger.answer.lost_none", centre=name)
    own = [entry for entry in calls if entry.period == total.period and entry.cause not in (None, "call_back")]
    told = {"centre": name, "year": Period(total.period), **cells.told(total)}
    if not own:
        return say("ledger.answer.lost_again", **told)
    return say("ledger.answer.lost", most=_most(own, "lost_calls"), **told)


def _most(found: Sequence[Entry], kind: str) -> Say:
    """The cause that took most, with how much."""
    most = max(found, key=lambda entry: entry.value)
    name = cells.cause(kind, most.cause or "")
    return say(f"ledger.answer.most_{kind}", cause=name, **cells.told(most))


def worst(found: Sequence[Entry]) -> Entry | None:
    """The year with most, all causes together; None where there is nothing in any."""
    totals = [entry for entry in found if entry.cause is None and entry.value > 0]
    return max(totals, key=lambda entry: entry.value, default=None)


def _told(key: str, items: Sequence[Value], **values: Value) -> Value:
    return say(f"ledger.answer.{key}", items=listing(items), **values) if items else None


def _items(found: Sequence[Line[Price]], name: str) -> list[Value]:
    chosen = sorted((line for line in found if line.outcome == name), key=lambda line: -abs(line.shown.difference))
    return [_item(line) for line in chosen]


def _item(line: Line[Price]) -> Say:
    """How many fewer there are, or how many more: a number above 0 either way."""
    costs = line.outcome == "costs"
    price = cells.more(line.shown) if costs else line.shown
    said = say(
        "ledger.answer.item_more" if costs else "ledger.answer.item",
        resource=cells.resource(price),
        saves=cells.saved(price),
        year=Period(price.period),
        difference=cells.with_interval(price),
        unit=say(f"ledger.unit.{price.saves}"),
    )
    if line.of == 1:
        return said
    return say("ledger.answer.item_years", item=said, years=line.years, of=line.of)


def _named(found: Sequence[Line[Price]], name: str) -> list[Value]:
    """Resources and what they would save, for an outcome that needs no number."""
    own = [line.shown for line in found if line.outcome == name]
    return [
        say("ledger.answer.short", resource=price_texts.name(price.resource), saves=cells.saved(price)) for price in own
    ]
