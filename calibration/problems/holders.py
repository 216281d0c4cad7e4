"""Holders: the shift from issue to hand-over, attrition, lapse, first cards and what pushed people to apply for them.

From notices, cards held, and applications a day while the insurance card came to its end.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from calibration.agreement import aims
from calibration.fitting import Problem, Uncertain, Values
from calibration.holders_walk import Outlook, outlook
from calibration.values import with_values
from scenarios.files.load import load

NAME = "holders"
SCENARIO = "baseline-fy2025"
LAST_DAY = date(2026, 6, 30)
"""Notices of FY2025 are about cards and certificates that expire up to here."""
_FORECAST_UNTIL = date(2032, 6, 30)
UNCERTAIN = (
    Uncertain("holders.history_shift_days", 0, -15, 15, "days"),
    Uncertain("holders.departure_rate", 0.0018, 0.001, 0.003, "per year"),
    Uncertain("holders.loss_rate", 0.0037, 0.0025, 0.006, "per year"),
    Uncertain("holders.limited_stay_share", 0.02, 0.01, 0.03, "share"),
    Uncertain("renewal.card_lapse_share", 0.1, 0.05, 0.15, "share"),
    Uncertain("renewal.certificate_lapse_share", 0.12, 0.07, 0.2, "share"),
    Uncertain("demand.first_time_level@2024-04-01", 1, 0.5, 1.5, "multiplier"),
    Uncertain("demand.first_time_level@2025-04-01", 1, 0.5, 1.5, "multiplier"),
    Uncertain("demand.first_time_push@2024-09-01", 2, 1, 3, "multiplier"),
    Uncertain("demand.first_time_push@2025-08-01", 1.5, 1, 2, "multiplier"),
    Uncertain("demand.first_time_push@2025-11-01", 2, 1, 3, "multiplier"),
    Uncertain("demand.reissue_push@2025-08-01", 5, 1, 9, "multiplier"),
    Uncertain("demand.reissue_push@2025-11-01", 6, 1, 12, "multiplier"),
)
"""Ranges before notices and cards held are looked at; the baseline holds the fitted ones."""


def problem() -> Problem:
    """Fitted to the notices of FY2024, cards held from 2024 to 2026, and applications from August to November 2025.

    The notices of FY2025 are held back.
    """
    scenario = load(SCENARIO)
    figures = aims(NAME)

    def predict(values: Values) -> Values:
        found = outlook(with_values(scenario, values).parameters, LAST_DAY)
        return {aim.id: told(found, aim.id) for aim in figures}

    def forecast(values: Values) -> Values:
        found = outlook(with_values(scenario, values).parameters, _FORECAST_UNTIL)
        return {"notices FY2027": found.notices_of(2027), "cards expiring FY2031": found.cards_expiring_in(2031)}

    units = {"notices FY2027": "notices", "cards expiring FY2031": "cards"}
    return Problem(NAME, SCENARIO, UNCERTAIN, figures, predict, forecast, units)


def speaks_of(figure: str) -> bool:
    """Whether an outlook speaks of a published figure."""
    return figure in _TOLD or figure in _APPLICATIONS or figure.startswith("HELD-")


def told(found: Outlook, figure: str) -> float:
    """What an outlook says of a published figure.

    Raises:
        KeyError: if it does not speak of it.
    """
    if not speaks_of(figure):
        raise KeyError(figure)
    if figure in _TOLD:
        return _TOLD[figure](found)
    if figure in _APPLICATIONS:
        return found.applications_a_day(_APPLICATIONS[figure])
    return found.held_on(date.fromisoformat(figure.removeprefix("HELD-")))


_APPLICATIONS = {f"APPL-008/2025-{month:02}": 2025 * 12 + month - 1 for month in (8, 9, 10)}
_APPLICATIONS["APPL-009"] = 2025 * 12 + 10
"""Mean applications a day, by figure, and their month number."""
_TOLD: dict[str, Callable[[Outlook], float]] = {
    "JLIS-021": lambda found: found.notices_of(2024),
    "JLIS-022": lambda found: found.notices_of(2025),
    "REVO-001": lambda found: found.gone_by(date(2023, 6, 30)),
    "HOLD-001/75-79": lambda found: found.holding_rate(date(2023, 7, 31), 75, 79),
    "HOLD-001/0-4": lambda found: found.holding_rate(date(2023, 7, 31), 0, 4),
}
