"""A result as values: chapters of sentences, tables and charts, without a word of any language and without a medium.

A question makes its document of its record; a face (terminal, page, Markdown, workbook) shows any document. What a
value looks like in a language is decided in ``reports.values``, in one place for every face.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from reports.catalogue import known
from scenarios.records import Replicated
from sim import calendar


@dataclass(frozen=True)
class Say:
    """A text of the catalogue by its key, with the values that it names."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


def say(key: str, /, **values: Value) -> Say:
    """The text of a key with its values."""
    return Say(key, values)


@dataclass(frozen=True)
class Name:
    """The name of an id in a group of the catalogue, such as a ``station``; the id itself where it has none."""

    group: str
    id: str


@dataclass(frozen=True)
class Number:
    """A number in its unit (``reports.values.UNITS``), with decimals where the unit does not decide them.

    ``signed`` puts a plus before what is above 0. ``unit`` may be the name of a statistic, in whose unit it is then;
    ``exact`` shows all digits of a count of one.
    """

    amount: float
    unit: str = "number"
    decimals: int = 0
    signed: bool = False
    exact: bool = False


@dataclass(frozen=True)
class Range:
    """What lies between two numbers; ``words`` is the text that joins them (``low``, ``high``)."""

    low: Number
    high: Number
    words: str = "format.range"


@dataclass(frozen=True)
class Ranged:
    """A number with its unit, and the interval of it; ``words`` joins them (``value``, ``low``, ``high``)."""

    value: Number
    low: Number
    high: Number
    words: str = "format.value_with_range"


def value_range(value: float, low: float, high: float, unit: str = "number", decimals: int = 0) -> Ranged:
    """A number with the interval of it in the same unit, in words: 3 (2 to 4)."""
    shown, start, end = (Number(each, unit, decimals) for each in (value, low, high))
    return Ranged(shown, start, end, "format.value_range")


@dataclass(frozen=True)
class Figures:
    """Several numbers by their names that a reader sees in one text, ``words``, and a spreadsheet in columns.

    A name may also hold words, such as the unit of a number or the bound that an open end lies beyond.
    """

    words: str
    numbers: Mapping[str, Value]


@dataclass(frozen=True)
class Computed:
    """A number that follows from others: ``formula`` names the columns of its row, as in ``{2}*{3}``.

    Cells of a table that has an id are named by the id, row and column: ``{prices.4.2}``; several rows of a column by
    the first and the last, ``{prices.0-4.2}``, or all of them by ``*``. Rows and columns count from 0.
    """

    number: Number
    formula: str


@dataclass(frozen=True)
class Period:
    """A period of a result: ``FY2026``, ``2026-04``, ``all``; ``whole`` for a fiscal year that is no label of it."""

    name: str
    whole: bool = False

    @classmethod
    def of_year(cls, year: int, whole: bool = False) -> Period:
        """A fiscal year."""
        return cls(calendar.Period.of_year(year), whole)


@dataclass(frozen=True)
class Title:
    """The title of a scenario: in the reader's language where it is the library's own, else as its planner wrote it."""

    own: str


@dataclass(frozen=True)
class Why:
    """The reason of a scenario, in the reader's language as far as it is the library's own."""

    own: str


@dataclass(frozen=True)
class Translated:
    """What stands in one language elsewhere, ``own``; where the catalogue has a key for it, that, or ``said`` of it."""

    key: str
    own: Value
    said: Value = None


@dataclass(frozen=True)
class InLanguages:
    """A text that comes in both languages, such as a heading of a planner's own file."""

    en: str
    ja: str


@dataclass(frozen=True)
class Code:
    """A path, a name in a file or a command: something to be typed as it stands."""

    text: str


@dataclass(frozen=True)
class Marked:
    """A value with a mark behind it, such as that it is an assumption."""

    value: Value
    mark: Value


@dataclass(frozen=True)
class Labelled:
    """A text behind a word that stands out."""

    label: Value
    value: Value


