"""The user's mistakes: exit code 2, one clear message with all that is wrong, no traceback, nothing written."""

import os
import re

import pytest
from installed import SHORT

EXTENDS = 'extends = "baseline-fy2025"\n'
WRONG = {
    "unknown field": (EXTENDS + "[plant]\ncards_per_dya = 5\n", ["line 3", "did you mean plant.cards_per_day?"]),
    "unknown section": (EXTENDS + "[plnat]\nlines = 5\n", ["line 2", "plnat", "did you mean plant?"]),
    "field without its section": (EXTENDS + "cards_per_day = 5\n", ["line 2", "belongs under [plant]"]),
    "wrong type": (EXTENDS + '[plant]\ncards_per_day = "many"\n', ["line 3", "plant.cards_per_day = 'many'", "number"]),
    "a list for a number": (EXTENDS + "[plant]\nlines = [1]\n", ["line 3", "plant.lines", "integer"]),
    "a number for a section": (EXTENDS + "plant = 3\n", ["line 2", "plant"]),
    "a number for the title": (EXTENDS + "title = 3\n", ["line 2", "title = 3", "text"]),
    "negative capacity": (EXTENDS + "[plant]\ncards_per_day = -1\n", ["line 3", "= -1", "more than 0"]),
    "share over 1": (EXTENDS + "[renewal]\ncard_lapse_share = 1.2\n", ["line 3", "between 0 and 1"]),
    "shares over 1 together": (
        EXTENDS + "[renewal]\ncard_lapse_share = 0.7\ncard_late_share = 0.4\n",
        ["line 2", "must not exceed 1 together"],
    ),
    "range out of order": (
        EXTENDS + "[plant]\nrepair_hours = { value = 3, low = 4, high = 6 }\n",
        ["line 3", "low <= value <= high"],
    ),
    "not a number": (EXTENDS + "[plant]\ncards_per_day = nan\n", ["line 3", "plant.cards_per_day"]),
    "infinite": (EXTENDS + "[plant]\ncards_per_day = inf\n", ["line 3", "plant.cards_per_day"]),
    "too long a number": (EXTENDS + f"[plant]\ncards_per_day = 1{'0' * 400}\n", ["line 3", "plant.cards_per_day"]),
    "end before start": (EXTENDS + "end = 2024-03-31\n", ["line 2", "end must come after start"]),
    "a date that is none": (EXTENDS + "end = 2025-02-30\n", ["line 2"]),
    "a number for a date": (EXTENDS + "end = 20250930\n", ["line 2", "must be a date such as 2026-04-01"]),
    "end beyond the forecast": (EXTENDS + "end = 9999-12-31\n", ["line 2", "2046-03-31 or earlier"]),
    "start before the history": (EXTENDS + "start = 1990-04-01\n", ["line 2", "2016-01-01"]),
    "start in the year 1": (EXTENDS + "start = 0001-01-01\n", ["line 2", "2016-01-01"]),
    "stop outside the run": (
        EXTENDS + '[[plant.stops]]\nfrom = 2030-01-01\nto = 2030-01-02\nstation = "all"\n',
        ["line 2", "plant.stops", "outside the run"],
    ),
    "campaign outside the run": (
        EXTENDS + "[demand]\ncampaign = [{ from = 2026-03-01, to = 2026-04-01, applications_per_day = 5 }]\n",
        ["line 3", "demand.campaign", "outside the run"],
    ),
    "window ends before it begins": (
        EXTENDS + "[demand]\nstress = [{ from = 2025-06-02, to = 2025-06-01, applications_per_day = 5 }]\n",
        ["line 3", "must not come before"],
    ),
    "unknown station": (
        EXTENDS + '[[plant.stops]]\nfrom = 2025-06-01\nto = 2025-06-02\nstation = "printing"\n',
        ["plant.stops.station = 'printing'", "'production'"],
    ),
    "steps out of order": (
        EXTENDS + "[plant]\ncards_per_day = [{ from = 2025-06-01, value = 5 }, { from = 2025-05-01, value = 6 }]\n",
        ["line 3", "in order"],
    ),
    "steps without dates": (EXTENDS + "[plant]\ncards_per_day = [{ value = 5 }, { value = 6 }]\n", ["line 3", "from"]),
    "no steps": (EXTENDS + "[plant]\ncards_per_day = []\n", ["line 3", "at least one step"]),
    "extends what is not there": (
        'title = "x"\nextends = "renewal-wvae"\n',
        ["line 2", "no scenario 'renewal-wvae'", "did you mean renewal-wave?"],
    ),
    "extends two": ('extends = ["plan-period", "surge"]\n', ["line 1", "must be the name of one scenario"]),
    "extends itself": ('extends = "wrong"\n', ["line 1", "extends itself: wrong -> wrong"]),
    "extends in a circle": ('extends = "other"\n', ["line 1", "wrong -> other -> wrong"]),
    "broken": ('title = "x"\n[plant\nlines = 3\n', ["line 2", "not valid TOML"]),
    "the same key twice": ("[plant]\nlines = 3\nlines = 4\n", ["line 3", "not valid TOML"]),
    "too deep": (f"x = {'[' * 5000}\n", ["line 1", "nested too deep"]),
    "empty": ("", ["is empty"]),
    "only remarks": ("# later\n", ["is empty"]),
    "binary": (bytes(range(256)) * 8, ["not a text file"]),
    "UTF-16": (EXTENDS.encode("utf-16"), ["not a text file"]),
    "Shift JIS": ('title = "x"\n# 更新の波\n'.encode("cp932"), ["line 2", "not UTF-8"]),
    "part alone": ("[plant]\nlines = 3\n", ["it is a part", "renewal-wave+wrong"]),
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "other.toml").write_text('extends = "wrong"\n', encoding="utf-8")
    return tmp_path


