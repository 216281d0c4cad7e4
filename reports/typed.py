"""Words of a command as people type them, in any of the shells that they may have."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

Given: TypeAlias = str | int | bool | Sequence[str] | None
"""What an option is given: one value or several, each behind it; True stands alone, False and None say nothing."""

_PLAIN = "@+=:,./-_"
_KEEPS = frozenset('"$`!')
"""What means something to a shell between double quotes too."""


def quoted(word: str) -> str:
    """A word as it is typed: in quotation marks where a shell would take it apart.

    Double ones, which Windows knows too, unless the word has what they do not hold. Letters of any script are letters.
    """
    if word and all(letter.isalnum() or letter in _PLAIN for letter in word):
        return word
    return shlex.quote(word) if _KEEPS & set(word) or not word else f'"{word}"'


def joined(words: Iterable[str]) -> str:
    """The words of a command on one line."""
    return " ".join(map(quoted, words))


def command(name: str, words: Iterable[str] = (), options: Mapping[str, Given] | None = None) -> str:
    """A command line of the program: what is named by place, then options by their names."""
    said = [word for option, given in (options or {}).items() for word in _option(option, given)]
    return joined(("cardflow", name, *words, *said))


def _option(name: str, given: Given) -> Iterable[str]:
    if isinstance(given, bool) or given is None:
        return [name] if given else []
    values = [str(given)] if isinstance(given, str | int) else given
    return [word for value in values for word in (name, value)]
