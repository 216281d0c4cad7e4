"""The JSON answers of made-up results: ``python tests/unit/said_sample.py`` freezes them anew beside what is said."""

import json
import re
from collections.abc import Callable
from datetime import date
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import clock_sample
import comparison_sample
import ledger_sample
import sweep_sample
import test_reports_folder
import test_sized
import update_sample
import validation_sample
import wave_sample

from calibration.record import Validation
from scenarios.clock.record import Clock
from scenarios.compare.record import Comparison
from scenarios.ledger.record import Ledger
from scenarios.records import Record, as_json, read
from scenarios.run.record import Run, Summary
from scenarios.run.run_folder import RunFolder
from scenarios.sweep.record import Sweep
from scenarios.update.record import Update
from scenarios.update.update import update
from scenarios.wave.record import Wave
from sim import __version__

_FIRST = 2
"""Entries of a long list that are told; of the others a digest."""


def _run(folder: Path) -> Path:
    return test_reports_folder.make(folder, last=date(2026, 4, 30))


def _update(folder: Path) -> Path:
    run = update_sample.run_folder(folder / "run")
    with RunFolder(folder / "own") as held:
        update(run, update_sample.actuals(), held, update_sample.MADE)
    return folder / "own"


def _screened(folder: Path) -> Path:
    sweep_sample.screened(folder / "own")
    return folder / "own"


def _swept(folder: Path) -> Path:
    sweep_sample.write(folder / "own", **sweep_sample.ONE)
    return folder / "own"


def _drawn(folder: Path) -> Path:
    sweep_sample.with_draws(folder / "own")
    return folder / "own"


def _clock(folder: Path) -> Path:
    clock_sample.usual(folder / "own")
    return folder / "own"


def _compared(folder: Path) -> Path:
    names = comparison_sample.BASE, comparison_sample.SEATS, comparison_sample.OUTAGE
    return comparison_sample.write(folder, comparison_sample.comparison(*names))


def stored(kind: type[Record], made: Callable[[Path], Path]) -> Callable[[Path], Record]:
    """What is read from a folder that was made."""
    return lambda folder: read(kind, made(folder))


ANSWERS: dict[str, Callable[[Path], Record]] = {
    "summary": stored(Summary, _run),
    "run": stored(Run, _run),
    "update": stored(Update, _update),
    "comparison": stored(Comparison, _compared),
    "ledger": stored(Ledger, ledger_sample.write),
    "clock": stored(Clock, _clock),
    "wave": stored(Wave, wave_sample.write),
    "validation": stored(Validation, validation_sample.write),
    "size": lambda _: test_sized.sized(1, fresh=60).record(),
    "size-months": lambda _: test_sized.sized(2, fresh=25, by="month", priced=False).record(),
    "sweep": stored(Sweep, _swept),
    "sweep-screen": stored(Sweep, _screened),
    "sweep-draws": stored(Sweep, _drawn),
}
"""An answer by the name of its frozen file."""


def _short(value: Any) -> Any:
    """Numbers at six digits, which any machine reckons alike; of long lists the first entries and a digest of all."""
    if isinstance(value, dict):
        return {key: _short(own) for key, own in value.items()}
    if isinstance(value, list):
        entries = [_short(own) for own in value]
        if len(entries) <= _FIRST + 1:
            return entries
        digest = blake2b(json.dumps(entries).encode(), digest_size=6).hexdigest()
        return [*entries[:_FIRST], f"{len(entries)} in all, {digest}"]
    return float(f"{value:.6g}") if isinstance(value, float) else value


def told(name: str) -> str:
    """An answer as a file: which folder and which version of Cardflow it was is left out."""
    with TemporaryDirectory() as folder:
        record = ANSWERS[name](Path(folder) / "run")
    text = json.dumps(_short(as_json(record)), ensure_ascii=False, indent=1).replace(f'"{__version__}"', '"VERSION"')
    return re.sub(r"[^\s\"]*/tmp\w+/run", "FOLDER", text) + "\n"


def frozen(name: str) -> Path:
    """The file that holds what it was when somebody last looked."""
    return Path(__file__).with_name("frozen") / "json" / f"{name}.json"


def freeze() -> None:
    """Write all of them."""
    for name in ANSWERS:
        frozen(name).parent.mkdir(parents=True, exist_ok=True)
        frozen(name).write_text(told(name), encoding="utf-8", newline="\n")
