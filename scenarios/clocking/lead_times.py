"""How long before it works a resource must be asked for, and the last date to act that follows.

For a resource to work on a day, its purchase starts by its lead time earlier: procurement, hiring, training, one after
the other. Where the money must be in the budget request (概算要求), that is due at the end of the summer before the
fiscal year in which the purchase starts, as a year's contracts are paid from its own money (予算単年度主義); it is then
the last date to act.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from scenarios.errors import Mistake, Place, UserError, nearest
from scenarios.resources import RESOURCES
from scenarios.toml_file import read_toml
from sim.calendar import fiscal_year
from sim.fields import YesNo
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

    def quickest(self, target: str) -> str | None:
        """The first of them; None where no resource mends the target."""
        return next(iter(self.mending(target)), None)

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
    """The first day of the month so many months before that of a day."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def load_lead_times(path: Path | None = None) -> LeadTimes:
    """The assumed lead times, with the planner's own entries in place of theirs.

    Raises:
        UserError: with all that is wrong in the planner's file, each with its line.
    """
    shipped = _read(SHIPPED)
    if path is None:
        return shipped
    own = _read(path)
    return LeadTimes({**shipped.entries, **own.entries}, own.request_due, own.text)


def _read(path: Path) -> LeadTimes:
    data, lines = read_toml(path)
    places = {key: Place(path.name, line) for key, line in lines.items()}
    entries: dict[str, LeadTime] = {}
    mistakes: list[Mistake] = []
    due = _due(data.pop(_DUE, "08-31"), places.get(_DUE), mistakes)
    for name, table in _tables(data):
        if name not in RESOURCES:
            message = f"{name}   is no resource{nearest(name, [*RESOURCES, _DUE])}"
            mistakes.append(Mistake(message, places.get(name)))
        elif not isinstance(table, dict):
            message = f"{name} = {table!r}   must be a table: [{name}], with procurement_months and the rest below"
            mistakes.append(Mistake(message, places.get(name)))
        else:
            try:
                entries[name] = LeadTime.model_validate(table)
            except ValidationError as error:
                mistakes += [_mistake(name, detail, places) for detail in error.errors()]
    if mistakes:
        raise UserError(path.name, mistakes)
    return LeadTimes(entries, due, path.read_text(encoding="utf-8-sig"))


def _due(value: Any, place: Place | None, mistakes: list[Mistake]) -> tuple[int, int]:
    """Month and day, not in a leap year alone: a request is due in any year."""
    try:
        day = date.fromisoformat(f"2001-{value}")
    except ValueError:
        mistakes.append(Mistake(f'{_DUE} = {value!r}   must be a month and day such as "08-31"', place))
        return 8, 31
    return day.month, day.day


def _tables(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Tables by their name; a table that holds nothing but tables is part of a name."""
    for key, value in data.items():
        if isinstance(value, dict) and value and all(isinstance(inner, dict) for inner in value.values()):
            yield from _tables(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _mistake(name: str, detail: Any, places: Mapping[str, Place]) -> Mistake:
    field = ".".join(str(step) for step in detail["loc"])
    path = f"{name}.{field}"
    place = places.get(path) or places.get(name)
    if detail["type"] == "extra_forbidden":
        return Mistake(f"{path}   unknown field{nearest(field, LeadTime.model_fields)}", place)
    if detail["type"] == "missing":
        return Mistake(f"{path}   is missing", place)
    message = detail["msg"].replace("Input should be", "must be")
    return Mistake(f"{path} = {detail['input']!r}   {message[:1].lower()}{message[1:]}", place)
