"""Entry point of the command line, for ``cardflow`` and ``python -m cardflow``."""

from __future__ import annotations

import sys
from pathlib import Path


def _leave_current_folder_out() -> None:
    """Keep a ``sim.py`` or ``scenarios/`` of the current folder from hiding ours under ``python -m``."""
    home = Path(__file__).resolve().parent.parent
    here = Path.cwd().resolve()
    if here != home:
        sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != here]


def main() -> None:
    """Run the command line."""
    _leave_current_folder_out()
    from cardflow.cli import main as run_command_line

    run_command_line()


if __name__ == "__main__":
    main()
