"""What the pages can ask: each a command of the program with fields of its own kinds, never words of anybody.

A question stands in a file of a folder that may come from anywhere. So each of its fields is held to what it may be,
and none of them can become an option, or a path of anybody's choosing: figures are named by a digest of what is in
them, answers by what stands for them in addresses (``pages.key_of``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from scenarios.shelf.entry import Small

MOST_REPLICATIONS, LARGEST_SEED = 1_000, 2**31
"""That a page may ask for."""
PRICES = "prices.toml"
"""The file of the prices that a sizing rests on, beside its job."""
_NAME = r"[a-z0-9]+(-[a-z0-9]+)*"
Scenario = Annotated[str, Field(pattern=rf"^{_NAME}(\+{_NAME})*$", max_length=1_000)]
"""The names of scenarios that are joined, of the library or of files in the folder (``own_scenarios``)."""
Setting = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]*=", max_length=100_000)]
ResourcePath = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]*$", max_length=200)]
Target = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9_]+)?$", max_length=200)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
"""What stands for figures that were handed in, or for an answer of the shelf."""
Count = Annotated[int, Field(ge=1, le=MOST_REPLICATIONS)]
Seed = Annotated[int, Field(ge=0, le=LARGEST_SEED)]
Share = Annotated[float, Field(gt=0, lt=1)]


@dataclass(frozen=True)
class Places:
    """Where a question finds what it names: its own files, figures handed in, answers of the shelf, scenario files."""

    home: Path
    figures: Callable[[str], Path]
    answer: Callable[[str], Path]
    scenario: Callable[[str], str]


class _Question(Small):
    @property
    def about(self) -> str:
        """What it is about in short, such as the name of a scenario."""
        return ""

    @property
    def files(self) -> Mapping[str, str]:
        """Texts that it needs as files beside its job, by name."""
        return {}

    def words(self, places: Places) -> list[str]:
        """Those of the command line that are its own."""
        return []


class _Simulated(_Question):
    scenario: Scenario
    called: str = Field(default="", max_length=1_000)
    """what people call the scenario, where that is not its name"""
    settings: tuple[Setting, ...] = ()
    replications: Count | None = None
    seed: Seed = 1

    @property
    def about(self) -> str:
        """The scenario."""
        return self.called or self.scenario

    def words(self, places: Places) -> list[str]:
        """Scenario, values, replications and seed."""
        many = [] if self.replications is None else ["--replications", str(self.replications)]
        return [
            places.scenario(self.scenario),
            *_each("--set", self.settings),
            *many,
            "--seed",
            str(self.seed),
            "--yes",
        ]


class Run(_Simulated):
    """A scenario simulated; from ``figures`` on where those are named."""

    kind: Literal["run"] = "run"
    figures: Digest | None = None

    def words(self, places: Places) -> list[str]:
        """With the figures."""
        return [*super().words(places), *([f"--actuals={places.figures(self.figures)}"] if self.figures else [])]


class Size(_Simulated):
    """How much to buy. ``prices`` is the text of a price file; without one nothing is said of money."""

    kind: Literal["size"] = "size"
    resources: tuple[ResourcePath, ...]
    targets: tuple[Target, ...] = ()
    confidence: Share = 0.9
    by: Literal["year", "month"] = "year"
    together: Literal["year", "run"] = "year"
    prices: str = Field(default="", max_length=60_000)

    @property
    def files(self) -> Mapping[str, str]:
        """The prices."""
        return {PRICES: self.prices} if self.prices else {}

    def words(self, places: Places) -> list[str]:
        """With what is bought, what is to hold, how surely, and at which prices."""
        bought = [*_each("--resource", self.resources), *_each("--target", self.targets)]
        how = ["--confidence", str(self.confidence), "--by", self.by, "--together", self.together]
        priced = [f"--prices={places.home / PRICES}"] if self.prices else []
        return [*super().words(places), *bought, *how, *priced]


class Ledger(_Simulated):
    """What one more unit of each resource is worth."""

    kind: Literal["ledger"] = "ledger"
    resources: tuple[ResourcePath, ...] = ()

    def words(self, places: Places) -> list[str]:
        """With the resources."""
        return [*super().words(places), *_each("--resource", self.resources)]


class Clock(_Simulated):
    """Until when to decide; ``as_of`` is the day that counts as today."""

    kind: Literal["clock"] = "clock"
    targets: tuple[Target, ...] = ()
    as_of: Annotated[date, Field(strict=False)] | None = None

    def words(self, places: Places) -> list[str]:
        """With the targets and the day."""
        day = [f"--as-of={self.as_of.isoformat()}"] if self.as_of else []
        return [*super().words(places), *_each("--target", self.targets), *day]


class Compare(_Simulated):
    """Several scenarios held against the first."""

    kind: Literal["compare"] = "compare"
    others: tuple[Scenario, ...] = Field(min_length=1, max_length=20)

    @property
    def about(self) -> str:
        """All of them."""
        return ", ".join((self.scenario, *self.others))

    def words(self, places: Places) -> list[str]:
        """All of them, and the rest."""
        first, *rest = super().words(places)
        return [first, *self.others, *rest]


class Update(_Question):
    """A finished run beside figures that have come; ``scenario`` is that of the run, to be told."""

    kind: Literal["update"] = "update"
    run: Digest
    figures: Digest
    scenario: str = Field(default="", max_length=1_000)

    @property
    def about(self) -> str:
        """The scenario of the run."""
        return self.scenario

    def words(self, places: Places) -> list[str]:
        """The run's folder and the file of the figures."""
        return [str(places.answer(self.run)), str(places.figures(self.figures))]


KINDS: Mapping[str, type[_Question]] = {
    "run": Run, "size": Size, "ledger": Ledger, "clock": Clock, "compare": Compare, "update": Update,
}  # fmt: skip
"""The questions by the names of their commands."""
Question = Annotated[Run | Size | Ledger | Clock | Compare | Update, Field(discriminator="kind")]


def _each(option: str, values: tuple[str, ...]) -> list[str]:
    return [f"{option}={value}" for value in values]
