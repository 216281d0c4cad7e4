"""How charts are painted in unit tests: coarsely, and not at all where only words are looked at."""

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
    monkeypatch.setattr(Figure, "savefig", lambda self, path, **how: path.write_bytes(b"unpainted"))


@pytest.fixture
def laid_out(monkeypatch):
    """Charts are made and laid out, which finds what cannot be shown, but neither pixels nor paths are written."""

    def save(figure, path, **how):
        if path.suffix == ".png":
            figure.draw_without_rendering()
        path.write_bytes(b"laid out")

    monkeypatch.setattr(Figure, "savefig", save)
