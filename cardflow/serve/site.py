"""The site: all pages, what begins it, and what stands where nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cardflow.serve.guard import Guard
from cardflow.serve.jobs import Jobs
from cardflow.serve.pages import cat_of, wrong
from cardflow.serve.run_pages import RunPages
from cardflow.serve.shelf_pages import ShelfPages
from reports.catalogue import LANGUAGES
from reports.messages import said
from scenarios.errors import NOTHING_WRITTEN, UserError


class Site:
    """The pages of a shelf. Every page has its language in its address, and says the same in the other."""

    def __init__(self, folder: Path, lang: str) -> None:
        self._lang = lang
        jobs = Jobs(folder)
        self._parts = (ShelfPages(folder, jobs), RunPages(folder, jobs))

    def app(self, hosts: tuple[str, ...]) -> Starlette:
        """All of it, for those who call it by one of the hosts."""
        routes = [
            Route("/", self._begin),
            Route("/serve.css", _own("serve.css", "text/css")),
            Route("/serve.js", _own("serve.js", "text/javascript")),
            *(route for part in self._parts for route in part.routes()),
        ]
        return Starlette(
            routes=routes,
            middleware=[Middleware(Guard, hosts=hosts)],
            exception_handlers={UserError: _refused, HTTPException: self._failed},  # type: ignore[dict-item]
        )

    def _begin(self, request: Request) -> Response:
        asked = request.headers.get("accept-language", "").lower()
        places = {lang: asked.find(lang) for lang in LANGUAGES if lang in asked}
        return RedirectResponse(f"/{min(places, key=lambda lang: places[lang], default=self._lang)}/", 303)

    def _failed(self, request: Request, error: HTTPException) -> Response:
        if request.path_params.get("lang") not in LANGUAGES:
            request.scope["path_params"] = {"lang": self._lang}
        return wrong(request, [cat_of(request).text("serve.no_page")], error.status_code)


def _refused(request: Request, error: UserError) -> Response:
    return wrong(request, [said(line, cat_of(request).lang) for line in error.told(NOTHING_WRITTEN)], 409)


def _own(name: str, kind: str) -> Callable[[Request], Response]:
    """What serves a file of the program itself."""
    text = resources.files("reports").joinpath(name).read_text(encoding="utf-8")
    return lambda request: Response(text, media_type=kind)
