"""The targets of ``summary.json`` as typed rows, and what of each a report shows first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from reports import statistics
from scenarios.records import from_json
from scenarios.run.record import Summary
from scenarios.run.statistic import Row
from scenarios.run.words import alike
from sim.calendar import RUN

ORDER = {"fails": 0, "at_risk": 1, "undecided": 2, "holds": 3, "not_tested": 4}
"""The words of verdicts, the worst first."""


@dataclass(frozen=True)
class Headline:
    """What the first line says of a target: whether all fiscal years hold together, and which of them is the worst.

    ``decides``: the row of all fiscal years; of the run where a target has no years, of the worst year where a run says
    nothing of all together. ``breach``: the row with the first breach of the run, or None; ``month_breach``: share of
    replications in which some month of the run breaks; ``room``: the row that says up to what load
    every fiscal year meets the target, or None; ``years``: how many fiscal years there are; ``by_month``: the statistic
    that decides a month, where it is another than that of the fiscal year; ``alike``: no year is worse than another as
    far as is computed, and ``worst`` has the value of all of them.
    """

    decides: Row
    worst: Row
    breach: Row | None
    month_breach: float | None
    room: Row | None
    only_part: bool
    years: int = 1
    by_month: str | None = None
    alike: bool = False

    @property
    def verdict(self) -> str:
        """The verdict over all fiscal years."""
        return self.decides.verdict or "not_tested"

    @property
    def undecided(self) -> bool:
        """Whether there are too few replications to tell."""
        return self.verdict == "undecided"

    @property
    def several_years(self) -> bool:
        """Whether the verdict is that of several fiscal years together."""
        return self.decides.joint and self.years > 1

    @property
    def spare(self) -> float:
        """How many times the load that is forecast the target bears with 80 %; infinite without a margin."""
        return float("inf") if self.room is None or self.room.margin_80 is None else self.room.margin_80

    @property
    def tested(self) -> bool:
        """Whether the run had a load that the target could be judged by."""
        return self.verdict != "not_tested"

    @property
    def short_of(self) -> str | None:
        """What was short where years were missed; else in the worst year, else at the first breach."""
        return self.decides.short_of or self.worst.short_of or (self.breach.short_of if self.breach else None)

    def met(self, replications: int) -> int | None:
        """In how many replications the target was met in every fiscal year; None where the probability is computed."""
        share = self.decides.probability
        return None if share is None or self.decides.computed else round(share * replications)


def rows(summary: Summary) -> list[Row]:
    """Every row of the summary's targets, in its order; keys of later versions are left aside."""
    return from_json(list[Row], summary.targets)


def deciding(all_rows: Iterable[Row]) -> list[Row]:
    """The deciding rows by fiscal year, in order; the row of the whole run where a target has no years."""
    return [row for group in _groups(all_rows).values() for row in _years(group)]


def deciding_months(all_rows: Iterable[Row]) -> list[Row]:
    """The deciding rows by month."""
    return [row for row in all_rows if row.decides and row.monthly]


def informing(all_rows: Iterable[Row]) -> list[Row]:
    """The rows that inform and do not decide, months left out."""
    return [row for row in all_rows if not row.decides and not row.monthly]


def headlines(summary: Summary) -> list[Headline]:
    """One headline a target and part, in the order of the summary."""
    found = rows(summary)
    groups, months = _groups(found), {(row.id, row.part): row.statistic for row in deciding_months(found)}
    parts = [target for target, _part in groups]
    return [_headline(group, parts.count(key[0]) == 1, months.get(key)) for key, group in groups.items()]


def _groups(all_rows: Iterable[Row]) -> dict[tuple[str, str | None], list[Row]]:
    groups: dict[tuple[str, str | None], list[Row]] = {}
    for row in all_rows:
        if row.decides and not row.monthly:
            groups.setdefault((row.id, row.part), []).append(row)
    return groups


def _years(group: list[Row]) -> list[Row]:
    return [row for row in group if row.yearly] or [row for row in group if not row.joint]


def _headline(group: list[Row], only_part: bool, by_month: str | None) -> Headline:
    years, run = _years(group), [row for row in group if row.period == RUN]
    same = _alike(years)
    worst = _of_all(years, run) if same else min(years, key=_badness)
    chances = [row.monthly_breach_probability for row in run or years if row.monthly_breach_probability is not None]
    return Headline(
        decides=next((row for row in group if row.joint), worst),
        worst=worst,
        breach=_earliest_breach(run) or _earliest_breach(years),
        month_breach=max(chances, default=None),
        room=next((row for row in sorted(group, key=_joint_first) if row.margin_80 is not None), None),
        only_part=only_part,
        years=len(years),
        by_month=None if by_month == worst.statistic else by_month,
        alike=same,
    )


def _alike(years: Sequence[Row]) -> bool:
    """Whether the probabilities of the years are computed, and so close that none of them is the worst."""
    chances = [row.probability for row in years if row.computed and row.probability is not None]
    return len(chances) == len(years) and alike(chances)


def _of_all(years: Sequence[Row], run: Sequence[Row]) -> Row:
    """What years that are alike are together: the row of the run, or the first with the mean of all."""
    if run:
        return run[0]
    values = [row.value for row in years if row.value is not None]
    return replace(years[0], value=fmean(values) if values else None, low=None, high=None)


def _badness(row: Row) -> tuple[float, float, float, float]:
    verdict = ORDER.get(row.verdict or "not_tested", len(ORDER))
    probability = 1.0 if row.probability is None else row.probability
    value = 0.0 if row.value is None else row.value
    sign = -1.0 if statistics.less_is_better(row.statistic) else 1.0
    return verdict, probability, sign * value, row.margin_80 or float("inf")


def _joint_first(row: Row) -> bool:
    return not row.joint


def _earliest_breach(group: list[Row]) -> Row | None:
    breaches = [row for row in group if row.first_breach]
    return min(breaches, key=lambda row: row.first_breach or "", default=None)
