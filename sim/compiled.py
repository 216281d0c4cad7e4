"""Functions compiled by numba, with what is compiled kept on disk where there is a place for it.

Importing this module imports numba (about a second), so import it late.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function when it is first called, without holding Python's lock.

    A program that can be written neither beside nor into a home folder (a read-only installation, a service without a
    home) has no place to keep it, and every process compiles anew: some ten seconds.
    """
    try:
        return cast(Function, njit(cache=True, nogil=True)(function))
    except RuntimeError:
        return cast(Function, njit(nogil=True)(function))
