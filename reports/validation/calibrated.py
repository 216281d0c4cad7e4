"""What the terminal shows after ``cardflow calibrate``, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from calibration.fits_record import Fits
from reports.document import Joined, Table, Value, say, table_of
from reports.typed import quoted
from reports.validation import fit_tables
from reports.validation.messages import message


def screen(fits: Fits, folder: Path) -> tuple[Value | Table, ...]:
    """Fitted values with intervals and words, figures missed, and how to use ``calibrated.toml``."""
    return (
        say("validation.calibrated", version=fits.version, seed=fits.seed, evaluations=fits.evaluations),
        table_of("validation", fits.fits, {"parameter": fit_tables.parameter_from, **fit_tables.FITTED}),
        "",
        _missed(fits),
        *_loose(fits),
        *map(message, fits.messages),
        *(say("validation.use_it", scenario=name, path=quoted(str(path))) for name, path in _made(folder).items()),
    )


def _made(folder: Path) -> dict[str, Path]:
    """The parts with fitted values, each by a scenario that it goes with."""
    found = {"renewal-wave": folder / "calibrated.toml"}
    found |= {path.stem.removeprefix("calibrated-"): path for path in sorted(folder.glob("calibrated-*.toml"))}
    return {name: path for name, path in found.items() if path.is_file()}


def _missed(fits: Fits) -> Value:
    """Figures that a fit, or the whole model with the fitted values, does not meet."""
    entries: tuple[fit_tables.Judged, ...] = (*fits.figures, *fits.confirmed)
    missed = tuple(dict.fromkeys(entry.id for entry in entries if not entry.met))
    return say("validation.missed", figures=Joined(missed)) if missed else say("validation.all_met")


def _loose(fits: Fits) -> Iterator[Value]:
    """Parameters that the data cannot pin down."""
    loose = tuple(dict.fromkeys(entry.path for entry in fits.fits if entry.word == "not"))
    if loose:
        yield say("validation.loose", parameters=Joined(loose))
