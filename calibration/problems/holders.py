"""Holders: the shift from issue to hand-over, attrition, lapse and first cards, from notices and cards held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from calibration.agreement import aims
from calibration.fitting import Problem, Values
from calibration.holders_walk import Outlook, outlook
from calibration.values import assumed, with_values
from scenarios.load import load

NAME = "holders"
SCENARIO = "baseline-fy2025"
LAST_DAY = date(2026, 6, 30)
"""Notices of FY2025 are about cards and certificates that expire up to here."""
_FORECAST_UNTIL = date(2032, 6, 30)
_UNITS = {
    "holders.history_shift_days": "days",
    "holders.departure_rate": "per year",
    "holders.loss_rate": "per year",
    "holders.limited_stay_share": "share",
    "renewal.card_lapse_share": "share",
    "renewal.certificate_lapse_share": "share",
    "demand.first_time_per_year@2024-04-01": "applications/year",
    "demand.first_time_per_year@2025-04-01": "applications/year",
}


def problem() -> Problem:
    """Fitted to the notices of FY2024 and cards held from 2024 to 2026; the notices of FY2025 are held back."""
    scenario = load(SCENARIO)
    uncertain = tuple(assumed(scenario, name, unit) for name, unit in _UNITS.items())
    figures = aims(NAME)

    def predict(values: Values) -> Values:
        found = outlook(with_values(scenario, values).parameters, LAST_DAY)
        return {aim.id: told(found, aim.id) for aim in figures}

    def forecast(values: Values) -> Values:
        found = outlook(with_values(scenario, values).parameters, _FORECAST_UNTIL)
        return {"notices FY2027": found.notices_of(2027), "cards expiring FY2031": found.cards_expiring_in(2031)}

    units = {"notices FY2027": "notices", "cards expiring FY2031": "cards"}
    return Problem(NAME, SCENARIO, uncertain, figures, predict, forecast, units)


def speaks_of(figure: str) -> bool:
    """Whether an outlook speaks of a published figure."""
    return figure in _TOLD or figure.startswith("HELD-")


def told(found: Outlook, figure: str) -> float:
    """What an outlook says of a published figure.

    Raises:
        KeyError: if it does not speak of it.
    """
    if not speaks_of(figure):
        raise KeyError(figure)
    if figure in _TOLD:
        return _TOLD[figure](found)
    return found.held_on(date.fromisoformat(figure.removeprefix("HELD-")))


_TOLD: dict[str, Callable[[Outlook], float]] = {
    "JLIS-021": lambda found: found.notices_of(2024),
    "JLIS-022": lambda found: found.notices_of(2025),
    "REVO-001": lambda found: found.gone_by(date(2023, 6, 30)),
    "REVO-004": lambda found: found.gone_by(date(2024, 6, 30)),
    "HOLD-001/75-79": lambda found: found.holding_rate(date(2023, 7, 31), 75, 79),
    "HOLD-001/0-4": lambda found: found.holding_rate(date(2023, 7, 31), 0, 4),
}
