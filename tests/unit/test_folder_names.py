"""Names of folders that no system trips over, and names that are not alike."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.compare.compare import CompareOptions, compare, question
from scenarios.files.load import load
from scenarios.folder.names import distinct, safe_name
from scenarios.records import as_json
from scenarios.run.options import Options
from scenarios.run.run import question as of_run


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("plan-period+seat-cut", "plan-period+seat-cut"),
        ("更新の波　案1", "更新の波　案1"),
        ("..", "_"),
        (".", "_"),
        ("", "_"),
        ("...", "_"),
        (" .hidden. ", "hidden"),
        ("a/b\\c", "a_b_c"),
        ("../../etc", "_.._etc"),
        ("C:x", "C_x"),
        ("CON", "_CON"),
        ("nul.toml", "_nul.toml"),
        ("com10", "com10"),
        ("a\0b\x1b[31m\u202ec", "a_b__31m_c".replace("__31m", "_[31m")),
        ("\udcff", "_"),
        ("x" * 300, "x" * 100),
        ("計" * 300, "計" * 33),
    ],
)
def test_a_name_becomes_that_of_one_folder(name, safe):
    assert safe_name(name) == safe


@given(st.text(max_size=200))
def test_any_name_is_one_step_down_and_short(name):
    safe = safe_name(name)
    assert Path("runs", safe).parent == Path("runs") and safe not in ("", ".", "..")
    assert len(safe.encode()) <= 101 and not set(safe) & set('<>:"/\\|?*\0') and not safe.endswith((" ", "."))
    assert safe_name(safe) == safe


@given(st.lists(st.sampled_from(["a", "a (2)", "a (3)", "b", "a (2) (2)"]), max_size=9))
def test_no_two_names_are_alike_and_the_first_keeps_its_own(names):
    found = distinct(names)
    assert len(set(found)) == len(found) == len(names)
    assert all(found[names.index(name)] == name for name in names)
    assert all(own.startswith(name) for own, name in zip(found, names, strict=True))


def test_a_file_of_dots_writes_inside_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("...toml").write_text('title = "Dots"\nwhy = "x"\nextends = "baseline-fy2025"\n', encoding="utf-8")
    scenario = load("...toml")
    for folder in (of_run(scenario, Options()).folder, question([scenario, scenario], CompareOptions()).folder):
        assert ".." not in folder.parts and folder.parts[0] == "runs"
        assert (tmp_path / folder).resolve().is_relative_to(tmp_path / "runs")


def test_three_files_of_like_names_are_three_sides(tmp_path, monkeypatch):
    """``a.toml``, ``sub/a.toml`` and ``a (2).toml``: each is shown once, under a name of its own."""
    from store_sample import result

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scenarios.experiment.experiment.replicate", lambda parameters, *_: result(parameters))
    Path("sub").mkdir()
    for number, file in enumerate(("a.toml", "sub/a.toml", "a (2).toml")):
        text = f'title = "{file}"\nwhy = "x"\nextends = "baseline-fy2025"\n[plant]\nlines = {number + 4}\n'
        Path(file).write_text(text, encoding="utf-8")
    chosen = [load(name) for name in ("a.toml", "sub/a.toml", "a (2).toml")]
    found = compare(chosen, tmp_path / "x", CompareOptions(replications=2))
    names = ["a", "a (3)", "a (2)"]
    assert [each.name for each in found.scenarios] == list(found.series) == names
    assert [each.title for each in found.scenarios] == ["a.toml", "sub/a.toml", "a (2).toml"]
    assert [pair.scenario for pair in found.pairs] == names[1:]
    lines = [next(one for one in pair.inputs if one.path == "plant.lines").value for pair in found.pairs]
    assert lines == [5, 6]
    assert {row.scenario for row in found.rows} == set(names[1:])
    assert json.loads((tmp_path / "x" / "comparison.json").read_text(encoding="utf-8")) == as_json(found)
