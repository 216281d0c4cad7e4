"""``cardflow sweep``: a scenario at many values of a few inputs. Its time is measured, and told, before it starts."""

from __future__ import annotations

from typing import Annotated

from cardflow import options as own
from cardflow.life import Life, answering
from sim.message import Message

Vary = Annotated[
    list[str] | None,
    own.asked(
        Message("PATH=RANGE"),
        Message("Vary for the whole run: low:high:step, low:high (with --lhs, --screen) or a,b,c; repeatable."),
    ),
]
Points = Annotated[int | None, own.asked("N", Message("A Latin hypercube of N points instead of every combination."))]
Screen = Annotated[
    bool,
    own.asked(None, Message("Which uncertain values (or those of --vary) drive each target (Morris)."), "--screen"),
]
Sobol = Annotated[bool, own.asked(None, Message("Screen, then Sobol's indices of the few that matter."), "--sobol")]
Draws = Annotated[
    int | None,
    own.asked(
        "N",
        Message("The same from N replications as they are: those of a finished run or clock need no new runs."),
    ),
]


@answering(Message("Folder; runs/sweep/SCENARIO/DIGEST by default."))
def sweep(
    life: Life,
    scenario: own.Scenario,
    vary: Vary = None,
    lhs: Points = None,
    screen: Screen = False,
    sobol: Sobol = False,
    draws: Draws = None,
    settings: own.Settings = None,
    chance_only: own.ChanceOnly = False,
    trajectories: Annotated[int, own.replications(Message("Trajectories of Morris' design, with --screen."))] = 8,
    replications: Annotated[
        int | None, own.replications(Message("How many of each point; 5, or 2 with --screen, by default."))
    ] = None,
) -> None:
    """Simulate a scenario at many values of a few inputs; or find which assumptions drive its targets."""
    from cardflow.asking import estimated
    from cardflow.understood import tell_varied
    from scenarios.sweep.document import listed
    from scenarios.sweep.study import Study, SweepOptions, refuse
    from scenarios.sweep.sweep import measure, sweep

    options = life.options(SweepOptions)
    with life.judging() as wrong:
        chosen = wrong.tried(life.load, scenario)
        wrong.tried(refuse, chosen, options)
    assert chosen is not None
    study = Study(chosen, options)
    tell_varied(vary or (), life.lang, life.quiet)
    estimate = measure(study, life.folder)
    if estimate.left:
        life.agree(estimate.total, estimated(estimate), "sweep")
    with life.progress(Message("sweep"), agreed=True) as progress:
        found = sweep(study, life.folder, progress)
    life.answer(lambda: listed(found))
