"""The scenario that starts from the planner's own figures (実績), and how a run speaks of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from scenarios.errors import UserError
from scenarios.files.actuals import Actuals, month_end, next_month
from scenarios.files.load import Scenario
from scenarios.run.record import Afterwards, Held, Started
from scenarios.workbook.columns import MONTHLY
from sim.facts import CENTRES
from sim.message import Message
from sim.parameters import Parameters
from sim.schedule import Quantity, Step


def apply(scenario: Scenario, actuals: Actuals) -> Scenario:
    """The scenario that starts from the planner's figures.

    Applications of stated months take the place of drawn ones (``demand.actual``); after the last of them they are
    forecast again. Stated seats take the place of the scenario's; the last of them hold on, as levels do, until the
    scenario states others for a later day (``afterwards`` says so). The work inside is set at the close of the as-of
    date (``opening.restated``).

    Raises:
        UserError: if the as-of date lies outside the simulated days, or seats are stated that a policy would size.
    """
    first, last = scenario.parameters.first_simulated_day, scenario.parameters.end
    mistakes = [*_outside(actuals, first, last), *_sized_by_policy(actuals, scenario.parameters)]
    if mistakes:
        raise UserError(actuals.file, mistakes)
    values: dict[str, Any] = {}
    if applications := _inside(actuals.series("applications"), first):
        values["demand.actual"] = _received(scenario.parameters, applications)
    for centre in CENTRES:
        if seats := _levels(actuals.series(f"seats_{centre}"), first):
            own = getattr(scenario.parameters.contact, centre).seats
            values[f"contact.{centre}.seats"] = _seats(own, seats, first)
    if known := _work_inside(actuals):
        own = [state.model_dump() for state in scenario.parameters.opening.restated if state.as_of != actuals.as_of]
        states = [*own, {"as_of": actuals.as_of, **known}]
        values["opening.restated"] = sorted(states, key=lambda state: state["as_of"])
    return replace(scenario.with_values(values), actuals=actuals, before=scenario.before or scenario)


def named(scenario: Scenario) -> Started | None:
    """How a run speaks of the actual figures that it starts from: their file, as-of date, and what comes after them.

    ``afterwards`` has an entry for each series that ends before the run does: its ``path``, the ``last`` stated month,
    and what comes ``then``: ``forecast`` for applications, ``held`` for seats, which hold on to the day before
    ``until``, on which the scenario states others; to the end of the run where that is ``None``. None without figures.
    """
    if scenario.actuals is None or scenario.before is None:
        return None
    actuals = scenario.actuals
    return Started(actuals.file, actuals.as_of, tuple(_afterwards(actuals, scenario.before.parameters)))


def _afterwards(actuals: Actuals, own: Parameters) -> Iterator[Afterwards]:
    def ended(series: Mapping[date, Any]) -> date | None:
        last = max(series, default=None)
        return last if last is not None and month_end(last) < own.end else None

    if last := ended(_inside(actuals.series("applications"), own.first_simulated_day)):
        yield Afterwards("demand.actual", f"{last:%Y-%m}", "forecast")
    for centre in CENTRES:
        if last := ended(actuals.series(f"seats_{centre}")):
            later = _later(getattr(own.contact, centre).seats, next_month(last))
            until = next((step.from_ for step in later if step.from_ and step.from_ <= own.end), None)
            yield Held(f"contact.{centre}.seats", f"{last:%Y-%m}", "held", until)


def _inside(series: Mapping[date, Any], first: date) -> dict[date, Any]:
    return {month: value for month, value in series.items() if month >= first}


def _levels(series: Mapping[date, Any], first: date) -> dict[date, Any]:
    """The months from the first simulated day on; where that has none, also the last before it, whose level holds."""
    inside = _inside(series, first)
    before = max((month for month in series if month < first), default=None)
    return inside if first in inside or before is None else {before: series[before], **inside}


def _outside(actuals: Actuals, first: date, last: date) -> list[Message]:
    """Where the as-of date lies outside the run, that and what to change."""
    if first <= actuals.as_of <= last:
        return []
    told = {"day": actuals.as_of, "first": first, "last": last}
    if actuals.as_of > last:
        return [
            Message(
                "as-of date (基準日) {day}   lies outside the simulated days ({first}, run-in included, to {last}): "
                "let the scenario end later (--set end={day} or later), or state an earlier date",
                **told,
            )
        ]
    return [
        Message(
            "as-of date (基準日) {day}   lies outside the simulated days ({first}, run-in included, to {last}): "
            "take a scenario that starts earlier (--set start=...), or state a later date",
            **told,
        )
    ]


def _sized_by_policy(actuals: Actuals, parameters: Parameters) -> list[Message]:
    """Stated seats that would not hold: the scenario sizes seats itself each April."""
    return [
        Message(
            "{name}   is stated, but contact.{centre}.seats_policy is last_year, which sizes seats each April: "
            "leave the column empty, or add --set contact.{centre}.seats_policy=fixed",
            name=column.ja,
            centre=centre,
        )
        for centre in CENTRES
        for column in MONTHLY
        if column.name == f"seats_{centre}" and actuals.series(column.name)
        if getattr(parameters.contact, centre).seats_policy != "fixed"
    ]


def _work_inside(actuals: Actuals) -> dict[str, int]:
    stated = {"cards": actuals.cards_in_plant, "at_municipalities": actuals.cards_at_municipalities}
    if actuals.cards_at_municipalities is not None:
        stated["dispatched_so_far"] = actuals.dispatched_so_far
    return {name: value for name, value in stated.items() if value is not None}


def _received(parameters: Parameters, applications: Mapping[date, int]) -> list[dict[str, Any]]:
    """Windows of ``demand.actual``: a stated month each, and the scenario's own before and after them."""
    start, end = min(applications), month_end(max(applications))
    own = [window.model_dump(by_alias=True) for window in parameters.demand.actual]
    stated = [
        {"from": month, "to": month_end(month), "applications": count} for month, count in sorted(applications.items())
    ]
    return [*(w for w in own if w["to"] < start), *stated, *(w for w in own if w["from"] > end)]


def _seats(own: Quantity, seats: Mapping[date, int], first: date) -> list[dict[str, Any]]:
    """Dated steps: the scenario's own seats, the stated ones, then what the scenario states for later days."""
    start, after = min(seats), next_month(max(seats))
    dated = [(step.from_ or first, step) for step in own.steps]
    dated[0] = min(dated[0][0], first), dated[0][1]
    stated = [{"from": month, "value": count} for month, count in sorted(seats.items())]
    later = [step.model_dump() for step in _later(own, after)]
    return [*(_from(day, step) for day, step in dated if day < start), *stated, *later]


def _later(own: Quantity, after: date) -> list[Step]:
    """The scenario's own steps from a day on; the first step of all is no change."""
    return [step for step in own.steps[1:] if step.from_ is not None and step.from_ >= after]


def _from(day: date, step: Step) -> dict[str, Any]:
    """A step with its range, from a day on."""
    return {**step.model_dump(), "from": day}
