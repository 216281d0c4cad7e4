"""What counts support: "holds with a probability of at least 90 %" is claimed only where it can be shown.

A claim rests on the one-sided lower bound of Clopper and Pearson (*The use of confidence or fiducial limits illustrated
in the case of the binomial*, Biometrika 26, 1934, 404-413), which never misses more often than stated. Evidence may be
looked at several times, more replications being added in between: the n-th look spends a 2^n-th of the error allowed,
so that all looks together, however many, stay within it.
"""

from __future__ import annotations

from math import ceil, log

from scipy.special import betaincinv

ASSURANCE = 0.95
"""A claim is right at least this often."""
ERROR = 1 - ASSURANCE


def lower_bound(held: int, of: int, error: float = ERROR) -> float:
    """The probability that is missed from below with a chance of ``error`` at most, held so often of so many."""
    return float(betaincinv(held, of - held + 1, error)) if held else 0.0


def upper_bound(held: int, of: int, error: float = ERROR) -> float:
    """The same from above."""
    return float(betaincinv(held + 1, of - held, 1 - error)) if held < of else 1.0


def interval(held: int, of: int) -> tuple[float, float]:
    """The two-sided 95 % interval of Clopper and Pearson."""
    return lower_bound(held, of, ERROR / 2), upper_bound(held, of, ERROR / 2)


def error_of_look(look: int) -> float:
    """What the n-th look (1, 2, ...) may spend of the error allowed."""
    return float(ERROR / 2**look)


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


def trials_for(probability: float, indifference: float, most: int) -> int:
    """Replications with which the lower bound accepts what is truly so much more probable, every other time or more.

    Levels that hold with a probability of up to ``indifference`` above the one asked are taken to be as good as the
    least: telling them apart would take more replications (the indifference zone of ranking and selection; Bechhofer,
    Annals of Mathematical Statistics 25, 1954, 16-39). Near 1 the zone is what is left.
    """
    zone = min(indifference, 1 - probability)
    for trials in range(least_trials(probability), most):
        held = needed(trials, probability)
        if held is not None and held <= trials * (probability + zone):
            return trials
    return most
