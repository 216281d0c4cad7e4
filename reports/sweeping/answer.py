"""The answer in plain words: where targets are met, and which assumptions drive them, how much, how sure."""

from __future__ import annotations

from collections.abc import Sequence

from reports import formats, part_years, statistics
from reports.catalogue import Catalogue
from reports.sweeping import words
from reports.sweeping.data import Line, Sweep, Varied
from scenarios.sweeping.responses import Doubt
from scenarios.words import wilson

_TOLD = 3
"""So many drivers of a target are told in words; of more, charts and tables tell."""


def answer(cat: Catalogue, data: Sweep) -> tuple[str, ...]:
    """The paragraphs at the top of the page and in the terminal."""
    tell = _drawn if data.draws else _screened if data.screens else _spread
    said = tell(cat, data)
    still = [words.target(cat, doubt) for doubt in data.doubts if doubt not in data.moving]
    if still:
        key = "still_drawn" if data.draws else "still_screened" if data.screens else "still"
        said.append(cat.text(f"sweep.answer.{key}", targets=cat.join(still)))
    said.append(_sure(cat, data))
    replaced = [own.path for own in data.varied if data.head["vary"] and (own.dated or own.uncertain)]
    if replaced:
        said.append(cat.text("sweep.answer.whole_run", paths=cat.join(replaced)))
    return (*said, *part_years.note(cat))


def _sure(cat: Catalogue, data: Sweep) -> str:
    counts = {"replications": data.replications, "points": data.head["points"], "inputs": len(data.varied)}
    if not data.screens:
        return cat.text("sweep.answer.sure_drawn" if data.draws else "sweep.answer.sure", **counts)
    swings = {key: data.head[key] for key in ("trajectories", "swing_replications")}
    return cat.text("sweep.answer.sure_screened", **swings, **counts)


def _spread(cat: Catalogue, data: Sweep) -> list[str]:
    tell = _along if len(data.varied) == 1 else _counted
    said = [tell(cat, data, doubt) for doubt in data.moving]
    return said or [cat.text("sweep.answer.nothing_moves", paths=cat.join(own.path for own in data.varied))]


def _along(cat: Catalogue, data: Sweep, doubt: Doubt) -> str:
    """Of one varied path, where a target is met in all, in some and in no replications."""
    (own,) = data.varied
    rows = sorted(data.at(doubt.id, doubt.period), key=lambda row: float(row[own.path]))
    parts = [
        cat.text(f"sweep.answer.met_{name}", values=_stretches(cat, own, rows, found), **_bounds(cat, rows[0], name))
        for name, found in _split(rows).items()
        if any(found)
    ]
    parts = [*(words.crossing(cat, row) for row in data.crosses(doubt.id, doubt.period)), *parts]
    today = own.today.get(doubt.period, own.today["all"])
    return cat.text(
        "sweep.answer.along",
        target=formats.opening(words.target(cat, doubt)),
        year=formats.period(cat, doubt.period),
        parts=cat.text("format.entries").join(parts),
        path=own.path,
        today=words.number(today),
    )


def _split(rows: Sequence[Line]) -> dict[str, list[bool]]:
    """Whether each point met the target in all, in some, in no replications."""
    return {
        "all": [row["met"] == row["tested"] for row in rows],
        "some": [0 < row["met"] < row["tested"] for row in rows],
        "none": [row["met"] == 0 for row in rows],
    }


def _bounds(cat: Catalogue, row: Line, name: str) -> dict[str, str]:
    """What all, or none, of the replications say of the probability: at least, at most."""
    tested = row["tested"]
    low, high = wilson(tested if name == "all" else 0, tested)
    bound = low if name == "all" else high
    return {"replications": str(tested), "bound": formats.percent(cat, bound, 0)}


def _stretches(cat: Catalogue, own: Varied, rows: Sequence[Line], chosen: Sequence[bool]) -> str:
    values = [float(row[own.path]) for row in rows]
    return cat.join(
        words.number(first)
        if first == last
        else cat.text("format.range", low=words.number(first), high=words.number(last))
        for first, last in words.stretches(values, chosen)
    )


