"""New runs: what is asked, what may be changed in it, what theory expects of it, and how it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cardflow.serve.jobs import Asked, Job, Jobs
from cardflow.serve.own_scenarios import OwnScenarios
from cardflow.serve.pages import Form, cat_of, key_of, one, posted, rendered
from cardflow.serve.whatif import Question
from reports import library_texts, quick
from reports.catalogue import Catalogue
from reports.lever_search import search
from reports.levers import Lever
from reports.messages import said
from reports.sliders import FIRST, sliders
from scenarios.errors import NOTHING_RUN, UserError
from scenarios.quick.quick import expected
from sim import __version__

_FOUND = 20
"""Values that a search shows."""
Told = dict[str, Any]
"""What a template is given."""


class RunPages:
    """Runs that the pages start."""

    def __init__(self, folder: Path, jobs: Jobs) -> None:
        self._own, self._jobs = OwnScenarios(folder), jobs

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/{lang}/new", self._new),
            Route("/{lang}/estimate", self._estimate),
            posted("/{lang}/start", self._start),
            Route("/{lang}/jobs/{name}", self._job),
            posted("/{lang}/jobs/{name}/stop", self._stop),
            posted("/{lang}/jobs/{name}/on", self._on),
        ]

    def _new(self, request: Request) -> Response:
        form = _asked_for(request)
        question, cat = self._question(form), cat_of(request)
        shown = _estimated(question, cat) if one(form, "estimate") else {}
        return self._form(request, question, estimate=shown)

    def _estimate(self, request: Request) -> Response:
        """The estimate alone, for the script that puts it into the form."""
        shown = _estimated(self._question(_asked_for(request)), cat_of(request))
        return rendered(request, "serve_estimate.html.j2", 422 if "wrong" in shown else 200, estimate=shown)

    def _question(self, form: Form) -> Question:
        try:
            return Question.of(form, self._own)
        except LookupError:
            raise HTTPException(404) from None

    def _form(
        self, request: Request, question: Question, wrong: tuple[str, ...] = (), estimate: Told | None = None
    ) -> Response:
        cat = cat_of(request)
        listed = library_texts.listed(cat)
        try:
            values = _values(question, cat)
        except UserError as error:  # a file of the planner's own that cannot be read
            values, wrong = {"sliders": [], "found": [], "left": 0}, _said(error, cat)
        return rendered(
            request,
            "serve_new.html.j2",
            422 if wrong else 200,
            scenarios=[one for one in listed if one["kind"] == "scenario"],
            parts=[one for one in listed if one["kind"] == "part"],
            own=[{"name": key, "title": path.name} for key, path in self._own.all().items()],
            question=question,
            wrong=wrong,
            estimate=estimate or {},
            **values,
        )

    def _start(self, request: Request, form: Form) -> Response:
        cat, question = cat_of(request), self._question(form)
        try:
            replications, seed = question.how()
            question.asked()
        except UserError as error:
            return self._form(request, question, _said(error, cat))
        lang: Literal["en", "ja"] = "ja" if cat.lang == "ja" else "en"
        asked = Asked(
            scenario="+".join(question.names),
            settings=question.settings,
            replications=replications,
            seed=seed,
            lang=lang,
        )
        return RedirectResponse(f"/{cat.lang}/jobs/{self._jobs.start(asked)}", 303)

    def _found_job(self, request: Request) -> Job:
        job = self._jobs.find(request.path_params["name"])
        if job is None:
            raise HTTPException(404)
        return job

    def _job(self, request: Request) -> Response:
        job = self._found_job(request)
        key, running = key_of(job.path), job.state == "running"
        return rendered(request, "serve_job.html.j2", job=job, running=running, key=key, version=__version__)

    def _stop(self, request: Request, form: Form) -> Response:
        self._jobs.stop(self._found_job(request))
        return RedirectResponse(f"/{cat_of(request).lang}/jobs/{request.path_params['name']}", 303)

    def _on(self, request: Request, form: Form) -> Response:
        self._jobs.go_on(self._found_job(request))
        return RedirectResponse(f"/{cat_of(request).lang}/jobs/{request.path_params['name']}", 303)


def _asked_for(request: Request) -> Form:
    query = request.query_params
    return {key: query.getlist(key) for key in query}


def _said(error: UserError, cat: Catalogue) -> tuple[str, ...]:
    return tuple(said(line, cat.lang) for line in error.told(NOTHING_RUN))


def _values(question: Question, cat: Catalogue) -> Told:
    """The sliders, and below them other values: those that are changed, and those that are searched for."""
    known: Mapping[str, Lever] = question.levers(cat.lang)
    chosen = [known[path] for path in question.changed if path not in FIRST]
    found = search(question.word, known.values()) if question.word.strip() else []
    more = [lever for lever in found if lever not in chosen and lever.path not in FIRST]
    return {
        "sliders": sliders(question.base, cat.lang),
        "found": [*chosen, *more[:_FOUND]],
        "left": max(len(more) - _FOUND, 0),
    }


def _estimated(question: Question, cat: Catalogue) -> Told:
    """What theory expects, beside the scenario without any change; or what is wrong with the question."""
    try:
        asked = question.asked()
        own, base = expected(asked.parameters), expected(question.base.parameters)
    except UserError as error:
        return {"wrong": _said(error, cat)}
    if own.years != base.years:
        base = own
    return {
        "years": quick.years(cat, own),
        "rows": list(quick.rows(cat, own, base, asked.parameters)),
        "changed": own != base,
        "size": (quick.WIDE, quick.HIGH),
    }
