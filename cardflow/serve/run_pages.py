"""New runs: what is asked, what may be changed in it, what theory expects of it, and how it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cardflow.serve.apart import Apart, Done
from cardflow.serve.jobs import Asked, Jobs
from cardflow.serve.own_scenarios import OwnScenarios
from cardflow.serve.pages import Form, asked_by, cat_of, lang_of, one, posted, rendered, to_job
from cardflow.serve.questions import Run
from cardflow.serve.whatif import Question
from reports import library_texts
from reports.catalogue import Catalogue
from reports.lever_search import search
from reports.levers import Lever
from reports.messages import mistakes
from reports.sliders import FIRST, sliders
from scenarios.errors import NOTHING_RUN, UserError

_FOUND = 20
"""Values that a search shows."""
Told = dict[str, Any]
"""What a template is given."""


class RunPages:
    """Runs that the pages start."""

    def __init__(self, folder: Path, jobs: Jobs, theory: Apart) -> None:
        self._own, self._jobs, self._theory = OwnScenarios(folder.absolute()), jobs, theory

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/{lang}/new", self._new),
            Route("/{lang}/estimate", self._estimate),
            posted("/{lang}/start", self._start),
        ]

    def _new(self, request: Request) -> Response:
        form = asked_by(request)
        question = self._question(form)
        self._theory.ready()
        asked = one(form, "estimate")
        return self._form(request, question, estimate=self._expected(question, request) if asked else None)

    def _estimate(self, request: Request) -> Response:
        """What theory expects alone, for the script that puts it into the form."""
        done = self._expected(self._question(asked_by(request)), request)
        return rendered(request, "serve_estimate.html.j2", 422 if done.wrong else 200, estimate=done)

    def _expected(self, question: Question, request: Request) -> Done:
        return self._theory("estimate", cat_of(request), query=question.query, folder=str(self._own.folder))

    def _question(self, form: Form) -> Question:
        try:
            return Question.of(form, self._own)
        except LookupError:
            raise HTTPException(404) from None

    def _form(
        self, request: Request, question: Question, wrong: tuple[str, ...] = (), estimate: Done | None = None
    ) -> Response:
        cat = cat_of(request)
        listed = library_texts.listed(cat)
        try:
            values = _values(question, cat)
        except UserError as error:  # a file of the planner's own that cannot be read
            values, wrong = {"sliders": [], "found": [], "left": 0}, mistakes(error, NOTHING_RUN, cat.lang)
        return rendered(
            request,
            "serve_new.html.j2",
            422 if wrong else 200,
            scenarios=[one for one in listed if one["kind"] == "scenario"],
            parts=[one for one in listed if one["kind"] == "part"],
            own=[{"name": key, "title": path.name} for key, path in self._own.all().items()],
            question=question,
            wrong=wrong,
            estimate=estimate,
            **values,
        )

    def _start(self, request: Request, form: Form) -> Response:
        cat, question = cat_of(request), self._question(form)
        try:
            replications, seed = question.how()
            question.asked()
        except UserError as error:
            return self._form(request, question, mistakes(error, NOTHING_RUN, cat.lang))
        run = Run(
            scenario=question.joined,
            called=self._own.called(question.joined),
            settings=question.settings,
            replications=replications,
            seed=seed,
        )
        return to_job(request, self._jobs.start(Asked(question=run, lang=lang_of(request))))


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