def _counted(cat: Catalogue, data: Sweep, doubt: Doubt) -> str:
    """Of several varied paths, at how many points a target is met, and at which it is met most and least often."""
    rows = data.at(doubt.id, doubt.period)
    counts = {name: sum(found) for name, found in _split(rows).items()}
    best, worst = (find(rows, key=lambda row: (row["probability"], _good(row))) for find in (max, min))
    return cat.text(
        "sweep.answer.counted",
        target=formats.opening(words.target(cat, doubt)),
        year=formats.period(cat, doubt.period),
        points=len(rows),
        best=words.place(cat, data, best),
        best_met=words.met(cat, best),
        worst=words.place(cat, data, worst),
        worst_met=words.met(cat, worst),
        **counts,
    )


def _good(row: Line) -> float:
    """The better of two points that met a target equally often has the better value."""
    return -row["value"] if statistics.less_is_better(row["statistic"]) else float(row["value"])


def _screened(cat: Catalogue, data: Sweep) -> list[str]:
    said = [sentence for doubt in data.moving for sentence in drivers(cat, data, doubt)[:1]]
    return said or [cat.text("sweep.answer.nothing_drives", inputs=len(data.varied))]


def _drawn(cat: Catalogue, data: Sweep) -> list[str]:
    in_doubt_first = sorted(data.moving, key=lambda doubt: doubt.met in (0, doubt.tested))
    said = [going_with(cat, data, doubt) for doubt in in_doubt_first]
    return said or [cat.text("sweep.answer.nothing_drawn", inputs=len(data.varied))]


def going_with(cat: Catalogue, data: Sweep, doubt: Doubt) -> str:
    """What clearly goes with a target, the strongest first; what is only tied to those stands in the table."""
    rows = [row for row in data.found("correlations", doubt) if row["clear"] and not row["tied_to"]][:_TOLD]
    items = (
        cat.text(
            f"sweep.answer.goes_{'up' if row['rho'] > 0 else 'down'}",
            meaning=words.meaning(cat, data.input(row["path"])),
            path=row["path"],
            rho=words.correlation(cat, row),
            share=formats.percent(cat, row["rho"] ** 2, 0),
        )
        for row in rows
    )
    return cat.text(
        "sweep.answer.drawn",
        target=formats.opening(words.target(cat, doubt)),
        year=formats.period(cat, doubt.period),
        met=doubt.met,
        tested=doubt.tested,
        items=cat.text("format.entries").join(items),
    )


def drivers(cat: Catalogue, data: Sweep, doubt: Doubt) -> list[str]:
    """What drives a target: one sentence of its largest drivers; none where no driver was looked at for it."""
    found = [_driver(cat, data, row) for row in data.swung(doubt)[:_TOLD]]
    if not found:
        return []
    year = formats.period(cat, doubt.period)
    first = data.swung(doubt)[0]
    names = {"target": formats.opening(words.target(cat, doubt)), "year": year}
    names["value"] = statistics.value(cat, doubt.statistic, first["value"])
    names["threshold"] = statistics.value(cat, doubt.statistic, doubt.threshold)
    return [cat.text("sweep.answer.driven", items=cat.text("format.entries").join(found), **names)]


def _driver(cat: Catalogue, data: Sweep, row: Line) -> str:
    """A driver where it is low or where it is high, whichever moves the target more."""
    ends = {end: row[f"{end}_effect"] for end in ("low", "high") if row[f"{end}_effect"] is not None}
    end = max(ends, key=lambda name: abs(ends[name]["mean"]))
    change = ends[end]
    own = data.input(row["path"])
    direction = "falls" if change["mean"] < 0 else "rises"
    kind = f"seldom_{end}" if row["beyond"] else end
    return cat.text(
        f"sweep.answer.{kind}_{direction}",
        meaning=words.meaning(cat, own),
        path=own.path,
        value=words.moved_to(cat, own, row, end),
        change=words.amount(cat, row, change),
    )
