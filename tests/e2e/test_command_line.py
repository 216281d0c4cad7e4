"""The command line itself: mistakes in both languages, the language setting, completion, quiet, version, parameters."""

import json
import math
import re
import sys

import pytest

from cardflow.cli import COMMANDS
from cardflow.language import Language, asked, setting
from reports.faces.progress import progress_bar
from scenarios.files.changes import flat
from scenarios.files.load import load
from sim import __version__
from sim.limits import limits
from sim.message import Message

MISTAKES = {
    "rnu": (
        ["rnu   no such command; did you mean run?"],
        ["rnu   このコマンドはありません。run の誤りではありませんか"],
    ),
    "--fast": (["--fast   no such option"], ["--fast   このオプションはありません"]),
    "run": (["SCENARIO   is missing: Library name"], ["シナリオ   指定が必要です: 付属のシナリオの名"]),
    "run surge --worker 2": (["did you mean --workers?"], ["--workers の誤りではありませんか"]),
    "run surge -z": (["-z   no such option"], ["-z   このオプションはありません"]),
    "run surge x y": (["x y   is more than the command takes"], ["x y   余分な引数です"]),
    "run surge --seed": (["--seed   needs a value"], ["--seed   値が必要です"]),
    "run surge --json=1": (["--json   takes no value"], ["--json   値を取らないオプションです"]),
    "run surge --seed -1": (["--seed -1   must be a whole number, 0 or more"], ["--seed -1   0以上の整数を指定"]),
    "run surge --seed one": (["--seed one   must be a whole number"], ["--seed one   0以上の整数を指定"]),
    f"run surge --seed {'9' * 5000}": (["must be a whole number"], ["整数を指定"]),
    "run surge --precision x": (["--precision x   must be a number"], ["--precision x   数値で書いて"]),
    "wave --from last": (["--from last   must be a whole number"], ["--from last   整数で書いて"]),
    "size surge --by day": (["--by day   must be one of year, month"], ["--by day   year、month のいずれか"]),
    "run surge --lang fr": (["--lang fr   must be one of en, ja"], ["--lang fr   en、ja のいずれか"]),
    "--lang fr": (["--lang fr   must be one of en, ja"], ["--lang fr   en、ja のいずれか"]),
    "queue --rate 1": (["--handle   is missing: Mean minutes"], ["--handle   指定が必要です: 1呼当たり"]),
    "--show-completion ksh": (["must be one of bash, zsh"], ["bash、zsh、fish、powershell のいずれか"]),
    "--install-completion powershell": (["is not set up by us"], ["自動では設定できません"]),
    "parameters xyzzy": (["xyzzy   nothing is named so or means it"], ["xyzzy   この語に当たる値"]),
    "wave --from 2030 --to 2024": (["--from 2030 --to 2024: must be fiscal"], ["2016～2045の年度を、順に"]),
    f"new {'x' * 300}": (["cannot be written: File name too long"], ["書き込めません: 名前が長すぎます"]),
    f"report {'x' * 5000}": (["File name too long"], ["名前が長すぎます"]),
    "check surge --set seats=1": (
        ["seats   unknown field; did you mean contact.resident.seats?"],
        ["seats   この項目は"],
    ),
    "new surge": (["is the name of a scenario of the library"], ["付属のシナリオの名です"]),
    "new ../x": (["must be a plain name"], ["ただの名前を指定"]),
    "actuals-template x.txt": (["must end in .xlsx"], ["名前の末尾は .xlsx"]),
    "prices-template x.txt": (["must end in .toml / .xlsx"], ["名前の末尾は .toml / .xlsx"]),
    "lead-times-template x.txt": (["must end in .toml / .xlsx"], ["名前の末尾は .toml / .xlsx"]),
    "clock surge --as-of soon": (["--as-of soon   must be a date such as 2026-04-01"], ["2026-04-01 のような日付"]),
    "clock surge --target x --replications 1": (
        ["2 errors", "no such target", "takes 2 or more"],
        ["誤りが2件", "この目標はありません", "2回以上必要です"],
    ),
    "ledger surge --resource plant.line": (
        ["plant.line   is no resource; did you mean plant.lines?; there are contact.resident.seats, "],
        ["plant.line   この資源はありません。plant.lines の誤りではありませんか。選べるもの: contact.resident.seats、"],
    ),
    "ledger surge --replications 1": (["takes 2 or more"], ["差の区間には2回以上必要です"]),
    "size surge": (["none is named; there are contact.resident.seats, "], ["資源が指定されていません。選べるもの"]),
    "size surge --resource plant.lines=9:3 --confidence 0.9999": (["between 0.5 and 0.999"], ["0.5～0.999で指定"]),
    "size surge --resource plant.lines=9:3": (
        ["plant.lines=9:3   is an empty range: 3 is"],
        ["上限3が下限9より小さく"],
    ),
    "size surge --resource plant.lines --target calls-95": (
        ["it takes one of contact"],
        ["次のいずれかが必要です: contact"],
    ),
    "sweep surge": (["takes --vary PATH=LOW:HIGH:STEP"], ["--vary パス=下限:上限:刻み"]),
    "sweep surge --vary plant.lines=x": (
        ["'x' is not a number; must look like"],
        ["'x' は数値ではありません。plant.lines"],
    ),
    "sweep surge --vary plant.lnes=1,2": (
        ["plant.lnes   unknown field; did you mean"],
        ["plant.lnes   この項目はありません"],
    ),
    "sweep surge --vary plant.lines=4:2": (["is empty: the high end (2) must be above 4"], ["上限（2）は4より大きく"]),
    "run surge --precision -1 --most 3": (["2 errors", "above 0"], ["誤りが2件", "0より大きい数値"]),
    "validate --page x.txt": (["must end in .md: it is a markdown page"], ["名前の末尾は .md"]),
    "validate --replications 1": (["an interval takes 2 or more"], ["区間を求めるには2回以上"]),
    "calibrate --only x": (["--only x: must be one of "], ["--only x: 次のいずれかを指定"]),
}


