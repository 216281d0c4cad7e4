"""Margins: up to how many times the load of its own driver a target holds; what load that is; what would use it up.

Loads are multiples of FY2025's, margins of the load itself. One at an end of what was looked at is said to lie beyond.
"""

from __future__ import annotations

from reports import loads
from reports.document import Joined, Name, Number, Table, Value, headings, listing, say
from reports.run import cells
from reports.run.verdicts import Headline
from scenarios.run.record import Run
from scenarios.run.statistic import Row, Used


def line(headline: Headline, run: Run) -> Value:
    """A target's margin on the terminal; empty where there is none."""
    row = headline.room
    return "" if row is None or row.margin_80 is None else say("terminal.margin", **_values(row, run))


def _values(row: Row, run: Run) -> dict[str, Value]:
    return {
        "margin": loads.times(row.margin_80 or 0.0, run.margin),
        "driver": loads.driver(row),
    }


def sentence(tested: list[Headline], run: Run) -> Value:
    """The third sentence of a run's answer: the target with the least room, and what load would use it up."""
    if run.margin is None:
        return say("answer.margin_skipped")
    tightest = min((one for one in tested if one.room is not None), key=lambda one: one.spare, default=None)
    if tightest is None or (row := tightest.room) is None:
        return say("answer.margin_free")
    said = say(f"answer.{_key(tightest, row, run)}", target=cells.target(tightest), **_values(row, run))
    grown = tuple(_grown(row, cause) for cause in row.uses_up or () if cause.grows_to is not None)
    uses = (say("answer.margin_uses_up", causes=Joined(grown, "margin.or")),) if grown else ()
    return Joined((said, *uses), "")


def _key(tightest: Headline, row: Row, run: Run) -> str:
    """Which sentence fits: no room, some, or more than was looked at."""
    if tightest.spare <= 1:
        return "margin_short"
    looked = run.margin
    return "margin_beyond" if looked and (row.margin_80 or 0.0) >= looked.most else "margin"


def _grown(row: Row, cause: Used) -> Value:
    return say("margin.grown", cause=_cause(row, cause), factor=Number(cause.grows_to or 1.0, decimals=1))


def _cause(row: Row, cause: Used) -> Name:
    return Name(f"driver_cause.{row.driver}", cause.cause)


def note(shown: list[Headline]) -> Value:
    """What a margin is, and how many replications say so; empty where there is none."""
    found = [row for headline in shown if (row := headline.room) is not None]
    if not found:
        return ""
    counts = [row.margin_replications or 0 for row in found]
    return say("margin.note", replications=max(counts))


def of_loads(shown: list[Headline]) -> Value:
    """What loads are multiples of; empty where no target has a margin."""
    found = next((row for headline in shown if (row := headline.room) is not None), None)
    return "" if found is None else say("margin.loads", reference=loads.reference(found))


def table(shown: list[Headline], run: Run, causes: bool = True) -> Table:
    """A row a target: driver, forecast, margins with 50, 80 and 90 %, with ``causes`` what would use the margin up."""
    columns = ("target", "driver", "driver_forecast", "margin_50", "margin_80", "margin_90")
    rows = tuple(
        (
            cells.target(headline),
            loads.driver(row),
            loads.forecast(row),
            *(loads.borne(row, percent, run.margin) for percent in loads.PERCENTS),
            *((listing(_load(row, cause) for cause in row.uses_up or ()),) if causes else ()),
        )
        for headline in shown
        if (row := headline.room) is not None
    )
    return Table(headings("run", *columns, *(("uses_up",) if causes else ())), rows)


def uses(shown: list[Headline]) -> Table:
    """A row a target and cause: its load, and what it alone would have to grow to."""
    rows = tuple(
        (
            cells.target(headline),
            loads.driver(row),
            _cause(row, cause),
            Number(cause.load, "load", 2),
            None if cause.grows_to is None else Number(cause.grows_to, "load", 1),
        )
        for headline in shown
        if (row := headline.room) is not None
        for cause in row.uses_up or ()
    )
    return Table(headings("run", "target", "driver", "cause", "cause_load", "grows_to"), rows)


def _load(row: Row, cause: Used) -> Value:
    """A cause's load, and what it alone would have to grow to."""
    told: dict[str, Value] = {"cause": _cause(row, cause), "load": Number(cause.load, decimals=2)}
    if cause.grows_to is None:
        return say("margin.load", **told)
    return say("margin.load_grown", factor=Number(cause.grows_to, decimals=1), **told)
