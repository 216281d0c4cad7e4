"""The reporting checklist for discrete-event simulation (STRESS-DES), each item answered from the run.

Monks, Currie, Onggo, Robinson, Kunc and Taylor, *Strengthening the reporting of empirical simulation studies:
Introducing the STRESS guidelines*, Journal of Simulation 13, 2019, 55-67.
"""

from __future__ import annotations

from collections.abc import Mapping

from calibration import validated
from reports import assumptions
from reports.document import (
    Joined,
    Labelled,
    Name,
    Number,
    Period,
    Say,
    Table,
    Title,
    Value,
    Why,
    headings,
    say,
    sentences,
)
from reports.names import fiscal_years
from reports.run import answer, certainty
from reports.run.quality.counted import Counted
from reports.run.verdicts import headlines
from reports.run_data import RunData
from scenarios.history import load_history, load_municipalities
from scenarios.run.words import FAILS_UP_TO, FEWEST, HOLDS_FROM
from scenarios.unknowns import record
from sim.calendar import month_label
from sim.couplings import COUPLINGS
from sim.facts import CENTRES, SOURCES, STATIONS, SYSTEMS
from sim.parts import DECLARED, FACTS

ITEMS: Mapping[str, tuple[str, ...]] = {
    "objectives": ("purpose", "outputs", "aims"),
    "logic": ("overview", "base", "scenario", "algorithms", "components"),
    "data": ("sources", "preprocessing", "parameters", "assumptions"),
    "experimentation": ("initialisation", "run_length", "estimation"),
    "implementation": ("software", "sampling", "execution", "system"),
    "access": ("sharing",),
}
"""The 20 items by section, in the order of the checklist; their numbers follow from it."""
BALANCES = sum(len(part.balances) for part in DECLARED)
"""Sums that are checked on every day of every replication."""
_COMPONENTS = "entities", "activities", "resources", "queues", "exits"


def table(counted: Counted) -> Table:
    """A line an item under the heading of its section."""
    told = answers(counted)
    rows: list[tuple[Value, ...]] = []
    for section, (heading, items) in enumerate(ITEMS.items(), start=1):
        rows.append((_numbered(f"{section}", say(f"stress.section.{heading}")),))
        for item, name in enumerate(items, start=1):
            rows.append((_numbered(f"{section}.{item}", say(f"stress.item.{name}")), told[name]))
    return Table(headings("stress", "item", "answer"), tuple(rows), prose=(0, 1))


def _numbered(number: str, text: Value) -> Value:
    return say("format.beside", first=number, second=text)


def answers(counted: Counted) -> Mapping[str, Value]:
    """What is said to each item."""
    data = counted.data
    return {
        **_objectives(data),
        **_logic(data),
        **_data(counted),
        **_experimentation(data),
        **_implementation(data),
        "sharing": _note("sharing"),
    }


def _note(name: str, **values: Value) -> Say:
    return say(f"stress.answer_note.{name}", **values)


def _objectives(data: RunData) -> dict[str, Value]:
    run, shown, why = data.run, headlines(data.summary), data.scenario.get("why", "")
    first, last = (Period.of_year(year) for year in fiscal_years(run))
    looked = vars(run.margin) if run.margin else {}
    ends: dict[str, Value] = {name: Number(end, "factor") for name, end in looked.items()}
    return {
        "purpose": sentences(
            _note("purpose", question=answer.question(run)),
            Labelled(say("page.why"), Why(why)) if why else None,
        ),
        "outputs": _note(
            "outputs", targets=len(shown), tested=sum(one.tested for one in shown), facts=Number(len(FACTS))
        ),
        "aims": sentences(
            _note("aims" if first != last else "aims_one_year", title=Title(run.title), first=first, last=last),
            _note("aims_margin", **ends) if ends else None,
            _note("aims_others"),
        ),
    }


def _logic(data: RunData) -> dict[str, Value]:
    places = Number(len(load_municipalities().codes))
    parts: dict[str, Value] = {"stations": len(STATIONS), "municipalities": places, "centres": len(CENTRES)}
    components = (
        Labelled(say(f"stress.component.{name}"), _note(name, **parts, systems=len(SYSTEMS), sources=len(SOURCES)))
        for name in _COMPONENTS
    )
    return {
        "overview": _note("overview", parts=len(DECLARED), couplings=len(COUPLINGS)),
        "base": _note("base"),
        "scenario": _scenario(data),
        "algorithms": _note("algorithms"),
        "components": sentences(*components),
    }


def _scenario(data: RunData) -> Value:
    """What sets the scenario apart from the library's."""
    run = data.run
    named: dict[str, Value] = {"base": run.base or run.scenario, "count": len(run.changes)}
    return sentences(
        _note("scenario_changed" if run.changes else "scenario_own", **named),
        _note("scenario_actuals", count=len(run.replaced)) if run.replaced else None,
    )


def _data(counted: Counted) -> dict[str, Value]:
    kinds: dict[str, Value] = {kind: counted.count(kind=kind) for kind in ("published", "computed", "assumption")}
    unspoken = (Name("validation.not_validated_name", name) for name in validated.load().not_validated)
    return {
        "sources": _note("sources", figures=len(counted.figures), sources=len(counted.sources)),
        "preprocessing": _preprocessing(counted.data),
        "parameters": _note(
            "parameters",
            values=len(counted.known),
            uncertain=len(counted.uncertain),
            fixed=len(counted.fixed),
            **kinds,
        ),
        "assumptions": _note(
            "assumptions", assumption=kinds["assumption"], open=len(counted.open), names=Joined(tuple(unspoken))
        ),
    }


def _preprocessing(data: RunData) -> Value:
    known, digest = record(), data.run.unknowns
    used = sum(figure.used for figure in known.figures)
    return sentences(
        _note("history", first=Period(month_label(load_history().first_month))),
        _note("joint", figures=used, draws=Number(known.draws), unknowns=len(known.unknowns)),
        _note("digest", digest=digest) if digest else None,
    )


def _experimentation(data: RunData) -> dict[str, Value]:
    run = data.run
    first, last = fiscal_years(run)
    span: dict[str, Value] = {"first": run.first_day, "last": run.last_day}
    work = {name: assumptions.written(data.at(f"opening.{name}")) for name in ("cards", "at_municipalities")}
    bounds: dict[str, Value] = {"holds": Number(HOLDS_FROM, "percent"), "fails": Number(FAILS_UP_TO, "percent")}
    kind = "estimation_chance_only" if run.chance_only else "estimation"
    precise = (told for told in (certainty.precision(run), certainty.decided(run)) if told)
    return {
        "initialisation": _note(
            "initialisation",
            start=run.first_simulated_day,
            months=(run.first_day.year - run.first_simulated_day.year) * 12
            + run.first_day.month
            - run.first_simulated_day.month,
            history=Period(month_label(load_history().first_month)),
            **work,
        ),
        "run_length": _note(
            "run_length", days=Number((run.last_day - run.first_day).days + 1), years=last - first + 1, **span
        ),
        "estimation": sentences(
            _note(kind, replications=run.replications, chance=run.chance_replications),
            _note("verdicts", fewest=FEWEST, **bounds),
            *precise,
        ),
    }


def _implementation(data: RunData) -> dict[str, Value]:
    run = data.run
    kind = "sampling_chance_only" if run.chance_only else "sampling_draws"
    return {
        "software": _note("software", version=run.version),
        "sampling": sentences(_note("sampling", seed=run.seed), _note(kind)),
        "execution": _note("execution", balances=BALANCES),
        "system": _note("system"),
    }
