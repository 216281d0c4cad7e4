"""The command as it is installed, and a small scenario for it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from scenarios.run.options import Options

COMMAND = Path(sys.executable).parent / "cardflow"
SHORT = """\
title = "短い計画"
why = "A quarter is enough to see that all is there."
extends = "baseline-fy2025"
end = 2025-06-30
"""
MONTH = Options(5, chance_only=True, margin=False)
"""How a month of it is run that a test can wait for."""


def files(folder: Path) -> dict[str, bytes]:
    """The files of a run's answer."""
    names = ("summary.json", "run.json", "scenario.toml", "daily.parquet", "lead_times.parquet", "counters.parquet")
    return {name: (folder / name).read_bytes() for name in names}


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "error", **changes}


def interrupted(command: Sequence[str], cwd: Path, ready: Callable[[], object]) -> tuple[int, str, str]:
    """Start a command, press Ctrl-C for its whole group when ready, and see how it ends: code, stdout, stderr."""
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=environment(PYTHONWARNINGS=""),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    while process.poll() is None and not ready():
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=120)
    return process.returncode, stdout, stderr
