"""Small worlds to test the model in, how charts are painted in tests, and the rule that every test has its tier."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import made_once
import numpy as np
import pytest
from hypothesis import settings
from matplotlib.figure import Figure

from scenarios import garbage
from scenarios.files.load import Scenario, load
from scenarios.history import load_history
from sim.people.history import CardHistory

TIERS = ("unit", "model", "e2e")
os.environ["CARDFLOW_LANG"] = "en"
"""Whatever the machine speaks, tests read English unless they ask for Japanese."""
# How long an example takes says nothing: another process may have had the core.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")
# A process that tests is ours from its start to its end, as that of a command is.
garbage.collect_seldom()


def _keep_to_a_core() -> None:
    """Each of several processes that test keeps to a core: the commands it starts do not get in the others' way."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker and hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[int(worker.removeprefix("gw")) % len(cores)]})


_keep_to_a_core()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        tier = Path(str(item.path)).parent.name
        if tier not in TIERS:
            raise pytest.UsageError(f"{item.nodeid}: tests live in tests/{{{','.join(TIERS)}}}")


NO_DEMAND = {
    "demand.first_time_per_year": 0,
    "demand.births_per_year": 0,
    "demand.move_per_year": 0,
    "demand.residence_card_share": 0,
    "demand.readings_share": 0,
    "demand.abroad_per_year": 0,
    "holders.loss_rate": 0,
    "opening.cards": 0,
    "opening.at_municipalities": 0,
    "contact.helpdesk.calls_per_open_day": 0,
    "contact.helpdesk.calls_per_post_office": 0,
    "contact.helpdesk.calls_per_outage_hour": 0,
    "contact.resident.calls_per_phone_certificate": 0,
}
NO_CHANCE = {
    "plant.returned_share": 0,
    "plant.remake_share": 0,
    "plant.hours_between_breakdowns": 1e9,
    "demand.noise": 0,
}
NO_WEEKENDS = {"plant.weekend_start_backlog": 1e9, "plant.weekend_stop_backlog": 1e9}


@pytest.fixture(scope="session", autouse=True)
def _made_for_all(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What one process of a test run has made no other makes again."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        made_once.share(tmp_path_factory.getbasetemp().parent)


@pytest.fixture(scope="session")
def history() -> CardHistory:
    return load_history()


@pytest.fixture(scope="session")
def nobody() -> CardHistory:
    """A card history without cards."""
    empty = np.zeros((12, 1))
    return CardHistory(2023 * 12, ((0, 99),), empty, empty, empty)


@pytest.fixture(scope="session")
def empty_world() -> Callable[..., Scenario]:
    """A scenario without demand or chance, from ``start`` to ``end``, with values to add."""

    def build(start: date, end: date, **values: Any) -> Scenario:
        dated = {"start": start, "end": end}
        base = load("baseline-fy2025").with_values({**dated, **NO_DEMAND, **NO_CHANCE, **NO_WEEKENDS})
        return base.changed(**values)

    return build


_COARSE = 40
"""Dots an inch of the PNG files; everything else is painted as for a user."""


@pytest.fixture(scope="session")
def no_demand() -> dict[str, float]:
    """Values with which nobody applies, rings or collects."""
    return NO_DEMAND


@pytest.fixture(scope="session")
def coarse():
    """Pictures of a fifteenth of the pixels."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reports.faces.figures.sheet.DPI", _COARSE)
        yield


@pytest.fixture
def unpainted(monkeypatch):
    """Drawings are made, but not drawn: for the words of a page, which stand beside them."""
    from drawn import not_beside, not_inline, not_painted

    monkeypatch.setattr("reports.faces.figures.sheet.save", not_painted)
    monkeypatch.setattr("reports.faces.page.inline", not_inline)
    monkeypatch.setattr("reports.pages.at_the_same_time", not_beside)


@pytest.fixture
def laid_out(monkeypatch):
    """Charts are made and laid out, which finds what cannot be shown, but neither pixels nor paths are written."""

    def save(figure, file, *, format, **how):
        if format == "png":
            figure.draw_without_rendering()
        file.write(b'<svg viewBox="0 0 1 1" width="1pt" height="1pt"></svg>')

    monkeypatch.setattr(Figure, "savefig", save)
