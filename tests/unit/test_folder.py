"""Folders: nothing lost that is not ours, one command at a time, an answer whole or not at all, damage told."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from folder_sample import ANSWER, drawn, fill, filled, question, taken, tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cardflow.answers import Run
from scenarios.errors import UserError
from scenarios.folder.contents import HOME, LIST
from scenarios.folder.folder import Folder
from scenarios.run.run_folder import RunFolder

OTHER = {"summary.json": '{"a": 9}\n', "two.json": "{}\n"}
PAGE, LATER = (
    {"report.html": "<p>one</p>", "charts/p.svg": "<svg/>"},
    {"report.html": "<p>two</p>", "charts/q.svg": "q"},
)


def refused(folder, match, asked=1):
    with RunFolder(folder) as held, pytest.raises(UserError, match=match):
        taken(held, asked)


def stamps(folder):
    return {path: (path.lstat().st_mtime_ns, path.lstat().st_size) for path in sorted(folder.rglob("*"))}


# what is not ours ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["notes.txt", "scenario.toml", "daily.parquet", "charts/mine.png", "empty/", "replications/mine.npz", "link"],
)
def test_a_folder_that_holds_anything_else_is_refused_and_stays_as_it_is(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    if name == "link":
        path.symlink_to(tmp_path.parent)
    elif name.endswith("/"):
        path.mkdir()
    else:
        path.write_bytes(b"mine")
    before = stamps(tmp_path)
    refused(tmp_path, "holds " + (name if name.startswith(("replications", "empty", "link")) else name.split("/")[0]))
    assert stamps(tmp_path) == before


@pytest.mark.parametrize(
    "name", ["notes.txt", "scenario.toml", "charts/mine.png", "summary.json", "deep/er/file", "link"]
)
@pytest.mark.parametrize("asked", [1, 2])
def test_what_is_added_to_our_folder_or_edited_there_is_not_ours(tmp_path, name, asked):
    folder = filled(tmp_path / "run")
    drawn(folder, PAGE)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if name == "link":
        path.symlink_to(folder / "summary.json")
    else:
        path.write_bytes(b"mine")
    before = tree(folder)
    refused(folder, f"holds {name}" if "/er/" not in name else "holds deep/", asked)
    assert tree(folder) == before


def test_several_strangers_are_named_and_many_are_not_listed(tmp_path):
    for number in range(9):
        (tmp_path / f"{number}.txt").touch()
    refused(tmp_path, r"4 errors(.|\n)*0\.txt(.|\n)*2\.txt(.|\n)*holds more")


def test_an_empty_folder_and_what_file_managers_leave_are_fine(tmp_path):
    (tmp_path / ".DS_Store").write_bytes(b"x")
    filled(tmp_path)
    assert set(tree(tmp_path)) == {*ANSWER, "scenario.toml", ".DS_Store"}


def test_a_file_that_the_user_removed_is_not_missed(tmp_path):
    folder = filled(tmp_path / "run")
    (folder / "run.json").unlink()
    filled(folder)
    assert set(tree(folder)) == {*ANSWER, "scenario.toml"}


def test_a_page_is_not_drawn_over_what_is_not_ours_or_through_a_link(tmp_path):
    folder = filled(tmp_path / "run", {"summary.json": "{}"})
    (folder / "report.html").write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match=r"holds report\.html"):
        drawn(folder, PAGE)
    (folder / "report.html").unlink()
    (tmp_path / "elsewhere").mkdir()
    (folder / "charts").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match=r"holds charts/p\.svg"):
        drawn(folder, PAGE)
    assert not list((tmp_path / "elsewhere").iterdir()) and not (folder / "report.html").exists()


def test_another_question_in_our_folder_leaves_nothing_of_the_older_one(tmp_path):
    folder = filled(tmp_path / "run")
    drawn(folder, PAGE)
    (folder / "replications").mkdir()
    (folder / "replications" / "kept").write_bytes(b"work")
    with RunFolder(folder) as held:
        held.ask(question(2))
        held.begin({"scenario.toml": "title = 2\n"})
    assert tree(folder) == {"scenario.toml": b"title = 2\n", "replications/kept": b"work"}


def test_the_same_question_again_keeps_answer_and_page(tmp_path):
    folder = filled(tmp_path / "run")
    drawn(folder, PAGE)
    before = stamps(folder / "charts") | {(folder / "summary.json"): (folder / "summary.json").stat().st_mtime_ns}
    filled(folder)
    after = stamps(folder / "charts") | {(folder / "summary.json"): (folder / "summary.json").stat().st_mtime_ns}
    assert before == after and (folder / "report.html").exists()


def test_pages_of_an_earlier_drawing_do_not_stay(tmp_path):
    folder = filled(tmp_path / "run", {"summary.json": "{}"})
    drawn(folder, PAGE)
    drawn(folder, LATER)
    assert tree(folder)["report.html"] == b"<p>two</p>"
    assert [path.name for path in (folder / "charts").iterdir()] == ["q.svg"]


# one at a time ------------------------------------------------------------------------------------------------------


def test_a_second_command_is_refused_until_the_first_has_ended(tmp_path):
    with RunFolder(tmp_path) as first:
        taken(first)
        refused(tmp_path, "another cardflow command is at work", asked=2)
        with Folder(tmp_path, option="") as reader, pytest.raises(UserError, match="at work"):
            reader.reopen("run")
    with RunFolder(tmp_path) as second:
        assert taken(second, 2)


def test_python_draws_its_own_answer_and_not_what_another_command_put_there(tmp_path, monkeypatch):
    folder = filled(tmp_path / "run", {"summary.json": '{"a": [1, null]}'})

    def write(question, folder, lang, into, languages):
        (into / "report.html").write_text((folder / "summary.json").read_text(encoding="utf-8"), encoding="utf-8")
        return into / "report.html"

    monkeypatch.setattr("reports.faces.page.write", write)
    assert Run(folder, {"a": (1, None)}).write_report() == folder / "report.html"
    filled(folder, {"summary.json": '{"a": [2, null]}'}, asked=2)
    with pytest.raises(UserError, match="answer to another question"):
        Run(folder, {"a": (1, None)}).write_report()
    assert not (folder / "report.html").exists()


def test_a_page_and_what_is_drawn_beside_it_leave_each_other_there(tmp_path):
    folder = filled(tmp_path / "run")
    drawn(folder, {"report.html": "<p>page</p>"})
    with Folder(folder, option="") as held:
        held.reopen(None)
        assert held.kind == "run"
        with held.page() as draft:
            (draft / "report.xlsx").write_bytes(b"book")
    assert (folder / "report.html").is_file() and (folder / "report.xlsx").read_bytes() == b"book"
    drawn(folder, {"report.html": "<p>again</p>"})
    assert (folder / "report.xlsx").read_bytes() == b"book"


def test_a_look_makes_nothing_and_holds_what_is_there(tmp_path):
    """Refused before any work; what may be filled is nobody else's from the look on."""
    with RunFolder(tmp_path / "new") as first:
        first.ask(question())
        first.look()
        assert not (tmp_path / "new").exists()
        first.take()
        assert (tmp_path / "new").exists()
    with RunFolder(tmp_path / "new") as first, RunFolder(tmp_path / "new") as second:
        for held in (first, second):
            held.ask(question())
        first.look()
        for refused in (second.look, second.take):
            with pytest.raises(UserError, match="another cardflow command is at work"):
                refused()
        first.take()
    (tmp_path / "new" / "own.txt").write_text("mine", encoding="utf-8")
    before = tree(tmp_path)
    with RunFolder(tmp_path / "new") as first, pytest.raises(UserError, match=r"holds own\.txt"):
        first.ask(question())
        first.look()
    assert tree(tmp_path) == before


