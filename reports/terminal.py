"""The verdict table as plain text, aligned for consoles that give Japanese characters two columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reports import catalogue, formats, margins, part_years, phrases, statistics
from reports.catalogue import Catalogue
from reports.verdicts import Headline, headlines
from scenarios.row import Row

_WIDTH = 140
"""Columns at which the line on the spread is broken."""
_PLAIN_MARKS = str.maketrans({"○": "o", "△": "!", "×": "x", "◇": "?", "―": "-", "－": "-", "～": "-"})


def verdict_lines(summary: Mapping[str, Any], run: Mapping[str, Any], lang: str) -> list[str]:
    """Title, a line a target (a second, indented, where something breaks), and what drives the spread.

    The title is as its planner wrote it; every character of ours exists in cp932.
    """
    cat = part_years.over(catalogue.load(lang), run)
    shown = headlines(summary)
    table = _table(cat, shown, run)
    drive = _wrapped(drive_line(cat, shown, run, phrases.short_target), cat.text("format.list"))
    known = _wrapped(precision_line(cat, run), cat.text("format.list")) if run.get("precision") else []
    known += _wrapped(decided_line(cat, run), cat.text("format.list")) if run.get("decided") else []
    room = _wrapped(note, cat.text("format.list")) if (note := margins.note(cat, shown)) else []
    return [
        _title(cat, run),
        *table,
        *part_years.note(cat),
        *_notes(cat, shown, run),
        *drive,
        *known,
        *room,
        cat.text("terminal.forecast"),
    ]


def _notes(cat: Catalogue, shown: list[Headline], run: Mapping[str, Any]) -> list[str]:
    """How to read the counts, where years are judged together; and that there are too few replications, where so."""
    every = cat.text("terminal.met_every_note") if any(headline.several_years for headline in shown) else ""
    return [note for note in (every, phrases.too_few(cat, run)) if note]


def for_encoding(lines: list[str], encoding: str) -> list[str]:
    """The lines as a console of this encoding can show them.

    Where it lacks any of ○ △ × ◇, all marks are plain ones; any other character that it lacks is a question mark.
    """
    try:
        "".join(map(chr, _PLAIN_MARKS)).encode(encoding)
    except UnicodeEncodeError:
        lines = [line.translate(_PLAIN_MARKS) for line in lines]
    return [line.encode(encoding, "replace").decode(encoding) for line in lines]


def _wrapped(text: str, comma: str) -> list[str]:
    """The text broken after list commas, so that no line is longer than a table's."""
    from rich.cells import cell_len

    lines = [""]
    for place, part in enumerate(text.split(comma)):
        piece = part if place == 0 else comma + part
        if lines[-1] and cell_len(lines[-1] + piece) > _WIDTH:
            lines[-1] += comma.rstrip()
            lines.append("    " + part)
        else:
            lines[-1] += piece
    return lines


def drive_line(
    cat: Catalogue, shown: list[Headline], run: Mapping[str, Any], name: Callable[..., str] = phrases.target
) -> str:
    """How much of each verdict's spread is not knowing, and how much is chance; ``name`` writes a target's name."""
    if run.get("chance_only"):
        return cat.text("terminal.drive_chance_only")
    shares: Mapping[str, float | None] = run.get("chance_shares") or {}
    parts = [
        _drive(cat, name(cat, headline.worst, headline.only_part), share, _chance_interval(headline, run))
        for headline in shown
        if headline.tested and (share := chance_share(headline, shares)) is not None
    ]
    return cat.text("terminal.drive", shares=cat.join(parts)) if parts else cat.text("terminal.drive_none")


def _drive(cat: Catalogue, target: str, share: float, ends: tuple[float, float] | None) -> str:
    told = {"unknown": formats.percent(cat, 1 - share, 0), "chance": formats.percent(cat, share, 0)}
    if ends is None:
        return cat.text("terminal.drive_share", target=target, **told)
    low, high = (formats.percent(cat, end, 0) for end in ends)
    return cat.text("terminal.drive_share_range", target=target, low=low, high=high, **told)


def _chance_interval(headline: Headline, run: Mapping[str, Any]) -> tuple[float, float] | None:
    """The interval of what ``chance_share`` says, from the same place; None where a run of earlier times has none."""
    worst = headline.worst
    if (run.get("chance_shares") or {}).get(worst.judged) is None:
        low, high = worst.chance_share_low, worst.chance_share_high
    else:
        low, high = (run.get("chance_intervals") or {}).get(worst.judged, (None, None))
    return None if low is None or high is None else (low, high)


def precision_line(cat: Catalogue, run: Mapping[str, Any]) -> str:
    """Whether the precision asked for was reached, and which value is known least well; empty if none was asked for."""
    told = run.get("precision")
    if not told:
        return ""
    asked, replications = formats.digits(cat, told["asked"]), run["replications"]
    if told["widest_id"] is None:
        return cat.text("precision.nothing", asked=asked, replications=replications)
    name, _, part = told["widest_id"].partition("/")
    row = Row(name, part or None, told["widest_period"], "", True)
    half = told["widest"]
    return cat.text(
        "precision.reached" if told["reached"] else "precision.not_reached",
        asked=asked,
        replications=replications,
        target=phrases.short_target(cat, row, only_part=not part),
        period=formats.period(cat, row.period),
        widest=cat.text("precision.unknown") if half is None else formats.digits(cat, half),
    )


