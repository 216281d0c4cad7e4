"""Least squares with what is assumed: against the closed form of a linear problem, and what it refuses."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calibration.fitting import Aim, Problem, Uncertain, fit
from scenarios.errors import UserError

SLOPES = np.array([[2.0, 1.0], [0.0, 3.0], [1.0, 0.0]])
UNCERTAIN = (Uncertain("a", 1.0, -9.0, 11.0), Uncertain("b", 2.0, -8.0, 12.0))


def predict(values: Mapping[str, float]) -> dict[str, float]:
    told = SLOPES @ [values["a"], values["b"]]
    return {name: float(value) for name, value in zip("xyz", told, strict=True)}


def problem(aims: tuple[Aim, ...], uncertain: tuple[Uncertain, ...] = UNCERTAIN) -> Problem:
    return Problem("line", "nowhere", uncertain, aims, predict)


AIMS = (Aim("x", 7.0, 0.5, 0.1), Aim("y", 6.0, 2.0, 0.1), Aim("z", 2.0, 1.0, 0.1))


@given(st.lists(st.floats(-6, 6), min_size=3, max_size=3), st.lists(st.floats(0.2, 3), min_size=3, max_size=3))
@example([0.0, 0.0, 6.0], [0.5, 3.0, 0.25])  # an interval that reaches to the end of its range
@settings(max_examples=25, deadline=None)
def test_a_linear_problem_has_the_closed_form(values: list[float], tolerances: list[float]) -> None:
    aims = tuple(Aim(name, v, t) for name, v, t in zip("xyz", values, tolerances, strict=True))
    found = fit(problem(aims), 100)
    prior = np.diag([u.deviation**-2 for u in UNCERTAIN])
    weight = np.diag(np.array(tolerances) ** -2)
    covariance = np.linalg.inv(SLOPES.T @ weight @ SLOPES + prior)
    best = covariance @ (SLOPES.T @ weight @ values + prior @ [u.value for u in UNCERTAIN])
    assert list(found.values.values()) == pytest.approx(best, abs=2e-3)
    assert found.covariance == pytest.approx(covariance, rel=1e-6)
    assert found.converged
    for number, parameter in enumerate(found.parameters):
        half, own = 1.96 * np.sqrt(covariance[number, number]), parameter.uncertain
        ends = max(parameter.value - half, own.low), min(parameter.value + half, own.high)
        assert (parameter.low, parameter.high) == pytest.approx(ends, abs=0.01 * half)


def test_a_figure_that_says_nothing_leaves_what_is_assumed() -> None:
    blind = Problem("blind", "nowhere", UNCERTAIN, (Aim("x", 3.0, 1.0),), lambda values: {"x": 1.0})
    for parameter in fit(blind, 50).parameters:
        assert (parameter.value, parameter.low, parameter.high) == pytest.approx(
            (parameter.uncertain.value, parameter.uncertain.low, parameter.uncertain.high), abs=1e-3
        )
        assert (parameter.word, parameter.partner, parameter.correlation) == ("not", None, None)
        assert parameter.pinned == pytest.approx(0)


def test_a_sharp_figure_pins_what_it_depends_on_and_names_what_it_can_be_traded_against() -> None:
    a, b = fit(problem((Aim("z", 4.0, 0.01),)), 50).parameters
    assert (a.word, b.word) == ("well", "not")
    assert a.value == pytest.approx(4.0, abs=0.01)
    traded = fit(problem((Aim("x", 4.0, 0.01),)), 50).parameters
    assert [each.partner for each in traded] == ["b", "a"]
    assert all(each.correlation is not None and each.correlation < -0.9 for each in traded)
    assert all(each.word != "well" for each in traded)


def test_fitted_values_stay_inside_what_is_assumed_and_missed_figures_are_named() -> None:
    found = fit(problem((Aim("z", 500.0, 1.0), Aim("y", 6.0, 1.0))), 100)
    assert found.values["a"] == pytest.approx(11.0, abs=0.01)
    assert [aim.id for aim in found.missed()] == ["z"]


def test_a_spent_budget_gives_the_best_so_far_and_says_so() -> None:
    calls = []

    def curved(values: Mapping[str, float]) -> dict[str, float]:
        calls.append(values)
        return {"x": np.exp(values["a"] / 3), "y": values["a"] * values["b"] ** 2}

    hard = Problem("hard", "nowhere", UNCERTAIN, (Aim("x", 8.0, 0.001), Aim("y", 3.0, 0.001)), curved)
    found = fit(hard, 5)
    assert not found.converged
    assert len(calls) <= 5 + 3  # what is told needs the slopes at the best point
    assert found.evaluations == len(calls)


def test_influence_is_the_change_of_a_refit() -> None:
    def forecast(values: Mapping[str, float]) -> dict[str, float]:
        return {"sum": values["a"] + 10 * values["b"]}

    def with_first(value: float) -> Problem:
        aims = (Aim("x", value, 0.5, 0.1), *AIMS[1:])
        return Problem("line", "nowhere", UNCERTAIN, aims, predict, forecast, {"sum": "units"})

    (told,) = [each for each in fit(with_first(7.0), 99).influences() if each.id == "x"]
    before, after = (forecast(fit(with_first(value), 99).values)["sum"] for value in (7.0, 7.1))
    assert told.change == pytest.approx(after - before, abs=0.02)
    assert (told.unit, told.rounding) == ("units", 0.1)


@pytest.mark.parametrize(
    ("aims", "uncertain", "budget", "said"),
    [
        (
            AIMS,
            (Uncertain("a", 12.0, -9.0, 11.0), UNCERTAIN[1]),
            50,
            "a = 12: must lie inside its assumed range, -9 to 11",
        ),
        (AIMS, (Uncertain("a", 1.0, 1.0, 1.0), UNCERTAIN[1]), 50, "must not be empty"),
        ((Aim("x", 1.0, 0.0),), UNCERTAIN, 50, "x: tolerance 0 must be more than 0"),
        ((), UNCERTAIN, 50, "no published figure"),
        ((Aim("w", 1.0, 1.0),), UNCERTAIN, 50, "w: the model does not tell it"),
        (AIMS, UNCERTAIN, 2, "--budget 2: one step takes 3 evaluations"),
    ],
)
def test_what_cannot_be_fitted_is_told(
    aims: tuple[Aim, ...], uncertain: tuple[Uncertain, ...], budget: int, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        fit(problem(aims, uncertain), budget)
