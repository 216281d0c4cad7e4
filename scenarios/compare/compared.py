"""What replications say of two scenarios, target by target and figure by figure, as rows of ``comparison.json``.

Two families of differences are judged, each by itself. What decides is one difference a target: how much likelier it is
met over the whole period (``scenarios.compare.mcnemar``); that of availability is computed
(``scenarios.run.available``), so that chance has no part in it, and it is not judged with the others. Behind it stand
the figures of fiscal years, those by which targets are judged and key figures, which say by how much
(``scenarios.experiment.paired``): many more, so that the few that decide need not bear with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scenarios.compare.families import Claim, holm
from scenarios.compare.mcnemar import MetDifference, met_difference
from scenarios.compare.record import TOTAL, Compared
from scenarios.experiment.experiment import Point
from scenarios.experiment.paired import Difference, paired
from scenarios.run.available import Availability, is_computed, part_of
from scenarios.run.every_year import with_every_year
from scenarios.run.judge import largest
from scenarios.run.periods import not_common
from scenarios.run.statistic import EVERY_YEAR
from scenarios.run.totals import totals
from scenarios.run.words import word, word_of
from sim.calendar import RUN, Period
from sim.parameters import Parameters
from sim.result import Result
from sim.targets import Statistic, statistics

KEY_FIGURES = (
    "applications",
    "cards_dispatched",
    "cards_handed_over",
    "late_standard",
    "received_to_be_late",
    "weekend_worked",
    "notices_sent",
    "certificates_renewed",
    "certificates_lapsed",
    "transactions_failed",
    "calls_offered",
    "helpdesk_offered",
)
"""Totals of a fiscal year that are compared beside the targets: what comes in, leaves and reaches residents, how many
are too late (as the target counts, and with the New Year closure) and what the plant works for it; the same for
certificates; and the calls that all of it brings. Few, since each more makes every other claim of figures harder
(Holm); the others stand in a run's own summary."""

MET = "met_share"
"""The statistic of what decides: the share of replications that meet a target over the whole period."""
FINEST = 0.003
"""Computed probabilities that lie nearer to each other are not told apart: so near are they to years that are drawn."""
Key = tuple[str, str, str]
"""Id, period and statistic."""


@dataclass(frozen=True)
class Told:
    """What one replication says of a target or key figure in a period; ``met`` is None for key figures."""

    value: float | None
    met: bool | None = None


@dataclass(frozen=True)
class Side:
    """One scenario with what its replications say, and how likely its systems are available."""

    name: str
    point: Point
    told: list[dict[Key, Told]]
    availability: Availability

    @property
    def parameters(self) -> Parameters:
        """Those of the scenario."""
        return self.point.parameters


def tell(result: Result, parameters: Parameters) -> dict[Key, Told]:
    """What a replication says of every target (its deciding statistic by period) and key figure (by fiscal year)."""
    years = totals([result], parameters)
    figures = {(name, year, TOTAL): Told(years[year][name]) for name in KEY_FIGURES for year in years}
    return of_targets(statistics(result, parameters)) | figures


def of_targets(said: Sequence[Statistic]) -> dict[Key, Told]:
    """What a replication says of every target; of one with fiscal years also of all of them together."""
    return {
        (one.judged, one.period, one.name): Told(one.value, one.met) for one in with_every_year(said) if one.decides
    }


def rows(side: Side, base: Side) -> list[Compared]:
    """One scenario held against another, in the periods that both report alike.

    First a row a target, whether it is met over all fiscal years (the run where it has none): these decide. Then a row
    for each figure and period; of these years, and the run where a target has no years, are claimed too, as a family of
    their own. Others get a plain interval.
    """
    lacking = not_common(side.parameters, base.parameters)
    lacking += [EVERY_YEAR] if RUN in lacking else []
    keys = [key for key in dict.fromkeys((*base.told[0], *side.told[0])) if key[1] not in lacking]
    return [*_probabilities(side, base, keys), *_figures(side, base, keys)]


def _probabilities(side: Side, base: Side, keys: Sequence[Key]) -> list[Compared]:
    """How much likelier each target is met over the whole period: what decides."""
    found = {}
    periods = _whole_periods(keys)
    for key, spans in periods.items():
        own, other = (_met_in_all(one, spans) for one in (side, base))
        same = all(_values(side, span) == _values(base, span) for span in spans)
        found[key] = own, other, met_difference(own, other, same)
    computed = {key for key in found if all(is_computed(key[0], one.parameters) for one in (side, base))}
    counted = {key: each[2] for key, each in found.items() if each[2] and key not in computed}
    claims = dict(zip(counted, holm(list(counted.values())), strict=True))
    rows = {
        key: replace(
            _row(side, base, key, difference, claims.get(key), len(counted), (own, other)),
            kind="probability",
            statistic=MET,
            value=_share(own),
            against_value=_share(other),
        )
        for key, (own, other, difference) in found.items()
    }
    return [
        _computed(row, side, base, [span[1] for span in periods[key]]) if key in computed and found[key][2] else row
        for key, row in rows.items()
    ]


