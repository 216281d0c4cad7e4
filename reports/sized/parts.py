"""The chapters of a sizing's page in order: what to buy, how sure, what it costs, prices, how to make it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports import phrases, price_texts
from reports.agreement.document import Block, Document, Part
from reports.catalogue import Catalogue
from reports.picture import Picture
from reports.sized import cells, tables
from reports.sized.answer import answer
from reports.sized.budget import money
from reports.sized.data import Sizing
from scenarios.price_file import USES, Prices

Pictures = Mapping[str, Picture]


def document(cat: Catalogue, data: Sizing, prices: Prices | None, pictures: Pictures) -> Document:
    """The whole page; ``prices`` is the folder's own copy of the price file, where there is one."""
    told = {"version": data.version, "seed": data.seed, "scenario": data.scenario, "replications": data.replications}
    parts = [
        _partial(cat, data, pictures),
        _levels(cat, data, pictures),
        _evidence(cat, data, pictures),
        *_money(cat, data, prices, pictures),
        _words(cat, data),
        _again(cat, data),
    ]
    return Document(
        title=cat.text("sizing.title", title=title(cat, data)),
        origin=cat.text(f"sizing.{'origin' if data.replications else 'origin_partial'}", **told),
        answer=answer(cat, data),
        parts=tuple(part for part in parts if part is not None),
    )


def title(cat: Catalogue, data: Sizing) -> str:
    """The scenario's title in the catalogue's language where it is of the library; else as written."""
    return phrases.title(cat, {"scenario": data.scenario, "title": data.title})


def _part(cat: Catalogue, name: str, **content: Any) -> Part:
    words = (cat.text(f"sizing.{name}.note"), *content.pop("words", ()))
    return Part(name, cat.text(f"sizing.{name}.heading"), words, **content)


def _partial(cat: Catalogue, data: Sizing, pictures: Pictures) -> Part | None:
    if data.asked.reached or data.best_partial is None:
        return None
    block = Block(tables.levels(cat, data, data.best_partial.levels))
    return _part(cat, "partial", blocks=(block,), pictures=_shown(pictures, "sized-partial"))


def _levels(cat: Catalogue, data: Sizing, pictures: Pictures) -> Part | None:
    """Levels of the asked plan; by month they are long, so folded."""
    plan = data.asked
    if not plan.reached:
        return None
    table = tables.levels(cat, data, plan.levels)
    monthly = bool(data.months)
    heading = cat.text("sizing.levels.by_month") if monthly else ""
    blocks = [Block(table, heading, folded=monthly)]
    return _part(cat, "levels", blocks=tuple(blocks), pictures=_shown(pictures, "sized-levels"))


def _evidence(cat: Catalogue, data: Sizing, pictures: Pictures) -> Part | None:
    if not data.asked.evidence:
        return None
    block = Block(tables.evidence(cat, data, data.asked))
    return _part(cat, "evidence", blocks=(block,), pictures=_shown(pictures, "sized-evidence"))


def _money(cat: Catalogue, data: Sizing, prices: Prices | None, pictures: Pictures) -> list[Part]:
    """The budget line, cost against certainty, the prices; nothing without prices."""
    if not data.priced:
        return []
    unit = money(cat, data)
    plans = Block(tables.plans(cat, data, unit), cat.text("sizing.budget.plans"), judged=True)
    budget = Block(tables.budget(cat, data, unit), cat.text("sizing.budget.table", money=unit.name))
    blocks = [plans, budget]
    if data.asked.reached and data.asked.lines:
        heading = cat.text("sizing.budget.bill", money=unit.name, certainty=cells.certainty(cat, data.asked.certainty))
        blocks.append(Block(tables.bill(cat, data.asked, unit), heading, folded=True))
    found = [_part(cat, "budget", words=_mark(cat, data), blocks=tuple(blocks))]
    if data.curve:
        heading = cat.text("sizing.certainty.further", money=unit.name)
        told = [Block(tables.further(cat, data.steps, unit), heading)] if data.steps else []
        if data.curve:
            heading = cat.text("sizing.certainty.curve", money=unit.name)
            told.append(Block(tables.curve(cat, data.curve, unit), heading, folded=True))
        shown = _shown(pictures, "sized-cost", "sized-further")
        found.append(_part(cat, "certainty", blocks=tuple(told), pictures=shown))
    if prices is not None:
        words = [cat.text("sizing.prices.file", file=prices.file, digest=prices.digest)]
        found.append(_part(cat, "prices", words=words, blocks=(Block(tables.prices(cat, prices)),)))
    return found


def _mark(cat: Catalogue, data: Sizing) -> list[str]:
    """Which prices are assumed, and what is used but has no price."""
    lines = data.priced[0].lines or ()
    assumed = list(dict.fromkeys(line.item for line in lines if line.assumed))
    said = [cat.text("sizing.budget.all_own")]
    if assumed:
        named = cat.join(price_texts.name(cat, item) for item in assumed)
        every = len(assumed) == len({line.item for line in lines})
        said = [cat.text("sizing.budget.all_assumed" if every else "sizing.budget.assumed", items=named)]
    used = {use for uses in data.asked.usage.values() for use, number in uses.items() if number}
    lacking = [use for use in USES if use in used and use not in {line.item for line in lines}]
    if lacking:
        names = cat.join(price_texts.name(cat, use) for use in lacking)
        said.append(cat.text("sizing.budget.not_priced", items=names))
    if any(line.beyond_today is None for line in lines):
        said.append(cat.text("sizing.budget.beyond_resources"))
    return said


def _words(cat: Catalogue, data: Sizing) -> Part:
    names = ["least", "today", "theory", "held", "shown", "not_shown", "not_reached"]
    names += ["certainty", "rounding", "tax", "one_off"] if data.priced else []
    named = tuple((cat.text(f"sizing.word.{name}"), cat.text(f"sizing.rule.{name}")) for name in names)
    return _part(cat, "words", named=named)


def _again(cat: Catalogue, data: Sizing) -> Part:
    prices = data.prices
    flags = [
        *(f"--resource {_bounded(path, found)}" for path, found in data.resources.items()),
        *(f"--target {name}" for name in data.targets),
        f"--confidence {data.confidence:g}",
        *([f"--by {data.by}"] if data.by != "year" else []),
        *([f"--together {data.together}"] if data.together != "year" else []),
        *(["--release-below-promises"] if data.below_promises else []),
        *([] if data.monthly_floor is None else [f"--monthly-floor {data.monthly_floor:g}"]),
        *(["--prices prices.toml"] if prices else []),
    ]
    command = cat.text("sizing.again.command", flags=" ".join(flags), seed=data.seed, lang=cat.lang)
    facts = {
        "scenario": data.scenario,
        "seed": str(data.seed),
        "version": data.version,
        "replications": str(data.replications),
        "prices": cat.text("format.nothing") if prices is None else f"{prices['file']} ({prices['digest']})",
    }
    named = tuple((cat.text(f"sizing.again.{name}"), value) for name, value in facts.items())
    return _part(cat, "again", named=named, commands=(command,))


def _bounded(path: str, found: Mapping[str, Any]) -> str:
    """A resource with the bounds and step of the search, as the command takes them."""
    numbers = (found[name] for name in ("low", "high", "step"))
    return f"{path}={':'.join(str(int(number) if number == int(number) else number) for number in numbers)}"


def _shown(pictures: Pictures, *names: str) -> tuple[Picture, ...]:
    return tuple(pictures[name] for name in names if name in pictures)
