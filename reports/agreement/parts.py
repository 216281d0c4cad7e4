"""The chapters of a validation page in their order, from what was found to what is not validated and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reports import formats
from reports.agreement import fit_tables, tables
from reports.agreement.answer import answer
from reports.agreement.data import Row, Validation
from reports.agreement.document import Block, Document, Part
from reports.agreement.messages import message
from reports.catalogue import Catalogue
from reports.picture import Picture

_LONG = 15
"""Tables with more lines are folded."""
_INFLUENCES = 15
"""So many of the figures that move a forecast most are shown."""
Pictures = Mapping[str, Picture]


def document(cat: Catalogue, data: Validation, pictures: Pictures) -> Document:
    """The whole page; a chapter without anything to say is left out."""
    parts = [part(cat, data, pictures) for part in _PARTS]
    return Document(
        title=cat.text("validation.title"),
        origin=cat.text("validation.origin", version=data.version, seed=data.seed, replications=data.replications),
        answer=answer(cat, data),
        parts=tuple(part for part in parts if part is not None),
    )


def _part(cat: Catalogue, name: str, *keys: str, **content: Any) -> Part:
    """A chapter with its heading, and a sentence for each of ``keys``."""
    words = tuple(cat.text(f"validation.{name}.{key}") for key in keys)
    more = content.pop("words", ())
    return Part(name, cat.text(f"validation.{name}.heading"), (*words, *more), **content)


def _figures(cat: Catalogue, data: Validation, pictures: Pictures) -> Part:
    blocks = [_compared(cat, data.of(group), tables.group_name(cat, group)) for group in data.groups]
    blocks.append(Block(tables.sources(cat, data), cat.text("validation.figures.sources"), folded=True))
    drawn = _shown(pictures, "validation-rows")
    return _part(cat, "figures", "note", "words", blocks=tuple(blocks), pictures=drawn)


def _compared(cat: Catalogue, rows: Sequence[Row], heading: str) -> Block:
    """Figures beside simulated values, with the reasons of their tolerances below."""
    return Block(tables.figures(cat, rows), heading, judged=True, notes=tables.reasons(cat, rows))


def _held_back(cat: Catalogue, data: Validation, pictures: Pictures) -> Part:
    differing = [row for row in data.rows if row.speaks and not row.agrees]
    blocks = [Block(tables.by_group(cat, data), cat.text("validation.held_back.by_group"))]
    if differing:
        blocks.append(_compared(cat, differing, cat.text("validation.held_back.differing")))
    drawn = _shown(pictures, "validation-handed-over", "validation-held", "validation-notices")
    return _part(cat, "held_back", "note", blocks=tuple(blocks), pictures=drawn)


def _pinned(cat: Catalogue, data: Validation, pictures: Pictures) -> Part:
    if data.fits is None:
        return _part(cat, "pinned", "none")
    entries = data.fitted("fits")
    loose = [entry for entry in entries if entry["word"] == "not"]
    known = [entry for entry in entries if entry["word"] != "not"]
    blocks = [
        (known, cat.text("validation.pinned.known"), fit_tables.fits(cat, known), False),
        (loose, cat.text("validation.pinned.loose"), fit_tables.fits(cat, loose), False),
        (data.fitted("figures"), cat.text("validation.pinned.targets"), fit_tables.targets_of_fits(cat, data), True),
        (data.fitted("confirmed"), cat.text("validation.pinned.confirmed"), fit_tables.confirmed(cat, data), True),
    ]
    return _part(
        cat,
        "pinned",
        "note",
        "words",
        words=tuple(message(cat, text) for text in (data.fits or {}).get("messages") or ()),
        blocks=tuple(
            Block(table, heading, judged=judged, folded=judged and len(table.rows) > _LONG)
            for there, heading, table, judged in blocks
            if there
        ),
        pictures=_shown(pictures, "validation-fits"),
    )


def _calendars(cat: Catalogue, data: Validation, pictures: Pictures) -> Part | None:
    entries = data.fitted("calendars")
    if not entries:
        return None
    left = [entry for entry in entries if entry["open"]]
    out = [entry for entry in entries if not entry["open"]]
    blocks = [
        (left, Block(fit_tables.calendars(cat, left), cat.text("validation.calendars.open"), judged=True)),
        (out, Block(fit_tables.calendars(cat, out), cat.text("validation.calendars.out"), judged=True, folded=True)),
    ]
    if data.fitted("readings"):
        table = fit_tables.readings(cat, data.fitted("readings"))
        blocks.append((left or out, Block(table, cat.text("validation.calendars.readings"))))
    own = tuple(block for there, block in blocks if there)
    return _part(cat, "calendars", "note", blocks=own, pictures=_shown(pictures, "validation-calendars"))


def _trade_off(cat: Catalogue, data: Validation, pictures: Pictures) -> Part | None:
    entries = data.fitted("trade_off")
    if not entries:
        return None
    blocks = (Block(fit_tables.trade_off(cat, entries)),)
    return _part(cat, "trade_off", "note", blocks=blocks, pictures=_shown(pictures, "validation-trade-off"))


def _influence(cat: Catalogue, data: Validation, pictures: Pictures) -> Part | None:
    table = fit_tables.influence(cat, data, _INFLUENCES)
    if not table.rows:
        return None
    return _part(cat, "influence", "note", blocks=(Block(table),))


def _not_validated(cat: Catalogue, data: Validation, pictures: Pictures) -> Part | None:
    named = tuple(
        (formats.opening(cat.name("validation.not_validated_name", name)), cat.name("validation.not_validated", name))
        for name in data.not_validated
    )
    return _part(cat, "not_validated_part", "note", named=named) if named else None


def _again(cat: Catalogue, data: Validation, pictures: Pictures) -> Part:
    values = {"seed": data.seed, "replications": data.replications, "lang": cat.lang}
    commands = tuple(cat.text(f"validation.again.{name}", **values) for name in ("calibrate", "validate"))
    files = "validation.json", "fits.json", "calibrated.toml"
    named = tuple((name, cat.text(f"validation.file.{name.partition('.')[0]}")) for name in files)
    return _part(cat, "again", "note", commands=commands, named=named)


_PARTS: tuple[Callable[[Catalogue, Validation, Pictures], Part | None], ...] = (
    _figures,
    _held_back,
    _pinned,
    _calendars,
    _trade_off,
    _influence,
    _not_validated,
    _again,
)


def _shown(pictures: Pictures, *names: str) -> tuple[Picture, ...]:
    return tuple(pictures[name] for name in names if name in pictures)
