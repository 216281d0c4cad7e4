"""The question of a run in one sentence, its answer in three: what holds, what breaks first, what room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports import formats, margins, phrases
from reports.catalogue import Catalogue
from reports.verdicts import ORDER, Headline, headlines
from scenarios.words import FEWEST

_MANY = 3
"""More targets than this are listed with their counts alone; their values stand in the table below."""


def question(cat: Catalogue, run: Mapping[str, Any]) -> str:
    """What the run asks."""
    first, last = phrases.fiscal_years(run)
    key = "answer.question" if first < last else "answer.question_one_year"
    years = {"first": formats.fiscal_year(cat, first), "last": formats.fiscal_year(cat, last)}
    return cat.text(key, title=phrases.title(cat, run), **years)


def answer(cat: Catalogue, summary: Mapping[str, Any], run: Mapping[str, Any]) -> list[str]:
    """Three sentences from the verdicts, each with its probability or range; one if nothing was tested."""
    tested = [headline for headline in headlines(summary) if headline.tested]
    if not tested:
        return [cat.text("answer.not_tested")]
    return [_holds(cat, tested, run), _breaks(cat, tested, run), margins.sentence(cat, tested, run)]


def _holds(cat: Catalogue, tested: list[Headline], run: Mapping[str, Any]) -> str:
    holding = [headline for headline in tested if headline.verdict == "holds"]
    if not holding:
        key = "answer.holds_too_few" if run["replications"] < FEWEST else "answer.holds_none"
        return cat.text(key, fewest=FEWEST, replications=run["replications"])
    many = len(holding) > _MANY
    items = cat.join(_item(cat, headline, run, "holds_many" if many else "holds") for headline in holding)
    return cat.text(f"answer.holds{'_many' if many else ''}", targets=items, replications=run["replications"])


def _item(cat: Catalogue, headline: Headline, run: Mapping[str, Any], key: str) -> str:
    return cat.text(f"answer.{key}_item{_computed(headline)}", **_facts(cat, headline, run))


def _computed(headline: Headline) -> str:
    """What the name of a text ends with that tells a probability instead of a count of replications."""
    return "_computed" if headline.decides.computed else ""


def _facts(cat: Catalogue, headline: Headline, run: Mapping[str, Any]) -> dict[str, object]:
    row, met = headline.worst, headline.met(run["replications"])
    missed = phrases.missed(cat, headline, "answer.breaks_missed")
    return {
        "target": phrases.target(cat, row, headline.only_part),
        "verdict": cat.name("verdict", headline.verdict),
        "year": formats.period(cat, row.period),
        "value": phrases.value(cat, row),
        "met": cat.text("format.nothing") if met is None else met,
        "replications": run["replications"],
        "share": formats.percent(cat, headline.decides.probability or 0.0, 0),
        "missed": missed,
    }


def _breaks(cat: Catalogue, tested: list[Headline], run: Mapping[str, Any]) -> str:
    breaking = sorted((headline for headline in tested if headline.verdict != "holds"), key=_order)
    if not breaking:
        return cat.text("answer.breaks_none", months=_single_months(cat, tested))
    first, *others = breaking
    values = _facts(cat, first, run) | {"breach": _breach(cat, first), "short": _short(cat, first)}
    key = f"answer.{_SENTENCES[first.verdict]}{_computed(first)}"
    sentence = cat.text(key, **values, why=phrases.why_undecided(cat, first))
    if not others:
        return sentence
    return sentence + cat.text("answer.breaks_also", targets=_also(cat, others, run))


def _also(cat: Catalogue, others: list[Headline], run: Mapping[str, Any]) -> str:
    """The other targets that do not hold: each with its verdict; if there are many, by verdict."""
    if len(others) <= _MANY:
        return cat.join(_item(cat, headline, run, "breaks_also") for headline in others)
    groups = {}
    for verdict in dict.fromkeys(headline.verdict for headline in others):
        same = (headline for headline in others if headline.verdict == verdict)
        groups[verdict] = cat.join(_item(cat, headline, run, "breaks_also_group") for headline in same)
    return cat.text("format.entries").join(
        cat.text(
            "answer.breaks_also_group",
            verdict=cat.name("verdict", verdict),
            targets=targets,
            replications=run["replications"],
        )
        for verdict, targets in groups.items()
    )


_SENTENCES = {"fails": "breaks", "at_risk": "endangered", "undecided": "undecided"}


def _order(headline: Headline) -> tuple[int, str]:
    breach = headline.breach
    return ORDER[headline.verdict], (breach.first_breach if breach else None) or "9999-99"


def _breach(cat: Catalogue, headline: Headline) -> str:
    row = headline.breach
    if row is None or row.first_breach is None:
        return ""
    month, ends = formats.month(cat, row.first_breach), phrases.breach_range(cat, row)
    if ends is None:
        return cat.text("answer.breaks_breach", month=month)
    return cat.text("answer.breaks_breach_range", month=month, low=ends[0], high=ends[1])


def _short(cat: Catalogue, headline: Headline) -> str:
    return phrases.lacking(cat, headline.short_of, "answer.breaks_short", "answer.breaks_because")


def _single_months(cat: Catalogue, tested: list[Headline]) -> str:
    worst = max(tested, key=lambda headline: headline.month_breach or 0.0)
    share = worst.month_breach
    if not share:
        return ""
    name = phrases.target(cat, worst.worst, worst.only_part)
    return cat.text("answer.breaks_none_months", percent=formats.percent(cat, share, 0), target=name)
