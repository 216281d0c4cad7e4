"""A command whose replications are known: each is copied once it may be, and a worker loads nothing of the model.

All else is the command's own: its processes, its folder, what it says.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from scenarios.durable import put, unfinished_name

_GRANTED = "granted"


class Known:
    """Finished replications, and how many of them may be copied: it has one byte for each in a file."""

    def __init__(self, folder: Path, granted: int = 0) -> None:
        self.folder = folder
        (folder / _GRANTED).touch()
        self.grant(granted)

    def grant(self, count: int) -> None:
        """Let those up to this number be copied; others wait."""
        os.truncate(self.folder / _GRANTED, count)

    def waiting(self) -> set[int]:
        """The processes that wait, or waited, for leave to copy one."""
        return {int(path.suffix[1:]) for path in self.folder.glob("waiting.*")}

    def started(self, cwd: Path, *words: object, **how: Any) -> subprocess.Popen[str]:
        """The command with these words, at work in a folder."""
        from installed import environment  # which a worker has no use for

        command = [sys.executable, "-c", f"import known; known.main({str(self.folder)!r})", *map(str, words)]
        path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
        return subprocess.Popen(
            command,
            cwd=cwd,
            env=environment(PYTHONWARNINGS="", PYTHONPATH=path),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            **how,
        )


def copied(known: Path, folder: Path, number: int, name: str) -> None:
    """Copy a replication into a store, once it may be."""
    while (known / _GRANTED).stat().st_size < number:
        (known / f"waiting.{os.getpid()}").touch()
        time.sleep(0.01)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    put(path, (known / name).read_bytes(), path.with_name(unfinished_name(path.stem)))


def main(known: str) -> None:
    """Be the command."""
    from cardflow.__main__ import main
    from scenarios.experiment import experiment

    class Copied(experiment._Whole):
        def __call__(self) -> None:
            number, digest = self.task.replication, self.task.point.digest
            copied(Path(known), self.folder, number, f"{digest}-{number:04d}.npz")

        def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
            number, digest = self.task.replication, self.task.point.digest
            return partial, (copied, Path(known), self.folder, number, f"{digest}-{number:04d}.npz")

    experiment._Whole = Copied
    main()
