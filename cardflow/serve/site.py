"""The pages: what is asked by an address or a form, and what answers it."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from cardflow.serve.guard import ANSWER_POLICY, Guard
from cardflow.serve.jobs import Asked, Job, Jobs
from reports import catalogue, library_texts
from reports.catalogue import LANGUAGES, Catalogue
from reports.faces import page
from reports.html import render
from reports.lever_search import search
from reports.levers import Lever, levers
from reports.messages import said
from reports.presentations import KINDS, presentation
from reports.shelf import shown
from reports.shelf.beside import beside
from reports.shelf.facts import facts
from scenarios.errors import NOTHING_RUN, NOTHING_WRITTEN, UserError
from scenarios.files.find import LIBRARY, library
from scenarios.files.load import load
from scenarios.files.settings import read_settings
from scenarios.folder.contents import ListError, is_as_listed, place, read_list
from scenarios.folder.folder import Folder
from scenarios.shelf.entry import Entry
from scenarios.shelf.shelf import Shelf
from sim.message import Message

_LARGEST = 100_000
"""Bytes of a form."""
_FIELDS = 300
_FOUND = 20
"""Values that a search shows."""
_MOST_REPLICATIONS, _LARGEST_SEED = 1_000, 2**31
"""That a form may ask for."""
_SET = "set:"
"""How the names of fields begin that set values; the path of the value follows."""
Form = Mapping[str, list[str]]


class Site:
    """The pages of a shelf. Every page has its language in its address, and says the same in the other."""

    def __init__(self, folder: Path, lang: str) -> None:
        self._folder, self._lang = folder, lang
        self._shelf, self._jobs = Shelf(folder, facts), Jobs(folder)

    def app(self, hosts: tuple[str, ...]) -> Starlette:
        """All of it, for those who call it by one of the hosts."""
        routes = [
            Route("/", self._begin),
            Route("/serve.css", self._own("serve.css", "text/css")),
            Route("/serve.js", self._own("serve.js", "text/javascript")),
            Route("/{lang}/", self._list),
            Route("/{lang}/beside", self._beside),
            Route("/{lang}/new", self._new),
            Route("/{lang}/start", self._posted(self._start), methods=["POST"]),
            Route("/{lang}/restore", self._posted(self._restore), methods=["POST"]),
            Route("/{lang}/jobs/{name}", self._job),
            Route("/{lang}/jobs/{name}/stop", self._posted(self._stop), methods=["POST"]),
            Route("/{lang}/jobs/{name}/on", self._posted(self._on), methods=["POST"]),
            Route("/{lang}/answers/{key}/mark", self._posted(self._mark), methods=["POST"]),
            Route("/{lang}/answers/{key}/discard", self._posted(self._discard), methods=["POST"]),
            Route("/{lang}/answers/{key}/page", self._page),
            Route("/{lang}/answers/{key}/files/{file:path}", self._file),
        ]
        return Starlette(
            routes=routes,
            middleware=[Middleware(Guard, hosts=hosts)],
            exception_handlers={UserError: self._refused, HTTPException: self._failed},  # type: ignore[dict-item]
        )

    # what every page is made of -------------------------------------------------------------------------------------

    def _render(self, request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        cat = _cat(request)
        other = next(lang for lang in LANGUAGES if lang != cat.lang)
        way = request.url.path.removeprefix(f"/{cat.lang}/") if request.method == "GET" else ""
        query = f"?{request.url.query}" if request.url.query else ""
        text = render(
            template,
            t=cat.text,
            lang=cat.lang,
            read=page.Reader(cat),
            other=(other, catalogue.load(other).text("language.name"), f"/{other}/{way}{query}"),
            **context,
        )
        return HTMLResponse(text, status_code=status)

    def _refused(self, request: Request, error: UserError) -> Response:
        return self._wrong(request, [said(line, _cat(request).lang) for line in error.told(NOTHING_WRITTEN)], 409)

    def _failed(self, request: Request, error: HTTPException) -> Response:
        known = request.path_params.get("lang") in LANGUAGES
        if not known:
            request.scope["path_params"] = {"lang": self._lang}
        return self._wrong(request, [_cat(request).text("serve.no_page")], error.status_code)

    def _wrong(self, request: Request, lines: list[str], status: int) -> Response:
        return self._render(request, "serve_wrong.html.j2", status, lines=lines)

    def _posted(self, answer: Callable[[Request, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
        """What answers a form: a page, or the address to go on at."""

        async def endpoint(request: Request) -> Response:
            body = b""
            async for chunk in request.stream():
                body += chunk
                if len(body) > _LARGEST:
                    raise HTTPException(413)
            try:
                form = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=_FIELDS)
            except ValueError:
                raise HTTPException(400) from None
            return await run_in_threadpool(answer, request, form)

        return endpoint

    # the shelf ------------------------------------------------------------------------------------------------------

    def _begin(self, request: Request) -> Response:
        asked = request.headers.get("accept-language", "").lower()
        places = {lang: asked.find(lang) for lang in LANGUAGES if lang in asked}
        return RedirectResponse(f"/{min(places, key=lambda lang: places[lang], default=self._lang)}/", 303)

    def _own(self, name: str, kind: str) -> Callable[[Request], Response]:
        """What serves a file of the program itself."""
        text = resources.files("reports").joinpath(name).read_text(encoding="utf-8")
        return lambda request: Response(text, media_type=kind)

    def _list(self, request: Request) -> Response:
        word = request.query_params.get("search", "")[:200]
        entries = self._shelf.entries()
        jobs = [job for job in self._jobs.all() if job.state != "finished"]
        at_work = {job.path for job in jobs}
        found = [entry for entry in shown.matching(entries, word) if entry.path not in at_work]
        return self._render(
            request,
            "serve_shelf.html.j2",
            word=word,
            of=len(entries),
            answers=[(key_of(entry.path), entry, list(shown.told(entry))) for entry in found],
            jobs=jobs,
            discarded=self._shelf.last_discarded,
            running=any(job.state == "running" for job in jobs),
        )

    def _entry(self, request: Request) -> Entry:
        key = request.path_params["key"]
        found = next((entry for entry in self._shelf.entries() if key_of(entry.path) == key), None)
        if found is None:
            raise HTTPException(404)
        return found

    def _mark(self, request: Request, form: Form) -> Response:
        pinned = bool(_one(form, "pinned"))
        self._shelf.mark(self._entry(request).path, _one(form, "name"), _one(form, "note"), pinned)
        return _home(request)

    def _discard(self, request: Request, form: Form) -> Response:
        self._shelf.discard(self._entry(request).path)
        return _home(request)

    def _restore(self, request: Request, form: Form) -> Response:
        self._shelf.restore()
        return _home(request)

    def _page(self, request: Request) -> Response:
        """The page of an answer, in the language where it has one."""
        entry, lang = self._entry(request), _cat(request).lang
        listed = self._listed(entry)
        name = presentation(entry.kind).page if entry.kind in KINDS else ""
        pages = [each for each in (f"{name}.{lang}.html", f"{name}.html") if each in listed]
        if not pages:
            return self._wrong(request, [_cat(request).text("serve.no_answer_page")], 404)
        return RedirectResponse(f"files/{pages[0]}", 303)

    def _file(self, request: Request) -> Response:
        """A file of an answer: one that its list names, as it was written, and not by way of a link."""
        entry, name = self._entry(request), request.path_params["file"]
        stamp = self._listed(entry).get(name)
        if stamp is None or name.startswith("../"):
            raise HTTPException(404)
        path = place(self._folder / entry.path, name)
        inside = path.resolve().is_relative_to((self._folder / entry.path).resolve())
        if not (inside and is_as_listed(path, stamp)):
            raise HTTPException(404)
        return FileResponse(path, headers={"Content-Security-Policy": ANSWER_POLICY})

    def _listed(self, entry: Entry) -> Mapping[str, tuple[int, str]]:
        try:
            contents = read_list(self._folder / entry.path)
        except (ListError, OSError):
            contents = None
        return {**contents.answer, **contents.page} if contents else {}

    def _beside(self, request: Request) -> Response:
        asked, cat = request.query_params.getlist("of")[:10], _cat(request)
        chosen = [entry for entry in self._shelf.entries() if key_of(entry.path) in asked]
        with ExitStack() as held:
            folders = [held.enter_context(Folder(self._folder / entry.path, option="")) for entry in chosen]
            for folder in folders:
                folder.reopen(None)
            document = beside(folders, cat.lang)
        return HTMLResponse(page.html(cat, document, {}), headers={"Content-Security-Policy": ANSWER_POLICY})

    # new runs -------------------------------------------------------------------------------------------------------

    def _new(self, request: Request) -> Response:
        query = request.query_params
        return self._form(request, {key: query.getlist(key) for key in query})

    def _form(self, request: Request, form: Form, wrong: tuple[str, ...] = ()) -> Response:
        cat = _cat(request)
        listed = library_texts.listed(cat)
        scenario = _one(form, "scenario") or "renewal-wave"
        if scenario not in library():
            raise HTTPException(404)
        word = _one(form, "word")[:200]
        known = _levers(scenario, cat.lang)
        typed = {name.removeprefix(_SET): values[-1] for name, values in form.items() if name.startswith(_SET)}
        chosen = [known[path] for path in typed if path in known and typed[path].strip()]
        found = [lever for lever in search(word, known.values()) if lever not in chosen] if word.strip() else []
        return self._render(
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
            replications=_one(form, "replications") or "20",
            seed=_one(form, "seed") or "1",
            wrong=wrong,
        )

    def _start(self, request: Request, form: Form) -> Response:
        cat = _cat(request)
        scenario = _one(form, "scenario")
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
            replications = _count("replications", _one(form, "replications"), _MOST_REPLICATIONS)
            seed = _count("seed", _one(form, "seed"), _LARGEST_SEED)
            values, _ = read_settings(settings)
            load("+".join(names), LIBRARY).with_values(values)
        except UserError as error:
            return self._form(request, form, tuple(said(line, cat.lang) for line in error.told(NOTHING_RUN)))
        lang: Literal["en", "ja"] = "ja" if cat.lang == "ja" else "en"
        asked = Asked(scenario="+".join(names), settings=settings, replications=replications, seed=seed, lang=lang)
        return RedirectResponse(f"/{cat.lang}/jobs/{self._jobs.start(asked)}", 303)

    def _found_job(self, request: Request) -> Job:
        job = self._jobs.find(request.path_params["name"])
        if job is None:
            raise HTTPException(404)
        return job

    def _job(self, request: Request) -> Response:
        job = self._found_job(request)
        return self._render(request, "serve_job.html.j2", job=job, running=job.state == "running", key=key_of(job.path))

    def _stop(self, request: Request, form: Form) -> Response:
        self._jobs.stop(self._found_job(request))
        return RedirectResponse(f"/{_cat(request).lang}/jobs/{request.path_params['name']}", 303)

    def _on(self, request: Request, form: Form) -> Response:
        self._jobs.go_on(self._found_job(request))
        return RedirectResponse(f"/{_cat(request).lang}/jobs/{request.path_params['name']}", 303)


def key_of(path: str) -> str:
    """What stands for an answer in addresses: no path is ever made of it."""
    return hashlib.blake2b(path.encode(), digest_size=8).hexdigest()


@cache
def _levers(scenario: str, lang: str) -> Mapping[str, Lever]:
    """All that can be changed in a scenario of the library, by path."""
    return {lever.path: lever for lever in levers(load(scenario, LIBRARY), lang)}


def _cat(request: Request) -> Catalogue:
    lang = request.path_params.get("lang", "")
    if lang not in LANGUAGES:
        raise HTTPException(404)
    return catalogue.load(lang)


def _one(form: Form, name: str) -> str:
    return form.get(name, [""])[-1]


def _count(name: str, text: str, most: int) -> int:
    """A whole number of a form; raises UserError."""
    if text.isascii() and text.isdecimal() and len(text) < 12 and 1 <= int(text) <= most:
        return int(text)
    raise UserError(f"--{name}", [Message("must be a whole number from 1 to {most:,}", most=most)])


def _home(request: Request) -> Response:
    return RedirectResponse(f"/{_cat(request).lang}/", 303)
