"""What the calls of a replication take, over what it takes to draw the random numbers of the same calls."""

from __future__ import annotations

import statistics
from collections import Counter
from typing import Any

from benchmarks.measure import timed

LAST, REPLICATIONS = "2029-03-31", 5


def contact() -> dict[str, Any]:
    """The ratio, the median of several replications: a line that stands for days costs more than its calls do."""
    from scenarios.files.load import load
    from scenarios.history import load_history
    from sim.contact.callers import Callers
    from sim.contact.centre import Centre
    from sim.parts import HELPDESK, RESIDENT
    from sim.replication import rerun, whole

    parameters, history = load("plan-period").with_values({"end": LAST}).parameters, load_history()
    ratios = []
    for number in range(1, REPLICATIONS + 1):
        known = whole(parameters, history, 1, number)
        spent: Counter[str] = Counter()
        with timed(Centre, "run", "calls", spent), timed(Callers, "_luck_of", "numbers", spent):
            rerun([RESIDENT, HELPDESK], known, parameters, history, 1, number)
        ratios.append(spent["calls"] / spent["numbers"])
    return {"name": "calls_over_their_random_numbers", "ratio": statistics.median(ratios)}
