"""``cardflow serve``: the page of the shelf; ``cardflow open``: that page, or the page of one answer, in a browser."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cardflow.console import say
from cardflow.life import Life, command
from scenarios.errors import UserError
from scenarios.folder.names import RUNS
from sim.message import NOTHING, Message

LOOPBACK = "127.0.0.1"
PORT = 8642


@command("lang", undone=NOTHING)
def serve(
    life: Life, *, folder: Path = RUNS, port: int = PORT, host: str = LOOPBACK, token: bool = False, at_once: int = 1
) -> None:
    """Show earlier answers in a browser, and work out new questions there, one after the other, until Ctrl-C.

    What is at work goes on. Only this computer is answered, unless --host and --token say otherwise; there is no TLS.
    """
    with life.judging() as wrong:
        wrong.tried(_refuse_open, host, token)  # what was typed wrong is told before there is a folder or a server
    _serve(life, folder, port, host, token, at_once, lambda address: None)


@command("lang", undone=NOTHING)
def open(life: Life, answer: Path | None = None) -> None:
    """Open the page of an answer in the browser (the newest below a folder); without one the page of 'serve'."""
    import webbrowser

    with life.judging() as wrong:
        page = wrong.tried(_page_of, answer, life.lang) if answer else None
    if page is None:
        _open_shelf(life, webbrowser.open)
        return
    say(str(page))
    webbrowser.open(page.resolve().as_uri())


def _open_shelf(life: Life, opened: Callable[[str], object]) -> None:
    """Open the page of the server that is at work in the folder, or of one that is begun."""
    from cardflow.serve.alive import server_of

    if address := server_of(RUNS):
        say(address)
        opened(address)
    else:
        _serve(life, RUNS, PORT, LOOPBACK, False, 1, opened)


def _refuse_open(host: str, token: bool) -> None:
    """Refuse to serve other computers without a token; raises UserError."""
    if not _is_loopback(host) and not token:
        rule = Message("serves other computers, without TLS: add --token, so that only who is given it gets in")
        raise UserError(f"--host {host}", [rule])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _page_of(folder: Path, lang: str) -> Path:
    """The page of the newest answer in or below a folder, in a language where it has one; raises UserError."""
    from reports.presentations import KINDS, presentation
    from reports.shelf.facts import facts
    from scenarios.shelf.found import answers, entry

    found = [own for path in answers(folder) if (own := entry(folder, path, facts)) and own.kind in KINDS]
    for newest in sorted(found, key=lambda own: own.finished, reverse=True):
        name = presentation(newest.kind).page
        for page in (folder / newest.path / f"{name}.{lang}.html", folder / newest.path / f"{name}.html"):
            if page.is_file():
                return page
    raise UserError(str(folder), [Message("holds no answer with a page: 'cardflow report' draws it")])


def _serve(
    life: Life, folder: Path, port: int, host: str, token: bool, at_once: int, told: Callable[[str], object]
) -> None:
    """Serve until Ctrl-C; ``told`` hears the address of the first page."""
    try:
        import uvicorn

        from cardflow.serve.alive import note_server
        from cardflow.serve.site import Site
    except ModuleNotFoundError as error:
        rule = Message("needs the packages of an extra: pip install 'cardflow[serve]' ({error})", error=str(error))
        raise UserError("serve", [rule]) from None
    secret, listening = _secret() if token else "", _listening(folder, host, port)
    own = listening.getsockname()[1]
    hosts = tuple(f"{name}:{own}" for name in _names(host))
    address = f"http://{hosts[0]}/{life.lang}/" + (f"?token={secret}" if token else "")
    if not token:
        with suppress(OSError):  # only 'open' would need to know
            note_server(folder, address)
    print(address, flush=True)
    told(address)
    app = Site(folder, life.lang, at_once).app(hosts, secret)
    with suppress(KeyboardInterrupt):  # the way to end it
        uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listening])


def _secret() -> str:
    from secrets import token_urlsafe

    return token_urlsafe(32)


def _listening(folder: Path, host: str, port: int) -> socket.socket:
    """The socket that is served; raises UserError where the folder or the port cannot be had."""
    from scenarios.system_words import reason

    try:
        folder.mkdir(parents=True, exist_ok=True)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError, UnicodeError) as error:
        where = f"--port {port}" if host == LOOPBACK else f"--host {host} --port {port}"
        raise UserError(where, [Message("cannot be served: {reason}", reason=reason(error))]) from None


def _names(host: str) -> tuple[str, ...]:
    """What this computer is called by those who reach it at an address, the one to tell first."""
    if _is_loopback(host):
        return tuple(dict.fromkeys((f"[{host}]" if ":" in host else host, "localhost")))
    import psutil

    everywhere = host in ("0.0.0.0", "::")
    own = [each.address.partition("%")[0] for many in psutil.net_if_addrs().values() for each in many]
    kept = [name for name in own if _is_address(name)] if everywhere else [host]
    named = sorted(kept, key=_is_loopback)
    called = [socket.gethostname(), socket.getfqdn()]
    return tuple(dict.fromkeys(f"[{name}]" if ":" in name else name for name in (*named, *called)))


def _is_address(name: str) -> bool:
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return False
