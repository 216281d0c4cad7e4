"""How much evener the joint draws of replications are than independent ones, on real replications.

``plan-period`` is simulated to the end of FY2027, a year that no published figure tells of, once at each of some draws,
an even part of them all. Then, for many seeds, the mean over as many replications as a run has: of the draws that the
run takes by number, and of draws by lot. Chance is not evened: a figure that is mostly chance gains little.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np

from sim.streams import Floats
from sim.unknowns import Unknowns

OF_A_RUN, SEEDS, DRAWS = 20, 4000, 256
END = "2028-03-31"
TOLD = ("resident_answered_share", "resident_calls", "helpdesk_answered_share", "helpdesk_calls")


def spread(draws: int = DRAWS) -> dict[str, Any]:
    """Variance of a run's mean with its draws over that with independent ones, by figure.

    Args:
        draws: how many are simulated, a power of two; about two seconds each.
    """
    from scenarios.unknowns import load_unknowns

    every = load_unknowns()
    known = every.chosen(range(0, len(every.positions), len(every.positions) // draws))
    with ProcessPoolExecutor(2) as pool:
        told = np.array(list(pool.map(_told, [known] * draws, range(draws), chunksize=4)))
    even = np.array([told[_rows(known, seed)].mean(axis=0) for seed in range(SEEDS)])
    by_lot = told[np.random.default_rng(1).integers(draws, size=(SEEDS, OF_A_RUN))].mean(axis=1)
    ratios = even.var(axis=0) / by_lot.var(axis=0)
    return {"name": "variance_of_even_draws", "replications": OF_A_RUN, **dict(zip(TOLD, ratios.tolist(), strict=True))}


def _rows(known: Unknowns, seed: int) -> list[int]:
    return [known.row(seed, replication) for replication in range(1, OF_A_RUN + 1)]


def _told(known: Unknowns, row: int) -> Floats:
    """What a replication at a draw says, with chance of its own."""
    from scenarios.history import load_history
    from scenarios.load import load
    from sim.facts import CENTRES, OUTCOMES
    from sim.replication import replicate

    one = Unknowns(known.quantities, known.positions[[row]], 0, known.digest, known.hindsight)
    parameters = load("plan-period").with_values({"end": END}).parameters
    facts = replicate(parameters, load_history(), 1, row + 1, unknowns=one).facts
    told = []
    for prefix in CENTRES.values():
        of = [float(facts[f"{prefix}_{outcome}"][-366:].sum()) for outcome in OUTCOMES]
        told += [of[0] / sum(of), float(facts[f"{prefix}_offered"][-366:].sum())]
    return np.array(told)


if __name__ == "__main__":
    print(spread(int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS))
