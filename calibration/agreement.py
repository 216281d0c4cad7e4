"""What counts as agreement with a published figure, and what each figure was used for: data, with a reason.

Stands in ``calibration/agreement.toml``. No figure is both fitted and held back. Tolerances serve as the scale of the
loss when fitting, and as the measure of agreement when validating.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, get_args

from calibration.figures import Published, load_published
from calibration.fitting import Aim

Use = Literal["fitted", "held_back", "input"]
"""Parameters were chosen by it; it had no part in choosing any; it goes into the model as it is."""


@dataclass(frozen=True)
class Agreement:
    """A figure the model can speak to."""

    published: Published
    use: Use
    group: str
    problem: str | None
    """The fit that it serves, if it was fitted."""
    tolerance: float
    """In the figure's unit."""
    why: str
    """Why so much: rounding, definition, what the model leaves out."""
    rounding: float
    """Half of the last published digit, in the figure's unit."""

    @property
    def aim(self) -> Aim:
        """The figure as something to fit to."""
        return Aim(self.published.id, self.published.value, self.tolerance, self.rounding)


@cache
def load() -> Mapping[str, Agreement]:
    """Every figure the model can speak to, by id; ValueError if malformed or if a figure is missing."""
    data = tomllib.loads(files("calibration").joinpath("agreement.toml").read_text(encoding="utf-8"))
    reasons: Mapping[str, str] = data.pop("why")
    return MappingProxyType(
        {
            key: _agreement(key, group, entry, reasons)
            for group, entries in data.items()
            for key, entry in entries.items()
        }
    )


def aims(problem: str) -> tuple[Aim, ...]:
    """The figures that a fit is made on."""
    return tuple(agreement.aim for agreement in load().values() if agreement.problem == problem)


def _agreement(key: str, group: str, entry: Mapping[str, Any], reasons: Mapping[str, str]) -> Agreement:
    known = load_published()
    if key not in known:
        raise ValueError(f"agreement.toml: {group}.{key}: no such published figure")
    if entry["use"] not in get_args(Use):
        raise ValueError(f"agreement.toml: {key}.use must be one of {', '.join(get_args(Use))}, not {entry['use']!r}")
    if (entry["use"] == "fitted") != ("problem" in entry):
        raise ValueError(f"agreement.toml: {key}: a fitted figure, and no other, names its problem")
    figure = known[key]
    tolerance = entry.get("tolerance")
    if tolerance is None:
        tolerance = entry["share"] * abs(
            figure.value - known[entry["since"]].value if "since" in entry else figure.value
        )
    rounding = float(entry.get("rounding", 0.5))
    why = reasons[entry["why"]]
    return Agreement(figure, entry["use"], group, entry.get("problem"), float(tolerance), why, rounding)