UNDONE = (", nothing was run", "。試算は行っていません", ", nothing was written", "。ファイルは作成していません", "")
"""How the first line ends, in both languages: of what simulates, of what writes a file, of what does neither."""


def undone(words):
    """Its two endings for a command line."""
    command, _, _ = words.partition(" ")
    if command in ("new", "report") or command.endswith("-template"):
        return UNDONE[2:4]
    return ("", "") if command in ("scenarios", "parameters", "check", "schema", "wave") else UNDONE[:2]


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("words", MISTAKES, ids=lambda words: words[:40])
def test_a_mistake_is_told_in_the_language_of_the_user(words, lang, inside, tmp_path, monkeypatch):
    monkeypatch.setenv("CARDFLOW_LANG", lang)
    done = inside(*words.split(), cwd=tmp_path, code=2)
    assert done.stdout == "" and "Traceback" not in done.stderr
    for said in MISTAKES[words][lang is Language.ja]:
        assert said in done.stderr, done.stderr
    assert undone(words)[lang is Language.ja] == next(filter(done.stderr.splitlines()[0].endswith, UNDONE))
    assert not list(tmp_path.iterdir())


SEVERAL = {
    "run surge --fats 3 --seed one --replications 0 --json=1 --most": (
        ["--fats", "--seed one", "--replications 0", "--json", "--most"],
        "cardflow run",
    ),
    "run --sede 5 --replications --workers x --lang fr": (
        ["--sede", "--replications", "--workers x", "--lang fr", "SCENARIO"],
        "cardflow run",
    ),
    "run surge x y --seed one": (["x y", "--seed one"], "cardflow run"),
    "run surge --out --seed": (["--out", "--seed"], "cardflow run"),
    "run surge -z -q --fast --fast": (["-z", "--fast"], "cardflow run"),
    "compare surge plan-period --sed 3 --replicaitons=x --worker none surge": (
        ["--sed", "--replicaitons", "--worker", "--replications x", "--workers none"],
        "cardflow compare",
    ),
    "sweep surge --lhs many --trajectories few --vary": (
        ["--lhs many", "--trajectories few", "--vary"],
        "cardflow sweep",
    ),
    "size surge --resource plant.lines --by day --together maybe --fresh x": (
        ["--by day", "--together maybe", "--fresh x"],
        "cardflow size",
    ),
    "clock --seed one": (["--seed one", "SCENARIO"], "cardflow clock"),
    "ledger surge --seed one --workers 0": (["--seed one", "--workers 0"], "cardflow ledger"),
    "queue --rat 5 --handle --seats x": (["--rat", "--handle", "--seats x", "--hours"], "cardflow queue"),
    "wave --from last --to first --lang fr": (["--from last", "--to first", "--lang fr"], "cardflow wave"),
    "validate --replications 0 --seed -1 --page": (["--replications 0", "--seed -1", "--page"], "cardflow validate"),
    "calibrate --budget 0 --seed x": (["--budget 0", "--seed x"], "cardflow calibrate"),
    "parameters a b --lang fr": (["b", "--lang fr"], "cardflow parameters"),
    "new --lang fr --from": (["--lang fr", "--from", "NAME"], "cardflow new"),
    "report --lang fr": (["--lang fr", "RUN"], "cardflow report"),
    "--lang fr runn": (["--lang fr", "runn"], "cardflow"),
    "--lang fr --x run surge --seed one --bogus=3": (["--x", "--lang fr", "--bogus", "--seed one"], "cardflow run"),
}
"""Command lines with several mistakes: each mistake's beginning, once, and whose help is named."""


