"""``cardflow queue``: figures beside the formula, as JSON and in words, and what it refuses."""

import json
import time
from itertools import chain

import pytest

from sim.contact import steady

USUAL = ["queue", "--rate", "9.4", "--handle", "6", "--seats", "60", "--hours", "400"]
FIGURES = ["offered", "answered_share", "mean_wait_s", "within_20s_share", "utilisation"]


def test_json_has_every_figure_beside_the_formula(cardflow, tmp_path):
    done = cardflow(*USUAL, "--patience", 3, "--json", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert list(found) == FIGURES
    for name, figure in found.items():
        assert list(figure) == ["value", "low", "high", "theory"], name
        assert figure["low"] <= figure["value"] <= figure["high"], name
        assert figure["value"] == pytest.approx(figure["theory"], rel=0.2), name
    assert found["offered"]["theory"] == 9.4 * 60 * 400
    again = cardflow(*USUAL, "--patience", 3, "--json", "--seed", 1, cwd=tmp_path)
    assert again.stdout == done.stdout


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["simulated", "95 % interval", "calls offered", "mean wait of all callers", "utilisation of agents"]),
        ("ja", ["模擬値", "95%区間", "入電数", "応答率", "平均待ち時間", "占有率"]),
    ],
)
@pytest.mark.parametrize(("patience", "letter"), [(["--patience", "3"], "A"), (["--patience", "0"], "B"), ([], "C")])
def test_words_name_the_formula(inside, tmp_path, lang, words, patience, letter):
    said = inside(*USUAL, *patience, "--lang", lang, cwd=tmp_path).stdout
    assert all(word in said for word in words), said
    assert ("Erlang " if lang == "en" else "アーラン") + letter in said
    assert len(said.splitlines()) == 2 + len(FIGURES)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (["--rate", "0"], ["1 error", "--rate must be from 1e-06 to 1,000,000, not 0"]),
        (["--rate", "nan"], ["--rate", "not nan"]),
        (["--rate", "inf"], ["--rate", "not inf"]),
        (["--handle", "-6"], ["--handle", "not -6"]),
        (["--patience", "-1"], ["--patience must be 0 or", "not -1"]),
        (["--patience", "nan"], ["--patience", "not nan"]),
        (["--seats", "0"], ["--seats must be from 1", "not 0"]),
        (["--seats", "56"], ["--seats must be above rate x handle = 56.4", "not 56", "grow without end"]),
        (["--hours", "0"], ["--hours", "not 0"]),
        (["--hours", "1", "--patience", "3"], ["--hours must be at least 15 for 30 batches of 30 minutes", "not 1"]),
        (["--hours", "1e8"], ["--hours must be fewer", "56,400,0", "2,000,000,000"]),
        (["--hours", "1e8"], ["at most 3,546,0"]),
        (["--rate", "1e308"], ["--rate must be from 1e-06 to 1,000,000, not 1e+308"]),
        (["--handle", "1e308"], ["--handle must be from 0.001 to 1,000,000"]),
        (["--patience", "inf"], ["--patience must be 0 or from 0.001 to 1,000,000, not inf"]),
        (["--seats", "1" + "0" * 30], ["--seats must be from 1 to 1,000,000, not 1e+30"]),
        (["--rate", "1e6", "--hours", "1"], ["--seats must be above rate x handle"]),
        (
            ["--rate", "1e5", "--handle", "6", "--seats", "600000", "--patience", "1e6"],
            ["--seats and patience let the queue remember its past", "take more seats or less patience"],
        ),
        (["--rate", "-1", "--handle", "0", "--seats", "-5", "--hours", "inf"], ["4 errors", "--rate", "--hours"]),
    ],
    ids=" ".join,
)
def test_what_cannot_be_simulated_is_refused(inside, tmp_path, changed, said):
    command, *usual = USUAL
    options = dict([*by_two(usual), *by_two(changed)])
    done = inside(command, *chain(*options.items()), cwd=tmp_path, code=2)
    assert all(words in done.stderr for words in said), done.stderr
    assert "Traceback" not in done.stderr and not done.stdout


def by_two(words):
    """Options with their values."""
    return zip(words[::2], words[1::2], strict=True)


@pytest.mark.parametrize(
    "arguments", [USUAL[:-2], [*USUAL[:5], "--seats", "many", *USUAL[7:]], [*USUAL, "--seed", "-1"]], ids=len
)
def test_options_are_checked(inside, tmp_path, arguments):
    inside(*arguments, cwd=tmp_path, code=2)


@pytest.mark.parametrize(("lang", "told"), [("en", "on one core: calls: 235,"), ("ja", "235,729呼")])
def test_what_takes_more_than_a_moment_is_told_before(lang, told, inside, tmp_path, monkeypatch):
    simulate = steady.simulate

    def slowly(*arguments):
        time.sleep(0.3)
        return simulate(*arguments)

    monkeypatch.setattr("reports.faces.progress._ESTIMATE_AFTER", 0.0)
    monkeypatch.setattr(steady, "simulate", slowly)
    done = inside(*USUAL, "--lang", lang, cwd=tmp_path)
    assert told in done.stderr and done.stdout
