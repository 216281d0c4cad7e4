"""The help of a command as plain text: usage, meaning, and its arguments, options or commands under headings.

Written here, because the parser's own help knows neither headings without markup nor characters two columns wide.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from typer._click import Context
from typer.core import TyperArgument, TyperGroup, TyperOption

from reports.messages import said
from sim.message import Message

_WIDEST, _NARROWEST = 100, 50
_NAMES = 30
"""Columns for names; the text of a longer one starts on the next line."""
_PIECES = re.compile(r"\s+|\[[^\[\]]+\]|[（「『]*(?:[!-~]+|[^\s])[、。，．）」』ー]*")
"""Where a line may be broken: at spaces, around notes in brackets, around Japanese characters but for closing marks."""

Row = tuple[str, str]
"""A name and what it means."""


def page(ctx: Context, lang: str) -> str:
    """The help of the command of a context."""
    width = max(min(shutil.get_terminal_size().columns, _WIDEST), _NARROWEST) - 2
    lines = [said(Message("Usage: {usage}", usage=_usage(ctx, lang)), lang), ""]
    lines += [f"  {line}" for line in _wrapped(str(ctx.command.help or ""), width - 2)]
    for heading, rows in _sections(ctx, lang).items():
        lines += ["", f"{heading}:", *_table(rows, width)]
    return "\n".join(lines)


def _usage(ctx: Context, lang: str) -> str:
    arguments = [_bracketed(each) for each in ctx.command.params if isinstance(each, TyperArgument)]
    last = [said(Message("COMMAND ..."), lang)] if isinstance(ctx.command, TyperGroup) else []
    return " ".join([ctx.command_path, *arguments, said(Message("[OPTIONS]"), lang), *last])


def _bracketed(argument: TyperArgument) -> str:
    name = argument.metavar or argument.name.upper()
    return name if argument.required else f"[{name}]"


def _sections(ctx: Context, lang: str) -> dict[str, list[Row]]:
    """Rows by heading, in the order in which each first comes; options without a heading stand last."""
    found: dict[str, list[Row]] = {}
    whole = isinstance(ctx.command, TyperGroup)
    if isinstance(ctx.command, TyperGroup):
        for name, command in ctx.command.commands.items():
            found.setdefault(str(getattr(command, "rich_help_panel", "")), []).append((name, str(command.help or "")))
    plain = said(Message("Options"), lang)
    for param in ctx.command.get_params(ctx):
        if isinstance(param, TyperArgument):
            row = (param.metavar or param.name.upper(), _meaning(param, lang))
            found.setdefault(said(Message("Arguments"), lang), []).append(row)
        elif isinstance(param, TyperOption) and not param.hidden:
            heading = plain if whole or not param.rich_help_panel else param.rich_help_panel
            found.setdefault(heading, []).append((_names(param), _meaning(param, lang)))
    return found


def _names(option: TyperOption) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {option.metavar or 'VALUE'}"


def _meaning(param: TyperArgument | TyperOption, lang: str) -> str:
    notes = list(_notes(param))
    text = str(param.help or "")
    return f"{text}  [{said(Message('{notes}', notes=notes), lang)}]" if notes else text


def _notes(param: Any) -> Iterator[Message]:
    """What the parser knows of a value: its default, its bounds, whether it must be there."""
    if param.default not in (None, False, "") and not getattr(param, "is_flag", False):
        yield Message("default: {value}", value=str(param.default))
    if param.min is not None:
        yield Message("{low} or more", low=param.min)
    if param.required:
        yield Message("required")


def _table(rows: list[Row], width: int) -> Iterator[str]:
    first = max((cells(name) for name, _ in rows if cells(name) <= _NAMES), default=_NAMES)
    for name, text in rows:
        lines = _wrapped(text, width - first - 4)
        if cells(name) > first:
            yield f"  {name}"
        else:
            yield f"  {name}{' ' * (first - cells(name))}  {next(lines, '')}".rstrip()
        yield from (" " * (first + 4) + line for line in lines)


def _wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines of so many columns."""
    line = ""
    for piece in _PIECES.findall(" ".join(text.split("\n"))):
        if line and cells(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    if line.rstrip():
        yield line.rstrip()


def cells(text: Iterable[str]) -> int:
    """Columns that a terminal takes; ``rich.cells`` tells them too, but takes 25 ms to be there."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