PLACEHOLDERS = {"SCENARIO": "シナリオ", "NAME": "名前", "RUN": "試算フォルダー"}


SEVERAL_THINGS = {
    "options and scenario": ("run wrong.toml --seed one", ["--seed one ", "wrong.toml line 3 plant.lines = 0 "]),
    "options and settings": ("run surge --seed one --set plant.lines=0", ["--seed one ", "surge: plant.lines = 0 "]),
    "scenario and settings": ("check wrong.toml --set x", ["plant.lines = 0 ", "--set: x   must look like"]),
    "scenario and values": (
        "run wrong.toml --set x --set plant.cards_per_day=-5 --set plant.nope=1",
        ["plant.lines = 0 ", "--set: x ", "--set: plant.cards_per_day = -5 ", "--set: plant.nope "],
    ),
    "options, scenario and values": (
        "size wrong.toml --seed one --set plant.cards_per_day=-5",
        [
            "--seed one ",
            "wrong.toml line 3 plant.lines = 0 ",
            "  --set: plant.cards_per_day = -5 ",
            "--resource: none is named",
        ],
    ),
    "words and scenarios of a comparison": (
        "compare wrong.toml nosuch --seed one --sead 3 --set plant.cards_per_day=-5",
        ["--seed one ", "--sead ", "wrong.toml line 3 plant.lines = 0 ", "nosuch", "--set: plant.cards_per_day = -5 "],
    ),
    "scenarios, values and numbers of a comparison": (
        "compare wrong.toml surge --replications 1 --set plant.cards_per_day=-5",
        ["plant.lines = 0 ", "plant.cards_per_day = -5 ", "compare: --replications 1: "],
    ),
    "scenario, numbers and resources": (
        "ledger wrong.toml --replications 1 --resource plant.line --set x",
        ["plant.lines = 0 ", "--set: x ", "ledger: --replications 1: ", "--resource: plant.line "],
    ),
    "scenario and targets": ("clock wrong.toml --target x", ["plant.lines = 0 ", "clock: --target x: "]),
    "scenario and design": ("sweep wrong.toml --lhs 1", ["plant.lines = 0 ", "takes --vary", "--lhs 1: "]),
    "day and lead times": (
        "clock wrong.toml --as-of x --lead-times no.toml",
        ["plant.lines = 0 ", "clock: --as-of x ", "no.toml: "],
    ),
    "scenario and prices": (
        "size wrong.toml --resource plant.lines --prices no.toml",
        ["plant.lines = 0 ", "no.toml: "],
    ),
    "all of a sizing": (
        "size wrong.toml --resource x --target y --confidence 2 --prices no.toml --out .",
        ["plant.lines = 0 ", "no.toml: ", "--confidence 2: ", "--resource: x ", "--target: y ", "--out .: "],
    ),
    "all of a run": (
        "run wrong.toml --set plant.nope=1 --precision -1 --most 3 --actuals no.csv --out .",
        ["plant.lines = 0 ", "--set: plant.nope ", "no.csv: ", "--precision -1: ", "--most 3: ", "--out .: "],
    ),
    "all of a sweep": (
        "sweep wrong.toml --set plant.nope=1 --vary plant.lines=9:4 --vary plant.cards_per_day=-4,5 --vary x "
        "--vary demand.load=1:2 --trajectories 1 --screen --lhs 1 --out .",
        [
            "plant.lines = 0 ",
            "--set: plant.nope ",
            "plant.lines=9:4 ",
            "plant.cards_per_day = -4",
            "--vary: x ",
            "--lhs and --screen",
            "--lhs 1: ",
            "--trajectories 1: ",
            "--out .: ",
        ],
    ),
    "ranges of a grid": (
        "sweep surge --vary demand.load=1:2 --vary plant.lines=0:4:1 --vary demand.load=x",
        ["demand.load=1:2   needs a step", "plant.lines = 0 ", "'x' is not a number"],
    ),
    "all of a clock": (
        "clock wrong.toml --target x --replications 1 --as-of x --lead-times no.toml --out .",
        ["plant.lines = 0 ", "--target x: ", "--replications 1: ", "--as-of x ", "no.toml: ", "--out .: "],
    ),
    "all of a ledger": (
        "ledger wrong.toml --resource x --replications 1 --out .",
        ["plant.lines = 0 ", "--resource: x ", "--replications 1: ", "--out .: "],
    ),
    "all of a comparison": (
        "compare wrong.toml --replications 1 --set x --out .",
        ["plant.lines = 0 ", "takes two or more", "--replications 1: ", "--set: x ", "--out .: "],
    ),
    "all of an update": ("update nofolder no.csv --out .", ["nofolder: ", "no.csv: ", "--out .: "]),
    "all of a calibration": (
        "calibrate --only x --actuals no.csv --out .",
        ["--only x: ", "no.csv: ", "--out .: "],
    ),
    "all of a validation": (
        "validate --replications 1 --page x.txt --out .",
        ["--replications 1: ", "--page x.txt: ", "--out .: "],
    ),
    "a search for a lever": ("parameters xyzzy --of nosuch", ["no scenario 'nosuch'", "xyzzy "]),
    "all of a new file": (
        "new ../x --from nothing --set plant.lines=0 --set x",
        ["must be a plain name", "nothing: no scenario", "--set: x ", "--set: plant.lines = 0 "],
    ),
    "a new file that is there": (
        "new wrong --from plan-period+plant-outage --set x",
        ["is there already", "must be one scenario", "--set: x "],
    ),
}