def decided_line(cat: Catalogue, run: Mapping[str, Any]) -> str:
    """Which targets stayed undecided and why, where replications were added to decide them; else empty."""
    told = run.get("decided")
    if not told:
        return ""
    items = [_undecided(cat, one) for one in told["undecided"]]
    key = "decided.some" if items else "decided.all"
    return cat.text(key, replications=run["replications"], targets=cat.join(items))


def _undecided(cat: Catalogue, one: Mapping[str, Any]) -> str:
    name, _, part = one["judged"].partition("/")
    row = Row(name, part or None, one["period"], "", True)
    return cat.text(
        "decided.item",
        target=phrases.short_target(cat, row, only_part=part in ("", "standard", "express")),
        met=one["met"],
        tested=one["tested"],
        why=phrases.to_decide(cat, one["replications_to_decide"], one["met"] / one["tested"]),
    )


def chance_share(headline: Headline, shares: Mapping[str, float | None]) -> float | None:
    """The part of a target's spread that is chance: of the run, else of its worst year."""
    of_run = shares.get(headline.worst.judged)
    return headline.worst.chance_share if of_run is None else of_run


def _title(cat: Catalogue, run: Mapping[str, Any]) -> str:
    key = "terminal.provenance_chance_only" if run.get("chance_only") else "terminal.provenance"
    title, years = phrases.title(cat, run), phrases.fiscal_years(run)
    if cat.parts or not all(str(year) in title for year in years):
        title = cat.text("terminal.title", title=title, span=phrases.span(cat, run))
    provenance = cat.text(key, seed=run["seed"], replications=run["replications"])
    return f"{title}   {provenance}"


def _cells(cat: Catalogue, headline: Headline, run: Mapping[str, Any]) -> list[str]:
    row = headline.worst
    mark, word = phrases.verdict(cat, headline.decides).split(" ", 1)
    name = phrases.short_target(cat, row, headline.only_part)
    if not headline.tested:
        reason = cat.texts.get(f"not_tested.{row.id}", cat.text("not_tested.generic"))
        return [mark, word, cat.text("format.parenthesis", text=name, inside=reason)]
    threshold = statistics.value(cat, row.statistic, row.threshold)
    return [
        mark,
        word,
        name,
        formats.period(cat, row.period),
        phrases.value(cat, row),
        "" if row.threshold is None else cat.text("terminal.threshold", value=threshold),
        _met(cat, headline, run),
        margins.cell(cat, headline, run),
    ]


def _met(cat: Catalogue, headline: Headline, run: Mapping[str, Any]) -> str:
    row, met = headline.decides, headline.met(run["replications"])
    if row.computed and row.probability is not None:
        key = "terminal.met_every_computed" if headline.several_years else "terminal.met_computed"
        return cat.text(key, share=formats.percent(cat, row.probability, 0))
    if met is None:
        return ""
    key = "terminal.met_every" if headline.several_years else "terminal.met_in"
    return cat.text(key, met=met, replications=run["replications"])


def _breaks(cat: Catalogue, headline: Headline) -> str:
    parts = [] if headline.verdict == "holds" else [phrases.missed(cat, headline, "terminal.first_missed")]
    if headline.breach is not None and headline.verdict != "holds":
        parts.append(_breach(cat, headline.breach))
    elif headline.month_breach:
        chance = formats.percent(cat, headline.month_breach, 0)
        parts.append(cat.text("terminal.month_breach", percent=chance))
    short = phrases.lacking(cat, headline.short_of, "terminal.short_of", "terminal.because_of")
    if short and headline.verdict != "holds":
        parts.append(short)
    parts.append(phrases.undecided(cat, headline))
    return cat.join(part for part in parts if part)


def _breach(cat: Catalogue, row: Row) -> str:
    month, ends = formats.month(cat, row.first_breach or ""), phrases.breach_range(cat, row)
    if ends is None:
        return cat.text("terminal.first_breach", month=month)
    return cat.text("terminal.first_breach_range", month=month, low=ends[0], high=ends[1])


def _table(cat: Catalogue, shown: list[Headline], run: Mapping[str, Any]) -> list[str]:
    cells = [_cells(cat, headline, run) for headline in shown]
    widths = _widths(cells)
    lines = []
    for headline, row in zip(shown, cells, strict=True):
        lines.append(_line(row, widths))
        breaks = _breaks(cat, headline) if headline.tested else ""
        if breaks:
            lines.append(_line(["  ", "", breaks], widths))
    return lines


def _widths(cells: list[list[str]]) -> list[int]:
    from rich.cells import cell_len

    tested = [row for row in cells if len(row) > 3]
    columns = max((len(row) for row in cells), default=0)
    return [max((cell_len(row[i]) for row in (cells if i < 2 else tested)), default=0) for i in range(columns)]


def _line(row: list[str], widths: list[int]) -> str:
    from rich.cells import cell_len

    mark, *rest = row
    padded = (cell + " " * max(0, width - cell_len(cell)) for cell, width in zip(rest, widths[1:], strict=False))
    return f"  {mark} {'  '.join(padded)}".rstrip()
