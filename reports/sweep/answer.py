"""The answer in plain words: where targets are met, and which assumptions drive them, how much, how sure."""

from __future__ import annotations

from collections.abc import Sequence

from reports import names, statistics
from reports.document import Joined, Number, Opening, Period, Range, Say, Value, say
from reports.sweep import words
from reports.sweep.data import Line, Sweep, Varied
from scenarios.run.words import wilson
from scenarios.sweep.responses import Doubt
from sim.calendar import RUN

_TOLD = 3
"""So many drivers of a target are told in words; of more, charts and tables tell."""


def answer(data: Sweep) -> tuple[Value, ...]:
    """The paragraphs at the top of the page and in the terminal."""
    tell = _drawn if data.draws else _screened if data.screens else _spread
    said: list[Value] = [*tell(data)]
    still = tuple(words.target(doubt) for doubt in data.doubts if doubt not in data.moving)
    if still:
        key = "still_drawn" if data.draws else "still_screened" if data.screens else "still"
        said.append(say(f"sweep.answer.{key}", targets=Joined(still)))
    said.append(_sure(data))
    replaced = tuple(own.path for own in data.varied if data.head["vary"] and (own.dated or own.uncertain))
    if replaced:
        said.append(say("sweep.answer.whole_run", paths=Joined(replaced)))
    return tuple(said)


def _sure(data: Sweep) -> Say:
    counts = {"replications": data.replications, "points": data.head["points"], "inputs": len(data.varied)}
    if not data.screens:
        return say("sweep.answer.sure_drawn" if data.draws else "sweep.answer.sure", **counts)
    swings = {key: data.head[key] for key in ("trajectories", "swing_replications")}
    return say("sweep.answer.sure_screened", **swings, **counts)


def _spread(data: Sweep) -> list[Say]:
    tell = _along if len(data.varied) == 1 else _counted
    said = [tell(data, doubt) for doubt in data.moving]
    return said or [say("sweep.answer.nothing_moves", paths=Joined(tuple(own.path for own in data.varied)))]


def _of(key: str, doubt: Doubt, **values: Value) -> Say:
    """A sentence about a target in the year in which it is most in doubt."""
    return say(f"sweep.answer.{key}", target=Opening(words.target(doubt)), year=Period(doubt.period), **values)


def _entries(items: Sequence[Value]) -> Joined:
    return Joined(tuple(items), "format.entries")


def _along(data: Sweep, doubt: Doubt) -> Say:
    """Of one varied path, where a target is met in all, in some and in no replications."""
    (own,) = data.varied
    rows = sorted(data.at(doubt.id, doubt.period), key=lambda row: float(row[own.path]))
    parts = [_at_the_ends(own, rows)] if doubt.computed is not None else _counts(own, rows)
    crossings = (words.crossing(row) for row in data.crosses(doubt.id, doubt.period))
    today = words.number(own.today.get(doubt.period, own.today[RUN]))
    return _of("along", doubt, parts=_entries([*crossings, *parts]), path=own.path, today=today)


def _counts(own: Varied, rows: Sequence[Line]) -> list[Say]:
    return [
        say(f"sweep.answer.met_{name}", values=_stretches(own, rows, found), **_bounds(rows[0], name))
        for name, found in _split(rows).items()
        if any(found)
    ]


def _at_the_ends(own: Varied, rows: Sequence[Line]) -> Say:
    """How likely a target is at the least and at the greatest value, as computed."""
    ends = {"low": rows[0], "high": rows[-1]}
    chances = {f"{end}_share": words.share(row["probability"]) for end, row in ends.items()}
    return say("sweep.answer.chances", **{end: words.number(row[own.path]) for end, row in ends.items()}, **chances)


def _split(rows: Sequence[Line]) -> dict[str, list[bool]]:
    """Whether each point met the target in all, in some, in no replications."""
    return {
        "all": [row["met"] == row["tested"] for row in rows],
        "some": [0 < row["met"] < row["tested"] for row in rows],
        "none": [row["met"] == 0 for row in rows],
    }


