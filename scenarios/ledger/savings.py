"""What one more unit of a resource saves: late cards, their days, lost calls, certificates, by fiscal year.

Claimed is what a resource is there for: cards of the plant, calls of a centre's seats, and so on. Over all resources
and years these claims are one family (``scenarios.compare.families``), behind the targets that a unit helps to meet
(``scenarios.ledger.helped``). What else a unit moves has a plain interval, and nothing is claimed of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scenarios.compare.families import Claim, holm
from scenarios.experiment.paired import Difference, paired
from scenarios.files.changes import differing
from scenarios.ledger.delays import sums
from scenarios.ledger.record import Price
from scenarios.resources import Resource
from sim.calendar import Calendar
from sim.parameters import Parameters
from sim.reach import reached_by
from sim.result import Result
from sim.target import parted
from sim.targets import TARGETS

SAVES = {saved: target.part for target in TARGETS.values() for saved in target.saves}
"""What a unit can save, and the part of the model in which it would show."""
Counts = dict[tuple[str, str], int]
"""By what is saved and fiscal year."""


def saved_by(own: Parameters, base: Parameters) -> list[str]:
    """What a change can save at all."""
    parts = reached_by(differing(own, base), own)
    return [saved for saved, part in SAVES.items() if part in parts]


def counts(result: Result, parameters: Parameters) -> Counts:
    """What one replication lost, by fiscal year."""
    years = Calendar(parameters.start, parameters.end).years()
    found = dict.fromkeys(((saved, year) for saved in SAVES for year in years), 0)
    for (kind, of, year, cause), count in sums(result, parameters).items():
        saved = kind if kind in SAVES else f"{kind}_{of}"
        if cause is None and saved in SAVES:
            found[saved, year] += count
    lost = result.facts["expired_waiting"] + result.facts["gave_up_in_time"]
    for year, days in years.items():
        found["unrenewed", year] = int(lost[days].sum())
    return found


def prices(
    chosen: Sequence[Resource],
    reach: Mapping[str, Sequence[str]],
    without: Sequence[Counts],
    sides: Mapping[str, Sequence[Counts]],
) -> list[Price]:
    """What a unit of each resource saves in each fiscal year, of all that it can reach."""
    found = {
        (one, saved, year): _difference(without, sides[one.path], saved, year)
        for one in chosen
        for saved, year in dict.fromkeys(key for counted in without for key in counted)
        if saved in reach[one.path]
    }
    family = {key: difference for key, difference in found.items() if _is_for(key[0], key[1])}
    claims = dict(zip(family, holm(list(family.values())), strict=True))
    return [
        _price(one, saved, year, without, difference, claims.get((one, saved, year)), len(family))
        for (one, saved, year), difference in found.items()
    ]


def _is_for(one: Resource, saved: str) -> bool:
    return any(saved in TARGETS[parted(judged)[0]].saves for judged in one.targets)


def _price(
    one: Resource,
    saved: str,
    year: str,
    without: Sequence[Counts],
    difference: Difference,
    claim: Claim | None,
    claims: int,
) -> Price:
    low, high = (claim.low, claim.high) if claim else difference.interval()
    return Price(
        resource=one.path,
        period=year,
        saves=saved,
        unit=one.unit,
        unit_added=one.step,
        without=float(np.mean([counted[saved, year] for counted in without])),
        difference=difference.mean,
        low=low,
        high=high,
        clear=claim.clear if claim else None,
        replications=difference.pairs,
        claims=claims if claim else None,
    )


def _difference(without: Sequence[Counts], having: Sequence[Counts], saved: str, year: str) -> Difference:
    found = paired([float(one[saved, year]) for one in without], [float(one[saved, year]) for one in having])
    if found is None:
        raise ValueError("a difference takes two replications or more")
    return found
