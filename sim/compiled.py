"""Functions compiled by numba, with what is compiled kept on disk where there is a place for it.

Importing this module imports numba (about a second), so import it late.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from types import CodeType
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numba.core.caching import FunctionCache
from numba.core.registry import CPUDispatcher

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function when it is first called, without holding Python's lock.

    A program that can be written neither beside nor into a home folder (a read-only installation, a service without a
    home) has no place to keep it, and every process compiles anew: some ten seconds.
    """
    made: Any = njit(nogil=True)(function)
    with suppress(RuntimeError):
        made._cache = _Cache(function)  # type: ignore[no-untyped-call]
    return cast(Function, made)


class _Cache(FunctionCache):
    """Numba looks at a function's own file: what it has kept would outlive a change of a constant, a record or another
    function that stands in a file of its own, and be used without a word.
    """

    def _index_key(self, sig: Any, codegen: Any) -> tuple[Any, ...]:
        return *super()._index_key(sig, codegen), digest(self._py_func)  # type: ignore[no-untyped-call]


def digest(function: Callable[..., Any]) -> str:
    """What stands for the code of a function and all that it names: constants, records, compiled functions."""
    known: dict[str, str] = {}
    _look_into(function, known)
    return blake2b(repr(sorted(known.items())).encode(), digest_size=16).hexdigest()


def _look_into(function: Any, known: dict[str, str]) -> None:
    own = f"{function.__module__}.{function.__qualname__}"
    if own in known:
        return
    known[own] = _told(function.__code__)
    for name in _names(function.__code__):
        value = function.__globals__.get(name)
        if isinstance(value, CPUDispatcher):
            _look_into(value.py_func, known)
        elif isinstance(value, np.ndarray):
            known[f"{function.__module__}.{name}"] = f"{value.dtype} {value.tolist()}"
        elif isinstance(value, int | float | str | tuple | np.dtype):
            known[f"{function.__module__}.{name}"] = repr(value)


def _told(code: CodeType) -> str:
    """What code does, wherever it stands."""
    constants = [_told(one) if isinstance(one, CodeType) else repr(one) for one in code.co_consts]
    return repr((code.co_code, code.co_names, constants))


def _names(code: CodeType) -> set[str]:
    """All that code names, with what stands inside of it."""
    inside = (_names(one) for one in code.co_consts if isinstance(one, CodeType))
    return set(code.co_names).union(*inside)
