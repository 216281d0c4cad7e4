"""What the README tells people to type works."""

import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from installed import environment

from reports.faces.terminal import lines as lines_of
from reports.presentations import presentation
from reports.run.screen import screen_lines
from scenarios.errors import UserError
from scenarios.files.load import load

HOME = Path(__file__).parents[2]
READMES = {
    lang: (HOME / name).read_text(encoding="utf-8") for lang, name in (("en", "README.md"), ("ja", "README.ja.md"))
}
SHELLS = ("sh", "bash", "console", "bat", "powershell")
BOTH = pytest.mark.parametrize("lang", READMES)


def blocks(lang, *kinds):
    """The text of a README's code blocks of some kinds, with the kind of each."""
    found = re.findall(r"^```(\w+)\n(.*?)^```", READMES[lang], re.DOTALL | re.MULTILINE)
    return [(kind, text) for kind, text in found if kind in kinds]


def lines(kind, text):
    """The commands of a block: where a prompt is shown, the lines behind it; else every line."""
    told = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    prompted = [line[2:] for line in told if line.startswith("$ ")]
    return prompted if kind == "console" and prompted else [line.removeprefix("$ ") for line in told]


def commands(lang):
    return [
        tuple(shlex.split(line, comments=True)) for kind, text in blocks(lang, *SHELLS) for line in lines(kind, text)
    ]


SNIPPETS = dict.fromkeys(text for lang in READMES for _, text in blocks(lang, "python"))


@BOTH
def test_the_readme_shows_python_and_commands(lang):
    assert blocks(lang, "python")
    assert [words for words in commands(lang) if words[0] == "cardflow"]


@BOTH
def test_make_and_pip_stand_on_the_first_screen(lang):
    first = "\n".join(READMES[lang].splitlines()[:40])
    assert "make run" in first and "make test" in first and "py -m pip install ." in first


@BOTH
def test_named_make_targets_exist(lang):
    targets = re.findall(r"^([a-z]+):", (HOME / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    found = re.findall(r"\bmake ([a-z]+)\b`|^make ([a-z]+)$", READMES[lang], re.MULTILINE)
    named = {word for line in found for word in line} | {words[1] for words in commands(lang) if words[0] == "make"}
    assert {"run", "test"} <= named - {""} <= set(targets)


@BOTH
def test_linked_files_exist(lang):
    links = [link for link in re.findall(r"\]\(([^)#]+)", READMES[lang]) if "://" not in link]
    assert [link for link in links if not (HOME / link).exists()] == []
    assert {"en": "README.ja.md", "ja": "README.md"}[lang] in links


def test_both_readmes_show_the_same_commands_but_for_the_names_of_own_files_and_the_language():
    told = {
        lang: [
            re.sub("half-plant|製造能力半減", "OWN", " ".join(words)).removesuffix(" --lang ja")
            for words in commands(lang)
        ]
        for lang in READMES
    }
    assert sorted(told["ja"]) == sorted(told["en"])


def test_both_samples_show_the_same_run():
    (_, english), (_, japanese) = blocks("en", "text")[0], blocks("ja", "text")[0]
    # Of an interval the upper end alone bears the unit, in Japanese but for ends such as 99.9%超.
    shares = [
        re.findall(r"[\d.]+(?= ?%)", text) for text in (english, re.sub("%超～|%～(?=[0-9.]+%超)", "～", japanese))
    ]
    assert shares[0] == shares[1]
    assert re.findall(r"all years: (\d+) of", english) == re.findall(r"回中(\d+)回", japanese)
    assert re.findall(r"up to x([\d.]+) \(", english) == re.findall(r"([\d.]+)倍まで（", japanese)


@BOTH
def test_the_sample_is_what_a_terminal_shows_of_the_run_it_tells_of(lang):
    """The deciding rows of that run stand beside; the time it took and what comes after the verdicts are left out."""
    shown = screen_lines(Path(__file__).parent / "renewal_wave", lang, Path("report.html"), 0, "utf-8")
    (_, sample), *_ = blocks(lang, "text")
    title, *lines_ = sample.splitlines()
    assert shown[0].startswith(title)
    assert [line.rstrip() for line in shown[1 : 1 + len(lines_)]] == lines_


@BOTH
def test_the_budget_request_is_what_a_terminal_shows_of_that_sizing(lang):
    """Sized with the prices that ``prices-template`` writes; what stands below when to decide is left out."""
    shown = lines_of(presentation("size"), Path(__file__).parent / "budget_fy2027", lang, Path("size.html"), "utf-8")
    _, (_, sample) = blocks(lang, "text")
    told = sample.splitlines()
    assert [line.rstrip() for line in shown[: len(told)]] == told


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_python_is_short_and_runs(snippet, tmp_path):
    """Its year is cut to the first month."""
    assert len(snippet.strip().splitlines()) < 15 and "2027-03-31" in snippet
    month = snippet.replace("2027-03-31", "2026-04-30")
    done = subprocess.run(
        [sys.executable, "-c", month], cwd=tmp_path, env=environment(), capture_output=True, timeout=300
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout


DECIDING = {
    "size": ["--replications", "5", "--fresh", "5", "--confidence", "0.5", "--chance-only"],
    "sweep": ["--replications", "2"],
    "ledger": ["--replications", "2"],
    "clock": ["--replications", "2", "--as-of", "2026-04-01"],
}


FEW = ["--set", "demand.load=0.1", "--workers", "1"]


def shortened(words, cwd):
    """A simulating command with less to do, fewer replications, and fewer days where all its scenarios allow that."""
    if words[1] in DECIDING:
        end = 2026 if "start=2026-04-01" in words else load(words[2], cwd).parameters.start.year
        return [*words, "--set", f"end={end}-04-30", *FEW, *DECIDING[words[1]]]
    names = words[2:] if words[1] == "compare" else words[2:3]
    scenarios = [load(name, cwd) for name in names]
    start, end = scenarios[0].parameters.start, scenarios[0].parameters.end
    quick = [*FEW, "--chance-only"]
    quick += ["--replications", "1", "--no-margin"] if words[1] == "run" else ["--replications", "2"]
    for dates in ({"end": date(start.year, 4, 30)}, {"start": date(end.year - 1, 4, 1)}, {}):
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


def languages():
    """Every command of the READMEs once, in order, with the language of the README that has it first."""
    found = {}
    for lang in READMES:
        for words in commands(lang):
            found.setdefault(words, lang)
    return found


def test_commands_run_in_order(cardflow, tmp_path):
    """Of each kind of command the first draws its page."""
    paged = set()
    for words, lang in languages().items():
        if words[0] == "cardflow" and words[1] in ELSEWHERE:
            assert words[1:] in (("validate", "--replications", "20"), ("calibrate", "--only", "lead_times"))
        elif words[0] == "cardflow":
            asked = shortened(words, tmp_path) if words[1] in SIMULATING else words
            if words[1] in paged:
                asked = [*asked, "--no-page"]
            if words[1] in SIMULATING:
                paged.add(words[1])
            said = cardflow(*asked[1:], cwd=tmp_path, lang=lang).stdout
            assert said and (lang == "en" or words[1] != "run" or "年度" in said), words
        else:
            assert words[0] in ("make", "py", "python", "pip", "git", "cd"), words
