"""New runs: what is asked, what may be changed in it, and how it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cardflow.serve.jobs import Asked, Jobs
from cardflow.serve.pages import Form, cat_of, count, lang_of, one, posted, rendered
from cardflow.serve.questions import LARGEST_SEED, MOST_REPLICATIONS, Run
from reports import library_texts
from reports.lever_search import search
from reports.levers import Lever, levers
from reports.messages import said
from scenarios.errors import NOTHING_RUN, UserError
from scenarios.files.find import LIBRARY, library
from scenarios.files.load import load
from scenarios.files.settings import read_settings

_FOUND = 20
"""Values that a search shows."""
_SET = "set:"
"""How the names of fields begin that set values; the path of the value follows."""


class RunPages:
    """Runs that the pages start."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/{lang}/new", self._new),
            posted("/{lang}/start", self._start),
        ]

    def _new(self, request: Request) -> Response:
        query = request.query_params
        return self._form(request, {key: query.getlist(key) for key in query})

    def _form(self, request: Request, form: Form, wrong: tuple[str, ...] = ()) -> Response:
        cat = cat_of(request)
        listed = library_texts.listed(cat)
        scenario = one(form, "scenario") or "renewal-wave"
        if scenario not in library():
            raise HTTPException(404)
        word = one(form, "word")[:200]
        known = _levers(scenario, cat.lang)
        typed = {name.removeprefix(_SET): values[-1] for name, values in form.items() if name.startswith(_SET)}
        chosen = [known[path] for path in typed if path in known and typed[path].strip()]
        found = [lever for lever in search(word, known.values()) if lever not in chosen] if word.strip() else []
        return rendered(
            request,
            "serve_new.html.j2",
            422 if wrong else 200,
            scenarios=[one for one in listed if one["kind"] == "scenario"],
            parts=[one for one in listed if one["kind"] == "part"],
            scenario=scenario,
            joined=form.get("part", []),
            word=word,
            found=[*chosen, *found[:_FOUND]],
            left=max(len(found) - _FOUND, 0),
            typed=typed,
            replications=one(form, "replications") or "20",
            seed=one(form, "seed") or "1",
            wrong=wrong,
        )

    def _start(self, request: Request, form: Form) -> Response:
        cat = cat_of(request)
        scenario = one(form, "scenario")
        names = [scenario, *form.get("part", [])]
        if set(names) - set(library()):
            raise HTTPException(404)
        known = _levers(scenario, cat.lang)
        settings = tuple(
            f"{path}={values[-1].strip()}"
            for name, values in form.items()
            if name.startswith(_SET) and values[-1].strip() and (path := name.removeprefix(_SET)) in known
        )
        try:
            replications = count("replications", one(form, "replications"), MOST_REPLICATIONS)
            seed = count("seed", one(form, "seed"), LARGEST_SEED)
            values, _ = read_settings(settings)
            load("+".join(names), LIBRARY).with_values(values)
        except UserError as error:
            return self._form(request, form, tuple(said(line, cat.lang) for line in error.told(NOTHING_RUN)))
        question = Run(scenario="+".join(names), settings=settings, replications=replications, seed=seed)
        name = self._jobs.start(Asked(question=question, lang=lang_of(request)))
        return RedirectResponse(f"/{cat.lang}/jobs/{name}", 303)


@cache
def _levers(scenario: str, lang: str) -> Mapping[str, Lever]:
    """All that can be changed in a scenario of the library, by path."""
    return {lever.path: lever for lever in levers(load(scenario, LIBRARY), lang)}
