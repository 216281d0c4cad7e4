"""Whether one more unit of a resource makes a target likelier to be met over the whole period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scenarios.compare.families import Claim, holm
from scenarios.compare.mcnemar import MetDifference, met_difference
from scenarios.ledger.record import Helped
from scenarios.resources import Resource
from scenarios.run.every_year import with_every_year
from scenarios.run.statistic import EVERY_YEAR
from sim.parameters import Parameters
from sim.result import Result
from sim.targets import statistics

Judged = dict[str, tuple[bool | None, tuple[float | None, ...]]]
"""By target whether a replication meets it in every fiscal year, and the figures of the years that say so."""


def judged(result: Result, parameters: Parameters) -> Judged:
    """What a replication says of every target over all its fiscal years."""
    found = [one for one in with_every_year(statistics(result, parameters)) if one.decides]
    years: dict[str, list[float | None]] = {}
    for one in found:
        if one.period.yearly:
            years.setdefault(one.judged, []).append(one.value)
    together = {one.judged: one.met for one in found if one.period == EVERY_YEAR}
    return {name: (met, tuple(years[name])) for name, met in together.items()}


def helped(
    chosen: Sequence[Resource], without: Sequence[Judged], sides: Mapping[str, Sequence[Judged]]
) -> list[Helped]:
    """Of each resource the targets that it is for, where they were tested; over all of them one family of claims."""
    found = {
        (one, target): difference
        for one in chosen
        for target in one.targets
        if (difference := _difference(sides[one.path], without, target))
    }
    claims = holm(list(found.values()))
    return [
        _row(one, target, without, difference, claim, len(found))
        for ((one, target), difference), claim in zip(found.items(), claims, strict=True)
    ]


def _difference(having: Sequence[Judged], without: Sequence[Judged], target: str) -> MetDifference | None:
    own, other = ([told[target] for told in side] for side in (having, without))
    same = [figures for _, figures in own] == [figures for _, figures in other]
    return met_difference([met for met, _ in own], [met for met, _ in other], same)


def _row(
    one: Resource, target: str, without: Sequence[Judged], difference: MetDifference, claim: Claim, claims: int
) -> Helped:
    before = sum(told[target][0] is True for told in without)
    return Helped(
        resource=one.path,
        target=target,
        unit=one.unit,
        unit_added=one.step,
        without_met=before,
        met=before + difference.gained - difference.lost,
        met_differs=difference.gained + difference.lost,
        difference=difference.mean,
        low=claim.low,
        high=claim.high,
        clear=claim.clear,
        replications=difference.pairs,
        claims=claims,
    )
