"""A figure as a file: PNG, SVG, PDF or EMF, so many times as large as its sheet; the same bytes every time."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from io import BytesIO
from typing import Any, Literal, TypeAlias

from matplotlib.backends import backend_mixed, backend_pdf
from matplotlib.figure import Figure

from reports.faces.figures.emf import emf

Kind: TypeAlias = Literal["png", "svg", "pdf", "emf"]

DPI = 150
"""Dots an inch of a picture in pixels, unless another number is asked for."""
_MIXED: Any = backend_mixed
_PDF: Any = backend_pdf
_SIZE = re.compile(rb'(<svg\b[^>]*?) width="[^"]*" height="[^"]*"|(<svg\b[^>]*?) height="[^"]*"([^>]*?) width="[^"]*"')


def written(figure: Figure, kind: Kind, scale: float = 1.0, dpi: int = DPI) -> bytes:
    """The file of a figure, inside ``lettering``."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        return _WRITERS[kind](figure, scale, dpi)


def _png(figure: Figure, scale: float, dpi: int) -> bytes:
    file = BytesIO()
    figure.savefig(file, format="png", dpi=dpi * scale, metadata={"Software": None}, pil_kwargs={"dpi": (dpi, dpi)})
    return file.getvalue()


def _svg(figure: Figure, scale: float, dpi: int) -> bytes:
    file = BytesIO()
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    width, height = (f"{72 * scale * inches:.6g}pt".encode() for inches in figure.get_size_inches())
    return _SIZE.sub(rb'\1\2\3 width="' + width + rb'" height="' + height + rb'"', file.getvalue(), count=1)


def _pdf(figure: Figure, scale: float, dpi: int) -> bytes:
    """A page of the picture's size, on which everything is drawn so many times as large."""
    file = BytesIO()
    width, height = (float(inches) for inches in figure.get_size_inches())
    pages = _PDF.PdfFile(file, metadata={"CreationDate": None, "Creator": None, "Producer": None})
    before = figure.dpi
    try:
        figure.dpi = 72
        pages.newPage(width * scale, height * scale)
        pages.width, pages.height = width, height  # lines beyond these are left out, before they are scaled
        pages.output(scale, 0, 0, scale, 0, 0, _PDF.Op.concat_matrix)
        renderer = _MIXED.MixedModeRenderer(figure, width, height, dpi, _PDF.RendererPdf(pages, dpi, height, width))
        figure.draw(renderer)
        renderer.finalize()
        pages.finalize()
    finally:
        figure.dpi = before
        pages.close()
    return file.getvalue()


def _emf(figure: Figure, scale: float, dpi: int) -> bytes:
    return emf(figure, scale)


_WRITERS: dict[Kind, Callable[[Figure, float, int], bytes]] = {"png": _png, "svg": _svg, "pdf": _pdf, "emf": _emf}
