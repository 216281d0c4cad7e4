"""What the systems post. Their breakdowns cost nothing to draw: every rerun of other parts draws them anew.

But for those that load brings, which the day at the counters decides: they are known with the counters.
"""

from __future__ import annotations

from sim.declared import Balance, Fact, Part
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

SYSTEM_SERVICE = Part(
    None,
    facts=(*SERVICE, *TIMETABLE),
    balances=tuple(
        Balance(f"service hours ({n})", (f"timetable_minutes_{n}",), (f"service_minutes_{n}", f"planned_minutes_{n}"))
        for n in SYSTEMS
    ),
    parameters=("systems.jpki_verifier.",),
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
)
BROKEN_BY_LOAD = Part("counters", facts=LOAD)
