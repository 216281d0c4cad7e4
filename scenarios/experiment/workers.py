"""Jobs done by several processes. One that is killed costs a second try of its job; none outlives its parent.

A job that cannot be done, whatever it does, costs no other job.

Each worker has a line to the parent and does one job at a time. It keeps nothing of the console open, leaves interrupts
to the parent, and ends at once when the parent is gone, by whatever signal. While ``staying`` says so it waits for the
next jobs. This module imports little: a worker is watching its parent before it loads the model.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from multiprocessing import connection, resource_tracker
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from scenarios import garbage
from scenarios.errors import WorkLostError, is_interrupt
from sim.message import Message

_MOST_WORKERS = 61
"""Windows cannot wait for more."""
_NAMED = 5
"""So many jobs that failed alike are named; of more it is said how many."""
_SAFE_PATH = "PYTHONSAFEPATH"
"""Set while workers start: else Python imports from the current folder first, from a ``multiprocessing.py`` there."""


class Named(Protocol):
    """What people can be told of."""

    @property
    def label(self) -> Message:
        """Its name in a sentence."""


class Job(Protocol):
    """Work for a worker: it leaves its result in a store, and travels to another process."""

    @property
    def task(self) -> Named:
        """What is simulated."""

    @property
    def folder(self) -> Path:
        """Where the result is left."""

    def __call__(self) -> None:
        """Do it."""


J = TypeVar("J", bound=Job)
W = TypeVar("W", bound=Callable[[], None])


def spread(jobs: Iterable[J], most: int, workers: int = 1, on_done: Callable[[J], None] = lambda job: None) -> None:
    """Have jobs done, ``most`` of them at the very most, by so many processes; ``on_done`` hears of each.

    Others do them while ``shared_by`` says so, however many they are.

    A job whose process is killed, or lacks memory, is done once more, after all others and alone: there may not be the
    memory for two. One that raises anything else would do so again, as it draws the same numbers: it is left, and the
    others are done.

    Raises:
        WorkLostError: naming the jobs that could not be done, all others being done; its cause is what the first of
            them raised. Or where no process starts.
        OSError: at once, where the system refuses what every job needs, such as room on the disk.
    """
    failed: list[Failure[J]] = []
    share = _OTHERS.get()
    if share is not None and most > 1:
        lost = share(list(jobs), on_done, failed)
        lost = [again for job in lost for again in share([job], on_done, failed)]
    elif workers <= 1 or most <= 1:
        lost = _alone(jobs, on_done, failed)
    else:
        with staying():
            lost = _shared(jobs, min(workers, most, _MOST_WORKERS), on_done, failed)
            if lost:
                _send_home()
                lost = _shared(lost, 1, on_done, failed)
    if lost or failed:
        raise WorkLostError(_undone(lost, failed)) from (failed[0].error if failed else None)


@dataclass(frozen=True)
class Failure(Generic[J]):
    """A job, and what it raised."""

    job: J
    error: Exception

    @property
    def told(self) -> str:
        """In a line."""
        return " ".join(f"{type(self.error).__name__}: {self.error}".split())


class Share(Protocol):
    """Has jobs done by others than the processes of this module."""

    def __call__(self, jobs: Sequence[J], on_done: Callable[[J], None], failed: list[Failure[J]]) -> list[J]:
        """Those whose process was killed, or had no memory for them; what others raised is put to what ``failed``."""


_OTHERS: ContextVar[Share | None] = ContextVar("others", default=None)


@contextmanager
def shared_by(others: Share) -> Iterator[None]:
    """Have others do what several can share."""
    before = _OTHERS.set(others)
    try:
        yield
    finally:
        _OTHERS.reset(before)


def sorted_out(job: J, error: Exception | None, lost: list[J], failed: list[Failure[J]]) -> bool:
    """Whether a job is done; one that is not is put to what is ``lost`` or ``failed``. Raises OSError as ``spread``."""
    if isinstance(error, OSError):
        raise error
    if isinstance(error, GoneError | MemoryError):
        lost.append(job)
    elif error is not None:
        failed.append(Failure(job, error))
    return error is None


def _undone(lost: Sequence[J], failed: Sequence[Failure[J]]) -> Message:
    """What could not be done and why; jobs that failed alike are named together."""
    said = []
    if lost:
        killed = Message(
            "a process that simulates was killed twice, perhaps for want of memory: {lost}", lost=_named(lost)
        )
        said.append(killed)
    for error in dict.fromkeys(one.told for one in failed):
        alike = [one.job for one in failed if one.told == error]
        said.append(Message("{failed}: failed, which is our mistake ({error})", failed=_named(alike), error=error))
    return Message("{what}; the rest is kept, and the same command goes on from there", what=said)


def _named(jobs: Sequence[J]) -> list[Message]:
    """The first few, and how many more."""
    labels = sorted((job.task.label for job in jobs), key=lambda label: (len(label), label))[:_NAMED]
    return [*labels, Message("{count} more", count=len(jobs) - _NAMED)] if len(jobs) > _NAMED else labels


def _alone(jobs: Iterable[J], on_done: Callable[[J], None], failed: list[Failure[J]]) -> list[J]:
    """Have jobs done in this process, in which none is lost."""
    for job in jobs:
        try:
            job()
        except OSError:
            raise
        except Exception as error:
            if is_interrupt(error):
                raise KeyboardInterrupt from None
            failed.append(Failure(job, error))
        else:
            on_done(job)
    return []


def _shared(jobs: Iterable[J], workers: int, on_done: Callable[[J], None], failed: list[Failure[J]]) -> list[J]:
    """Have jobs done; returns those whose process was killed, or had no memory for them."""
    left, lost, crew = iter(jobs), list[J](), list[_Worker[J]]()
    try:
        for _ in range(workers):
            crew.append(_hired())
        while crew:
            for worker in _with_news(crew):
                job, error = worker.job, worker.news()
                well = job is not None and sorted_out(job, error, lost, failed)
                gone = isinstance(error, GoneError)
                busy = not gone and worker.take(next(left, None))  # before anybody hears: it must not wait for them
                if not busy:
                    crew.remove(worker)
                    _part_with(worker, gone)
                if gone and worker.started:
                    crew.append(_hired())
                if job is not None and well:
                    on_done(job)
        if next(left, None) is not None:
            raise WorkLostError(
                Message("no process that simulates could be started; --workers 1 (workers=1) does without")
            )
        return lost
    finally:
        _dismiss(crew)


@contextmanager
def at_the_same_time(work: Callable[[], None]) -> Iterator[None]:
    """Have other work done by a process of its own, while this one goes on, and wait for it at the end.

    Where no process can do it, it is done here. Raises what the work raised.
    """
    with staying():
        worker: _Worker[Callable[[], None]] = _hired()
        try:
            worker.take(work)
            yield
            error = worker.news() or worker.news()  # that it is ready, then how it went
        finally:
            _dismiss([worker])
    if isinstance(error, GoneError | MemoryError):
        work()
    elif error is not None:
        raise error


_STAYING: ContextVar[list[_Worker[Any]] | None] = ContextVar("staying", default=None)
"""Processes that wait for the next jobs."""


@contextmanager
def staying() -> Iterator[None]:
    """Let processes that have done their jobs wait for the next ones until the end: to start one takes seconds."""
    if _STAYING.get() is not None:
        yield
        return
    waiting = list[_Worker[Any]]()
    before = _STAYING.set(waiting)
    try:
        yield
    finally:
        _STAYING.reset(before)
        _dismiss(waiting)


def _waiting() -> list[_Worker[Any]]:
    waiting = _STAYING.get()
    assert waiting is not None
    return waiting


def _part_with(worker: _Worker[Any], gone: bool) -> None:
    """Let one without a job wait, unless it is no more."""
    if gone:
        _dismiss([worker])
    else:
        _waiting().append(worker)


def _hired() -> _Worker[Any]:
    """A process that waits for work, or else a new one."""
    if not (waiting := _waiting()):
        return _Worker()
    worker = waiting.pop()
    worker.call()
    return worker


def _send_home() -> None:
    """Let nobody wait any longer."""
    waiting = _waiting()
    _dismiss(waiting)
    waiting.clear()


class GoneError(Exception):
    """Stands for what a worker said that is no more."""


class _Worker(Generic[W]):
    """A process, the line to it, and the job that it is at."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.line, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_work, args=(theirs,), daemon=True)
        self.job: W | None = None
        self.started = False
        with _starting():
            self.process.start()
        theirs.close()

    def news(self) -> Exception | None:
        """What its job raised, if anything: it is ready for another one, unless it is gone."""
        try:
            error: Exception | None = self.line.recv()
        except (EOFError, OSError):
            return GoneError()
        self.started = True
        return error

    def take(self, job: W | None) -> bool:
        """Give it a job; whether there is one."""
        self.job = job
        if job is not None:
            self._send(job)
        return job is not None

    def call(self) -> None:
        """Ask one that waits for work to say that it is ready, as a new one does."""
        self._send(_ready)

    def _send(self, job: Callable[[], None]) -> None:
        with suppress(OSError):  # where it is no more, its line will tell
            self.line.send(job)


