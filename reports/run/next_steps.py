"""Commands worth running next, chosen by what a run found short or could not test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports import names
from reports.capacity_fields import CAP_FIELD, STATION_FIELDS
from reports.document import Number, Period, Value, say, sentences
from reports.run.verdicts import Headline, headlines
from reports.typed import Given, command
from scenarios.run.options import Options
from scenarios.run.record import Run, Summary
from sim.facts import INDEX_DAY
from sim.plant.targets import INTAKE

_MORE = 1.25
_SEATS = {f"seats_{centre}": f"contact.{centre}.seats" for centre in ("resident", "helpdesk")}
_INDEX = "_index"
_FIELDS = {
    **STATION_FIELDS,
    "cap": CAP_FIELD,
    **_SEATS,
    "slots": "counters.slots_per_day",
    "jpki": "systems.jpki_per_day",
}


@dataclass(frozen=True)
class NextStep:
    """A command and what it shows."""

    command: str
    shows: Value


def next_steps(
    summary: Summary,
    run: Run,
    scenario: Mapping[str, Any],
    file: str = "scenario.toml",
) -> list[NextStep]:
    """Up to three commands: replications until all is decided, how much capacity would do where it was short, what
    shorter repairs would do, what a quarter more capacity does, the stress not yet tested, another seed.

    Each repeats what made the run what it is (seed, chance alone, actual figures, no margins), so that it goes on with
    the same replications. ``file`` is the run's own scenario file, named where the library has no scenario with these
    values.
    """
    again = _Again(run, file)
    shown = headlines(summary)
    short = [line.short_of for line in shown if line.verdict != "holds"]
    more = [
        (path, now, value)
        for path, now, value in _more_of_what_was_short(short, scenario)
        if path not in run.replaced  # --set would put one number in place of actual figures
    ]
    named = [path.removesuffix(_INDEX) for path, _, _ in more]
    steps = _deciding(shown, again)
    steps += [NextStep(again.size(named), say("next.size"))] if more else []
    steps += _shorter_repairs(shown, run, scenario, again)
    steps += [
        NextStep(
            again.run({"--set": f"{path}={value}"}),
            say(
                f"next.{_kind(scenario, path)}",
                now=Number(now, "plain"),
                value=Number(value, "plain"),
                year=Period.of_year(INDEX_DAY.year, whole=True),
            ),
        )
        for path, now, value in more
    ]
    if any(line.worst.id == INTAKE.id and not line.tested for line in shown):
        steps.append(NextStep(again.other(INTAKE.id), say("next.intake")))
    steps.append(NextStep(again.run(seed=run.seed + 1), say("next.compare_seed")))
    return steps[:3]


@dataclass(frozen=True)
class _Again:
    """Commands that ask anew of what a run has simulated, and of nothing else: they repeat what made it."""

    of: Run
    file: str

    def run(self, own: Mapping[str, Given] | None = None, seed: int | None = None) -> str:
        """The run again, with something more or another seed."""
        actuals = {"--actuals": self.of.actuals.file if self.of.actuals else None}
        name = self.of.library_name or self.file
        return command("run", [name], {**(own or {}), **actuals, **self._luck(seed), **self._margin})

    def other(self, name: str) -> str:
        """Another scenario, run as this one was."""
        return command("run", [name], {**self._luck(), **self._margin})

    def size(self, resources: Sequence[str]) -> str:
        """What is short, sized."""
        return self._of_file("size", {"--resource": resources})

    def sweep(self, path: str, tried: Iterable[float]) -> str:
        """Some values of one input."""
        return self._of_file("sweep", {"--vary": f"{path}={','.join(f'{value:g}' for value in tried)}"})

    def _of_file(self, name: str, own: Mapping[str, Given]) -> str:
        """Another question of the scenario; it starts from actual figures where the file of the run holds them."""
        scenario = self.file if self.of.actuals else self.of.library_name or self.file
        return command(name, [scenario], {**own, **self._luck()})

    def _luck(self, seed: int | None = None) -> dict[str, Given]:
        """What decides by what replications differ."""
        chosen = self.of.seed if seed is None else seed
        return {"--seed": chosen if chosen != Options.seed else None, "--chance-only": self.of.chance_only}

    @property
    def _margin(self) -> dict[str, Given]:
        """Margins take replications with every simulated day, which a run without them has not kept."""
        return {"--no-margin": not self.of.margin}


def typed_where(run: Run) -> Value:
    """The folder in which the commands of a report are to be typed, and where actual figures are to be found."""
    where = say("next.where_runs_lie" if run.library_name else "next.where_file_lies")
    return sentences(where, say("next.where_actuals_lie", file=run.actuals.file)) if run.actuals else where


def _deciding(shown: Sequence[Headline], again: _Again) -> list[NextStep]:
    """More replications, where some number of them would decide what is not."""
    if not any(line.undecided and line.decides.replications_to_decide for line in shown):
        return []
    return [NextStep(again.run({"--until-decided": True}), say("next.until_decided"))]


def _shorter_repairs(shown: Sequence[Headline], run: Run, scenario: Mapping[str, Any], again: _Again) -> list[NextStep]:
    """Shorter repairs of the system that breakdowns make likeliest to miss its target; none where none does."""
    broken = [line for line in shown if line.decides.computed and line.worst.part and line.verdict != "holds"]
    if not broken:
        return []
    worst = min(broken, key=lambda line: line.decides.probability or 0.0).worst
    path = f"systems.{worst.part}.repair_hours"
    now = _now(scenario, path)
    if now is None or path in run.replaced:
        return []
    told = next((one for one in run.repairs or () if one.path == path), None)
    enough = told.hours if told else None
    tried = sorted({now / 2, now, enough or now / 4})
    return [
        NextStep(
            again.sweep(path, tried),
            say(
                "next.repairs" if enough is None else "next.repairs_enough",
                system=names.target_part(worst.id, worst.part),
                now=Number(now, "plain"),
                enough=Number(enough or 0.0, "plain"),
            ),
        )
    ]


def _more_of_what_was_short(causes: list[str | None], scenario: Mapping[str, Any]) -> list[tuple[str, float, int]]:
    """Paths of what was short, their values now, and a quarter more."""
    found: dict[str, tuple[float, int]] = {}
    for cause in causes:
        path = _lever(scenario, _FIELDS.get((cause or "").removeprefix("queue_")))
        value = _now(scenario, path) if path else None
        if path and value is not None and _has_effect(scenario, path):
            found[path] = value, round(value * _MORE)
    return [(path, *values) for path, values in found.items()]


def _lever(scenario: Mapping[str, Any], path: str | None) -> str | None:
    """What moves a capacity: seats that nobody knows are raised relative to those of FY2025."""
    if path is None or path not in _SEATS.values():
        return path
    seats = _at(scenario, path)
    return f"{path}{_INDEX}" if isinstance(seats, Mapping) and "low" in seats else path


def _kind(scenario: Mapping[str, Any], path: str) -> str:
    """How to speak of a new value: one number takes the place of dated ones."""
    value = _at(scenario, path)
    if isinstance(value, list) and len(value) > 1:
        return "dated"
    if path.endswith(_INDEX):
        return "seats_index"
    return "seats" if path in _SEATS.values() else "capacity"


def _has_effect(scenario: Mapping[str, Any], path: str) -> bool:
    """Seats that a policy sizes anew each year are not raised by writing more of them."""
    seats = path.removesuffix(_INDEX)
    policy = _at(scenario, f"{seats}_policy") if seats in _SEATS.values() else None
    return policy in (None, "fixed")


def _at(scenario: Mapping[str, Any], path: str) -> Any:
    value: Any = scenario
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _now(scenario: Mapping[str, Any], path: str) -> float | None:
    """The value at a path; of dated steps the largest, so that more of it is more in every year."""
    value = _at(scenario, path)
    steps = value if isinstance(value, list) else [value]
    numbers = (step.get("value") if isinstance(step, Mapping) else step for step in steps)
    return max((number for number in map(_number, numbers) if number is not None), default=None)


def _number(value: Any) -> float | None:
    usable = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12
    return float(value) if usable else None
