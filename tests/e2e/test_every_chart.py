"""Every chart of every command in both languages: no letters that touch, are struck by a line or leave the figure."""

import re
from dataclasses import replace
from datetime import date

import every_chart
import pytest
from matplotlib.figure import Figure

from reports import catalogue
from reports.drawing import Drawing, Names, Panel, Rule
from reports.faces.figures import sheet
from reports.looks import line

EN, JA = catalogue.load("en"), catalogue.load("ja")


@pytest.fixture(scope="module")
def drawers(tmp_path_factory):
    return list(every_chart.drawers(tmp_path_factory.mktemp("図")))


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
def test_letters_of_every_chart_can_be_read(cat, drawers):
    found = []
    with sheet.lettering(cat.lang):
        for name, draw in drawers:
            found += [f"{name}: {fault}" for fault in every_chart.faults(draw(cat))]
    assert len(drawers) > 50 and not found


PARTS = {year: (date(year, 4, 1), date(year, 6, 30)) for year in (2028, 2030, 2035)}
FROM = {2026: (date(2026, 10, 1), date(2027, 3, 31))}


def test_labels_of_years_reported_in_part_can_be_read(drawers):
    """Every kind of chart in one language, turn by turn; what both languages share is checked above."""
    found, kinds = [], {}
    for name, draw in drawers:
        command, kind = name.split()[0], re.sub(r"calls-95|issue-14-days-standard", "", name.split()[-1])
        kinds.setdefault((command, kind), (name, draw))
    for number, (name, draw) in enumerate(kinds.values()):
        cat = replace((EN, JA)[number % 2], parts=PARTS | FROM)
        with sheet.lettering(cat.lang):
            found += [f"{name}: {fault}" for fault in every_chart.faults(draw(cat))]
    assert len(kinds) > 35 and not found


def test_a_fault_is_found():
    figure = Figure(figsize=(4, 3))
    ax = figure.subplots()
    ax.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
    ax.plot([0, 1], [0.5, 0.5])
    ax.text(0.2, 0.5, "struck", va="center")
    ax.text(0.7, 0.8, "first")
    ax.text(0.71, 0.81, "second")
    figure.text(0.99, 0.02, "outside")
    found = every_chart.faults(figure)
    assert [fault.split(" ", 1)[1] for fault in found] == [
        "leaves the figure", "touches 'second'", "is struck by a line",
    ]  # fmt: skip


def test_names_of_rows_longer_than_their_margin_keep_their_first_word():
    names = [
        "from 2016-01-01: systems.jpki_per_day (hindcast-2023)",
        "入電数（仮定した入電数に対する倍率、市区町村向けヘルプデスク）",
    ]
    with sheet.lettering("ja"):
        panel = Panel(Names(tuple(names)), marks=(Rule(0, line()),), across=True)
        assert not every_chart.faults(sheet.figure(JA, "", Drawing("", "", (panel,), height=3, left=3.1)))
