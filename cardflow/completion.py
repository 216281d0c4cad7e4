"""Completion in the shell: its script, its installation, and the names of scenarios."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from sim.message import Message


class Shell(StrEnum):
    """Shells that can complete."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"
    powershell = "powershell"


_FILES = {
    Shell.bash: (".bash_completions/{program}.sh", ".bashrc", "source ~/.bash_completions/{program}.sh"),
    Shell.zsh: (".zfunc/_{program}", ".zshrc", "fpath+=~/.zfunc; autoload -Uz compinit; compinit"),
    Shell.fish: (".config/fish/completions/{program}.fish", None, ""),
}
"""For each shell, under the home folder: the file for the script, the file read at its start, and the line there."""


def script(shell: Shell, program: str) -> str:
    """What a shell reads to complete a program."""
    from typer._completion_shared import get_completion_script

    return get_completion_script(prog_name=program, complete_var=variable(program), shell=shell.value)


def install(shell: Shell, program: str) -> Message:
    """Write the script where the shell finds it, and a line for it where the shell starts; what was done.

    Raises:
        UserError: if it cannot be written, or the shell is one that we do not set up.
    """
    from scenarios.errors import UserError
    from scenarios.system_words import reason

    where = "--install-completion"
    if shell not in _FILES:
        rule = Message("is not set up by us: add what --show-completion {shell} prints to your profile", shell=shell)
        raise UserError(f"{where} {shell}", [rule])
    own, starts, line = (part and part.format(program=program) for part in _FILES[shell])
    path = Path.home() / str(own)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(script(shell, program) + "\n", encoding="utf-8")
        if starts:
            _add_line(Path.home() / starts, str(line))
    except (OSError, UnicodeDecodeError) as error:
        why = Message("cannot be written: {error}", error=reason(error))
        raise UserError(f"{where} {shell}", [why]) from None
    return Message("completion for {shell} is in {path}; it works in new terminals", shell=shell, path=str(path))


def _add_line(file: Path, line: str) -> None:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    if line not in text.splitlines():
        with file.open("a", encoding="utf-8") as added:
            added.write(("" if text.endswith("\n") or not text else "\n") + line + "\n")


def scenario_names(incomplete: str) -> list[str]:
    """Scenarios of the library and files of this folder that begin so; after a ``+`` the next part."""
    from scenarios.files.find import library

    before, plus, begun = incomplete.rpartition("+")
    known = [*library(), *(path.name for path in sorted(Path.cwd().glob("*.toml")))]
    return [f"{before}{plus}{name}" for name in known if name.startswith(begun)]


def variable(program: str) -> str:
    """The variable by which a shell asks the program."""
    return f"_{program}_COMPLETE".replace("-", "_").upper()
