"""The stock of cards month by month, as far as published figures speak of it: held, notices, revoked, by age.

Cards count as held from the hand-over; the model's stock begins at the issue. So what was published for a day is
compared with the stock of the day one time from issue to hand-over earlier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from calibration.card_history import ISSUE_TO_HANDOVER_DAYS
from calibration.figures import load_population
from scenarios.history import load_history
from sim.calendar import Calendar, days_of, first_day
from sim.parameters import Parameters
from sim.people.cohorts import BORN
from sim.people.diary import NOTICE_MONTHS
from sim.people.first_time import FirstTime
from sim.people.history import CardHistory
from sim.people.holders import Holders
from sim.people.outlook import expected_exchanges, expected_without_exchange, walk
from sim.plan import Plan
from sim.streams import Floats, Streams
from sim.timing import DAYS_A_MONTH
from sim.unknowns import Unknowns

HISTORY_ENDS = 2024 * 12 + 3
"""April 2024: from here on the stock follows the scenario's demand, not the rebuilt history, which was made from it."""


@dataclass(frozen=True)
class Outlook:
    """Months from January 2016 with, at their start, the stock and all cards issued before; and what falls in them.

    ``owners[month, birth year]`` are persons with a valid card; ``certificates`` expire while the card stays valid.
    ``applications`` are those expected; before April 2024 they are not the published ones.
    """

    months: Floats
    held: Floats
    issued: Floats
    notices: Floats
    expiring: Floats
    certificates: Floats
    applications: Floats
    owners: Floats
    lag_months: float
    """From issue to hand-over."""

    def held_on(self, day: date) -> float:
        """Cards handed over and valid at the close of a day."""
        return float(np.interp(self._issue_of(day), self.months, self.held))

    def gone_by(self, day: date) -> float:
        """Cards handed over since 2016 that are no longer valid at the close of a day."""
        return float(np.interp(self._issue_of(day), self.months, self.issued)) - self.held_on(day)

    def notices_of(self, year: int) -> float:
        """Expiry notices due in a fiscal year."""
        return float(self.notices[self._year(year)].sum())

    def applications_a_day(self, month: int) -> float:
        """Mean applications a day in a month number."""
        return float(self.applications[month - int(self.months[0])]) / len(days_of(month))

    def cards_expiring_in(self, year: int) -> float:
        """Cards that expire in a fiscal year."""
        return float(self.expiring[self._year(year)].sum())

    def holding_rate(self, day: date, youngest: int, oldest: int) -> float:
        """Per cent of residents of an age who hold a card; residents by age as of the end of 2022."""
        row = int(np.searchsorted(self.months, self._issue_of(day)))
        age = day.year - BORN
        wanted = (age >= youngest) & (age <= oldest)
        residents = load_population()[f"{youngest}-{oldest}"]
        return 100 * float(self.owners[row, wanted].sum()) / residents

    def _issue_of(self, day: date) -> float:
        return day.year * 12 + day.month - 1 + day.day / 31 - self.lag_months

    def _year(self, year: int) -> slice:
        first = year * 12 + 3 - int(self.months[0])
        return slice(first, first + 12)


def outlook(
    parameters: Parameters,
    end: date,
    streams: Streams | None = None,
    history: CardHistory | None = None,
    unknowns: Unknowns | None = None,
) -> Outlook:
    """Walk the holders to the month of ``end``.

    Args:
        parameters: of a scenario.
        end: the last day asked about.
        streams: to draw the uncertain values from; without them they are the middle.
        history: cards issued until April 2024; by default those of the project.
        unknowns: the joint distribution of what is not known; without it every value is drawn for itself.
    """
    history = history or _until_2024(load_history())
    end_month = end.year * 12 + end.month
    plan = Plan(
        parameters,
        streams or Streams(0, 0),
        Calendar(first_day(history.first_month), first_day(end_month)),
        chance_only=streams is None,
        unknowns=unknowns,
    )
    holders = Holders(plan, history, first_day(end_month))
    first_time = FirstTime(parameters, plan.at)
    opened, owners, applications = [], list[Floats](), list[float]()
    for number, month in walk(holders, plan, history, end_month):
        opened.append(month)
        asked = expected_without_exchange(holders, plan, first_time, number, month)
        applications.append(asked + expected_exchanges(holders, plan, first_time, number, month))
        owners.append(holders.cohorts.by_birth_year())
    return Outlook(
        months=np.arange(history.first_month, end_month, dtype=float),
        held=np.array([month.held for month in opened]),
        issued=_issued(plan, len(opened)),
        notices=np.array([month.notices for month in opened]),
        expiring=np.array([month.cards_expiring for month in opened]),
        certificates=np.array([month.certificates_expiring for month in opened]),
        applications=np.array(applications),
        owners=np.array(owners),
        lag_months=(ISSUE_TO_HANDOVER_DAYS + plan.value("holders.history_shift_days")) / DAYS_A_MONTH,
    )


def _issued(plan: Plan, months: int) -> Floats:
    """Cards issued before each of so many months, as far as the history goes; not a number afterwards."""
    monthly = load_history().drawn(plan.value("holders.history_position"), plan.value("holders.history_shift_days"))
    issued = np.concatenate([[0.0], np.cumsum(monthly.sum(axis=1))])
    return np.append(issued, np.full(months, np.nan))[:months]


def _until_2024(history: CardHistory) -> CardHistory:
    rows = HISTORY_ENDS - history.first_month
    return replace(history, cards=history.cards[:rows], low=history.low[:rows], high=history.high[:rows])


@dataclass(frozen=True)
class CohortNotices:
    """Notices of a fiscal year that go back to cards issued in another, because of cards or of certificates."""

    issued_year: int
    kind: str
    notices: float


def notices_by_cohort(parameters: Parameters, year: int) -> list[CohortNotices]:
    """Where the notices of a fiscal year come from, counted by omission.

    Without the cards issued in a fiscal year, and what was renewed of them, so many fewer notices are due.
    """
    end = date(year + 1, 6, 30)
    history = _until_2024(load_history())
    whole = _due(outlook(parameters, end), year)
    months = history.first_month + np.arange(len(history.cards))
    fiscal_years = (months - 3) // 12
    found = []
    for issued_year in np.unique(fiscal_years).tolist():
        kept = (fiscal_years != issued_year)[:, None]
        fewer = replace(history, cards=history.cards * kept, low=history.low * kept, high=history.high * kept)
        rest = _due(outlook(parameters, end, history=fewer), year)
        found += [
            CohortNotices(issued_year, kind, count)
            for kind, count in zip(("cards", "certificates"), (whole - rest).tolist(), strict=True)
            if count >= 1
        ]
    return found


def _due(found: Outlook, year: int) -> Floats:
    """Cards and certificates that expire three months after the notices of a fiscal year go out."""
    first = year * 12 + 3 + NOTICE_MONTHS - int(found.months[0])
    due = np.array([series[first : first + 12].sum() for series in (found.expiring, found.certificates)])
    return np.asarray(due)
