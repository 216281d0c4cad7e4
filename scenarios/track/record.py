"""The file of the track record: lines are added, never changed. Each is JSON with a seal, a digest of the rest.

A line is a ``forecast`` (who made it and when, from which run, and its bands by figure and month) or what ``came`` (of
which file, up to which day, the figures by month). A line that is damaged is told and passed over; the others stand.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from scenarios.experiment.sealed import nobody
from scenarios.folder.names import RUNS
from scenarios.folder.strangers import RECORD
from scenarios.run.record import Identity
from scenarios.track.bands import LEVELS, Bands
from sim import __version__
from sim.message import Message

NAME = RECORD
"""The file, in the folder of runs, or in a folder that a run was given for itself."""
JAPAN = timezone(timedelta(hours=9))
"""Its time, the same all year."""
_LARGEST = 500_000_000
"""Bytes: more than ten thousand forecasts of ten years."""
_NAMED = 5
"""So many damaged lines are named."""
Line = Mapping[str, Any]


@dataclass(frozen=True)
class Record:
    """A track record; ``tell`` hears of damaged lines."""

    path: Path
    tell: Callable[[Message], None] = field(default=nobody, compare=False)

    def lines(self) -> list[Line]:
        """The lines that are as they were written, in order; nothing where there is no file."""
        return list(self._sound())

    def _sound(self) -> Iterator[Line]:
        if not self.path.is_file() or self.path.stat().st_size > _LARGEST:
            return
        damaged = []
        for number, text in enumerate(self.path.read_bytes().split(b"\n"), start=1):
            line = _read(text)
            if line is not None:
                yield line
            elif text.strip():
                damaged.append(number)
        if damaged:
            told = {
                "file": self.path.name,
                "lines": [str(number) for number in damaged[:_NAMED]],
                "count": len(damaged),
            }
            self.tell(Message("{file}: {count} damaged lines are passed over ({lines})", **told))

    def add(self, line: Line) -> bool:
        """Add a line behind all others, unless it stands there but for when it was made; whether it was added."""
        if any(_same(line, known) for known in self._sound()):
            return False
        self.path.parent.mkdir(parents=True, exist_ok=True)
        content = (json.dumps({**line, "seal": _seal(line)}) + "\n").encode()
        with self.path.open("ab") as file:
            file.write((b"" if self._ends() else b"\n") + content)
            file.flush()
            os.fsync(file.fileno())
        return True

    def _ends(self) -> bool:
        """Whether the last line is whole: a command that was killed may have left half of one."""
        if not self.path.stat().st_size:
            return True
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"


def now() -> datetime:
    """This moment, in Japan's time."""
    return datetime.now(JAPAN)


def place_of(folder: Path) -> Path:
    """Where the track record of a run in a folder is: inside, or in the folder of runs that it belongs to."""
    own, runs = folder / NAME, folder.resolve().parent.parent
    return runs / NAME if runs.name == RUNS.name and not own.exists() else own


def forecast(made: datetime, by: str, run: str, identity: Identity, known_to: str | None, told: Bands) -> Line:
    """A line for a forecast.

    Args:
        made: when.
        by: ``run`` or ``update``.
        run: digest of the question.
        identity: scenario, seed and number of replications.
        known_to: the last day of which it knew what came; None where it knew nothing but what was published.
        told: its bands.
    """
    named = {key: getattr(identity, key) for key in ("scenario", "seed", "replications")}
    whose = {"kind": "forecast", "made": made.isoformat(timespec="seconds"), "by": by, "run": run, **named}
    return {**whose, "version": __version__, "known_to": known_to, "levels": list(LEVELS), "figures": told}


def came(made: datetime, file: str, as_of: str, figures: Mapping[str, Mapping[str, float]]) -> Line:
    """A line for what came: values by figure and month."""
    return {
        "kind": "came",
        "made": made.isoformat(timespec="seconds"),
        "file": file,
        "as_of": as_of,
        "figures": figures,
    }


def _same(one: Line, other: Line) -> bool:
    return {**one, "made": ""} == {**other, "made": ""}


def _seal(line: Line) -> str:
    return hashlib.blake2b(json.dumps(line, sort_keys=True).encode(), digest_size=16).hexdigest()


def _read(text: bytes) -> Line | None:
    try:
        line = json.loads(text)
        seal = line.pop("seal")
        return line if seal == _seal(line) and line["kind"] in ("forecast", "came") else None
    except (ValueError, AttributeError, KeyError, TypeError):
        return None
