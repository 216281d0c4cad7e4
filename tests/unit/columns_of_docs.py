"""The tables of docs/formats.md that the code declares: ``python tests/unit/columns_of_docs.py`` makes them anew.

That of daily.parquet's columns is made of the facts. That of a JSON file's keys stands below a comment that names the
record's class, and is made of the docstrings below its fields.
"""

import ast
import re
from importlib import import_module
from inspect import getsource
from pathlib import Path
from textwrap import dedent

from sim.parts import FACTS

FORMATS = Path(__file__).parents[2] / "docs" / "formats.md"
_HEAD = "| column | unit | meaning |\n|---|---|---|\n"
_RECORD = re.compile(r"(?<=<!-- )([\w.]+)\.(\w+)( -->\n)(?:\|.*\n)*")


def columns():
    """A line for each fact."""
    stock = {name: " (stock)" if fact.stock else "" for name, fact in FACTS.items()}
    return "".join(f"| `{f.name}` | {f.unit} | {f.meaning}{stock[f.name]} |\n" for f in FACTS.values())


def keys(record):
    """The table of a record: a line for each docstring below a field, with all the fields since the one before.

    A field whose keys stand among the record's own has no name there.
    """
    lines, names = "| key | meaning |\n|---|---|\n", []
    for node in (node for kind in reversed(record.__mro__[:-1]) for node in _body(kind)):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if name.islower():  # no constant of the class
                names.append("…" if value and "AMONG" in ast.unparse(value) else f"`{name.rstrip('_')}`")
            case ast.Expr(value=ast.Constant(value=str(meaning))) if names:
                lines += f"| {', '.join(names)} | {' '.join(meaning.split())} |\n"
                names = []
    if names:
        raise ValueError(f"{record.__name__} says nothing of {', '.join(names)}")
    return lines


def _body(kind):
    return ast.parse(dedent(getsource(kind))).body[0].body


def records(document):
    """The records that have a table in the document."""
    return [getattr(import_module(module), name) for module, name, _ in _RECORD.findall(document)]


def with_columns(document):
    """The document with its tables as facts and records are declared."""
    before, head, rest = document.partition(_HEAD)
    document = before + head + columns() + rest[rest.index("\n\n") + 1 :]
    return _RECORD.sub(lambda found: f"{found[1]}.{found[2]}{found[3]}{keys(_class(*found.groups()))}", document)


def _class(module, name, _=""):
    return getattr(import_module(module), name)


if __name__ == "__main__":
    FORMATS.write_text(with_columns(FORMATS.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
