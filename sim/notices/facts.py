"""What the notices' part posts. It works with the cards as one: which notices fall due is the holders' business."""

from __future__ import annotations

from sim.declared import Balance, Fact, Part, Stage

SENT = (Fact("notices_sent", "notices", "expiry notices posted (有効期限通知書)"),)
MADE = (
    Fact("notices_in_time", "notices", "of those posted, as long before expiry as promised"),
    Fact("notices_late", "notices", "no longer to be posted as long before expiry as promised, from that day on"),
    Fact("notices_waiting", "notices", "due and not yet posted, at midnight", stock=True),
    Fact("notices_still_in_time", "notices", "of these, still in time for the promised days before expiry", stock=True),
)
BACK = (
    Fact("notices_undelivered", "notices", "came back undelivered"),
    Fact("notices_delivered", "notices", "of those posted that day, not to come back"),
    Fact("notices_coming_back", "notices", "posted and on their way back, at midnight", stock=True),
)
EMAILED = (Fact("notices_emailed", "e-mails", "expiry notices by e-mail to residents abroad, beside those posted"),)

NOTICES = Part(
    "cards",
    facts=(*SENT, *MADE),
    balances=(
        Balance("notices made", ("notices_due",), ("notices_sent", "notices_waiting")),
        Balance(
            "notices by their promise", ("notices_due",), ("notices_in_time", "notices_late", "notices_still_in_time")
        ),
    ),
    reads=("notices_due", "notices_due_early", "notices_due_late"),
    parameters=("notices.printed_per_day", "targets.notice_days"),
    stages=(Stage("notices", ("notices_sent",)),),
)
COMING_BACK = Part(
    "cards",
    facts=BACK,
    balances=(
        Balance(
            "notices posted", ("notices_sent",), ("notices_delivered", "notices_undelivered", "notices_coming_back")
        ),
    ),
    parameters=("notices.undelivered_",),
    stages=(Stage("notices", ("notices_delivered", "notices_undelivered")),),
)
"""What becomes of notices on their way, which moves nothing."""
EMAILS = Part("cards", facts=EMAILED, parameters=("notices.emails_per_year",))
"""Stand beside the notices posted, and move nothing."""
