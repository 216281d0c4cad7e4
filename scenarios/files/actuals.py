"""The planner's own figures (実績): what a file of theirs states.

``scenarios.workbook.rules.read_actuals`` reads them from a workbook or a CSV file,
``scenarios.files.from_actuals.apply`` starts a scenario from them. They stay with the planner: a run's folder holds
what its charts draw and the scenario that was run, nothing else of the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from scenarios.workbook.columns import MONTHLY


@dataclass(frozen=True)
class Month:
    """The figures of a calendar month; ``None`` for what is not stated.

    ``month`` is its first day. Applications (申請), cards dispatched (発送) and handed over (交付), calls offered,
    contracted seats (席数) and notices posted (有効期限通知書) are whole numbers; ``answered_share`` (応答率) is
    answered over offered, 0 to 1.
    """

    month: date
    applications: int | None = None
    dispatched: int | None = None
    handed_over: int | None = None
    calls_resident: int | None = None
    answered_share_resident: float | None = None
    seats_resident: int | None = None
    calls_helpdesk: int | None = None
    answered_share_helpdesk: float | None = None
    seats_helpdesk: int | None = None
    notices: int | None = None


@dataclass(frozen=True)
class Actuals:
    """What a planner's file states.

    Attributes:
        file: name of the file, without its folder.
        as_of: last day of a month (基準日): the figures go up to it, and the work inside is that at its close.
        months: months with any figure, in order, none after ``as_of``; a series has no gap between its first and last.
        cards_in_plant: standard cards received and not dispatched at the close of ``as_of``.
        cards_at_municipalities: cards dispatched and not handed over at the close of ``as_of``.
        dispatched_so_far: all cards dispatched since January 2016, where those never collected are among the former.
    """

    file: str
    as_of: date
    months: tuple[Month, ...] = field(default=())
    cards_in_plant: int | None = None
    cards_at_municipalities: int | None = None
    dispatched_so_far: int | None = None

    def series(self, name: str) -> dict[date, Any]:
        """One figure by first day of month, such as ``applications``, for the months that state it."""
        values = ((row.month, getattr(row, name)) for row in self.months)
        return {month: value for month, value in values if value is not None}

    def as_named(self) -> dict[str, Any]:
        """How a run speaks of them: name of the file and as-of date."""
        return {"file": self.file, "as_of": self.as_of.isoformat()}

    def as_drawn(self) -> dict[str, Any]:
        """What charts need, as JSON: the monthly series, without the work inside."""
        months = [
            {"month": f"{row.month:%Y-%m}"}
            | {column.name: value for column in MONTHLY if (value := getattr(row, column.name)) is not None}
            for row in self.months
        ]
        return {**self.as_named(), "months": months}


def month_end(month: date) -> date:
    """The last day of the month of a day."""
    return next_month(month) - timedelta(days=1)


def next_month(month: date) -> date:
    """The first day of the month after that of a day."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)
