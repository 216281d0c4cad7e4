"""A value of a document as a text in a language: the one formatter of every face."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import assert_never, cast

from reports import formats, library_texts, part_years, statistics
from reports.catalogue import Catalogue
from reports.document import (
    Bracketed,
    Code,
    Computed,
    Figures,
    InLanguages,
    Joined,
    Labelled,
    Magnitude,
    Marked,
    Name,
    Number,
    OfOthers,
    Opening,
    PartYears,
    Period,
    Range,
    Ranged,
    Say,
    Shortened,
    Title,
    Translated,
    Value,
    Why,
    Without,
)


@dataclass(frozen=True)
class Unit:
    """How numbers of a unit are written.

    ``digits`` writes a number without its unit, ``around`` is the text that puts the unit beside it (``number``), and
    ``scale`` is what an amount is multiplied by where it is a share. For sheets, which write numbers themselves:
    ``share``, that it is read in percent; ``free``, that it has the decimals it needs; ``change``, that it has a sign;
    ``thousands``, by how many of them a sheet holds it larger than it shows it, with ``shown`` around it; ``large``,
    that Japanese shows it in 万 (10,000) from ten of these on; ``full``, that it is shown in full thousands.
    """

    digits: Callable[[Catalogue, Number], str]
    around: str = ""
    scale: float = 1.0
    share: bool = False
    free: bool = False
    change: bool = False
    thousands: int = 0
    shown: str = ""
    large: bool = False
    full: bool = False


def _plain(cat: Catalogue, number: Number) -> str:
    return formats.number(number.amount, number.decimals)


def _with_sign(cat: Catalogue, number: Number) -> str:
    return f"{number.amount:+.{number.decimals}f}"


def _with_sign_roughly(cat: Catalogue, number: Number) -> str:
    return f"{number.amount:+.2g}"


def _three_digits(cat: Catalogue, number: Number) -> str:
    """Three significant digits, of what is never so large that thousands are separated."""
    return f"{number.amount:.3g}"


def _full_thousands(cat: Catalogue, number: Number) -> str:
    """In thousands; in Japanese in 万 (10,000) with one decimal. The text beside it says so."""
    step, decimals = (10_000, 1) if cat.lang == "ja" else (1_000, 0)
    return formats.number(number.amount / step, decimals)


UNITS: Mapping[str, Unit] = {
    "number": Unit(_plain),
    "plain": Unit(lambda cat, number: formats.plain(number.amount), free=True),
    "rough": Unit(lambda cat, number: formats.rough(cat, number.amount), free=True),
    "in_steps": Unit(lambda cat, number: formats.in_steps(cat, number.amount), free=True),
    "input": Unit(lambda cat, number: formats.input_value(cat, number.amount), free=True),
    "factor": Unit(lambda cat, number: formats.factor(number.amount), free=True),
    "rate": Unit(lambda cat, number: formats.digits(cat, number.amount), share=True, free=True),
    "significant": Unit(lambda cat, number: formats.significant(number.amount), free=True),
    "change": Unit(_with_sign, change=True),
    "percent_change": Unit(_with_sign, "format.percent", 100.0, share=True, change=True),
    "rough_percent_change": Unit(_with_sign_roughly, "format.percent", 100.0, share=True, free=True, change=True),
    "yen_thousands": Unit(_plain, thousands=1, shown="format.yen_thousands"),
    "yen_millions": Unit(_plain, thousands=2, shown="format.yen_millions"),
    "yen": Unit(_plain, "format.yen"),
    "items_exact": Unit(_plain, "format.items", large=True),
    "cards_exact": Unit(_plain, "format.cards", large=True),
    "persons_thousands": Unit(_full_thousands, full=True),
    "persons_exact": Unit(_plain, "format.persons", large=True),
    "seats_exact": Unit(_plain, "format.seats"),
    "days_exact": Unit(_plain, "format.days"),
    "hours_exact": Unit(_plain, "format.hours"),
    "minutes_exact": Unit(_plain, "format.minutes"),
    "seconds_exact": Unit(_plain, "format.seconds"),
    "days_rough": Unit(_three_digits, "format.days", free=True),
    "hours_rough": Unit(_three_digits, "format.hours", free=True),
    "minutes_rough": Unit(_three_digits, "format.minutes", free=True),
    "probability": Unit(lambda cat, number: formats.percent(cat, number.amount, number.decimals), share=True),
    "whole": Unit(lambda cat, number: formats.whole(number.amount), share=True),
    "percent": Unit(_plain, "format.percent", 100.0, share=True),
    "bare_probability": Unit(lambda cat, number: formats.points(cat, number.amount, number.decimals), share=True),
    "bare_percent": Unit(_plain, scale=100.0),
    "points": Unit(_plain, "comparison.points", 100.0),
    "share_exact": Unit(lambda cat, number: f"{number.amount:.10g}", "format.percent", 100.0, share=True, free=True),
    "load": Unit(_plain, "margin.times"),
    "load_above": Unit(lambda cat, number: formats.factor(number.amount), "margin.more", free=True),
    "load_below": Unit(lambda cat, number: formats.factor(number.amount), "margin.less", free=True),
}
"""Units that are no statistic's. ``probability`` is never shown as 0 or 100 % where it is not, ``percent`` is.

