"""What takes much memory, or reads files of anybody, is done in a process of its own, which ends with it.

So the server stays small however often it is asked, and a file that costs more than it should costs a child.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.catalogue import Catalogue
from reports.messages import said
from scenarios.errors import NOTHING_RUN, UserError
from scenarios.files.find import LIBRARY

_PATIENCE = 60
"""Seconds that a piece of work may take."""


@dataclass(frozen=True)
class Done:
    """What came of it, and what was wrong with what it was asked, in the language of the page."""

    told: Mapping[str, Any]
    wrong: tuple[str, ...] = ()


def apart(work: str, cat: Catalogue, **asked: Any) -> Done:
    """Have a piece of ``works`` done, by its name; what it is asked and what it tells is JSON."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "cardflow.serve.apart", work, cat.lang],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=LIBRARY,  # where names of scenarios are those of the library
            timeout=_PATIENCE,
            check=True,
        )
        told = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return Done({}, (cat.text("serve.failed"),))
    return Done(told, tuple(told.get("wrong", ())))


def _main() -> None:
    """The child: a piece of work named on the command line, what it is asked on stdin, what it tells on stdout."""
    from cardflow.serve.works import WORKS

    work, lang = sys.argv[1:3]
    try:
        told = WORKS[work](lang=lang, **json.load(sys.stdin))
    except UserError as error:
        told = {"wrong": [said(line, lang) for line in error.told(NOTHING_RUN)]}
    sys.stdout.buffer.write(json.dumps(told).encode())


if __name__ == "__main__":
    _main()
