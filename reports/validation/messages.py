"""What a calibration reports of its fits, as a reader is told."""

from __future__ import annotations

import re

from reports.document import Name, Value, say

_KNOWN = {
    "stopped": re.compile(r"(?P<problem>.+): stopped after (?P<evaluations>\d+) evaluations, before it settled"),
    "not_met": re.compile(
        r"(?P<problem>.+): no values within what is assumed meet (?P<figure>.+) = (?P<published>\S+): "
        r"the nearest give (?P<fitted>\S+)"
    ),
}


def message(text: str) -> Value:
    """A message of ``fits.json``; as it stands where it is none of those known here."""
    for name, pattern in _KNOWN.items():
        found = pattern.fullmatch(text)
        if found:
            problem = Name("validation.problem", found["problem"])
            return say(f"validation.message.{name}", **{**found.groupdict(), "problem": problem})
    return text
