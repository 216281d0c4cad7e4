"""What the plant posts, what must add up in it, and what it reads."""

from __future__ import annotations

from sim.declared import Balance, Fact, Part, Stage
from sim.facts import STATIONS

RETURNED = (
    Fact("restated_cards", "cards", "added to (or taken out of) the plant to meet the stated work inside"),
    Fact("returned", "applications", "found incomplete at the checks and sent back (不備)"),
    Fact("resubmitted", "applications", "returned applications that came back, a new receipt each"),
    Fact("withdrawn", "applications", "returned applications that never come back, counted when returned"),
)
WORK = (
    Fact("opening_work", "cards", "work placed inside the plant before the run-in"),
    *(Fact(f"done_{name}", "cards", f"finished at station {name}") for name in STATIONS),
    *(Fact(f"capacity_{name}", "cards", f"what station {name} could have done that day") for name in STATIONS),
    Fact("remade", "cards", "failed inspection and sent back to production"),
    Fact("dispatched_standard", "cards", "standard cards dispatched (発送)"),
    Fact("dispatched_express", "cards", "express cards dispatched"),
    Fact("due_to_leave", "cards", "must be dispatched by that day to meet the targets, by day of receipt"),
    Fact("received_to_be_late", "cards", "standard cards received that day that miss the dispatch target"),
    Fact("express_delivered", "cards", "express cards that reached the resident"),
)
WORKED = (
    Fact("weekend_worked", "yes/no", "1 on a Saturday or Sunday that the plant worked"),
    Fact("overtime_hours", "hours", "worked by the plant after its ordinary closing hour"),
)
BLANKS = (
    Fact("blanks_counted", "cards", "blank cards found on hand, more or fewer than there were"),
    Fact("blanks_delivered", "cards", "blank cards delivered; as many as are used, where no stock is stated"),
    Fact("blanks_used", "cards", "blank cards of lots that began at production, remakes included"),
    Fact("blanks_left", "cards", "blank cards on hand at midnight, where a stock is stated", stock=True),
)
INSIDE = (
    *(Fact(f"waiting_{n}", "cards", f"waiting or in work at station {n} at midnight", stock=True) for n in STATIONS),
    Fact(
        "waiting_dispatch", "cards", "finished, waiting for the planned day or the monthly cap, at midnight", stock=True
    ),
    Fact("waiting_return", "applications", "returned applications that will come back, at midnight", stock=True),
    Fact("late_inside", "cards", "inside the plant past their planned day, at midnight", stock=True),
)

PLANT = Part(
    "cards",
    facts=(*RETURNED, *WORK, *WORKED, *BLANKS, *INSIDE),
    balances=(
        Balance(
            "cards in the plant",
            ("applications", "resubmitted", "opening_work", "restated_cards"),
            (
                "returned",
                "dispatched_standard",
                "dispatched_express",
                *(f"waiting_{name}" for name in (*STATIONS, "dispatch")),
            ),
        ),
        Balance("blank cards", ("blanks_counted", "blanks_delivered"), ("blanks_used", "blanks_left")),
        Balance("returned applications", ("returned",), ("resubmitted", "withdrawn", "waiting_return")),
    ),
    reads=("applications", "applications_express"),
    parameters=(
        "plant.",
        "express.",
        "opening.cards",
        "opening.restated",
        "opening.run_in_months",
        "systems.",
        "disruptions.",
        "next_card.start",
        "next_card.delay_months",
        "next_card.cutover_days",
        "next_card.ramp_",
        "targets.issue_days",
        "targets.express_days",
    ),
    stages=(
        Stage("checks", ("returned", "resubmitted", "withdrawn", "done_data")),
        Stage("making", ("remade", "late_inside", "dispatched_standard", "dispatched_express"), takes=("done_data",)),
        Stage("dispatch_express", ("express_delivered",), takes=("dispatched_express",)),
    ),
)
