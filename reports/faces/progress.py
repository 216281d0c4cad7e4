"""How long work takes, on stderr: an estimate before it starts, then a bar with the time left, or a line at times."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console, RenderableType
from rich.progress import BarColumn, ProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.progress import Task as Shown
from rich.text import Text

from reports.messages import said
from reports.terminal import for_encoding
from scenarios.experiment.cost import Work, slowness
from scenarios.experiment.durations import duration
from scenarios.experiment.experiment import Task
from scenarios.experiment.progress import ASK_ABOVE_SECONDS, Expected, Progress
from scenarios.experiment.time_left import TimeLeft
from sim.message import Message

Agree = Callable[[float], None]
"""Asks the user whether to go on with what takes so many seconds; raises what ends it if not."""
_ESTIMATE_AFTER = 1.0
"""Seconds until the estimate is told: what is stored already has been found by then."""
_BETWEEN_LINES = 30.0
"""Seconds from one line to the next where there is no bar."""


@contextmanager
def progress_bar(
    title: str,
    lang: str,
    quiet: bool = False,
    estimate: bool = True,
    console: Console | None = None,
    agree: Agree = lambda seconds: None,
) -> Iterator[Progress]:
    """Tell on stderr how long the work will take, then how far it is.

    A terminal gets a bar, anything else a line every half minute. ``quiet`` tells nothing at all; without ``estimate``
    the user knows already. A title holds no markup. What takes more than 15 minutes is to be agreed to first, ``quiet``
    or not.
    """
    if quiet:
        yield Progress(expect=lambda expected: agree(_foreseen(expected)[0]))
        return
    telling = _Telling(said(title, lang), lang, console or Console(stderr=True), estimate, agree)
    try:
        with telling.bar:
            yield Progress(telling.expect, telling.done, telling.more, telling.skip, telling.beside)
    finally:
        telling.end()


class _Telling:
    """What has been told of the work, and how it is shown."""

    def __init__(self, title: str, lang: str, console: Console, estimate: bool, agree: Agree) -> None:
        self._title, self._lang, self._console, self._estimate, self._agree = title, lang, console, estimate, agree
        columns = (TextColumn("{task.description}", markup=False), BarColumn(), _Of(), TimeElapsedColumn())
        self.bar = _Bar(
            *columns, _Left(self._said_left), console=console, transient=True, disable=not console.is_terminal
        )
        self._task = self.bar.add_task(title, total=None)
        self._total, self._done = Work(), Work()
        self._left: TimeLeft | None = None
        self._timer: threading.Timer | None = None
        self._told = time.monotonic()

    def expect(self, expected: Expected) -> None:
        if long := self._estimate and (foreseen := _foreseen(expected))[0] > ASK_ABOVE_SECONDS:
            self._print(foreseen[1])
            self.bar.stop()  # it would write over the question
            self._agree(foreseen[0])
            self.bar.start()
        self._left = TimeLeft(time.monotonic, slowness(), expected.workers)
        self._left.more(Work(), expected.heaviest)
        self.more(expected.work)
        if self._estimate and not long:
            self._timer = threading.Timer(_ESTIMATE_AFTER, self._tell_estimate, (expected,))
            self._timer.daemon = True
            self._timer.start()

    def done(self, task: Task | Work) -> None:
        work = task if isinstance(task, Work) else task.work
        self._done += work
        if self._left is None:
            return
        if isinstance(task, Task) and not task.simulated:
            self._left.less(work)
        else:
            self._left.done(work)
        self._show()

    def more(self, work: Work) -> None:
        self._total += work
        if self._left is not None:
            self._left.more(work)
        self._show()

    def skip(self, work: Work) -> None:
        self.more(work * -1)

    def beside(self, lines: Sequence[str]) -> None:
        """What is known so far: kept up to date below a bar; where there is none, told once."""
        first, self.bar.below = not self.bar.below, "\n".join(for_encoding([*lines], self._console.encoding))
        if self._console.is_terminal:
            self.bar.refresh()
        elif first:
            self._console.print(Text(self.bar.below), soft_wrap=True)

    def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _show(self) -> None:
        # The bar's length is cost; the numbers beside it are things done.
        done, of = self._done.count, self._total.count
        self.bar.update(self._task, total=self._total.seconds, completed=self._done.seconds, done=done, of=of)
        if not self._console.is_terminal and time.monotonic() - self._told >= _BETWEEN_LINES:
            self._told = time.monotonic()
            progress = Message("{title}: {done} of {of}", title=self._title, done=done, of=of)
            self._print(Message("{progress}, {left}", progress=progress, left=self._words_left()))

    def _tell_estimate(self, expected: Expected) -> None:
        if self._left is None or self._left.left.count <= 0:
            return
        self._print(expected.taking(self._left.seconds()))

    def _words_left(self) -> Message:
        if self._left is None:
            return Message("")
        return Message("about {time} left", time=duration(self._left.seconds()))

    def _said_left(self) -> str:
        return said(self._words_left(), self._lang)

    def _print(self, line: Message) -> None:
        self._console.print(Text(said(line, self._lang)), soft_wrap=True)


def _foreseen(expected: Expected) -> tuple[float, Message]:
    """How long work takes, about, before any of it has been done here: seconds, and in words."""
    left = TimeLeft(time.monotonic, slowness(), expected.workers)
    left.more(expected.work - expected.stored)
    return left.seconds(), expected.taking(left.seconds())


class _Bar(Bar):
    """A bar with lines below it."""

    below = ""

    def get_renderables(self) -> Iterable[RenderableType]:
        """The bar first: what does not fit on a screen is left out at the end."""
        yield from super().get_renderables()
        if self.below:
            yield Text(self.below)


class _Of(ProgressColumn):
    """How many things are done, of how many."""

    def render(self, task: Shown) -> Text:
        """As in ``4/61``."""
        return Text(f"{task.fields['done']}/{task.fields['of']}" if "of" in task.fields else "")


class _Left(ProgressColumn):
    """The time left."""

    def __init__(self, words: Callable[[], str]) -> None:
        super().__init__()
        self._words = words

    def render(self, task: Shown) -> Text:
        """In words."""
        return Text(self._words())
