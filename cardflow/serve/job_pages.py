"""Pages of what is worked out: how far it is, what was asked, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cardflow.serve.jobs import Job, Jobs
from cardflow.serve.pages import Form, Reader, cat_of, home, posted, rendered, to_job
from cardflow.serve.questions import Question
from reports import names, price_texts
from sim import __version__

_UNTOLD = ("kind", "scenario", "called", "others", "run", "figures", "prices", "settings")
"""Fields of a question that are told otherwise."""
_NAMED: dict[str, Callable[[str], Any]] = {"resources": price_texts.name, "targets": names.target}
"""What values of a field are called."""


class JobPages:
    """Jobs one by one."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/{lang}/jobs/{name}", self._page),
            posted("/{lang}/jobs/{name}/stop", self._doing(self._jobs.stop)),
            posted("/{lang}/jobs/{name}/on", self._doing(self._jobs.go_on)),
            posted("/{lang}/jobs/{name}/forget", self._forget),
        ]

    def _job(self, request: Request) -> Job:
        job = self._jobs.find(request.path_params["name"])
        if job is None:
            raise HTTPException(404)
        return job

    def _page(self, request: Request) -> Response:
        job = self._job(request)
        told = list(_told(Reader(cat_of(request)), job.asked.question))
        settings = getattr(job.asked.question, "settings", ())
        return rendered(request, "serve_job.html.j2", job=job, told=told, settings=settings, version=__version__)

    def _doing(self, what: Callable[[Job], None]) -> Callable[[Request, Form], Response]:
        """Do something with a job, then show it."""

        def done(request: Request, form: Form) -> Response:
            job = self._job(request)
            what(job)
            return to_job(request, job.id)

        return done

    def _forget(self, request: Request, form: Form) -> Response:
        self._jobs.forget(self._job(request))
        return home(request)


def _told(read: Reader, question: Question) -> Iterator[tuple[str, str]]:
    """What was asked: each field that says something, by its name, and its value as it is read."""
    for field, value in question:
        if field not in _UNTOLD and value not in (None, (), ""):
            yield read.cat.text(f"serve.field.{field}"), _shown(read, field, value)


def _shown(read: Reader, field: str, value: Any) -> str:
    if isinstance(value, tuple):
        return read.cat.join(read.text(_NAMED[field](each)) for each in value)
    key = f"serve.{field}.{value}"
    return read.cat.text(key) if read.cat.has(key) else str(value)
