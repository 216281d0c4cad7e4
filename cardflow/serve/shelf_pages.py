"""The shelf: the list of answers, the files of each, and answers beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from cardflow.serve.apart import Apart
from cardflow.serve.guard import ANSWER_POLICY
from cardflow.serve.jobs import Jobs
from cardflow.serve.pages import Form, cat_of, home, key_of, one, posted, rendered, wrong
from reports.presentations import KINDS, presentation
from reports.shelf import shown
from reports.shelf.facts import facts
from scenarios.folder.contents import ListError, is_as_listed, place, read_list
from scenarios.shelf.entry import Entry
from scenarios.shelf.shelf import Shelf


class ShelfPages:
    """What stands in a folder of answers."""

    def __init__(self, folder: Path, jobs: Jobs, apart: Apart) -> None:
        self._folder, self._jobs, self._apart = folder, jobs, apart
        self.shelf = Shelf(folder, facts)

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
        entries = self.shelf.entries()
        done = {entry.path for entry in entries if entry.state == "finished"}
        jobs = [job for job in self._jobs.all() if job.live or (job.path not in done and job.state == "stopped")]
        at_work = {job.path for job in jobs}
        found = [entry for entry in shown.matching(entries, word) if entry.path not in at_work]
        return rendered(
            request,
            "serve_shelf.html.j2",
            word=word,
            of=len(entries),
            answers=[(key_of(entry.path), entry, list(shown.told(entry))) for entry in found],
            jobs=jobs,
            discarded=self.shelf.last_discarded,
            live=" ".join(job.live for job in jobs),
        )

    def entry(self, request: Request) -> Entry:
        """The answer that an address names; raises HTTPException."""
        key = request.path_params["key"]
        found = next((entry for entry in self.shelf.entries() if key_of(entry.path) == key), None)
        if found is None:
            raise HTTPException(404)
        return found

    def _mark(self, request: Request, form: Form) -> Response:
        pinned = bool(one(form, "pinned"))
        self.shelf.mark(self.entry(request).path, one(form, "name"), one(form, "note"), pinned)
        return home(request)

    def _discard(self, request: Request, form: Form) -> Response:
        self.shelf.discard(self.entry(request).path)
        return home(request)

    def _restore(self, request: Request, form: Form) -> Response:
        self.shelf.restore()
        return home(request)

    def _page(self, request: Request) -> Response:
        """The page of an answer, in the language where it has one."""
        entry, lang = self.entry(request), cat_of(request).lang
        listed = self.listed(entry)
        name = presentation(entry.kind).page if entry.kind in KINDS else ""
        pages = [each for each in (f"{name}.{lang}.html", f"{name}.html") if each in listed]
        if not pages:
            return wrong(request, [cat_of(request).text("serve.no_answer_page")], 404)
        return RedirectResponse(f"files/{pages[0]}", 303)

    def _file(self, request: Request) -> Response:
        """A file of an answer: one that its list names, as it was written, and not by way of a link."""
        entry, name = self.entry(request), request.path_params["file"]
        stamp = self.listed(entry).get(name)
        if stamp is None or name.startswith("../"):
            raise HTTPException(404)
        path = place(self._folder / entry.path, name)
        inside = path.resolve().is_relative_to((self._folder / entry.path).resolve())
        if not (inside and is_as_listed(path, stamp)):
            raise HTTPException(404)
        return FileResponse(path, headers={"Content-Security-Policy": ANSWER_POLICY})

    def listed(self, entry: Entry) -> Mapping[str, tuple[int, str]]:
        """The files of an answer that may be shown, as its list has them."""
        try:
            contents = read_list(self._folder / entry.path)
        except (ListError, OSError):
            contents = None
        return {**contents.answer, **contents.page} if contents else {}

    def _beside(self, request: Request) -> Response:
        asked, cat = request.query_params.getlist("of")[:10], cat_of(request)
        chosen = [entry for entry in self.shelf.entries() if key_of(entry.path) in asked]
        done = self._apart("beside", cat, folders=[str((self._folder / entry.path).absolute()) for entry in chosen])
        if done.wrong:
            return wrong(request, done.wrong, 409)
        return HTMLResponse(done.told["page"], headers={"Content-Security-Policy": ANSWER_POLICY})
