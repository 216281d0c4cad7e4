"""Pages of finished work: written, or the user told why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scenarios.errors import UserError


def written(write: Callable[[Path, str], Path], folder: Path, lang: str) -> Path:
    """Charts and page of a folder; the path of the page.

    Raises:
        UserError: if the system refuses.
    """
    try:
        return write(folder, lang)
    except OSError as error:
        raise UserError(str(folder), [f"the page cannot be written: {error.strerror or error}"]) from None
