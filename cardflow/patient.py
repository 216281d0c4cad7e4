"""A command line taken apart to its end, however much is wrong with it, so that all its mistakes are told at once.

After a mistake the parser goes on as the user most likely meant it, so that no mistake is told that only follows from
another: a misspelt option is read as the one that was meant; the name of an option is no value of the one before it;
what may have belonged to an unknown option is not told to be too much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from difflib import SequenceMatcher

from typer import _click
from typer._click.exceptions import BadOptionUsage, MissingParameter, NoSuchOption, UsageError
from typer._click.parser import _Option, _OptionParser, _ParsingState
from typer.core import TyperOption

from scenarios.errors import nearest_name
from sim.message import Message

_SURE = 0.8
"""So alike are names of which one is read as the other; less alike, it is only asked whether it was meant."""


class MistakesError(UsageError):
    """All that is wrong with a command line; ``unread`` are options of which it is not known what was to be said."""

    def __init__(self, errors: list[UsageError], ctx: _click.Context, unread: Collection[str] = ()) -> None:
        super().__init__("; ".join(error.format_message() for error in errors), ctx)
        self.errors, self.unread = errors, unread


class PatientParser(_OptionParser):
    """The parser, which notes a mistake and goes on. Completion has it end at the first, as ever."""

    def __init__(self, ctx: _click.Context) -> None:
        super().__init__(ctx)
        self.context = ctx
        self.mistakes: list[UsageError] = []
        self.meant: set[str] = set()
        """Options that were named wrongly or without a value: they are not missing."""
        self.unread: set[str] = set()
        """Options of which it is not known what was to be said."""

    @property
    def unknown(self) -> bool:
        """Whether there was an option that nobody knows, to which something else may belong."""
        return any(isinstance(mistake, NoSuchOption) for mistake in self.mistakes)

    def _process_opts(self, arg: str, state: _ParsingState) -> None:
        try:
            super()._process_opts(arg, state)
        except (NoSuchOption, BadOptionUsage) as error:
            if self.context.resilient_parsing:
                raise
            error.ctx = error.ctx or self.context
            self.mistakes.append(error)
            if isinstance(error, NoSuchOption):
                self._read_as_meant(arg, state)
            else:
                self.meant.add(error.option_name)

    def _read_as_meant(self, arg: str, state: _ParsingState) -> None:
        """Read a misspelt option as the right one, with its value, if it has what that one takes."""
        name, equals, value = arg.partition("=")
        right = nearest_name(name, self._long_opt) if name.startswith("--") else None
        if right is None:
            return
        self.meant.add(right)
        option, following = self._long_opt[right], [value] if equals else state.rargs[:1]
        complete = any(not self._names(word) for word in following) if option.takes_value else not equals
        if complete and not option.obj.is_eager:  # --help would end it all
            sure = SequenceMatcher(None, name, right).ratio() >= _SURE
            sure &= option.action == "append" or option.dest not in state.opts  # what was said rightly stands
            (super()._process_opts if sure else self._pass_over)(f"{right}{equals}{value}", state)

    def _pass_over(self, arg: str, state: _ParsingState) -> None:
        """Take what stands behind a misspelt option for its value, if what may be the right one takes one."""
        name, equals, _ = arg.partition("=")
        if self._long_opt[name].takes_value and not equals:
            state.rargs.pop(0)

    def _get_value_from_state(self, option_name: str, option: _Option, state: _ParsingState) -> str:
        if state.rargs and self._names(state.rargs[0]):
            raise BadOptionUsage(option_name, Message("{option}   needs a value", option=option_name), self.context)
        return str(super()._get_value_from_state(option_name, option, state))

    def _names(self, word: str) -> bool:
        """Whether a word names an option."""
        return word in self._short_opt or word.partition("=")[0] in self._long_opt


def take_apart(command: _click.Command, ctx: _click.Context, words: list[str]) -> tuple[list[str], PatientParser]:
    """Set the parameters of a context from a command line; what is left over, and the parser with all mistakes.

    Parameters that cannot be read have no value in the context.
    """
    parser, params = PatientParser(ctx), command.get_params(ctx)
    for param in params:
        param.add_to_parser(parser, ctx)
    values, rest, order = parser.parse_args(words)
    for param, times in Counter(order).items():
        once = isinstance(param, TyperOption) and not (param.multiple or param.is_flag)
        if times > 1 and once and parser.meant.isdisjoint(param.opts):
            said = Message("{option}   is given more than once: give one value", option=max(param.opts, key=len))
            parser.mistakes.append(UsageError(said, ctx))
    for param in _click.core.iter_params_for_processing(order, params):
        try:
            _, rest = param.handle_parse_result(ctx, values, rest)
        except MissingParameter as error:
            if parser.meant.isdisjoint(param.opts):
                parser.mistakes.append(error)
        except UsageError as error:
            parser.mistakes.append(error)
            parser.unread.update(param.opts)
    parser.unread |= {name for param in params if param.name not in values for name in parser.meant & set(param.opts)}
    ctx.args = rest
    ctx._opt_prefixes.update(parser._opt_prefixes)
    return rest, parser
