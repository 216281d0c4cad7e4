"""Runs drawn over each other: a panel a target, a line a run, and nothing where no year decides."""

from types import SimpleNamespace

import pytest

from reports import catalogue
from reports.document import Title
from reports.drawing import Rule, Series
from reports.faces.figures.inline import inline
from reports.run.beside_charts import chart
from scenarios.run.statistic import Row


def run(name, rows):
    identity = SimpleNamespace(version="1", scenario=name, seed=1, replications=5)
    return SimpleNamespace(run=identity, summary=SimpleNamespace(targets=tuple(rows)))


def row(period, value, low=None, high=None):
    return Row("calls-95", None, period, "answered_share", True, value, low, high, threshold=0.95)


@pytest.fixture
def drawn():
    first = run("one", [row("FY2026", 0.99, 0.98, 1.0), row("FY2027", 0.97, 0.96, 0.98), row("2026-04", 0.5)])
    second = run("two", [row("FY2027", 0.93)])
    return chart([first, second], [Title("One"), Title("Two")])


def test_each_run_is_a_line_with_its_interval(drawn):
    (panel,) = drawn.drawing.panels
    one, two = (mark for mark in panel.marks if isinstance(mark, Series))
    assert one.values == (0.99, 0.97) and one.low == (0.98, 0.96) and two.values[1] == two.low[1] == 0.93
    assert two.values[0] != two.values[0] and one.look != two.look
    assert [mark.at for mark in panel.marks if isinstance(mark, Rule)] == [0.95]
    assert panel.values.low < 0.93 and drawn.drawing.small_print.values["scenario"] == "one / two"


@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
def test_it_is_drawn_in_both_languages(drawn, lang):
    pictures = inline(catalogue.load(lang), [drawn])
    assert "<svg" in pictures["beside-targets"].svg


def test_without_years_there_is_nothing_to_draw():
    assert chart([run("one", [row("all", 0.9)])] * 2, [Title("One"), Title("Two")]).drawing is None