@pytest.mark.parametrize("words", SEVERAL_THINGS)
def test_mistakes_of_several_things_are_told_in_one_answer(words, inside, tmp_path, monkeypatch):
    command, wrong = SEVERAL_THINGS[words]
    (tmp_path / "wrong.toml").write_text('extends = "surge"\n[plant]\nlines = 0\n', encoding="utf-8")
    for lang, count in (("en", f"{len(wrong)} errors"), ("ja", f"誤りが{len(wrong)}件")):
        monkeypatch.setenv("CARDFLOW_LANG", lang)
        told = inside(*command.split(), cwd=tmp_path, code=2).stderr
        assert count in told.splitlines()[0], told
        assert lang == "ja" or all(one in told for one in wrong), told


MISSPELT = {
    "compare --replicatons 4 budget-fy2027": ["--replicatons ", "takes two or more scenarios"],
    "compare surge --replicatons 1": ["--replicatons ", "takes two or more scenarios", "--replications 1: "],
    "compare nosuch surge --seed one --sead 3": ["--sead ", "--seed one ", "no scenario 'nosuch'"],
    "run surge --presicion -1 --out .": ["--presicion ", "--precision -1: ", "--out .: "],
    "run surge --bogus --most 3 --precision 0": ["--bogus ", "--most 3: ", "--precision 0: "],
    "size surge --resorce x --confidence 2": ["--resorce ", "--resource: x ", "--confidence 2: "],
    "clock surge --tagret x --as-of y": ["--tagret ", "--target x: ", "--as-of y "],
    "ledger surge --replication 1 --resource x": ["--replication ", "--replications 1: ", "--resource: x "],
    "sweep surge --vry plant.lines=0,4": ["--vry ", "--vary: plant.lines = 0 "],
    "sweep surge --vry": ["--vry "],
    "sweep surge --vary": ["--vary   needs a value"],
    "sweep surge --lhs many --screen": ["--lhs many "],
    "update nofolder no.csv --utput x": ["--utput ", "nofolder: ", "no.csv: "],
    "calibrate --onyl x --actual no.csv": ["--onyl ", "--only x: ", "--actual ", "no.csv: "],
    "validate --replication 1 --page x.txt": ["--replication ", "--replications 1: ", "--page x.txt: "],
    "queue --rate -1 --handle 1 --seats 3 --hours 1 --sede 3": ["--sede ", "--rate must be"],
    "parameters xyzzy --lagn ja": ["--lagn ", "xyzzy   nothing"],
    "check surge --ste x": ["--ste ", "--set: x   must look"],
    "new ../x --form nothing": ["--form ", "must be a plain name", "nothing: no scenario"],
    "report nofolder --lagn ja": ["--lagn ", "nofolder: is not the folder"],
    "prices-template x.txt --lagn ja": ["--lagn ", "x.txt: must end in"],
    "wave --from 1900 -z": ["-z ", "--from 1900 --to 2035"],
    "run --seed one --set x": ["SCENARIO ", "--seed one ", "--set: x "],
    "sweep --lhs 1 --set x": ["SCENARIO ", "--set: x ", "takes --vary", "--lhs 1: "],
    "ledger --resource x --replication 1": ["SCENARIO ", "--replication ", "--resource: x ", "--replications 1: "],
    "size --resource plant.lines --confidence 2": ["SCENARIO ", "--confidence 2: "],
    "--lagn ja run nosuch --seed one": ["--lagn ", "--seed one ", "no scenario 'nosuch'"],
    "--lagn ja run nosuch": ["--lagn ", "no scenario 'nosuch'"],
    "schema --lagn ja": ["--lagn "],
}
"""Command lines with a misspelt option, and what is said: all else that is wrong too, but nothing that follows."""


