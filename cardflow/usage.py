"""MistakesError of a command line in our words, like all others (``scenarios.errors``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperArgument, TyperOption

from cardflow.patient import MistakesError
from scenarios.errors import Mistake, Together, UserError, nearest
from scenarios.limits import MISTAKES
from sim.message import NOTHING, Message


def told(error: UsageError) -> UserError:
    """Mistakes of a command line like any others, with those of the scenario it names, and where help is to be had."""
    if error.ctx is None:
        return UserError("cardflow", [Message("{error}", error=error.format_message())])
    errors = error.errors if isinstance(error, MistakesError) else [error]
    command = max((one.ctx.command_path for one in errors if one.ctx), key=len)
    wrong = Together()
    with wrong.noted():
        raise UserError(command, list(dict.fromkeys(map(_mistake, errors[:MISTAKES]))))
    with wrong.noted():
        _load_scenarios(error.ctx.params, command)
    *said, last = wrong.error.mistakes if wrong.error else []
    help_ = Message("{mistake}\n  {command} --help   shows what there is", mistake=last.message, command=command)
    return UserError(command, [*said, Mistake(help_, last.place)])


def _load_scenarios(params: Mapping[str, Any], command: str) -> None:
    """Raise UserError with what is wrong with the scenarios that a command line names, if it names any."""
    name, several = params.get("scenario"), params.get("scenarios")
    names = [name] if isinstance(name, str) else several or []
    if names:
        from scenarios.load import load_all  # late: help and plain mistakes need no scenario

        load_all(names, params.get("settings") or (), command)


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
