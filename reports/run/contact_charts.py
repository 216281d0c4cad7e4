"""Charts of call centres, certificates at the counters, and systems: shares, causes, waiting, seats, hours lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from reports import actuals, centres, series
from reports.charting import amounts, drawing, key, largest, stacked, unseen
from reports.document import Magnitude, Name, Number, Value, say
from reports.drawing import Drawing, Mark, Panel, Scale, Series
from reports.ledger.charts import lost_calls
from reports.looks import DARK, DASHED, DOTTED, INK, QUIET, TARGET, WARM, Look, area, line, point
from reports.run.curves import curve, edges, months, stated, steps
from reports.run_data import RunData
from reports.series import Band, Numbers
from reports.yearly import fiscal_years
from sim.facts import CENTRES

_LEAST_IN_SIGHT = 0.9
"""The scale of answer rates starts here at the latest, so that a year of 99 % does not look like ups and downs."""
_CAUSES: Mapping[str, Look] = {
    "notices": area(DARK),
    "applications": area("#9cc3de"),
    "late_cards": area("#d98a3d", "xxx"),
    "counter_waits": area("#f2dcb3", "...."),
    "holders": area("#8a8a8a"),
    "loss": area("#ffffff", "////"),
    "phones": area("#b7d3b0", "oo"),
    "launch": area("#c9b8de", "--"),
    "licences": area("#f0e6f5", "||"),
    "transactions": area(DARK),
    "errors": area("#d98a3d", "xxx"),
    "outages": area("#f2dcb3", "...."),
    "office": area("#8a8a8a"),
    "post_offices": area("#b7d3b0", "oo"),
    "call_backs": area("#ffffff", "\\\\\\\\"),
}
_OTHER = area("#eeeeee", "++")
_CENTRES = {"resident": line(DARK), "helpdesk": line(WARM, DASHED)}
_GIVEN_UP = {
    "expired_waiting": line(WARM),
    "slots_given_up": line(QUIET, DASHED),
    "certificates_lapsed": line(INK, DOTTED),
}


def answer_rate(data: RunData) -> Drawing:
    """Share answered by month, a panel a centre, months below the threshold marked."""
    bands = {name: centres.answer_rate(data, name) for name in CENTRES}
    limit = centres.threshold(data)
    own = {name: actuals.monthly(data, f"answered_share_{name}") for name in CENTRES}
    lows = np.concatenate([*(band.low for band in bands.values()), *own.values(), limit, [_LEAST_IN_SIGHT]])
    bottom = max(0.0, np.floor(float(np.nanmin(lows)) * 20 - 0.2) / 20)
    scale = Scale(bottom, 1 + 0.02 * (1 - bottom), unit="share")
    panels = (
        Panel(
            months(data),
            scale,
            () if band.empty else (*_rate(band, limit), *stated(own[name])),
            title=Name("centre", name),
        )
        for name, band in bands.items()
    )
    return drawing("answer-rate", data.run, panels, height=6.4)


def _rate(band: Band, limit: Numbers) -> Iterable[Series]:
    yield curve(band, line(DARK), say("chart.answer-rate.rate"))
    if not np.all(np.isnan(limit)):
        share = Number(float(limit[-1]), "probability")
        yield steps(limit, line(INK, TARGET, 1.2), say("chart.answer-rate.threshold", percent=share))
    below = np.where(band.median < limit, band.median, np.nan)
    yield Series(amounts(below), look=point("down", WARM, "white"), name=say("chart.answer-rate.below"))


def causes(data: RunData) -> Drawing:
    """Calls by cause and month, call-backs on top, a panel a centre on a scale of its own."""
    return drawing("calls-by-cause", data.run, (_by_cause(data, name) for name in CENTRES), height=6.8)


def _by_cause(data: RunData, centre: str) -> Panel:
    parts, total = centres.causes(data, centre), series.band(centres.calls(data, centre, "offered"))
    own = actuals.monthly(data, f"calls_{centre}")
    top = largest(total.high, own)
    title = say("chart.calls-by-cause.panel", centre=Name("centre", centre), scale=Magnitude(top))
    if total.empty:
        return Panel(months(data), title=title)
    bars = stacked(
        ((calls, _CAUSES.get(name, _OTHER), Name("call_cause", name)) for name, calls in parts.items()), width=1
    )
    points = stated(own)
    high = 1.06 * largest(total.high, own, sum(parts.values(), np.zeros(1)))
    labels = key(*points, *reversed(bars))
    marks: tuple[Mark, ...] = (*bars, *edges(total, 0.8, halo=True), *points)
    return Panel(months(data), Scale(0, high, counts=top), marks, title, key=labels)


def waiting(data: RunData) -> Drawing:
    """Mean wait and share answered within 20 seconds by month, a line a centre."""
    waits = {name: series.band(centres.mean_wait(data, name)) for name in CENTRES}
    top = 1.08 * max(largest(*(band.high for band in waits.values())), 1.0)
    within = {name: series.band(centres.within_20s(data, name)) for name in CENTRES}
    panels = (
        _centres(data, "wait", waits, Scale(0, top)),
        _centres(data, "within", within, Scale(0, 1.02, unit="share")),
    )
    return drawing("call-waiting", data.run, panels, height=6.2)


def _centres(data: RunData, measure: str, bands: Mapping[str, Band], scale: Scale) -> Panel:
    marks = (
        curve(band, _CENTRES[name], Name("centre", name))
        for name, band in bands.items()
        if not np.all(np.isnan(band.median))
    )
    return Panel(months(data), scale, tuple(marks), say(f"chart.call-waiting.{measure}"))


def seats(data: RunData) -> Drawing:
    """Seats contracted against seats needed by month, as an index while the number is the library's assumption."""
    return drawing("seats", data.run, (_seats(data, name) for name in CENTRES), height=6.4)