@pytest.mark.parametrize("words", MISSPELT)
def test_a_misspelt_option_hides_nothing_that_does_not_follow_from_it(words, inside, tmp_path, monkeypatch):
    monkeypatch.setenv("CARDFLOW_LANG", "en")
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = inside(*words.split(), cwd=tmp_path, code=2)
    _first, *told, _help = done.stderr.rstrip("\n").split("\n")
    assert done.stdout == "" and len(told) == len(MISSPELT[words]), done.stderr
    assert all(sum(each in line for line in told) >= 1 for each in MISSPELT[words]), done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("command", sorted(command.__name__ for many in COMMANDS.values() for command in many))
def test_a_command_that_is_called_to_judge_does_nothing_else(command, inside, tmp_path, monkeypatch):
    """Of every command all else is right, so that it would begin its work."""
    monkeypatch.setattr("scenarios.folder.folder.Folder.take", lambda *_: pytest.fail("it begins"))
    words = {
        "run": "surge", "sweep": "surge --screen", "clock": "surge", "ledger": "surge", "check": "surge",
        "compare": "surge plan-period", "size": "surge --resource plant.lines", "update": "run actuals.csv", "new": "x",
        "report": "run", "queue": "--rate 1 --handle 1 --seats 3 --hours 1", "prices_template": "x.toml",
        "lead_times_template": "x.toml", "actuals_template": "x.xlsx",
    }  # fmt: skip
    words = [command.replace("_", "-"), *words.get(command, "").split(), "--nonsense"]
    done = inside(*words, cwd=tmp_path, code=2)
    assert done.stdout == "" and "--nonsense" in done.stderr and not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", SEVERAL)
