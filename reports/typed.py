"""Words of a command as people type them, in any of the shells that they may have."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

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
