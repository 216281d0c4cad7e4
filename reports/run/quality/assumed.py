"""The assumption log: how many values there are of each kind and grade, section by section."""

from __future__ import annotations

from reports import parameter_texts
from reports.document import Name, Table, Value, headings, say
from reports.run.quality.counted import Counted

_KINDS = "published", "computed", "assumption"
_GRADES = "good", "fair", "poor"


def table(counted: Counted) -> Table:
    """A line a section, and one of all."""
    own = counted.count() < len(counted.known)
    rows = [(Name("section", name), *_counts(counted, name, own)) for name in counted.sections]
    columns = ("section", "values", "uncertain", *_KINDS, *(("own",) if own else ()), *_GRADES, "high")
    total = (say("assumption_log.all"), *_counts(counted, "", own))
    return Table(headings("assumption_log", *columns), (*rows, total))


def _counts(counted: Counted, section: str, own: bool) -> tuple[Value, ...]:
    inside = [path for path in counted.known if section in ("", parameter_texts.section(path))]
    return (
        len(inside),
        sum(path in counted.uncertain for path in inside),
        *(counted.count(section, kind=kind) for kind in _KINDS),
        *((len(inside) - counted.count(section),) if own else ()),
        *(counted.count(section, grade=grade) for grade in _GRADES),
        counted.count(section, matters="high"),
    )


def notes(counted: Counted) -> tuple[Value, ...]:
    """What of it deserves a look, and where the values stand."""
    return (say("assumption_log.open", count=len(counted.open)),)
