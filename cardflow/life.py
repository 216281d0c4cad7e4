"""The life of a command, from what it was asked to its answer: the same for all.

A function becomes a command by ``command``. Its parameters are what it alone can be asked, arguments by place and
options by name; what several commands can be asked is added. In its body stands what is its own: what is judged, what
is worked out, which rows are its JSON.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from datetime import date
from functools import cached_property, update_wrapper
from inspect import Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, TypeVar

from cardflow.at_once import at_once
from cardflow.console import Ask, agree, folder_for, print_json, say
from cardflow.language import Language
from reports.messages import said
from scenarios.errors import NOTHING_RUN, UserError
from scenarios.experiment.cores import cores
from scenarios.experiment.workers import staying
from sim.message import Message

if TYPE_CHECKING:  # help needs none of what they import
    from _typeshed import DataclassInstance

    from reports.document import Screen
    from scenarios.errors import Together
    from scenarios.experiment.cluster import Cluster
    from scenarios.experiment.progress import Progress
    from scenarios.files.load import Scenario
    from scenarios.folder.folder import Folder
    from scenarios.run.run_folder import RunFolder

Only = ParamSpec("Only")
Options = TypeVar("Options", bound="DataclassInstance")


class Life:
    """A command at work: ``words`` are all that it was asked, by the names of its parameters; ``name`` is its own."""

    def __init__(self, words: Mapping[str, Any], name: str = "") -> None:
        self._asked = words
        self.name = name
        self._begun = time.monotonic()
        self.lang: str = words["lang"].value
        self.quiet: bool = words.get("quiet", False)
        self.yes: bool = words.get("yes", True)

    @cached_property
    def folder(self) -> RunFolder:
        """Where the answer goes."""
        return folder_for(self._asked["out"], self.lang)

    @property
    def seconds(self) -> float:
        """How long the command has been at work."""
        return time.monotonic() - self._begun

    @property
    def processes(self) -> int:
        """How many processes of this machine may work at a time."""
        return self._asked.get("workers") or cores()

    @property
    def encoding(self) -> str:
        """What the console can show."""
        return sys.stdout.encoding or "utf-8"

    # what was asked -------------------------------------------------------------------------------------------------

    def options(self, kind: type[Options], **others: Any) -> Options:
        """What was asked as the options of a question, by the names of its fields; its defaults for all that was not.

        ``others`` are fields that have no parameter of their name. All cores work, unless fewer are asked for, or those
        of a cluster.
        """
        asked = {name: _plain(value) for name, value in self._asked.items() if name in kind.__dataclass_fields__}
        if "workers" in asked:
            asked["workers"] = asked["workers"] or self._workers()
        return kind(**{name: value for name, value in {**asked, **others}.items() if value is not None})

    def load(self, name: str | None) -> Scenario:
        """A scenario with the values that were set, after saying what was understood of them.

        Raises:
            UserError: with all that is wrong with the scenario or the values; where no scenario is named, which is told
                already, with what is wrong with the values alone.
        """
        from scenarios.files.load import load_all, load_with

        if name is None:
            load_all((), self.settings)
            raise UserError("", [])
        scenario = load_with(name, self.settings)
        self.tell_settings()
        return scenario

    def tell_settings(self) -> None:
        """Say what was understood of the values that were set."""
        from scenarios.files.settings import understood

        self.tell(understood(self.settings))

    def tell(self, values: Iterable[tuple[str, str, Any]]) -> None:
        """A line on stderr for each value that was typed in another way than it is read: path, typed words, value."""
        from reports.understood import understood_lines

        for line in () if self.quiet else understood_lines(values, self.lang):
            print(line, file=sys.stderr)

    @property
    def settings(self) -> Sequence[str]:
        """Values to be set."""
        return self._asked.get("settings") or ()

    @contextmanager
    def judging(self) -> Iterator[Together]:
        """Gather what is wrong, with who works and the folder too.

        Raises:
            UserError: with all of it, before anything is done.
        """
        with at_once(*([self.folder] if "out" in self._asked else [])) as wrong:
            yield wrong
            wrong.tried(self._refuse_engine)

    @contextmanager
    def finished(self, path: Path) -> Iterator[Folder]:
        """A folder with a finished answer, to read it.

        Raises:
            UserError: if it holds none that is whole, of this version and as it was written, or is in use.
        """
        from scenarios.folder.folder import Folder

        with Folder(path, option="") as folder:
            with self.judging() as wrong:
                wrong.tried(folder.reopen, None)
            yield folder

    @contextmanager
    def all_finished(self, paths: Sequence[Path]) -> Iterator[list[Folder]]:
        """Folders with finished answers, to read them together.

        Raises:
            UserError: as ``finished``, or if one is named twice.
        """
        places = [path.resolve() for path in paths]
        with self.judging() as wrong:
            for path in dict.fromkeys(path for path, own in zip(paths, places, strict=True) if places.count(own) > 1):
                wrong.note(UserError(str(path), [Message("is named twice")]))
        with ExitStack() as held:
            yield [held.enter_context(self.finished(path)) for path in paths]

    def day(self, option: str, text: str | None) -> date:
        """The day that an option says in a way that planners write it; today where nothing is said.

        Raises:
            UserError: for what is no date.
        """
        from scenarios.files.as_written import date_of, impossible_day
        from scenarios.limits import shown_name

        if text is None:
            return date.today()
        if (day := date_of(text)) is None:
            rule = Message(
                "--{option} {date}   must be a date such as 2026-04-01", option=option, date=shown_name(text)
            )
            none = impossible_day(text)
            raise UserError(self.name, [Message("--{option} {rule}", option=option, rule=none) if none else rule])
        return day

    # who works ------------------------------------------------------------------------------------------------------

    @cached_property
    def cluster(self) -> Cluster | None:
        """Who does the work, where that is not this command with processes of its own."""
        if self._asked.get("engine") != "dask":
            return None
        from scenarios.experiment.cluster import Cluster

        return Cluster(self._asked["scheduler"], self.processes)

    def _workers(self) -> int:
        """How many do it at a time, as far as that is known before all that is wrong is told."""
        with suppress(UserError):
            return self.cluster.workers if self.cluster else cores()
        return cores()

    def _refuse_engine(self) -> None:
        if self.cluster:
            self.cluster.refuse()
        elif self._asked.get("scheduler"):
            raise UserError("--scheduler", [Message("is for a cluster: give --engine dask too")])

    # work -----------------------------------------------------------------------------------------------------------

    def agree(self, seconds: float, estimate: Message, ask: Ask | None = None) -> None:
        """Say on stderr how long it will take; where that is long, ask whether to go on (``console.agree``)."""
        if not self.quiet:
            print(said(estimate, self.lang), file=sys.stderr)
        if not self.yes:
            agree(seconds, self.lang, ask)

    def progress(self, title: str, agreed: bool = False) -> AbstractContextManager[Progress]:
        """Tell how long the work takes and how far it is, and ask before what is long, unless that was ``agreed``."""
        from reports.faces.progress import progress_bar

        def asked(seconds: float) -> None:
            if not (self.yes or agreed):
                agree(seconds, self.lang)

        return progress_bar(title, self.lang, self.quiet, estimate=not agreed, agree=asked)

    # the answer -----------------------------------------------------------------------------------------------------

    def answer(self, rows: Callable[[], Any]) -> None:
        """Write the page of the answer in the folder, and print the answer, or the rows where JSON was asked for.

        Raises:
            UserError: if the page cannot be written.
        """
        page = self.draw()
        self.show(rows, lambda: self.lines(page))

    @property
    def paged(self) -> bool:
        """Whether a page is wanted."""
        return not self._asked.get("no_page")

    def draw(self) -> Path | None:
        """Draw charts and page of the answer in the folder, if wanted; the path. Raises UserError as ``answer``."""
        if not self.paged:
            return None
        from reports.pages import page_of

        return page_of(self.folder, self.lang, self.processes)

    def lines(self, page: Path | None) -> Sequence[str]:
        """The answer in the folder as the console shows it, with the page to open, if there is one."""
        from reports.faces import terminal
        from reports.presentations import presentation

        return terminal.lines(presentation(self.folder.kind), self.folder.path, self.lang, page, self.encoding)

    def words(self, screen: Screen) -> Sequence[str]:
        """Lines and tables that have no page, as the console shows them."""
        from reports.faces import terminal

        return terminal.told(screen, self.lang, self.encoding)

    def show(self, rows: Callable[[], Any], lines: Callable[[], Sequence[str]]) -> None:
        """Print rows as JSON where that was asked for, or else lines."""
        if self._asked.get("as_json"):
            print_json(rows())
        else:
            say(*lines())


def _plain(value: Any) -> Any:
    """A word of the command line as options have it: a list fixed, and None where nothing was said."""
    return tuple(value) or None if isinstance(value, list | tuple) else value


def _shared(
    *,
    seed: int = 1,
    workers: int | None = None,
    engine: Literal["processes", "dask"] = "processes",
    scheduler: str | None = None,
    yes: bool = False,
    out: Path | None = None,
    no_page: bool = False,
    lang: Language = Language.en,
    quiet: bool = False,
    as_json: bool = False,
) -> None:
    """What several commands can be asked, in the order in which help lists it."""


_SHARED = signature(_shared, eval_str=True).parameters
SIMULATING = tuple(_SHARED)
"""What every command that simulates can be asked."""


def command(
    *shared: str, undone: Message = NOTHING_RUN
) -> Callable[[Callable[Concatenate[Life, Only], None]], Callable[..., None]]:
    """Make a function a command that can be asked what is ``shared`` too.

    ``undone`` is what it says that it did not do, after a mistake.
    """

    def made(function: Callable[Concatenate[Life, Only], None]) -> Callable[..., None]:
        only = {one.name: one for one in list(signature(function, eval_str=True).parameters.values())[1:]}
        asked = Signature([*only.values(), *(_SHARED[name] for name in shared if name not in only)])

        def command(*given: Any, **named: Any) -> None:
            bound = asked.bind(*given, **named)
            bound.apply_defaults()
            life = Life(bound.arguments, function.__name__)
            with life.folder if "out" in bound.arguments else nullcontext(), life.cluster or staying():
                function(life, **{name: bound.arguments[name] for name in only})  # type: ignore[call-arg]

        update_wrapper(command, function, updated=())
        vars(command).update(__signature__=asked, undone=undone)
        del vars(command)["__wrapped__"]  # it is the command that is known by what it can be asked
        return command

    return made
