"""Jobs done by the workers of a Dask cluster: of one that is started on this machine, or of one that a scheduler leads.

Jobs travel; what they find does not: each worker leaves it in the store, a folder that all share. Workers may come and
go. A job whose worker dies is done again, as by the processes of one machine (``scenarios.experiment.workers``).
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self

from scenarios.errors import UserError, WorkLostError
from scenarios.experiment.address import refusal
from scenarios.experiment.alike import FOLDER, WORKER, Alike, alike, done, marked
from scenarios.experiment.workers import Failure, GoneError, J, interrupts_held, shared_by, sorted_out
from scenarios.limits import PATH_LETTERS, shown_name
from sim.message import Message

if TYPE_CHECKING:  # whoever asks for no cluster needs none of it
    from dask.typing import Key
    from distributed import Client, Future

_IN_FLIGHT = 4000
"""Jobs that are with the scheduler at once, of 36 kB each: as many as workers can be busy."""
_BATCH = 100
"""Jobs that are sent in one message."""
_HERE = "127.0.0.1"
_LONGEST = 200
"""Letters of what a library says of a failure."""


class Cluster:
    """Who does what several can share, for the time being; nobody is started or asked before it is needed.

    ``scheduler``: an address; without, ``workers`` processes are started on this machine and ended at the end.
    """

    def __init__(self, scheduler: str | None = None, workers: int = 1) -> None:
        self._scheduler, self._asked = scheduler, workers
        self._client: Client | None = None
        self._refused: UserError | None = None
        self._marks: dict[Path, Path] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._open.enter_context(shared_by(self.share))
        return self

    def __exit__(self, *_: object) -> None:
        """Say goodbye to the scheduler, or end what was started; who is at work there ends with it."""
        with self._open:
            self._client = None
            self._marks.clear()

    @property
    def workers(self) -> int:
        """How many jobs are done at a time, now; raises UserError as ``refuse``."""
        if self._scheduler is None:
            return self._asked
        self.refuse()
        return len(_known_workers(self._connected()))

    def refuse(self) -> None:
        """Refuse a cluster that is not to be worked with, before any work.

        Raises:
            UserError: if what it takes is not installed, the address is not safe, nobody answers there, or workers are
                not as they must be.
        """
        if self._refused is None and self._client is None:
            try:
                self._look()
            except UserError as error:
                self._refused = error
        if self._refused is not None:
            raise self._refused

    def share(self, jobs: Sequence[J], on_done: Callable[[J], None], failed: list[Failure[J]]) -> list[J]:
        """Have jobs done by all workers there are (``scenarios.experiment.workers.Share``).

        Raises:
            UserError: before any of these jobs is sent, if workers are not as they must be, or do not see the folder in
                which a result is to be left.
            WorkLostError: if the scheduler is lost, or a worker has joined that is not as it must be.
        """
        client, lost = self._connected(), list[J]()
        for folder in {job.folder for job in jobs} - self._marks.keys():
            self._marks[folder] = self._open.enter_context(marked(folder))
            self._refuse_others(client, self._marks[folder])
        for job, error in self._sent(client, jobs):
            if sorted_out(job, error, lost, failed):
                on_done(job)
        return lost

    # at work --------------------------------------------------------------------------------------------------------

    def _sent(self, client: Client, jobs: Sequence[J]) -> Iterator[tuple[J, Exception | None]]:
        """Each job as it ends, with what it raised; those that nobody waits for any more are called off."""
        from distributed import as_completed

        flying: dict[Key, tuple[Future[Any], J]] = {}
        left, ended = iter(jobs), as_completed(loop=client.loop, raise_errors=False)
        try:
            while True:
                while len(flying) < _IN_FLIGHT and (more := list(islice(left, _BATCH))):
                    flying |= self._submitted(client, more)
                    ended.update([flying[key][0] for key in list(flying)[-len(more) :]])
                if not flying:
                    return
                yield self._next(ended, flying)
        finally:
            if flying:
                client.cancel([future for future, _ in flying.values()])

    def _submitted(self, client: Client, jobs: Sequence[J]) -> dict[Key, tuple[Future[Any], J]]:
        packed, marks = [pickle.dumps(job) for job in jobs], [self._marks[job.folder] for job in jobs]
        futures = client.map(done, packed, marks, [alike(mark) for mark in marks], key="cardflow", pure=False)
        return {future.key: (future, job) for future, job in zip(futures, jobs, strict=True)}

    def _next(
        self, ended: Iterator[Future[Any]], flying: dict[Key, tuple[Future[Any], J]]
    ) -> tuple[J, Exception | None]:
        """The next job that ends, and what it raised; held no longer, or it would be done again if its worker died."""
        future = next(ended)
        job = flying.pop(future.key)[1]
        return job, _outcome(future, self._marks[job.folder])

    # before that ----------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        if find_spec("distributed") is None:
            missing = Message("needs more than cardflow alone brings: pip install 'cardflow[cluster]'")
            raise UserError("--engine dask", [missing])
        if self._scheduler is None:
            return
        if (unsafe := refusal(self._scheduler)) is not None:
            raise self._error(unsafe)
        client = self._connected()
        workers = _known_workers(client)
        if not workers:
            raise self._error(Message("has no workers yet: start some, and give the same command again"))
        unsafe_ones = {address: refusal(address) for address in workers}
        wrong = [_of(address, why) for address, why in unsafe_ones.items() if why is not None]
        wrong += [_of(address, _THREADS) for address, worker in workers.items() if worker["nthreads"] != 1]
        if wrong:
            raise self._error(*wrong)
        self._refuse_others(client)

    def _refuse_others(self, client: Client, mark: Path | None = None) -> None:
        """Refuse workers that differ from this process; raises UserError."""
        asked, found = alike(mark), client.run(alike, mark, on_error="return")
        where = None if mark is None else mark.parent
        if wrong := [_of(worker, why) for worker, has in found.items() for why in _differences(has, asked, where)]:
            raise self._error(*wrong)

    def _error(self, *wrong: Message) -> UserError:
        return UserError("--engine dask" if self._scheduler is None else f"--scheduler {self._scheduler}", wrong)

    def _connected(self) -> Client:
        """Whom to send jobs to; started or asked at the first time. Raises UserError where nobody answers."""
        if self._client is not None:
            return self._client
        import dask
        from distributed import Client
        from distributed.utils import silence_logging_cmgr

        self._open.enter_context(silence_logging_cmgr(logging.CRITICAL))
        self._open.enter_context(dask.config.set({_LARGE_GRAPH: "1 GB"}))
        if self._scheduler is None:
            with interrupts_held():  # by the workers too, and those that take their place: this process decides
                scratch = self._open.enter_context(TemporaryDirectory(prefix="cardflow-", ignore_cleanup_errors=True))
                own = {"temporary-directory": scratch, _SAFE_PATH: "1", _SATURATION: 1.0}
                self._open.enter_context(dask.config.set(own))
                where = self._open.enter_context(_started(self._asked)).scheduler_address
        else:
            where = self._scheduler
        try:
            self._client = self._open.enter_context(Client(where, set_as_default=False))
        except (OSError, TypeError, ValueError, RuntimeError) as error:
            raise self._error(Message("cannot be reached: {reason}", reason=shown_name(str(error), _LONGEST))) from None
        return self._client


_SAFE_PATH = "distributed.nanny.pre-spawn-environ.PYTHONSAFEPATH"
"""Else workers import from the current folder first."""
_SATURATION = "distributed.scheduler.worker-saturation"
"""Jobs that a worker has at once: a second one would be lost with it, and none could say which of both was to blame."""
_LARGE_GRAPH = "distributed.admin.large-graph-warning-threshold"
"""From here on users would read advice for programmers; a batch of jobs is a large graph."""
_THREADS = Message("does several jobs at a time in one process: start it with --nthreads 1")


def _started(workers: int) -> Any:
    """A cluster on this machine alone: nobody can ask it anything from elsewhere, and no page tells of it.

    A job whose worker dies comes back, to be done again after the others.
    """
    from distributed import LocalCluster

    quietly = {"dashboard": False, "dashboard_address": f"{_HERE}:0", "allowed_failures": 0}
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host=_HERE,
        dashboard_address=None,
        memory_limit=None,
        silence_logs=logging.CRITICAL,
        scheduler_kwargs=quietly,
    )


def _known_workers(client: Client) -> Mapping[str, Mapping[str, Any]]:
    """All workers by address, with what the scheduler knows of them."""
    workers: Mapping[str, Mapping[str, Any]] = client.scheduler_info(n_workers=-1)["workers"]
    return workers


def _outcome(future: Future[Any], mark: Path) -> Exception | None:
    """What a job raised, if anything."""
    from distributed import KilledWorker

    try:
        said: Alike | Exception | None = future.result()
    except KilledWorker:
        return GoneError()
    except CancelledError:
        raise WorkLostError(_kept(Message("the scheduler of the cluster was lost"))) from None
    except Exception as error:  # a worker that cannot even read what it is to do
        raise WorkLostError(_kept(_of("?", _no_cardflow(error)))) from error
    if isinstance(said, Mapping):
        wrong = [_of(said[WORKER], why) for why in _differences(said, alike(mark), mark.parent)]
        raise WorkLostError(_kept(wrong[0]))
    return said


def _of(worker: str, why: Message) -> Message:
    return Message("worker {worker}: {why}", worker=shown_name(worker, PATH_LETTERS), why=why)


def _differences(found: Alike | Exception, asked: Alike, folder: Path | None) -> list[Message]:
    """In what a worker is not as ``asked``."""
    if isinstance(found, Exception):
        return [_no_cardflow(found)]
    wrong = [
        Message(
            "has {what} {found}, and here is {asked}: both must be the same", what=name, found=found[name], asked=own
        )
        for name, own in asked.items()
        if name != FOLDER and found.get(name) != own
    ]
    if found.get(FOLDER) != asked[FOLDER]:
        seen = Message(
            "does not see the folder {folder}: it must be shared, under the same path on every machine",
            folder=shown_name(str(folder), PATH_LETTERS),
        )
        wrong.append(seen)
    return wrong


def _no_cardflow(error: Exception) -> Message:
    return Message("has no cardflow that can do this ({error})", error=shown_name(str(error), _LONGEST))


def _kept(what: Message) -> Message:
    return Message("{what}; the rest is kept, and the same command goes on from there", what=what)
