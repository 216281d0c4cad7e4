"""Published counts of FY2025 beside those of the run, each with the word whether it is an input or a result."""

from __future__ import annotations

from calibration.counts import COUNTS, YEAR, Count
from calibration.figures import load_figures
from reports import series
from reports.document import Name, Number, Table, Value, headings, say, translated
from reports.run_data import RunData
from sim.calendar import fiscal_year_of_month

_MONTHS = 12


def table(data: RunData) -> Table:
    """A line a count; none where the run does not report the whole year."""
    reported = sum(fiscal_year_of_month(month) == YEAR for month in data.months)
    told = [count for count in COUNTS if count.fact in data.flows.columns] if reported == _MONTHS else []
    return Table(headings("run", "figure", "published", "simulated", "role"), tuple(_line(data, one) for one in told))


def _line(data: RunData, count: Count) -> tuple[Value, ...]:
    figure = load_figures()[count.figure]
    return (
        say("validation.figure", id=count.figure, subject=translated(f"figure.{count.figure}", figure.subject)),
        Number(figure.number, "count", exact=True),
        _simulated(data, count.fact),
        Name("count_role", count.role),
    )


def _simulated(data: RunData, fact: str) -> Value:
    """Mean over replications with their 10 and 90 %."""
    found = series.total_of_year(series.flow(data, fact), YEAR)
    return series.mean_with_band(found.to_numpy(), "count", exact=True)
