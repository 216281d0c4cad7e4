"""What every page of the site is made of: its language, its words, the forms that ask for it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from reports import catalogue, values
from reports.catalogue import LANGUAGES, Catalogue
from reports.document import Value
from reports.html import render
from scenarios.errors import UserError
from scenarios.limits import shown_name
from sim.message import Message

_LARGEST = 100_000
"""Bytes of a form."""
_FIELDS = 300
_MOST_UPLOADED = 5_000_000
"""Bytes of a form with a file."""
_BOUNDARY = re.compile(r'multipart/form-data;.*boundary="?([^";]{1,100})"?', re.IGNORECASE)
Form = Mapping[str, list[str]]


@dataclass(frozen=True)
class Reader:
    """What templates ask of values: their text in the language of the page."""

    cat: Catalogue

    def text(self, value: Value) -> str:
        """A value as it is read."""
        return values.text(self.cat, value)

    def texts(self, lines: Iterable[Value]) -> list[str]:
        """Lines as they are read."""
        return values.texts(self.cat, lines)


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
        read=Reader(cat),
        other=(other, catalogue.load(other).text("language.name"), f"/{other}/{way}{query}"),
        **context,
    )
    return HTMLResponse(text, status_code=status)


def wrong(request: Request, lines: Sequence[str], status: int) -> Response:
    """The page that says what cannot be done, and why."""
    return rendered(request, "serve_wrong.html.j2", status, lines=lines)


def posted(address: str, answer: Callable[[Request, Form], Response]) -> Route:
    """Where a form is sent; ``answer`` gives a page, or the address to go on at."""

    async def endpoint(request: Request) -> Response:
        try:
            body = (await _body(request, _LARGEST)).decode()
            form = parse_qs(body, keep_blank_values=True, max_num_fields=_FIELDS)
        except ValueError:
            raise HTTPException(400) from None
        return await run_in_threadpool(answer, request, form)

    return Route(address, endpoint, methods=["POST"])


def uploaded(address: str, answer: Callable[[Request, bytes], Response]) -> Route:
    """Where a form with one file is sent; ``answer`` gets what is in it, never its name."""

    async def endpoint(request: Request) -> Response:
        body = await _body(request, _MOST_UPLOADED)
        return await run_in_threadpool(answer, request, _file_in(body, request.headers.get("content-type", "")))

    return Route(address, endpoint, methods=["POST"])


async def _body(request: Request, most: int) -> bytes:
    """All that is sent; raises HTTPException as soon as that is too much."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413)
    return bytes(body)


def _file_in(body: bytes, kind: str) -> bytes:
    """The first file of a form; raises HTTPException where there is none."""
    found = _BOUNDARY.match(kind)
    if found is None:
        raise HTTPException(400)
    end = b"\r\n--" + found[1].encode("latin-1", "replace")
    for piece in (b"\r\n" + body).split(end)[1:]:
        head, parted, content = piece.partition(b"\r\n\r\n")
        if parted and b"filename=" in head:
            return content
    raise HTTPException(400)


def cat_of(request: Request) -> Catalogue:
    """The words of the language that the address names; raises HTTPException."""
    lang = request.path_params.get("lang", "")
    if lang not in LANGUAGES:
        raise HTTPException(404)
    return catalogue.load(lang)


def lang_of(request: Request) -> Literal["en", "ja"]:
    """The language that the address names; raises HTTPException."""
    return "ja" if cat_of(request).lang == "ja" else "en"


def asked_by(request: Request) -> Form:
    """What the address of a page asks, as a form has it."""
    query = request.query_params
    return {key: query.getlist(key) for key in query}


def one(form: Form, name: str) -> str:
    """What a form says under a name; raises UserError where it says so more than once, as the command line does."""
    said = form.get(name, [""])
    if len(said) > 1:
        raise UserError(name, [Message("{option}   is given more than once: give one value", option=shown_name(name))])
    return said[0]


def count(name: str, text: str, most: int) -> int:
    """A whole number of a form; raises UserError."""
    if text.isascii() and text.isdecimal() and len(text) < 12 and 1 <= int(text) <= most:
        return int(text)
    raise UserError(f"--{name}", [Message("must be a whole number from 1 to {most:,}", most=most)])


def to_job(request: Request, name: str) -> Response:
    """On to a job."""
    return RedirectResponse(f"/{cat_of(request).lang}/jobs/{name}", 303)


def home(request: Request) -> Response:
    """On to the shelf."""
    return RedirectResponse(f"/{cat_of(request).lang}/", 303)


def is_hex(text: str, letters: int) -> bool:
    """Whether a text is so many digits of base 16, as all names are that we give."""
    return len(text) == letters and not set(text) - set("0123456789abcdef")


def key_of(path: str) -> str:
    """What stands for an answer in addresses: no path is ever made of it."""
    return hashlib.blake2b(path.encode(), digest_size=8).hexdigest()
