"""What a calibration reports of its fits, in this language."""

from __future__ import annotations

import re

from reports.catalogue import Catalogue

_KNOWN = {
    "stopped": re.compile(r"(?P<problem>.+): stopped after (?P<evaluations>\d+) evaluations, before it settled"),
    "not_met": re.compile(
        r"(?P<problem>.+): no values within what is assumed meet (?P<figure>.+) = (?P<published>\S+): "
        r"the nearest give (?P<fitted>\S+)"
    ),
}


def message(cat: Catalogue, text: str) -> str:
    """A message of ``fits.json``; as it stands where it is none of those known here."""
    for name, pattern in _KNOWN.items():
        found = pattern.fullmatch(text)
        if found:
            values = found.groupdict()
            values["problem"] = cat.name("validation.problem", values["problem"])
            return cat.text(f"validation.message.{name}", **values)
    return text
