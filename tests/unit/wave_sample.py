"""A made-up renewal wave of a fiscal year."""

import json
from pathlib import Path

from scenarios.records import as_json
from scenarios.wave.record import Wave, Year
from sim import __version__

WAVE = Wave(
    scenario="renewal-wave",
    title="Renewal wave, FY2026-FY2035",
    version=__version__,
    first=2026,
    last=2026,
    rows=(Year(2026, 1_234_567, 1_234_567, 1_234_567),),
)


def write(folder: Path) -> Path:
    """The folder with it."""
    folder.mkdir()
    (folder / Wave.FILE).write_text(json.dumps(as_json(WAVE)), encoding="utf-8")
    return folder
