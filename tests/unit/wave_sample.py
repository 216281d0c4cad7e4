"""A made-up renewal wave of two fiscal years."""

import json
from pathlib import Path

from sim import __version__

COUNTS = dict.fromkeys(("cards_expiring", "certificates_expiring", "notices_due"), 1_234_567)
WAVE = {
    "scenario": "renewal-wave",
    "title": "Renewal wave, FY2026-FY2035",
    "version": __version__,
    "first": 2026,
    "last": 2026,
    "rows": [{"fiscal_year": 2026} | COUNTS],
}


def write(folder: Path) -> Path:
    """The folder with it."""
    folder.mkdir()
    (folder / "wave.json").write_text(json.dumps(WAVE), encoding="utf-8")
    return folder
