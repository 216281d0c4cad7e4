"""The documents say what the files hold and what the model does."""

import re
from dataclasses import fields
from pathlib import Path

import numpy as np
from columns_of_docs import columns, with_columns

from reports.levers import levers
from scenarios.files.load import load
from scenarios.run.statistic import Row
from sim.couplings import COUPLINGS
from sim.facts import CAUSES, SYSTEMS
from sim.parts import FACTS
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result
from sim.targets import statistics

DOCS = Path(__file__).parents[2] / "docs"
FORMATS = (DOCS / "formats.md").read_text(encoding="utf-8")
MODEL = (DOCS / "model.md").read_text(encoding="utf-8")


def test_every_column_of_daily_parquet_stands_with_unit_and_meaning() -> None:
    assert columns() in FORMATS
    assert with_columns(FORMATS) == FORMATS


def test_every_field_of_a_target_row_and_every_cause_is_explained() -> None:
    for name in (*(field.name for field in fields(Row)), *CAUSES, *SYSTEMS):
        assert f"`{name}`" in FORMATS, name


def test_targets_and_their_statistics_are_explained() -> None:
    parameters = load("baseline-fy2025").parameters
    days = (parameters.end - parameters.start).days + 1
    nothing = Result(
        facts={name: np.zeros(days, dtype=np.int64) for name in FACTS},
        lead_times=np.zeros((0, len(LEAD_TIME_COLUMNS)), dtype=np.int64),
        ledger=np.zeros((0, len(LEDGER_COLUMNS)), dtype=np.int64),
    )
    said = statistics(nothing, parameters)
    names = {row.target for row in said} | {row.name.removesuffix("_excl_closure") for row in said}
    assert not [name for name in names if f"`{name}`" not in FORMATS]


def test_every_coupling_stands_in_the_picture_of_who_affects_whom() -> None:
    lines = [line for line in MODEL.splitlines() if line.startswith("| `")]
    for coupling in COUPLINGS:
        words = [f"`{word}`" for word in (coupling.cause, coupling.effect, coupling.rate, coupling.lag) if word]
        assert any(all(word in line for word in words) for line in lines), coupling.effect
    assert len(lines) == len({coupling.effect for coupling in COUPLINGS})


def test_the_example_of_a_scenario_file_is_accepted(tmp_path: Path) -> None:
    examples = re.findall(r"```toml\n(.*?)```", FORMATS, flags=re.DOTALL)
    assert examples
    head = 'title = "Example"\nwhy = "From the document."\nextends = "baseline-fy2025"\n'
    for number, example in enumerate(examples):
        path = tmp_path / f"example-{number}.toml"
        path.write_text(head + example, encoding="utf-8")
        assert load(str(path)).parameters.systems.events


def test_every_key_of_a_lever_is_explained() -> None:
    (lever, *_) = levers(load("baseline-fy2025"), "en")
    section = FORMATS.partition("## What can be changed")[2].partition("\n## ")[0]
    assert not [key for key in lever.as_json() if f"`{key}`" not in section]