@dataclass(frozen=True)
class PartYears:
    """The note that some years of a result are only parts of one; nothing at all where none is."""


@dataclass(frozen=True)
class Joined:
    """Values one after another; ``by`` is the text between them, none if it is empty."""

    values: tuple[Value, ...]
    by: str = "format.list"


def listing(values: Iterable[Value]) -> Joined:
    """What a sentence lists, one after another."""
    return Joined(tuple(values), "format.entries")


def up_to(most: int, values: Sequence[Value], key: str, name: str = "more") -> list[Value]:
    """So many of some values; of those beyond, how many there are, by the text of a key that calls that number so."""
    more = len(values) - most
    return [*values[:most], *([say(key, **{name: more})] if more > 0 else [])]


def sentences(*values: Value) -> Joined:
    """Sentences one after another; None says nothing."""
    return Joined(tuple(value for value in values if value is not None), "format.between_sentences")


def translated(key: str, other: Value, /, **values: Value) -> Translated:
    """The text of a key in languages that have it."""
    return Translated(key, other, say(key, **values))


@dataclass(frozen=True)
class Without:
    """A text without ``start`` where it starts so."""

    value: Value
    start: str


@dataclass(frozen=True)
class Opening:
    """A name as it opens a sentence or stands as a heading."""

    value: Value


@dataclass(frozen=True)
class Shortened:
    """A text of at most so many half-width ``columns``."""

    value: Value
    columns: int


@dataclass(frozen=True)
class Magnitude:
    """What counts up to ``top`` are shown in, such as million or 万; empty where they are shown as they are.

    With an amount, how many of these that is.
    """

    top: float
    amount: float | None = None


@dataclass(frozen=True)
class Bracketed:
    """A text with another behind it in brackets; without brackets where that is empty."""

    value: Value
    inside: Value


OfOthers: TypeAlias = (
    Figures | Computed | Translated | Marked | Labelled | Joined | Without | Opening | Shortened | Bracketed
)
"""What is made of other values."""
Value: TypeAlias = (
    str
    | int
    | date
    | Say
    | Name
    | Number
    | Range
    | Ranged
    | Period
    | Title
    | Why
    | InLanguages
    | Code
    | PartYears
    | Magnitude
    | OfOthers
    | None
)
"""Something that every face can show. Text stands for itself: an id, a path, a planner's own words. None is a dash."""


@dataclass(frozen=True)
class Plot:
    """Which columns of a table a spreadsheet draws (``of``) over which (``over``).

    A column whose cells hold several numbers is drawn by one of them: a pair of the column and the name of the part,
    such as ``share``. ``kind`` is ``line``, ``column``, ``stacked``, ``bar``, or ``points`` over numbers. With ``by``
    each stretch of rows that are alike in that column is a series. ``unit`` stands at the axis of what is drawn.
    ``dashed`` columns are what the others are held against, such as a target. Intervals are drawn where cells hold one
    beside what is drawn, as ``low`` and ``high``; ``ends`` are their columns where they stand by themselves.
    """

    over: int
    of: tuple[int | tuple[int, str], ...]
    kind: str = "line"
    unit: Value = ""
    title: Value = ""
    by: int | None = None
    dashed: tuple[int, ...] = ()
    ends: tuple[int | tuple[int, str], int | tuple[int, str]] | None = None


