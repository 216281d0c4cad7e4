"""The tables of systems in the report of a run: declared in one place, shown only where the run has any of it."""

from dataclasses import replace

import pytest
from test_reports_folder import make

from reports import catalogue, values
from reports.document import Number, Ranged
from reports.run import by_year
from reports.run.charts import CHAPTERS
from reports.run.told_systems import TOLD, blocks
from reports.run_data import RunData, read
from sim.parts import FACTS

CHAPTERS_OF_SYSTEMS = tuple(dict.fromkeys(system.chapter for system in TOLD))


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> RunData:
    return read(make(tmp_path_factory.mktemp("told") / "run"))


def shown(data: RunData) -> set[str]:
    """Tabs of the systems that a report has a table of."""
    cat = catalogue.load("en")
    return {values.text(cat, block.tab) for chapter in CHAPTERS_OF_SYSTEMS for block in blocks(data, chapter)}


def happened(data: RunData, **facts: float) -> RunData:
    """A run in which nothing happened but these, the same every month and replication."""
    nothing = data.flows * 0
    return replace(data, flows=nothing.assign(**facts), stocks=data.stocks * 0)


def test_every_system_has_a_chapter_known_facts_and_its_texts_in_both_languages() -> None:
    assert len({system.name for system in TOLD}) == len(TOLD)
    for system in TOLD:
        assert system.chapter in CHAPTERS and set(system.facts) <= set(FACTS)
        for lang in ("en", "ja"):
            cat = catalogue.load(lang)
            keys = [f"{system.name}.{text}" for text in ("heading", "tab", "note")]
            keys += [f"{system.name}.column.{column.name}" for column in system.columns]
            assert all(cat.text(key, year="FY2025") for key in keys), (system.name, lang)


def test_each_is_shown_alone_where_it_alone_happened_and_nothing_where_nothing_did(data: RunData) -> None:
    assert not shown(happened(data))
    for system in TOLD:
        alone = happened(data, **{system.facts[0]: 7.0})
        told = [block for chapter in CHAPTERS_OF_SYSTEMS for block in blocks(alone, chapter)]
        assert len(told) == 1 and told[0].folded, system.name
        assert not shown(replace(alone, flows=alone.flows.drop(columns=[*system.facts]))), system.name


def test_a_scenario_that_states_disruptions_has_their_table_though_no_stop_was_planned(data: RunData) -> None:
    calm = happened(data)
    struck = replace(calm, scenario={**data.scenario, "disruptions": {"events": [{"hits": "plant"}]}})
    assert not list(blocks(calm, "systems")) and len(list(blocks(struck, "systems"))) == 1


def test_a_quarter_of_locked_pins_reset_at_stores_by_hand(data: RunData) -> None:
    month = {"pins_locked_signing": 60.0, "pins_locked_user": 40.0, "pin_resets_store_signing": 25.0}
    (pins,) = (block for block in blocks(happened(data, **month), "services"))
    months = len(data.months) // len(pins.table.rows)
    for row in pins.table.rows:
        assert row[1] == Number(100.0 * months, "count") and row[2] == Number(25.0 * months, "count")
        assert row[3] == Number(0.25, "probability", 1)


def test_replications_that_differ_have_an_interval(data: RunData) -> None:
    each = data.flows.index.get_level_values("replication").to_numpy(dtype=float)
    (notices,) = blocks(happened(data, notices_due=each), "services")
    cell = notices.table.rows[0][1]
    assert isinstance(cell, Ranged) and cell.low.amount < cell.value.amount < cell.high.amount


def test_a_new_system_costs_a_row(data: RunData) -> None:
    def of_year(data: RunData, year: int):
        return TOLD[0].columns[0].of_year(data, year) + 1

    row = by_year.System("pin_resets", "wave", ("cards_expiring",), (by_year.Column("locked", "count", of_year),))
    (block,) = by_year.blocks(happened(data, cards_expiring=1.0), "wave", (row,))
    assert block.table.rows[0][1] == Number(1.0, "count")
