"""A process that has loaded the program and starts every command as a child of its own: the same command, sooner.

Each child has its own folder, environment, streams and exit code, as a new process has. What it draws is made, but not
painted: a run's page would take most of the time of a test that is not about pictures.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent


class Warm:
    """The process; ``run`` is what ``subprocess.run`` would say of the command."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "warm.py")],
            env=dict(environment, PYTHONPATH=os.pathsep.join((str(HERE.parents[1]), str(HERE.parent / "unit")))),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(
        self, command: Sequence[str], cwd: Path, env: Mapping[str, str], encoding: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        with tempfile.TemporaryDirectory() as kept:
            told, complained = Path(kept) / "stdout", Path(kept) / "stderr"
            asked = {"command": command, "cwd": str(cwd), "env": dict(env), "to": [str(told), str(complained)]}
            assert self._process.stdin is not None and self._process.stdout is not None
            self._process.stdin.write(f"{json.dumps(asked)}\n")
            self._process.stdin.flush()
            code = int(self._process.stdout.readline())
            texts = [path.read_bytes().decode(encoding).replace("\r\n", "\n") for path in (told, complained)]
        return subprocess.CompletedProcess(command, code, *texts)

    def end(self) -> None:
        """Let it go."""
        self._process.communicate(timeout=60)


def _load() -> None:
    """Load what commands load when they need it: all that can be asked, what shows it, and what is compiled."""
    import pyarrow.dataset
    from no_run_in import without_run_in

    import cardflow.api
    import cardflow.cli
    from reports import catalogue
    from reports.presentations import KINDS, presentation
    from scenarios.history import load_history
    from sim.replication import whole

    assert cardflow.cli.app and pyarrow.dataset
    for kind in KINDS:
        presentation(kind)
    for lang in ("en", "ja"):
        catalogue.load(lang)
    month = cardflow.api.load("baseline-fy2025").with_values({"end": "2025-04-30"})
    whole(without_run_in(month.parameters), load_history(), 1, 1)


def _serve() -> None:
    from drawn import not_beside, not_inline, not_painted

    import reports.faces.page
    import reports.pages
    from reports.faces.figures import sheet

    sheet.save, reports.faces.page.inline, reports.pages.at_the_same_time = not_painted, not_inline, not_beside
    _load()
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            _be(**asked)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _be(command: list[str], cwd: str, env: dict[str, str], to: list[str]) -> None:
    """Be the command, and end."""
    code = 70
    try:
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(env)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        for number, path in enumerate(to, 1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
        encoding = env.get("PYTHONIOENCODING", "utf-8")
        sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), encoding)
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), encoding)
        complaints = io.BufferedWriter(io.FileIO(2, "w", closefd=False))
        sys.stderr = io.TextIOWrapper(complaints, encoding, "backslashreplace", line_buffering=True)
        sys.argv = command
        code = _code()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def _code() -> int:
    from cardflow.__main__ import main

    try:
        main()
    except SystemExit as ended:
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
            return 1
        return ended.code or 0
    except BaseException:
        import traceback

        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    _serve()
