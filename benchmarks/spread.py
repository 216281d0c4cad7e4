"""How much evener the replications of a run are than independent ones: of what is not known, and of chance.

``plan-period`` is simulated to the end of FY2027, a year that no published figure tells of, under many seeds, each with
as many replications as a run has. The variance of a run's mean over seeds is held against that of the mean of
independent replications, which is the variance of single ones over their number.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np

from sim.streams import Floats

OF_A_RUN, SEEDS = 20, 48
END = "2028-03-31"
TOLD = ("resident_answered_share", "resident_calls", "helpdesk_answered_share", "helpdesk_calls")


def spread(seeds: int = SEEDS) -> dict[str, Any]:
    """Variance of a run's mean over that of independent replications, by figure, with its standard error.

    Args:
        seeds: how many runs are simulated; about 40 seconds each.
    """
    numbers = [(seed, replication) for seed in range(1, seeds + 1) for replication in range(1, OF_A_RUN + 1)]
    with ProcessPoolExecutor(2) as pool:
        told = np.array(list(pool.map(_told, *zip(*numbers, strict=True), chunksize=4)))
    return {
        "name": "variance_of_even_replications",
        "replications": OF_A_RUN,
        "seeds": seeds,
        **dict(zip(TOLD, ratios(told.reshape(seeds, OF_A_RUN, -1)), strict=True)),
    }


def ratios(told: Floats) -> list[dict[str, float]]:
    """By figure the ratio and its standard error, of figures by run, replication and figure.

    Single replications vary as independent ones do, in all of a run and between runs together. The variance of so many
    means, which are nearly normal, has a relative standard error of ``sqrt(2 / (runs - 1))``; beside it that of the
    single ones is small.
    """
    runs, replications, _ = told.shape
    means, single = told.mean(axis=1).var(axis=0, ddof=1), told.reshape(runs * replications, -1).var(axis=0, ddof=1)
    found = means / (single / replications)
    return [{"ratio": float(ratio), "error": float(ratio * np.sqrt(2 / (runs - 1)))} for ratio in found]


def _told(seed: int, replication: int) -> Floats:
    """What a replication says of FY2027."""
    from scenarios.files.load import load
    from scenarios.history import load_history
    from scenarios.unknowns import load_unknowns
    from sim.facts import CENTRES, OUTCOMES
    from sim.replication import replicate

    parameters = load("plan-period").with_values({"end": END}).parameters
    facts = replicate(parameters, load_history(), seed, replication, unknowns=load_unknowns()).facts
    told = []
    for prefix in CENTRES.values():
        of = [float(facts[f"{prefix}_{outcome}"][-366:].sum()) for outcome in OUTCOMES]
        told += [of[0] / sum(of), float(facts[f"{prefix}_offered"][-366:].sum())]
    return np.array(told)


if __name__ == "__main__":
    print(spread(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS))
