"""The JSON Schema of scenario files, for editors: every field optional, since a file holds what differs."""

from __future__ import annotations

from typing import Any

from sim.message import Message
from sim.parameters import Parameters


def scenario_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a scenario file."""
    schema = Parameters.model_json_schema(by_alias=True)
    own = {
        "title": {"type": "string", "description": Message("what the scenario is called")},
        "why": {"type": "string", "description": Message("why it is worth running")},
        "extends": {
            "type": "string",
            "description": Message("the scenario it starts from: a file beside it, or the library"),
        },
    }
    schema["properties"] = {**own, **schema["properties"]}
    schema.pop("required", None)
    for definition in schema["$defs"].values():
        if definition.get("title") not in _WHOLE:
            definition.pop("required", None)
    schema["$defs"]["YearlyWindow"]["properties"] = {"from": _MONTH_AND_DAY, "to": _MONTH_AND_DAY}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Cardflow scenario", **schema}


_MONTH_AND_DAY = {
    "description": Message('a month and a day, such as "12-29"'),
    "anyOf": [
        {"type": "string", "pattern": r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"},
        {
            "type": "array",
            "prefixItems": [{"type": "integer", "minimum": 1, "maximum": most} for most in (12, 31)],
            "minItems": 2,
            "maxItems": 2,
        },
    ],
}
_WHOLE = ("Window", "Load", "Stop", "YearlyWindow")
"""Entries of lists, which are always written whole."""
