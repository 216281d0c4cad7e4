"""What the help of a command says: usage, meaning, and its arguments, options or commands under headings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer._click import Context
from typer.core import TyperArgument, TyperGroup, TyperOption

from reports.faces import help as face
from reports.faces.help import Row
from reports.messages import said
from sim.message import Message


def page(ctx: Context, lang: str) -> str:
    """The help of the command of a context."""
    usage = said(Message("Usage: {usage}", usage=_usage(ctx, lang)), lang)
    return face.page(usage, str(ctx.command.help or ""), _sections(ctx, lang))


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
