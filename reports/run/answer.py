"""The question of a run in one sentence, its answer in three: what holds, what breaks first, what room."""

from __future__ import annotations

from collections.abc import Iterable

from reports import chances, names
from reports.document import Joined, Name, Period, Title, Value, listing, say
from reports.names import fiscal_years
from reports.run import cells, margins
from reports.run.verdicts import ORDER, Headline, headlines
from scenarios.run.record import Run, Summary
from scenarios.run.words import FEWEST

_MANY = 3
"""More targets than this are listed with their counts alone; their values stand in the table below."""


def question(run: Run) -> Value:
    """What the run asks."""
    first, last = fiscal_years(run)
    key = "answer.question" if first < last else "answer.question_one_year"
    return say(key, title=Title(run.title), first=Period.of_year(first), last=Period.of_year(last))


def answer(summary: Summary, run: Run) -> tuple[Value, ...]:
    """Three sentences from the verdicts, each with its probability or range; one if nothing was tested."""
    tested = [headline for headline in headlines(summary) if headline.tested]
    if not tested:
        return (say("answer.not_tested"),)
    return _holds(tested, run), _breaks(tested, run), margins.sentence(tested, run)


def _holds(tested: list[Headline], run: Run) -> Value:
    holding = [headline for headline in tested if headline.verdict == "holds"]
    if not holding:
        key = "answer.holds_too_few" if run.replications < FEWEST else "answer.holds_none"
        return say(key, fewest=FEWEST, replications=run.replications)
    key = "holds_many" if len(holding) > _MANY else "holds"
    return say(f"answer.{key}", targets=_items(holding, run, key), replications=run.replications)


def _items(shown: Iterable[Headline], run: Run, key: str) -> Joined:
    return Joined(tuple(say(f"answer.{key}_item{_computed(headline)}", **_facts(headline, run)) for headline in shown))


def _computed(headline: Headline) -> str:
    """What the name of a text ends with that tells a probability instead of a count of replications."""
    return "_computed" if headline.decides.computed else ""


def _facts(headline: Headline, run: Run) -> dict[str, Value]:
    return {
        "target": cells.target(headline),
        "verdict": Name("verdict", headline.verdict),
        "year": Period(headline.worst.period),
        "value": names.value(headline.worst),
        "worst": _worst(headline),
        "met": headline.met(run.replications),
        "replications": run.replications,
        "share": chances.share(headline.decides.probability or 0.0),
        "missed": cells.missed(headline, "answer.breaks_missed"),
        "known": _known(headline),
    }


def _known(headline: Headline) -> Value:
    """In brackets, the first year missed and what was short; empty where neither is known."""
    told = (
        cells.missed(headline, "terminal.first_missed"),
        cells.lacking(headline.short_of, "terminal.short_of", "terminal.because_of"),
    )
    said = tuple(part for part in told if part)
    return say("answer.breaks_also_why", told=Joined(said)) if said else ""


def _worst(headline: Headline) -> Value:
    """The worst year and its value, or the value of years that are alike."""
    key = "answer.alike" if headline.alike else "answer.worst"
    return say(key, year=Period(headline.worst.period), value=names.value(headline.worst))


def _breaks(tested: list[Headline], run: Run) -> Value:
    breaking = sorted((headline for headline in tested if headline.verdict != "holds"), key=_order)
    if not breaking:
        return say("answer.breaks_none", months=_single_months(tested))
    first, *others = breaking
    sentence = say(
        f"answer.{_SENTENCES[first.verdict]}{_computed(first)}",
        breach="" if first.breach is None else cells.ranged("answer.breaks_breach", first.breach, "month"),
        short=cells.lacking(first.short_of, "answer.breaks_short", "answer.breaks_because"),
        why=cells.why_undecided(first),
        **_facts(first, run),
    )
    also = (say("answer.breaks_also", targets=_also(others, run)),) if others else ()
    return Joined((sentence, *also), "")


def _also(others: list[Headline], run: Run) -> Value:
    """The other targets that do not hold: each with its verdict; if there are many, by verdict."""
    if len(others) <= _MANY:
        return _items(others, run, "breaks_also")
    groups = (
        say(
            "answer.breaks_also_group",
            verdict=Name("verdict", verdict),
            targets=_items((one for one in others if one.verdict == verdict), run, "breaks_also_group"),
            replications=run.replications,
        )
        for verdict in dict.fromkeys(headline.verdict for headline in others)
    )
    return listing(groups)


_SENTENCES = {"fails": "breaks", "at_risk": "endangered", "undecided": "undecided"}


def _order(headline: Headline) -> tuple[int, str]:
    breach = headline.breach
    return ORDER[headline.verdict], (breach.first_breach if breach else None) or "9999-99"


def _single_months(tested: list[Headline]) -> Value:
    worst = max(tested, key=lambda headline: headline.month_breach or 0.0)
    share = worst.month_breach
    if not share:
        return ""
    return say("answer.breaks_none_months", percent=chances.share(share), target=cells.target(worst))
