"""What parts declare is all that the journal, the tables and reruns know of them."""

from datetime import date

import numpy as np
import pytest

from scenarios.files.changes import flat
from scenarios.files.load import load
from scenarios.run.tables import axis_tables, daily_table
from sim.declared import Axis, Balance, Fact, Part
from sim.journal import ConservationError, Journal, UndeclaredFactError
from sim.parts import DECLARED, FACTS, PARTS, composed
from sim.reach import read_by
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result

SIZES = Axis("size_class", ("small", "large"))
PART = Part(
    "booths",
    facts=(
        Fact("booked", "persons", "who booked"),
        Fact("served", "persons", "who were served", axis=SIZES),
        Fact("booths_waiting", "persons", "who wait at midnight", stock=True),
    ),
    balances=(Balance("booths", ("booked",), ("served", "booths_waiting")),),
)
BOOTHS = composed([PART])


def worked(days: int = 3) -> Journal:
    """Ten book on the first day; two and one are served, by size, on each."""
    journal = Journal(days, BOOTHS)
    journal.post("booked", 0, 10)
    for day in range(days):
        journal.post_along("served", slice(day, day + 1), np.array([[2, 1]]))
        journal.post("booths_waiting", day, 10 - 3 * (day + 1))
    return journal


def test_a_fact_that_no_part_declares_cannot_be_posted_or_read() -> None:
    journal = Journal(3)
    with pytest.raises(UndeclaredFactError, match="no part declares the fact cards_dropped"):
        journal.post("cards_dropped", 0, 1)
    with pytest.raises(UndeclaredFactError, match="cards_dropped"):
        journal.post_days("cards_dropped", slice(None), np.ones(3, np.int64))
    with pytest.raises(UndeclaredFactError, match="applications"):
        journal.post_along("applications", slice(None), np.ones((3, 2), np.int64))
    with pytest.raises(UndeclaredFactError, match="cards_dropped"):
        journal["cards_dropped"]


def test_balances_hold_for_flows_added_up_and_stocks_as_they_stand() -> None:
    assert worked().close(parts=[PART])["booths_waiting"].tolist() == [7, 4, 1]
    journal = worked()
    journal.post("booths_waiting", 1, 5)
    with pytest.raises(ConservationError, match="booths: 10 in, 15 accounted for on day 1"):
        journal.close(parts=[PART])
    assert journal.close({"booths"}, parts=[PART])


def test_a_fact_with_an_axis_has_its_total_by_day_and_must_add_up_to_it() -> None:
    journal = worked()
    assert journal["served"].tolist() == [3, 3, 3]
    assert journal.along["served"].tolist() == [[2, 1]] * 3
    journal.post("booked", 0, 1)
    journal.post("served", 0, 1)
    with pytest.raises(ConservationError, match="served by size_class: 4 in, 3 accounted for on day 0"):
        journal.close(parts=[PART])


def test_an_axis_has_a_table_of_its_own() -> None:
    parameters = load("baseline-fy2025").with_values({"end": date(2025, 4, 3)}).parameters
    journal = worked()
    nothing = [np.zeros((0, len(names)), np.int64) for names in (LEAD_TIME_COLUMNS, LEDGER_COLUMNS)]
    results = [Result(journal.close(parts=[PART]), *nothing, journal.along)] * 2
    daily = daily_table(results, parameters, BOOTHS)
    assert daily.column_names == ["date", "replication", *BOOTHS]
    assert daily["served"].to_pylist() == [3] * 6
    assert axis_tables(results, parameters) == {}
    (name, table), *others = axis_tables(results, parameters, BOOTHS).items()
    assert (name, others) == ("daily_by_size_class", [])
    assert table.column_names == ["date", "replication", "size_class", "served"]
    assert table.field("served").metadata == {b"unit": b"persons", b"meaning": b"who were served"}
    rows = table.to_pylist()
    assert rows[3] == {"date": date(2025, 4, 2), "replication": 1, "size_class": "large", "served": 1}
    assert [row["replication"] for row in rows] == [1] * 6 + [2] * 6


def test_names_are_declared_once() -> None:
    assert len(FACTS) == sum(len(part.facts) for part in DECLARED)
    with pytest.raises(ValueError, match="booked, booths_waiting, served: declared twice"):
        composed([PART, PART])


def test_declarations_name_facts_that_somebody_posts() -> None:
    for part in DECLARED:
        named = [*part.reads, *(name for row in part.balances for name in (*row.come_in, *row.accounted_for))]
        assert not set(named) - set(FACTS)
        assert not {*part.reads} & {fact.name for fact in part.facts}


def test_some_part_reads_every_parameter_or_none_does_before_the_end() -> None:
    paths = list(flat(load("plan-period").parameters))
    assert {part for path in paths for part in read_by(path)} == set(PARTS)
    with pytest.raises(LookupError, match=r"no part declares that it reads booths\.number"):
        read_by("booths.number")
