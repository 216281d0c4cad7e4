"""What the terminal shows after ``cardflow validate`` and ``cardflow calibrate``, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reports import catalogue
from reports.agreement import cells, fit_tables
from reports.agreement.answer import answer
from reports.agreement.data import Validation, read
from reports.agreement.messages import message
from reports.catalogue import Catalogue
from reports.columns import aligned
from reports.terminal import for_encoding


def validation_lines(folder: Path, lang: str, page: Path, encoding: str) -> list[str]:
    """A line a published figure, the answer, and the page, as a console of ``encoding`` can show them.

    Raises ``FileNotFoundError`` where the folder holds no validation.
    """
    cat = catalogue.load(lang)
    data = read(folder)
    names = ("id", "subject", "published", "simulated_range", "use", "result")
    rows = [[cat.text(f"validation.column.{name}") for name in names], *_figures(cat, data)]
    origin = cat.text("validation.origin", version=data.version, seed=data.seed, replications=data.replications)
    found = f"{cat.text('terminal.report')}  {page}"
    return for_encoding([origin, *aligned(rows), "", *answer(cat, data), found], encoding)


def _figures(cat: Catalogue, data: Validation) -> list[list[str]]:
    nothing = cat.text("format.nothing")
    return [
        [
            row.id,
            cells.subject(cat, row),
            nothing if row.published is None else with_unit(cat, cells.published(cat, row), row.unit),
            cells.simulated(cat, row),
            cat.name("validation.use", row.use),
            cells.result(cat, row),
        ]
        for group in data.groups
        for row in data.of(group)
    ]


def with_unit(cat: Catalogue, number: str, unit: str) -> str:
    """A number with its unit."""
    return cat.text("validation.with_unit", number=number, unit=cat.name("unit", unit))


def calibration_lines(fits: Mapping[str, Any], folder: Path, lang: str, encoding: str) -> list[str]:
    """Fitted values with intervals and words, figures missed, and how to use ``calibrated.toml``."""
    cat = catalogue.load(lang)
    entries = fits.get("fits") or []
    names = ("parameter", "fitted_value", "assumed_value", "unit", "pinned", "traded")
    rows = [[_column(cat, name) for name in names], *([*_fit(cat, entry)] for entry in entries)]
    lines = [
        cat.text("validation.calibrated", version=fits["version"], seed=fits["seed"], evaluations=fits["evaluations"]),
        *(aligned(rows) if entries else []),
        "",
        *_missed(cat, fits),
        *_loose(cat, fits),
        *(message(cat, text) for text in fits.get("messages") or []),
        *(cat.text("validation.use_it", scenario=name, path=path) for name, path in _made(folder).items()),
    ]
    return for_encoding(lines, encoding)


def _made(folder: Path) -> dict[str, Path]:
    """The parts with fitted values, each by a scenario that it goes with."""
    found = {"renewal-wave": folder / "calibrated.toml"}
    found |= {path.stem.removeprefix("calibrated-"): path for path in sorted(folder.glob("calibrated-*.toml"))}
    return {name: path for name, path in found.items() if path.is_file()}


def _column(cat: Catalogue, name: str) -> str:
    own = f"validation.column.{name}"
    return cat.text(own) if cat.has(own) else cat.text(f"column.{name}")


def _fit(cat: Catalogue, entry: Mapping[str, Any]) -> tuple[str, ...]:
    path = fit_tables.parameter(cat, entry)
    if entry.get("from"):
        path = cat.text("format.steps_from", date=cells.moment(cat, entry["from"]), value=path)
    return (
        path,
        fit_tables.ranged(cat, entry["value"], entry["low"], entry["high"]),
        fit_tables.ranged(cat, entry["assumed_value"], entry["assumed_low"], entry["assumed_high"]),
        cat.name("unit", entry["unit"]),
        fit_tables.pinned(cat, entry),
        fit_tables.traded(cat, entry),
    )


def _missed(cat: Catalogue, fits: Mapping[str, Any]) -> list[str]:
    """Figures that a fit, or the whole model with the fitted values, does not meet."""
    entries = [*(fits.get("figures") or []), *(fits.get("confirmed") or [])]
    missed = list(dict.fromkeys(entry["id"] for entry in entries if not entry["met"]))
    if not missed:
        return [cat.text("validation.all_met")]
    return [cat.text("validation.missed", figures=cat.join(missed))]


def _loose(cat: Catalogue, fits: Mapping[str, Any]) -> list[str]:
    """Parameters that the data cannot pin down."""
    loose = [entry["path"] for entry in fits.get("fits") or [] if entry["word"] == "not"]
    return [cat.text("validation.loose", parameters=cat.join(dict.fromkeys(loose)))] if loose else []
