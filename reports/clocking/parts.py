"""The chapters of a clock's page in their order, from the time line to how to make it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports import formats, phrases
from reports.catalogue import Catalogue
from reports.clocking import tables
from reports.clocking.answer import answer
from reports.clocking.data import Clock
from reports.parted import Block, Document, Part
from reports.picture import Picture

Pictures = Mapping[str, Picture]


def document(cat: Catalogue, data: Clock, pictures: Pictures) -> Document:
    """The whole page."""
    told = {key: data.content[key] for key in ("version", "seed", "replications", "training", "held_out")}
    spread = cat.text("page.not_knowing")
    return Document(
        title=cat.text("clock.title", scenario=phrases.title(cat, data.content)),
        origin=cat.text("clock.origin", as_of=formats.day(cat, data.as_of), spread=spread, **told),
        answer=answer(cat, data),
        parts=(
            _dates(cat, data, pictures),
            _wires(cat, data, pictures),
            _others(cat, data),
            _lead_times(cat, data),
            _words(cat),
            _again(cat, data),
        ),
    )


def _part(cat: Catalogue, name: str, **content: Any) -> Part:
    words = (cat.text(f"clock.{name}.note"), *content.pop("words", ()))
    return Part(name, cat.text(f"clock.{name}.heading"), words, **content)


def _dates(cat: Catalogue, data: Clock, pictures: Pictures) -> Part:
    table = tables.dates(cat, data)
    blocks = (Block(table),) if table.rows else ()
    words = () if table.rows else (cat.text("clock.dates.none"),)
    return _part(cat, "dates", words=words, blocks=blocks, pictures=_shown(pictures, "clock-calendar"))


def _wires(cat: Catalogue, data: Clock, pictures: Pictures) -> Part:
    blocks = (Block(tables.wires(cat, data), judged=True),) if data.wires else ()
    words = () if data.wires else (cat.text("clock.wires.none"),)
    return _part(cat, "wires", words=words, blocks=blocks, pictures=_shown(pictures, "clock-wires"))


def _others(cat: Catalogue, data: Clock) -> Part:
    """Events that break but have no wire, and, folded, those with nothing to warn of."""
    without = [event for event in data.events if event["no_wire"]]
    groups = {
        "some": [event for event in without if event["no_wire"] in ("too_few", "none_helps")],
        "all": [event for event in without if event["no_wire"] == "always"],
        "never": [event for event in without if event["no_wire"] in ("never", "not_tested")],
    }
    blocks = tuple(
        Block(tables.others(cat, events), cat.text(f"clock.others.{name}"), folded=name == "never")
        for name, events in groups.items()
        if events
    )
    return _part(cat, "others", blocks=blocks)


def _lead_times(cat: Catalogue, data: Clock) -> Part:
    month, day = map(int, data.content["request_due"].split("-"))
    due = cat.text("clock.lead_times.due", day=cat.text("format.month_day", month=month, day=day))
    return _part(cat, "lead_times", words=(due,), blocks=(Block(tables.lead_times(cat, data)),))


def _words(cat: Catalogue) -> Part:
    names = (
        "breaks", "first_breach", "lost", "needed", "last_date", "wire", "hit", "early_word", "false_alarm",
        "precision", "base_rate", "proven",
    )  # fmt: skip
    named = tuple((cat.text(f"clock.word.{name}"), cat.text(f"clock.rule.{name}")) for name in names)
    return _part(cat, "words", named=named)


def _again(cat: Catalogue, data: Clock) -> Part:
    told = {key: data.content[key] for key in ("seed", "replications", "as_of")}
    flags = "".join(f" --target {name}" for name in data.content["targets"])
    return _part(cat, "again", commands=(cat.text("clock.again.command", lang=cat.lang, flags=flags, **told),))


def _shown(pictures: Pictures, *names: str) -> tuple[Picture, ...]:
    return tuple(pictures[name] for name in names if name in pictures)
