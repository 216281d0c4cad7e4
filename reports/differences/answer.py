"""The answer in plain words: what is better, what is worse, by how much, how sure, and what chance explains."""

from __future__ import annotations

from collections.abc import Sequence

from reports import formats, part_years
from reports.catalogue import Catalogue
from reports.differences import cells
from reports.differences.data import CLEAR, KINDS, Comparison, Line, Pair, lines
from scenarios.compared import Compared

_FIGURES = 5
"""So many key figures that differ are told; of more, the table tells."""


def answer(cat: Catalogue, data: Comparison) -> tuple[str, ...]:
    """The paragraphs at the top of the page and under the terminal's table."""
    return (*(sentence for pair in data.pairs for sentence in of_pair(cat, data, pair)), *part_years.note(cat))


def of_pair(cat: Catalogue, data: Comparison, pair: Pair) -> list[str]:
    """What one scenario changes against the first."""
    names = {"scenario": pair.scenario, "against": pair.against}
    targets, measures, figures = (lines(data.of(pair, kind)) for kind in KINDS)
    if not pair.inputs and all(line.outcome in ("equal", "not_tested") for line in targets + measures + figures):
        return [cat.text("comparison.answer.same", **names)]
    said = [_told(cat, name, _met(cat, data, targets, name), **names) for name in ("better", "worse")]
    if not any(said):
        few = any(line.outcome == "too_few" for line in targets)
        key = "targets_too_few" if few else "none_clear"
        said = [cat.text(f"comparison.answer.{key}", pairs=data.replications, fewest=pair.fewest, **names)]
    said.append(_told(cat, "chance", _chance(cat, targets)))
    said.append(_told(cat, "alike", _named(cat, targets, "alike")))
    said.append(_told(cat, "hardly", _named(cat, targets, "hardly")))
    said.append(_told(cat, "moved", _items(cat, measures, "better") + _items(cat, measures, "worse")))
    said.append(_told(cat, "figures", _figures(cat, figures)))
    told = {"pairs": data.replications, "fewest": pair.fewest}
    said.append(_told(cat, "too_few", _named(cat, measures, "too_few") + _count(cat, figures, "too_few"), **told))
    said.append(_told(cat, "equal", _named(cat, measures, "equal") + _count(cat, figures, "equal")))
    said.append(_told(cat, "one_sided", _named(cat, targets, "one_sided")))
    counts = {"claims": pair.claims, "targets": pair.target_claims}
    said.append(cat.text("comparison.answer.sure", replications=data.replications, **counts))
    if pair.not_common:
        said.append(cat.text("comparison.answer.not_common", periods=cells.periods(cat, pair.not_common)))
    return [sentence for sentence in said if sentence]


def _told(cat: Catalogue, key: str, items: Sequence[str], **names: object) -> str:
    """A sentence with its items; empty without any."""
    return cat.text(f"comparison.answer.{key}", items=cat.text("format.entries").join(items), **names) if items else ""


def _met(cat: Catalogue, data: Comparison, found: Sequence[Line], name: str) -> list[str]:
    """How often each target of an outcome is met in both, and how much likelier that is."""
    return [_item_met(cat, data, line.shown) for line in found if line.outcome == name]


def _item_met(cat: Catalogue, data: Comparison, row: Compared) -> str:
    told = {"target": cells.name(cat, row), "difference": cells.with_interval(cat, row)}
    if row.computed:
        against, own, _ = cells.met(cat, row)
        return cat.text("comparison.answer.item_computed", value=own, against_value=against, **told)
    counts = {"met": row.met, "against_met": row.against_met, "replications": data.replications}
    return cat.text("comparison.answer.item_met", **counts, **told)


def _items(cat: Catalogue, found: Sequence[Line], name: str) -> list[str]:
    return [_item(cat, line) for line in found if line.outcome == name]


def _item(cat: Catalogue, line: Line) -> str:
    row = line.shown
    said = cat.text(
        "comparison.answer.item",
        target=cells.name(cat, row),
        year=formats.period(cat, row.period),
        against_value=cells.value(cat, row, row.against_value),
        value=cells.value(cat, row, row.value),
        difference=cells.with_interval(cat, row),
    )
    if line.of > 1:
        said = cat.text("comparison.answer.item_years", item=said, years=line.years, of=line.of)
    return said


def _chance(cat: Catalogue, found: Sequence[Line]) -> list[str]:
    return [
        cat.text(
            "comparison.answer.chance_of",
            name=cells.name(cat, line.shown),
            difference=cells.with_interval(cat, line.shown),
        )
        for line in found
        if line.outcome == "chance"
    ]


def _short(cat: Catalogue, line: Line, difference: str) -> str:
    year = formats.period(cat, line.shown.period)
    return cat.text("comparison.answer.short", name=cells.name(cat, line.shown), year=year, difference=difference)


def _named(cat: Catalogue, found: Sequence[Line], name: str) -> list[str]:
    """The targets of an outcome, as one item."""
    names = [cells.name(cat, line.shown) for line in found if line.outcome == name]
    return [cat.join(names)] if names else []


def _count(cat: Catalogue, found: Sequence[Line], name: str) -> list[str]:
    """How many key figures have an outcome, as one item."""
    count = sum(line.outcome == name for line in found)
    return [cat.text("comparison.answer.key_figures", count=count, of=len(found))] if count else []


def _figures(cat: Catalogue, found: Sequence[Line]) -> list[str]:
    clear = [line for line in found if line.outcome in CLEAR]
    told = [_short(cat, line, _difference(cat, line)) for line in clear[:_FIGURES]]
    more = len(clear) - len(told)
    return [*told, cat.text("comparison.answer.more", more=more)] if more else told


def _difference(cat: Catalogue, line: Line) -> str:
    row = line.shown
    return cells.relative(cat, row) if row.against_value else cells.difference(cat, row)
