"""The command that lists what can be changed."""

from __future__ import annotations

from reports.lever_search import search
from reports.levers import Lever, levers
from scenarios.errors import UserError, nearest
from scenarios.load import load
from sim.message import Message


def levers_found(word: str, scenario: str, lang: str) -> list[Lever]:
    """The values of a scenario that a word names; all of them for no word.

    Raises:
        UserError: if there is none, or with what is wrong with the scenario.
    """
    everything = levers(load(scenario), lang)
    found = search(word, everything)
    if not found:
        names = [step for lever in everything for step in (lever.path, lever.path.rpartition(".")[2])]
        hint = nearest(word, names)
        raise UserError("parameters", [Message("{word}   nothing is named so or means it{hint}", word=word, hint=hint)])
    return found
