"""The table of daily.parquet's columns in docs/formats.md: ``python tests/unit/columns_of_docs.py`` makes it anew."""

from pathlib import Path

from sim.parts import FACTS

FORMATS = Path(__file__).parents[2] / "docs" / "formats.md"
_HEAD = "| column | unit | meaning |\n|---|---|---|\n"


def columns():
    """A line for each fact."""
    stock = {name: " (stock)" if fact.stock else "" for name, fact in FACTS.items()}
    return "".join(f"| `{f.name}` | {f.unit} | {f.meaning}{stock[f.name]} |\n" for f in FACTS.values())


def with_columns(document):
    """The document with the table as the facts are declared."""
    before, head, rest = document.partition(_HEAD)
    return before + head + columns() + rest[rest.index("\n\n") + 1 :]


if __name__ == "__main__":
    FORMATS.write_text(with_columns(FORMATS.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
