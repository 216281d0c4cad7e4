"""What a sweep varies: paths with a range or a list of values, checked before anything runs.

A varied value holds for the whole run, run-in included: it takes the place of dated steps and of a range.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.errors import Mistake, UserError, nearest
from scenarios.files.as_written import number_of
from scenarios.files.changes import flat
from scenarios.files.find import LIBRARY
from scenarios.files.load import Scenario, load
from scenarios.files.percent import NO_SHARE, of_path, wrongly_in_percent
from scenarios.files.rules import check_alone
from scenarios.files.wording import unknown
from scenarios.limits import shown, shown_name
from sim.limits import limits
from sim.message import Message
from sim.parameters import quantities

MOST_POINTS = 1000
"""Points of a grid or a Latin hypercube at most."""
_ROUNDING = 1e-9
"""Share of a step by which the last value may miss the high end."""
_FORM = Message(
    "must look like plant.lines=4:12:2 (low:high:step), plant.lines=4:12 (low:high) or plant.lines=4,8,12 (a list)"
)
_BETWEEN_VALUES = Message("commas stand between values: write 80,000 as 80000 or 8万")


@dataclass(frozen=True)
class Range:
    """One varied path: ``listed`` values, or from ``low`` to ``high`` in steps of ``step`` (None: anything between).

    ``whole`` if the parameter is counted in whole numbers. All in the parameter's own unit.
    """

    path: str
    low: float
    high: float
    step: float | None = None
    listed: tuple[float, ...] = ()
    whole: bool = False

    @property
    def text(self) -> str:
        """The range as it is written after ``--vary``."""
        if self.listed:
            return f"{self.path}={','.join(map(_number, self.listed))}"
        ends = [self.low, self.high, *([] if self.step is None else [self.step])]
        return f"{self.path}={':'.join(map(_number, ends))}"

    @property
    def values(self) -> tuple[float, ...]:
        """The values of a grid, in rising order or as listed; none without a step."""
        if self.listed:
            return tuple(self._written(value) for value in self.listed)
        if self.step is None:
            return ()
        return tuple(self._written(self.low + place * self.step) for place in range(self._steps + 1))

    @property
    def count(self) -> int:
        """How many ``values`` there are, without making them."""
        return len(self.listed) or (0 if self.step is None else self._steps + 1)

    def at(self, position: float) -> float:
        """The value at a position from 0 (low end) to 1 (high end); the nearest step, or a listed value."""
        if self.listed:
            return self._written(sorted(self.listed)[min(int(position * len(self.listed)), len(self.listed) - 1)])
        if self.step is not None:
            return self._written(self.low + round(position * self._steps) * self.step)
        return self._written(self.low + position * (self.high - self.low))

    def number(self, position: float) -> float:
        """The same as ``at``: a varied value is one number."""
        return self.at(position)

    @property
    def told_at(self) -> tuple[float, float]:
        """Both ends: they are what was asked for."""
        return 0.0, 1.0

    @property
    def beyond(self) -> float:
        """Nothing lies beyond them."""
        return 0.0

    @property
    def _steps(self) -> int:
        return math.floor((self.high - self.low) / self.step + _ROUNDING) if self.step else 0

    def _written(self, value: float) -> float:
        return round(value) if self.whole else float(f"{value:.12g}")


def _number(value: float) -> str:
    return f"{value:.12g}"


def read_ranges(vary: Sequence[str] | Mapping[str, Any], scenario: Scenario) -> list[Range]:
    """The ranges in texts such as ``plant.lines=4:12:2``, or in a mapping from path to ``"4:12:2"`` or a list.

    Raises:
        UserError: with all that is wrong.
    """
    found, mistakes = judge_ranges(vary, scenario)
    if mistakes:
        raise UserError("--vary", mistakes)
    return found


def judge_ranges(
    vary: Sequence[str] | Mapping[str, Any], scenario: Scenario | None
) -> tuple[list[Range], list[Mistake]]:
    """The ranges that can be read, and all that is wrong; without a scenario, what is wrong whatever it is.

    Wrong are: the form, unknown paths, paths that hold no number, empty ranges, values outside the parameter's bounds,
    a value or a path given twice.
    """
    found: list[Range] = []
    mistakes: list[Mistake] = []
    known = _numbers(scenario or load("baseline-fy2025", LIBRARY))
    for path, text in _pairs(vary, mistakes):
        try:
            found.append(_range(path, text, known))
        except UserError as error:
            mistakes += error.mistakes
    twice = {own.path for place, own in enumerate(found) if own.path in {other.path for other in found[:place]}}
    mistakes += [
        Mistake(Message("{path}   is varied twice: give all its values at once", path=path)) for path in sorted(twice)
    ]
    return found, [*mistakes, *(mistake for own in found for mistake in _outside(own, scenario))]


def understood(vary: Sequence[str]) -> list[tuple[str, str, float]]:
    """Path, text and value of each number that is typed otherwise than a file has it, but was understood: ``8万``."""
    found = []
    for text in vary:
        path, _, values = text.replace("＝", "=", "=" not in text).partition("=")
        for typed in (part.strip() for part in _BETWEEN.split(values)):
            if not _PLAIN.fullmatch(typed) and (value := number_of(typed)) is not None:
                found.append((path.strip(), typed, value))
    return found


_BETWEEN = re.compile("[:,：，]")
_PLAIN = re.compile(r"[-+.\w]*", re.ASCII)


def _pairs(vary: Sequence[str] | Mapping[str, Any], mistakes: list[Mistake]) -> Iterable[tuple[str, str]]:
    if isinstance(vary, Mapping):
        for path, values in vary.items():
            yield path, values if isinstance(values, str) else ",".join(str(value) for value in values)
        return
    for text in vary:
        path, equals, values = unicodedata.normalize("NFKC", text).partition("=")
        if equals and path.strip():
            yield path.strip(), values
        else:
            mistakes.append(Mistake(Message("{text}   {rule}", text=shown_name(text), rule=_FORM)))


def _numbers(scenario: Scenario) -> dict[str, bool]:
    """Paths that hold a number, and whether it is a whole one."""
    quantity = {path: limits()[path].whole for path in quantities(scenario.parameters)}
    plain = {
        path: isinstance(value, int)
        for path, value in flat(scenario.parameters).items()
        if isinstance(value, int | float) and not isinstance(value, bool) and path not in quantity
    }
    return quantity | plain


def _range(path: str, text: str, known: Mapping[str, bool]) -> Range:
    """One range; raises UserError with what is wrong with it."""
    if path not in known:
        raise UserError("--vary", [_no_number(path, known)])
    whole = known[path]
    if ":" in text:
        return _span(path, text, whole)
    values = [_parsed(path, part, text, whole) for part in text.split(",")]
    if len(set(values)) < 2:
        raise _wrong(
            path, text, Message("has one value only, so that nothing varies: give a range, or set it by --set")
        )
    if twice := [value for place, value in enumerate(values) if value in values[:place]]:
        told = {"twice": [_number(value) for value in dict.fromkeys(twice)]}
        raise _wrong(path, text, Message("names {twice} more than once; {rule}", rule=_BETWEEN_VALUES, **told))
    return Range(path, min(values), max(values), None, tuple(values), whole)


def _no_number(path: str, known: Mapping[str, bool]) -> Message:
    said = unknown(path)
    held = said.partition("; did you mean ")[2].rstrip("?")
    if held == path:
        return Message("{path}   is not a number, so it cannot be varied{hint}", path=path, hint=nearest(path, known))
    hint = Message("; did you mean {name}?", name=held) if held in known else nearest(path, known)
    return Message("{path}   unknown field{hint}", path=path, hint=hint)


def _wrong(path: str, text: str, *rules: Message) -> UserError:
    told = {"path": shown_name(path), "text": shown_name(text)}
    return UserError("--vary", [Message("{path}={text}   {rule}", rule=rule, **told) for rule in rules])


def _span(path: str, text: str, whole: bool) -> Range:
    parts = text.split(":")
    if len(parts) > 3:
        raise _wrong(path, text, _FORM)
    low, high, *rest = (_parsed(path, part, text, whole) for part in parts)
    mistakes = []
    if high <= low:
        ends = {"low": _number(low), "high": _number(high)}
        mistakes.append(Message("is empty: the high end ({high}) must be above {low}", **ends))
    if rest and rest[0] <= 0:
        mistakes.append(Message("the step ({step}) must be more than 0", step=_number(rest[0])))
    elif rest and high > low and rest[0] > (high - low) * (1 + _ROUNDING):
        mistakes.append(Message("the step ({step}) is longer than the range: nothing varies", step=_number(rest[0])))
    if mistakes:
        raise _wrong(path, text, *mistakes)
    return Range(path, low, high, rest[0] if rest else None, (), whole)


def _parsed(path: str, part: str, text: str, whole: bool) -> float:
    """A number, also as planners write it: ``8万``."""
    if wrongly_in_percent(part, of_path(path)):
        raise _wrong(path, text, NO_SHARE)
    read = number_of(part)
    try:
        value = float(part if read is None else read)
    except ValueError:
        rule = Message("{part} is not a number; {rule}", part=shown(part.strip()), rule=_FORM)
        raise _wrong(path, text, rule) from None
    if _GROUP.fullmatch(part):
        raise _wrong(path, text, _BETWEEN_VALUES)
    if not math.isfinite(value):
        raise _wrong(path, text, Message("{part} must be a finite number", part=shown_name(part.strip())))
    if whole and not value.is_integer():
        raise _wrong(path, text, Message("{part} must be a whole number", part=shown_name(part.strip())))
    return value


_GROUP = re.compile(r"0\d\d", re.ASCII)
"""What a comma in a number leaves."""


def _outside(own: Range, scenario: Scenario | None) -> list[Mistake]:
    """What the rules of the parameter say of both ends."""
    found: dict[str, Mistake] = {}
    for value in (own.low, own.high):
        values = {own.path: round(value) if own.whole else value}
        found |= {mistake.message: mistake for mistake in _mistakes(values, scenario)}
    return list(found.values())


def _mistakes(values: Mapping[str, Any], scenario: Scenario | None) -> Sequence[Mistake]:
    if scenario is None:
        return check_alone(values)
    try:
        scenario.with_values(dict(values))
    except UserError as error:
        return error.mistakes
    return []
