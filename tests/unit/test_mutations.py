"""Mutated files are read or refused in words; ``python -m mutations`` tries more of them."""

import pytest

pytest.importorskip("resource", reason="memory and time of a trial are measured where the system can")

from mutations.kinds import KINDS
from mutations.trial import mutant, trial

BUDGET = 40


@pytest.mark.parametrize("name", KINDS)
def test_mutated_files_are_read_or_refused_in_words(name, tmp_path):
    outcomes = [trial(KINDS[name], 1, number, tmp_path) for number in range(BUDGET)]
    assert not [(outcome.number, outcome.result, outcome.told) for outcome in outcomes if outcome.finding]
    assert {outcome.result for outcome in outcomes} == {"read", "refused"}


@pytest.mark.parametrize("name", KINDS)
def test_a_seed_makes_the_same_files(name):
    assert [mutant(KINDS[name], 2, n) for n in range(5)] == [mutant(KINDS[name], 2, n) for n in range(5)]
