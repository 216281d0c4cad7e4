"""The answer in plain words: where targets are met, and which assumptions drive them, how much, how sure."""

from __future__ import annotations

from collections.abc import Sequence

from reports import chances, parameter_texts, statistics
from reports.document import Joined, Number, Opening, Period, Range, Say, Value, listing, say
from reports.sweep import words
from scenarios.run.words import wilson
from scenarios.sweep.record import Doubt, Drawn, Points, Row, Screened, Sweep, Swing, Varied
from sim.calendar import RUN

_TOLD = 3
"""So many drivers of a target are told in words; of more, charts and tables tell."""


def answer(data: Sweep) -> tuple[Value, ...]:
    """The paragraphs at the top of the page and in the terminal."""
    match data.found:
        case Points() as points:
            suffix, said = "", [*_spread(data, points)]
        case Screened() as screened:
            suffix, said = "_screened", [*_screened(data, screened)]
        case Drawn() as drawn:
            suffix, said = "_drawn", [*_drawn(data, drawn)]
    still = tuple(words.target(doubt) for doubt in data.doubts if doubt not in data.moving)
    if still:
        said.append(say(f"sweep.answer.still{suffix}", targets=Joined(still)))
    said.append(_sure(data, suffix))
    replaced = tuple(own.path for own in data.varied if data.vary and (own.dated or own.uncertain))
    if replaced:
        said.append(say("sweep.answer.whole_run", paths=Joined(replaced)))
    return tuple(said)


def _sure(data: Sweep, suffix: str) -> Say:
    counts: dict[str, Value] = {"replications": data.replications, "points": data.points, "inputs": len(data.varied)}
    if isinstance(data.found, Screened):
        counts |= {"trajectories": data.trajectories, "swing_replications": data.found.swing_replications}
    return say(f"sweep.answer.sure{suffix}", **counts)


def _spread(data: Sweep, found: Points) -> list[Say]:
    one = data.varied[0] if len(data.varied) == 1 else None
    said = [_along(one, found, doubt) if one else _counted(found, doubt) for doubt in data.moving]
    return said or [say("sweep.answer.nothing_moves", paths=Joined(tuple(own.path for own in data.varied)))]


def _of(key: str, doubt: Doubt, **values: Value) -> Say:
    """A sentence about a target in the year in which it is most in doubt."""
    return say(f"sweep.answer.{key}", target=Opening(words.target(doubt)), year=Period(doubt.period), **values)


def _along(own: Varied, found: Points, doubt: Doubt) -> Say:
    """Of one varied path, where a target is met in all, in some and in no replications."""
    rows = sorted(found.at(doubt.id, doubt.period), key=lambda row: row.varied[own.path])
    parts = [_at_the_ends(own, rows)] if doubt.computed is not None else _counts(own, rows)
    crossings = (words.crossing(row) for row in found.crosses(doubt.id, doubt.period))
    today = words.number(own.today.get(doubt.period, own.today[RUN]))
    return _of("along", doubt, parts=listing([*crossings, *parts]), path=own.path, today=today)


def _counts(own: Varied, rows: Sequence[Row]) -> list[Say]:
    return [
        say(f"sweep.answer.met_{name}", values=_stretches(own, rows, found), **_bounds(rows[0], name))
        for name, found in _split(rows).items()
        if any(found)
    ]


def _at_the_ends(own: Varied, rows: Sequence[Row]) -> Say:
    """How likely a target is at the least and at the greatest value, as computed."""
    told: dict[str, Value] = {}
    for end, row in (("low", rows[0]), ("high", rows[-1])):
        told |= {end: words.number(row.varied[own.path]), f"{end}_share": chances.share(row.probability or 0.0)}
    return say("sweep.answer.chances", **told)


def _split(rows: Sequence[Row]) -> dict[str, list[bool]]:
    """Whether each point met the target in all, in some, in no replications."""
    return {
        "all": [row.met == row.tested for row in rows],
        "some": [0 < (row.met or 0) < (row.tested or 0) for row in rows],
        "none": [row.met == 0 for row in rows],
    }


