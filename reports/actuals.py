"""The planner's own figures (実績) in a run: the series to draw, and what may be said of them.

Their values stand on charts and nowhere else: tables and texts name the file and the as-of date.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reports import formats, values
from reports.catalogue import Catalogue
from reports.document import Wording
from reports.run_data import RunData
from reports.series import Numbers
from scenarios.workbook.columns import MONTHLY

APPLICATIONS, RESTATED = "demand.actual", "opening.restated"
_NAMES = {APPLICATIONS: "applications", RESTATED: "restated"}


def monthly(data: RunData, name: str) -> Numbers:
    """A figure such as ``applications`` for each reported month; NaN where none is stated."""
    rows = data.actuals["months"] if data.actuals else ()
    stated = {row["month"]: row[name] for row in rows if name in row}
    return np.array([stated.get(month, np.nan) for month in data.months], dtype=np.float64)


def seats_known(data: RunData, centre: str) -> NDArray[np.bool_]:
    """The reported months in which a centre's seats are stated ones, or the last stated ones that hold on."""
    known = np.isfinite(monthly(data, f"seats_{centre}"))
    for told in (data.run.get("actuals") or {}).get("afterwards", ()):
        if told["path"] == f"contact.{centre}.seats":
            last, until = told["last"], told["until"]
            known |= [last < month and (until is None or f"{month}-01" < until) for month in data.months]
    return known


def used(cat: Catalogue, run: Mapping[str, Any]) -> str:
    """That a run starts from actual figures, of which file, up to when, and what comes after; empty where not."""
    if not run.get("actuals"):
        return ""
    after = [_afterwards(cat, told) for told in run["actuals"].get("afterwards", ())]
    said = [cat.text("actuals.used", **_named(cat, run)), *after, *narrowed(cat, run)]
    return cat.text("format.between_sentences").join(said)


def narrowed(cat: Catalogue, run: Mapping[str, Any]) -> list[str]:
    """How far figures that came narrowed what is not known, and whether to trust that; nothing where they did not."""
    told = run.get("narrowed")
    if not told:
        return []
    said = cat.text(
        "actuals.narrowed",
        pilots=told["pilots"],
        effective=formats.number(told["effective"], 1),
        what=cat.join(values.text(cat, heading(name)) for name in told["figures"]),
    )
    trust = "" if told["word"] == "trusted" else cat.text(f"actuals.narrowed_{told['word']}")
    flat = cat.text("actuals.narrowed_flat", left=formats.number(told["left"], 0)) if told["power"] < 1 else ""
    outside = cat.text("actuals.narrowed_outside", count=len(told["outside"])) if told["outside"] else ""
    return [sentence for sentence in (said, trust, flat, outside) if sentence]


def heading(name: str) -> Wording:
    """A figure as the planner's file calls it."""
    column = next(column for column in MONTHLY if column.name == name)
    return Wording({"en": column.en, "ja": column.ja})


def _afterwards(cat: Catalogue, told: Mapping[str, Any]) -> str:
    """What a run takes for a series after its last stated month."""
    named = {"what": cat.text(f"actuals.what.{_name(told['path'])}"), "month": formats.month(cat, told["last"])}
    if told["then"] == "held" and told["until"]:
        return cat.text("actuals.after.held_until", day=formats.day(cat, date.fromisoformat(told["until"])), **named)
    return cat.text(f"actuals.after.{told['then']}", **named)


def replaced(cat: Catalogue, run: Mapping[str, Any]) -> str:
    """Which values of the scenario actual figures replaced, without the figures; empty where they replaced none."""
    if not run.get("actuals") or not run.get("replaced"):
        return ""
    what = cat.join(cat.text(f"actuals.what.{_name(path)}") for path in run["replaced"])
    return cat.text("actuals.replaced", what=what, **_named(cat, run))


def listed(cat: Catalogue, data: RunData, path: str, value: Any) -> tuple[str, Any]:
    """What may be listed of the value at a path: words in place of actual figures, and what is left of the value.

    Empty words where no actual figure is in it; ``None`` is left where nothing else is.
    """
    if not data.actuals or path not in data.run.get("replaced", ()):
        return "", value
    words = cat.text("actuals.value", file=data.actuals["file"])
    if path in _NAMES:
        return words, None
    stated = {f"{row['month']}-01" for row in data.actuals["months"] if _name(path) in row}
    return words, [step for step in value if step["from"].isoformat() not in stated] or None


def _named(cat: Catalogue, run: Mapping[str, Any]) -> dict[str, str]:
    """File and as-of date in words."""
    told = run["actuals"]
    return {"file": told["file"], "as_of": formats.day(cat, date.fromisoformat(told["as_of"]))}


def _name(path: str) -> str:
    """The figure behind a path: ``seats_resident`` for ``contact.resident.seats``."""
    return _NAMES.get(path) or f"seats_{path.split('.')[1]}"
