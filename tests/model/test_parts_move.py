"""Each part of the library moves its own facts, in the direction that its text says, around its days."""

from datetime import date
from functools import cache

import pytest
from no_run_in import without_run_in

from scenarios.files.load import load
from scenarios.history import load_history
from sim.replication import whole
from sim.result import Result

SPRING = date(2026, 5, 1), date(2026, 7, 15)
MARCH = date(2027, 3, 1), date(2027, 4, 15)
JUNE = date(2027, 6, 1), date(2027, 7, 15)
CENTRAL = date(2028, 3, 1), date(2028, 5, 31)
LAUNCH = date(2028, 3, 1), date(2028, 5, 31)
WAVE = date(2030, 4, 1), date(2031, 1, 31)
MOVES: dict[str, tuple[tuple[date, date], dict[str, int]]] = {
    "residence-card": (SPRING, {"applications_residence": 1, "stays_extended": -1}),
    "roman-letters": (SPRING, {"readings_wanted": 1, "applications_readings": 1, "slots_taken": 1}),
    "overseas": (SPRING, {"applications_abroad": 1, "applications": 1}),
    "smartphone-wave": (SPRING, {"phone_certificates_on_top": 1, "calls_phones": 1, "calls_offered": 1}),
    "load-breaks": (MARCH, {"jpki_load_breaks": 1, "outage_minutes_jpki_counter": 1}),
    "post-offices-1000": (SPRING, {"post_offices_opened": 1, "post_office_slots": 1}),
    "konbini-pins": (SPRING, {"pin_resets_store_signing": 1, "pin_resets_counter_signing": -1, "pin_visits_user": -1}),
    "notice-printing": (MARCH, {"notices_waiting": 1}),
    "jpki-slowdown": (MARCH, {"jpki_timeouts": 1, "transactions_failed": 1, "helpdesk_errors": 1}),
    "validation-loss": (JUNE, {"validation_breakdowns": 1, "outage_minutes_jpki_verifier": 1}),
    "site-loss": (JUNE, {"calls_agent_minutes_lost": 1, "calls_agent_minutes": -1}),
    "earthquake": (JUNE, {"outage_minutes_jpki_counter": 1, "done_production": -1, "late_inside": 1}),
    "ai-answers": (JUNE, {"calls_ai_taken": 1, "calls_offered": -1}),
    "central-setting": (CENTRAL, {"on_the_way": -1, "arrived": 1}),
    "next-card-rush": (
        LAUNCH,
        {"applications_renewal": 1, "applications_first_time": 1, "cards_exchanged": 1, "calls_launch": 1},
    ),
    "blanks-late": (WAVE, {"blanks_counted": 1, "waiting_production": 1, "late_inside": 1}),
}
SOONER = {"next_card.delay_months": 0}
"""The next card begins in the first possible month."""


@cache
def simulated(name: str, start: date, end: date) -> Result:
    scenario = load(name).with_values({"start": start, "end": end, **SOONER})
    return whole(without_run_in(scenario.parameters), load_history(), 1, 1, chance_only=True)


@pytest.mark.parametrize("part", MOVES)
def test_a_part_moves_its_own_facts_in_the_direction_it_says(part: str) -> None:
    days, facts = MOVES[part]
    usual, joined = (simulated(name, *days) for name in ("plan-period", f"plan-period+{part}"))
    for fact, direction in facts.items():
        before, after = (int(result.facts[fact].sum()) for result in (usual, joined))
        assert (after - before) * direction > 0, (fact, before, after)
