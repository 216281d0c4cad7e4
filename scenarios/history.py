"""The card history that comes with the program (made by ``calibration.card_history``)."""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from importlib import resources

import numpy as np

from sim.municipalities import Municipalities
from sim.people.history import CardHistory
from sim.streams import Floats


@cache
def load_history() -> CardHistory:
    """Cards issued by month and age band, first cards among them, with low and high where they had to be rebuilt."""
    rows = _rows("cards_issued.csv")
    bands = tuple(dict.fromkeys((int(row["age_from"]), int(row["age_to"])) for row in rows))
    year, month = (int(part) for part in rows[0]["month"].split("-"))
    cards, low, high, first = (
        np.array([float(row[column]) for row in rows]).reshape(-1, len(bands))
        for column in ("cards", "low", "high", "first")
    )
    return CardHistory(year * 12 + month - 1, bands, cards, low, high, first, load_municipalities())


@cache
def load_municipalities() -> Municipalities:
    """The 1,741 municipalities with residents and cards handed over by the end of 2022, which is what the first wave of
    renewals comes from (MIC's table of that day, as CSV by Code for Japan)."""
    rows = _rows("municipalities.csv")
    codes = np.array([int(row["code"]) for row in rows])
    residents, cards = (np.array([float(row[column]) for row in rows]) for column in ("residents", "cards"))
    return Municipalities(codes, tuple(row["name"] for row in rows), residents, cards)


@cache
def load_offices() -> Floats:
    """Latitude and longitude in degrees, to 0.01 (1 km), of the office (役所・役場) of each of ``load_municipalities``.

    From localgovjp-utf8.csv of Code for FUKUI (github code4fukui/localgovjp at 059e8e9, CC0), made of maps of the
    Geospatial Information Authority of Japan and J-LIS; positions were last corrected there in July 2021. Mishima and
    Toshima have their office in Kagoshima, Taketomi in Ishigaki. Futaba's is where it went back to in September 2022,
    not in Iwaki as in that list.
    """
    at = {int(row["code"]): (float(row["latitude"]), float(row["longitude"])) for row in _rows("municipal_offices.csv")}
    return np.array([at[code] for code in load_municipalities().codes.tolist()])


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("scenarios") / "library" / "history" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def history_digest() -> str:
    """Stands for the content of the card history in the digest of a run."""
    history = load_history()
    places = history.places
    tables = (history.cards, history.low, history.high, history.first, places.codes, places.residents, places.cards)
    content = b"".join(table.tobytes() for table in tables if table is not None)
    return hashlib.blake2b(content, digest_size=6).hexdigest()
