"""The values of a run, counted by what is known of them, with the published figures and sources behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from calibration.agreement import load as load_agreements
from calibration.figures import Source, load_figures, load_handed_over, load_published, load_sources
from reports import assumptions, evidence, parameter_texts
from reports.evidence import Evidence
from reports.run_data import RunData


@dataclass(frozen=True)
class Counted:
    """What stands behind the values of a run."""

    data: RunData

    @cached_property
    def uncertain(self) -> tuple[str, ...]:
        """The paths of the run's table of what is not known for certain."""
        return tuple(dict.fromkeys(line.path for line in assumptions.uncertain(self.data)))

    @cached_property
    def fixed(self) -> tuple[str, ...]:
        """Those of its table of all other values that are not in the first, without the dates of the run."""
        paths = dict.fromkeys(line.path for line in assumptions.certain(self.data))
        return tuple(path for path in paths if path not in self.uncertain and path not in ("start", "end"))

    @cached_property
    def known(self) -> Mapping[str, Evidence | None]:
        """What is logged of each; None of what the planner's own figures replaced."""
        own = self.data.run.replaced
        return {
            path: None if path in own else evidence.of(path, self.data.known) for path in (*self.uncertain, *self.fixed)
        }

    def count(self, section: str = "", **wanted: str) -> int:
        """How many values of a section, or of all, have an entry with these words, such as ``kind="published"``."""
        return sum(
            one is not None and all(getattr(one, name) == word for name, word in wanted.items())
            for path, one in self.known.items()
            if section in ("", parameter_texts.section(path))
        )

    @cached_property
    def open(self) -> tuple[str, ...]:
        """The paths drawn from a range that matter much and are known poorly."""
        told = ((path, self.known[path]) for path in self.uncertain)
        return tuple(path for path, one in told if one and (one.matters, one.grade) == ("high", "poor"))

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections that have values, in their order."""
        return tuple(dict.fromkeys(map(parameter_texts.section, self.known)))

    @cached_property
    def rests_on(self) -> Mapping[str, tuple[str, ...]]:
        """By the id of a published figure the values that it stands behind."""
        found: dict[str, list[str]] = {}
        for path, one in self.known.items():
            for figure in one.source if one else ():
                found.setdefault(figure, []).append(path)
        return {figure: tuple(paths) for figure, paths in found.items()}

    @cached_property
    def figures(self) -> Mapping[str, tuple[Source, ...]]:
        """The published figures used, by id, with their sources: behind a value, or held against the model."""
        behind = {figure: load_figures()[figure].sources for figure in self.rests_on if figure in load_figures()}
        every = behind | {key: load_published()[key].sources for key in load_agreements()}
        return {figure: found for figure, sources in every.items() if (found := _published(sources))}

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources used, in the order of the log: of these figures, and of the card history."""
        used = {source.key for sources in self.figures.values() for source in sources} | self.history
        return tuple(source for key, source in load_sources().items() if key in used)

    @cached_property
    def history(self) -> frozenset[str]:
        """Keys of the sources of the counts that the card history is made of."""
        return frozenset(source.key for source in _published(row.source for row in load_handed_over()))


def _published(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Those that somebody published: arithmetic, recollections and what was not found are no sources."""
    return tuple(source for source in sources if source.publisher)
