"""What is said stays as it is until it is changed on purpose; all of it in one language but names, ids and commands."""

import re

import json_sample
import pytest
from said_sample import CATS, EVERYTHING, frozen, said_of, wording

from calibration.figures import load_figures, load_sources
from reports.run.municipalities import short_name
from scenarios.files.find import library
from scenarios.history import load_municipalities

JAPANESE = "[ぁ-んァ-ヶ一-龠々]"

ALLOWED = {
    "names of organisations and systems": "J-LIS|JPKI|Cardflow|Excel|LIMO",
    "phones, and what answers calls": r"Android|iOS|iPhone|\bAI\b|AI(?=[がのでを])",
    "people whose methods are used, in notes": "Wilson|Clopper|Pearson|Newcombe|Holm|Tango|Hall|Morris|Sobol|Saltelli",
    "where places of offices are from": "Code for FUKUI|localgovjp|CC0",
    "symbols of statistics": r"mu\*|sigma|\bS1\b|\bST\b",
    "equipment by its usual letters": "HSM|IC(?=チップ)|PNG|SVG|CSV",
    "what answers whether certificates are valid": "OCSP|CRL",
    "functions of spreadsheets": r"\b(ROUND|TRUNC|SUM|SUMPRODUCT)\b",
    "files by name": r"[\w/.*-]+\.(png|svg|jsonl?|toml|parquet|xlsx|html|md|csv)\b",
    "options of commands": r"--[a-z][a-z-]*|PATH=VALUE",
    "ids of parameters and resources": r"\b[a-z_]+(\.+[a-z_0-9*]+)+(=[\d:.]+)?|cards_per_day",
    "ids of published figures": r"\b[A-Z]{3,6}-[\d-]+(/[\d+-]+)?",
    "what a price file is to hold": r'"month"|"year"|\b(true|false|assumed|source|from)\b',
    "what a scenario file is to hold, behind its Japanese": r"（[a-z_]+）",
    "checklists that a run is held against": "STRESS-DES|Monks|Journal of Simulation|AQuA Book|HM Treasury",
    "what a program is made of and given under": r"Python|SimPy|Numba|PCG64|Apache-2\.0",
    "sizes of files": r"\b[kM]B\b",
    "digests": r"\b[0-9a-f]{16}\b",
    "what the samples make up, as a later version or a planner would": "of-a-later-version|something_new|something new"
    "|system-x|a_later_cause|Renewal wave: 更新の波|Title of|Title|The FY2027 budget request"
    "|a reason without a translation|not simulated without cards by age",
}
"""What may stand in Latin letters in a Japanese text, by reason."""

ADDRESSES = r"https?://[!-~]+|github codeforjapan/.*"
"""Of published figures."""

COMMANDS = r"cardflow [a-z-]+( [!-~]+)*|^\s*\[[\w.]+\]$|^\s*#?\s*[a-z_]+ = |^#   [a-z_]+ |\[\{.*\}\]"
"""Commands, and the lines of a file that are to be edited."""

NAMES = load_municipalities().names
IN_ENGLISH = (
    r"\([^()]*\)",
    "assumed 仮定値|仮定値: an assumed value|assumed value 仮定値",
    "Renewal wave: 更新の波",
    r"^(funding|why|title) = .*|funding +.*",
    "|".join(map(re.escape, sorted({*NAMES, *map(short_name, NAMES)}, key=len, reverse=True))),
)
"""Where Japanese may stand in an English text: in brackets behind its English, beside it, in a planner's title, and in
names of municipalities."""


def without(text, *patterns):
    for pattern in patterns:
        text = re.sub(pattern, " ", text)
    return text


OF_SOURCES = "published_source.", "published_place.", "publisher."
SOURCES = [*load_sources(), *(text for key, text in CATS["ja"].texts.items() if key.startswith(OF_SOURCES))]
NAMES = "|".join(map(re.escape, sorted([*library(), *load_figures(), *SOURCES], key=len, reverse=True)))
"""Scenarios, published figures, and sources by their names."""


def english_in(text):
    left = without(re.sub(r"\{[^{}=]*\}", "", text), ADDRESSES, COMMANDS, NAMES, *ALLOWED.values())
    return re.findall(r"[A-Za-z]{2,}", left)


def japanese_in(text):
    return re.findall(JAPANESE + "+", without(text, *IN_ENGLISH))


everything = pytest.mark.parametrize("said", EVERYTHING, ids=lambda said: said.__name__)


@everything
@pytest.mark.parametrize("lang", CATS)
def test_what_is_said_of_the_samples_is_what_was_frozen(said, lang):
    """``python tests/unit/said_sample.py`` freezes it anew: look at the difference before it is committed."""
    assert wording(said, lang) == frozen(said, lang).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", json_sample.ANSWERS)
def test_the_json_of_the_samples_is_what_was_frozen(name):
    """The same for keys and numbers of answers."""
    assert json_sample.told(name) == json_sample.frozen(name).read_text(encoding="utf-8")


@everything
def test_no_english_in_japanese_but_names_ids_and_commands(said):
    found = {(where, text[:200]): words for where, text in said_of(said, "ja") if (words := english_in(text))}
    assert found == {}


@everything
def test_no_japanese_in_english_but_terms_beside_their_english(said):
    found = {(where, text[:200]): words for where, text in said_of(said, "en") if (words := japanese_in(text))}
    assert found == {}


def test_no_english_in_any_japanese_text_of_the_catalogue():
    assert {key: words for key, text in CATS["ja"].texts.items() if (words := english_in(text))} == {}
