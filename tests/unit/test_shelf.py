"""The shelf: what it finds, what people say of it, its index, throwing away and bringing back."""

import shutil
import sqlite3
from pathlib import Path, PurePosixPath

import pytest
from folder_sample import taken, tree
from shelf_sample import put

from reports import catalogue, values
from reports.shelf import shown
from reports.shelf.facts import facts
from scenarios.errors import UserError
from scenarios.folder.folder import Folder
from scenarios.run.run_folder import RunFolder
from scenarios.shelf import found
from scenarios.shelf.shelf import Shelf

EN, JA = (catalogue.load(lang) for lang in ("en", "ja"))


@pytest.fixture
def shelf(tmp_path):
    put(tmp_path / "runs/plan/one", 1)
    put(tmp_path / "runs/plan/two", 2, title="Another", changes=[])
    return Shelf(tmp_path / "runs", facts)


def paths(shelf):
    return {entry.path for entry in shelf.entries()}


def of(shelf, path):
    return next(entry for entry in shelf.entries() if entry.path == path)


def lines(shelf, cat=EN, entries=None):
    entries = shelf.entries() if entries is None else entries
    return values.texts(cat, [part for part in shown.screen(entries, PurePosixPath("runs"), 2, "x") if part])


def test_an_answer_is_told_with_question_differences_verdicts_and_how_it_was_made(shelf):
    one = of(shelf, "plan/one")
    assert (one.kind, one.state, one.facts.seed, one.facts.replications) == ("run", "finished", 1, 3)
    assert [(own.path, own.base, own.value) for own in one.facts.differing] == [
        ("plant.cards_per_day", "160000", "200000")
    ]
    assert "issue-14-days/standard" in {own.target for own in one.facts.verdicts}
    assert one.bytes > 1000 and one.finished.endswith("+09:00")
    text = "\n".join(lines(shelf))
    assert "plant.cards_per_day 160000 -> 200000" in text and "runs/plan/one" in text and "3 replications" in text
    assert "との違い" in "\n".join(lines(shelf, JA))


def test_what_is_unfinished_at_work_or_edited_is_said_and_nothing_told_of_it(shelf):
    with RunFolder(shelf.folder / "three") as folder:
        taken(folder, 3)
        assert of(shelf, "three").state == "running"
    assert of(shelf, "three").state == "unfinished"
    (shelf.folder / "plan/one/summary.json").write_text("{}", encoding="utf-8")
    assert of(shelf, "plan/one").state == "changed" and not of(shelf, "plan/one").facts.verdicts


def test_a_name_a_note_and_a_pin_are_no_edit_and_survive_a_lost_index(shelf):
    before = tree(shelf.folder / "plan/one")
    shelf.mark("plan/one", "予算 要求", "ask\u3000Nakamura\nagain", pinned=True)
    assert tree(shelf.folder / "plan/one") == before
    with Folder(shelf.folder / "plan/one", option="") as folder:
        folder.reopen("run")
    (shelf.folder / ".cardflow/shelf.sqlite").unlink(missing_ok=True)
    first = shelf.entries()[0]
    assert (first.name, first.note, first.pinned) == ("予算 要求", "ask Nakamura again", True)
    shelf.mark("plan/one", name="", pinned=False)
    assert (of(shelf, "plan/one").name, of(shelf, "plan/one").note) == ("", "ask Nakamura again")


def test_a_note_on_the_answer_to_one_question_is_none_on_another_in_the_same_folder(shelf):
    shelf.mark("plan/one", note="about 1")
    put(shelf.folder / "plan/one", 7)
    assert of(shelf, "plan/one").note == ""


@pytest.mark.parametrize("text", ["x" * 1001, "bell\a", "half \ud800"])
def test_a_name_that_is_too_long_or_cannot_be_shown_is_refused(shelf, text):
    with pytest.raises(UserError, match="--name"):
        shelf.mark("plan/one", name=text)


def rows(shelf):
    with sqlite3.connect(shelf.folder / ".cardflow/shelf.sqlite") as base:
        return base.execute("SELECT path, entry FROM kept").fetchall()


def damage(shelf, how):
    file = shelf.folder / ".cardflow/shelf.sqlite"
    if how in ("gone", "a folder"):
        file.unlink()
    if how == "a folder":
        file.mkdir()
    elif how == "rubbish":
        file.write_bytes(b"no database at all" * 500)
    elif how == "cut off":
        file.write_bytes(file.read_bytes()[:5000])
    elif how != "gone":
        changes = {
            "another version": "UPDATE kept SET format = '0', entry = '{}'",
            "no table": "DROP TABLE kept",
            "no entries": "UPDATE kept SET entry = '{\"path\": 3}'",
            "no text": "UPDATE kept SET entry = x'00ff'",
        }
        with sqlite3.connect(file) as base:
            base.execute(changes[how])


@pytest.mark.parametrize(
    "how",
    ["gone", "a folder", "rubbish", "cut off", "another version", "no table", "no entries", "no text"],
)
def test_whatever_happens_to_the_index_the_list_is_the_same(shelf, how):
    shelf.mark("plan/two", "kept", "every word", True)
    before = shelf.entries()
    assert len(rows(shelf)) == 2
    damage(shelf, how)
    assert shelf.entries() == before == shelf.entries()
    if how != "a folder":
        assert len(rows(shelf)) == 2


def test_what_is_kept_is_not_read_again_and_what_changed_is(shelf, monkeypatch):
    before = shelf.entries()
    monkeypatch.setattr("scenarios.shelf.shelf.entry", lambda *_: pytest.fail("read again"))
    assert shelf.entries() == before
    monkeypatch.undo()
    put(shelf.folder / "plan/three", 3)
    shutil.rmtree(shelf.folder / "plan/two")
    assert paths(shelf) == {"plan/one", "plan/three"}
    assert {path for path, _ in rows(shelf)} == {"plan/one", "plan/three"}


