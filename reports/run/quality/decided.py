"""The decision log: how what was published was read where it can be read in several ways, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from calibration.validate import shipped_fits
from reports import assumptions, evidence, source_texts
from reports.document import Columns, Marked, Number, Table, Value, say, table_of
from reports.run_data import RunData


@dataclass(frozen=True)
class Decision:
    """A reading by its name in the catalogue.

    ``path`` is the parameter that holds what was chosen; without one the catalogue says it, and ``figures`` are the ids
    of what was read.
    """

    name: str
    path: str = ""
    figures: tuple[str, ...] = ()


DECISIONS = (
    Decision("day_zero", figures=("JLIS-005", "JLIS-006")),
    Decision("in_principle", "targets.issue_share"),
    Decision("new_year", figures=("JLIS-007", "JLIS-009")),
    Decision("mean_days", "plant.after_cutoff_share"),
    Decision("holidays", "plant.works_holidays"),
    Decision("express", "targets.express_share"),
    Decision("about_95", "targets.answered_share"),
    Decision("by_attempt", figures=("JLIS-012", "JLIS-013", "JLIS-015")),
    Decision("ai", "targets.ai_reading"),
    Decision("availability", "targets.availability_reading"),
    Decision("notices", "targets.notice_days"),
    Decision("errors", "targets.error_free_share"),
    Decision("early_certificates", "rules.early_certificate_keeps_expiry"),
    Decision("early_cards", "rules.early_card_keeps_expiry"),
    Decision("next_window", "next_card.renewal_window_months"),
)
"""In the order of the work: cards, calls, systems, notices, what expires when."""


def table(data: RunData) -> Table:
    """A line a decision."""
    columns: Columns[Decision] = {
        "what": lambda one: say(f"decision_log.what.{one.name}"),
        "chosen": partial(_chosen, data),
        "why": _why,
        "source": partial(_source, data),
    }
    return table_of("decision_log", DECISIONS, columns, prose=(0, 1, 2, 3))


def _why(one: Decision) -> Value:
    return say(f"decision_log.why.{one.name}", **(_both_readings() if one.name == "mean_days" else {}))


def _source(data: RunData, one: Decision) -> Value:
    entry = evidence.of(one.path, data.known) if one.path else None
    return source_texts.resolved(entry.source if entry else one.figures)


def _chosen(data: RunData, one: Decision) -> Value:
    """What this run takes; marked where the planner chose otherwise than the library."""
    if not one.path:
        return say(f"decision_log.chosen.{one.name}")
    value = assumptions.written(data.at(one.path))
    changed = any(change.path == one.path for change in data.run.changes)
    return Marked(value, say("decision_log.changed")) if changed else value


def _both_readings() -> dict[str, Value]:
    """What both readings of the published mean ask for, as the fit that ships found it."""
    fits = shipped_fits()
    return {one.reading: Number(one.value, "probability") for one in fits.readings} if fits else {}
