"""All fiscal years together: a replication meets a target in every year, or misses it in some.

Ten years that are each met with 95 % may be met together with 60 %, or with 95 %: years of one replication share what
is not known. So the probability over the years is counted replication by replication, and its word does not follow from
those of the years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scenarios.run.statistic import EVERY_YEAR
from sim.targets import Statistic, measure


def with_every_year(said: Sequence[Statistic]) -> list[Statistic]:
    """The statistics of a replication and, behind them, one a target and part for all its fiscal years.

    Its value is that of the worst year. It is met where no tested year is missed, and None where none was tested.
    """
    groups: dict[tuple[str, str | None], list[Statistic]] = {}
    for one in said:
        if one.decides and one.period.yearly:
            groups.setdefault((one.target, one.part), []).append(one)
    return [*said, *(_together(years) for years in groups.values())]


def _together(years: Sequence[Statistic]) -> Statistic:
    tested = [year for year in years if year.value is not None]
    if not tested:
        return replace(years[0], period=EVERY_YEAR)
    return replace(min(tested, key=_merit), period=EVERY_YEAR, met=all(year.met for year in tested))


def _merit(year: Statistic) -> float:
    value = 0.0 if year.value is None else year.value
    known = measure(year.name)
    return -value if known and known.less_is_better else value


def first_missed(said: Sequence[Statistic]) -> dict[tuple[str, str | None], str]:
    """The first fiscal year in which a replication misses a target, by target and part; without those that it meets."""
    missed = [one for one in said if one.decides and one.period.yearly and one.met is False]
    return {(one.target, one.part): one.period for one in sorted(missed, key=lambda one: one.period, reverse=True)}
