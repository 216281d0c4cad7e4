"""A memo made of folders with finished answers, written into the first of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from reports.catalogue import load
from reports.document import Chart, Value
from reports.faces.answered import Answered
from reports.faces.memo.memo import Shown, TemplateError, memo
from reports.faces.memo.template import template as own_template
from reports.faces.source import Source
from reports.presentations import presentation_of
from scenarios.errors import UserError
from scenarios.folder.folder import Folder
from sim.message import Message

MEMO = "memo.docx"
_CHARTS = "memo-charts"
_DPI = 200
"""Dots an inch of pictures: sharp in print, and a memo that still goes by e-mail."""


@dataclass(frozen=True)
class Answers:
    """Answers that stand in one memo, in their order, in a language."""

    answered: tuple[Answered[Any], ...]

    @classmethod
    def of(cls, folders: Sequence[Folder], lang: str) -> Answers:
        """Those in folders; raises UserError where answers of a kind have no page."""
        return cls(tuple(Answered(presentation_of(folder), folder.path, lang) for folder in folders))

    @cached_property
    def shown(self) -> tuple[Shown, ...]:
        """Each by its number, before them what several of a kind say side by side."""
        own = [Shown(str(n), one.cat, one.document) for n, one in enumerate(self.answered, start=1)]
        return (*self._beside(), *own)

    def _beside(self) -> tuple[Shown, ...]:
        kinds: dict[str, list[Answered[Any]]] = {}
        for one in self.answered:
            kinds.setdefault(one.presentation.kind, []).append(one)
        return tuple(
            Shown(kind, own[0].cat, own[0].presentation.beside([one.record for one in own]))
            for kind, own in kinds.items()
            if len(own) > 1 and own[0].presentation.beside is not None
        )

    @property
    def title(self) -> Value:
        """What a memo is called that nobody named."""
        return self.answered[0].document.title


def memo_of(folders: Sequence[Folder], lang: str, title: str | None, today: date, template: Path | None) -> Path:
    """Write the memo of the answers in some folders into the first, with its charts beside it; the path.

    Raises:
        UserError: if answers of a kind have no page, the template cannot be filled in, or the system refuses.
    """
    answers, home = Answers.of(folders, lang), folders[0]
    given = own_template(load(lang)) if template is None else _read(template)
    with home.page(f"{_CHARTS}/") as draft:

        def draw(name: str, charts: Sequence[Chart[Any]]) -> Mapping[str, Path]:
            from reports.faces.figures.sheet import Style, save  # matplotlib takes a second to load

            cat = next(own.cat for own in answers.shown if own.name == name)
            return save(cat, charts, draft / _CHARTS / name, Style("page", dpi=_DPI))

        sources = tuple(Source.of(one, home.path) for one in answers.answered)
        try:
            made = memo(title or answers.title, today, answers.shown, given, sources, draw)
        except TemplateError as error:
            raise UserError(str(template), [_refusal(str(error))]) from error
        (draft / MEMO).write_bytes(made)
    return home.path / MEMO


def _read(template: Path) -> bytes:
    try:
        return template.read_bytes()
    except OSError as error:
        raise UserError(str(template), [Message("cannot be read")]) from error


def _refusal(reason: str) -> Message:
    if not reason:
        return Message("is no Word document (.docx) that can be read")
    return Message("cannot be filled in: {reason}", reason=reason)
