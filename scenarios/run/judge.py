"""From the statistics of replications to verdicts: thresholds met, how often, and how sure that is.

A verdict comes from the probability that the deciding statistic meets its threshold, in words that the replications
support (``scenarios.run.words``). Beside each fiscal year stands the probability that all are met together. No load, no
verdict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import inf, sqrt

import numpy as np
from scipy.special import stdtrit

from scenarios.run.chance import chance_share
from scenarios.run.every_year import first_missed, with_every_year
from scenarios.run.statistic import Row
from scenarios.run.words import replications_to_decide, wilson, word
from sim.calendar import Period
from sim.targets import Statistic, measure

Key = tuple[str, str | None, str, str]


def largest(statistic: str) -> float:
    """What a statistic can be at most: 1 for shares. None is below 0."""
    known = measure(statistic)
    return 1.0 if known and known.unit == "share" else inf


def mean_interval(values: Sequence[float]) -> tuple[float | None, float | None]:
    """The 95 % t interval of a mean; None for fewer than two values."""
    if len(values) < 2:
        return None, None
    mean, spread = float(np.mean(values)), float(np.std(values, ddof=1))
    half = float(stdtrit(len(values) - 1, 0.975)) * spread / sqrt(len(values))
    return mean - half, mean + half


def possible_interval(statistic: str, values: Sequence[float]) -> tuple[float | None, float | None]:
    """The 95 % t interval of a mean without what the statistic cannot be: nothing is below 0, no share above 1."""
    low, high = mean_interval(values)
    if low is None or high is None:
        return None, None
    return max(low, 0.0), min(high, largest(statistic))


def judge(replications: Sequence[Sequence[Statistic]], chance: Sequence[Sequence[Statistic]] = ()) -> list[Row]:
    """One row for each target, part, period and statistic, from the statistics of each replication.

    ``chance`` are replications in which only chance varied; they tell what share of the spread is chance.
    """
    months = _breaches_by_month(replications)
    missed = [first_missed(statistics) for statistics in replications]
    chance_values = [_by_key(with_every_year(statistics)) for statistics in chance]
    rows = []
    for same in zip(*(with_every_year(statistics) for statistics in replications), strict=True):
        row = _row(list(same))
        if row.decides:
            row = (
                _first(row, [years.get((row.id, row.part)) for years in missed])
                if row.joint
                else _with_breaches(row, months)
            )
            row = _with_chance(row, list(same), chance_values)
        rows.append(row)
    return rows


def _key(statistic: Statistic) -> Key:
    return statistic.target, statistic.part, statistic.period, statistic.name


def _by_key(statistics: Sequence[Statistic]) -> dict[Key, Statistic]:
    return {_key(statistic): statistic for statistic in statistics}


def _row(same: list[Statistic]) -> Row:
    first = same[0]
    values = [statistic.value for statistic in same if statistic.value is not None]
    low, high = possible_interval(first.name, values)
    row = Row(
        id=first.target,
        part=first.part,
        period=first.period,
        statistic=first.name,
        decides=first.decides,
        value=float(np.mean(values)) if values else None,
        low=low,
        high=high,
        threshold=first.threshold if values else None,
    )
    if not first.decides:
        return row
    judged = [statistic.met for statistic in same if statistic.met is not None]
    bounds, said = wilson(sum(judged), len(judged)) if judged else (None, None), word(judged)
    return replace(
        row,
        probability=sum(judged) / len(judged) if judged else None,
        probability_low=bounds[0],
        probability_high=bounds[1],
        verdict=said,
        replications_to_decide=replications_to_decide(sum(judged), len(judged)) if said == "undecided" else None,
        short_of=_most_often([s.short_of for s in same if s.met is False]),
    )


def _most_often(causes: Sequence[str | None]) -> str | None:
    named = Counter(cause for cause in causes if cause)
    return named.most_common(1)[0][0] if named else None


def _breaches_by_month(
    replications: Sequence[Sequence[Statistic]],
) -> dict[tuple[str, str | None], list[list[str]]]:
    """For each target and part, the months in breach of every replication, in order."""
    breaches: dict[tuple[str, str | None], list[list[str]]] = {}
    for number, statistics in enumerate(replications):
        for statistic in statistics:
            if statistic.decides and statistic.period.monthly:
                key = statistic.target, statistic.part
                lists = breaches.get(key) or breaches.setdefault(key, [[] for _ in replications])
                if statistic.met is False:
                    lists[number].append(statistic.period)
    return breaches


def _with_breaches(row: Row, months: dict[tuple[str, str | None], list[list[str]]]) -> Row:
    """The first month in breach within a row's period: middle and 10-90 % range of the replications that broke."""
    lists = months.get((row.id, row.part))
    if lists is None or row.monthly or row.value is None:
        return row
    firsts = [next((month for month in breached if Period(row.period).holds(month)), None) for breached in lists]
    return replace(
        _first(row, firsts), monthly_breach_probability=sum(month is not None for month in firsts) / len(firsts)
    )


def _first(row: Row, firsts: Sequence[str | None]) -> Row:
    """When it first breaks: middle and 10-90 % range of the replications that do."""
    broke = sorted(period for period in firsts if period is not None)
    if not broke:
        return row
    low, middle, high = (broke[round(share * (len(broke) - 1))] for share in (0.1, 0.5, 0.9))
    return replace(row, first_breach=middle, first_breach_low=low, first_breach_high=high)


def _with_chance(row: Row, same: list[Statistic], chance: list[dict[Key, Statistic]]) -> Row:
    key = _key(same[0])
    by_chance = [s.value for found in chance if (s := found.get(key)) is not None and s.value is not None]
    share = chance_share([statistic.value for statistic in same if statistic.value is not None], by_chance)
    if share is None:
        return row
    return replace(row, chance_share=share.value, chance_share_low=share.low, chance_share_high=share.high)
