"""Targets of a run as values of a document: with intervals, first breaches, what was short, what would decide."""

from __future__ import annotations

import math
from collections.abc import Iterable

from reports import chances, names
from reports.catalogue import known
from reports.chances import computed, share
from reports.document import Figures, Number, Period, Value, listing, say
from reports.run.verdicts import Headline
from scenarios.run.record import Run
from scenarios.run.statistic import Row
from scenarios.run.words import FAILS_UP_TO, FEWEST, FURTHEST, HOLDS_FROM

_NO_RESOURCE = ("breakdowns", "outage", "remake")
"""Causes that are no lack of something."""
_NARROW = 0.25
"""So narrow an interval (of 40 replications beside a bound) places the share that meets a target near a bound."""


def target(headline: Headline, short: bool = False) -> Value:
    """A headline's target, with the part where it has several; ``short`` for the narrow lines of a terminal."""
    row = headline.worst
    return names.target_part(row.id, row.part, short, headline.only_part)


def worst_year(headline: Headline) -> Value:
    """The worst fiscal year, or that none is worse than another."""
    return say("cell.years_alike") if headline.alike else Period(headline.worst.period)


def threshold(row: Row, exact: bool = False) -> Value:
    """What a row is held against."""
    return None if row.threshold is None else Number(row.threshold, row.statistic, exact=exact)


def met(row: Row, run: Run) -> Value:
    """In how many replications a row met its threshold, with the interval of that; or how likely it is, as computed."""
    if row.probability is None:
        return None
    if row.computed:
        return computed(row.probability)
    count = round(row.probability * run.replications)
    return chances.met(count, run.replications, row.probability_low, row.probability_high)


def not_tested(row: Row) -> Value:
    """Why a target was not tested."""
    own = f"not_tested.{row.id}"
    return say(own if known(own) else "not_tested.generic")


def breach(row: Row | None) -> Value:
    """The month or year of the first breach with its range; None where nothing breaks."""
    if row is None or row.first_breach is None:
        return None
    first, ends = Period(row.first_breach), breach_range(row)
    return Figures("format.value_range", {"value": first, **ends}) if ends else first


def breach_range(row: Row) -> dict[str, Value]:
    """``low`` and ``high`` of the first breach's range, where it has one that is wider than a month or year."""
    low, high = row.first_breach_low, row.first_breach_high
    return {} if low is None or high is None or low == high else {"low": Period(low), "high": Period(high)}


def ranged(key: str, row: Row, name: str) -> Value:
    """The first breach by the text ``key``, which calls it ``name``, or by ``key`` and ``_range`` with its range.

    Empty where nothing breaks.
    """
    if row.first_breach is None:
        return ""
    ends = breach_range(row)
    return say(f"{key}_range" if ends else key, **{name: Period(row.first_breach)}, **ends)


def missed(headline: Headline, key: str) -> Value:
    """The first fiscal year missed, by the text ``key``; empty where years are not judged together."""
    return ranged(key, headline.decides, "year") if headline.several_years else ""


def lacking(what: str | None, short: str, because: str) -> Value:
    """Says in the text ``short`` what was short, in ``because`` what no resource was short of; empty if unknown."""
    return say(because if what in _NO_RESOURCE else short, what=names.short_of(what)) if what else ""


def undecided(headline: Headline) -> Value:
    """What would decide an undecided verdict; empty of others, and where it is told once for all (``too_few``)."""
    told_once = headline.decides.replications_to_decide == FEWEST
    return "" if told_once else why_undecided(headline)


def why_undecided(headline: Headline) -> Value:
    """How many replications would decide an undecided verdict, or that hardly any number would; empty of others."""
    if not headline.undecided:
        return ""
    row = headline.decides
    low, high = row.probability_low or 0.0, 1.0 if row.probability_high is None else row.probability_high
    return to_decide(row.replications_to_decide, row.probability or 0.0, high - low)


def to_decide(needed: int | None, met_share: float, width: float) -> Value:
    """How many replications in all would decide (in tens, or the fewest), or that the share met is too near a bound.

    A share whose interval has a ``width`` beyond ``_NARROW`` may lie near a bound or not: then it is too early to tell.
    """
    if needed == FEWEST:
        return say("undecided.fewest", number=Number(FEWEST))
    if needed is not None:
        return say("undecided.about", number=Number(math.ceil(needed / 10) * 10))
    if width > _NARROW:
        return say("undecided.early")
    bound = min((FAILS_UP_TO, HOLDS_FROM), key=lambda each: abs(each - met_share))
    return say("undecided.none", number=Number(FURTHEST), bound=share(bound))


def months_note(shown: Iterable[Headline]) -> Value:
    """What a month is judged by where it is not what the fiscal year is judged by; empty where both are alike."""
    return names.months_apart(
        (target(headline), headline.by_month, headline.worst.statistic)
        for headline in shown
        if headline.by_month and headline.tested
    )


def undecided_note(shown: Iterable[Headline]) -> Value:
    """The targets that are undecided, each with what would decide it; empty where none is."""
    told = ((headline, undecided(headline)) for headline in shown)
    items = tuple(say("undecided.item", target=target(headline), why=why) for headline, why in told if why)
    return say("undecided.note", targets=listing(items)) if items else ""


def too_few(run: Run) -> Value:
    """That so few replications reach no word, whatever they say; empty where there are enough."""
    if run.replications >= FEWEST:
        return ""
    return say("undecided.few", fewest=FEWEST, replications=run.replications)