def _with_news(crew: Sequence[_Worker[J]]) -> list[_Worker[J]]:
    ready = connection.wait([worker.line for worker in crew])
    return [worker for worker in crew if worker.line in ready]


def _dismiss(crew: Sequence[_Worker[Any]]) -> None:
    """Let workers finish what they are at, and go; a second interrupt does not wait for that."""
    for worker in crew:
        worker.line.close()
    try:
        for worker in crew:
            worker.process.join()
    except BaseException:
        for worker in crew:
            worker.process.kill()
        raise


@contextmanager
def _starting() -> Iterator[None]:
    """Around the start of a process: it must not import from the current folder, nor be torn by an interrupt."""
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        with interrupts_held():
            yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while a worker starts, and raise it afterwards.

    It reaches every process of a console: workers start with the signal blocked, and the parent must not be torn out
    of starting one, whichever of its threads the signal lands on.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    can_block = hasattr(signal, "pthread_sigmask")
    if can_block:
        resource_tracker.ensure_running()  # it would unblock the signal
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if can_block else set()
    try:
        yield
    finally:
        if can_block:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, handler or signal.default_int_handler)
    if pressed:
        raise KeyboardInterrupt


# in the worker ------------------------------------------------------------------------------------------------------


def _ready() -> None:
    """What a worker that waited for work has to do before it says that it is ready."""


def _work(line: connection.Connection) -> None:
    """The life of a worker: it says that it is ready, then of each job how it went, until the line is closed."""
    _leave_interrupts_to_the_parent()
    _end_with_the_parent()
    _let_go_of_the_console()
    garbage.collect_seldom()
    error: Exception | None = None
    with suppress(EOFError, OSError):
        while True:
            line.send(error)
            error = failure(line.recv_bytes())


def failure(packed: bytes) -> Exception | None:
    """Do a job; what it raised, as it can travel, with the place where that was."""
    try:
        pickle.loads(packed)()
    except Exception as error:
        where = "".join(traceback.format_exception(error))
        try:
            packed = pickle.dumps(error)
            pickle.loads(packed)
        except Exception:
            error = RuntimeError(f"{type(error).__name__}: {error}")
        error.add_note(where)
        return error
    return None


def _leave_interrupts_to_the_parent() -> None:
    for name in ("SIGINT", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


def _end_with_the_parent() -> None:
    """End as soon as the parent is gone, in the midst of a job too."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _let_go_of_the_console() -> None:
    """Who reads what the command prints must not wait for a worker."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)