UNDONE = {
    **dict.fromkeys(("check", "wave"), ""),
    **dict.fromkeys(("new", "report"), ", nothing was written"),
}
"""What a command that simulates nothing says that it did not do."""


def refused(done, folder, *said, command="run"):
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert re.search(r": \d+ errors?(.*)$", done.stderr.splitlines()[0])[1] == UNDONE.get(command, ", nothing was run")
    assert len(re.findall("nothing was (run|written)", done.stderr)) == (UNDONE.get(command) != "")
    for words in said:
        assert words in done.stderr, done.stderr
    assert not (folder / "runs").exists() and not (folder / "out").exists()


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_before_anything_runs(name, folder, inside):
    content, said = WRONG[name]
    (folder / "wrong.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
    refused(inside("run", "wrong.toml", "--out", "out", cwd=folder, code=2), folder, "wrong.toml: 1 error,", *said)


@pytest.mark.parametrize("command", ["run", "check"])
def test_all_mistakes_are_told_at_once_with_their_lines(command, folder, cardflow):
    lines = [
        'extends = "middle"',  # 1
        "end = 2020-03-31",
        "cards = 5",
        "[plant]",  # 4
        "cards_per_day = -1",
        'lines = "eight"',
        "speed = 3",
        "[renewal]",  # 8
        "card_lapse_share = 0.9",
        "card_late_share = 0.9",
        "[targets]",  # 11
        "issue_share = 99",
    ]
    (folder / "many.toml").write_text("\n".join(lines), encoding="utf-8")
    (folder / "middle.toml").write_text(
        'extends = "surge"\n\n[express]\nmail_days = 2.5\nmail_daze = 2\n', encoding="utf-8"
    )
    done = cardflow(command, "many.toml", cwd=folder, code=2)
    refused(done, folder, "many.toml: 9 errors", command=command)
    for line, words in {
        2: "end must come after start",
        3: "cards   unknown key",
        5: "plant.cards_per_day = -1",
        6: "plant.lines = 'eight'",
        7: "plant.speed   unknown field",
        8: "must not exceed 1 together",
        12: "targets.issue_share = 99",
    }.items():
        assert any(f"line {line} " in told and words in told for told in done.stderr.splitlines()), done.stderr
    assert "middle.toml line 4 express.mail_days" in done.stderr
    assert "middle.toml line 5 express.mail_daze   unknown field; did you mean express.mail_days?" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "renewal-wvae"], ["no scenario 'renewal-wvae'", "did you mean renewal-wave?"]),
        (["run", "plan-period+plant-outrage"], ["plant-outrage", "did you mean plant-outage?"]),
        (["run", "plan-period+"], ["several joined with +"]),
        (["run", ""], ["must be a scenario"]),
        (["run", "x" * 5000], ["no scenario"]),
        (["run", "plant-outage"], ["it is a part"]),
        (["run", "baseline-fy2025+plant-outage"], ["plant.stops", "outside the run"]),
        (["run", "."], ["is a folder"]),
        (["check", "no/such.toml"], ["no scenario 'no/such.toml'"]),
        (["run", "surge", "--set", "plant.cards_per_day"], ["--set", "must look like plant.cards_per_day=200000"]),
        (["run", "surge", "--set", "=5"], ["must look like"]),
        (["run", "surge", "--set", "plant.cards_per_dya=5"], ["did you mean plant.cards_per_day?"]),
        (["run", "surge", "--set", "cards=5", "--set", "a.b.c=5"], ["2 errors", "cards ", "a.b.c "]),
        (["run", "surge", "--set", "x", "--set", "y"], ["2 errors", "  x ", "  y "]),
        (["run", "surge", "--set", "title=5"], ["title"]),
        (["run", "surge", "--set", "plant=5"], ["plant"]),
        (["run", "surge", "--set", "plant.cards_per_day=-5"], ["plant.cards_per_day = -5", "more than 0"]),
        (["run", "surge", "--set", "plant.cards_per_day=many"], ["plant.cards_per_day = 'many'", "number"]),
        (["run", "surge", "--set", "plant.cards_per_day=inf"], ["plant.cards_per_day"]),
        (["run", "surge", "--set", "renewal.card_lapse_share=1.5"], ["between 0 and 1"]),
        (["run", "surge", "--set", "end=9999-12-31"], ["2046-03-31 or earlier"]),
        (["check", "surge", "--set", "end=2020-01-01"], ["end must come after start"]),
        (["run", "surge", "--replications", "1000000000"], ["GB of", "to spare"]),
        (["report", "."], ["is not the folder of a finished run"]),
        (["report", "x" * 5000], ["File name too long"]),
        (["report", "no-such-folder"], ["is not the folder of a finished run"]),
        (["wave", "--from", "2030", "--to", "2024"], ["--from 2030 --to 2024", "in order"]),
        (["wave", "--from", "1900"], ["2016 to 2045"]),
        (["wave", "--to", "9999"], ["2016 to 2045"]),
        (["new", "mine", "--from", "nothing"], ["no scenario 'nothing'"]),
        (["new", "mine", "--from", "plan-period+plant-outage"], ["one scenario"]),
        (["new", "mine", "--from", "plant-outage"], ["it is a part"]),
        (["new", "../mine"], ["plain name"]),
        (["new", "a\x07b"], ["plain name"]),
        (["new", "a\nb"], ["plain name"]),
        (["new", "other"], ["is there already"]),
        (["new", "surge"], ["library"]),
        (["new", "mine", "--set", "plant.cards=5"], ["unknown field"]),
        (["new", "mine", "--set", "plant.lines=0"], ["plant.lines = 0"]),
    ],
    ids=lambda value: " ".join(value)[:50],
)
def test_wrong_arguments_are_refused(arguments, said, folder, inside):
    refused(inside(*arguments, cwd=folder, code=2), folder, *said, command=arguments[0])
    assert {path.name for path in folder.iterdir()} == {"other.toml"}
    assert (folder / "other.toml").read_text(encoding="utf-8") == 'extends = "wrong"\n'


