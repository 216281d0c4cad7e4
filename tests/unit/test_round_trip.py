"""What a run writes runs again, with the same parameters, title and reason."""

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios.errors import UserError
from scenarios.files.changes import changes
from scenarios.files.find import LIBRARY, library
from scenarios.files.load import load
from scenarios.files.rules import is_a_part
from scenarios.files.scenario_file import complete_file
from scenarios.limits import unshowable

FILES = {name: tomllib.loads(path.read_text("utf-8")) for name, path in library().items()}
PARTS = [name for name, data in FILES.items() if data.keys().isdisjoint(("extends", "start"))]
WHOLE = [name for name in library() if name not in PARTS]


def again(scenario, folder):
    """What was written, read again."""
    path = folder / "再び.toml"
    path.write_text(complete_file(scenario), encoding="utf-8", newline="\n")
    return load(str(path))


def assert_same(scenario, folder):
    read = again(scenario, folder)
    assert read.parameters == scenario.parameters
    assert (read.title, read.why) == (scenario.title, scenario.why)
    assert complete_file(read) == complete_file(scenario)


@pytest.mark.parametrize("name", WHOLE)
def test_every_scenario_of_the_library(name, tmp_path):
    assert_same(load(name, LIBRARY), tmp_path)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("whole", ["plan-period", "renewal-wave"])
def test_every_part_joined_to_a_scenario(whole, part, tmp_path):
    assert_same(load(f"{whole}+{part}", LIBRARY), tmp_path)


@pytest.mark.parametrize("first", [0, 1, 2])
def test_many_parts_together(first, tmp_path):
    """Every third one: titles of all of them would be longer than a title may be."""
    assert_same(load("+".join(["plan-period", *PARTS[first::3]]), LIBRARY), tmp_path)


QUANTITY = st.one_of(
    st.floats(0, 1, allow_nan=False),
    st.sampled_from([0, 1, 0.1 + 0.2, 1e-9, 5e-324, 1e-300, -0.0]),
    st.tuples(st.floats(0, 0.3), st.floats(0.3, 0.6), st.floats(0.6, 1)).map(
        lambda three: dict(zip(("low", "value", "high"), three, strict=True))
    ),
    st.lists(st.floats(0, 1), min_size=1, max_size=3).map(
        lambda values: [{"from": f"20{26 + n}-04-01", "value": value} for n, value in enumerate(values)]
    ),
)
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn")).filter(lambda c: unshowable(c) is None), max_size=40
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=TEXT,
    why=TEXT,
    share=QUANTITY,
    load_=QUANTITY,
    types=st.lists(TEXT.filter(bool), min_size=9, max_size=9, unique=True),
)
def test_any_text_and_any_quantity(title, why, share, load_, types, tmp_path):
    values = {"contact.resident.shrinkage": share, "demand.load": load_, "plant.opening_hour": 7.1}
    names = load("plan-period", LIBRARY).parameters.contact.resident.call_types
    if len(types) >= len(names):
        values["contact.resident.call_types"] = types[: len(names)]
    scenario = load("plan-period", LIBRARY).with_values(values)
    path = Path(tmp_path) / "x.toml"
    text = complete_file(scenario).split("\n", 2)[2]
    path.write_text(f"title = {quoted(title)}\nwhy = {quoted(why)}\n{text}", encoding="utf-8", newline="\n")
    assert_same(load(str(path)), tmp_path)


def quoted(text):
    return '"' + "".join(f"\\U{ord(letter):08X}" for letter in text) + '"'


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_no_base_of_a_complete_file(part, tmp_path):
    text = complete_file(load("plan-period", LIBRARY))
    (tmp_path / "full.toml").write_text(f'extends = "{part}"\n{text}', encoding="utf-8", newline="\n")
    with pytest.raises(UserError, match=rf"line 1   extends = '{part}': has no start and end: it is a part"):
        load("full", tmp_path)


def test_a_part_is_no_base_of_a_base(tmp_path):
    (tmp_path / "part.toml").write_text("[plant]\nlines = 9\n")
    (tmp_path / "low.toml").write_text(f'extends = "part"\n{complete_file(load("surge", LIBRARY))}', encoding="utf-8")
    (tmp_path / "top.toml").write_text('\nextends = "low"\n')
    with pytest.raises(UserError, match=r"low\.toml: 1 error, nothing was run\n  line 1 "):
        load("top", tmp_path)


def test_whatever_loads_can_say_what_it_changes(tmp_path):
    (tmp_path / "full.toml").write_text(complete_file(load("plan-period+overtime", LIBRARY)), encoding="utf-8")
    assert changes(load("full", tmp_path)) == []
    (tmp_path / "x.toml").write_text('extends = "surge"\n[plant]\nlines = 9\n')
    assert [change["path"] for change in changes(load("x", tmp_path))] == ["plant.lines"]


def test_titles_of_many_are_held_to_the_limit_together(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.toml").write_text(f'extends = "surge"\ntitle = "{name * 600}"\n')
    load("a", tmp_path)
    with pytest.raises(UserError, match="title   has 1203 letters: at most 1000"):
        load("a+b", tmp_path)


def test_a_part_alone_names_itself():
    assert "renewal-wave+x" in is_a_part("x")


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be there")
@pytest.mark.parametrize("name", ["a\x07b", "a\nb", "a\tb", "\udcff", "a\ufffe", "計画 👩‍👧", "[b]"])
def test_a_file_of_any_name_gives_a_title_that_can_be_shown(name, tmp_path):
    (tmp_path / f"{name}.toml").write_text('extends = "surge"\n', encoding="utf-8")
    scenario = load(f"{name}.toml", tmp_path)
    assert unshowable(scenario.name) is None and "\n" not in scenario.name
    assert scenario.title == scenario.name
    assert_same(scenario, tmp_path)
