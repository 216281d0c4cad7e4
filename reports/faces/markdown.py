"""A document as markdown: the same words and tables as the page, charts linked beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from reports import values
from reports.catalogue import Catalogue
from reports.document import Block, Chapter, Document, Table, Value
from reports.faces.answered import Answered
from reports.question import Question, Record


def write(question: Question[Record], folder: Path, target: Path, lang: str) -> Path:
    """Write a folder's answer as markdown to ``target``, its charts in ``validation/`` beside ``validation.md``.

    Only PNG charts are written, linked by relative paths. Raises ``FileNotFoundError`` where the folder holds no
    answer, ``ValueError`` for an unknown language.
    """
    answered, charts = Answered(question, folder, lang), target.with_suffix("")
    drawn = answered.draw(charts)
    for path in drawn.values():
        path.with_suffix(".svg").unlink()
    text = markdown(answered.cat, answered.document, charts.name, drawn)
    target.write_text(text, encoding="utf-8", newline="\n")
    return target


def markdown(cat: Catalogue, document: Document, charts: str, drawn: Collection[str]) -> str:
    """The document as text; ``charts`` is the folder of the PNG files, relative to where the text is written."""
    return _Writer(cat, charts, drawn).whole(document)


class _Writer:
    def __init__(self, cat: Catalogue, charts: str, drawn: Collection[str]) -> None:
        self._cat, self._charts, self._drawn = cat, charts, drawn

    def _text(self, value: Value) -> str:
        return values.text(self._cat, value)

    def whole(self, document: Document) -> str:
        answer = self._cat.text("format.between_sentences").join(values.texts(self._cat, document.answer))
        lines = [f"# {self._text(document.title)}", "", self._text(document.origin), "", answer, ""]
        for chapter in document.chapters:
            lines += self._chapter(chapter)
        return "\n".join(lines).rstrip() + "\n"

    def _chapter(self, chapter: Chapter) -> Iterator[str]:
        yield from (f"## {self._text(chapter.heading)}", "")
        for sentence in chapter.words:
            yield from (self._text(sentence), "")
        for block in chapter.blocks:
            yield from self._block(block)
        for chart in chapter.charts:
            if chart.id in self._drawn:
                title, caption = self._text(chart.title), self._text(chart.caption)
                yield from (f"![{title}]({self._charts}/{chart.id}.png)", "", caption, "")
        for name, told in chapter.named:
            yield f"- **{self._text(name)}**: {self._text(told)}"
        if chapter.named:
            yield ""
        if chapter.commands:
            yield from ("```sh", *map(self._text, chapter.commands), "```", "")

    def _block(self, block: Block) -> Iterator[str]:
        heading = self._text(block.heading)
        if block.folded:
            yield from ("<details>", f"<summary>{heading}</summary>", "")
        elif heading:
            yield from (f"### {heading}", "")
        yield from self._table(block.table, block.judged)
        yield ""
        for note in block.notes:
            yield from (self._text(note), "")
        if block.folded:
            yield from ("</details>", "")

    def _table(self, table: Table, judged: bool) -> Iterator[str]:
        yield self._line(table.headings)
        numbers = len(table.headings) if judged else table.text_columns
        yield "|" + "|".join("---" if place < numbers else "---:" for place in range(len(table.headings))) + "|"
        for row in table.rows:
            yield self._line(row)

    def _line(self, cells: tuple[Value, ...]) -> str:
        return "| " + " | ".join(_escaped(self._text(cell)) for cell in cells) + " |"


def _escaped(cell: str) -> str:
    """Text that markdown takes for nothing else."""
    for sign in "\\|*_<`":
        cell = cell.replace(sign, "\\" + sign)
    return cell.replace("\n", " ")
