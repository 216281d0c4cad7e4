"""What there was in each fiscal year of a scenario, as means over its replications."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from scenarios.ledger.delays import late_cards
from sim.calendar import Calendar
from sim.parameters import Parameters
from sim.parts import STOCKS
from sim.result import Result
from sim.streams import Ints


def totals(results: Sequence[Result], parameters: Parameters) -> dict[str, dict[str, float]]:
    """By fiscal year the mean over replications of every flow, and of every stock at the year's last midnight.

    Late cards of a class (``late_standard``, ``late_express``) as its target of a year counts them.
    """
    calendar = Calendar(parameters.start, parameters.end)
    years = {}
    for year, days in calendar.years().items():
        means = {
            name: float(np.mean([_of_year(name, result.facts[name][days]) for result in results]))
            for name in results[0].facts
        }
        express, standard = means.pop("dispatched_express"), means.pop("dispatched_standard")
        years[year] = {
            "applications": means.pop("applications"),
            "cards_dispatched": standard + express,
            "express_dispatched": express,
            "cards_handed_over": means.pop("handed_over"),
            "late_standard": _late(results, parameters, np.unique(calendar.month[days]), "standard"),
            "received_to_be_late": means.pop("received_to_be_late"),
            "late_express": _late(results, parameters, np.unique(calendar.month[days]), "express"),
            **means,
        }
    return years


def _late(results: Sequence[Result], parameters: Parameters, months: Ints, name: str) -> float:
    return float(np.mean([late_cards(result, parameters, months, name)[0] for result in results]))


def _of_year(name: str, series: Any) -> int:
    return int(series[-1] if name in STOCKS else series.sum())
