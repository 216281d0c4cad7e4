"""Hours, rosters, windows and dated stops of a scenario as a planner reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from reports.document import Joined, Name, Number, Value, say
from sim.hours import DAY_KINDS

_WEEKDAYS = DAY_KINDS[:7]


def entry(value: Mapping[str, Any]) -> Value:
    """The entry in words, such as ``Mon-Fri 08:30-09:30: 80 %``; None for what is no such entry."""
    if {"days", "from", "to"} <= set(value) <= {"days", "from", "to", "share"}:
        return _hours(value)
    if {"hits", "day", "from", "hours", "lost"} == set(value):
        return _disruption(value)
    if {"system", "months", "nth", "weekday", "from", "hours"} == set(value):
        return _drill(value)
    if {"system", "day", "from", "hours"} <= set(value):
        return _stop(value)
    if set(value) == {"from", "to"}:
        return say("format.range", low=moment(value["from"]), high=moment(value["to"]))
    return None


def days(kinds: Sequence[str]) -> Value:
    """Kinds of days, neighbours joined: ``Mon-Fri, holidays``."""
    if set(kinds) == set(DAY_KINDS):
        return say("day_kind.every")
    places = sorted(_WEEKDAYS.index(kind) for kind in set(kinds) & set(_WEEKDAYS))
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    shown = [text for run in runs for text in _run(run)]
    others = [Name("day_kind", kind) for kind in kinds if kind not in _WEEKDAYS]
    return Joined((*shown, *others))


def _run(run: list[int]) -> list[Value]:
    names: list[Value] = [Name("day_kind", _WEEKDAYS[place]) for place in run]
    return names if len(names) < 3 else [say("day_kind.span", first=names[0], last=names[-1])]


def _hours(value: Mapping[str, Any]) -> Value:
    text = say("format.hours_of_days", days=days(value["days"]), start=str(value["from"]), end=str(value["to"]))
    if "share" not in value:
        return text
    return say("format.hours_share", hours=text, share=_share(value["share"]))


def _share(share: float) -> Value:
    return Number(share, "share_exact")


def _stop(value: Mapping[str, Any]) -> Value:
    system = Name("part", str(value["system"]))
    shown = {"date": moment(value["day"]), "start": str(value["from"]), "hours": Number(value["hours"], "plain")}
    text = say("format.stop", system=system, **shown)
    if "working_share" not in value:
        return text
    if not value["working_share"]:
        return say("format.stop_down", stop=text)
    return say("format.stop_slow", stop=text, share=_share(value["working_share"]))


def _disruption(value: Mapping[str, Any]) -> Value:
    shown = {"what": Name("hit", str(value["hits"])), "date": moment(value["day"]), "start": str(value["from"])}
    return say("format.disruption", **shown, hours=_length(value["hours"]), share=_share(value["lost"]))


def _length(hours: Any) -> Value:
    """Hours as a number, or as a range with its middle left out."""
    if not isinstance(hours, Mapping):
        return Number(hours, "plain")
    low, high = (Number(hours.get(bound, hours["value"]), "plain") for bound in ("low", "high"))
    return say("format.range", low=low, high=high)


def _drill(value: Mapping[str, Any]) -> Value:
    system, weekday = Name("part", str(value["system"])), Name("day_kind", str(value["weekday"]))
    months = Joined(tuple(Number(month, "plain") for month in value["months"]))
    nth, hours = Number(value["nth"], "plain"), Number(value["hours"], "plain")
    start = str(value["from"])
    return say("format.drill", system=system, weekday=weekday, months=months, nth=nth, start=start, hours=hours)


def moment(value: Any) -> Value:
    """A date, or a day of every year, as a scenario file or ``run.json`` writes it."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        value = date.fromisoformat(value)
    if isinstance(value, str) and re.fullmatch(r"\d\d-\d\d", value):
        value = tuple(int(part) for part in value.split("-"))
    if isinstance(value, date):
        return value
    if isinstance(value, list | tuple) and len(value) == 2:
        return say("format.month_day", month=int(value[0]), day=int(value[1]))
    return str(value)
