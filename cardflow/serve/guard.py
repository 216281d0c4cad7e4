"""Who may ask: pages of this server on this computer, and nobody else."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""Our own pages run our one script, none that stands in a page, and load nothing from elsewhere."""
ANSWER_POLICY = "sandbox allow-scripts allow-downloads allow-popups"
"""Pages of answers are files that anybody may have made: they may draw themselves, but ask nothing of this server."""
_SAFE = ("GET", "HEAD")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Refuses what names another host (a name that somebody let point here) or comes from a page of another origin."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app, self._hosts = app, hosts

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

        asked = Headers(scope=scope)
        host = asked.get("host", "")
        own = asked.get("origin") == f"http://{host}"
        if host not in self._hosts or not (scope["method"] in _SAFE or own):
            await PlainTextResponse("403", status_code=403)(scope, receive, secured)
            return
        await self._app(scope, receive, secured)
