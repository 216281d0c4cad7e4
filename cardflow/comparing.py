"""The command that compares scenarios: options to a folder, progress with time left, the answer on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cardflow.pages import folder_for, tell
from cardflow.progress import cores, progress_bar
from cardflow.understood import tell_understood
from scenarios.compare import CompareOptions, compare, listed
from scenarios.errors import Mistake, UserError
from scenarios.load import Scenario, load
from scenarios.settings import parse_settings
from sim.message import Message


@dataclass(frozen=True)
class CompareRequest:
    """What was asked of ``cardflow compare``; the first scenario is the one that others are held against."""

    scenarios: Sequence[str]
    replications: int
    seed: int
    workers: int | None
    out: Path | None
    lang: str
    chance_only: bool
    quiet: bool = False
    yes: bool = False

    @property
    def options(self) -> CompareOptions:
        """The request as options of a comparison."""
        return CompareOptions(self.replications, self.seed, self.workers or cores(), self.chance_only)


def compare_and_report(request: CompareRequest, settings: Sequence[str], as_json: bool) -> None:
    """Compare, write the page, and print the answer (or the rows as JSON).

    Raises:
        UserError: with all that is wrong with the scenarios, the settings, the options or the folder.
    """
    chosen = load_all(request.scenarios, settings)
    tell_understood(settings, request.lang, request.quiet)
    from reports.comparison import write_comparison
    from reports.differences.terminal import comparison_lines

    with folder_for(request.out, request.lang) as folder:
        with progress_bar(Message("compare"), request.lang, request.quiet, yes=request.yes) as progress:
            found = compare(chosen, folder, request.options, progress)
        tell(write_comparison, comparison_lines, folder, request.lang, listed(found) if as_json else None)


def load_all(names: Sequence[str], settings: Sequence[str]) -> list[Scenario]:
    """Every scenario with the same values set; raises UserError with what is wrong with any of them."""
    values = parse_settings(settings)
    found: list[Scenario] = []
    errors: list[UserError] = []
    for name in dict.fromkeys(names):
        try:
            found.append(load(name).with_values(values))
        except UserError as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        told: dict[str, Mistake] = {}
        for mistake in (mistake for error in errors for mistake in error.mistakes):
            told.setdefault(mistake.message, mistake)
        raise UserError("compare", list(told.values()))
    known = dict(zip(dict.fromkeys(names), found, strict=True))
    return [known[name] for name in names]