def test_all_mistakes_of_a_command_line_are_told_at_once_and_nothing_that_only_follows(
    words, inside, tmp_path, monkeypatch
):
    wrong, command = SEVERAL[words]
    for lang, count in (("en", f"{len(wrong)} errors"), ("ja", f"誤りが{len(wrong)}件あります")):
        monkeypatch.setenv("CARDFLOW_LANG", lang)
        first, *told, last = inside(*words.split(), cwd=tmp_path, code=2).stderr.rstrip("\n").split("\n")
        assert first.startswith(f"{command}: ") and count in first, told
        named = [line.strip().split("   ")[0] for line in told]
        assert sorted(named) == sorted(translated(each, lang) for each in wrong)
        assert f"{command} --help" in last
    assert not list(tmp_path.iterdir())


def translated(word: str, lang: str) -> str:
    """A placeholder as the help of a language shows it; an option stays as it is."""
    return PLACEHOLDERS.get(word, word) if lang == "ja" else word


@pytest.mark.parametrize("words", ["run surge --nonsense 5 --seed x --help", "run --help", "--lang fr wave --help"])
def test_who_asks_for_help_gets_it(words, inside, tmp_path):
    assert "Usage: cardflow" in inside(*words.split(), cwd=tmp_path).stdout


def test_a_mistake_names_the_help_of_its_command(inside, tmp_path):
    assert "cardflow run --help" in inside("run", "surge", "--fast", cwd=tmp_path, code=2).stderr
    assert "cardflow --help" in inside("rnu", cwd=tmp_path, code=2).stderr