@pytest.mark.parametrize(
    "arguments",
    [
        ["run"],
        ["run", "surge", "--seed", "-1"],
        ["run", "surge", "--seed", "one"],
        ["run", "surge", "--replications", "0"],
        ["run", "surge", "--workers", "0"],
        ["run", "surge", "--lang", "fr"],
        ["run", "surge", "--fast"],
        ["report", "x", "--lang", "fr"],
        ["wave", "--from", "last"],
        ["rnu", "surge"],
    ],
    ids=" ".join,
)
def test_wrong_options_are_refused(arguments, tmp_path, inside):
    done = inside(*arguments, cwd=tmp_path, code=2)
    assert done.stdout == "" and "Traceback" not in done.stderr and done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("out", ["file", "file/below", "file/far/below", "x" * 300])
def test_an_output_that_cannot_be_written_is_told(out, tmp_path, cardflow):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    done = cardflow("run", "surge", "--out", out, "--json", cwd=tmp_path, code=2)
    refused(done, tmp_path, f"--out {out}: 1 error", "cannot be written")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write_is_told(tmp_path, cardflow):
    (tmp_path / "locked").mkdir(mode=0o500)
    refused(cardflow("run", "surge", "--out", "locked/run", cwd=tmp_path, code=2), tmp_path, "cannot be written")


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path, cardflow):
    text = SHORT.replace("\n", "\r\n")
    (tmp_path / "メモ帳.toml").write_bytes(text.encode("utf-8-sig"))
    assert "2025-06-30" in cardflow("check", "メモ帳.toml", cwd=tmp_path).stdout
    (tmp_path / "メモ帳.toml").write_bytes((text + "[plant]\r\nlines = 0\r\n").encode("utf-8-sig"))
    assert "line 6 " in cardflow("check", "メモ帳", cwd=tmp_path, code=2).stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["scenarios"], 0),
        (["schema"], 0),
        (["wave", "--lang", "ja"], 0),
        (["check", "計画"], 0),
        (["check", "誤り"], 2),
        (["run", "無い—計画"], 2),
        (["run", "計画", "--lang", "ja", "--replications", 1, "--chance-only", "--no-margin", "--out", "結果"], 0),
        (["new", "新規", "--lang", "ja"], 0),
    ],
    ids=lambda value: " ".join(map(str, value))[:30] if isinstance(value, list) else "",
)
def test_a_japanese_console_shows_everything(arguments, code, tmp_path, cardflow):
    (tmp_path / "計画.toml").write_text(SHORT.replace("短い計画", "短い計画 – ①é"), encoding="utf-8")
    (tmp_path / "誤り.toml").write_text(SHORT + "[plant]\n'能力–é' = 5\n", encoding="utf-8")
    done = cardflow(*arguments, cwd=tmp_path, code=code, console="cp932")
    assert "Traceback" not in done.stderr
    assert done.stdout if code == 0 else done.stderr
