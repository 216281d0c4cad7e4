"""The operation as a flow: what stages pass to each other, that every coupling is drawn, and that nothing overlaps."""

from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from reports import catalogue, values
from reports.document import Name, Number, Ranged, say
from reports.drawing import Arrow, Box
from reports.drawn_numbers import numbers
from reports.faces.figures import sheet
from reports.run import flow
from reports.run_data import RunData
from sim.couplings import COUPLINGS, Coupling
from sim.declared import Balance, Fact, Part, Stage
from sim.parts import DECLARED, FACTS, STOCKS
from sim.stages import Passage, ends, passages, stages

EN, JA = catalogue.load("en"), catalogue.load("ja")
WHOLE = tuple(f"{2026 + (month > 12)}-{(month - 1) % 12 + 1:02}" for month in range(4, 16))
TOY = Part(
    "booths",
    facts=tuple(Fact(name, "persons", "") for name in ("asked", "booked", "served", "complained")),
    balances=(Balance("booths", ("booked",), ("served",)), Balance("far and wide", ("asked",), ("booked", "served"))),
    stages=(
        Stage("street", ("asked", "booked")),
        Stage("booth", ("served",)),
        Stage("desk", ("complained",), ("asked",)),
    ),
)


def row(cause: str, effect: str) -> Coupling:
    return Coupling(cause=cause, effect=effect, rate="", lag=None, law="share")


def run(months=WHOLE, count=2e6, leave_out=()) -> RunData:
    """A run of two replications in which every fact is ``count`` a month, half as much again in the second."""
    index = pd.MultiIndex.from_product([months, [1, 2]], names=["month", "replication"])
    frame = pd.DataFrame({name: count * np.tile([1.0, 1.5], len(months)) for name in FACTS}, index=index)
    frame = frame.drop(columns=list(leave_out))
    told = SimpleNamespace(version="1", scenario="s", seed=1, replications=2)
    stocks = [name for name in frame if name in STOCKS]
    none = pd.DataFrame()
    return RunData(Path(), {}, told, None, months, frame.drop(columns=stocks), frame[stocks], none, none, none, {})


def marks(kind: type, data: RunData | None = None) -> list:
    return [mark for mark in flow.flow(data or run()).panels[0].marks if isinstance(mark, kind)]


def test_passages_are_what_stages_take_what_their_balances_take_and_couplings():
    found = passages([TOY], [row("served", "complained"), row("booked", "asked")])
    assert found == (
        Passage("street", "desk", ("asked",)),
        Passage("street", "booth", ("booked",)),
        Passage("booth", "desk", ("complained",)),
        Passage("street", "street", ("asked",)),
    )
    # who is served has booked: the passage has one number
    assert passages([TOY], [row("booked", "served")])[1] == Passage("street", "booth", ("booked",))


def test_a_coupling_without_a_stage_and_a_fact_at_two_stages_are_mistakes():
    with pytest.raises(LookupError, match="calls, letters: posted at no stage"):
        passages([TOY], [row("calls", "letters")])
    with pytest.raises(ValueError, match="asked: posted at street and at door"):
        stages([TOY, Part(None, (), stages=(Stage("door", ("asked",)),))])


def test_stages_name_facts_that_somebody_posts():
    declared = [stage for part in DECLARED for stage in part.stages]
    assert not {name for stage in declared for name in (*stage.posts, *stage.takes)} - set(FACTS)
    assert {stage.name for stage in declared} == set(flow.FIELDS)


@pytest.mark.parametrize("own", COUPLINGS, ids=lambda own: f"{own.cause}-{own.effect}")
def test_every_coupling_is_an_arrow_or_told_in_its_box(own):
    start, end = ends(own, stages())
    if start == end:
        box = next(box for box in marks(Box) if box.name == Name("stage", start))
        assert say(f"flow.told.{own.effect}") in [what for what, _ in box.told]
        return
    assert [arrow for arrow in marks(Arrow) if (arrow.start, arrow.end) == (Name("stage", start), Name("stage", end))]
    (passage,) = [found for found in passages() if (found.start, found.end) == (start, end)]
    assert {own.cause, own.effect} & set(passage.facts)