def _seats(data: RunData, centre: str) -> Panel:
    found, own = centres.seats(data, centre), actuals.monthly(data, f"seats_{centre}")
    there, needed = found.there.median, found.needed
    marks = (
        curve(needed, line(DARK), say("chart.seats.needed")),
        steps(there, line(INK, TARGET, 1.4), say("chart.seats.there")),
        *stated(own, actuals.seats_known(data, centre)),
    )
    scale = Scale(0, 1.1 * largest(there, needed.high, own))
    none = found.there.empty and needed.empty
    return Panel(months(data), scale, () if none else marks, seats_title(centre, found))


def seats_title(centre: str, found: centres.Seats) -> Value:
    """The name of a centre with the unit of its seats: an index with the assumed number beside it, or seats."""
    named = {"centre": Name("centre", centre)}
    if found.hundred is None:
        return say("chart.seats.panel", **named)
    return say("chart.seats.panel_index", **named, **centres.hundred(found.hundred))


def lost(data: RunData) -> Drawing:
    """Lost calls by cause and fiscal year, a panel a centre."""
    return lost_calls(data.run, data.summary.ledger, fiscal_years(data.months))


def wait_days(data: RunData) -> pd.DataFrame:
    """Mean days that those served in a month had waited for their slot, a column a replication."""
    served = series.flow(data, "certificates_renewed", "signing_reissued")
    return series.ratio(series.flow(data, "slot_wait_days"), served)


def certificates(data: RunData) -> Drawing:
    """Who sets out and who renews, who waits, and how long, by month; three panels."""
    flows = {name: series.band(series.flow(data, f"certificates_{name}")) for name in ("wanted", "renewed")}
    looks = {"wanted": line(WARM, DASHED), "renewed": line(DARK)}
    top = largest(*(band.high for band in flows.values()))
    title = say("chart.certificates.flows", scale=Magnitude(top))
    curves = tuple(curve(band, looks[name], say(f"chart.certificates.{name}")) for name, band in flows.items())
    backlog = series.stock(data, "booking_backlog")
    asked = not all(band.empty for band in flows.values())
    waits = asked or not series.nothing(backlog)
    panels = (
        Panel(months(data), Scale(0, 1.08 * top, counts=top), curves if asked else (), title),
        _waits(data, "backlog", backlog, 10.0, waits),
        _waits(data, "days", wait_days(data), 1.0, waits),
    )
    return drawing("certificates", data.run, panels, height=7.6)


def _waits(data: RunData, name: str, table: pd.DataFrame, least: float, there: bool) -> Panel:
    """Who waits, or how long, on a scale that reaches up to ``least`` at least."""
    band = series.band(table)
    top = largest(band.high)
    counts, high = top if name == "backlog" else 0.0, 1.1 * max(top, least)
    title = say(f"chart.certificates.{name}", scale=Magnitude(counts))
    if not there:
        return Panel(months(data), title=title)
    hardly = say(f"chart.certificates.{'nobody_waits' if series.nothing(table) else 'hardly_anybody_waits'}")
    note = hardly if unseen(top, high) else ""
    return Panel(months(data), Scale(0, high, counts=counts), (curve(band, line(DARK)),), title, note)


def certificates_lost(data: RunData) -> Drawing:
    """Certificates that expired while waiting, bookings given up, certificates that lapsed, by month."""
    bands = {name: series.band(series.flow(data, name)) for name in _GIVEN_UP}
    top = largest(*(band.high for band in bands.values()))
    asked = not series.band(series.flow(data, "certificates_wanted")).empty
    curves = (curve(band, _GIVEN_UP[name], say(f"chart.certificates-lost.{name}")) for name, band in bands.items())
    none = all(series.nothing(series.flow(data, name)) for name in _GIVEN_UP)
    note = say("chart.certificates-lost.none") if asked and none else ""
    panel = Panel(months(data), Scale(0, 1.1 * top, counts=top), tuple(curves) if top else (), note=note)
    return drawing("certificates-lost", data.run, [panel], {"scale": Magnitude(top)})
