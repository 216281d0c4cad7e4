"""The CA reception servers (認証局受付サーバ) behind the counters: how many of a day's transactions get through."""

from __future__ import annotations

from dataclasses import dataclass

from sim.plan import Plan
from sim.streams import Floats


@dataclass(frozen=True)
class Passed:
    """Hand-overs and certificates that got through, attempts that failed, and whether capacity was short."""

    cards: int
    certificates: int
    failed: int
    overloaded: bool


class Jpki:
    """A daily capacity, less what is down or slow, and less what refused attempts use up.

    An attempt that meets an outage fails; a share of such is tried again the same day. Where attempts exceed the
    capacity, each refused one still uses a share of a transaction, so that more attempts mean less done, down to a
    least share of the capacity: as in May 2020 (OUT-005), when a surge of visits slowed the system for five days.

    ``with_jpki`` is the share of each day's visits that find the JPKI servers working; hand-over needs the card
    management system too (``with_both``).
    """

    def __init__(self, plan: Plan, with_jpki: Floats, with_both: Floats) -> None:
        self._with_jpki: list[float] = with_jpki.tolist()
        self._with_both: list[float] = with_both.tolist()
        self._capacity: list[float] = plan.daily("systems.jpki_per_day").tolist()
        self._waste: list[float] = plan.daily("systems.jpki_waste_share").tolist()
        self._least: list[float] = plan.daily("systems.jpki_least_share").tolist()
        self._retry: list[float] = plan.daily("systems.retry_share").tolist()

    def serve(self, day: int, cards: int, certificates: int) -> Passed:
        """What becomes of a day's attempts to hand over cards and to issue certificates."""
        cards_met, cards_tried = self._meet_outage(day, cards, self._with_both[day])
        met, tried = self._meet_outage(day, certificates, self._with_jpki[day])
        capacity = self._capacity[day] * self._with_jpki[day]
        attempts = cards_tried + tried
        overloaded = attempts > capacity
        if overloaded:
            through = max(capacity - self._waste[day] * (attempts - capacity), self._least[day] * capacity)
            done = min(int(through), attempts)
        else:
            done = attempts
        cards_done = max(min(round(done * cards_tried / attempts), cards_tried), done - tried) if attempts else 0
        failed = cards_met + met + attempts - done
        return Passed(cards_done, done - cards_done, failed, overloaded)

    def _meet_outage(self, day: int, attempts: int, working: float) -> tuple[int, int]:
        """Attempts that meet an outage, and those left to be made, second tries included."""
        met = int(attempts * (1 - working) + 0.5)
        again = int(met * self._retry[day]) if working > 0 else 0
        return met, attempts - met + again
