"""The commands about scenario files and the wave: scenarios, check, new, schema, wave, help."""

import json
import re
import tomllib
from datetime import date

import pytest
from installed import SHORT
from jsonschema import Draft202012Validator

import cardflow as api
from scenarios.files.find import LIBRARY, library
from scenarios.files.load import load
from scenarios.files.scenario_file import complete_file
from sim import __version__
from sim.parameters import SECTIONS


def test_the_list_says_what_its_mark_means_by_a_command_that_works(inside, tmp_path):
    parts = [
        entry["name"]
        for entry in json.loads(inside("scenarios", "--json", cwd=tmp_path).stdout)
        if entry["kind"] == "part"
    ]
    for lang, words in (("en", "+ marks a part"), ("ja", "+ の付いたものは部品です")):
        *lines, last = inside("scenarios", "--lang", lang, cwd=tmp_path).stdout.splitlines()
        assert [line.split()[0] for line in lines if line.startswith("+")] == [f"+{name}" for name in parts] != []
        assert last.startswith(words) and load(last.rpartition("cardflow run ")[2]).parameters


def test_scenarios_lists_the_library_a_line_each(cardflow, tmp_path):
    *lines, _ = cardflow("scenarios", cwd=tmp_path).stdout.splitlines()
    assert len(lines) == len(library())
    for line, path in zip(lines, library().values(), strict=True):
        title = tomllib.loads(path.read_text(encoding="utf-8"))["title"]
        assert line.split()[0].lstrip("+") == path.stem and line.endswith(f" {title}")
    entries = json.loads(cardflow("scenarios", "--json", cwd=tmp_path).stdout)
    assert [entry["name"] for entry in entries] == list(library())
    parts = {entry["name"] for entry in entries if entry["kind"] == "part"}
    assert {"plant-outage", "late-next-card"} <= parts
    assert {line.split()[0][1:] for line in lines if line.startswith("+")} == parts


def test_check_prints_what_differs(cardflow, tmp_path):
    (tmp_path / "short.toml").write_text(SHORT + "[plant]\nlines = 9\n", encoding="utf-8")
    said = cardflow("check", "short.toml", cwd=tmp_path).stdout.splitlines()
    assert "valid" in said[0] and "baseline-fy2025" in said[0]
    assert [line.split() for line in said[1:]] == [
        ["end", "2026-03-31", "->", "2025-06-30"],
        ["plant.lines", "8", "->", "9"],
    ]
    joined = cardflow("check", "short+late-next-card", "--set", "plant.lines=8", cwd=tmp_path).stdout
    assert "next_card.start   2028-04-01 -> 2029-03-31" in joined and "plant.lines" not in joined


@pytest.mark.parametrize("name", library())
def test_check_compares_a_library_scenario_with_what_it_extends(name, inside, tmp_path):
    data = tomllib.loads(library()[name].read_text(encoding="utf-8"))
    (tmp_path / "plan-period.toml").write_text("not for us", encoding="utf-8")
    if "start" not in data and "extends" not in data:
        assert "it is a part" in inside("check", name, cwd=tmp_path, code=2).stderr
    elif name != "plan-period":
        said = inside("check", name, cwd=tmp_path).stdout
        assert said.startswith(f"{name}: valid")
        assert ("every value is its own" in said) if "extends" not in data else (data["extends"] in said)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_new_writes_a_commented_file_that_runs(lang, cardflow, tmp_path):
    values = ("--set", "plant.cards_per_day=200000", "--set", "end=2030-03-31", "--set", "renewal.days_late.value=50")
    done = cardflow("new", "私の計画", "--from", "renewal-wave", *values, "--lang", lang, cwd=tmp_path)
    assert "私の計画.toml" in done.stdout
    (file,) = tmp_path.iterdir()
    text = file.read_text(encoding="utf-8")
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert len(comments) > 10
    assert any(re.search("[ぁ-ん]", line) for line in comments) == (lang == "ja")
    assert "_" not in "".join(re.findall(r"\{[a-z]+\}", text))
    assert "plant.cards_per_day   160000 -> 200000" in cardflow("check", file.name, cwd=tmp_path).stdout
    scenario = load(str(file))
    expected = load("renewal-wave").with_values(
        {
            "plant.cards_per_day": 200000,
            "end": date(2030, 3, 31),
            "renewal.days_late": {"value": 50, "low": 40, "high": 90},
        }
    )
    assert scenario.parameters == expected.parameters
    assert scenario.title == "私の計画" and scenario.extends == "renewal-wave"
    uncommented = "\n".join(re.sub(r"^# (?=[a-z_]+ = |\[)", "", line) for line in text.splitlines())
    assert Draft202012Validator(api_schema(cardflow, tmp_path)).is_valid(plain(tomllib.loads(uncommented)))


