"""The shelf: the list of answers, the files of each, and answers beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from cardflow.serve.guard import ANSWER_POLICY
from cardflow.serve.jobs import Jobs
from cardflow.serve.pages import Form, cat_of, home, key_of, one, posted, rendered, wrong
from reports.faces import page
from reports.faces.figures.inline import inline
from reports.presentations import KINDS, presentation
from reports.shelf import shown
from reports.shelf.beside import beside
from reports.shelf.facts import facts
from scenarios.folder.contents import ListError, is_as_listed, place, read_list
from scenarios.folder.folder import Folder
from scenarios.shelf.entry import Entry
from scenarios.shelf.shelf import Shelf


class ShelfPages:
    """What stands in a folder of answers."""

    def __init__(self, folder: Path, jobs: Jobs) -> None:
        self._folder, self._jobs = folder, jobs
        self._shelf = Shelf(folder, facts)

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/{lang}/", self._list),
            Route("/{lang}/beside", self._beside),
            posted("/{lang}/restore", self._restore),
            posted("/{lang}/answers/{key}/mark", self._mark),
            posted("/{lang}/answers/{key}/discard", self._discard),
            Route("/{lang}/answers/{key}/page", self._page),
            Route("/{lang}/answers/{key}/files/{file:path}", self._file),
        ]

    def _list(self, request: Request) -> Response:
        word = request.query_params.get("search", "")[:200]
        entries = self._shelf.entries()
        jobs = [job for job in self._jobs.all() if job.state != "finished"]
        at_work = {job.path for job in jobs}
        found = [entry for entry in shown.matching(entries, word) if entry.path not in at_work]
        return rendered(
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
        pinned = bool(one(form, "pinned"))
        self._shelf.mark(self._entry(request).path, one(form, "name"), one(form, "note"), pinned)
        return home(request)

    def _discard(self, request: Request, form: Form) -> Response:
        self._shelf.discard(self._entry(request).path)
        return home(request)

    def _restore(self, request: Request, form: Form) -> Response:
        self._shelf.restore()
        return home(request)

    def _page(self, request: Request) -> Response:
        """The page of an answer, in the language where it has one."""
        entry, lang = self._entry(request), cat_of(request).lang
        listed = self._listed(entry)
        name = presentation(entry.kind).page if entry.kind in KINDS else ""
        pages = [each for each in (f"{name}.{lang}.html", f"{name}.html") if each in listed]
        if not pages:
            return wrong(request, [cat_of(request).text("serve.no_answer_page")], 404)
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
        asked, cat = request.query_params.getlist("of")[:10], cat_of(request)
        chosen = [entry for entry in self._shelf.entries() if key_of(entry.path) in asked]
        with ExitStack() as held:
            folders = [held.enter_context(Folder(self._folder / entry.path, option="")) for entry in chosen]
            for folder in folders:
                folder.reopen(None)
            document = beside(folders, cat.lang)
        charts = [chart for chapter in document.chapters for chart in chapter.charts]
        return HTMLResponse(
            page.html(cat, document, inline(cat, charts)), headers={"Content-Security-Policy": ANSWER_POLICY}
        )
