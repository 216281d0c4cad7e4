"""An update as data, and the folder that it is read from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.run.row import EVERY_YEAR, Row
from scenarios.track.scored import Scored


@dataclass(frozen=True)
class Changed:
    """A target in a fiscal year, or in all together, before and after."""

    before: Row
    after: Row

    @property
    def other_word(self) -> bool:
        """Whether the verdict is another."""
        return self.before.verdict != self.after.verdict


@dataclass(frozen=True)
class Update:
    """What ``update.json`` holds."""

    folder: Path
    identity: Mapping[str, Any]
    weights: Mapping[str, Any]
    figures: tuple[Mapping[str, Any], ...]
    outside: tuple[Mapping[str, Any], ...]
    targets: tuple[Changed, ...]
    forecast: tuple[Mapping[str, Any], ...]
    track: tuple[Scored, ...]

    @property
    def headline(self) -> list[Changed]:
        """A line a target: all fiscal years together where there are several, else the only one."""
        several = len({one.before.period for one in self.targets if one.before.yearly}) > 1
        return [one for one in self.targets if (one.before.joint if several else one.before.yearly)]

    @property
    def bearing(self) -> list[Changed]:
        """The lines of ``headline`` that say up to what load a target holds."""
        return [one for one in self.headline if one.before.driver]

    @property
    def tested(self) -> list[Changed]:
        """The lines of each fiscal year and of all together that any replication speaks to."""
        return [
            one
            for one in self.targets
            if one.before.verdict != "not_tested" and (one.before.yearly or one.before.period == EVERY_YEAR)
        ]

    @property
    def ahead(self) -> list[Scored]:
        """Months that had been forecast before they came."""
        return [one for one in self.track if one.ahead]


def read(folder: Path) -> Update:
    """Read ``update.json`` of a folder; raises ``FileNotFoundError`` where there is none."""
    data = json.loads((folder / "update.json").read_text(encoding="utf-8"))
    return Update(
        folder=folder,
        identity={key: value for key, value in data.items() if not isinstance(value, list)},
        weights=data["weights"],
        figures=tuple(data["figures"]),
        outside=tuple(data["outside"]),
        targets=tuple(Changed(Row(**one["before"]), Row(**one["after"])) for one in data["targets"]),
        forecast=tuple(data["forecast"]),
        track=tuple(Scored(**one) for one in data["track"]),
    )
