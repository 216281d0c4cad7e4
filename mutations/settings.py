"""Values set on the command line: a damaged ``PATH=VALUE`` is set, or refused in words."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from mutations.scenarios import again
from mutations.texts import NUMBERS, VALUES, mutated
from mutations.trial import Kind
from scenarios.files.find import LIBRARY
from scenarios.files.load import Scenario, load
from scenarios.files.settings import parse_settings
from scenarios.files.tree import values


@cache
def _base() -> Scenario:
    return load("plan-period", LIBRARY)


def _make(chance: random.Random) -> bytes:
    return f"{chance.choice(values())}={chance.choice((*NUMBERS, *VALUES))}".encode()


def _mutate(content: bytes, chance: random.Random) -> bytes:
    return mutated(content, chance) if chance.random() < 0.3 else content


def _read(path: Path) -> Scenario:
    text = path.read_bytes().decode("utf-8", errors="surrogateescape")
    return _base().with_values(parse_settings([text]))


SETTINGS = Kind("settings", ".txt", _make, _read, _mutate, again)
