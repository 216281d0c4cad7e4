"""The answer in plain words: how far the weights can be trusted, what changed, and how forecasts have done so far."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from reports import formats, part_years, phrases
from reports.catalogue import Catalogue
from reports.updated import cells
from reports.updated.data import Changed, Update
from scenarios.updating.figures import FIGURES
from scenarios.updating.smoothing import FEWEST, HEAVIEST

_NAMED = 3
"""So many months outside every replication are named; of more, the page tells."""


def answer(cat: Catalogue, data: Update) -> tuple[str, ...]:
    """The paragraphs at the top of the page and under the terminal's table."""
    said = [weights(cat, data), narrowed(cat, data), *outside(cat, data), changed(cat, data), track(cat, data)]
    return (*(sentence for sentence in said if sentence), *part_years.note(cat))


def weights(cat: Catalogue, data: Update) -> str:
    """What the weights are worth, whether they can be trusted, and what to do if not."""
    told, named = data.weights, data.identity["actuals"]
    k_hat = cat.text("update.k_unknown") if told["k_hat"] is None else formats.number(told["k_hat"], 2)
    worth = cat.text(
        "update.answer.worth",
        file=named["file"],
        as_of=formats.day(cat, date.fromisoformat(named["as_of"])),
        replications=data.identity["replications"],
        effective=formats.number(told["effective"], 1),
        k_hat=k_hat,
    )
    trust = cat.text(
        f"update.answer.{told['word']}", fewest=FEWEST, heaviest=HEAVIEST, needed=told["replications_needed"]
    )
    return cat.text("format.between_sentences").join([worth, trust])


def narrowed(cat: Catalogue, data: Update) -> str:
    """How much each figure says for itself, what says most first."""
    ordered = sorted(data.figures, key=lambda told: told["effective"])
    items = [
        cat.text(
            "update.answer.narrowing",
            figure=cells.figure(cat, told["figure"]),
            months=told["months"],
            effective=formats.number(told["effective"], 1),
        )
        for told in ordered
    ]
    return cat.text("update.answer.narrowed", items=cat.text("format.entries").join(items))


def outside(cat: Catalogue, data: Update) -> Iterator[str]:
    """The months that no replication comes near, the furthest first."""
    furthest = sorted(data.outside, key=lambda told: -told["deviations"])
    items = [_outside(cat, told) for told in furthest[:_NAMED]]
    if items:
        yield cat.text("update.answer.outside", count=len(furthest), items=cat.text("format.entries").join(items))


def _outside(cat: Catalogue, told: Mapping[str, Any]) -> str:
    name = told["figure"]
    away = told["nearest"] - told["stated"]
    by = formats.points(cat, abs(away)) if FIGURES[name].share else formats.percent(cat, abs(away) / told["stated"])
    return cat.text(
        f"update.answer.{'share' if FIGURES[name].share else 'count'}_outside",
        figure=cells.figure(cat, name),
        month=formats.month(cat, told["month"]),
        stated=cells.amount(cat, name, told["stated"]),
        nearest=cells.amount(cat, name, told["nearest"]),
        by=by,
    )


def changed(cat: Catalogue, data: Update) -> str:
    """The targets whose verdict is another now; nothing where the weights cannot be trusted.

    A verdict that the effective number does not reach for any more is none that what came has changed.
    """
    if data.weights["word"] == "heavy":
        return ""
    found = [one for one in data.headline if one.other_word]
    lost = [one for one in found if one.after.verdict == "undecided"]
    told = [_targets(cat, "changed", [_changed(cat, one) for one in found if one not in lost])]
    told.append(_targets(cat, "lost", [phrases.target(cat, one.before, only_part=False) for one in lost]))
    if not found:
        return cat.text("update.answer.unchanged")
    return cat.text("format.between_sentences").join(sentence for sentence in told if sentence)


def _targets(cat: Catalogue, key: str, items: Sequence[str]) -> str:
    return cat.text(f"update.answer.{key}", items=cat.text("format.entries").join(items)) if items else ""


def _changed(cat: Catalogue, one: Changed) -> str:
    return cat.text(
        "update.answer.change",
        target=phrases.target(cat, one.before, only_part=False),
        before=cells.verdict(cat, one.before),
        after=cells.verdict(cat, one.after),
        chance=cells.chance(cat, one.after),
    )


def track(cat: Catalogue, data: Update) -> str:
    """How often the 90 % bands of forecasts made ahead were right."""
    ahead = data.ahead
    if not ahead:
        return cat.text("update.answer.no_track")
    inside = sum(one.inside for one in ahead)
    made = len({(one.run, one.made) for one in ahead})
    return cat.text("update.answer.track", inside=inside, months=len(ahead), forecasts=made)


def again(cat: Catalogue, data: Update) -> str:
    """The command that simulates again from what came."""
    return cat.text(
        "update.again.command",
        scenario=shlex.quote(data.identity["again"]),
        file=shlex.quote(data.identity["actuals"]["file"]),
        needed=data.weights["replications_needed"] or data.identity["replications"],
        lang=cat.lang,
    )
