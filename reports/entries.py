"""Hours, rosters, windows and dated stops of a scenario as a planner reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from reports import formats
from reports.catalogue import Catalogue
from sim.hours import DAY_KINDS

_WEEKDAYS = DAY_KINDS[:7]


def entry(cat: Catalogue, value: Mapping[str, Any]) -> str | None:
    """The entry in words, such as ``Mon-Fri 08:30-09:30: 80 %``; None for what is no such entry."""
    if {"days", "from", "to"} <= set(value) <= {"days", "from", "to", "share"}:
        return _hours(cat, value)
    if {"system", "day", "from", "hours"} <= set(value):
        return _stop(cat, value)
    if set(value) == {"from", "to"}:
        return formats.between(cat, moment(cat, value["from"]), moment(cat, value["to"]))
    return None


def days(cat: Catalogue, kinds: Sequence[str]) -> str:
    """Kinds of days, neighbours joined: ``Mon-Fri, holidays``."""
    if set(kinds) == set(DAY_KINDS):
        return cat.text("day_kind.every")
    places = sorted(_WEEKDAYS.index(kind) for kind in set(kinds) & set(_WEEKDAYS))
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    shown = [text for run in runs for text in _run(cat, run)]
    others = [cat.name("day_kind", kind) for kind in kinds if kind not in _WEEKDAYS]
    return cat.join([*shown, *others])


def _run(cat: Catalogue, run: list[int]) -> list[str]:
    names = [cat.name("day_kind", _WEEKDAYS[place]) for place in run]
    return names if len(names) < 3 else [cat.text("day_kind.span", first=names[0], last=names[-1])]


def _hours(cat: Catalogue, value: Mapping[str, Any]) -> str:
    text = cat.text("format.hours_of_days", days=days(cat, value["days"]), start=value["from"], end=value["to"])
    if "share" not in value:
        return text
    return cat.text("format.hours_share", hours=text, share=_share(cat, value["share"]))


def _share(cat: Catalogue, share: float) -> str:
    return cat.text("format.percent", number=f"{100 * share:.10g}")


def _stop(cat: Catalogue, value: Mapping[str, Any]) -> str:
    system = cat.name("part", str(value["system"]))
    shown = {"date": moment(cat, value["day"]), "start": value["from"], "hours": formats.plain(value["hours"])}
    text = cat.text("format.stop", system=system, **shown)
    if "working_share" not in value:
        return text
    if not value["working_share"]:
        return cat.text("format.stop_down", stop=text)
    return cat.text("format.stop_slow", stop=text, share=_share(cat, value["working_share"]))


def moment(cat: Catalogue, value: Any) -> str:
    """A date, or a day of every year, as a scenario file or ``run.json`` writes it."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        value = date.fromisoformat(value)
    if isinstance(value, str) and re.fullmatch(r"\d\d-\d\d", value):
        value = tuple(int(part) for part in value.split("-"))
    if isinstance(value, date):
        return formats.day(cat, value)
    if isinstance(value, list | tuple) and len(value) == 2:
        return cat.text("format.month_day", month=int(value[0]), day=int(value[1]))
    return str(value)
