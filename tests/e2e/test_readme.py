"""What the README tells people to type works."""

import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from installed import environment

from scenarios.errors import UserError
from scenarios.load import load

HOME = Path(__file__).parents[2]
README = (HOME / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
SHELLS = ("sh", "bash", "console", "bat", "powershell")
SNIPPETS = [text for kind, text in BLOCKS if kind == "python"]


def lines(kind, text):
    """The commands of a block: where a prompt is shown, the lines behind it; else every line."""
    told = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    prompted = [line[2:] for line in told if line.startswith("$ ")]
    return prompted if kind == "console" and prompted else [line.removeprefix("$ ") for line in told]


COMMANDS = [shlex.split(line, comments=True) for kind, text in BLOCKS if kind in SHELLS for line in lines(kind, text)]


def test_the_readme_shows_python_and_commands():
    assert SNIPPETS
    assert [words for words in COMMANDS if words[0] == "cardflow"]


def test_make_and_pip_stand_on_the_first_screen():
    first = "\n".join(README.splitlines()[:40])
    assert "make run" in first and "make test" in first and "py -m pip install ." in first


def test_named_make_targets_exist():
    targets = re.findall(r"^([a-z]+):", (HOME / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = {word for line in re.findall(r"\bmake ([a-z]+)\b`|^make ([a-z]+)$", README, re.MULTILINE) for word in line}
    named |= {words[1] for words in COMMANDS if words[0] == "make"}
    assert {"run", "test"} <= named - {""} <= set(targets)


def test_linked_files_exist():
    links = [link for link in re.findall(r"\]\(([^)#]+)", README) if "://" not in link]
    assert [link for link in links if not (HOME / link).exists()] == []


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_python_is_short_and_runs(snippet, tmp_path):
    assert len(snippet.strip().splitlines()) < 15
    done = subprocess.run(
        [sys.executable, "-c", snippet], cwd=tmp_path, env=environment(), capture_output=True, timeout=300
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout


DECIDING = {
    "size": ["--replications", "5", "--most", "6", "--confidence", "0.5"],
    "sweep": ["--replications", "2"],
    "ledger": ["--replications", "2"],
    "clock": ["--replications", "2"],
}


FEW = ["--set", "demand.load=0.1", "--workers", "1"]


def shortened(words, cwd):
    """A simulating command with less to do, fewer replications, and fewer days where all its scenarios allow that."""
    if words[1] in DECIDING:
        end = 2026 if "start=2026-04-01" in words else load(words[2], cwd).parameters.start.year
        return [*words, "--set", f"end={end}-05-31", *FEW, *DECIDING[words[1]]]
    names = words[2:] if words[1] == "compare" else words[2:3]
    scenarios = [load(name, cwd) for name in names]
    start, end = scenarios[0].parameters.start, scenarios[0].parameters.end
    quick = [*FEW, "--chance-only"]
    quick += ["--replications", "1", "--no-headroom"] if words[1] == "run" else ["--replications", "2"]
    first_quarter = {"end": date(start.year, 6, 30)}
    for dates in (first_quarter, {"start": date(end.year - 1, 4, 1)}, {}):
        try:
            for scenario in scenarios:
                scenario.with_values(dates)
        except UserError:
            continue
        settings = [word for key, value in dates.items() for word in ("--set", f"{key}={value}")]
        return [*words, *settings, *quick]
    raise AssertionError(names)


SIMULATING = ("run", "compare", *DECIDING)


ELSEWHERE = ("validate", "calibrate")
"""Run by ``test_validate_whole.py`` as they stand here, but for fewer replications."""


def test_commands_run_in_order(cardflow, tmp_path):
    for words in COMMANDS:
        if words[0] == "cardflow" and words[1] in ELSEWHERE:
            assert words[1:] in (["validate", "--replications", "20"], ["calibrate", "--only", "lead_times"])
        elif words[0] == "cardflow":
            words = shortened(words, tmp_path) if words[1] in SIMULATING else words
            assert cardflow(*words[1:], cwd=tmp_path).stdout, words
        else:
            assert words[0] in ("make", "py", "python", "pip", "git", "cd"), words