def _bounds(row: Line, name: str) -> dict[str, Number]:
    """What all, or none, of the replications say of the probability: at least, at most."""
    tested = row["tested"]
    low, high = wilson(tested if name == "all" else 0, tested)
    return {"replications": Number(tested), "bound": words.share(low if name == "all" else high)}


def _stretches(own: Varied, rows: Sequence[Line], chosen: Sequence[bool]) -> Joined:
    found = words.stretches([float(row[own.path]) for row in rows], chosen)
    ends = ((words.number(first), words.number(last)) for first, last in found)
    return Joined(tuple(first if first == last else Range(first, last) for first, last in ends))


def _counted(data: Sweep, doubt: Doubt) -> Say:
    """Of several varied paths, at how many points a target is met, and at which it is met most and least often."""
    rows = data.at(doubt.id, doubt.period)
    best, worst = (find(rows, key=lambda row: (row["probability"], _good(row))) for find in (max, min))
    places = {"best": words.place(data, best), "worst": words.place(data, worst)}
    often = {"best_met": words.met(best), "worst_met": words.met(worst)}
    if doubt.computed is not None:
        return _of("counted_computed", doubt, points=len(rows), **places, **often)
    counts = {name: sum(found) for name, found in _split(rows).items()}
    return _of("counted", doubt, points=len(rows), **places, **often, **counts)


def _good(row: Line) -> float:
    """The better of two points that met a target equally often has the better value."""
    return -row["value"] if statistics.less_is_better(row["statistic"]) else float(row["value"])


def _screened(data: Sweep) -> list[Say]:
    said = [sentence for doubt in data.moving if (sentence := drivers(data, doubt))]
    return said or [say("sweep.answer.nothing_drives", inputs=len(data.varied))]


def _drawn(data: Sweep) -> list[Say]:
    in_doubt_first = sorted(data.moving, key=lambda doubt: doubt.settled)
    said = [going_with(data, doubt) for doubt in in_doubt_first]
    return said or [say("sweep.answer.nothing_drawn", inputs=len(data.varied))]


def going_with(data: Sweep, doubt: Doubt) -> Say:
    """What clearly goes with a target, the strongest first; what is only tied to those stands in the table."""
    rows = [row for row in data.found("correlations", doubt) if row["clear"] and not row["tied_to"]][:_TOLD]
    items = [
        say(
            f"sweep.answer.goes_{'up' if row['rho'] > 0 else 'down'}",
            meaning=names.meaning(row["path"]),
            path=row["path"],
            rho=words.correlation(row),
            share=words.spread(row),
        )
        for row in rows
    ]
    if doubt.computed is not None:
        return _of("drawn_computed", doubt, share=words.share(doubt.computed), items=_entries(items))
    return _of("drawn", doubt, met=doubt.met, tested=doubt.tested, items=_entries(items))


def drivers(data: Sweep, doubt: Doubt) -> Say | None:
    """What drives a target: one sentence of its largest drivers; None where no driver was looked at for it."""
    rows = data.swung(doubt)[:_TOLD]
    if not rows:
        return None
    value, threshold = (
        None if amount is None else Number(amount, doubt.statistic) for amount in (rows[0]["value"], doubt.threshold)
    )
    return _of("driven", doubt, items=_entries([_driver(data, row) for row in rows]), value=value, threshold=threshold)


def _driver(data: Sweep, row: Line) -> Say:
    """A driver where it is low or where it is high, whichever moves the target more."""
    ends = {end: row[f"{end}_effect"] for end in ("low", "high") if row[f"{end}_effect"] is not None}
    end = max(ends, key=lambda name: abs(ends[name]["mean"]))
    change = ends[end]
    direction = "falls" if change["mean"] < 0 else "rises"
    kind = f"seldom_{end}" if row["beyond"] else end
    return say(
        f"sweep.answer.{kind}_{direction}",
        meaning=names.meaning(row["path"]),
        path=row["path"],
        value=words.moved_to(data.input(row["path"]), row, end),
        change=words.amount(row, change),
    )
