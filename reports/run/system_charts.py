"""The chart of the systems: hours lost by fiscal year against what 99.9 % allows, planned stops apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from reports import series
from reports.charting import amounts, drawing, largest, with_key
from reports.document import Name, Number, Opening, say
from reports.drawing import Bars, Drawing, Mark, Panel, Scale, Series
from reports.looks import DARK, INK, TARGET, area, line
from reports.run.curves import steps
from reports.run_data import RunData
from reports.series import Numbers
from reports.yearly import above, fiscal_years, years_axis
from sim.facts import SYSTEMS


@dataclass(frozen=True)
class Lost:
    """Hours of a system by fiscal year: lost (a table with a column a replication), allowed, planned stops."""

    lost: pd.DataFrame
    allowed: Numbers
    planned: Numbers
    serves: bool

    @property
    def mean(self) -> Numbers:
        """Hours lost, mean over replications."""
        return self.lost.mean(axis=1).to_numpy(dtype=np.float64)

    @property
    def top(self) -> float:
        """The highest thing to draw."""
        return largest(series.band(self.lost).high, self.mean, self.allowed, self.planned)


def hours(data: RunData, system: str) -> Lost:
    """What a system lost by fiscal year, and what the target allows it to lose."""
    lost, service, planned = (
        series.by_year(series.flow(data, f"{name}_minutes_{system}")) / 60 for name in ("outage", "service", "planned")
    )
    served = service.mean(axis=1).fillna(0.0).to_numpy(dtype=np.float64)
    return Lost(
        lost=lost,
        allowed=served * (1 - _share(data, lost.index)),
        planned=planned.mean(axis=1).to_numpy(dtype=np.float64),
        serves=bool(served.any()),
    )


def _share(data: RunData, years: pd.Index) -> Numbers:
    value = data.at("targets.availability")
    if value is None:
        return np.full(len(years), np.nan)
    return series.steps(value, [f"{year}-04" for year in years])


def hours_lost(data: RunData) -> Drawing:
    """Bars of hours lost with their range, the allowance over them, a panel a system on one scale."""
    found = {name: hours(data, name) for name in SYSTEMS}
    scale = Scale(0, 1.22 * max(0.1, *(own.top for own in found.values())))
    years = years_axis(fiscal_years(data.months))
    panels = with_key(
        [
            Panel(years, scale, tuple(_bars(own)) if own.serves else (), Opening(Name("part", name)))
            for name, own in found.items()
        ]
    )
    if panels[0].key and not any(own.planned.any() for own in found.values()):
        panels[-1] = replace(panels[-1], aside=(say("chart.hours-lost.none_planned"),))
    return drawing("hours-lost", data.run, panels, height=7.6)


def _bars(own: Lost) -> Iterator[Mark]:
    band, mean, shift = series.band(own.lost), own.mean, 0.12 if own.planned.any() else 0.0
    years = np.arange(len(mean))
    places, low, high = (amounts(numbers) for numbers in (years - shift, band.low, band.high))
    texts = {name: say(f"chart.hours-lost.{name}") for name in ("lost", "range", "allowed", "planned")}
    yield Bars(amounts(mean), places, look=area("#9cc3de"), name=texts["lost"], width=0.44)
    yield Series((), places, low, high, line(DARK), texts["range"], whiskers=True)
    yield steps(own.allowed, line(INK, TARGET, 1.3), texts["allowed"])
    if shift:
        look = area("#ffffff", "////")
        yield Bars(amounts(own.planned), amounts(years + 0.24), look=look, name=texts["planned"], width=0.2)
    for place, value, top, most in zip(places, mean, np.fmax(mean, band.high), own.allowed, strict=True):
        yield above(Number(float(value), decimals=1), place, float(top), float(most))
