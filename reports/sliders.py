"""The levers that a planner moves first: each with its place, its ends, and what is known of its value."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

from reports import assumptions, catalogue, evidence, formats, parameter_texts, values
from scenarios.files.load import Scenario
from scenarios.quick.middle import middles
from sim.limits import limits
from sim.parameters import Parameters, quantities

FIRST = (
    "demand.load",
    "demand.first_time_per_year",
    "demand.year_swing",
    "renewal.certificate_lapse_share",
    "plant.cards_per_day",
    "counters.slots_per_day",
    "contact.resident.calls_per_notice",
    "contact.resident.calls_per_holder",
    "contact.resident.handle_minutes",
    "contact.resident.seats_index",
    "contact.helpdesk.calls_per_transaction",
    "contact.helpdesk.seats_index",
)
"""In the order of the model: what planners decide or fear, of the values that are logged to matter
(``calibration/assumptions.toml``); a test holds that each is one number that does."""
_STEPS = 200
"""Of a slider, about."""
_LEAST, _MOST = 0.5, 1.5
"""A slider reaches so many times the value, and further where more is not known."""


@dataclass(frozen=True)
class Slider:
    """One of them: it stands at ``at``, the middle of what is not known; ``shown`` is the value as written."""

    path: str
    meaning: str
    unit: str
    shown: str
    low: str
    high: str
    step: str
    at: str
    reach: tuple[str, str]
    """Low and high as a reader has them; the numbers above are as a form has them."""
    assumed: bool
    evidence: str
    source: str


def sliders(scenario: Scenario, lang: str) -> list[Slider]:
    """Those of a scenario."""
    cat, known = catalogue.load(lang), evidence.load()
    at = middles(scenario.parameters, FIRST)
    found = []
    for path in FIRST:
        low, high, step = _ends(path, at[path], scenario.parameters)
        entry = evidence.of(path, known)
        found.append(
            Slider(
                path=path,
                meaning=parameter_texts.meaning_in_place(cat, path),
                unit=parameter_texts.unit(cat, path),
                shown=values.text(cat, assumptions.written(_written(path, scenario.parameters))),
                low=_written_out(low),
                high=_written_out(high),
                step=_written_out(step),
                at=_written_out(_rounded(at[path], step)),
                reach=(formats.plain(low), formats.plain(high)),
                assumed=evidence.assumed(path, known),
                evidence=values.text(cat, assumptions.evidence_of(entry)),
                source=values.text(cat, assumptions.source_of(entry)),
            )
        )
    return found


def _written(path: str, parameters: Parameters) -> object:
    return quantities(parameters)[path].model_dump()


def _ends(path: str, at: float, parameters: Parameters) -> tuple[float, float, float]:
    """Low, high and step: round numbers around the value and the range that is logged, inside what is allowed."""
    low, high = quantities(parameters)[path].step_on(parameters.start).bounds
    allowed = limits()[path]
    low, high = max(min(low, _LEAST * at), allowed.low), min(max(high, _MOST * at, 1e-6), allowed.high)
    step = _nice((high - low) / _STEPS)
    step = max(step, 1.0) if allowed.whole else step
    return _rounded(low, step), _rounded(high, step), step


def _nice(number: float) -> float:
    """The nearest of 1, 2 and 5 times a power of ten."""
    power = 10.0 ** floor(log10(number))
    return float(min((1, 2, 5, 10), key=lambda times: abs(times * power - number)) * power)


def _rounded(number: float, step: float) -> float:
    """To whole steps, without the last digits of a float."""
    return float(f"{round(number / step) * step:.9g}")


def _written_out(number: float) -> str:
    """Without an exponent, and without a point where it is whole."""
    return f"{number:.9f}".rstrip("0").rstrip(".")
