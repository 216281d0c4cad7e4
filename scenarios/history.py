"""The card history that comes with the program (made by ``calibration.card_history``)."""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from importlib import resources

import numpy as np

from sim.people.history import CardHistory


@cache
def load_history() -> CardHistory:
    """Cards issued by month and age band, first cards among them, with low and high where they had to be rebuilt."""
    text = (resources.files("scenarios") / "library" / "history" / "cards_issued.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    bands = tuple(dict.fromkeys((int(row["age_from"]), int(row["age_to"])) for row in rows))
    year, month = (int(part) for part in rows[0]["month"].split("-"))
    cards, low, high, first = (
        np.array([float(row[column]) for row in rows]).reshape(-1, len(bands))
        for column in ("cards", "low", "high", "first")
    )
    return CardHistory(year * 12 + month - 1, bands, cards, low, high, first)


@cache
def history_digest() -> str:
    """Stands for the content of the card history in the digest of a run."""
    history = load_history()
    tables = (history.cards, history.low, history.high, history.first)
    content = b"".join(table.tobytes() for table in tables if table is not None)
    return hashlib.blake2b(content, digest_size=6).hexdigest()
