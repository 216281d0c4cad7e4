"""Fitting uncertain parameters to published figures: least squares with what is assumed as weak information.

Each parameter is searched inside its assumed range and pulled to its assumed value as if the range were a 95 % interval
of a normal law; each figure pulls with its tolerance as standard error. The least sum of squares is found by
``scipy.optimize.least_squares``; intervals come from the curvature there (Laplace's approximation). Figures that say
nothing about a parameter leave its interval as wide as assumed, and that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import least_squares

from calibration.fits_record import Influence
from scenarios.errors import UserError
from sim.message import Message
from sim.streams import Floats

_Z95 = 1.959963984540054
_STEP = 0.25
"""Step of the numerical slope, in standard deviations of what is assumed: well above the rounding to whole cards."""
_WELL, _PARTLY = 0.75, 0.3
_TRADED = 0.3
"""A correlation that is told."""
_SLIGHT = 0.02
"""Weights below this are left out: 13 of them would be half a per cent of a variance."""

Values = Mapping[str, float]
Predict = Callable[[Values], Values]


@dataclass(frozen=True)
class Uncertain:
    """A parameter to be fitted, by name, with its assumed value and range."""

    name: str
    value: float
    low: float
    high: float
    unit: str = ""

    @property
    def deviation(self) -> float:
        """Standard deviation that makes the assumed range a 95 % interval."""
        return (self.high - self.low) / (2 * _Z95)


@dataclass(frozen=True)
class Aim:
    """A figure to be met, with the tolerance that serves as its standard error."""

    id: str
    value: float
    tolerance: float
    rounding: float = 0.0


@dataclass(frozen=True)
class Problem:
    """Parameters, figures, and the part of the model that leads from one to the other.

    ``forecast`` tells what is wanted of the fitted part: values by name, with their units.
    """

    name: str
    scenario: str
    uncertain: tuple[Uncertain, ...]
    aims: tuple[Aim, ...]
    predict: Predict
    forecast: Predict = lambda values: {}
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fitted:
    """What the figures say about one parameter.

    ``pinned`` is 0 where they say nothing and near 1 where they fix it: one less the fitted over the assumed deviation.
    ``partner`` is the parameter that it can be traded against most, with their correlation. ``drawn_with`` are the
    weights of the numbers of parameters before it with which it is drawn, so that all are correlated as fitted.
    """

    uncertain: Uncertain
    value: float
    low: float
    high: float
    pinned: float
    partner: str | None
    correlation: float | None
    drawn_with: Values = field(default_factory=dict)

    @property
    def word(self) -> str:
        """``well``, ``partly`` or ``not`` pinned down."""
        return "well" if self.pinned >= _WELL else "partly" if self.pinned >= _PARTLY else "not"


@dataclass(frozen=True)
class Fit:
    """The result of a fit.

    ``slopes[aim, parameter]`` and ``covariance[parameter, parameter]`` are in the parameters' own units.
    """

    problem: Problem
    parameters: tuple[Fitted, ...]
    predicted: Values
    slopes: Floats
    covariance: Floats
    evaluations: int
    converged: bool

    @property
    def values(self) -> dict[str, float]:
        """Fitted values by name."""
        return {fitted.uncertain.name: fitted.value for fitted in self.parameters}

    def missed(self) -> list[Aim]:
        """Figures that the best values miss by more than three tolerances: no values in bounds meet them all."""
        return [aim for aim in self.problem.aims if abs(self.predicted[aim.id] - aim.value) > 3 * aim.tolerance]

    def influences(self) -> list[Influence]:
        """How each forecast moves, to first order, if a figure is wrong by its rounding: largest moves first."""
        here = self.problem.forecast(self.values)
        slopes = {name: np.zeros(len(self.parameters)) for name in here}
        for number, fitted in enumerate(self.parameters):
            step = _STEP * fitted.uncertain.deviation
            step = step if fitted.value + step <= fitted.uncertain.high else -step
            moved = self.problem.forecast({**self.values, fitted.uncertain.name: fitted.value + step})
            for name, slope in slopes.items():
                slope[number] = (moved[name] - here[name]) / step
        found = [
            Influence(
                aim.id,
                aim.rounding,
                name,
                self.problem.units[name],
                change=change,
                level=here[name],
                share=abs(change) / (abs(here[name]) or 1.0),
            )
            for number, aim in enumerate(self.problem.aims)
            for name, slope in slopes.items()
            for change in (float(slope @ self._shift(number)),)
        ]
        return sorted(found, key=lambda influence: -abs(influence.change))

    def _shift(self, aim: int) -> Floats:
        """How the fitted values move if a figure is wrong by its rounding, to first order."""
        wrong = self.problem.aims[aim]
        return np.asarray(self.covariance @ self.slopes[aim] * (wrong.rounding / wrong.tolerance**2))


def fit(problem: Problem, budget: int, on_evaluation: Callable[[], None] = lambda: None) -> Fit:
    """Find the most likely values and how sure they are.

    Args:
        problem: what to fit to what.
        budget: most evaluations of ``problem.predict``.
        on_evaluation: called after each.

    Raises:
        UserError: if an assumed value lies outside its range, a figure has no prediction, or the budget does not even
            reach for one step.
    """
    _check(problem, budget)
    search = _Search(problem, budget, on_evaluation)
    names = len(problem.uncertain)
    low, high = (
        np.array([(getattr(u, end) - u.value) / u.deviation for u in problem.uncertain]) for end in ("low", "high")
    )
    try:
        found = least_squares(
            search.residuals, np.zeros(names), search.jacobian, bounds=(low, high), xtol=1e-3, ftol=1e-4, gtol=1e-6
        )
        best, converged = np.asarray(found.x), bool(found.status > 0)
    except _BudgetSpentError:
        best, converged = search.best, False
    scale = np.array([u.deviation for u in problem.uncertain])
    jacobian = search.slopes(best)
    information = jacobian.T @ jacobian + np.eye(names)
    spread: Floats = np.asarray(np.linalg.inv(information), dtype=np.float64)
    tolerances = np.array([aim.tolerance for aim in problem.aims])
    return Fit(
        problem=problem,
        parameters=_told(problem.uncertain, best, spread),
        predicted=search.predicted(best),
        slopes=jacobian * tolerances[:, None] / scale[None, :],
        covariance=spread * np.outer(scale, scale),
        evaluations=search.evaluations,
        converged=converged,
    )


def _check(problem: Problem, budget: int) -> None:
    where = f"calibrate {problem.name}"
    mistakes = [
        Message(
            "{name} = {value:g}: must lie inside its assumed range, {low:g} to {high:g}, which must not be empty",
            **{"name": u.name, "value": u.value, "low": u.low, "high": u.high},
        )
        for u in problem.uncertain
        if not u.low <= u.value <= u.high or u.low == u.high
    ]
    mistakes += [
        Message("{id}: tolerance {tolerance:g} must be more than 0", id=aim.id, tolerance=aim.tolerance)
        for aim in problem.aims
        if aim.tolerance <= 0
    ]
    if not problem.aims:
        mistakes.append(Message("no published figure to fit to"))
    least = len(problem.uncertain) + 1
    if budget < least:
        mistakes.append(Message("--budget {budget}: one step takes {least} evaluations", budget=budget, least=least))
    if mistakes:
        raise UserError(where, mistakes)


def _told(uncertain: Sequence[Uncertain], best: Floats, spread: Floats) -> tuple[Fitted, ...]:
    deviations = np.sqrt(np.diag(spread))
    correlations = spread / np.outer(deviations, deviations)
    weights = np.linalg.cholesky(correlations)
    np.fill_diagonal(correlations, 0.0)
    told = []
    for number, parameter in enumerate(uncertain):
        value = parameter.value + float(best[number]) * parameter.deviation
        half = _Z95 * float(deviations[number]) * parameter.deviation
        other = int(np.argmax(np.abs(correlations[number])))
        correlation = float(correlations[number, other])
        traded = abs(correlation) >= _TRADED
        told.append(
            Fitted(
                uncertain=parameter,
                value=value,
                low=max(value - half, parameter.low),
                high=min(value + half, parameter.high),
                pinned=1 - float(deviations[number]),
                partner=uncertain[other].name if traded else None,
                correlation=correlation if traded else None,
                drawn_with={
                    before.name: float(weight)
                    for before, weight in zip(uncertain[:number], weights[number, :number], strict=True)
                    if abs(weight) >= _SLIGHT
                },
            )
        )
    return tuple(told)


class _BudgetSpentError(Exception):
    """No evaluation is left; the best values so far count."""


class _Search:
    """Residuals and slopes on the scale of what is assumed, each point evaluated once."""

    def __init__(self, problem: Problem, budget: int, on_evaluation: Callable[[], None]) -> None:
        self._problem = problem
        self._budget = budget
        self._on_evaluation = on_evaluation
        self._known: dict[tuple[float, ...], Values] = {}
        self.evaluations = 0
        self.best: Floats = np.zeros(len(problem.uncertain))
        self._least = np.inf

    def predicted(self, z: Floats) -> Values:
        """The figures at a point, evaluated even past the budget."""
        key = tuple(z.tolist())
        if key not in self._known:
            parameters = zip(self._problem.uncertain, key, strict=True)
            self._known[key] = self._problem.predict({u.name: u.value + u.deviation * at for u, at in parameters})
            missing = [aim.id for aim in self._problem.aims if aim.id not in self._known[key]]
            if missing:
                told = [Message("{id}: the model does not tell it", id=id_) for id_ in missing]
                raise UserError(f"calibrate {self._problem.name}", told)
            self.evaluations += 1
            self._on_evaluation()
        return self._known[key]

    def residuals(self, z: Floats) -> Floats:
        """Distances from the figures in tolerances, then from what is assumed in standard deviations."""
        if self.evaluations >= self._budget:
            raise _BudgetSpentError
        off = np.concatenate([self._off(z), z])
        if (loss := float(off @ off)) < self._least:
            self._least, self.best = loss, z.copy()
        return off

    def _off(self, z: Floats) -> Floats:
        predicted = self.predicted(z)
        return np.array([(predicted[aim.id] - aim.value) / aim.tolerance for aim in self._problem.aims])

    def slopes(self, z: Floats) -> Floats:
        """Change of each figure, in tolerances, by each parameter, in assumed standard deviations."""
        here = self._off(z)
        columns = []
        for number, parameter in enumerate(self._problem.uncertain):
            room = (parameter.high - parameter.value) / parameter.deviation - z[number]
            step = _STEP if room >= _STEP else -_STEP
            moved = z.copy()
            moved[number] += step
            columns.append((self._off(moved) - here) / step)
        return np.array(columns).T

    def jacobian(self, z: Floats) -> Floats:
        """The slopes of ``residuals``."""
        if self.evaluations >= self._budget:
            raise _BudgetSpentError
        return np.vstack([self.slopes(z), np.eye(len(z))])
