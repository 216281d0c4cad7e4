"""One sentence under each chart of a validation: what to see in it, computed from the same rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reports import formats
from reports.agreement import cells
from reports.agreement.data import Row, Validation, count
from reports.catalogue import Catalogue
from reports.charts.published import dated, errors


def caption(cat: Catalogue, data: Validation, chart: str) -> str:
    """The sentence of a chart."""
    return _CAPTIONS[chart](cat, data)


def _text(cat: Catalogue, key: str, **values: object) -> str:
    return cat.text(f"chart.validation-{key}", **values)


def _counted(rows: list[Row]) -> dict[str, Any]:
    found = count(rows)
    return {"agree": found.agree, "held_back": found.held_back, "fitted": found.fitted}


def _rows(cat: Catalogue, data: Validation) -> str:
    return _text(cat, "rows.caption", **_counted(list(data.rows)))


def _handed_over(cat: Catalogue, data: Validation) -> str:
    rows = dated(data, "handed_over")
    said = _text(cat, "handed-over.caption", **_counted(rows))
    found = errors(rows)
    if not found:
        return said
    row, error, _ = max(found, key=lambda entry: abs(entry[1]))
    worst = _text(cat, "handed-over.worst", percent=f"{100 * error:+.1f}", date=cells.period(cat, row))
    return cat.text("format.between_sentences").join((said, worst))


def _held(cat: Catalogue, data: Validation) -> str:
    return _text(cat, "held.caption", **_counted(dated(data, "held")))


def _notices(cat: Catalogue, data: Validation) -> str:
    said = [
        _text(
            cat,
            "notices.caption",
            year=cells.period(cat, row),
            published=formats.rough(cat, row.published),
            simulated=formats.rough(cat, row.simulated),
            use=cat.name("validation.use", row.use),
        )
        for row in data.of("notices")
        if row.published is not None and row.simulated is not None
    ]
    return cat.text("format.between_sentences").join(said)


def _fits(cat: Catalogue, data: Validation) -> str:
    words = [entry["word"] for entry in data.fitted("fits")]
    return _text(cat, "fits.caption", **dict[str, Any]({name: words.count(name) for name in ("well", "partly", "not")}))


def _calendars(cat: Catalogue, data: Validation) -> str:
    entries = data.fitted("calendars")
    out = [entry["why"] for entry in entries if not entry["open"]]
    left = len(entries) - len(out)
    return _text(cat, "calendars.caption", count=len(entries), open=left, max=out.count("max"), mean=out.count("mean"))


def _trade_off(cat: Catalogue, data: Validation) -> str:
    said = []
    entries = data.fitted("trade_off")
    for centre in dict.fromkeys(entry["centre"] for entry in entries):
        own = sorted((entry for entry in entries if entry["centre"] == centre), key=lambda entry: entry["load"])
        ends = {
            "centre": formats.opening(cat.name("centre", centre)),
            "load_low": formats.factor(own[0]["load"]),
            "load_high": formats.factor(own[-1]["load"]),
            "seats_low": formats.number(own[0]["seats"]),
            "seats_high": formats.number(own[-1]["seats"]),
        }
        said.append(_text(cat, "trade-off.caption", **ends))
    return cat.text("format.between_sentences").join(said)


_CAPTIONS: dict[str, Callable[[Catalogue, Validation], str]] = {
    "validation-rows": _rows,
    "validation-handed-over": _handed_over,
    "validation-held": _held,
    "validation-notices": _notices,
    "validation-fits": _fits,
    "validation-calendars": _calendars,
    "validation-trade-off": _trade_off,
}