def _bounds(row: Row, name: str) -> dict[str, Number]:
    """What all, or none, of the replications say of the probability: at least, at most."""
    tested = row.tested or 0
    low, high = wilson(tested if name == "all" else 0, tested)
    return {"replications": Number(tested), "bound": chances.share(low if name == "all" else high)}


def _stretches(own: Varied, rows: Sequence[Row], chosen: Sequence[bool]) -> Joined:
    found = words.stretches([row.varied[own.path] for row in rows], chosen)
    ends = ((words.number(first), words.number(last)) for first, last in found)
    return Joined(tuple(first if first == last else Range(first, last) for first, last in ends))


def _counted(found: Points, doubt: Doubt) -> Say:
    """Of several varied paths, at how many points a target is met, and at which it is met most and least often."""
    rows = found.at(doubt.id, doubt.period)
    best, worst = (find(rows, key=lambda row: (row.probability, _good(row))) for find in (max, min))
    places = {"best": words.place(best), "worst": words.place(worst)}
    often = {"best_met": words.met(best), "worst_met": words.met(worst)}
    if doubt.computed is not None:
        return _of("counted_computed", doubt, points=len(rows), **places, **often)
    counts = {name: sum(found) for name, found in _split(rows).items()}
    return _of("counted", doubt, points=len(rows), **places, **often, **counts)


def _good(row: Row) -> float:
    """The better of two points that met a target equally often has the better value."""
    value = row.value or 0.0
    return -value if statistics.less_is_better(row.statistic) else value


def _screened(data: Sweep, found: Screened) -> list[Say]:
    said = [sentence for doubt in data.moving if (sentence := drivers(data, found, doubt))]
    return said or [say("sweep.answer.nothing_drives", inputs=len(data.varied))]


def _drawn(data: Sweep, found: Drawn) -> list[Say]:
    in_doubt_first = sorted(data.moving, key=lambda doubt: doubt.settled)
    said = [going_with(found, doubt) for doubt in in_doubt_first]
    return said or [say("sweep.answer.nothing_drawn", inputs=len(data.varied))]


def going_with(found: Drawn, doubt: Doubt) -> Say:
    """What clearly goes with a target, the strongest first; what is only tied to those stands in the table."""
    rows = [row for row in found.found("correlations", doubt) if row.clear and not row.tied_to][:_TOLD]
    items = [
        say(
            f"sweep.answer.goes_{'up' if row.rho > 0 else 'down'}",
            meaning=parameter_texts.meaning_of(row.path),
            path=row.path,
            rho=words.correlation(row),
            share=words.spread(row),
        )
        for row in rows
    ]
    if doubt.computed is not None:
        return _of("drawn_computed", doubt, share=chances.share(doubt.computed), items=listing(items))
    return _of("drawn", doubt, met=doubt.met, tested=doubt.tested, items=listing(items))


def drivers(data: Sweep, found: Screened, doubt: Doubt) -> Say | None:
    """What drives a target: one sentence of its largest drivers; None where no driver was looked at for it."""
    rows = found.swung(doubt)[:_TOLD]
    if not rows:
        return None
    value, threshold = (
        None if amount is None else Number(amount, doubt.statistic) for amount in (rows[0].value, doubt.threshold)
    )
    return _of("driven", doubt, items=listing([_driver(data, row) for row in rows]), value=value, threshold=threshold)


def _driver(data: Sweep, row: Swing) -> Say:
    """A driver where it is low or where it is high, whichever moves the target more."""
    ends = {"low": row.low_effect, "high": row.high_effect}
    end, change = max(((end, own) for end, own in ends.items() if own), key=lambda pair: abs(pair[1].mean))
    direction = "falls" if change.mean < 0 else "rises"
    kind = f"seldom_{end}" if row.beyond else end
    return say(
        f"sweep.answer.{kind}_{direction}",
        meaning=parameter_texts.meaning_of(row.path),
        path=row.path,
        value=words.moved_to(data.input(row.path), row, end),
        change=words.amount(row, change),
    )