@pytest.mark.parametrize(
    ("variables", "lang"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ja_JP"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "C"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "CARDFLOW_LANG": "en"}, "en"),
        ({"LANG": "de_DE.UTF-8", "CARDFLOW_LANG": " JA "}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "CARDFLOW_LANG": "fr"}, "ja"),
    ],
    ids=str,
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no locale in variables")
def test_the_language_is_that_of_the_variable_else_of_the_system(variables, lang, inside, tmp_path, monkeypatch):
    for name in ("CARDFLOW_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert setting(variables) == lang
    said = {"en": ("Ask:", "valid;"), "ja": ("試算する:", "正しいシナリオです")}
    for words, of in ((["--help"], 0), (["check", "plan-period"], 1)):
        assert said[lang][of] in inside(*words, cwd=tmp_path).stdout


@pytest.mark.parametrize(
    "words", [["--lang", "ja", "scenarios"], ["scenarios", "--lang", "ja"], ["scenarios", "--lang=ja"]]
)
def test_the_option_stands_before_or_after_the_command_and_wins(words, inside, tmp_path):
    assert "更新の波" in inside(*words, cwd=tmp_path).stdout
    assert asked(words) == "ja"


def test_scenarios_and_their_reasons_are_told_in_both_languages(inside, tmp_path):
    entries = {
        lang: json.loads(inside("scenarios", "--json", "--lang", lang, cwd=tmp_path).stdout) for lang in Language
    }
    assert [e["name"] for e in entries[Language.en]] == [e["name"] for e in entries[Language.ja]]
    for english, japanese in zip(entries[Language.en], entries[Language.ja], strict=True):
        for key in ("title", "why"):
            assert not re.search("[ぁ-ん]", english[key]) and re.search("[ぁ-んァ-ヶ一-龠]", japanese[key]), english[
                "name"
            ]
    assert {"A points campaign as in February 2023"} <= {entry["title"] for entry in entries[Language.en]}


def test_check_tells_what_a_value_means_in_japanese(inside, tmp_path):
    said = inside("check", "plan-period", "--set", "contact.resident.seats=150", "--lang", "ja", cwd=tmp_path).stdout
    change = "{ value = 142, low = 60, high = 240 } -> 150"
    assert f"contact.resident.seats   {change}   契約席数（住民向けコールセンター）（席）" in said


def test_new_shows_seats_first(inside, tmp_path):
    inside("new", "mine", "--lang", "ja", cwd=tmp_path)
    text = (tmp_path / "mine.toml").read_text(encoding="utf-8")
    tables = [line for line in text.splitlines() if line.startswith("[")]
    assert tables[:3] == ["[contact.resident]", "[contact.helpdesk]", "[plant]"]
    assert load(str(tmp_path / "mine.toml")).parameters == load("renewal-wave").parameters
    first, *others = (text.index(name) for name in ("\n# seats_index = 100", "cards_per_day", "jpki_per_day"))
    assert first < text.index("\n# seats = ") < others[0] < others[1]
    assert "契約席数（住民向けコールセンター）" in text and "契約席数（市区町村向けヘルプデスク）" in text


@pytest.mark.parametrize("option", ["-v", "--version"])
def test_the_version_is_told(option, inside, tmp_path):
    assert inside(option, cwd=tmp_path).stdout == f"cardflow {__version__}\n"


def test_a_quiet_command_shows_no_progress(capsys, monkeypatch):
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    shown = []
    for lang, quiet in (("en", False), ("ja", False), ("ja", True)):
        with progress_bar(Message("clock"), lang, quiet):
            pass
        shown.append(capsys.readouterr().err)
    assert "clock" in shown[0] and "判断期限の試算" in shown[1] and not shown[2]


@pytest.mark.parametrize("title", ["[/x] [bold]", "a [red", "{x}", "%s", "[link=http://x]y[/link]"])
def test_the_progress_of_a_title_with_markup_shows_it_as_it_is(title, capsys, monkeypatch):
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    with progress_bar(title, "en"):
        pass
    assert title in capsys.readouterr().err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_for_a_shell_is_printed(shell, inside, tmp_path):
    said = inside("--show-completion", shell, cwd=tmp_path).stdout
    assert "_CARDFLOW_COMPLETE" in said and "cardflow" in said


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("cardflow pa", ["parameters"]),
        ("cardflow run plan-p", ["plan-period"]),
        ("cardflow run plan-period+plant-o", ["plan-period+plant-outage"]),
        ("cardflow check my-", ["my-plan.toml"]),
        ("cardflow compare surge seat", ["seat-cut", "seats-policy"]),
        ("cardflow run surge --chance", ["--chance-only"]),
        ("cardflow size surge --by m", ["month"]),
    ],
)
def test_a_shell_is_told_how_a_line_can_go_on(line, offered, inside, tmp_path, monkeypatch):
    (tmp_path / "my-plan.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("_CARDFLOW_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split()) - 1))
    assert inside(cwd=tmp_path).stdout.split() == offered


