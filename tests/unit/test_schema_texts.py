"""The JSON Schema in the language of the user."""

import re

from cardflow.cli import app
from reports.schema_texts import in_language
from scenarios.files.schema import scenario_schema

JAPANESE = re.compile("[぀-ヿ一-鿿]")
SCHEMA = scenario_schema()
JA = in_language(SCHEMA, "ja")


def fields(schema):
    """Every field with a description, by table and name."""
    tables = {"": schema, **schema["$defs"]}
    return {
        (table, name): field["description"]
        for table, own in tables.items()
        for name, field in own.get("properties", {}).items()
        if "description" in field
    }


def undescribed(schema):
    if isinstance(schema, dict):
        return {key: undescribed(value) for key, value in schema.items() if not isinstance(value, str)}
    return [undescribed(value) for value in schema] if isinstance(schema, list) else schema


def test_the_schema_in_japanese_differs_in_descriptions_alone():
    assert undescribed(JA) == undescribed(SCHEMA) and in_language(SCHEMA, "en") == SCHEMA
    assert list(fields(JA)) == list(fields(SCHEMA)) and len(fields(JA)) > 100


def test_descriptions_of_parameters_are_japanese():
    assert not [key for key, text in fields(JA).items() if not JAPANESE.search(text)]
    assert fields(JA)["", "start"].startswith("報告する最初の日")


def test_the_command_prints_it(capsys):
    for lang, word in (("ja", "シナリオの題名"), ("en", "what the scenario is called")):
        try:
            app(["schema", "--lang", lang], prog_name="cardflow")
        except SystemExit as ended:
            assert ended.code == 0
        assert word in capsys.readouterr().out
