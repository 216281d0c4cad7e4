"""What counts support: "holds with a probability of at least 90 %" is claimed only where it can be shown.

A claim rests on the one-sided lower bound of Clopper and Pearson (*The use of confidence or fiducial limits illustrated
in the case of the binomial*, Biometrika 26, 1934, 404-413), which never misses more often than stated. The same bound
says which of the needs of so many replications, in order, is the least level that may be claimed
(``scenarios.size.orders``).
"""

from __future__ import annotations

from math import ceil, log

from scipy.special import betaincinv, ndtri

ASSURANCE = 0.95
"""A claim is right at least this often."""
ERROR = 1 - ASSURANCE
_FEWEST = 115
"""Fresh replications at least, unless stated: fewer leave the interval of a level wide."""
_CLEAR = 0.04
"""Numbers of replications that just suffice are passed over: the claim is to stand with this error too."""
_TOO_HIGH = 0.31
"""Standard deviations that the level bought may lie above the least, in the middle."""


def lower_bound(held: int, of: int, error: float = ERROR) -> float:
    """The probability that is missed from below with a chance of ``error`` at most, held so often of so many."""
    return float(betaincinv(held, of - held + 1, error)) if held else 0.0


def upper_bound(held: int, of: int, error: float = ERROR) -> float:
    """The same from above."""
    return float(betaincinv(held + 1, of - held, 1 - error)) if held < of else 1.0


def interval(held: int, of: int) -> tuple[float, float]:
    """The two-sided 95 % interval of Clopper and Pearson."""
    return lower_bound(held, of, ERROR / 2), upper_bound(held, of, ERROR / 2)


def needed(of: int, probability: float, error: float = ERROR) -> int | None:
    """Least count held, of so many, that shows at least this probability; None where even all would not."""
    few, many = int(probability * of), of
    if lower_bound(many, of, error) < probability:
        return None
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if lower_bound(middle, of, error) >= probability else (middle, many)
    return few if lower_bound(few, of, error) >= probability else many


def least_trials(probability: float, error: float = ERROR) -> int:
    """Fewest replications that can show a probability, all of them held: error = probability ^ n."""
    return ceil(log(error) / log(probability))


def trials_for(probability: float, most: int = 400) -> int:
    """Replications with which the level that is bought lies little above the least, every other time or more.

    The level bought is that of the order ``needed``. In a normal law it lies as many standard deviations above the
    quantile as its place among the replications says; with a third of one it is 4 % too high where logarithms of needs
    have a spread of 0.12. Near 1 that would take more than ``most``. Where few replications need much more than the
    others, orders lie further apart: a claim that holds for every law then takes more replications to come as near
    (of a gamma law 5 % at 90 % with these, and 4 % with 215), which ``--fresh`` asks for.
    """
    for of in range(max(_FEWEST, least_trials(probability)), most):
        order = needed(of, probability)
        if order is not None and order == needed(of, probability, _CLEAR):
            middle = betaincinv(order, of - order + 1, 0.5)
            if ndtri(middle) - ndtri(probability) <= _TOO_HIGH:
                return of
    return max(most, least_trials(probability))
