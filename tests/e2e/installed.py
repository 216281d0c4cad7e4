"""The command as it is installed, and a small scenario for it."""

import os
import sys
from pathlib import Path

COMMAND = Path(sys.executable).parent / "cardflow"
SHORT = """\
title = "短い計画"
why = "A quarter is enough to see that all is there."
extends = "baseline-fy2025"
end = 2025-06-30
"""


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "error", **changes}
