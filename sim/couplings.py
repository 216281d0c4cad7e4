"""The one table of who affects whom: facts that become other facts, each with a rate and a lag.

A row takes a share of a fact and spreads it over the days after, as whole numbers; what is left over is posted as
another fact, so nothing vanishes. Rows of the same day (``lag`` None) follow work already done that day; all others
look at days that are over. Renewals are not here: which holders come due, and when they act, is the cohorts' own
business (``sim/people/holders.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.facts import CENTRES, PINS
from sim.plan import Plan
from sim.streams import Floats
from sim.timing import DAYS_A_YEAR

Law = Literal["fixed", "geometric", "share", "poisson", "while", "queue"]


@dataclass(frozen=True)
class Coupling:
    """A cause, its effect, the share or rate of it, and its lag in days.

    ``rate`` names the parameter of the share, ``lag`` that of the days. Laws: a share of a flow has the effect after
    exactly so many days (``fixed``), after so many on average with the same chance every day (``geometric``), or on the
    same day (``share``); a level has effects at random, ``rate`` for each ``per`` of it (``poisson``); or, as long as a
    stock stands, a share of those in it act once, each after so many days on average (``while``). Unanswered callers
    ring again inside the queue, which needs the minute (``queue``, lag in minutes): those rows stand here to be seen.

    ``pattern`` names the daily weights of the place where the effect happens. ``rest`` is the fact of those without the
    effect, ``pending`` the stock of those on the way to it. ``loaded``: multiplied by ``demand.load``, where the cause
    is not already. ``less`` is a fact of those of the cause that take another way.
    """

    cause: str
    effect: str
    rate: str
    lag: str | None
    law: Law
    rest: str | None = None
    pending: str | None = None
    rate_is_of_the_rest: bool = False
    pattern: str | None = None
    per: float = 1.0
    loaded: bool = False
    less: str | None = None

    @property
    def same_day(self) -> bool:
        """Whether the effect falls on the day of its cause."""
        return self.law == "share" or self.cause in _KNOWN_AT_ONCE

    @property
    def causes(self) -> tuple[str, ...]:
        """All facts that the effect follows from."""
        return (self.cause, self.less) if self.less else (self.cause,)


_KNOWN_AT_ONCE = ("helpdesk_outage_minutes", "helpdesk_open", "post_offices_on_top")

COUPLINGS = (
    Coupling(
        cause="returned",
        effect="resubmitted",
        rate="plant.returned_comes_back_share",
        lag="plant.returned_days",
        law="geometric",
        rest="withdrawn",
        pending="waiting_return",
    ),
    Coupling(
        cause="dispatched_standard",
        effect="settings_wanted",
        rate="counters.never_collected_share",
        lag="counters.preparation_days",
        law="fixed",
        rest="never_collected",
        pending="on_the_way",
        rate_is_of_the_rest=True,
        less="dispatched_residence",
    ),
    Coupling(
        cause="signing_ended",
        effect="signing_wanted",
        rate="holders.signing_reissue_share",
        lag="holders.signing_reissue_days",
        law="geometric",
        pattern="counters",
    ),
    Coupling(
        cause="slots_given_up",
        effect="came_back",
        rate="counters.come_back_share",
        lag="counters.come_back_days",
        law="geometric",
        rest="certificates_lapsed",
        pending="coming_back",
        pattern="counters",
    ),
    *(
        Coupling(
            cause=f"pin_resets_counter_{kind}",
            effect=f"pin_visits_{kind}",
            rate="counters.pin_visit_share",
            lag="counters.pin_visit_days",
            law="geometric",
            rest=f"pins_left_{kind}",
            pending=f"pins_coming_{kind}",
            pattern="counters",
        )
        for kind in PINS
    ),
    Coupling(
        cause="notices_sent",
        effect="calls_notices",
        rate="contact.resident.calls_per_notice",
        lag="contact.resident.notice_days",
        law="geometric",
        pattern="resident",
        loaded=True,
    ),
    Coupling(
        cause="notices_sent",
        effect="notices_undelivered",
        rate="notices.undelivered_share",
        lag="notices.undelivered_days",
        law="geometric",
        rest="notices_delivered",
        pending="notices_coming_back",
    ),
    Coupling(
        cause="applications",
        effect="calls_applications",
        rate="contact.resident.calls_per_application",
        lag="contact.resident.application_days",
        law="geometric",
        pattern="resident",
    ),
    Coupling(
        cause="late_inside",
        effect="calls_late_cards",
        rate="contact.resident.late_callers_share",
        lag="contact.resident.late_days",
        law="while",
        pattern="resident",
    ),
    Coupling(
        cause="booking_backlog",
        effect="calls_counter_waits",
        rate="contact.resident.waiting_callers_share",
        lag="contact.resident.waiting_days",
        law="while",
        pattern="resident",
    ),
    Coupling(
        cause="cards_held",
        effect="calls_holders",
        rate="contact.resident.calls_per_holder",
        lag=None,
        law="poisson",
        pattern="resident",
        per=DAYS_A_YEAR,
        loaded=True,
    ),
    Coupling(
        cause="cards_held",
        effect="calls_loss",
        rate="contact.resident.loss_reports_per_holder",
        lag=None,
        law="poisson",
        pattern="resident_urgent",
        per=DAYS_A_YEAR,
        loaded=True,
    ),
    Coupling(
        cause="phone_certificates_on_top",
        effect="calls_phones",
        rate="contact.resident.calls_per_phone_certificate",
        lag="contact.resident.phone_days",
        law="geometric",
        pattern="resident",
        loaded=True,
    ),
    Coupling(
        cause="cards_exchanged",
        effect="calls_launch",
        rate="contact.resident.calls_per_early_card",
        lag="contact.resident.launch_days",
        law="geometric",
        pattern="resident",
    ),
    Coupling(
        cause="licences_on_top",
        effect="calls_licences",
        rate="contact.resident.calls_per_licence",
        lag="contact.resident.licence_days",
        law="geometric",
        pattern="resident",
    ),
    Coupling(
        cause="transactions",
        effect="helpdesk_transactions",
        rate="contact.helpdesk.calls_per_transaction",
        lag=None,
        law="share",
        pattern="helpdesk_noise",
    ),
    Coupling(
        cause="transactions_failed",
        effect="helpdesk_errors",
        rate="contact.helpdesk.calls_per_error",
        lag=None,
        law="share",
        pattern="helpdesk_noise",
    ),
    Coupling(
        cause="helpdesk_outage_minutes",
        effect="helpdesk_outages",
        rate="contact.helpdesk.calls_per_outage_hour",
        lag=None,
        law="poisson",
        pattern="helpdesk_noise",
        per=60.0,
    ),
    Coupling(
        cause="helpdesk_open",
        effect="helpdesk_office",
        rate="contact.helpdesk.calls_per_open_day",
        lag=None,
        law="poisson",
        pattern="helpdesk",
        loaded=True,
    ),
    Coupling(
        cause="post_offices_on_top",
        effect="helpdesk_post_offices",
        rate="contact.helpdesk.calls_per_post_office",
        lag=None,
        law="poisson",
        pattern="helpdesk",
        loaded=True,
    ),
    *(
        Coupling(
            cause=f"{prefix}_{outcome}",
            effect=f"{prefix}_call_backs",
            rate=f"contact.{centre}.call_back_share",
            lag=f"contact.{centre}.call_back_minutes",
            law="queue",
        )
        for centre, prefix in CENTRES.items()
        for outcome in ("abandoned", "deflected", "blocked")
    ),
)


def rates(coupling: Coupling, plan: Plan) -> Floats:
    """Share (or rate) of a row's cause that has the effect, by day."""
    rate = plan.daily(coupling.rate)
    rate = 1 - rate if coupling.rate_is_of_the_rest else rate
    rate = rate * plan.daily("demand.load") if coupling.loaded else rate
    return rate if coupling.law == "poisson" else np.minimum(rate, 1.0)


def chances(days: Floats, weight: Floats) -> Floats:
    """Chance of each day that an effect falls due on it, which takes so many days of weight 1 on average."""
    return np.minimum(weight / days, 1.0)
