"""Commands that make an answer anew, as every question tells them at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reports.document import Say, say
from reports.typed import Given, command
from scenarios.records import Replicated


def again(name: str, words: Iterable[str] = (), options: Mapping[str, Given] | None = None) -> Say:
    """The command, in the language in which it is read."""
    return say("again.command", command=command(name, words, options))


def drawn(record: Replicated, chance_only: bool = False) -> dict[str, Given]:
    """The options that say which replications an answer rests on."""
    return {"--seed": record.seed, "--replications": record.replications, "--chance-only": chance_only}
