"""``cardflow size``: how much to buy."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from cardflow.life import SIMULATING, Life, command
from sim.message import Message


@command(*SIMULATING)
def size(
    life: Life,
    scenario: str,
    *,
    resources: list[str] | None = None,
    targets: list[str] | None = None,
    confidence: float = 0.9,
    by: Literal["year", "month"] = "year",
    monthly_floor: float | None = None,
    together: Literal["year", "run"] = "year",
    below_promises: bool = False,
    prices: Path | None = None,
    as_of: str | None = None,
    settings: list[str] | None = None,
    chance_only: bool = False,
    replications: int | None = None,
    fresh: int | None = None,
) -> None:
    """Find the least capacity with which targets hold as surely as asked, and what it costs."""
    from scenarios.prices import load_prices
    from scenarios.size.size import SizeOptions, refuse, size

    bought, wanted = resources or (), targets or ()
    with life.judging() as wrong:
        day = wrong.tried(life.day, "as-of", as_of)
        options = life.options(SizeOptions, as_of=day)
        chosen = wrong.tried(life.load, scenario)
        priced = wrong.tried(load_prices, prices) if prices else None
        wrong.tried(refuse, chosen, bought, wanted, options, priced)
    assert chosen is not None
    with life.progress(Message("size")) as progress:
        found = size(chosen, bought, wanted, life.folder, options, priced, progress)
    life.answer(lambda: found.rows)
