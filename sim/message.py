"""Sentences for people that can be said in another language.

A message is its English text, so that it can be read, compared and raised wherever a ``str`` can. It remembers the
template and the values it was made from; ``reports.catalogue`` holds the same templates in Japanese.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_NOUNS = (
    "calls cards cores days differences errors hours inputs letters minutes months pairs persons points replications "
    "seats targets years"
)
_COUNTED = re.compile(rf"(?<!to )(?<!-)\{{(\w+)(?::[^}}]*)?\}} (?:{'|'.join(_NOUNS.split())})\b")
"""A count before its noun in an English template, that is not the end of a range."""


def singular(template: str, values: Mapping[str, object]) -> str:
    """An English template with a noun behind each count, without its plural's s where the count is 1."""
    return _COUNTED.sub(lambda found: found[0][:-1] if str(values.get(found[1])) == "1" else found[0], template)


class Message(str):
    """A sentence in English that knows how it was made.

    ``Message("must be {low} or later", low=day)``. A value may be a message itself, or a list of them: it is said in
    the same language. A sentence put together in any other way, with ``+`` or in an f-string, is a plain ``str`` that
    nobody can translate.

    Raises:
        KeyError: if the template names a value that is not given.
    """

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Message:
        """Fill the template in."""
        shown = {name: ", ".join(value) if _is_list(value) else value for name, value in values.items()}
        message = super().__new__(cls, singular(template, shown).format(**shown))
        message.template, message.values = template, values
        return message

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """How copies and other processes make it again."""
        return (self.template,), self.values


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


NOTHING = Message("")
"""Where a sentence has no such part."""


class Meaning(str):
    """What a parameter means, in the model's English, as a value of a message.

    ``path`` is the parameter's: by it, ``reports.messages`` finds the meaning in another language.
    """

    path: str

    def __new__(cls, text: str, path: str) -> Meaning:
        """The meaning of the parameter at a path."""
        meaning = super().__new__(cls, text)
        meaning.path = path
        return meaning

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        """How copies and other processes make it again."""
        return str(self), self.path
