"""How charts are painted in unit tests: coarsely, and not at all where only words are looked at."""

from pathlib import Path

import pytest
from matplotlib.figure import Figure

_COARSE = 40
"""Dots an inch of the PNG files; everything else is painted as for a user."""


@pytest.fixture(autouse=True, scope="session")
def coarse():
    """Pictures of a fifteenth of the pixels: no unit test looks at a pixel."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reports.charts.save._DPI", _COARSE)
        yield


@pytest.fixture
def unpainted(monkeypatch):
    """Charts are made of their data, but not painted: for the words of a page, which stand beside them."""
    monkeypatch.setattr(Figure, "savefig", lambda self, path, **how: Path(path).write_bytes(b"unpainted"))
