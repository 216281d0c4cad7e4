"""What a validation of this version found, as it ships: every answer can say how the model stood beside what came.

``python -m calibration.validated FOLDER`` takes it from a folder of ``cardflow validate`` (``make validation`` does).
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from calibration.record import Validated, Validation
from scenarios.records import as_json, from_json


@cache
def load() -> Validated:
    """The validation that ships."""
    return of(files("calibration").joinpath(Validated.FILE).read_text(encoding="utf-8"))


def of(text: str) -> Validated:
    """What of a validation every answer can speak of, from its JSON; raises ValueError where it is none."""
    return from_json(Validated, json.loads(text))


def as_file(found: Validated) -> str:
    """The text of ``calibration/validated.json``."""
    return json.dumps(as_json(found), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    import sys

    found = of((Path(sys.argv[1]) / Validation.FILE).read_text(encoding="utf-8"))
    Path(__file__).with_name(Validated.FILE).write_text(as_file(found), encoding="utf-8", newline="\n")
