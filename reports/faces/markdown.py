"""A document as markdown: the same words and tables as the page, charts linked beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from reports import values
from reports.catalogue import Catalogue
from reports.document import Block, Chapter, Code, Document, Labelled, Marked, Table, Value
from reports.faces.answered import Answered
from reports.presentation import Presentation, Record


def write(presentation: Presentation[Record], folder: Path, target: Path, lang: str) -> Path:
    """Write a folder's answer as markdown to ``target``, its charts in ``validation/`` beside ``validation.md``.

    Only PNG charts are written, linked by relative paths. Raises ``FileNotFoundError`` where the folder holds no
    answer, ``ValueError`` for an unknown language.
    """
    answered, charts = Answered(presentation, folder, lang), target.with_suffix("")
    drawn = answered.draw(charts, "png")
    text = markdown(
        answered.cat, answered.document, {name: f"{charts.name}/{path.name}" for name, path in drawn.items()}
    )
    target.write_text(text, encoding="utf-8", newline="\n")
    return target


def markdown(cat: Catalogue, document: Document, charts: Mapping[str, str]) -> str:
    """The document as text; ``charts`` are the addresses of those that were drawn, by their ids."""
    return _Writer(cat, charts).whole(document)


class _Writer:
    def __init__(self, cat: Catalogue, charts: Mapping[str, str]) -> None:
        self._cat, self._charts = cat, charts

    def _text(self, value: Value) -> str:
        return _escaped(self._raw(value))

    def _raw(self, value: Value) -> str:
        """The text where markdown takes nothing for anything: in a fence, in an element of HTML once escaped."""
        return values.text(self._cat, value)

    def whole(self, document: Document) -> str:
        answer = self._cat.text("format.between_sentences").join(
            map(_escaped, values.texts(self._cat, document.answer))
        )
        lines = [f"# {self._text(document.title)}", ""]
        lines += self._paragraphs((document.origin, *document.origins, document.question))
        lines += [answer, ""]
        for chapter in document.chapters:
            lines += self._chapter(chapter)
        return "\n".join(lines).rstrip() + "\n"

    def _chapter(self, chapter: Chapter) -> Iterator[str]:
        if chapter.folded:
            yield from self._unfold(chapter.heading)
        else:
            yield from (f"{'#' * chapter.level} {self._text(chapter.heading)}", "")
        yield from self._paragraphs(chapter.words)
        for block in chapter.shown:
            yield from self._block(block)
        for chart in chapter.charts:
            if chart.id in self._charts:
                title, caption = self._text(chart.title), self._text(chart.caption)
                yield from (f"![{title}]({self._charts[chart.id]})", "", caption, "")
        for name, told in chapter.named:
            yield f"- **{self._text(name)}**: {self._text(told)}"
        if chapter.named:
            yield ""
        if chapter.commands:
            yield from ("```sh", *map(self._raw, chapter.commands), "```", "")
        if chapter.folded:
            yield from ("</details>", "")

    def _unfold(self, heading: Value) -> Iterator[str]:
        yield from ("<details>", f"<summary>{escape(self._raw(heading), quote=False)}</summary>", "")

    def _paragraphs(self, lines: tuple[Value, ...]) -> Iterator[str]:
        for line in lines:
            if shown := self._shown(line):
                yield from (shown, "")

    def _shown(self, value: Value) -> str:
        """A paragraph; what is labelled with its label in bold."""
        if isinstance(value, Labelled):
            label = f"**{self._text(value.label)}**"
            return self._cat.text("format.labelled", label=label, text=self._text(value.value))
        return self._text(value)

    def _block(self, block: Block) -> Iterator[str]:
        if block.folded:
            yield from self._unfold(block.heading)
        elif heading := self._text(block.heading):
            yield from (f"### {heading}", "")
        yield from self._table(block.table, block.judged)
        yield ""
        yield from self._paragraphs(block.notes)
        if block.folded:
            yield from ("</details>", "")

    def _table(self, table: Table, judged: bool) -> Iterator[str]:
        yield self._line(table.headings)
        places = range(len(table.headings))
        yield "|" + "|".join("---:" if table.numbers(place) and not judged else "---" for place in places) + "|"
        for row in table.rows:
            yield f"| **{self._cell(row[0])}** |" + " |" * places[-1] if table.opens_group(row) else self._line(row)

    def _line(self, cells: tuple[Value, ...]) -> str:
        return "| " + " | ".join(map(self._cell, cells)) + " |"

    def _cell(self, value: Value) -> str:
        if isinstance(value, Code):
            return f"`{value.text}`".replace("|", "\\|")
        if isinstance(value, Marked):
            return self._cat.text("format.marked", value=self._cell(value.value), mark=self._cell(value.mark))
        return self._text(value)


def _escaped(text: str) -> str:
    """Text that markdown takes for nothing else: no element, emphasis, code, link or cell."""
    for sign in "\\|*_<`[":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", " ")