def _computed(row: Compared, side: Side, base: Side, periods: Sequence[str]) -> Compared:
    """The row of a target whose probability is worked out, in every one of some periods."""
    own, other = (one.availability.in_every(part_of(row.id), periods) for one in (side, base))
    difference = own - other
    return replace(
        row,
        value=own,
        against_value=other,
        difference=difference,
        low=difference,
        high=difference,
        clear=abs(difference) >= FINEST,
        met=None,
        against_met=None,
        met_differs=None,
        verdict=word_of(own),
        against_verdict=word_of(other),
        computed=True,
    )


def _whole_periods(keys: Sequence[Key]) -> dict[Key, list[Key]]:
    """Of each target the fiscal years that are compared, else the run; key figures are no target."""
    spans: dict[tuple[str, str], list[Key]] = {}
    for key in keys:
        if key[2] != TOTAL and _in_family(key, keys):
            spans.setdefault((key[0], key[2]), []).append(key)
    return {(own[0][0], RUN if own[0][1] == RUN else EVERY_YEAR, own[0][2]): own for own in spans.values()}


def _met_in_all(side: Side, spans: Sequence[Key]) -> list[bool | None]:
    """Whether each replication met a target wherever it was tested; None where it was tested nowhere."""
    met = zip(*(_met(side, span) for span in spans), strict=True)
    return [None if all(one is None for one in each) else False not in each for each in met]


def _figures(side: Side, base: Side, keys: Sequence[Key]) -> list[Compared]:
    differences = {key: paired(_values(side, key), _values(base, key), largest(key[2])) for key in keys}
    family = {key: found for key, found in differences.items() if found and _in_family(key, keys)}
    claims = dict(zip(family, holm(list(family.values())), strict=True))
    return [
        _row(side, base, key, differences[key], claims.get(key), len(family), (_met(side, key), _met(base, key)))
        for key in keys
    ]


def _in_family(key: Key, keys: Sequence[Key]) -> bool:
    """Whether a difference is claimed or left to chance: fiscal years, and the run where a target has no years."""
    judged, period, _ = key
    if period == RUN:
        return not any(other == judged and Period(span).yearly for other, span, _ in keys)
    return Period(period).yearly


def _values(side: Side, key: Key) -> list[float | None]:
    return [told[key].value if key in told else None for told in side.told]


def _met(side: Side, key: Key) -> list[bool | None]:
    return [told[key].met if key in told else None for told in side.told]


def _row(
    side: Side,
    base: Side,
    key: Key,
    difference: Difference | MetDifference | None,
    claim: Claim | None,
    claims: int,
    met: tuple[Sequence[bool | None], Sequence[bool | None]],
) -> Compared:
    own, other = met
    both = [(ours, theirs) for ours, theirs in zip(own, other, strict=True) if ours is not None and theirs is not None]
    plain = difference.interval() if difference else (None, None)
    identifier, period, statistic = key
    return Compared(
        scenario=side.name,
        against=base.name,
        kind="key_figure" if statistic == TOTAL else "target",
        id=identifier,
        period=period,
        statistic=statistic,
        value=_mean(_values(side, key)),
        against_value=_mean(_values(base, key)),
        difference=difference.mean if difference else None,
        low=claim.low if claim else plain[0],
        high=claim.high if claim else plain[1],
        clear=claim.clear if claim else None,
        replications=difference.pairs if difference else 0,
        met=_count(own),
        against_met=_count(other),
        met_differs=sum(ours != theirs for ours, theirs in both) if both else None,
        verdict=_word(own),
        against_verdict=_word(other),
        claims=claims if claim else None,
    )


def _share(met: Sequence[bool | None]) -> float | None:
    return _mean([None if one is None else float(one) for one in met])


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None


def _word(met: Sequence[bool | None]) -> str | None:
    known = [one for one in met if one is not None]
    return word(known) if known else None


def _count(met: Sequence[bool | None]) -> int | None:
    """In how many replications a target was met; None where it was tested in none."""
    known = [one for one in met if one is not None]
    return sum(known) if known else None
