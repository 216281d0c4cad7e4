"""One replication: simulated whole, or some of its parts again on the saved facts of the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from sim.calendar import month_number
from sim.couplings import COUPLINGS, Coupling
from sim.parameters import Parameters
from sim.parts import CARDS, PART_OF
from sim.people.history import CardHistory
from sim.plant.lead_times import LeadTimes
from sim.reach import lends, reached, refuse_gap
from sim.result import Result, coded_lead_times, coded_ledger
from sim.simulation import Simulation
from sim.streams import Ints
from sim.unknowns import Unknowns


def replicate(
    parameters: Parameters,
    history: CardHistory,
    seed: int,
    replication: int,
    chance_only: bool = False,
    unknowns: Unknowns | None = None,
) -> Result:
    """Simulate from the run-in to the end; the result holds the reported days only.

    ``unknowns`` are the joint distribution of what is not known; without it every uncertain parameter is drawn for
    itself.

    Raises:
        ConservationError: if cards were lost or made up, which is a fault of the model.
    """
    return reported(whole(parameters, history, seed, replication, chance_only, unknowns), parameters)


def whole(
    parameters: Parameters,
    history: CardHistory,
    seed: int,
    replication: int,
    chance_only: bool = False,
    unknowns: Unknowns | None = None,
) -> Result:
    """The same with the facts of every simulated day: what parts can be rerun on."""
    simulated = Simulation(parameters, history, seed, replication, chance_only, unknowns=unknowns)
    simulated.run()
    journal, counters = simulated.journal, simulated.by_municipality
    if counters is None:
        raise ValueError("the counters were not among the parts")
    return Result(journal.close(), *_coded(simulated.lead_times, parameters), journal.along, counters)


def reported(simulated: Result, parameters: Parameters) -> Result:
    """A result with the reported days of one that has every simulated day."""
    first = (parameters.start - parameters.first_simulated_day).days
    return simulated.of_days(slice(first, None))


def rerun(
    parts: Collection[str],
    known: Result,
    parameters: Parameters,
    history: CardHistory,
    seed: int,
    replication: int,
    chance_only: bool = False,
    rows: Sequence[Coupling] = COUPLINGS,
    unknowns: Unknowns | None = None,
) -> Result:
    """Some parts again, with other parameters, on what is known of the others: the same numbers in less time.

    What the parts do is as in a whole simulation, bit for bit, if nothing else that they rest on has changed
    (``sim.parts.reached_by``). Facts of parts that lie behind them and are not run again are all 0: nothing is known
    of them any more.

    Args:
        parts: those to run (``sim.parts.PARTS``).
        known: every simulated day of the whole simulation (``whole``), or of a rerun.
        parameters: of this rerun; dates as in the whole simulation.
        history: as in the whole simulation.
        seed: as in the whole simulation.
        replication: as in the whole simulation.
        chance_only: as in the whole simulation.
        rows: couplings at work; effects of others stay as they are known.
        unknowns: as in the whole simulation.

    Raises:
        ValueError: if a part is to run without one that it rests on and that is reached too.
    """
    lending = lends(parameters)
    lost = reached(parts, lending) - set(parts)
    refuse_gap(parts, lost, lending)
    facts, along = (
        {name: np.zeros_like(table) if PART_OF[name] in lost else table for name, table in tables.items()}
        for tables in (known.facts, known.along)
    )
    kept = replace(known, facts=facts, along=along)
    again = Simulation(parameters, history, seed, replication, chance_only, parts, kept, rows, unknowns)
    again.run()
    cards = _coded(again.lead_times, parameters) if CARDS in parts else (known.lead_times, known.ledger)
    counters = known.counters if again.by_municipality is None else again.by_municipality
    return Result(again.journal.close(lost), *cards, again.journal.along, counters)


def _coded(lead_times: LeadTimes, parameters: Parameters) -> tuple[Ints, Ints]:
    first_month = month_number(parameters.start)
    return coded_lead_times(lead_times, first_month), coded_ledger(lead_times, first_month)
