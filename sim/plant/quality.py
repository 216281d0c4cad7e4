"""Returns, remakes and slow mail: drawn once for each day of receipt and class, with more spread than binomial."""

from __future__ import annotations

import numpy as np

from sim.calendar import Calendar
from sim.plan import Plan
from sim.quantiles import binomial
from sim.streams import Floats, Streams


class Quality:
    """How many cards of a day's receipts are returned as incomplete, fail inspection, or take long in the mail."""

    def __init__(self, plan: Plan, streams: Streams, calendar: Calendar) -> None:
        self._uniforms: dict[str, list[float]] = {}
        self._chances: dict[str, list[float]] = {}
        spread = plan.value("plant.extra_spread")
        for name, path in {
            "returned/standard": "plant.returned_share",
            "remade/standard": "plant.remake_share",
            "remade/express": "plant.remake_share",
        }.items():
            shake = np.exp(spread * streams.daily_normals(f"plant/{name}/spread", calendar) - spread**2 / 2)
            self._add(name, np.minimum(plan.daily(path) * shake, 1.0), streams, calendar)
        self._add("slow mail", plan.daily("express.mail_slow_share"), streams, calendar)

    def _add(self, name: str, chance: Floats, streams: Streams, calendar: Calendar) -> None:
        self._uniforms[name] = streams.daily_uniforms(f"plant/{name}", calendar).tolist()
        self._chances[name] = chance.tolist()

    def returned(self, day: int, cards: int) -> int:
        """Standard applications received on ``day`` that the checks will send back."""
        return self._draw("returned/standard", day, cards)

    def remade(self, day: int, express: bool, cards: int) -> int:
        """Cards of applications received on ``day`` that will fail inspection once."""
        return self._draw(f"remade/{'express' if express else 'standard'}", day, cards)

    def slow_in_mail(self, day: int, cards: int) -> int:
        """Express cards of applications received on ``day`` that take long in the mail."""
        return self._draw("slow mail", day, cards)

    def _draw(self, name: str, day: int, cards: int) -> int:
        return binomial(self._uniforms[name][day], cards, self._chances[name][day])
