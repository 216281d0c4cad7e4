"""The answer in plain words: how far the weights can be trusted, what changed, and how forecasts have done so far."""

from __future__ import annotations

from collections.abc import Sequence

from reports import actuals, loads, names, track
from reports.document import Joined, Number, Period, Say, Value, listing, say, sentences
from reports.remade import again
from reports.typed import Given
from reports.update import cells
from scenarios.update.figures import FIGURES
from scenarios.update.likelihood import Outside
from scenarios.update.record import Changed, Update
from scenarios.update.smoothing import FEWEST, HEAVIEST


def answer(data: Update) -> tuple[Value, ...]:
    """The paragraphs at the top of the page and under the terminal's table."""
    said = weights(data), narrowed(data), outside(data), changed(data), track.told(data.ahead)
    return tuple(sentence for sentence in said if sentence)


def weights(data: Update) -> Joined:
    """What the weights are worth, whether they can be trusted, and what to do if not."""
    told = data.weights
    worth = say(
        "update.answer.worth",
        file=data.actuals.file,
        as_of=data.actuals.as_of,
        replications=data.replications,
        effective=Number(told.effective, decimals=1),
        k_hat=say("update.k_unknown") if told.k_hat is None else Number(told.k_hat, decimals=2),
    )
    key, heaviest = f"update.answer.{told.word}", Number(HEAVIEST, "plain")
    return sentences(worth, say(key, fewest=FEWEST, heaviest=heaviest, needed=told.replications_needed))


def narrowed(data: Update) -> Say:
    """How much each figure says for itself, what says most first."""
    ordered = sorted(data.figures, key=lambda told: told.effective)
    items = [
        say(
            "update.answer.narrowing",
            figure=actuals.heading(told.figure),
            months=told.months,
            effective=Number(told.effective, decimals=1),
        )
        for told in ordered
    ]
    return _listed("narrowed", items)


def _listed(key: str, items: Sequence[Value], **values: Value) -> Say:
    return say(f"update.answer.{key}", items=listing(items), **values)


def outside(data: Update) -> Value:
    """The months that no replication comes near, the furthest first; nothing where there are none."""
    furthest = actuals.furthest(data.outside)
    items = [_outside(told) for told in furthest[: actuals.NAMED]]
    return _listed("outside", items, count=len(furthest)) if items else None


def _outside(told: Outside) -> Say:
    name, share = told.figure, FIGURES[told.figure].share
    away = abs(told.nearest - told.stated)
    return say(
        f"update.answer.{'share' if share else 'count'}_outside",
        figure=actuals.heading(name),
        month=Period(told.month),
        stated=cells.amount(name, told.stated),
        nearest=cells.amount(name, told.nearest),
        by=Number(away, "bare_probability", 1) if share else Number(away / told.stated, "probability", 1),
    )


def changed(data: Update) -> Value:
    """The targets whose verdict is another now; nothing where the weights cannot be trusted.

    A verdict that the effective number does not reach for any more is none that what came has changed.
    """
    if data.weights.word == "heavy":
        return None
    found = [one for one in data.headline if one.other_word]
    lost = [cells.target(one) for one in found if one.after.verdict == "undecided"]
    other = [_changed(one) for one in found if one.after.verdict != "undecided"]
    told = [_listed(key, items) for key, items in (("changed", other), ("lost", lost)) if items]
    return sentences(*told) if told else say("update.answer.unchanged")


def _changed(one: Changed) -> Say:
    return say(
        "update.answer.change",
        target=cells.target(one),
        before=names.verdict(one.before.verdict),
        after=names.verdict(one.after.verdict),
        chance=cells.chance(one.after),
    )


def margins_note(data: Update) -> Value:
    """What loads are multiples of and how many replications say so; or why none are said, before or now."""
    if not data.bearing:
        return say("update.margins.none")
    told = data.weights
    note = say(
        "update.margins.worth",
        reference=loads.reference(data.bearing[0].before),
        replications=data.replications,
        effective=Number(told.effective, decimals=1),
    )
    if told.word == "trusted":
        return note
    return sentences(note, say(f"update.margins.{told.word}", fewest=FEWEST, heaviest=Number(HEAVIEST, "plain")))


def anew(data: Update) -> Say:
    """The command that simulates again from what came."""
    asked: dict[str, Given] = {
        "--actuals": data.actuals.file,
        "--seed": data.seed,
        "--replications": data.weights.replications_needed or data.replications,
        "--no-margin": not data.margin,
    }
    return again("run", [data.again], asked)
