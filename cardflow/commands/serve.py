"""``cardflow serve``: the page of the shelf on this computer."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

from cardflow.life import Life, command
from scenarios.errors import UserError
from scenarios.folder.names import RUNS
from sim.message import NOTHING, Message

LOOPBACK = "127.0.0.1"


@command("lang", undone=NOTHING)
def serve(life: Life, *, folder: Path = RUNS, port: int = 8642) -> None:
    """Show earlier answers in a browser on this computer, and start new runs there, until Ctrl-C; runs go on."""
    from scenarios.system_words import reason

    with life.judging():
        pass  # what was typed wrong is told before there is a folder or a server
    try:
        import uvicorn

        from cardflow.serve.site import Site
    except ModuleNotFoundError as error:
        rule = Message("needs the packages of an extra: pip install 'cardflow[serve]' ({error})", error=str(error))
        raise UserError("serve", [rule]) from None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        listening = socket.create_server((LOOPBACK, port))
    except (OSError, OverflowError) as error:
        raise UserError(f"--port {port}", [Message("cannot be served: {reason}", reason=reason(error))]) from None
    own = listening.getsockname()[1]
    hosts = (f"{LOOPBACK}:{own}", f"localhost:{own}")
    print(f"http://{hosts[0]}/{life.lang}/", flush=True)
    config = uvicorn.Config(Site(folder, life.lang).app(hosts), log_level="warning", access_log=False)
    with suppress(KeyboardInterrupt):  # the way to end it
        uvicorn.Server(config).run(sockets=[listening])
