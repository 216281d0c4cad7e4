"""The parameters of a command as the parser wants them: what they are by its signature, the rest by ``help.toml``."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Any

import typer
from typer._click import Parameter
from typer.main import _get_param
from typer.models import ParameterInfo, ParamMeta

from cardflow.completion import scenario_names
from cardflow.language import Language

_OF_SCENARIOS = {"scenario", "scenarios", "base"}
"""Parameters that a shell completes by the names of scenarios."""


@cache
def _texts() -> Mapping[str, Mapping[str, Any]]:
    """The tables of ``reports/text/help.toml``, which says at its top what stands in them."""
    return tomllib.loads(resources.files("reports").joinpath("text", "help.toml").read_text(encoding="utf-8"))


def heading(name: str, lang: str) -> str:
    """A heading of commands or options; empty for none."""
    return str(_texts()["headings"][name][lang]) if name else ""


def meaning(command: Callable[..., None], lang: str) -> str:
    """What a command is for; in English that is its docstring."""
    return str(_texts()[command.__name__].get(lang) or inspect.getdoc(command))


def parameters(command: Callable[..., None], lang: Language) -> list[Parameter]:
    """What a command can be asked: by place what its function takes by place, by name the rest."""
    rows = {**_texts()["every"], **_texts()[command.__name__]}
    asked = inspect.signature(command, eval_str=True).parameters.values()
    return [
        _get_param(ParamMeta(name=one.name, default=_info(one, rows[one.name], lang), annotation=one.annotation))
        for one in asked
    ]


def _info(parameter: inspect.Parameter, row: Mapping[str, Any], lang: Language) -> ParameterInfo:
    name = parameter.name
    default = ... if parameter.default is parameter.empty else lang if name == "lang" else parameter.default
    value = row.get("value", "")
    told = {
        "help": row[lang],
        "metavar": (_texts()["values"].get(value, value) if lang is Language.ja else value) or None,
        "autocompletion": scenario_names if name in _OF_SCENARIOS else None,
    }
    made: ParameterInfo
    if parameter.kind is not parameter.KEYWORD_ONLY:
        made = typer.Argument(default, **told)
    else:
        names = row.get("names", [f"--{name.replace('_', '-')}"])
        under = heading(row.get("under", "question"), lang)
        made = typer.Option(default, *names, min=row.get("least"), rich_help_panel=under, **told)
    return made
