"""``cardflow sweep``: a scenario at many values of a few inputs. Its time is measured, and told, before it starts."""

from __future__ import annotations

from cardflow.life import SIMULATING, Life, command
from sim.message import Message


@command(*SIMULATING)
def sweep(
    life: Life,
    scenario: str,
    *,
    vary: list[str] | None = None,
    lhs: int | None = None,
    screen: bool = False,
    sobol: bool = False,
    draws: int | None = None,
    settings: list[str] | None = None,
    chance_only: bool = False,
    trajectories: int = 8,
    replications: int | None = None,
) -> None:
    """Simulate a scenario at many values of a few inputs; or find which assumptions drive its targets."""
    from scenarios.sweep import ranges
    from scenarios.sweep.answer import listed
    from scenarios.sweep.study import Study, SweepOptions, refuse
    from scenarios.sweep.sweep import measure, sweep

    options = life.options(SweepOptions)
    with life.judging() as wrong:
        chosen = wrong.tried(life.load, scenario)
        wrong.tried(refuse, chosen, options)
    assert chosen is not None
    study = Study(chosen, options)
    life.tell(ranges.understood(vary or ()))
    estimate = measure(study, life.folder)
    if estimate.left:
        life.agree(estimate.total, estimate.words)
    with life.progress(Message("sweep"), agreed=True) as progress:
        found = sweep(study, life.folder, progress)
    life.answer(lambda: listed(found))
