"""The answer in plain words: what is better, what is worse, by how much, how sure, and what chance explains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports.alike import Line
from reports.compare import cells
from reports.compare.outcomes import CLEAR, KINDS, lines
from reports.document import Joined, Period, Say, Value, listing, say, up_to
from scenarios.compare.record import Compared, Comparison, Pair

_FIGURES = 5
"""So many key figures that differ are told; of more, the table tells."""


def answer(data: Comparison, pair: Pair) -> tuple[Value, ...]:
    """What one scenario changes against the first."""
    names = {"scenario": pair.scenario, "against": pair.against}
    targets, measures, figures = (lines(data.of(pair, kind)) for kind in KINDS)
    if not pair.inputs and all(line.outcome in ("equal", "not_tested") for line in targets + measures + figures):
        return (say("comparison.answer.same", **names),)
    said = [_told(name, _met(data, targets, name), **names) for name in ("better", "worse")]
    if not any(said):
        few = any(line.outcome == "too_few" for line in targets)
        key = "targets_too_few" if few else "none_clear"
        said = [say(f"comparison.answer.{key}", pairs=data.replications, fewest=pair.fewest, **names)]
    said.append(_told("chance", _chance(targets)))
    said.append(_told("alike", _named(targets, "alike")))
    said.append(_told("hardly", _named(targets, "hardly")))
    said.append(_told("moved", [_item(line) for name in CLEAR[:2] for line in _of(measures, name)]))
    said.append(_told("figures", _figures(figures)))
    told = {"pairs": data.replications, "fewest": pair.fewest}
    said.append(_told("too_few", _named(measures, "too_few") + _count(figures, "too_few"), **told))
    said.append(_told("equal", _named(measures, "equal") + _count(figures, "equal")))
    said.append(_told("one_sided", _named(targets, "one_sided")))
    counts = {"claims": pair.claims, "targets": pair.target_claims}
    said.append(say("comparison.answer.sure", replications=data.replications, **counts))
    if pair.not_common:
        said.append(say("comparison.answer.not_common", periods=cells.periods(pair.not_common)))
    return tuple(sentence for sentence in said if sentence)


def _told(key: str, items: Sequence[Value], **values: Value) -> Value:
    """A sentence with its items; None without any."""
    return say(f"comparison.answer.{key}", items=listing(items), **values) if items else None


def _of(found: Iterable[Line[Compared]], name: str) -> list[Line[Compared]]:
    return [line for line in found if line.outcome == name]


def _met(data: Comparison, found: Sequence[Line[Compared]], name: str) -> list[Value]:
    """How often each target of an outcome is met in both, and how much likelier that is."""
    return [_item_met(data, line.shown) for line in _of(found, name)]


def _item_met(data: Comparison, row: Compared) -> Say:
    told: dict[str, Value] = {"target": cells.name(row), "difference": cells.with_interval(row)}
    against, own, _ = cells.met(row)
    if row.computed:
        return say("comparison.answer.item_computed", value=own, against_value=against, **told)
    return say("comparison.answer.item_met", met=own, against_met=against, replications=data.replications, **told)


def _item(line: Line[Compared]) -> Say:
    row = line.shown
    said = say(
        "comparison.answer.item",
        target=cells.name(row),
        year=Period(row.period),
        against_value=cells.value(row, row.against_value),
        value=cells.value(row, row.value),
        difference=cells.with_interval(row),
    )
    return say("comparison.answer.item_years", item=said, years=line.years, of=line.of) if line.of > 1 else said


def _chance(found: Sequence[Line[Compared]]) -> list[Value]:
    rows = [line.shown for line in _of(found, "chance")]
    return [
        say("comparison.answer.chance_of", name=cells.name(row), difference=cells.with_interval(row)) for row in rows
    ]


def _named(found: Sequence[Line[Compared]], name: str) -> list[Value]:
    """The targets of an outcome, as one item."""
    names = tuple(cells.name(line.shown) for line in _of(found, name))
    return [Joined(names)] if names else []


def _count(found: Sequence[Line[Compared]], name: str) -> list[Value]:
    """How many key figures have an outcome, as one item."""
    count = len(_of(found, name))
    return [say("comparison.answer.key_figures", count=count, of=len(found))] if count else []


def _figures(found: Sequence[Line[Compared]]) -> list[Value]:
    return up_to(_FIGURES, [_short(line) for line in found if line.outcome in CLEAR], "comparison.answer.more")


def _short(line: Line[Compared]) -> Say:
    row = line.shown
    difference = cells.relative(row) if row.against_value else cells.difference(row)
    return say("comparison.answer.short", name=cells.name(row), year=Period(row.period), difference=difference)