def test_completion_offers_help_in_japanese(inside, tmp_path, monkeypatch):
    monkeypatch.setenv("_CARDFLOW_COMPLETE", "complete_zsh")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "cardflow ru")
    monkeypatch.setenv("CARDFLOW_LANG", "ja")
    assert "シナリオを試算し" in inside(cwd=tmp_path).stdout


@pytest.mark.parametrize(("shell", "starts"), [("bash", ".bashrc"), ("zsh", ".zshrc"), ("fish", None)])
def test_completion_is_installed_once_and_leaves_the_rest_alone(shell, starts, inside, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    if starts:
        (tmp_path / starts).write_bytes("alias ll='ls -l'  # 一覧".encode())
    for _ in range(2):
        assert "new terminals" in inside("--install-completion", shell, cwd=tmp_path).stdout
    scripts = [path for path in tmp_path.rglob("*cardflow*") if path.is_file()]
    assert len(scripts) == 1 and "_CARDFLOW_COMPLETE" in scripts[0].read_text(encoding="utf-8")
    if starts:
        first, second = (tmp_path / starts).read_text(encoding="utf-8").splitlines()
        assert first == "alias ll='ls -l'  # 一覧" and second


@pytest.mark.parametrize("word", ["seats", "席数", "SEATS", "ｓｅａｔｓ"])
def test_a_lever_is_found_by_its_name_and_by_its_meaning(word, inside, tmp_path):
    for lang in Language:
        said = inside("parameters", word, "--lang", lang, cwd=tmp_path).stdout
        assert said.startswith("contact.resident.seats   ")
        assert "contact.helpdesk.seats" in said and "142" in said and "plant.lines" not in said
    assert "応答率" in said


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("応答率", "targets.answered_share"),
        ("cards per day", "plant.cards_per_day"),
        ("callcenter", "contact."),
        ("電話", "contact."),
        ("製造能力", "plant.cards_per_day"),
        ("seets", "contact.resident.seats"),
        ("稼働率", "targets.availability"),
        ("systems.jpki_per_day", "systems.jpki_per_day"),
    ],
)
def test_a_lever_is_found_by_what_people_call_it(word, first, inside, tmp_path):
    assert inside("parameters", word, "--lang", "ja", cwd=tmp_path).stdout.startswith(first)


def test_every_value_of_a_scenario_is_listed_with_its_bounds(inside, tmp_path):
    listed = json.loads(inside("parameters", "--of", "surge", "--json", cwd=tmp_path).stdout)
    assert [lever["path"] for lever in listed] == list(flat(load("surge").parameters))
    assert all(lever["meaning"] and lever["unit"] for lever in listed)
    bounds = {lever["path"]: (lever["low"], lever["high"]) for lever in listed}
    assert {path: bounds[path] for path in limits() if path in bounds} == {
        path: tuple(end if math.isfinite(end) else None for end in (known.low, known.high))
        for path, known in limits().items()
        if path in bounds
    }
    assert bounds["renewal.card_lapse_share"] == (0, 1)
    unmoved = {lever["path"] for lever in listed if not lever["moves"] and not lever["then"]}
    assert all(path.startswith("services.shown.") for path in unmoved)


def test_parameters_as_json(inside, tmp_path):
    (lines,) = json.loads(inside("parameters", "plant.lines", "--json", cwd=tmp_path).stdout)
    assert lines["path"] == "plant.lines" and (lines["low"], lines["high"]) == (1, 100)
    assert lines["value"] == 8 and lines["unit"] == "lines"
    assert lines["moves"] == ["issue-14-days", "express-7-days", "dispatch-4.8m", "intake-160k", "notices-3-months"]
    assert set(lines["then"]) == {"calls-95", "helpdesk-95", "renewed-in-time", "counters-no-errors"}
    (other,) = json.loads(inside("parameters", "plant.lines", "--of", "baseline-fy2025", "--json", cwd=tmp_path).stdout)
    assert other == lines
