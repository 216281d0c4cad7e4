"""The planner's own figures (実績) in a run: the series to draw, and what may be said of them.

Their values stand on charts and nowhere else: tables and texts name the file and the as-of date.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reports.document import InLanguages, Joined, Number, Period, Value, listing, say, sentences, up_to
from scenarios.run.record import Afterwards, Held, Narrowing, Run
from scenarios.update.likelihood import Outside
from scenarios.workbook.columns import MONTHLY

if TYPE_CHECKING:  # what is named needs no tables
    from reports.run_data import RunData
    from reports.series import Numbers

APPLICATIONS, RESTATED = "demand.actual", "opening.restated"
_NAMES = {APPLICATIONS: "applications", RESTATED: "restated"}


NAMED = 3
"""So many months that nothing simulated comes near are named."""


def monthly(data: RunData, name: str) -> Numbers:
    """A figure such as ``applications`` for each reported month; NaN where none is stated."""
    rows = data.actuals["months"] if data.actuals else ()
    stated = {row["month"]: row[name] for row in rows if name in row}
    return np.array([stated.get(month, np.nan) for month in data.months], dtype=np.float64)


def seats_known(data: RunData, centre: str) -> NDArray[np.bool_]:
    """The reported months in which a centre's seats are stated ones, or the last stated ones that hold on."""
    known = np.isfinite(monthly(data, f"seats_{centre}"))
    for told in data.run.actuals.afterwards if data.run.actuals else ():
        if isinstance(told, Held) and told.path == f"contact.{centre}.seats":
            last, until = told.last, told.until.isoformat() if told.until else None
            known |= [last < month and (until is None or f"{month}-01" < until) for month in data.months]
    return known


def used(run: Run) -> Value:
    """That a run starts from actual figures, of which file, up to when, and what comes after; empty where not."""
    if not run.actuals:
        return ""
    after = (_afterwards(told) for told in run.actuals.afterwards)
    return sentences(say("actuals.used", **_named(run)), *after, *narrowed(run))


def narrowed(run: Run) -> tuple[Value, ...]:
    """How far figures that came narrowed what is not known, and whether to trust that; nothing where they did not."""
    told = run.narrowed
    if not told:
        return ()
    said = say(
        "actuals.narrowed",
        draws=Number(told.draws),
        pilots=told.pilots,
        effective=Number(told.effective, decimals=1),
        what=Joined(tuple(heading(name) for name in told.figures)),
    )
    trust = "" if told.word == "trusted" else say(f"actuals.narrowed_{told.word}")
    flat = say("actuals.narrowed_flat", left=Number(told.left)) if told.power < 1 else ""
    outside = say("actuals.narrowed_outside", count=len(told.outside), items=_months(told)) if told.outside else ""
    return tuple(sentence for sentence in (said, trust, flat, outside) if sentence)


def _months(told: Narrowing) -> Value:
    """The months that no draw comes near, as far as they are named, without their values."""
    named = [
        say("format.beside", first=heading(one.figure), second=Period(one.month)) for one in furthest(told.outside)
    ]
    return listing(up_to(NAMED, named, "actuals.outside_more", "count"))


def furthest(outside: Iterable[Outside]) -> list[Outside]:
    """Months that nothing simulated comes near, the furthest first."""
    return sorted(outside, key=lambda told: -told.deviations)


def heading(name: str) -> InLanguages:
    """A figure as the planner's file calls it."""
    column = next(column for column in MONTHLY if column.name == name)
    return InLanguages(column.en, column.ja)


def _afterwards(told: Afterwards) -> Value:
    """What a run takes for a series after its last stated month."""
    named: dict[str, Value] = {"what": say(f"actuals.what.{_name(told.path)}"), "month": Period(told.last)}
    if isinstance(told, Held) and told.until:
        return say("actuals.after.held_until", day=told.until, **named)
    return say(f"actuals.after.{told.then}", **named)


def replaced(run: Run) -> Value:
    """Which values of the scenario actual figures replaced, without the figures; empty where they replaced none."""
    if not run.actuals or not run.replaced:
        return ""
    what = Joined(tuple(say(f"actuals.what.{_name(path)}") for path in run.replaced))
    return say("actuals.replaced", what=what, **_named(run))


def listed(data: RunData, path: str, value: Any) -> tuple[Value, Any]:
    """What may be listed of the value at a path: words in place of actual figures, and what is left of the value.

    Empty words where no actual figure is in it; ``None`` is left where nothing else is.
    """
    if not data.actuals or path not in data.run.replaced:
        return "", value
    words = say("actuals.value", file=data.actuals["file"])
    if path in _NAMES:
        return words, None
    stated = {f"{row['month']}-01" for row in data.actuals["months"] if _name(path) in row}
    return words, [step for step in value if step["from"].isoformat() not in stated] or None


def _named(run: Run) -> dict[str, Value]:
    """File and as-of date in words."""
    assert run.actuals is not None
    return {"file": run.actuals.file, "as_of": run.actuals.as_of}


def _name(path: str) -> str:
    """The figure behind a path: ``seats_resident`` for ``contact.resident.seats``."""
    return _NAMES.get(path) or f"seats_{path.split('.')[1]}"
