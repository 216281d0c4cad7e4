"""Imports run downward only, and the parts of the model do not know each other."""

import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

HOME = Path(__file__).parents[2]
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_contracts_hold():
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_contracts_name_every_package_and_every_part():
    settings = PROJECT["tool"]["importlinter"]
    layers, parts, faces, questions = settings["contracts"]
    assert layers["layers"] == ["cardflow", "reports", "calibration", "scenarios", "sim"]
    assert settings["root_packages"] == layers["layers"]
    assert set(parts["modules"]) == {f"sim.{path.parent.name}" for path in (HOME / "sim").glob("*/__init__.py")}
    of_questions = {f"reports.{path.parent.name}" for path in (HOME / "reports").glob("*/document.py")}
    assert set(questions["source_modules"]) == of_questions and questions["forbidden_modules"] == ["reports.faces"]
    assert set(faces["forbidden_modules"]) == {*of_questions, "reports.presentations"}


def test_the_same_libraries_are_pinned_everywhere():
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"], *chain.from_iterable(extras.values())]
    wanted.remove(f"cardflow[{','.join(sorted(set(extras) - {'dev', 'peers'}))}]")  # for tests
    pinned = {line.lower() for line in (HOME / "constraints.txt").read_text(encoding="utf-8").splitlines()}
    assert {need.lower() for need in wanted} - pinned == set()


def test_every_module_says_what_it_is_for():
    silent = [
        str(path.relative_to(HOME))
        for package in PROJECT["tool"]["importlinter"]["root_packages"]
        for path in (HOME / package).rglob("*.py")
        if not path.read_text(encoding="utf-8").startswith('"""')
    ]
    assert silent == []
