"""What the systems post. Their breakdowns cost nothing to draw: every rerun of other parts draws them anew.

But for those that load brings, which the day at the counters decides: they are known with the counters.
"""

from __future__ import annotations

from sim.declared import Balance, Fact, Part, Stage
from sim.facts import SYSTEMS

SERVICE = (
    *(Fact(f"service_minutes_{n}", "minutes", f"service hours of {n}, planned stops left out") for n in SYSTEMS),
    *(Fact(f"outage_minutes_{n}", "minutes", f"of these, down ({n})") for n in SYSTEMS),
    *(Fact(f"planned_minutes_{n}", "minutes", f"planned stops in the service hours of {n}") for n in SYSTEMS),
)
TIMETABLE = tuple(
    Fact(f"timetable_minutes_{n}", "minutes", f"service hours of {n}, planned stops among them") for n in SYSTEMS
)
VALIDATION = (
    Fact("validation_down_minutes", "minutes", "in which no centre told relying parties what is valid"),
    Fact("validation_breakdowns", "breakdowns", "of a validation centre, or of both at once"),
    Fact("validation_fail_overs", "breakdowns", "of these, after which the other centre took over"),
    Fact("validation_unseen", "breakdowns", "of these, of the centre that stood by: nobody saw it"),
    Fact("validation_unrelieved", "breakdowns", "of these, repaired before another centre could answer"),
    Fact("validity_checks", "checks", "of certificates by relying parties"),
    Fact("validity_checks_answered", "checks", "of these, with an answer"),
    Fact("validity_checks_unanswered", "checks", "of these, without one"),
    Fact("crl_late_minutes", "minutes", "by which the revocation list due that day came late"),
)
LOAD = (Fact("jpki_load_breaks", "breakdowns", "of JPKI for counters, that load brought"),)


def _service(
    system: str, broken_by: tuple[str, ...] = (), *own: str, outages: tuple[str, ...] = ()
) -> tuple[Part, Part]:
    """The hours of a system, and what is lost of them."""
    hours = tuple(fact for fact in (*SERVICE, *TIMETABLE) if fact.name.endswith(f"_minutes_{system}"))
    lost = tuple(fact for fact in hours if fact.name.startswith("outage"))
    come_in, parts = f"timetable_minutes_{system}", (f"service_minutes_{system}", f"planned_minutes_{system}")
    return (
        Part(
            None,
            facts=tuple(fact for fact in hours if fact not in lost),
            balances=(Balance(f"service hours ({system})", (come_in,), parts),),
            parameters=("systems.", "disruptions.", *own),
        ),
        Part(None, facts=lost, reads=broken_by, parameters=("systems.", "disruptions.", *own, *outages)),
    )


_CARD_SYSTEM, _COUNTERS, _VERIFIERS = SYSTEMS
SYSTEM_SERVICE = (
    *_service(_CARD_SYSTEM),
    *_service(_COUNTERS, ("jpki_load_breaks",), "systems.jpki_counter."),
    *_service(_VERIFIERS, (), "systems.jpki_verifier.", outages=("systems.validation.",)),
)
VALIDATION_SERVICE = Part(
    None,
    facts=VALIDATION,
    balances=(
        Balance(
            "breakdowns of validation centres",
            ("validation_breakdowns",),
            ("validation_fail_overs", "validation_unseen", "validation_unrelieved"),
        ),
        Balance("validity checks", ("validity_checks",), ("validity_checks_answered", "validity_checks_unanswered")),
    ),
    parameters=("systems.validation.",),
    stages=(Stage("relying_parties", ("validity_checks",)),),
)
BROKEN_BY_LOAD = Part(
    "counters",
    facts=LOAD,
    reads=("transactions", "slots_taken", "dispatched_standard"),
    parameters=("systems.jpki_load_",),
    stages=(Stage("systems", ("jpki_load_breaks",)),),
)
"""A day's visits and settings may break the servers; what that does to the rest of the day, the counters read."""
