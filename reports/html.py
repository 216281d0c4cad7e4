"""Pages from the templates of this package: every value is text, a name that is missing is an error."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup


@dataclass(frozen=True)
class Script:
    """A script of this package, and its digest, by which a page says that it runs this one and no other."""

    text: Markup
    digest: str


def render(template: str, **context: Any) -> str:
    """The page that a template such as ``document.html.j2`` makes of its values; templates may include each other."""
    return _environment().get_template(template).render(**context)


@cache
def _environment() -> jinja2.Environment:
    """Templates as they were read and compiled once."""
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_source),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def script(name: str) -> Script:
    """A script such as ``page.js``."""
    text = _source(name)
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return Script(Markup(text), f"sha256-{digest}")


def _source(name: str) -> str:
    return resources.files("reports").joinpath(name).read_text(encoding="utf-8")
