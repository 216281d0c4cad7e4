"""Folders of made-up answers, each made once for all processes that test, and copied to wherever it is asked for."""

import os
import shutil
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

_OWN = TemporaryDirectory(prefix="made-")
_made = Path(_OWN.name)


def share(folder: Path) -> None:
    """Keep what is made in a folder that several processes know, for all of them."""
    global _made
    _made = folder / "made"
    _made.mkdir(exist_ok=True)


def once(make: Callable[[Path], object], folder: Path, *of: object) -> Path:
    """A folder as ``make`` fills a new one.

    Two are the same if they are made by functions of the same name, with the same arguments bound to them, and ``of``
    the same, told by ``repr``.
    """
    bound = make if isinstance(make, partial) else partial(make)
    named = bound.func.__module__, bound.func.__qualname__, bound.args, sorted(bound.keywords.items()), of
    made = _made / sha256(repr(named).encode()).hexdigest()
    if not made.exists():
        draft = made.with_suffix(f".{os.getpid()}")
        shutil.rmtree(draft, ignore_errors=True)
        make(draft)
        try:
            draft.rename(made)
        except OSError:  # another process was quicker
            shutil.rmtree(draft)
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return folder