@dataclass(frozen=True)
class Table:
    """Headings and rows; a row's ``mark`` names its verdict for the eye, its first cell says it in words.

    Lines of columns of ``prose`` may break anywhere. A row of one cell alone is the heading of the rows below it.
    ``brief`` are the columns that a summary shows, all where none are named.
    """

    headings: tuple[Value, ...]
    rows: tuple[tuple[Value, ...], ...]
    marks: tuple[str, ...] = ()
    plots: tuple[Plot, ...] = ()
    prose: tuple[int, ...] = ()
    brief: tuple[int, ...] = ()

    def mark(self, index: int) -> str:
        """The verdict of a row; empty in a table without verdicts."""
        return self.marks[index] if self.marks else ""

    def numbers(self, column: int) -> bool:
        """Whether a column is set flush right: at least half of what it holds are numbers."""
        return column in self._flush

    @cached_property
    def _flush(self) -> frozenset[int]:
        columns = range(max(map(len, self.rows), default=0))
        return frozenset(column for column in columns if self._mostly_numbers(column))

    def _mostly_numbers(self, column: int) -> bool:
        held = [row[column] for row in self.rows if column < len(row) and row[column] not in (None, "")]
        return 0 < len(held) <= 2 * sum(map(holds_numbers, held))

    def opens_group(self, row: tuple[Value, ...]) -> bool:
        """Whether a row is the heading of the rows below it."""
        return len(row) == 1 < len(self.headings)

    def columns(self, row: tuple[Value, ...]) -> tuple[Value, ...]:
        """A row with a cell in every column."""
        return (*row, *[""] * (len(self.headings) - len(row)))


def holds_numbers(value: Value) -> bool:
    """Whether a value is a number or several, whatever words stand around them."""
    match value:
        case int() | Number() | Computed() | Ranged() | Range():
            return True
        case Marked():
            return holds_numbers(value.value)
        case Figures():
            return any(map(holds_numbers, value.numbers.values()))
    return False


def headings(group: str, *names: str) -> tuple[Value, ...]:
    """Headings of columns by their names: a group's own, ``GROUP.column.NAME``, else those that all tables share."""
    own = ((f"{group}.column.{name}", f"column.{name}") for name in names)
    return tuple(say(key if known(key) else shared) for key, shared in own)


Line = TypeVar("Line")
"""What a table has a line of."""
Columns: TypeAlias = Mapping[str, Callable[[Line], Value]]
"""What makes the cell of a line, by the name of its heading, from left to right."""


def table_of(
    group: str,
    lines: Iterable[Line],
    columns: Columns[Line],
    mark: Callable[[Line], str] | None = None,
    **shape: Any,
) -> Table:
    """A table whose cells stand under the names of their headings (``headings``).

    Args:
        group: whose headings they are.
        lines: what there is a line of.
        columns: the cells of a line.
        mark: the verdict whose look a line has.
        shape: what else there is to say of the table, such as its ``plots``.
    """
    told = tuple(lines)
    rows = tuple(tuple(cell(line) for cell in columns.values()) for line in told)
    return Table(headings(group, *columns), rows, tuple(map(mark, told)) if mark else (), **shape)


@dataclass(frozen=True)
class Block:
    """A table under a heading of its own, with notes below.

    ``judged`` if its first column is a verdict, ``folded`` if it is long. ``sheet`` if it is for a workbook alone,
    where it can be reckoned with, ``page`` if it is for readers alone, such as one whose cells hold lists. A workbook
    calls its sheet ``tab``, and knows it as ``id`` in formulas.

    Raises:
        ValueError: if it is folded and has no heading to open it by.
    """

    table: Table
    heading: Value = ""
    judged: bool = False
    folded: bool = False
    notes: tuple[Value, ...] = ()
    sheet: bool = False
    page: bool = False
    tab: Value = ""
    id: str = ""

    def __post_init__(self) -> None:
        if self.folded and not self.heading:
            raise ValueError("a folded table needs a heading to open it by")


Drawn = TypeVar("Drawn")
"""What a chart draws: a ``reports.drawing.Drawing``, which holds values of this module."""


@dataclass(frozen=True)
class Chart(Generic[Drawn]):
    """A picture by its id, which names its files, with its title and the sentence on what to see in it.

    ``make`` gives what to draw, only when somebody looks; None where there is nothing to draw.
    """

    id: str
    title: Value
    caption: Value
    make: Callable[[], Drawn | None] = field(default=lambda: None, compare=False, repr=False)

    @cached_property
    def drawing(self) -> Drawn | None:
        """What it draws, made once for all that show it."""
        return self.make()


