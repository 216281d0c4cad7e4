"""Who may ask: pages of this server, and nobody else; from other computers only who has its token."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""Our own pages run our one script, none that stands in a page, and load nothing from elsewhere."""
ANSWER_POLICY = "sandbox allow-scripts allow-downloads allow-popups"
"""Pages of answers are files that anybody may have made: they may draw themselves, but ask nothing of this server."""
TOKEN = "token"
"""What the token is called in an address."""
_SAFE = ("GET", "HEAD")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_AGAIN = '<!DOCTYPE html><title>403</title><p>403 token: <a href="">&#8635;</a>'
"""A browser keeps the cookie from what another page leads to, so that this one leads there once more."""


class Guard:
    """Refuses what names another host (a name that somebody let point here) or comes from a page of another origin.

    With a ``token``, refuses whoever does not bring it too: first in the address, from which it is taken out, and from
    then on as a cookie that no script reads and that goes with no page of others.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str], token: str = "") -> None:
        self._app, self._hosts, self._token = app, hosts, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse with 403."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", POLICY)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        await (self._refused(scope) or self._app)(scope, receive, secured)

    def _refused(self, scope: Scope) -> Response | None:
        """What is answered in place of the page; None where it may be shown."""
        asked = Headers(scope=scope)
        host = asked.get("host", "")
        own = asked.get("origin") == f"http://{host}"
        if host not in self._hosts or not (scope["method"] in _SAFE or own):
            return PlainTextResponse("403", status_code=403)
        if not self._token or self._is_token(_cookie(asked, _name(host))):
            return None
        return self._let_in(scope, host)

    def _let_in(self, scope: Scope, host: str) -> Response:
        """Change a token in the address for a cookie; refuse who has none."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if scope["method"] not in _SAFE or not self._is_token(dict(query).get(TOKEN, "")):
            return HTMLResponse(_AGAIN, status_code=403)
        left = urlencode([each for each in query if each[0] != TOKEN])
        way = "/" + scope["path"].lstrip("/\\")  # two slashes would lead to another host
        answer = RedirectResponse(f"{way}?{left}" if left else way, 303)
        answer.set_cookie(_name(host), self._token, httponly=True, samesite="strict", path="/")
        return answer

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._token.encode())


def _name(host: str) -> str:
    """The cookie's: servers on several ports of a computer share its cookies."""
    return f"cardflow-{host.rpartition(':')[2]}"


def _cookie(asked: Headers, name: str) -> str:
    try:
        found = SimpleCookie(asked.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""
