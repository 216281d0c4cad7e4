"""One sentence under each chart of a validation: what to see in it, computed from the same rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from calibration.record import Row, Validation
from reports.document import Name, Number, Opening, Say, Value, say, sentences
from reports.validation import cells
from reports.validation.charts import dated, errors
from reports.validation.counts import count


def caption(data: Validation, chart: str) -> Value:
    """The sentence of a chart."""
    return _CAPTIONS[chart](data)


def _say(key: str, **values: Value) -> Say:
    return say(f"chart.validation-{key}", **values)


def _counted(key: str, rows: Sequence[Row]) -> Say:
    found = count(rows)
    return _say(f"{key}.caption", agree=found.agree, held_back=found.held_back, fitted=found.fitted)


def _handed_over(data: Validation) -> Value:
    rows = dated(data, "handed_over")
    found = errors(rows)
    if not found:
        return _counted("handed-over", rows)
    row, error, _ = max(found, key=lambda entry: abs(entry[1]))
    worst = _say("handed-over.worst", percent=Number(100 * error, "change", 1), date=cells.moment(row.period))
    return sentences(_counted("handed-over", rows), worst)


def _notices(data: Validation) -> Value:
    return sentences(
        *(
            _say(
                "notices.caption",
                year=cells.moment(row.period),
                published=Number(row.published, "rough"),
                simulated=Number(row.simulated, "rough"),
                use=Name("validation.use", row.use),
            )
            for row in data.of("notices")
            if row.published is not None and row.simulated is not None
        )
    )


def _fits(data: Validation) -> Value:
    words = [entry.word for entry in data.fitted.fits]
    return _say("fits.caption", **{name: words.count(name) for name in ("well", "partly", "not")})


def _calendars(data: Validation) -> Value:
    entries = data.fitted.calendars
    out = [entry.why for entry in entries if not entry.open]
    counts = {"count": len(entries), "open": len(entries) - len(out)}
    return _say("calendars.caption", **counts, max=out.count("max"), mean=out.count("mean"))


def _trade_off(data: Validation) -> Value:
    said = []
    entries = data.fitted.trade_off
    for centre in dict.fromkeys(entry.centre for entry in entries):
        own = sorted((entry for entry in entries if entry.centre == centre), key=lambda entry: entry.load)
        ends = {
            f"{name}_{end}": Number(getattr(entry, name), unit)
            for name, unit in (("load", "factor"), ("seats", "number"))
            for end, entry in (("low", own[0]), ("high", own[-1]))
        }
        said.append(_say("trade-off.caption", centre=Opening(Name("centre", centre)), **ends))
    return sentences(*said)


_CAPTIONS: dict[str, Callable[[Validation], Value]] = {
    "validation-rows": lambda data: _counted("rows", data.rows),
    "validation-handed-over": _handed_over,
    "validation-held": lambda data: _counted("held", dated(data, "held")),
    "validation-notices": _notices,
    "validation-fits": _fits,
    "validation-calendars": _calendars,
    "validation-trade-off": _trade_off,
}
