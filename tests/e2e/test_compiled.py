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
found = moments.moments(np.array([[0.5]]), np.array([0]), np.linspace(0, 1, 49)[None])
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
