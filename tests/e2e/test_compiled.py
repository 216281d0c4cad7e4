"""Compiled functions are kept on disk where that can be, and work where it cannot."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CODE = """
import numpy as np
from sim.compiled import compiled
from sim.contact import fast, moments, outcomes

@compiled
def twice(number):
    return 2 * number

assert twice(3) == 6
running = np.linspace(0, 1, 49)[None]
found = moments.moments(np.array([[0.5]]), np.array([0]), running, moments.guide_to(running))
assert found.tolist() == [720.0]
print(fast._run.stats.cache_path, outcomes._count.stats.cache_path)
"""


@pytest.mark.parametrize("writable", [True, False])
def test_a_place_to_keep_them_is_not_needed(tmp_path, writable):
    env = {name: value for name, value in os.environ.items() if name != "HOME" and not name.startswith("NUMBA_")}
    if writable:
        env["NUMBA_CACHE_DIR"] = str(tmp_path / "kept")
    else:  # beside the program and in a home folder is where numba looks; here it may look in neither
        env["NUMBA_CACHE_LOCATOR_CLASSES"] = "UserProvidedCacheLocator"
    (tmp_path / "code.py").write_text(CODE, encoding="utf-8")
    env["PYTHONPATH"] = str(Path(__file__).parents[2])
    done = subprocess.run([sys.executable, "code.py"], cwd=tmp_path, env=env, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(str(tmp_path / "kept")) == 2 * writable
    assert done.stdout.split() == ["None", "None"] or writable
    assert (tmp_path / "kept").exists() == writable


CONSTANTS = "import numpy as np\nSTEP = 2\nROW = np.dtype([('x', 'i4')], align=True)\n"
CALLED = """
from numba import njit
from constants import STEP

@njit
def moved(number):
    return number + STEP
"""
WORK = """
import numpy as np
from called import moved
from constants import ROW
from sim.compiled import compiled

@compiled
def work(number):
    rows = np.empty(1, dtype=ROW)
    rows[0].x = moved(number)
    return rows

found = work(3)
print(found[0]["x"], found.itemsize, sum(work.stats.cache_hits.values()))
"""


def test_what_is_kept_is_not_used_once_a_file_that_it_rests_on_has_changed(tmp_path):
    """The function's own file stays as it is."""
    env = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "kept"), "PYTHONPATH": str(Path(__file__).parents[2])}
    files = {"constants.py": CONSTANTS, "called.py": CALLED, "work.py": WORK}

    def told(**changes):
        for name, text in files.items():
            (tmp_path / name).write_text(changes.get(name.removesuffix(".py"), text), encoding="utf-8")
        command = [sys.executable, "-B", "work.py"]
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        return [int(word) for word in done.stdout.split()]

    assert told() == [5, 4, 0]
    assert told() == [5, 4, 1]
    assert told(constants=CONSTANTS.replace("2", "4", 1)) == [7, 4, 0]
    assert told(constants=CONSTANTS.replace("i4", "i8")) == [5, 8, 0]
    assert told(called=CALLED.replace("+", "-")) == [1, 4, 0]
    assert told() == [5, 4, 1]
