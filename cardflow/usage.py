"""MistakesError of a command line in our words, like all others (``scenarios.errors``)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from typer import _click
from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperArgument, TyperGroup, TyperOption

from cardflow.at_once import at_once
from cardflow.patient import MistakesError
from scenarios.errors import Mistake, UserError, nearest
from scenarios.limits import MISTAKES
from sim.message import NOTHING, Message


def told(error: UsageError) -> UserError:
    """Mistakes of a command line like any others, with all else that is wrong, and where help is to be had."""
    if error.ctx is None:
        return UserError("cardflow", [Message("{error}", error=error.format_message())])
    errors = error.errors if isinstance(error, MistakesError) else [error]
    command = max((one.ctx.command_path for one in errors if one.ctx), key=len)
    wrong = UserError(command, list(dict.fromkeys(map(_mistake, errors[:MISTAKES]))))
    unread = error.unread if isinstance(error, MistakesError) else ()
    others = [one for one in _others(wrong, error.ctx) if not _speaks_of(one, unread)]
    *said, last = [*wrong.mistakes, *others]
    help_ = Message("{mistake}\n  {command} --help   shows what there is", mistake=last.message, command=command)
    return UserError(command, [*said, Mistake(help_, last.place)])


_OF_TELLING = {"lang", "as_json"}
"""Parameters that ask nothing."""


def _others(wrong: UserError, ctx: _click.Context) -> list[Mistake]:
    """What is wrong beside the command line itself, as far as that can be read: the command is called to find it."""
    if isinstance(ctx.command, TyperGroup) or {param.name for param in ctx.command.params} <= _OF_TELLING:
        return []
    ctx.obj = wrong
    try:
        with ctx:
            missing = {param.name for param in ctx.command.params if param.required and param.name not in ctx.params}
            if missing == {"scenario"}:
                ctx.params["scenario"] = None
            if missing - {"scenario"}:
                _judge_settings(ctx.params.get("settings") or ())
            else:
                ctx.command.invoke(ctx)
    except UserError as error:
        return error.mistakes[len(wrong.mistakes) :]
    raise AssertionError(f"{ctx.command_path} does not begin by gathering what is wrong")


def _judge_settings(settings: Sequence[str]) -> None:
    """Raise UserError with what is wrong with values whatever scenario they are set in, after what is wrong already."""
    from scenarios.files.load import load_all  # late: help and plain mistakes need no scenario

    with at_once() as wrong, wrong.noted():
        load_all((), settings)


def _speaks_of(mistake: Mistake, options: Collection[str]) -> bool:
    """Whether a mistake is about an option of which it is not known what was to be said: it may follow from that."""
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", str(mistake.message)) for name in options)


def _mistake(error: UsageError) -> Message:
    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    if isinstance(error, NoSuchOption):
        known = [name for param in params for name in param.opts if name.startswith("-")]
        hint = nearest(error.option_name, known) if error.option_name.startswith("--") else NOTHING
        return Message("{option}   no such option{hint}", option=error.option_name, hint=hint)
    if isinstance(error, BadOptionUsage):
        flags = [name for param in params if getattr(param, "is_flag", False) for name in param.opts]
        if error.option_name in flags:
            return Message("{option}   takes no value", option=error.option_name)
        return Message("{option}   needs a value", option=error.option_name)
    if isinstance(error, BadParameter) and isinstance(error.param, TyperArgument | TyperOption):
        if isinstance(error, MissingParameter):
            return Message("{name}   is missing: {meaning}", name=_shown(error.param), meaning=error.param.help or "")
        return Message(
            "{name} {value}   {rule}", name=_shown(error.param), value=_value(error), rule=_rule(error.param)
        )
    return error.message if isinstance(error.message, Message) else Message("{error}", error=error.format_message())


def _shown(param: TyperArgument | TyperOption) -> str:
    if isinstance(param, TyperArgument):
        return param.metavar or param.name.upper()
    return max(param.opts, key=len)


def _value(error: BadParameter) -> str:
    """The value that was refused, as it was written."""
    told: Any = getattr(error.__cause__, "errors", list)()
    return str(told[0].get("input", "")) if told else ""


def _rule(param: TyperArgument | TyperOption) -> Message:
    kind = param.type_descriptor
    if kind.choices is not None:
        return Message("must be one of {choices}", choices=[str(choice) for choice in kind.choices])
    if kind.annotation is int and param.min is not None:
        return Message("must be a whole number, {low} or more", low=param.min)
    return Message("must be a whole number") if kind.annotation is int else Message("must be a number")
