"""``cardflow compare``: several scenarios side by side."""

from __future__ import annotations

from cardflow.life import SIMULATING, Life, command
from sim.message import Message


@command(*SIMULATING)
def compare(
    life: Life,
    scenarios: list[str],
    *,
    settings: list[str] | None = None,
    chance_only: bool = False,
    replications: int = 20,
) -> None:
    """Compare scenarios under the same luck: what is better, by how much, and what chance explains."""
    from scenarios.compare.compare import CompareOptions, compare, listed, refuse
    from scenarios.files.load import load_all

    options = life.options(CompareOptions)
    with life.judging() as wrong:
        with wrong.noted():
            chosen = load_all(scenarios, life.settings, "compare")
            life.tell_settings()
        wrong.tried(refuse, scenarios, options)
    with life.progress(Message("compare")) as progress:
        found = compare(chosen, life.folder, options, progress)
    life.answer(lambda: listed(found))
