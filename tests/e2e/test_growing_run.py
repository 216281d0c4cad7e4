"""The answer of a run while it grows: marked as what it is wherever it is read, and gone once the last one is there."""

import io
import json

import pytest
from installed import MONTH as OPTIONS
from installed import files
from rich.console import Console

import cardflow as api
from reports.faces.progress import progress_bar
from reports.pages import provisional_page
from reports.run import provisional
from scenarios.errors import UserError
from scenarios.experiment.progress import Progress
from scenarios.folder.folder import Folder
from scenarios.records import read
from scenarios.run.record import Run, Summary
from scenarios.run.run import run
from scenarios.run.run_folder import RunFolder

MARK = {"en": "PROVISIONAL: from the 3 replications of 5", "ja": "暫定：5回の反復のうち終わった3回"}


@pytest.fixture
def at_once(monkeypatch, remembered):
    """Every replication from the second on is looked at as it comes."""
    for name in ("_AT_ONCE", "_PATIENCE", "_APART", "_SHARE"):
        monkeypatch.setattr(f"scenarios.run.growing.{name}", 1e9 if name == "_SHARE" else 0.0)


def stopped_at(month, folder, replications, lang="en"):
    """A run that is stopped when it shows so many replications."""

    def grown(summary, record):
        if summary.replications == replications:
            provisional_page(runs, summary, record, lang)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), RunFolder(folder) as runs:
        run(month, runs, OPTIONS, Progress(), grown)


@pytest.mark.usefixtures("at_once")
def test_it_is_there_marked_as_replications_come_and_the_last_one_is_the_same_to_the_last_byte(month, unseen, tmp_path):
    seen = []

    def grown(summary, record):
        assert read(Summary, tmp_path / "run").provisional == read(Run, tmp_path / "run").provisional
        assert json.loads((tmp_path / "run" / "summary.json").read_bytes())["provisional"] == {"of": 5}
        assert summary.targets == read(Summary, tmp_path / "run").targets and not summary.totals
        seen.append(summary.replications)

    run(month, tmp_path / "run", OPTIONS, Progress(), grown)
    assert seen == [2, 3, 4]
    assert files(tmp_path / "run") == files(unseen)
    assert b"provisional" not in (unseen / "summary.json").read_bytes()


@pytest.mark.usefixtures("at_once")
def test_its_rows_are_those_of_a_run_of_so_many_replications(month, tmp_path):
    stopped_at(month, tmp_path / "run", 3)
    whole = api.run(month, replications=3, out=tmp_path / "three", chance_only=True, margin=False).record.targets
    found = read(Summary, tmp_path / "run").targets
    assert len(found) == len(whole)
    assert all(own == other for own, other in zip(found, whole, strict=True) if not other.computed)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("lang", MARK)
def test_a_stopped_run_leaves_it_marked_nothing_takes_it_for_finished_and_it_goes_on(
    month, unseen, inside, tmp_path, lang
):
    stopped_at(month, tmp_path / "run", 3, lang)
    page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    assert MARK[lang] in page and 'class="banner"' in page and "<svg" not in page
    assert (tmp_path / "run" / f"report.{'ja' if lang == 'en' else 'en'}.html").exists()
    with pytest.raises(UserError, match="holds a provisional answer"), Folder(tmp_path / "run", option="") as folder:
        folder.reopen("run")
    told = {"en": "holds a provisional answer of a run", "ja": "最後まで終わらなかった試算の暫定結果"}[lang]
    (tmp_path / "own.csv").write_text("month,applications\n2025-04,1000000\n", encoding="utf-8")
    for words in ("report run", "workbook run", "memo run", "update run own.csv"):
        assert told in inside(*words.split(), "--lang", lang, cwd=tmp_path, code=2).stderr, words
    run(month, tmp_path / "run", OPTIONS)
    assert files(tmp_path / "run") == files(unseen)
    assert not list((tmp_path / "run").glob("*.html"))


@pytest.mark.usefixtures("at_once")
def test_a_finished_answer_is_not_given_up_for_a_provisional_one(month, unseen, tmp_path):
    run(month, tmp_path / "run", OPTIONS)
    for path in (tmp_path / "run" / "replications").iterdir():
        path.unlink()
    seen = []
    run(month, tmp_path / "run", OPTIONS, Progress(), lambda *_: seen.append(files(tmp_path / "run")))
    assert seen == [files(unseen)] * 3


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("lang", MARK)
@pytest.mark.parametrize("terminal", [True, False])
def test_a_terminal_is_kept_up_to_date_and_anything_else_told_once(month, tmp_path, lang, terminal):
    console = Console(file=io.StringIO(), force_terminal=terminal, width=200, height=40, _environ={"TERM": "xterm"})
    with progress_bar("plan", lang, console=console) as progress:
        run(month, tmp_path / "run", OPTIONS, progress, lambda *told: progress.beside(provisional.lines(*told, lang)))
    shown = console.file.getvalue()
    counts = [number for number in (2, 3, 4) if MARK[lang].replace("3", str(number)) in shown]
    assert counts == ([2, 3, 4] if terminal else [2])
    assert {"en": "No target has a word yet", "ja": "まだどの目標も判定できない"}[lang] in shown
    assert terminal or shown.count("◇") == 11


@pytest.mark.usefixtures("at_once")
def test_stdout_has_nothing_of_it(inside, month, unseen, tmp_path, monkeypatch):
    monkeypatch.setattr("reports.faces.page.write", lambda shown, folder, lang, into, languages: into / "report.html")
    (tmp_path / "short.toml").write_text((unseen / "scenario.toml").read_text(encoding="utf-8"), encoding="utf-8")
    words = ("run", "short.toml", "--replications", "5", "--chance-only", "--no-margin", "--workers", "1", "--json")
    done = inside(*words, "--out", "run", cwd=tmp_path)
    assert "provisional" not in json.loads(done.stdout) and json.loads(done.stdout)["replications"] == 5
    assert done.stderr.count("PROVISIONAL") == 1
    assert inside(*words, "--out", "quiet", "--quiet", cwd=tmp_path).stderr == ""
