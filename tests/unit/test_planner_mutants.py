"""Damaged planners' files are read or refused in words, quickly; ``planner_mutants`` is a command for many more."""

import pytest
from planner_mutants import KINDS, SECONDS, examined


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.name}{kind.suffix}")
def test_damaged_files_are_read_or_refused_in_words(tmp_path, kind):
    tally = examined(kind, 40, 12, tmp_path)
    assert not tally.broken, tally.broken[0][0]
    assert tally.read and tally.refused and tally.slowest < SECONDS
