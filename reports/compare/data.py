"""A comparison read from its folder: scenarios, pairs, one row a target or key figure and period, monthly bands."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from reports import statistics
from scenarios.compare.compared import Compared
from scenarios.experiment.paired import cannot_be_told, fewest
from sim.calendar import RUN, Period

_UNCLEAR = ("too_few", "chance", "alike", "hardly", "equal", "one_sided", "not_tested")
KINDS = ("probability", "target", "key_figure")
"""What decides, the figures by which targets are judged, key figures."""
CLEAR = ("better", "worse", "more", "fewer")
"""Outcomes that chance does not explain: of targets and their figures; of key figures, neither good nor bad."""


@dataclass(frozen=True)
class Pair:
    """A scenario held against the first: inputs that differ, periods not in common, how many differences are judged.

    ``target_claims`` of these decide, one a target; ``claims`` are those of figures.
    """

    scenario: str
    against: str
    inputs: Sequence[Mapping[str, Any]]
    not_common: tuple[str, ...]
    claims: int
    target_claims: int = 0

    @property
    def fewest(self) -> int:
        """Replications from which on any difference can be clear."""
        return fewest(max(self.claims, self.target_claims))


@dataclass(frozen=True)
class Comparison:
    """What ``comparison.json`` holds; ``series`` are the monthly bands of each scenario by its name."""

    folder: Path
    version: str
    seed: int
    replications: int
    chance_only: bool
    scenarios: tuple[Mapping[str, Any], ...]
    pairs: tuple[Pair, ...]
    rows: tuple[Compared, ...]
    series: Mapping[str, Mapping[str, Any]]

    @property
    def names(self) -> tuple[str, ...]:
        """The scenarios' names; the first is the one that others are held against."""
        return tuple(str(scenario["name"]) for scenario in self.scenarios)

    @property
    def months(self) -> tuple[str, ...]:
        """Every month that any scenario reports, in order."""
        return tuple(sorted({month for series in self.series.values() for month in series["months"]}))

    def of(self, pair: Pair, kind: str) -> list[Compared]:
        """The rows of a pair and kind (``probability``, ``target``, ``key_figure``), in their order."""
        return [row for row in self.rows if (row.scenario, row.kind) == (pair.scenario, kind)]


def read(folder: Path) -> Comparison:
    """Read ``comparison.json`` of a folder; raises ``FileNotFoundError`` where there is none."""
    data = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    known = {field.name for field in fields(Compared)}
    return Comparison(
        folder=folder,
        version=data["version"],
        seed=data["seed"],
        replications=data["replications"],
        chance_only=data["chance_only"],
        scenarios=tuple(data["scenarios"]),
        pairs=tuple(
            Pair(
                pair["scenario"],
                pair["against"],
                pair["inputs"],
                tuple(pair["not_common"]),
                pair["claims"],
                pair["target_claims"],
            )
            for pair in data["pairs"]
        ),
        rows=tuple(Compared(**{key: row[key] for key in known if key in row}) for row in data["rows"]),
        series=data["series"],
    )


def claimed(row: Compared) -> bool:
    """Whether a row's difference is claimed or left to chance, or would be had it been tested: no month."""
    untested = row.difference is None and (
        row.kind == "probability" or (Period(row.period).yearly or row.period == RUN)
    )
    return row.clear is not None or untested


def outcome(row: Compared) -> str:
    """What a row says: ``better``, ``worse`` (targets), ``more``, ``fewer`` (key figures), ``chance``,
    ``too_few`` (pairs to tell), ``alike`` (a target met in the same replications), ``hardly`` (two
    computed probabilities so near to each other that they are not told apart), ``equal``.

    Or why it says nothing: ``not_tested``, ``one_sided`` (only one has a value), ``unclaimed``.
    """
    if row.difference is None:
        return "not_tested" if (row.value is None) == (row.against_value is None) else "one_sided"
    if row.difference == row.low == row.high == 0:
        return "equal"
    if row.clear is None:
        return "unclaimed"
    if not row.clear and row.computed:
        return "hardly"
    if not row.clear:
        return "too_few" if untold(row) else "alike" if _alike(row) else "chance"
    if row.kind == "key_figure":
        return "more" if row.difference > 0 else "fewer"
    return "better" if (row.difference > 0) is not statistics.less_is_better(row.statistic) else "worse"


def untold(row: Compared) -> bool:
    """Whether a row has too few pairs to tell a difference, or that there is none."""
    if row.low is None or row.high is None:
        return False
    return cannot_be_told(row.replications, row.claims or 1, row.low, row.high)


def _alike(row: Compared) -> bool:
    return row.kind == "probability" and not row.met_differs


@dataclass(frozen=True)
class Line:
    """Years of one target or key figure that came out alike: the one that differs most, how many, and of how many."""

    outcome: str
    shown: Compared
    years: int
    of: int


def lines(rows: Sequence[Compared]) -> list[Line]:
    """One line for each id and clear outcome; where nothing is clear, one for the id: not known, equal, none."""
    found = []
    for identifier in dict.fromkeys(row.id for row in rows):
        own = [row for row in rows if row.id == identifier and claimed(row)]
        by_outcome: dict[str, list[Compared]] = {}
        for row in own:
            by_outcome.setdefault(outcome(row), []).append(row)
        clear = [name for name in CLEAR if name in by_outcome]
        rest = [name for name in _UNCLEAR if name in by_outcome][:1]
        for name in clear or rest:
            alike = by_outcome[name]
            found.append(Line(name, max(alike, key=lambda row: abs(row.difference or 0.0)), len(alike), len(own)))
    return found
