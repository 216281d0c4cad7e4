"""Entry point of the command line, for ``cardflow`` and ``python -m cardflow``."""

from __future__ import annotations

import os
import sys


def _leave_current_folder_out() -> None:
    """Keep a ``sim.py`` or ``pathlib.py`` of the current folder from hiding the right one under ``python -m``."""
    home = os.path.realpath(f"{__file__}/../..")
    here = os.path.realpath(os.curdir)
    if here != home:
        sys.path[:] = [entry for entry in sys.path if os.path.realpath(entry or os.curdir) != here]


def main() -> None:
    """Run the command line."""
    _leave_current_folder_out()
    from scenarios import garbage

    garbage.collect_seldom()
    from cardflow.cli import main as run_command_line
    from cardflow.signals import end_like_an_interrupt

    end_like_an_interrupt()
    run_command_line()


if __name__ == "__main__":
    main()
