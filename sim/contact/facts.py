"""What each call centre posts, what must add up there, and what it reads."""

from __future__ import annotations

from sim.declared import Balance, Fact, Part, Stage
from sim.facts import AT_COUNTERS, CALL_CAUSES, CENTRES, LOST, LOST_CAUSES, OUTCOMES, WITH_AI

_LOST_MEANINGS = {
    "call_back": "attempts after a lost one",
    "outage": "first calls about an outage, or made while one was on that this centre hears of",
    "closed": "first calls that found the centre closed, or were in line or promised a call back as it closed",
    "notices": "first calls after an expiry notice",
    "seats": "all other first calls: no agent took them in time",
}


def _of_centre(centre: str, *named: tuple[str, str, str], stock: bool = False) -> tuple[Fact, ...]:
    prefix = CENTRES[centre]
    return tuple(Fact(f"{prefix}_{n}", unit, f"{meaning} ({centre} centre)", stock) for n, unit, meaning in named)


def _calls(centre: str) -> tuple[Fact, ...]:
    return _of_centre(
        centre,
        *((cause, "calls", f"first calls because of {cause}") for cause in CALL_CAUSES[centre]),
        ("call_backs", "calls", "attempts after an unanswered one"),
        ("offered", "calls", "attempts, first calls and call-backs together"),
        ("answered", "calls", "answered, counted when the agent has finished"),
        ("within_20s", "calls", "answered within 20 seconds, counted when answered"),
        ("abandoned", "calls", "callers who hung up waiting (放棄呼)"),
        ("rung_back", "calls", "accepted the offer of a call back and were rung, counted when answered"),
        ("not_rung_back", "calls", "of the deflected, those promised a call back that did not come by closing"),
        ("deflected", "calls", "told by a recording that the centre is closed"),
        ("blocked", "calls", "heard the engaged tone: no waiting place"),
        *((f"lost_{cause}", "calls", f"lost: {_LOST_MEANINGS[cause]}") for cause in LOST_CAUSES[centre]),
        ("wait_seconds", "seconds", "waited on the line in all attempts decided that day"),
        ("busy_minutes", "agent-minutes", "agents serving"),
        ("agent_minutes", "agent-minutes", "agents at their post"),
        ("agent_minutes_rostered", "agent-minutes", "agents of its own seats, had none been lost or lent"),
        ("agent_minutes_lost", "agent-minutes", "agents of lost sites, who would have been at their post"),
        ("open", "yes/no", "1 on a day with opening hours"),
    )


def _at_midnight(centre: str) -> tuple[Fact, ...]:
    return _of_centre(
        centre,
        ("waiting", "calls", "waiting for an agent at midnight"),
        ("in_service", "calls", "being served at midnight"),
        ("seats", "seats", "contracted seats (席数)"),
        ("seats_fy2025", "seats", "contracted seats of FY2025, the same every day: index 100"),
        ("seats_needed", "seats", "least seats with which the month's calls meet the target, by Erlang A"),
        stock=True,
    )


CALLS = tuple(fact for centre in CENTRES for fact in _calls(centre))
AT_MIDNIGHT = tuple(fact for centre in CENTRES for fact in _at_midnight(centre))
LENT = (Fact("agent_minutes_lent", "agent-minutes", "agents of the residents' centre at the help desk, counted there"),)
HEARD = (
    Fact("helpdesk_outage_minutes", "minutes", "of help-desk hours in which a system that counters need was down"),
)
HELP = (*LENT, *HEARD)

AI = (
    Fact("calls_ai_taken", "calls", "first calls answered by AI"),
    Fact("calls_ai_settled", "calls", "of these, settled by it"),
    Fact("calls_ai_again", "calls", "of these, ringing again for an agent, which counts among the call-backs"),
)


def _balances(centre: str) -> tuple[Balance, ...]:
    def named(*names: str) -> tuple[str, ...]:
        return tuple(f"{CENTRES[centre]}_{name}" for name in names)

    causes = named(*(f"lost_{cause}" for cause in LOST_CAUSES[centre]))
    return (
        Balance(f"{CENTRES[centre]} offered", named("offered"), named(*OUTCOMES, "waiting", "in_service")),
        Balance(f"{CENTRES[centre]} lost", named(*LOST), causes),
        Balance(
            f"first {CENTRES[centre]}",
            named(*CALL_CAUSES[centre], "call_backs"),
            named("offered", *(("ai_taken",) if centre in WITH_AI else ())),
        ),
        *(_OF_AI if centre in WITH_AI else ()),
        _AGENTS[centre],
    )


_OF_AI = (Balance("calls of AI", ("calls_ai_taken",), ("calls_ai_settled", "calls_ai_again")),)
_AGENTS = {
    "resident": Balance(
        "agents of residents",
        ("calls_agent_minutes_rostered",),
        ("calls_agent_minutes", "calls_agent_minutes_lost", "agent_minutes_lent"),
    ),
    "helpdesk": Balance(
        "agents of the help desk",
        ("helpdesk_agent_minutes_rostered", "agent_minutes_lent"),
        ("helpdesk_agent_minutes", "helpdesk_agent_minutes_lost"),
    ),
}
"""Whoever is lent is counted at the help desk."""


def _centre(
    centre: str,
    facts: tuple[Fact, ...] = (),
    parameters: tuple[str, ...] = (),
    stages: tuple[Stage, ...] = (),
) -> Part:
    own = (*CALL_CAUSES[centre], "call_backs", "offered", *OUTCOMES, "open")
    return Part(
        centre,
        facts=(*_calls(centre), *facts, *_at_midnight(centre)),
        balances=_balances(centre),
        parameters=(
            f"contact.{centre}.",
            "contact.cross_trained_share",
            "targets.answered_share",
            "systems.",
            "disruptions.",
            *parameters,
        ),
        stages=(Stage(centre, tuple(f"{CENTRES[centre]}_{name}" for name in own)), *stages),
    )


RESIDENT_CENTRE = _centre("resident", AI, ("services.phones.",))
_TIMES = "contact.helpdesk.hours", "contact.helpdesk.closures"
HELPDESK_CENTRE = _centre("helpdesk", LENT, ("systems.jpki_counter.", "services.post_offices.", *_TIMES))
OUTAGES_HEARD = Part(
    "helpdesk",
    facts=HEARD,
    reads=tuple(f"outage_minutes_{name}" for name in AT_COUNTERS),
    parameters=_TIMES,
    stages=(Stage("systems", ("helpdesk_outage_minutes",)),),
)
"""What the help desk hears of outages, which it knows before any call."""
