"""Pages from the templates of this package: every value is text, a name that is missing is an error."""

from __future__ import annotations

from importlib import resources
from typing import Any

import jinja2


def render(template: str, **context: Any) -> str:
    """The page that a template such as ``document.html.j2`` makes of its values; templates may include each other."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_source),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(**context)


def _source(name: str) -> str:
    return resources.files("reports").joinpath(name).read_text(encoding="utf-8")