def api_schema(cardflow, cwd):
    return json.loads(cardflow("schema", cwd=cwd).stdout)


def plain(data):
    """As an editor sees TOML: dates are text."""
    return json.loads(json.dumps(data, default=str))


@pytest.fixture(scope="module")
def validator(cardflow, tmp_path_factory):
    schema = api_schema(cardflow, tmp_path_factory.mktemp("schema"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_schema_describes_every_field(validator):
    properties = validator.schema["properties"]
    assert set(properties) == {"title", "why", "extends", "start", "end", *SECTIONS}
    plant = validator.schema["$defs"]["Plant"]["properties"]["cards_per_day"]
    assert plant["description"] and plant["unit"] == "cards/day"
    assert not any("required" in validator.schema["$defs"][name] for name in ("Plant", "Demand", "Targets"))


@pytest.mark.parametrize("name", library())
def test_schema_accepts_the_library(validator, name):
    data = tomllib.loads(library()[name].read_text(encoding="utf-8"))
    assert [error.message for error in validator.iter_errors(plain(data))] == []


@pytest.mark.parametrize("name", [name for name in library() if "extends" in library()[name].read_text("utf-8")])
def test_schema_accepts_resolved_files(validator, name):
    data = tomllib.loads(complete_file(load(name, LIBRARY)))
    assert [error.message for error in validator.iter_errors(plain(data))] == []


@pytest.mark.parametrize(
    "data",
    [
        {"plant": {"cards": 5}},
        {"plants": {}},
        {"plant": {"cards_per_day": "many"}},
        {"plant": {"cards_per_day": {"low": 4}}},
        {"plant": {"stops": [{"from": "2026-04-01"}]}},
        {"plant": {"closures": [{"from": "December", "to": "01-03"}]}},
        {"plant": {"closures": [{"from": "W05-3", "to": "01-03"}]}},
        {"plant": {"closures": [{"from": "29-12", "to": "01-03"}]}},
        {"plant": {"closures": [{"from": [29, 12], "to": "01-03"}]}},
        {"plant": {"closures": [{"from": [0, 0], "to": "01-03"}]}},
        {"title": 5},
    ],
    ids=str,
)
def test_schema_refuses_what_is_wrong(validator, data):
    assert not validator.is_valid(data)


def test_wave_counts_persons_by_fiscal_year(cardflow, tmp_path):
    (tmp_path / "renewal-wave.toml").write_text("not for us", encoding="utf-8")
    table = json.loads(cardflow("wave", "--json", cwd=tmp_path).stdout)
    keys = ["fiscal_year", "cards_expiring", "certificates_expiring", "notices_due"]
    assert [list(row) for row in table] == [keys] * 12
    assert [row["fiscal_year"] for row in table] == list(range(2024, 2036))
    assert all(type(value) is int and value >= 0 for row in table for value in row.values())
    two = json.loads(cardflow("wave", "--from", 2025, "--to", 2026, "--json", cwd=tmp_path).stdout)
    assert two == table[1:3]
    assert api.wave(2025, 2026).to_dict("records") == two


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_wave_in_words_has_a_line_a_year(inside, tmp_path, lang):
    said = inside("wave", "--to", "2026", "--lang", lang, cwd=tmp_path).stdout
    assert all(year in said for year in ("2024", "2025", "2026")) and "2027" not in said


def test_version_and_help(cardflow, tmp_path):
    assert cardflow("--version", cwd=tmp_path).stdout == f"cardflow {__version__}\n"
    assert api.__version__ == __version__
    text = cardflow("--help", cwd=tmp_path).stdout
    assert all(name in text for name in ("run", "report", "scenarios", "check", "new", "schema", "wave"))
    options = cardflow("run", "--help", cwd=tmp_path).stdout
    for option in (
        "replications", "seed", "workers", "out", "lang", "chance-only", "no-margin", "set", "json",
    ):  # fmt: skip
        assert f"--{option}" in options
