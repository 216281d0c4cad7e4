"""A validation page as markdown: the same words and tables as the page, charts linked beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.agreement.document import Block, Document, Part
from reports.catalogue import Catalogue
from reports.document import Table


def markdown(cat: Catalogue, page: Document, charts: str) -> str:
    """The page as text; ``charts`` is the folder of the PNG files, relative to where the text is written."""
    lines = [f"# {page.title}", "", page.origin, "", cat.text("format.between_sentences").join(page.answer), ""]
    for part in page.parts:
        lines += _part(cat, part, charts)
    return "\n".join(lines).rstrip() + "\n"


def _part(cat: Catalogue, part: Part, charts: str) -> Iterator[str]:
    yield from (f"## {part.heading}", "")
    for sentence in part.words:
        yield from (sentence, "")
    for block in part.blocks:
        yield from _block(block)
    for picture in part.pictures:
        yield from (f"![{picture.title}]({charts}/{picture.id}.png)", "", picture.caption, "")
    for name, text in part.named:
        yield f"- **{name}**: {text}"
    if part.named:
        yield ""
    if part.commands:
        yield from ("```sh", *part.commands, "```", "")


def _block(block: Block) -> Iterator[str]:
    if block.folded:
        yield from ("<details>", f"<summary>{block.heading}</summary>", "")
    elif block.heading:
        yield from (f"### {block.heading}", "")
    yield from _table(block.table, block.judged)
    yield ""
    for note in block.notes:
        yield from (note, "")
    if block.folded:
        yield from ("</details>", "")


def _table(table: Table, judged: bool) -> Iterator[str]:
    yield _line(table.headings)
    numbers = len(table.headings) if judged else table.text_columns
    yield "|" + "|".join("---" if place < numbers else "---:" for place in range(len(table.headings))) + "|"
    for row in table.rows:
        yield _line(row)


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(_escaped(str(cell)) for cell in cells) + " |"


def _escaped(cell: str) -> str:
    """Text that markdown takes for nothing else."""
    for sign in "\\|*_<`":
        cell = cell.replace(sign, "\\" + sign)
    return cell.replace("\n", " ")
