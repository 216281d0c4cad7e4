"""The installed command, called as a user calls it."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import browser
import pytest
from installed import COMMAND, MONTH, SHORT, environment
from warm import Warm

from scenarios.experiment.store import Store
from scenarios.files.load import Scenario, load
from scenarios.run.run import run

Call = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm | None]:
    """What starts commands sooner, where processes can fork."""
    started = Warm(environment()) if hasattr(os, "fork") else None
    yield started
    if started is not None:
        started.end()


@pytest.fixture(scope="session")
def cardflow(warm) -> Call:
    """Run ``cardflow`` with arguments in a folder, in a language; an exit code other than ``code`` fails.

    Pictures are painted where that is asked for, and the command is then the one that is installed.
    """

    def call(
        *arguments: object, cwd: Path, code: int = 0, console: str = "utf-8", lang: str = "", painted: bool = False
    ) -> subprocess.CompletedProcess[str]:
        command = [str(COMMAND), *map(str, arguments)]
        env = environment(PYTHONIOENCODING=console, **({"CARDFLOW_LANG": lang} if lang else {}))
        if warm is None or painted:
            done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding=console, timeout=500)
        else:
            done = warm.run(command, cwd, env, console)
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


@pytest.fixture(scope="session")
def month_file(tmp_path_factory) -> Path:
    """A month of a small scenario."""
    path = tmp_path_factory.mktemp("month") / "short.toml"
    path.write_text(SHORT.replace("06-30", "04-30") + "[demand]\nload = 0.1\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def month(month_file) -> Scenario:
    """The same, read."""
    return load(str(month_file))


@pytest.fixture(scope="session")
def unseen(month, tmp_path_factory) -> Path:
    """The folder of a run of it that nothing disturbed and that ended before anybody was shown anything."""
    folder = tmp_path_factory.mktemp("unseen") / "run"
    run(month, folder, MONTH)
    return folder


@pytest.fixture
def remembered(unseen, monkeypatch) -> None:
    """Its replications are simulated in no time."""
    store, name = Store(unseen / "replications"), next((unseen / "replications").iterdir()).name
    monkeypatch.setattr(
        "scenarios.experiment.experiment.replicate",
        lambda parameters, history, seed, replication, *_: store.load(name[:12], replication),
    )


@pytest.fixture(scope="module")
def window() -> Iterator[browser.Browser]:
    """A browser."""
    with browser.Browser() as opened:
        yield opened


@pytest.fixture
def home(tmp_path) -> Iterator[Path]:
    """A folder to serve; what a test that fails leaves at work in it is stopped."""
    from cardflow.serve.jobs import Jobs

    yield tmp_path
    jobs = Jobs(tmp_path / "runs")
    for job in jobs.all():
        jobs.stop(job)
