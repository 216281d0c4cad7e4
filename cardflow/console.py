"""Talking to the console: any encoding, errors without tracebacks, JSON alone on stdout."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.messages import mistakes, said
from sim.message import Message

if TYPE_CHECKING:  # help needs none of what it imports
    from scenarios.run.run_folder import RunFolder

Ask = Callable[[str], bool]
"""Puts a question to the user; whether the answer is yes."""
ERROR_OURS, ERROR_USER, INTERRUPTED = 1, 2, 130


def use_any_encoding() -> None:
    """Let a console that lacks a character show a question mark instead of failing, and one that is closed nothing.

    Else what is meant for a closed stderr would stand on stdout, or in a file that is opened in place of one of them.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nothing = os.open(os.devnull, os.O_WRONLY)  # open until the end, as the console would be
            setattr(sys, name, os.fdopen(nothing, "w", encoding="utf-8", closefd=False))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def print_json(data: Any) -> None:
    """Print a record, or what JSON can hold, on stdout as JSON, in ASCII where the console is not UTF-8."""
    from scenarios.records import as_json

    ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    print(json.dumps(as_json(data), ensure_ascii=ascii_only, indent=1, allow_nan=False))


def say(*lines: str) -> None:
    """Print lines for the user on stdout."""
    for line in lines:
        print(line)


def folder_for(out: Path | None, lang: str = "en") -> RunFolder:
    """The folder of a command, nobody else's until it is let go of; what is odd in it is said on stderr."""
    from scenarios.run.run_folder import RunFolder

    return RunFolder(out, tell=lambda message: print(said(message, lang), file=sys.stderr))


def agree(seconds: float, lang: str, ask: Ask | None = None) -> None:
    """Ask whether to go on where something takes more than 15 minutes; ``ask`` stands in for the user.

    Where nobody can be asked, as in a script, it goes on: it was said how long it takes.

    Raises:
        KeyboardInterrupt: if the answer is no; what was simulated is kept.
    """
    from scenarios.experiment import progress

    if seconds <= progress.ASK_ABOVE_SECONDS:
        return
    if ask is None and (sys.stdin is None or not sys.stdin.isatty()):
        return
    minutes = progress.ASK_ABOVE_SECONDS // 60
    if not (ask or _ask)(said(Message("That is more than {minutes} minutes. Start? [y/N]", minutes=minutes), lang)):
        raise KeyboardInterrupt


def _ask(words: str) -> bool:
    print(words, end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "はい")


@contextmanager
def plain_errors(lang: str, undone: Message) -> Iterator[None]:
    """Turn exceptions into one message on stderr and an exit code: 2 the user's, 1 ours, 130 interrupted.

    ``undone``: what a command with a mistake says that it did not do.
    """
    from scenarios.errors import UserError, WorkLostError, is_interrupt

    try:
        yield
    except UserError as error:
        print(*mistakes(error, undone, lang), sep="\n", file=sys.stderr)
        raise SystemExit(ERROR_USER) from None
    except WorkLostError as error:
        if error.__cause__ is not None:
            traceback.print_exception(error.__cause__, file=sys.stderr)
        print(said(error.message, lang), file=sys.stderr)
        raise SystemExit(ERROR_OURS) from None
    except BrokenPipeError:
        raise SystemExit(ERROR_OURS) from None
    except (Exception, KeyboardInterrupt) as error:
        if is_interrupt(error):
            kept = Message("interrupted; what was finished is kept, and the same command goes on from there")
            print(said(kept, lang), file=sys.stderr)
            raise SystemExit(INTERRUPTED) from None
        traceback.print_exc(file=sys.stderr)
        ours = Message("cardflow failed; this is our mistake: {error}", error=str(error))
        print(said(ours, lang), file=sys.stderr)
        raise SystemExit(ERROR_OURS) from None
