"""What a command is asked: the name of its folder, and what tells its answer from any other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from scenarios.folder.names import RUNS, safe_name
from scenarios.history import history_digest
from sim import __version__


@dataclass(frozen=True)
class Question:
    """A question to a command.

    ``kind`` is what kind of answer it has: ``run``, ``compare``, ``sweep``, ``clock``, ``ledger``, ``size``,
    ``validation``, ``calibration``. ``name`` is that of the scenario, for people. ``asked`` holds all that changes the
    answer, as JSON can hold it: scenarios with every value, seed, numbers of replications, options, files.
    """

    kind: str
    name: str
    asked: Sequence[Any]

    @cached_property
    def digest(self) -> str:
        """Twelve hexadecimal digits that stand for all that was asked, the card history and the version."""
        told = [self.kind, self.name, self.asked, history_digest(), __version__]
        return hashlib.blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=6).hexdigest()

    @property
    def folder(self) -> Path:
        """``runs/NAME/DIGEST`` of a run, ``runs/KIND/NAME/DIGEST`` of anything else; without a name, one step less."""
        kind = () if self.kind == "run" else (self.kind,)
        name = (safe_name(self.name),) if self.name else ()
        return Path(RUNS, *kind, *name, self.digest)
