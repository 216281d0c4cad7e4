"""The site: all pages, what begins it, and what stands where nothing else does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cardflow.serve.actuals_pages import ActualsPages
from cardflow.serve.apart import Apart
from cardflow.serve.guard import Guard
from cardflow.serve.job_pages import JobPages
from cardflow.serve.jobs import Jobs
from cardflow.serve.pages import cat_of, wrong
from cardflow.serve.paper_pages import PaperPages
from cardflow.serve.question_pages import QuestionPages
from cardflow.serve.run_pages import RunPages
from cardflow.serve.shelf_pages import ShelfPages
from reports.catalogue import LANGUAGES
from reports.messages import mistakes
from scenarios.errors import NOTHING_WRITTEN, UserError

_OFTEN = 1.0
"""Seconds after which the queue is looked after again."""
_TOO_LARGE = 413


class Site:
    """The pages of a shelf. Every page has its language in its address, and says the same in the other.

    As long as it lives, it begins the jobs whose turn it is, ``at_once`` at a time.
    """

    def __init__(self, folder: Path, lang: str, at_once: int = 1) -> None:
        self._lang = lang
        self._jobs = jobs = Jobs(folder, at_once)
        apart = Apart()
        shelf = ShelfPages(folder, jobs, apart)
        self._parts = (
            shelf,
            RunPages(folder, jobs, Apart()),  # theory answers at once, whatever else is worked on
            JobPages(jobs),
            QuestionPages(jobs, apart),
            ActualsPages(folder, jobs, shelf.shelf, apart),
            PaperPages(folder, shelf.entry, shelf.listed),
        )

    def app(self, hosts: tuple[str, ...], token: str = "") -> Starlette:
        """All of it, for those who call it by one of the hosts and bring the token, if there is one."""
        routes = [
            Route("/", self._begin),
            Route("/serve.css", _own("serve.css", "text/css")),
            Route("/serve.js", _own("serve.js", "text/javascript")),
            *(route for part in self._parts for route in part.routes()),
        ]
        return Starlette(
            routes=routes,
            middleware=[Middleware(Guard, hosts=hosts, token=token)],
            exception_handlers={UserError: _refused, HTTPException: self._failed},  # type: ignore[dict-item]
            lifespan=self._living,
        )

    @asynccontextmanager
    async def _living(self, app: Starlette) -> AsyncIterator[None]:
        """Look after the queue from the first moment to the last."""
        task = asyncio.create_task(self._tend())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def _tend(self) -> None:
        while True:
            await run_in_threadpool(self._jobs.tend)
            await asyncio.sleep(_OFTEN)

    def _begin(self, request: Request) -> Response:
        asked = request.headers.get("accept-language", "").lower()
        places = {lang: asked.find(lang) for lang in LANGUAGES if lang in asked}
        return RedirectResponse(f"/{min(places, key=lambda lang: places[lang], default=self._lang)}/", 303)

    def _failed(self, request: Request, error: HTTPException) -> Response:
        if request.path_params.get("lang") not in LANGUAGES:
            request.scope["path_params"] = {"lang": self._lang}
        key = "serve.too_large" if error.status_code == _TOO_LARGE else "serve.no_page"
        return wrong(request, [cat_of(request).text(key)], error.status_code)


def _refused(request: Request, error: UserError) -> Response:
    return wrong(request, mistakes(error, NOTHING_WRITTEN, cat_of(request).lang), 409)


def _own(name: str, kind: str) -> Callable[[Request], Response]:
    """What serves a file of the program itself."""
    text = resources.files("reports").joinpath(name).read_text(encoding="utf-8")
    return lambda request: Response(text, media_type=kind)
