"""The command that lists what can be changed."""

from __future__ import annotations

from collections.abc import Sequence

from cardflow.at_once import at_once
from reports.lever_search import search
from reports.levers import Lever, levers
from scenarios.errors import UserError, nearest
from scenarios.files.find import LIBRARY
from scenarios.files.load import load
from sim.message import Message


def levers_found(word: str, scenario: str, lang: str) -> list[Lever]:
    """The values of a scenario that a word names; all of them for no word.

    Raises:
        UserError: if there is none, and with what is wrong with the scenario.
    """
    of = load("baseline-fy2025", LIBRARY)  # in place of one that cannot be read: names are the same in all
    with at_once() as wrong:
        with wrong.noted():
            of = load(scenario)
        with wrong.noted():
            found = _found(word, levers(of, lang))
    return found


def _found(word: str, everything: Sequence[Lever]) -> list[Lever]:
    if found := search(word, everything):
        return found
    names = [step for lever in everything for step in (lever.path, lever.path.rpartition(".")[2])]
    hint = nearest(word, names)
    raise UserError("parameters", [Message("{word}   nothing is named so or means it{hint}", word=word, hint=hint)])
