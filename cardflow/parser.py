"""The command line's parser in the language of the user: help, and mistakes like all others (``scenarios.errors``).

``typer`` brings its parser along as ``typer._click`` and has English words only; its version is pinned.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import typer
from typer import _click
from typer._click.exceptions import UsageError
from typer._completion_classes import completion_init
from typer.core import TyperCommand, TyperGroup, TyperOption

from cardflow.completion import variable
from cardflow.console import plain_errors
from cardflow.help import page
from cardflow.language import Language, asked
from cardflow.options import heading, meaning, parameters
from cardflow.patient import MistakesError, PatientParser, take_apart
from cardflow.usage import told
from reports.messages import said
from scenarios.errors import NOTHING_RUN, nearest
from sim.message import Message

_CONTEXT = {"help_option_names": ["-h", "--help"]}


class _Spoken(_click.Command):
    """What one command and the group of all have in common."""

    lang = Language.en
    undone = NOTHING_RUN
    """What it says that it did not do, after a mistake."""

    @classmethod
    def made(cls, function: Callable[..., None], lang: Language, **more: Any) -> Self:
        """The command of a function, with its help in a language."""
        command = cls(
            name=function.__name__.replace("_", "-"),
            callback=function,
            params=parameters(function, lang),
            help=meaning(function, lang),
            context_settings=_CONTEXT,
            **more,
        )
        command.lang, command.undone = lang, getattr(function, "undone", NOTHING_RUN)
        return command

    def get_help_option(self, ctx: _click.Context) -> TyperOption | None:
        """The parser's, in our words."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = said(Message("Show this help."), self.lang)
            option.rich_help_panel = heading("output", self.lang)
        return option

    def format_help(self, ctx: _click.Context, formatter: _click.HelpFormatter) -> None:
        """Our own page."""
        formatter.write(page(ctx, self.lang))


class Command(_Spoken, TyperCommand):
    """A command."""

    def parse_args(self, ctx: _click.Context, args: list[str]) -> list[str]:
        """Take a command line apart; raises MistakesError with all that is wrong with it."""
        rest, parser = take_apart(self, ctx, args)
        if rest and not parser.unknown:
            more = Message("{words}   is more than the command takes", words=" ".join(rest))
            parser.mistakes.append(UsageError(more, ctx))
        _refuse(parser.mistakes, ctx, parser.unread)
        return rest


class Group(_Spoken, TyperGroup):
    """All commands."""

    def parse_args(self, ctx: _click.Context, args: list[str]) -> list[str]:
        """Take options of all commands apart; raises MistakesError with all that is wrong, in the command too."""
        rest, parser = take_apart(self, ctx, args)
        if parser.mistakes and rest:
            self._refuse_with_command(parser, ctx, rest)
        _refuse(parser.mistakes, ctx)
        ctx._protected_args, ctx.args = rest[:1], rest[1:]
        return ctx.args

    def _refuse_with_command(self, parser: PatientParser, ctx: _click.Context, words: list[str]) -> None:
        """Raise MistakesError with what is wrong before the name of the command and from there on."""
        unread: Collection[str] = ()
        try:
            name, command, rest = self.resolve_command(ctx, words)
            assert command is not None
            ctx = command.make_context(name, rest, parent=ctx)
        except MistakesError as found:
            ctx, unread = found.ctx or ctx, found.unread
            parser.mistakes += found.errors
        except UsageError as error:
            parser.mistakes.append(error)
        _refuse(parser.mistakes, ctx, unread)

    def resolve_command(
        self, ctx: _click.Context, args: list[str]
    ) -> tuple[str | None, _click.Command | None, list[str]]:
        """The command that is named; raises UsageError with the nearest right name."""
        name = args[0]
        if name not in self.commands and not ctx.resilient_parsing:
            raise UsageError(
                Message("{name}   no such command{hint}", name=name, hint=nearest(name, self.commands)), ctx
            )
        return super().resolve_command(ctx, args)


def _refuse(mistakes: list[UsageError], ctx: _click.Context, unread: Collection[str] = ()) -> None:
    if mistakes and not ctx.resilient_parsing:
        raise MistakesError(mistakes, ctx, unread)


class Program:
    """The program: called with the words of a command line, it does what they say and ends with an exit code."""

    def __init__(self, start: Callable[..., None], commands: Mapping[str, Sequence[Callable[..., None]]]) -> None:
        """``start`` is what is done before any command; ``commands`` stand under the names of their headings."""
        self._start, self._commands = start, commands

    def __call__(self, arguments: Sequence[str] | None = None, prog_name: str | None = None) -> None:
        """Run a command; those of the process by default. Raises SystemExit."""
        words = _words() if arguments is None else list(arguments)
        lang = asked(words)
        command = self.group(lang)
        name = prog_name or _name()
        _complete(command, name)
        with plain_errors(lang, _undone(command, words)):
            raise SystemExit(_code(command, words, name))

    def group(self, lang: Language) -> Group:
        """The commands with their help in a language."""
        commands = [
            Command.made(function, lang, rich_help_panel=heading(under, lang))
            for under, functions in self._commands.items()
            for function in functions
        ]
        return Group.made(self._start, lang, commands=commands, invoke_without_command=True)


def _words() -> list[str]:
    """Those of the process; on Windows, no shell has put names in place of ``*``."""
    words = sys.argv[1:]
    return _click.utils._expand_args(words) if os.name == "nt" else words


def _undone(command: Group, words: Sequence[str]) -> Message:
    """What the command that is called says that it did not do."""
    called = command.commands.get(next((word for word in words if word in command.commands), ""))
    return called.undone if isinstance(called, Command) else NOTHING_RUN


def _name() -> str:
    """What the user calls the program."""
    program = Path(sys.argv[0]).stem
    return "cardflow" if program in ("", "__main__", "-c") else program


def _complete(command: Group, name: str) -> None:
    """Answer a shell that asks how a line can go on (then SystemExit is raised); nothing, if none does."""
    if os.environ.get(variable(name)):
        completion_init()
        command._main_shell_completion({}, name)


def _code(command: Group, words: list[str], name: str) -> int:
    """Run a command line; its exit code.

    Raises:
        UserError: with what is wrong with the command line.
    """
    try:
        with command.make_context(name, words) as ctx:
            command.invoke(ctx)
    except typer.Exit as end:
        return end.exit_code
    except UsageError as error:
        raise told(error) from None
    return 0
