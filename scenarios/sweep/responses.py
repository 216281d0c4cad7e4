"""What targets and key figures say at each point of a sweep, and in which year each target is most in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from scenarios.compare.compared import Key, Told
from scenarios.run.judge import possible_interval
from scenarios.run.words import wilson, word, word_of
from scenarios.sweep.design import Spot
from scenarios.sweep.record import Doubt, Response, Row
from sim.calendar import RUN, YEARS, Period
from sim.parameters import Parameters
from sim.result import Result
from sim.targets import statistics

Answers = Sequence[Mapping[Key, Told]]
"""What each replication of a point says."""


def yearly(key: Key) -> bool:
    """Whether a key stands for a fiscal year or the run."""
    return Period(key[1]).yearly or key[1] == RUN


def judged(key: Key) -> bool:
    """The same, or for all fiscal years together."""
    return yearly(key) or key[1] == YEARS


def responses(answers: Answers, computed: Mapping[Key, float] | None = None) -> list[Response]:
    """A row for each target and key figure by fiscal year and for the run, and for each target in all years together.

    ``computed``: probabilities to put in.
    """
    found = {key: _response(key, [told[key] for told in answers]) for key in answers[0] if judged(key)}
    return [_computed(row, computed[key]) if computed and key in computed else row for key, row in found.items()]


def _computed(row: Response, probability: float) -> Response:
    return replace(
        row,
        met=None,
        tested=None,
        probability=probability,
        probability_low=None,
        probability_high=None,
        verdict=word_of(probability),
        computed=True,
    )


def _response(key: Key, told: Sequence[Told]) -> Response:
    values = [one.value for one in told if one.value is not None]
    met = [one.met for one in told if one.met is not None]
    low, high = possible_interval(key[2], values)
    bounds = wilson(sum(met), len(met)) if met else (None, None)
    return Response(
        *key,
        value=float(np.mean(values)) if values else None,
        low=low,
        high=high,
        met=sum(met) if met else None,
        tested=len(met) if met else None,
        probability=sum(met) / len(met) if met else None,
        probability_low=bounds[0],
        probability_high=bounds[1],
        verdict=word(met) if met else None,
    )


def rows(spots: Sequence[Spot], told: Sequence[Answers], computed: Sequence[Mapping[Key, float]]) -> tuple[Row, ...]:
    """The rows of all points."""
    return tuple(
        Row(point=number, varied=spot.values, **vars(row))
        for number, (spot, answers, own) in enumerate(zip(spots, told, computed, strict=True), start=1)
        for row in responses(answers, own)
    )


Thresholds = Mapping[Key, float | None]


def thresholds(result: Result, parameters: Parameters) -> dict[Key, float | None]:
    """The threshold of every deciding statistic, by the key that ``scenarios.compare.compared.tell`` uses."""
    return {
        (said.judged, said.period, said.name): said.threshold for said in statistics(result, parameters) if said.decides
    }


def in_doubt(told: Sequence[Answers], known: Sequence[Thresholds]) -> list[Doubt]:
    """Of every tested target the fiscal year (the run, for one without years) in which its points differ most.

    That is where the share of replications that met it, over all points, is nearest to one half; among equals, where
    values spread most.
    """
    best: dict[str, tuple[tuple[float, float], Doubt]] = {}
    with_years = {key[0] for key in told[0][0] if Period(key[1]).yearly}
    for key in told[0][0]:
        if not yearly(key) or (key[1] == RUN and key[0] in with_years):
            continue
        every = [answer[key] for answers in told for answer in answers if key in answer]
        met = [one.met for one in every if one.met is not None]
        if not met:
            continue
        values = [one.value for one in every if one.value is not None]
        rank = (0.5 - abs(sum(met) / len(met) - 0.5), max(values) - min(values))
        if key[0] not in best or rank > best[key[0]][0]:
            levels = {level.get(key) for level in known}
            threshold = levels.pop() if len(levels) == 1 else None
            best[key[0]] = (rank, Doubt(*key, met=sum(met), tested=len(met), threshold=threshold))
    return [doubt for _, doubt in best.values()]


def in_every_year(doubts: Sequence[Doubt], told: Sequence[Answers]) -> list[Doubt]:
    """Doubts, those of targets with fiscal years in all of these together: that decides, as in a run."""
    return [_in_every_year(doubt, told) for doubt in doubts]


def _in_every_year(doubt: Doubt, told: Sequence[Answers]) -> Doubt:
    key = doubt.id, YEARS, doubt.statistic
    met = [one for answers in told for answer in answers if key in answer and (one := answer[key].met) is not None]
    return replace(doubt, period=YEARS, met=sum(met), tested=len(met)) if met else doubt
