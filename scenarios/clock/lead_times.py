"""How long before it works a resource must be asked for, and the last date to act that follows.

For a resource to work on a day, its purchase starts by its lead time earlier: procurement, hiring, training, one after
the other. Where the money must be in the budget request (概算要求), that is due at the end of the summer before the
fiscal year in which the purchase starts, as a year's contracts are paid from its own money (予算単年度主義); it is then
the last date to act.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated

from pydantic import Field

from scenarios.entries.layout import LEAD_TIMES
from scenarios.entries.read import read_source
from scenarios.entries.rules import checked, short
from scenarios.entries.source import Source, together
from scenarios.errors import Mistake, UserError, nearest
from scenarios.limits import shown_name
from scenarios.resources import RESOURCES
from sim.calendar import fiscal_year
from sim.fields import YesNo, month_and_day
from sim.message import Message
from sim.schedule import Frozen

SHIPPED = Path(str(resources.files("scenarios"))) / "figures" / "lead-times.toml"
"""The assumed lead times that come with the program."""
_DUE = "request_due"
Months = Annotated[int, Field(strict=True, ge=0, le=120)]


class LeadTime(Frozen):
    """Whole months from the start of a purchase until the resource works, and how it is paid."""

    procurement_months: Months
    hiring_months: Months
    training_months: Months
    in_request: YesNo
    assumed: YesNo = True
    why: str = ""

    @property
    def months(self) -> int:
        """All of them, one after the other."""
        return self.procurement_months + self.hiring_months + self.training_months


@dataclass(frozen=True)
class LeadTimes:
    """The lead time of each resource, the last month and day of a budget request, and the text they were read from."""

    entries: Mapping[str, LeadTime]
    request_due: tuple[int, int]
    text: str

    def mending(self, target: str) -> list[str]:
        """The resources that can mend a target, given with its part, quickest first."""
        own = [path for path in self.entries if target in RESOURCES[path].targets]
        return sorted(own, key=lambda path: self.entries[path].months)

    def start_by(self, path: str, needed: date) -> date:
        """The day on which the purchase must start for the resource to work on a day."""
        return months_before(needed, self.entries[path].months)

    def request_by(self, path: str, needed: date) -> date | None:
        """The day on which the money must be in the request; None where it need not."""
        if not self.entries[path].in_request:
            return None
        return date(fiscal_year(self.start_by(path, needed)) - 1, *self.request_due)

    def last_date(self, path: str, needed: date) -> date:
        """The last date to act."""
        return self.request_by(path, needed) or self.start_by(path, needed)


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months before, or that month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def load_lead_times(path: Path | None = None) -> LeadTimes:
    """The assumed lead times, with the planner's own entries in place of theirs.

    Raises:
        UserError: with all that is wrong in the planner's file, each with its line.
    """
    shipped = _shipped()
    if path is None:
        return shipped
    own = _read(path)
    return LeadTimes({**shipped.entries, **own.entries}, own.request_due, own.text)


@cache
def _shipped() -> LeadTimes:
    return _read(SHIPPED)


def _read(path: Path) -> LeadTimes:
    source = read_source(path, LEAD_TIMES)
    entries: dict[str, LeadTime] = {}
    mistakes: list[Mistake] = []
    due = _due(source, mistakes)
    for name, table in source.entries.items():
        if name not in RESOURCES:
            rule = Message(
                "{name}   is no resource{near}", name=shown_name(name), near=nearest(name, [*RESOURCES, _DUE])
            )
            mistakes.append(source.mistake(rule, name))
        elif not isinstance(table, dict):
            told = {"name": shown_name(name), "value": short(table)}
            rule = Message(
                "{name} = {value}   must be a table: [{name}], with procurement_months and the rest below", **told
            )
            mistakes.append(source.mistake(rule, name))
        elif isinstance(found := checked(source, name, table, LeadTime), LeadTime):
            entries[name] = found
        else:
            mistakes += found
    if mistakes:
        raise UserError(path.name, together(mistakes))
    return LeadTimes(entries, due, source.text)


def _due(source: Source, mistakes: list[Mistake]) -> tuple[int, int]:
    """Month and day, not in a leap year alone: a request is due in any year."""
    value = source.head.get(_DUE, "08-31")
    try:
        day = date(2001, *month_and_day(value))
    except ValueError:
        told = {"key": _DUE, "value": short(value)}
        rule = Message('{key} = {value}   must be a month and day such as "08-31"', **told)
        mistakes.append(source.mistake(rule, _DUE))
        return 8, 31
    return day.month, day.day
