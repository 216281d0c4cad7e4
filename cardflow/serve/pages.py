"""What every page of the site is made of: its language, its words, the forms that ask for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from reports import catalogue
from reports.catalogue import LANGUAGES, Catalogue
from reports.faces import page
from reports.html import render
from scenarios.errors import UserError
from sim.message import Message

_LARGEST = 100_000
"""Bytes of a form."""
_FIELDS = 300
Form = Mapping[str, list[str]]


def rendered(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page in the language of its address, with the address of the other language's."""
    cat = cat_of(request)
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


def wrong(request: Request, lines: list[str], status: int) -> Response:
    """The page that says what cannot be done, and why."""
    return rendered(request, "serve_wrong.html.j2", status, lines=lines)


def posted(address: str, answer: Callable[[Request, Form], Response]) -> Route:
    """Where a form is sent; ``answer`` gives a page, or the address to go on at."""

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

    return Route(address, endpoint, methods=["POST"])


def cat_of(request: Request) -> Catalogue:
    """The words of the language that the address names; raises HTTPException."""
    lang = request.path_params.get("lang", "")
    if lang not in LANGUAGES:
        raise HTTPException(404)
    return catalogue.load(lang)


def one(form: Form, name: str) -> str:
    """The last that a form says under a name."""
    return form.get(name, [""])[-1]


def count(name: str, text: str, most: int) -> int:
    """A whole number of a form; raises UserError."""
    if text.isascii() and text.isdecimal() and len(text) < 12 and 1 <= int(text) <= most:
        return int(text)
    raise UserError(f"--{name}", [Message("must be a whole number from 1 to {most:,}", most=most)])


def home(request: Request) -> Response:
    """On to the shelf."""
    return RedirectResponse(f"/{cat_of(request).lang}/", 303)


def key_of(path: str) -> str:
    """What stands for an answer in addresses: no path is ever made of it."""
    return hashlib.blake2b(path.encode(), digest_size=8).hexdigest()