Role: TypeAlias = Literal["reasons", "hangs", "actions", "details", "statistics", "assumptions", "origin"]
"""What a chapter is for: what the answer rests on, what it hangs on, what is to be done, the parts of the operation,
how to read words and numbers, what was assumed, where it comes from. Faces that put the answer first lay out by it.
"""
_ROLES: Mapping[str, Role] = {"words": "statistics", "again": "origin"}
"""Of chapters that every question has."""


@dataclass(frozen=True)
class Chapter:
    """A heading, words, tables, charts, explained words, commands; what is empty is not shown.

    Of level 3 it is a part of the chapter before it; ``folded`` if it is long.
    """

    id: str
    heading: Value
    words: tuple[Value, ...] = ()
    blocks: tuple[Block, ...] = ()
    charts: tuple[Chart[Any], ...] = ()
    named: tuple[tuple[Value, Value], ...] = ()
    commands: tuple[Value, ...] = ()
    level: int = 2
    folded: bool = False
    role: Role = "details"

    @property
    def says(self) -> bool:
        """Whether it is more than a heading for readers."""
        return bool(self.words or self.shown or self.charts or self.named or self.commands)

    @property
    def shown(self) -> tuple[Block, ...]:
        """The tables for readers, without those for a workbook alone."""
        return tuple(block for block in self.blocks if not block.sheet)

    @property
    def laid(self) -> tuple[Block, ...]:
        """The tables for a workbook, without those for readers alone."""
        return tuple(block for block in self.blocks if not block.page)


def charts(
    data: Any,
    drawings: Mapping[str, Callable[[Any], Drawn | None]],
    caption: Callable[[Any, str], Value],
    *names: str,
) -> tuple[Chart[Drawn], ...]:
    """Charts of a record that the catalogue has titles for, by the names of their drawings."""
    return tuple(
        Chart(name, say(f"chart.{name}.title"), caption(data, name), partial(drawings[name], data)) for name in names
    )


def explained(group: str, words: Iterable[str], kind: str = "word", **values: Value) -> Chapter:
    """The chapter that says what words mean: ``GROUP.KIND.WORD`` and ``GROUP.rule.WORD`` of the catalogue."""
    named = tuple((say(f"{group}.{kind}.{word}"), say(f"{group}.rule.{word}", **values)) for word in words)
    return chapter(group, "words", named=named)


def chapter(group: str, name: str, *, words: tuple[Value, ...] = (), **content: Any) -> Chapter:
    """A chapter whose heading and first words are ``GROUP.NAME.heading`` and ``.note`` of the catalogue."""
    told = {"role": _ROLES.get(name, "details"), **content}
    return Chapter(name, say(f"{group}.{name}.heading"), (say(f"{group}.{name}.note"), *words), **told)


def opening(title: Value, record: Replicated) -> Say:
    """The first line on a screen: what was asked, and where the answer comes from."""
    return say("terminal.opening", title=title, provenance=provenance(record))


def provenance(record: Replicated) -> Say:
    """Seed and replications, and whether these differ by chance only."""
    origin = "terminal.provenance_chance_only" if getattr(record, "chance_only", False) else "terminal.provenance"
    return say(origin, seed=record.seed, replications=record.replications)


@dataclass(frozen=True)
class Paragraphs:
    """Lines of a screen with an empty one before each."""

    lines: tuple[Value, ...]


Screen: TypeAlias = tuple[Value | Table | Paragraphs, ...]
"""What a terminal shows: lines, tables and paragraphs."""


@dataclass(frozen=True)
class Document:
    """An answer: title, where it comes from, the answer in plain words, chapters.

    ``screen`` is what a terminal shows of it. ``beside`` names files that stand beside the page. ``origins`` are lines
    below the origin, ``question`` is what was asked. ``banner`` stands above all, where an answer is not the last one.
    """

    title: Value
    origin: Value
    answer: tuple[Value, ...]
    chapters: tuple[Chapter, ...]
    screen: Screen = ()
    beside: tuple[tuple[Value, str], ...] = ()
    origins: tuple[Value, ...] = ()
    question: Value = ""
    banner: Value = ""