def test_what_was_thrown_away_comes_back_as_it_was_the_last_first(shelf):
    shelf.mark("plan/one", note="stays")
    before, trees = shelf.entries(), tree(shelf.folder / "plan", ours=True)
    for path in ("plan/one", "plan/two"):
        assert shelf.discard(path).is_dir()
    assert shelf.entries() == [] and shelf.last_discarded == "plan/two"
    assert shelf.restore() == shelf.folder / "plan/two" and shelf.last_discarded == "plan/one"
    shelf.restore()
    assert shelf.entries() == before and tree(shelf.folder / "plan", ours=True) == trees
    with pytest.raises(UserError, match="nothing that was thrown away"):
        shelf.restore()


def test_what_is_at_work_or_not_ours_is_not_thrown_away(shelf):
    with Folder(shelf.folder / "plan/one", option="") as folder:
        folder.reopen("run")
        with pytest.raises(UserError, match="another cardflow command is at work"):
            shelf.discard("plan/one")
    (shelf.folder / "plan/two/own.xlsx").write_bytes(b"mine")
    with pytest.raises(UserError, match=r"own\.xlsx"):
        shelf.discard("plan/two")
    assert paths(shelf) == {"plan/one", "plan/two"}


def test_nothing_that_stands_in_its_place_by_now_is_overwritten(shelf):
    shelf.discard("plan/one")
    put(shelf.folder / "plan/one", 5)
    with pytest.raises(UserError, match="is there again"):
        shelf.restore()
    assert of(shelf, "plan/one").question


def test_no_link_is_followed(shelf, tmp_path):
    outside = put(tmp_path / "outside/secret", 9)
    (shelf.folder / "link").symlink_to(outside)
    (shelf.folder / "up").symlink_to(tmp_path)
    assert paths(shelf) == {"plan/one", "plan/two"}
    for named in (shelf.folder / "link", shelf.folder / "../outside/secret", outside, shelf.folder / "plan", Path("x")):
        with pytest.raises(UserError, match="is no answer below"):
            shelf.path_of(named)
    shelf.discard("plan/one")
    shutil.rmtree(shelf.folder / "plan")
    (shelf.folder / "plan").symlink_to(tmp_path / "outside")
    with pytest.raises(UserError, match="by way of a link"):
        shelf.restore()


def test_a_home_that_is_a_link_is_neither_written_nor_moved_into(shelf, tmp_path):
    shutil.rmtree(shelf.folder / ".cardflow", ignore_errors=True)
    (tmp_path / "elsewhere").mkdir()
    (shelf.folder / ".cardflow").symlink_to(tmp_path / "elsewhere")
    assert paths(shelf) == {"plan/one", "plan/two"}
    with pytest.raises(UserError, match="is a link"):
        shelf.discard("plan/one")
    assert not list((tmp_path / "elsewhere").iterdir())


HOSTILE = "\x1b[31mred\u202eevil\n" + "x" * 5000


def test_hostile_titles_are_one_line_of_text(shelf):
    put(
        shelf.folder / "bad",
        4,
        title=HOSTILE,
        scenario=HOSTILE,
        changes=[{"path": "a\x1b", "base": HOSTILE, "value": 1}],
    )
    text = lines(shelf)
    assert all(line.isprintable() or "\u3000" in line for line in text) and max(map(len, text)) < 1200
    assert "?[31mred?evil xxx" in "\n".join(text)


def test_what_has_a_list_that_is_none_is_damaged_and_labels_of_others_are_passed_over(shelf):
    for number, content in enumerate([b"", b"[]", b"{" * 100_000, b'{"format": 1}', b"\xff" * 9]):
        home = shelf.folder / f"odd{number}/.cardflow"
        home.mkdir(parents=True)
        (home / "contents.json").write_bytes(content)
        (shelf.folder / "plan/one/.cardflow/label.json").write_bytes(content)
        assert of(shelf, "plan/one").note == ""
    assert paths(shelf) == {"plan/one", "plan/two", *(f"odd{number}" for number in range(5))}
    assert of(shelf, "odd3").state == "changed"
    for cat, told in ((EN, "odd3   unknown [damaged or edited]"), (JA, "odd3")):
        assert [line for line in lines(shelf, cat) if told in line]
    assert "  runs/odd3" in lines(shelf)


def test_an_answer_whose_record_is_none_is_told_to_be_damaged(shelf):
    with RunFolder(shelf.folder / "odd") as folder:
        taken(folder, 8)
        with folder.answer() as draft:
            draft.write_text("run.json", "[" * 50_000)
    assert of(shelf, "odd").state == "changed"


def test_words_are_found_in_both_languages_and_in_notes(shelf):
    shelf.mark("plan/one", note="Ｂｕｄｇｅｔ 2027")
    all_ = shelf.entries()
    for word in ("budget", "BUDGET 2027", "試算 budget", "cards_per_day", "plan/one"):
        assert [entry.path for entry in shown.matching(all_, word)] == ["plan/one"], word
    assert not shown.matching(all_, "nowhere") and not shown.matching(all_, kind="size")
    assert len(shown.matching(all_, kind="run")) == 2


def test_the_folder_of_the_shelf_may_be_an_answer_itself(tmp_path):
    top = Shelf(put(tmp_path / "own"), facts)
    put(tmp_path / "own/inner", 2)
    assert paths(top) == {".", "inner"} == paths(top)
    with pytest.raises(UserError, match="folder of the shelf itself"):
        top.discard(".")


def test_the_deepest_folders_are_left_alone(tmp_path):
    put(tmp_path / "/".join("abcdefghij"))
    assert not list(found.answers(tmp_path))
