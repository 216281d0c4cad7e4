"""Finding a lever by a word of either language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from reports import catalogue, parameter_texts
from reports.levers import Lever
from scenarios.errors import UserError, nearest
from scenarios.files.levers import named
from sim.message import Message

_OF_MEANING = 2
"""Place of the first of the texts below that holds meanings."""


def matching(word: str, among: Sequence[Lever]) -> list[Lever]:
    """The levers that a word names, all of them for no word.

    Raises:
        UserError: if it names none; it says which name is nearest.
    """
    if chosen := search(word, among):
        return chosen
    names = [step for lever in among for step in (lever.path, lever.path.rpartition(".")[2])]
    hint = nearest(word, names)
    raise UserError("parameters", [Message("{word}   nothing is named so or means it{hint}", word=word, hint=hint)])


def search(word: str, among: Iterable[Lever]) -> list[Lever]:
    """The lever of a path; else those that a word names.

    They come by path, by what people call them, by meaning in either language, then by section. Each part of the word
    between spaces must be found; capitals and full-width letters count as plain ones. Where nothing fits, those whose
    names are spelled nearly so.
    """
    known = {lever.path: lever for lever in among}
    if "." in word and word in known:
        return [known[word]]
    pieces, texts = _folded(word).split(), _texts(known)
    fits = {path: _rank(pieces, texts[path]) for path in known}
    ranked = sorted((rank, len(known[path].meaning), path) for path, rank in fits.items() if rank is not None)
    own = [path for rank, _, path in ranked if rank < _OF_MEANING]
    found = dict.fromkeys([word, *own, *named(word), *(path for _, _, path in ranked)])
    return [known[path] for path in found if path in known] if pieces else list(known.values())


def _rank(pieces: Sequence[str], texts: Sequence[str]) -> int | None:
    """The place of the first text that has all pieces; ``None`` if none has."""
    return next((place for place, text in enumerate(texts) if all(piece in text for piece in pieces)), None)


def _texts(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Where a word is looked for, best first: last name, path, meanings in both languages, names of the section."""
    known, cats = parameter_texts.described(), [catalogue.load(lang) for lang in catalogue.LANGUAGES]
    found = {}
    for path in paths:
        means = [
            known[path].meaning if path in known else "",
            *(parameter_texts.meaning(cat, path) for cat in cats),
        ]
        groups = [(cat, group, step) for cat in cats for group in ("section", "centre") for step in path.split(".")]
        sections = [cat.name(group, step) for cat, group, step in groups]
        texts = (path.rpartition(".")[2], path, " ".join([path, *means]), " ".join([path, *means, *sections]))
        found[path] = tuple(map(_folded, texts))
    return found


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
