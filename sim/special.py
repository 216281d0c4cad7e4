"""Special functions of scipy in compiled code: the very functions, so that both give the same to the last bit.

Importing this module imports numba (about a second), so import it late.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import llvmlite.binding as linker
from llvmlite import ir
from numba.core import cgutils
from numba.core.types import float64, int64
from numba.extending import get_cython_function_address, intrinsic
from scipy.special import cython_special

_MODULE = "scipy.special.cython_special"
_WRITTEN = {float64: "double", int64: "Py_ssize_t"}


def _bdtr(_: Any, k: Any, n: Any, p: Any) -> Any:
    return _of_scipy("bdtr", float64, int64, float64)


def _pdtr(_: Any, k: Any, mean: Any) -> Any:
    return _of_scipy("pdtr", float64, float64)


def _ndtri(_: Any, u: Any) -> Any:
    return _of_scipy("ndtri", float64)


bdtr: Any = intrinsic(_bdtr)
"""The chance of at most ``k`` (a float) of ``n`` trials with chance ``p`` (``scipy.special.bdtr``)."""
pdtr: Any = intrinsic(_pdtr)
"""The chance of at most ``k`` (a float) of a Poisson number with a mean (``scipy.special.pdtr``)."""
ndtri: Any = intrinsic(_ndtri)
"""The standard normal quantile of a chance (``scipy.special.ndtri``)."""


def _of_scipy(name: str, *arguments: Any) -> tuple[Any, Callable[..., Any]]:
    """Types of a function, and the code of a call: by a name, so that what calls it can be kept on disk."""

    def call(context: Any, builder: Any, _: Any, values: Any) -> Any:
        own = ir.Constant(ir.IntType(32), 0)  # the last argument: no method of Python's stands in its place
        taken = [context.get_value_type(one) for one in arguments]
        made = ir.FunctionType(ir.DoubleType(), [*taken, own.type])
        function = cgutils.get_or_insert_function(builder.module, made, _symbol(name))  # type: ignore[no-untyped-call]
        return builder.call(function, [*values, own])

    return float64(*arguments), call


def _symbol(name: str) -> str:
    return f"cardflow_{name}"


def _make_known(name: str, *arguments: Any) -> None:
    """Tell the linker where scipy keeps the variant of a function with these arguments.

    Raises:
        LookupError: if this scipy has none.
    """
    written = f"double ({', '.join(_WRITTEN[one] for one in arguments)}, int "
    for variant, told in cython_special.__pyx_capi__.items():
        if variant.rpartition("fuse_")[2].lstrip("0123456789") == name and written in str(told):
            linker.add_symbol(_symbol(name), get_cython_function_address(_MODULE, variant))
            return
    raise LookupError(f"{_MODULE} has no {name} of {written}")


_make_known("bdtr", float64, int64, float64)
_make_known("pdtr", float64, float64)
_make_known("ndtri", float64)
