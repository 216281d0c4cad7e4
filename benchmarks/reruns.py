"""What a rerun of one part costs beside the whole simulation: the step that sizing and shadow prices take most."""

from __future__ import annotations

from typing import Any

from benchmarks.measure import median


def reruns() -> list[dict[str, Any]]:
    """Share of the time of a whole replication of ``plan-period`` that a rerun of each part takes, in one process."""
    from scenarios.files.load import load
    from scenarios.history import load_history
    from sim.parts import PARTS
    from sim.replication import rerun, whole

    parameters, history = load("plan-period").parameters, load_history()
    known = whole(parameters, history, 1, 1)
    seconds = median(lambda: whole(parameters, history, 1, 2))
    found = []
    for part in PARTS:
        again = median(lambda part=part: rerun({part}, known, parameters, history, 1, 1))  # type: ignore[misc]
        found.append({"name": f"rerun_{part}", "of_whole": again / seconds, "seconds": again})
    return found
