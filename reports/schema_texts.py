"""The JSON Schema of scenario files in a language: what editors show of each field comes from the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from reports import catalogue, messages, parameter_texts

Schema = dict[str, Any]


def in_language(schema: Schema, lang: str) -> Schema:
    """A copy of the schema whose descriptions are in a language, as far as the catalogue has them.

    A table that stands in several places, such as a call centre, has one description in the schema: that of the first.
    """
    found = deepcopy(schema)
    if lang != "en":
        _Describer(found, lang).describe(found, "")
    return found


def _tables_in(field: Any) -> Iterator[str]:
    """The tables that a field is, or is a list of."""
    parts = field.values() if isinstance(field, dict) else field if isinstance(field, list) else ()
    if isinstance(field, dict) and "$ref" in field:
        yield field["$ref"].rpartition("/")[2]
    for part in parts:
        yield from _tables_in(part)


class _Describer:
    """Goes through a schema by dotted paths, each table once."""

    def __init__(self, schema: Schema, lang: str) -> None:
        self._lang, self._cat = lang, catalogue.load(lang)
        self._tables: dict[str, Schema] = schema["$defs"]
        self._left = set(self._tables)

    def describe(self, table: Schema, prefix: str) -> None:
        """Put the texts of a table's fields in, and of the tables below it."""
        for name, field in table.get("properties", {}).items():
            path = f"{prefix}{name}"
            if "description" in field:
                field["description"] = self._text(path, field["description"])
            for inner in [name for name in dict.fromkeys(_tables_in(field)) if name in self._left]:
                self._left.remove(inner)
                self.describe(self._tables[inner], f"{path}.")

    def _text(self, path: str, english: str) -> str:
        """The meaning of a parameter; our own fields have theirs among the messages."""
        return self._cat.texts.get(parameter_texts.text_key(path), messages.in_language(english, self._lang))
