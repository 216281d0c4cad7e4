"""The planner's figures: handed in as a file, judged as ``--actuals`` judges it, and what can be asked with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cardflow.serve.apart import Apart
from cardflow.serve.figures import Content, Figures
from cardflow.serve.jobs import Asked, Jobs
from cardflow.serve.pages import Form, Reader, cat_of, key_of, lang_of, one, posted, rendered, to_job, uploaded
from cardflow.serve.questions import Run, Update
from reports import catalogue, library_texts
from reports.actuals_template import template
from reports.shelf import shown
from scenarios.errors import UserError
from scenarios.files.find import library
from scenarios.shelf.entry import Entry
from scenarios.shelf.shelf import Shelf
from sim import __version__

_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ActualsPages:
    """Figures of a shelf, and jobs that begin with them."""

    def __init__(self, folder: Path, jobs: Jobs, shelf: Shelf, apart: Apart) -> None:
        self._figures, self._jobs, self._shelf, self._apart = Figures(folder), jobs, shelf, apart

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/{lang}/figures", self._page),
            Route("/{lang}/figures/template", _template),
            uploaded("/{lang}/figures/put", self._put),
            Route("/{lang}/figures/of/{digest}", self._one),
            posted("/{lang}/figures/of/{digest}/update", self._update),
            posted("/{lang}/figures/of/{digest}/run", self._run),
        ]

    def _page(self, request: Request, status: int = 200, wrong: tuple[str, ...] = (), sheets: Any = ()) -> Response:
        known = self._figures.all()
        return rendered(request, "serve_figures.html.j2", status, wrong=wrong, sheets=sheets, known=known)

    def _put(self, request: Request, raw: bytes) -> Response:
        """Store a file and judge it; what is not sound does not stay."""
        cat, digest = cat_of(request), self._figures.put(raw)
        done = self._apart("figures", cat, path=str(self._figures.path(digest)))
        if done.wrong:
            self._figures.drop(digest)
            return self._page(request, 422, done.wrong, done.told.get("sheets", ()))
        self._figures.keep(digest, Content(**done.told))
        return RedirectResponse(f"/{cat.lang}/figures/of/{digest}", 303)

    def _content(self, request: Request) -> tuple[str, Content]:
        digest = request.path_params["digest"]
        if (content := self._figures.find(digest)) is None:
            raise HTTPException(404)
        return digest, content

    def _one(self, request: Request) -> Response:
        digest, content = self._content(request)
        cat = cat_of(request)
        read = Reader(cat)
        runs = [(key_of(entry.path), f"{read.text(shown.name(entry))} - {entry.path}") for entry in self._runs()]
        scenarios = [each for each in library_texts.listed(cat) if each["kind"] == "scenario"]
        return rendered(
            request, "serve_figures_one.html.j2", digest=digest, content=content, runs=runs, scenarios=scenarios
        )

    def _runs(self) -> list[Entry]:
        """Runs that can be held against what came: finished ones of this version."""
        try:
            entries = self._shelf.entries()
        except UserError:
            return []
        return [each for each in entries if (each.kind, each.state, each.version) == ("run", "finished", __version__)]

    def _update(self, request: Request, form: Form) -> Response:
        digest, _ = self._content(request)
        run = next((each for each in self._runs() if key_of(each.path) == one(form, "run")), None)
        if run is None:
            raise HTTPException(404)
        question = Update(run=key_of(run.path), figures=digest, scenario=run.facts.scenario)
        return self._begun(request, Asked(question=question, lang=lang_of(request)))

    def _run(self, request: Request, form: Form) -> Response:
        digest, _ = self._content(request)
        scenario = one(form, "scenario")
        if scenario not in library():
            raise HTTPException(404)
        question = Run(scenario=scenario, figures=digest, replications=20)
        return self._begun(request, Asked(question=question, lang=lang_of(request)))

    def _begun(self, request: Request, asked: Asked) -> Response:
        return to_job(request, self._jobs.start(asked))


def _template(request: Request) -> Response:
    """The empty workbook to fill in."""
    cat = catalogue.load(cat_of(request).lang)
    headers = {"Content-Disposition": 'attachment; filename="actuals.xlsx"'}
    return Response(template(cat), media_type=_BOOK, headers=headers)
