"""Unit tests look at no pixel."""

import pytest


@pytest.fixture(autouse=True, scope="session")
def _coarse(coarse):
    """Whatever a unit test paints, it paints coarsely."""
