"""Finding a parameter by the word that a planner has for it: its name, a part of its path, or what it means.

Paths are dotted, such as ``contact.resident.seats``; a table is a section, or one inside it, such as ``contact``.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from scenarios.files.tree import field_at, fields_of, model_of, tables, values

_ALSO = {
    "contact": "callcenter callcentre centers centres phone telephone コールセンター 電話 入電",
    "contact.resident": "public citizens 住民",
    "contact.helpdesk": "ヘルプデスク",
    "plant": "factory manufacturing 工場 製造",
    "counters": "counter municipality offices windows 窓口 市区町村",
    "demand": "applications volume 申請 需要",
    "renewal": "更新",
    "notices": "mail letters printing 通知 通知書 発送",
    "express": "特急 特急発行",
    "systems": "servers outage 障害 システム",
    "systems.validation": "ocsp crl revocation responder 有効性確認 失効 失効リスト",
    "services": "smartphone convenience stores post offices スマホ スマートフォン コンビニ 郵便局",
    "services.phones": "smartphone mobile スマホ スマートフォン",
    "services.pins": "password unlock 暗証番号 初期化 ロック",
    "services.post_offices": "branches 郵便局",
    "disruptions": "disaster earthquake 災害 地震 震災",
    "holders": "people 保有者",
    "next_card": "newcard 次期カード",
    "opening": "backlog initial 滞留 期首",
    "targets": "goals kpi 目標",
}
"""What people call a table that is not in its name."""
_SEATS = "agents operators headcount staff 席 座席 オペレータ 要員"
_ALSO_VALUES = {
    "contact.resident.seats": _SEATS,
    "contact.helpdesk.seats": _SEATS,
    "contact.resident.seats_index": _SEATS,
    "contact.helpdesk.seats_index": _SEATS,
    "plant.cards_per_day": "capacity 製造能力 能力",
    "demand.load": "multiplier 倍率",
}
"""The same of a value."""


_LONGEST = 100
"""Letters of a word that are looked at."""
_SHORTEST = 3
"""Letters of a word of the Latin alphabet that says something as a part of another."""


def named(word: str) -> list[str]:
    """Paths of the values that a word names, best first: by name, by part of the path, by meaning, then by spelling."""
    wanted = _plain(word)
    if not _joined(wanted):
        return []
    ranked = [(rank, path) for path, known in _searched().items() if (rank := _rank(wanted, known)) is not None]
    if not ranked:
        return _alike(wanted)
    return [path for _, path in sorted(ranked, key=lambda found: found[0])]


def meant(path: str) -> str | None:
    """The value that a wrong path means: the same name elsewhere, one spelled so in its table, one that it names."""
    table, _, name = path[:_LONGEST].rpartition(".")
    elsewhere = [value for value in values() if value.rpartition(".")[2] == name]
    if elsewhere:
        return max(elsewhere, key=lambda value: _common(value, path))
    if not table and (right := table_named(name)):
        return right
    if near := difflib.get_close_matches(name, fields_of(table), n=1, cutoff=0.6):
        return f"{table}.{near[0]}" if table else near[0]
    if model_of(table) is None and (right := table_named(table)):
        return next(iter(named(f"{right}.{name}")), right)
    found = (named(path) if model_of(table) is None else []) or (named(name) if _telling(name) else [])
    return found[0] if found else None


def _common(one: str, other: str) -> int:
    """How many parts of two paths are the same."""
    return len(set(one.split(".")) & set(other.split(".")))


def table_named(word: str) -> str | None:
    """The table that a word names, if any."""
    wanted = _joined(_plain(word))
    if not wanted:
        return None
    for path in tables():
        if wanted in {_joined(path), _joined(path.rpartition(".")[2]), *_ALSO.get(path, "").split()}:
            return path
    close = difflib.get_close_matches(word[:_LONGEST], tables(), n=1, cutoff=0.7)
    if close or not _telling(wanted):
        return close[0] if close else None
    return next((path for path in tables() if wanted in _joined(_doc(path))), None)


@dataclass(frozen=True)
class _Searched:
    """What a word is looked for in, in plain letters."""

    steps: list[str]
    pieces: frozenset[str]
    also: frozenset[str]
    meaning: str
    words: frozenset[str]
    also_above: frozenset[str]
    above: tuple[str, ...]


@cache
def _searched() -> dict[str, _Searched]:
    """Every value by its path."""
    found = {}
    for path in values():
        field, tables_above = field_at(path), list(_tables_above(path))
        meaning = _plain(f"{path} {field.description if field else ''}")
        found[path] = _Searched(
            steps=path.split("."),
            pieces=frozenset(_pieces(path)),
            also=frozenset(_ALSO_VALUES.get(path, "").split()),
            meaning=meaning,
            words=frozenset(_pieces(meaning)),
            also_above=frozenset(word for table in tables_above for word in _ALSO.get(table, "").split()),
            above=tuple(_joined(_doc(table)) for table in tables_above),
        )
    return found


def _rank(wanted: str, searched: _Searched) -> int | None:
    """How well a word fits a value, 0 best; ``None`` if it does not."""
    return next((rank for rank, fits in enumerate(_fits(wanted, searched)) if fits), None)


def _fits(wanted: str, searched: _Searched) -> Iterator[bool]:
    """Whether a word is the name, a path to it, parts of it, another word for it, in its meaning, or of its table."""
    steps, asked, pieces, joined = searched.steps, wanted.split("."), _pieces(wanted), _joined(wanted)
    yield steps[-len(asked) :] == asked
    yield asked[-1] == steps[-1] and _in_order(asked, steps)
    yield searched.pieces.issuperset(pieces)
    yield joined in searched.also
    told = [piece in (searched.meaning if _telling(piece) else searched.words) for piece in pieces]
    yield all(told) and any(_telling(piece) for piece in pieces)
    yield joined in searched.also_above
    yield _telling(joined) and any(joined in text for text in searched.above)


def _alike(wanted: str) -> list[str]:
    """Paths, or last names of paths, spelled nearly so."""
    last = wanted.rpartition(".")[2]
    names = difflib.get_close_matches(last, sorted({path.rpartition(".")[2] for path in values()}), n=3, cutoff=0.7)
    found = [path for name in names for path in values() if path.rpartition(".")[2] == name]
    return list(dict.fromkeys([*difflib.get_close_matches(wanted, values(), n=3, cutoff=0.6), *found]))


def _telling(word: str) -> bool:
    """Whether a word says something where it stands inside another."""
    return len(word) >= _SHORTEST or not word.isascii()


def _in_order(asked: list[str], steps: list[str]) -> bool:
    left = iter(steps)
    return all(step in left for step in asked)


def _plain(word: str) -> str:
    """Full-width and capital letters as plain ones."""
    return unicodedata.normalize("NFKC", word[:_LONGEST]).casefold().strip()


def _joined(word: str) -> str:
    return "".join(_pieces(_plain(word)))


def _pieces(text: str) -> list[str]:
    return [piece for piece in re.split(r"[\W_]+", text) if piece]


def _tables_above(path: str) -> Iterator[str]:
    steps = path.split(".")
    return (".".join(steps[:end]) for end in range(1, len(steps)))


def _doc(table: str) -> str:
    model = model_of(table)
    return _plain((model.__doc__ or "").partition("\n")[0]) if model else ""
