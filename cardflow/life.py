"""The life of a command that leaves an answer, from what it was asked to its page: the same for all.

A function becomes such a command by ``answering``. Its parameters are what it alone can be asked; those of all commands
are added. In its body stands what is its own: what is judged, what is worked out, which rows are its JSON.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from enum import Enum
from functools import cached_property, update_wrapper
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, ParamSpec, TypeVar

from cardflow import options as own
from cardflow.at_once import at_once
from cardflow.console import print_json, say
from cardflow.language import Language
from reports.messages import said
from sim.message import Message

if TYPE_CHECKING:  # help needs none of what they import
    from _typeshed import DataclassInstance

    from cardflow.asking import Ask
    from scenarios.errors import Together
    from scenarios.experiment.progress import Progress
    from scenarios.files.load import Scenario
    from scenarios.run.run_folder import RunFolder

Only = ParamSpec("Only")
Options = TypeVar("Options", bound="DataclassInstance")


class Life:
    """A command at work: ``words`` are all that it was asked, by the names of its parameters."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._words = words
        self._begun = time.monotonic()
        self.lang: str = words["lang"].value
        self.quiet: bool = words.get("quiet", False)
        self.yes: bool = words.get("yes", True)

    @cached_property
    def folder(self) -> RunFolder:
        """Where the answer goes."""
        from cardflow.pages import folder_for

        return folder_for(self._words["out"], self.lang)

    @property
    def seconds(self) -> float:
        """How long the command has been at work."""
        return time.monotonic() - self._begun

    @property
    def encoding(self) -> str:
        """What the console can show."""
        return sys.stdout.encoding or "utf-8"

    # what was asked -------------------------------------------------------------------------------------------------

    def options(self, kind: type[Options], **others: Any) -> Options:
        """What was asked as the options of a question, by the names of its fields; its defaults for all that was not.

        ``others`` are fields that have no parameter of their name. All cores work, unless fewer are asked for.
        """
        from cardflow.progress import cores

        asked = {name: _plain(value) for name, value in self._words.items() if name in kind.__dataclass_fields__}
        if "workers" in asked:
            asked["workers"] = asked["workers"] or cores()
        return kind(**{name: value for name, value in {**asked, **others}.items() if value is not None})

    def load(self, name: str | None) -> Scenario:
        """A scenario with the values that were set; raises UserError as ``load_told``."""
        from cardflow.understood import load_told

        return load_told(name, self.settings, self.lang, self.quiet)

    @property
    def settings(self) -> Sequence[str]:
        """Values to be set."""
        return self._words["settings"] or ()

    def judging(self) -> AbstractContextManager[Together]:
        """Gather what is wrong, with the folder too; raises UserError with all of it before anything is done."""
        return at_once(self.folder)

    # work -----------------------------------------------------------------------------------------------------------

    def agree(self, seconds: float, estimate: Message, where: str, ask: Ask | None = None) -> None:
        """Say on stderr how long it will take; where that is long, ask whether to go on (``cardflow.asking``).

        Raises:
            UserError: if nobody can be asked.
            KeyboardInterrupt: if the answer is no; what was simulated is kept.
        """
        from cardflow import asking

        words = said(estimate, self.lang)
        if not self.quiet:
            print(words, file=sys.stderr)
        if not self.yes:
            asking.agree(seconds, words, where, self.lang, ask)

    def progress(self, title: str, agreed: bool = False) -> AbstractContextManager[Progress]:
        """Tell how long the work takes and how far it is, and ask before what is long, unless that was ``agreed``."""
        from cardflow.progress import progress_bar

        return progress_bar(title, self.lang, self.quiet, estimate=not agreed, yes=self.yes or agreed)

    # the answer -----------------------------------------------------------------------------------------------------

    def answer(self, rows: Callable[[], Any]) -> None:
        """Write the page of the answer in the folder, and print the answer, or the rows where JSON was asked for.

        Raises:
            UserError: if the page cannot be written.
        """
        page = self.draw()
        self.show(rows, lambda: self.lines(page))

    def draw(self) -> Path:
        """Charts and page of the answer in the folder; the path of the page. Raises UserError as ``answer``."""
        from cardflow.pages import written
        from reports.presentations import presentation

        return written(presentation(self.folder.kind), self.folder, self.lang)

    def lines(self, page: Path) -> Sequence[str]:
        """The answer in the folder as the console shows it, with the page to open."""
        from reports.faces import terminal
        from reports.presentations import presentation

        return terminal.lines(presentation(self.folder.kind), self.folder.path, self.lang, page, self.encoding)

    def show(self, rows: Callable[[], Any], lines: Callable[[], Sequence[str]]) -> None:
        """Print rows as JSON where that was asked for, or else lines."""
        if self._words["as_json"]:
            print_json(rows())
        else:
            say(*lines())


def _plain(value: Any) -> Any:
    """A word of the command line as options have it: a choice by its value, a list fixed."""
    if isinstance(value, Enum):
        return value.value
    return tuple(value) if isinstance(value, list) else value


def answering(
    folder: Message, simulates: bool = True
) -> Callable[[Callable[Concatenate[Life, Only], None]], Callable[..., None]]:
    """Make a function a command that leaves an answer; ``folder`` says where, unless the user does."""

    def command_of(function: Callable[Concatenate[Life, Only], None]) -> Callable[..., None]:
        only = list(signature(function, eval_str=True).parameters.values())[1:]
        asked = Signature(_asked(only, folder, simulates))

        def command(*given: Any, **named: Any) -> None:
            bound = asked.bind(*given, **named)
            bound.apply_defaults()
            life = Life(bound.arguments)
            with life.folder:
                function(life, **{one.name: bound.arguments[one.name] for one in only})  # type: ignore[call-arg]

        update_wrapper(command, function, updated=())
        command.__dict__.pop("__wrapped__")  # it is the command that is known by what it can be asked
        command.__signature__ = asked  # type: ignore[attr-defined]
        command.__annotations__ = {name: one.annotation for name, one in asked.parameters.items()}
        return command

    return command_of


def _asked(only: Sequence[Parameter], folder: Message, simulates: bool) -> list[Parameter]:
    """Parameters of a command: its own, and those of all, in the order in which help lists them."""
    output = [one for one in only if _heading(one) == own.OUTPUT]
    work = [_shared("seed", own.Seed, 1), _shared("workers", own.Workers, None), _shared("yes", own.Yes, False)]
    quiet = [_shared("quiet", own.Quiet, False)]
    return [
        *(one for one in only if one not in output),
        *(work if simulates else []),
        _shared("out", Annotated[Path | None, own.out(folder)], None),
        *(one.replace(kind=Parameter.KEYWORD_ONLY) for one in output),
        _shared("lang", own.Lang, Language.en),
        *(quiet if simulates else []),
        _shared("as_json", own.AsJson, False),
    ]


def _shared(name: str, annotation: Any, default: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _heading(parameter: Parameter) -> Message | None:
    option = getattr(parameter.annotation, "__metadata__", (None,))[0]
    return getattr(option, "rich_help_panel", None)