``in_steps`` are thousands, in Japanese 万, which the heading names.

``bare_probability`` and ``bare_percent`` are the same without the sign, for where it stands elsewhere; ``whole`` is a
``bare_probability`` in digits alone. A ``rate`` is a share at three significant digits, ``significant`` a number at
four; a ``change`` has its sign even at 0. Yen stand in the unit that the heading names. A ``load`` is a multiple,
``load_above`` and ``load_below`` are the ends of what was looked at.
"""


def text(cat: Catalogue, value: Value) -> str:
    """A value as it is read; a dash for None. Every text of the catalogue may name the language, ``lang``."""
    match value:
        case None:
            return cat.text("format.nothing")
        case str():
            return value
        case date():
            return _marked(cat, value, formats.day(cat, value))
        case int():
            return _marked(cat, value, str(value))
        case Say(key, values):
            return cat.text(key, **_filled(cat, {"lang": cat.lang, **values}))
        case Name(group, identifier):
            return cat.name(group, identifier)
        case Period(name, whole):
            return _marked(cat, value, formats.period(replace(cat, parts={}) if whole else cat, name))
        case Title(own):
            return library_texts.title(cat, own)
        case Why(own):
            return library_texts.why(cat, own)
        case InLanguages():
            return value.ja if cat.lang == "ja" else value.en
        case Code(code):
            return code
        case PartYears():
            return cat.join(part_years.note(cat))
        case Magnitude(top, amount):
            step, called = formats.magnitude(cat, top)
            return called if amount is None else formats.plain(round(amount / step, 6))
        case Number():
            return _marked(cat, value, _around(cat, value, _digits(cat, value)))
        case Range(low, high, words):
            return _marked(cat, value, _range(cat, low, high, words))
        case Ranged():
            return _marked(cat, value, _ranged(cat, value))
        case _:
            return _of_others(cat, value)


def _of_others(cat: Catalogue, value: OfOthers) -> str:
    """The text of a value that is made of other values."""
    match value:
        case Translated(key, own, said):
            return text(cat, (said or Say(key)) if cat.has(key) else own)
        case Marked(inner, mark):
            return cat.text("format.marked", value=text(cat, inner), mark=text(cat, mark))
        case Labelled(label, told):
            return cat.text("format.labelled", label=text(cat, label), text=text(cat, told))
        case Joined(values, by):
            return (cat.text(by) if by else "").join(text(cat, each) for each in values)
        case Without(inner, start):
            return text(cat, inner).removeprefix(start)
        case Opening(inner):
            return formats.opening(text(cat, inner))
        case Shortened(inner, columns):
            return formats.shortened(text(cat, inner), columns)
        case Bracketed(inner, extra):
            inside = text(cat, extra).strip()
            return cat.text("format.parenthesis", text=text(cat, inner), inside=inside) if inside else text(cat, inner)
        case Computed(number):
            return text(cat, number)
        case Figures(words, numbers):
            return cat.text(words, **_filled(cat, numbers))
        case _:
            assert_never(value)


def texts(cat: Catalogue, values: Iterable[Value]) -> list[str]:
    """Lines as they are read, without a note on parts of years where there are none."""
    lines = ((value, text(cat, value)) for value in values)
    return [line for value, line in lines if line or not isinstance(value, PartYears)]


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; ``number`` is the number, interval, count, date or period that it shows, None of words."""

    text: str
    number: Value = None


