"""How likely something is, as values: in whole percent, as computed, or counted in replications."""

from __future__ import annotations

from reports.document import Figures, Number


def share(probability: float, decimals: int = 0) -> Number:
    """A probability or a share in whole percent, or with decimals."""
    return Number(probability, "probability", decimals)


def computed(probability: float, decimals: int = 0) -> Figures:
    """A probability that is computed."""
    return Figures("cell.computed", {"share": share(probability, decimals)})


def met(count: int | None, of: int | None, low: float | None, high: float | None) -> Figures:
    """In how many replications a target was met, with the interval of that probability where it has one."""
    counts = {"met": count, "replications": of}
    if low is None or high is None:
        return Figures("cell.met", counts)
    return Figures("cell.met_probability", {**counts, "low": share(low), "high": share(high)})
