"""Answers as documents to download: memo and workbook, each made by its command in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cardflow.serve.jobs import last_lines
from cardflow.serve.pages import Form, cat_of, posted, rendered, wrong
from reports.presentations import KINDS
from reports.shelf import shown
from scenarios.folder.contents import HOME
from scenarios.shelf.entry import Entry

PAPERS = {"memo": ".docx", "workbook": ".xlsx"}
"""The commands that write documents, and how the names of these end."""
_AT_ONCE = 2
"""So many are written at the same time."""


@dataclass
class Making:
    """A document on its way. It stands in the list of its folder's files when it is there."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def going(self) -> bool:
        """Whether it is still being made."""
        return self.process.poll() is None

    @property
    def told(self) -> tuple[str, ...]:
        """Why it failed; nothing where it did not."""
        return last_lines(self.log) if self.process.poll() else ()


class PaperPages:
    """The documents of each answer."""

    def __init__(
        self,
        folder: Path,
        entry: Callable[[Request], Entry],
        listed: Callable[[Entry], Mapping[str, tuple[int, str]]],
    ) -> None:
        self._folder, self._entry, self._listed = folder, entry, listed
        self._made: dict[tuple[str, str], Making] = {}

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/{lang}/answers/{key}/papers", self._page),
            posted("/{lang}/answers/{key}/papers/{paper}", self._make),
        ]

    def _page(self, request: Request) -> Response:
        entry = self._entry(request)
        there = {paper: [name for name in self._listed(entry) if _is(paper, name)] for paper in PAPERS}
        made = {paper: self._made.get((entry.path, paper)) for paper in PAPERS}
        going = {paper for paper, making in made.items() if making and making.going}
        return rendered(
            request,
            "serve_papers.html.j2",
            key=request.path_params["key"],
            lines=list(shown.told(entry)),
            there=there,
            going=going,
            live=" ".join(sorted(going)),
            wrong=[line for making in made.values() if making for line in making.told],
            can=entry.kind in KINDS and entry.state == "finished",
        )

    def _make(self, request: Request, form: Form) -> Response:
        entry, paper, cat = self._entry(request), request.path_params["paper"], cat_of(request)
        if paper not in PAPERS or entry.kind not in KINDS:
            raise HTTPException(404)
        going = [key for key, making in self._made.items() if making.going]
        if (entry.path, paper) not in going:
            if len(going) >= _AT_ONCE or any(path == entry.path for path, _ in going):
                return wrong(request, [cat.text("serve.papers_busy")], 409)
            self._made = {key: self._made[key] for key in going}
            self._made[entry.path, paper] = _made(paper, (self._folder / entry.path).absolute(), cat.lang)
        return RedirectResponse(f"/{cat.lang}/answers/{request.path_params['key']}/papers", 303)


def _is(paper: str, name: str) -> bool:
    return name.endswith(PAPERS[paper]) and "/" not in name


def _made(paper: str, folder: Path, lang: str) -> Making:
    """Begin to make it; raises OSError."""
    log = folder / HOME / f"{paper}.log"
    log.unlink(missing_ok=True)
    words = [sys.executable, "-P", "-m", "cardflow", paper, str(folder), "--lang", lang]
    with log.open("wb") as told:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=told)
    return Making(process, log)
