"""The format document says what the files hold."""

from dataclasses import fields
from pathlib import Path

from scenarios.row import Row
from sim.facts import CAUSES, FACTS

FORMATS = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def test_every_column_of_daily_parquet_stands_with_unit_and_meaning() -> None:
    for fact in FACTS.values():
        assert f"| `{fact.name}` | {fact.unit} | {fact.meaning}" in FORMATS


def test_every_field_of_a_target_row_and_every_cause_is_explained() -> None:
    for name in (*(field.name for field in fields(Row)), *CAUSES):
        assert f"`{name}`" in FORMATS, name
