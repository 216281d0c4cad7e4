"""Certificates at the counters: setting out, renewed, waiting for a slot; and those lost on the way."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import series
from reports.catalogue import Catalogue
from reports.charts import margin, style
from reports.charts.margin import Label
from reports.run_data import RunData
from reports.series import Band

_LOST = {
    "expired_waiting": (style.WARM, "-"),
    "slots_given_up": (style.QUIET, "--"),
    "certificates_lapsed": (style.INK, ":"),
}


def wait_days(data: RunData) -> Band:
    """Mean days that those served in a month had waited for their slot."""
    served = series.flow(data, "certificates_renewed", "signing_reissued")
    return series.band(series.ratio(series.flow(data, "slot_wait_days"), served))


def draw_certificates(data: RunData, cat: Catalogue) -> Figure:
    """Who sets out and who renews, who waits, and how long, by month; three panels."""
    wanted, renewed = (series.band(series.flow(data, f"certificates_{name}")) for name in ("wanted", "renewed"))
    backlog, days = series.band(series.stock(data, "booking_backlog")), wait_days(data)
    sheet = style.sheet(data, cat, "certificates", rows=3, height=7.6)
    asked = not (wanted.empty and renewed.empty)
    step, unit = style.scale(cat, style.largest(wanted.high, renewed.high))
    if _panel(sheet, sheet.axes[0], sheet.text("flows", scale=unit), asked):
        _flows(sheet, sheet.axes[0], wanted, renewed, step)
    step, unit = style.scale(cat, style.largest(backlog.high))
    waits = asked or not backlog.empty
    for ax, key, band, size, least in (
        (sheet.axes[1], "backlog", backlog, step, 10.0),
        (sheet.axes[2], "days", days, 1.0, 1.0),
    ):
        if _panel(sheet, ax, sheet.text(key, scale=unit), waits):
            style.draw_band(ax, band, size, style.DARK)
            ax.set_ylim(0, 1.1 * max(style.largest(band.high), least) / size)
            waiting = sheet.text("nobody_waits" if band.empty else "hardly_anybody_waits")
            style.note_if_flat(sheet, ax, style.largest(band.high) / size, waiting)
    return sheet.figure


def _panel(sheet: style.Sheet, ax: Axes, title: str, there: bool) -> bool:
    style.month_axis(sheet, ax)
    ax.set_title(title, loc="left", fontsize=10, color=style.INK, pad=4)
    if there:
        style.grid(ax)
    else:
        style.no_data(sheet, ax)
    return there


def _flows(sheet: style.Sheet, ax: Axes, wanted: Band, renewed: Band, step: float) -> None:
    style.draw_band(ax, wanted, step, style.WARM, "--")
    style.draw_band(ax, renewed, step, style.DARK)
    ax.set_ylim(0, 1.08 * style.largest(wanted.high, renewed.high) / step)
    ends = [
        Label(style.last(wanted.median) / step, sheet.text("wanted"), style.WARM, "--"),
        Label(style.last(renewed.median) / step, sheet.text("renewed"), style.DARK, "-"),
    ]
    margin.label_ends(ax, ends)


def draw_lost(data: RunData, cat: Catalogue) -> Figure:
    """Certificates that expired while waiting, bookings given up, certificates that lapsed, by month."""
    bands = {name: series.band(series.flow(data, name)) for name in _LOST}
    top = style.largest(*(band.high for band in bands.values()))
    step, unit = style.scale(cat, top)
    sheet = style.sheet(data, cat, "certificates-lost", scale=unit)
    ax = sheet.axes[0]
    style.month_axis(sheet, ax)
    if top == 0:
        asked = not series.band(series.flow(data, "certificates_wanted")).empty
        style.no_data(sheet, ax, sheet.text("none") if asked else "")
        return sheet.figure
    style.grid(ax)
    for name, band in bands.items():
        style.draw_band(ax, band, step, *_LOST[name], alpha=0.16)
    ax.set_ylim(0, 1.1 * top / step)
    ends = [Label(style.last(band.median) / step, sheet.text(name), *_LOST[name]) for name, band in bands.items()]
    margin.label_ends(ax, ends)
    return sheet.figure
