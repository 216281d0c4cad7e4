"""Published counts of FY2025 beside those of the run, each with the word whether it is an input or a result."""

from __future__ import annotations

from calibration.counts import COUNTS, YEAR, Count
from calibration.figures import load_figures
from reports import series
from reports.document import Columns, Name, Number, Table, Value, say, table_of, translated
from reports.run_data import RunData
from sim.calendar import fiscal_year_of_month

_MONTHS = 12


def table(data: RunData) -> Table:
    """A line a count; none where the run does not report the whole year."""
    reported = sum(fiscal_year_of_month(month) == YEAR for month in data.months)
    told = [count for count in COUNTS if count.fact in data.flows.columns] if reported == _MONTHS else []
    columns: Columns[Count] = {
        "figure": _figure,
        "published": lambda count: Number(load_figures()[count.figure].number, "count", exact=True),
        "simulated": lambda count: _simulated(data, count.fact),
        "role": lambda count: Name("count_role", count.role),
    }
    return table_of("run", told, columns)


def _figure(count: Count) -> Value:
    subject = translated(f"figure.{count.figure}", load_figures()[count.figure].subject)
    return say("validation.figure", id=count.figure, subject=subject)


def _simulated(data: RunData, fact: str) -> Value:
    """Mean over replications with their 10 and 90 %."""
    found = series.total_of_year(series.flow(data, fact), YEAR)
    return series.mean_with_band(found.to_numpy(), "count", exact=True)