def test_a_killed_command_leaves_no_lock_and_its_draft_goes(tmp_path):
    code = (
        "import os, signal, sys; sys.path.insert(0, sys.argv[2]); from folder_sample import taken\n"
        "from pathlib import Path; from scenarios.run.run_folder import RunFolder\n"
        "runs = RunFolder(Path(sys.argv[1])); taken(runs)\n"
        "with runs.answer() as draft:\n"
        "    draft.write_text('half.json', '{'); print('at work', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "run"), str(Path(__file__).parent)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as other:
        assert other.stdout.readline() == b"at work\n"
        refused(tmp_path / "run", "another cardflow command is at work", asked=2)
        other.kill()
        other.wait()
    assert len(list((tmp_path / "run" / HOME).iterdir())) == 3
    filled(tmp_path / "run")
    assert sorted(path.name for path in (tmp_path / "run" / HOME).iterdir()) == [LIST, "lock"]


def test_folders_without_a_name_share_what_is_finished_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with RunFolder() as one, RunFolder() as two:
        fill(one, asked=1)
        fill(two, asked=2)
        assert one.path != two.path and one.store.folder == two.store.folder == tmp_path / "runs/plan/replications"
    with RunFolder(Path("named")) as named:
        fill(named)
        assert named.store.folder == tmp_path / "named/replications"


# whole or not at all ------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """What nobody catches."""


@pytest.fixture
def killed(monkeypatch):
    """Do something until its so-and-so-many-eth step on the disk, which never happens; whether it got to its end."""

    def until(step, do):
        left = [step]

        def stopped(real):
            def call(*arguments, **named):
                left[0] -= 1
                if left[0] < 0:
                    raise Killed
                return real(*arguments, **named)

            return call

        with monkeypatch.context() as patched:
            for name in ("replace", "unlink", "rmdir", "mkdir", "write_text"):
                patched.setattr(Path, name, stopped(getattr(Path, name)))
            try:
                do()
            except Killed:
                return False
        return True

    return until


def read(folder):
    """What a reader gets: the files of the answer, or None."""
    with Folder(folder, option="") as held:
        try:
            held.reopen("run")
        except UserError:
            return None
        return {name: (folder / name).read_text(encoding="utf-8") for name in held._known.answer}


def test_killed_between_any_two_steps_a_reader_sees_one_answer_whole_or_none(tmp_path, killed):
    old, new = ANSWER | {"scenario.toml": "title = 1\n"}, OTHER | {"scenario.toml": "title = 2\n"}
    seen = []
    for step in range(100):
        folder = filled(tmp_path / str(step), ANSWER, 1)
        drawn(folder, PAGE)
        ended = killed(step, lambda folder=folder: filled(folder, OTHER, 2, "title = 2\n"))
        assert (folder / "scenario.toml").read_text(encoding="utf-8") in ("title = 1\n", "title = 2\n")
        found = read(folder)
        assert found in (None, old, new)
        seen.append("none" if found is None else "old" if found == old else "new")
        if not (folder / "summary.json").exists() or found is None:
            assert not ended
        for _ in range(2):
            filled(folder, OTHER, 2, "title = 2\n")
            assert read(folder) == new and {path.name for path in folder.iterdir()} == {*new, HOME}
        if ended:
            break
    assert ended and seen == sorted(seen, key=["old", "none", "new"].index) and set(seen) == {"old", "none", "new"}


def test_killed_while_a_page_is_drawn_the_answer_stays_and_pages_do_not_mix(tmp_path, killed):
    for step in range(100):
        folder = filled(tmp_path / str(step), {"summary.json": "{}"})
        drawn(folder, PAGE)
        ended = killed(step, lambda folder=folder: drawn(folder, LATER))
        assert read(folder) == {"summary.json": "{}", "scenario.toml": "title = 1\n"}
        left = {
            name: text.decode() for name, text in tree(folder).items() if name not in ("summary.json", "scenario.toml")
        }
        assert left.items() <= PAGE.items() or left.items() <= LATER.items()
        drawn(folder, LATER)
        assert tree(folder)["report.html"] == b"<p>two</p>" and not (folder / "charts" / "p.svg").exists()
        drawn(folder, {"report.html": "<p>three</p>"})
        assert filled(folder, asked=2) and not (folder / "report.html").exists()
        if ended:
            break
    assert ended and step > 8


def test_a_killed_first_command_leaves_a_folder_that_can_be_taken(tmp_path, killed):
    for step in range(100):
        folder = tmp_path / str(step)
        ended = killed(step, lambda folder=folder: filled(folder))
        filled(folder)
        assert read(folder) == ANSWER | {"scenario.toml": "title = 1\n"}
        if ended:
            break
    assert ended and step > 8


# damaged and foreign ------------------------------------------------------------------------------------------------


def edit(folder, **changes):
    path = folder / HOME / LIST
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def listed(folder, text):
    (folder / HOME / LIST).write_bytes(text)


def replaced_by(make):
    def damage(folder):
        (folder / "summary.json").unlink()
        make(folder / "summary.json")

    return damage


DAMAGES = {
    "cut": (lambda folder: (folder / "summary.json").write_bytes(b'{"a'), "summary.json   is missing, damaged or not"),
    "edited, as long": (lambda folder: (folder / "run.json").write_bytes(b'{"b": 3}\n'), "run.json   is missing"),
    "binary": (lambda folder: (folder / "scenario.toml").write_bytes(bytes(64)), "scenario.toml   is missing"),
    "missing": (lambda folder: (folder / "summary.json").unlink(), "summary.json   is missing"),
    "a folder": (replaced_by(Path.mkdir), "summary.json   is missing"),
    "a pipe": (replaced_by(os.mkfifo), "summary.json   is missing"),
    "endless": (replaced_by(lambda path: path.symlink_to("/dev/zero")), "summary.json   is missing"),
    "a link to its like": (replaced_by(lambda path: path.symlink_to("run.json")), "summary.json   is missing"),
    "other version": (lambda folder: edit(folder, version="9.9"), "was written by cardflow 9.9, and this is"),
    "other format": (lambda folder: edit(folder, format=2), "of another version of cardflow"),
    "other command": (lambda folder: edit(folder, kind="sweep"), r"of another command \(sweep\)"),
    "unfinished": (lambda folder: edit(folder, finished=False), "give the same command again"),
    "no list": (lambda folder: (folder / HOME / LIST).unlink(), "it has no list of files"),
    "a list of nothing": (lambda folder: listed(folder, b""), "is damaged"),
    "a list in binary": (lambda folder: listed(folder, bytes(range(256))), "is damaged"),
    "a deep list": (lambda folder: listed(folder, b"[" * 100_000), "is damaged"),
    "a long number": (lambda folder: listed(folder, b'{"format": ' + b"9" * 5000 + b"}"), "is"),
    "a large list": (lambda folder: listed(folder, b" " * 6_000_000), "is damaged"),
    "a list with more": (lambda folder: edit(folder, more=1), "is damaged"),
    "a list of NaN": (lambda folder: edit(folder, answer={"a.json": [float("nan"), "b"]}), "is damaged"),
    "a list of strings": (lambda folder: edit(folder, answer=["a.json"]), "is damaged"),
    "a list that leads out": (lambda folder: edit(folder, earlier={"../../x": [1, "a"]}), "is damaged"),
    "an absolute list": (lambda folder: edit(folder, answer={"/etc/passwd": [1, "a"]}), "is damaged"),
    "a surrogate": (lambda folder: listed(folder, b'{"kind": "run", "question": "\\ud800"}'), "is damaged"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_or_foreign_folder_is_told_in_words(tmp_path, name):
    folder = filled(tmp_path / "run")
    damage, said = DAMAGES[name]
    damage(folder)
    before = tree(folder) if name not in ("a pipe", "endless") else None
    with Folder(folder, option="") as held, pytest.raises(UserError, match=said) as error:
        held.reopen("run")
    assert len(str(error.value).splitlines()) == 2
    assert before is None or tree(folder) == before


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(at=st.integers(0, 900), old=st.integers(0, 40), new=st.binary(max_size=12) | st.text(max_size=8))
def test_whatever_becomes_of_the_list_is_told_and_touches_nothing_of_others(tmp_path, at, old, new):
    """Bytes of the list are replaced by others: a reader refuses or reads what was written, a writer loses nothing."""
    folder = tmp_path / "run"
    if not folder.exists():
        filled(folder)
        drawn(folder, PAGE)
        (tmp_path / "own.md").write_text("mine", encoding="utf-8")
    path = folder / HOME / LIST
    whole, answer = path.read_bytes(), tree(folder)
    path.write_bytes(whole[:at] + (new if isinstance(new, bytes) else new.encode()) + whole[at + old :])
    with Folder(folder, option="") as held:
        try:
            held.reopen("run")
        except UserError as error:
            assert len(str(error).splitlines()) >= 2
    assert tree(folder) == answer and (tmp_path / "own.md").read_text(encoding="utf-8") == "mine"
    path.write_bytes(whole)


def test_no_folder_and_no_run_are_told(tmp_path):
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "none", tmp_path / "file"):
        with Folder(path, option="") as held, pytest.raises(UserError, match="is not the folder of a finished run"):
            held.reopen("run")


@pytest.mark.parametrize("name", [name for name in DAMAGES if name not in ("missing", "no list")])
def test_a_damaged_folder_is_not_filled_over_what_cannot_be_proven(tmp_path, name):
    """Whatever the list says, files go only where it proves them."""
    folder = filled(tmp_path / "run")
    DAMAGES[name][0](folder)
    listing = {path: path.lstat().st_size for path in folder.rglob("*") if HOME not in path.parts}
    try:
        with RunFolder(folder) as held:
            taken(held, 2)
    except UserError:
        assert {path: path.lstat().st_size for path in folder.rglob("*") if HOME not in path.parts} == listing
    else:
        assert name in ("other version", "other command", "unfinished")
