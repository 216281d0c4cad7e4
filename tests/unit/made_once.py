"""Folders of made-up answers, each made once in a process of tests, and copied to wherever it is asked for."""

import shutil
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

_MADE = TemporaryDirectory(prefix="made-")


def once(make: Callable[[Path], object], folder: Path, *of: object) -> Path:
    """A folder as ``make`` fills a new one.

    Two are the same if they are made by functions of the same name, with the same arguments bound to them, and ``of``
    the same, told by ``repr``.
    """
    bound = make if isinstance(make, partial) else partial(make)
    named = bound.func.__module__, bound.func.__qualname__, bound.args, sorted(bound.keywords.items()), of
    made = Path(_MADE.name) / sha256(repr(named).encode()).hexdigest()
    if not made.exists():
        draft = made.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        make(draft)
        draft.rename(made)
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return folder