def test_flows_that_balances_hand_from_stage_to_stage_are_arrows():
    at = stages()
    passing = {fact for passage in passages() for fact in passage.facts}
    for balance in (balance for part in DECLARED for balance in part.balances):
        there = {at[fact] for fact in balance.accounted_for if fact in at}
        if len(there) == 1:
            assert {fact for fact in balance.come_in if at.get(fact, *there) not in there} <= passing


def test_an_amount_is_the_mean_of_the_years_sums_with_its_interval():
    arrow = next(arrow for arrow in marks(Arrow) if arrow.name == say("flow.passes.notices.resident"))
    assert arrow.amount == Ranged(Number(30e6), Number(25.2e6), Number(34.8e6))
    held = next(box for box in marks(Box) if box.name == Name("stage", "in_force")).told[0]
    assert held == (say("flow.told.cards_held"), Ranged(Number(2.5e6), Number(2.1e6), Number(2.9e6)))


def test_the_year_is_the_first_that_is_simulated_whole():
    assert flow.year(run(("2026-03", *WHOLE, "2027-04"))) == 2026
    assert flow.year(run(("2026-02", "2026-03", "2026-04"))) == 2025


def test_runs_without_some_facts_or_any_volume_are_drawn():
    assert len(marks(Arrow, run(leave_out=["calls_phones"]))) == len(marks(Arrow))
    none = run(count=0)
    assert {arrow.amount for arrow in marks(Arrow, none)} == {Number(0), None} and flow.caption(none) is None


def test_the_table_has_every_arrow_and_all_that_boxes_tell():
    (found,) = numbers(flow.flow(run()))
    between = [passage for passage in passages() if passage.start != passage.end]
    assert len(found.table.rows) == len(between) + sum(len(box.told) for box in marks(Box))
    texts = [[values.text(cat, cell) for cell in own] for cat in (EN, JA) for own in found.table.rows]
    assert all(own[0] and own[2] and own[3] for own in texts)


def crosses(box: Box, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether an upright or level stretch enters a box."""
    wide, high = box.size[0] - 0.01, box.size[1] - 0.01
    spans = (box.place, wide, start[0], end[0]), (box.value, high, start[1], end[1])
    return all(min(a, b) < at + size / 2 and max(a, b) > at - size / 2 for at, size, a, b in spans)


def test_arrows_are_upright_or_level_begin_and_end_at_their_boxes_and_cross_none():
    boxes = marks(Box)
    for arrow in marks(Arrow):
        for start, end in zip(arrow.path, arrow.path[1:], strict=False):
            assert start[0] == end[0] or start[1] == end[1]
            assert not [box.name for box in boxes if crosses(box, start, end)]
    assert not [(one, other) for one, other in combinations(boxes, 2) if overlap(*map(corners, (one, other)))]


def corners(box: Box) -> tuple[float, float, float, float]:
    (wide, high), x, y = box.size, box.place, box.value
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
@pytest.mark.parametrize("count", [3e5, 120.0])
def test_words_overlap_neither_each_other_nor_the_edges_of_boxes(cat, count):
    with sheet.lettering(cat.lang):
        made = sheet.figure(cat, "t", flow.flow(run(count=count)))
        made.draw_without_rendering()
        ax = made.axes[0]
        to_plane = ax.transData.inverted()
        shown = [text for text in ax.texts if text.get_text()]
        words = {text: tuple(to_plane.transform(text.get_window_extent()).ravel()) for text in shown}
    smaller = {text: (x0 + 0.01, y0 + 0.015, x1 - 0.01, y1 - 0.015) for text, (x0, y0, x1, y1) in words.items()}
    said = [
        (one.get_text(), other.get_text())
        for one, other in combinations(shown, 2)
        if overlap(smaller[one], smaller[other])
    ]
    assert said == []
    boxes = [corners(box) for box in marks(Box)]
    for text, (x0, y0, x1, y1) in smaller.items():
        struck = [box for box in boxes if overlap((x0, y0, x1, y1), box)]
        inside = [box for box in struck if box[0] <= x0 and x1 <= box[2] and box[1] <= y0 and y1 <= box[3]]
        assert struck == inside, text.get_text()
        assert x0 >= -0.12 and x1 <= 9.82