def pieces(cat: Catalogue, value: Value) -> list[Piece]:
    """The text of a value in stretches of words and of numbers; joined they are the text."""
    plain, found = text(cat, value), list[Value]()
    start, middle, end = [sign for sign in map(chr, range(0xFDD0, 0xFDF0)) if sign not in plain][:3]

    def mark(number: object, shown: str) -> str:
        found.append(cast(Value, number))
        return f"{start}{len(found) - 1}{middle}{shown}{end}"

    stretches = re.split(f"{start}([0-9]+){middle}(.*?){end}", text(replace(cat, mark=mark), value), flags=re.DOTALL)
    cut: list[Piece] = []
    for words, number, shown in zip_longest(stretches[::3], stretches[1::3], stretches[2::3]):
        cut += [Piece(words)] if words else []
        cut += [] if number is None else [Piece(shown, found[int(number)])]
    return cut


def _filled(cat: Catalogue, values: Mapping[str, Value]) -> dict[str, object]:
    """Values inside a sentence; counts stay numbers, by which the sentence finds its singular."""
    return {name: _Count.of(cat, each) if isinstance(each, int) else text(cat, each) for name, each in values.items()}


class _Count(int):
    """A count that stays a number inside a sentence, and is marked where the sentence writes it."""

    _cat: Catalogue

    @classmethod
    def of(cls, cat: Catalogue, count: int) -> int:
        """The count itself where nothing is marked."""
        if cat.mark is None:
            return count
        made = cls(count)
        made._cat = cat
        return made

    def __format__(self, form: str) -> str:
        return _marked(self._cat, int(self), format(int(self), form))


def _marked(cat: Catalogue, value: Value, shown: str) -> str:
    return shown if cat.mark is None else cat.mark(value, shown)


def _digits(cat: Catalogue, number: Number) -> str:
    """The number without what its unit puts around it."""
    if number.unit not in UNITS:
        return statistics.value(cat, number.unit, number.amount, number.exact)
    unit = UNITS[number.unit]
    scaled = replace(number, amount=number.amount * unit.scale) if unit.scale != 1 else number
    shown = unit.digits(cat, scaled)
    return f"+{shown}" if number.signed and scaled.amount > 0 and shown.strip("0.,") else shown


def _around(cat: Catalogue, number: Number, shown: str) -> str:
    around = UNITS[number.unit].around if number.unit in UNITS else ""
    return cat.text(around, number=shown) if around else shown


def _range(cat: Catalogue, low: Number, high: Number, words: str) -> str:
    """Both numbers, with their unit once where it is not part of the digits."""
    if low.unit not in UNITS:
        return statistics.interval(cat, low.unit, low.amount, high.amount, low.exact)
    return _around(cat, low, cat.text(words, low=_digits(cat, low), high=_digits(cat, high)))


def _ranged(cat: Catalogue, value: Ranged) -> str:
    if value.value.unit not in UNITS:
        return f"{_digits(cat, value.value)} ({_range(cat, value.low, value.high, value.words)})"
    ends = {"low": _digits(cat, value.low), "high": _digits(cat, value.high)}
    shown = _around(cat, value.value, _digits(cat, value.value))
    return cat.text(value.words, value=shown, difference=shown, **ends)
