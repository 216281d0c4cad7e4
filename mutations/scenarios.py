"""Scenario files: those of the library and complete ones; what was read must be written so that it reads back."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from mutations.trial import Kind
from scenarios.errors import UserError
from scenarios.files.find import LIBRARY, library
from scenarios.files.load import Scenario, load
from scenarios.files.scenario_file import complete_file


@cache
def _files() -> tuple[bytes, ...]:
    texts = [path.read_bytes() for path in library().values()]
    return (*texts, *texts, *(complete_file(load(name, LIBRARY)).encode() for name in ("plan-period", "budget-fy2027")))


def _make(chance: random.Random) -> bytes:
    return chance.choice(_files())


def _read(path: Path) -> Scenario:
    """As it is, or joined to a scenario where it is a part."""
    try:
        return load(str(path))
    except UserError as error:
        if "it is a part" not in str(error):
            raise
        return load(f"plan-period+{path}", path.parent)


def again(scenario: Scenario, path: Path) -> str | None:
    """What a run writes runs again, with the same parameters."""
    written = path.with_name("written.toml")
    written.write_text(complete_file(scenario), encoding="utf-8", newline="\n")
    try:
        read = load(str(written))
    except UserError as error:
        return f"what was written is refused: {error}"
    kept = (read.parameters, read.title, read.why) == (scenario.parameters, scenario.title, scenario.why)
    return None if kept and complete_file(read) == complete_file(scenario) else "what was written reads as another"


SCENARIOS = Kind("scenarios", ".toml", _make, _read, again=again)
