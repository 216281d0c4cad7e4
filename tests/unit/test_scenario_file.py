"""Writing scenario files, reading what people wrote, and their JSON Schema."""

import tomllib
from datetime import date

import pytest

from scenarios.files.find import LIBRARY, library
from scenarios.files.load import load
from scenarios.files.scenario_file import commented_file, complete_file, written
from scenarios.files.toml_file import read_toml
from scenarios.files.toml_keys import KeyLines

TEXTS = {"head": "H1\nH2", "extends": "E", "dates": "D", "changes": "C", "examples": "X", "plant.lines": "L (lines)"}
SCENARIOS = [name for name in library() if "\nstart = 20" in library()[name].read_text("utf-8").partition("[")[0]]


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_complete_file_reads_back_to_the_same_scenario(name, tmp_path):
    scenario = load(name, LIBRARY)
    path = tmp_path / "計画.toml"
    path.write_text(complete_file(scenario), encoding="utf-8")
    again = load(str(path))
    assert again.parameters == scenario.parameters
    assert (again.title, again.why, again.base, again.extends) == (scenario.title, scenario.why, None, None)
    assert complete_file(again) == complete_file(scenario)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (200000.0, "200000"),
        (0.1, "0.1"),
        (1e300, "1e+300"),
        (True, "true"),
        (date(2026, 4, 1), "2026-04-01"),
        ('a "b" \\ 行\n', None),
        ((12, 29), "[12, 29]"),
        ([], "[]"),
        ([{"from": date(2026, 4, 1), "value": 5.0}], "[{ from = 2026-04-01, value = 5 }]"),
    ],
)
def test_values_are_written_as_toml(value, text):
    line = written(value)
    assert text is None or line == text
    assert "\n" not in line
    read = tomllib.loads(f"x = {line}")["x"]
    assert read == (list(value) if isinstance(value, tuple) else value)


def test_a_commented_file_changes_what_was_asked_and_shows_the_rest():
    examples = {"start": date(2026, 4, 1), "end": date(2031, 3, 31), "plant.lines": 8, "rules.adult_age": 18}
    values = {"plant.lines": 9, "demand.channels.mail.delay_days": 4, "end": date(2030, 3, 31)}
    text = commented_file("plan-period", '私の "計画"', "why", values, examples, TEXTS)
    assert tomllib.loads(text) == {
        "title": '私の "計画"',
        "why": "why",
        "extends": "plan-period",
        "end": date(2030, 3, 31),
        "plant": {"lines": 9},
        "demand": {"channels": {"mail": {"delay_days": 4}}},
        "rules": {},
    }
    lines = text.splitlines()
    assert lines[:2] == ["# H1", "# H2"]
    assert "# start = 2026-04-01" in lines and "[rules]" in lines and "# adult_age = 18" in lines
    assert lines[lines.index("lines = 9") - 1] == "# L (lines)"


def test_nothing_asked_gives_a_file_of_remarks():
    text = commented_file("plan-period", "t", "w", {}, {"start": 1, "end": 2, "plant.lines": 8}, TEXTS)
    assert tomllib.loads(text) == {"title": "t", "why": "w", "extends": "plan-period", "plant": {}}


def test_lines_of_keys():
    text = 'title = "x"\n\n[plant]\nlines = 3\n"lot_size" = 4\n[[plant.stops]]\nfrom = 2026-04-01\n[[plant.stops]]\n'
    assert KeyLines(text).lines == {
        "title": 1,
        "plant": 3,
        "plant.lines": 4,
        "plant.lot_size": 5,
        "plant.stops": 6,
        "plant.stops.0": 6,
        "plant.stops.0.from": 7,
        "plant.stops.1": 8,
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_reading_takes_any_line_end_and_byte_order_mark(tmp_path, encoding, end):
    path = tmp_path / "x.toml"
    path.write_bytes(f'title = "題"{end}{end}[plant]{end}lines = 3{end}'.encode(encoding))
    assert read_toml(path) == ({"title": "題", "plant": {"lines": 3}}, {"title": 1, "plant": 3, "plant.lines": 4})
