"""The installed command, called as a user calls it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

COMMAND = Path(sys.executable).parent / "cardflow"
SHORT = """\
title = "短い計画"
why = "A quarter is enough to see that all is there."
extends = "baseline-fy2025"
end = 2025-06-30
"""

Call = Callable[..., subprocess.CompletedProcess[str]]


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "error", **changes}


@pytest.fixture(scope="session")
def cardflow() -> Call:
    """Run ``cardflow`` with arguments in a folder; an exit code other than ``code`` fails."""

    def call(*arguments: object, cwd: Path, code: int = 0, console: str = "utf-8") -> subprocess.CompletedProcess[str]:
        command = [str(COMMAND), *map(str, arguments)]
        env = environment(PYTHONIOENCODING=console)
        done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding=console, timeout=500)
        assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
        return done

    return call


@pytest.fixture
def inside(capsys, monkeypatch) -> Callable[..., SimpleNamespace]:
    """The same without a new process."""
    from cardflow.cli import app

    def call(*arguments: str, cwd: Path, code: int = 0) -> SimpleNamespace:
        monkeypatch.chdir(cwd)
        with pytest.raises(SystemExit) as ended:
            app(list(arguments), prog_name="cardflow")
        done = SimpleNamespace(**capsys.readouterr()._asdict())
        assert ended.value.code == code, done
        return SimpleNamespace(stdout=done.out, stderr=done.err)

    return call
