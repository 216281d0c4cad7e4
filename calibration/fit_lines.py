"""What fits say, as the lines of ``fits.json``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calibration.agreement import load as load_agreements
from calibration.fits_record import Fits, FittedFigure, FittedValue
from calibration.fitting import Fit, Fitted, Problem
from calibration.problems import actual_calls
from calibration.values import split
from sim import __version__
from sim.facts import CENTRES


def lines(fitted: Fit, seed: int) -> Fits:
    """What one fit says."""
    return Fits(
        version=__version__,
        seed=seed,
        fits=tuple(_value(fitted.problem, each) for each in fitted.parameters),
        figures=tuple(_figures(fitted)),
        influence=tuple(fitted.influences()),
        evaluations=fitted.evaluations,
        messages=tuple(_messages(fitted)),
    )


def joined(parts: Sequence[Fits], seed: int) -> Fits:
    """What several say together, in their order; of influences the biggest first."""
    influence = (line for part in parts for line in part.influence)
    return Fits(
        version=__version__,
        seed=seed,
        fits=tuple(line for part in parts for line in part.fits),
        figures=tuple(line for part in parts for line in part.figures),
        calendars=tuple(line for part in parts for line in part.calendars),
        readings=tuple(line for part in parts for line in part.readings),
        trade_off=tuple(line for part in parts for line in part.trade_off),
        contracted=tuple(line for part in parts for line in part.contracted),
        influence=tuple(sorted(influence, key=lambda line: -line.share)),
        evaluations=sum(part.evaluations for part in parts),
        messages=tuple(message for part in parts for message in part.messages),
    )


def _value(problem: Problem, each: Fitted) -> FittedValue:
    uncertain = each.uncertain
    path, day = split(uncertain.name)
    return FittedValue(
        problem=problem.name,
        scenario=problem.scenario,
        path=path,
        from_=day,
        value=each.value,
        low=each.low,
        high=each.high,
        assumed_value=uncertain.value,
        assumed_low=uncertain.low,
        assumed_high=uncertain.high,
        unit=uncertain.unit,
        pinned=each.pinned,
        word=each.word,
        with_=split(each.partner)[0] if each.partner else None,
        correlation=each.correlation,
        drawn_with=each.drawn_with,
        usable=problem.scenario != actual_calls.SCENARIO and problem.name not in CENTRES,
    )


def _figures(fitted: Fit) -> Iterator[FittedFigure]:
    known = load_agreements()
    for aim in fitted.problem.aims:
        told, why = fitted.predicted[aim.id], known[aim.id].why if aim.id in known else actual_calls.WHY
        met = abs(told - aim.value) <= aim.tolerance
        yield FittedFigure(fitted.problem.name, aim.id, aim.value, told, aim.tolerance, why, met)


def _messages(fitted: Fit) -> Iterator[str]:
    name = fitted.problem.name
    if not fitted.converged:
        yield f"{name}: stopped after {fitted.evaluations} evaluations, before it settled"
    for aim in fitted.missed():
        yield (
            f"{name}: no values within what is assumed meet {aim.id} = {aim.value:g}: "
            f"the nearest give {fitted.predicted[aim.id]:g}"
        )
