"""The wheel holds what it should, and works in a folder with an own ``sim.py``, ``numpy.py`` and ``scenarios/``."""

import csv
import io
import json
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import ledger_sample
import pytest
from folder_sample import filled
from installed import SHORT, environment

from scenarios.records import as_json

HOME = Path(__file__).parents[2]
PACKAGES = {"cardflow", "sim", "scenarios", "calibration", "reports"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built from a copy, so that the working folder stays as it is."""
    source = tmp_path_factory.mktemp("source")
    for name in PACKAGES:
        shutil.copytree(HOME / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(HOME / name, source)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", source / "dist", source], check=True, capture_output=True, timeout=300)
    (built,) = (source / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """A fresh environment with the wheel; the libraries it needs, and what is compiled, are borrowed from this one."""
    home = tmp_path_factory.mktemp("環境")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True, timeout=120)
    (there,) = home.rglob("site-packages")
    pip = [sys.executable, "-m", "pip", "--python", home, "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--no-compile", wheel], check=True, capture_output=True, timeout=300)
    (there / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    borrow_compiled(there)
    return home / ("Scripts" if sys.platform == "win32" else "bin") / "python"


def borrow_compiled(there):
    """Numba takes what it once made of a file for another one that is as long and as old."""
    for kept in (path for package in PACKAGES for path in (HOME / package).rglob("*.nb?")):
        folder = kept.parent.relative_to(HOME)
        source = folder.parent / f"{kept.name.split('.')[0]}.py"
        shutil.copystat(HOME / source, there / source)
        (there / folder).mkdir(exist_ok=True)
        shutil.copy(kept, there / folder)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A folder whose own files have the names of ours, and of what we and our workers import."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("sim", "multiprocessing", "numpy", "pathlib", "pickle", "signal"):
        (folder / f"{name}.py").write_text(f"raise SystemExit('the wrong {name}')\n", encoding="utf-8")
    for name in ("scenarios", "reports"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(f"raise SystemExit('the wrong {name}')\n", encoding="utf-8")
    (folder / "short.toml").write_text(SHORT.replace("06-30", "04-30") + "[demand]\nload = 0.1\n", encoding="utf-8")
    filled(folder / "ledger", {"ledger.json": json.dumps(as_json(ledger_sample.ledger()))}, kind="ledger")
    return folder


def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_exactly_the_packages(wheel):
    tops = {name.split("/")[0] for name in names(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == PACKAGES
    assert not any("test" in name or "__pycache__" in name for name in names(wheel))


def test_the_wheel_holds_every_file_of_the_packages(wheel):
    ours = {
        path.relative_to(HOME).as_posix()
        for package in PACKAGES
        for path in (HOME / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".md"
    }
    assert ours - names(wheel) == set()
    kinds = {
        "scenarios/library/renewal-wave.toml", "scenarios/library/history/cards_issued.csv", "reports/text/ja.toml",
        "reports/document.html.j2", "calibration/assumptions.toml", "cardflow/py.typed",
    }  # fmt: skip
    assert kinds <= names(wheel)
    assert any(name.startswith("calibration/published/") and name.endswith(".csv") for name in names(wheel))


def test_the_wheel_pins_what_it_needs(wheel):
    (metadata,) = (name for name in names(wheel) if name.endswith("/METADATA"))
    (entries,) = (name for name in names(wheel) if name.endswith("/entry_points.txt"))
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read(metadata).decode()
        assert "cardflow = cardflow.__main__:main" in archive.read(entries).decode()
    needs = [line for line in text.splitlines() if line.startswith("Requires-Dist:") and "extra ==" not in line]
    assert needs and all("==" in line for line in needs)


def test_our_packages_come_from_the_wheel(python, hostile):
    code = "import cardflow, sim.plan, scenarios.run.run; print(cardflow.__file__, scenarios.run.run.__file__)"
    env = environment(PYTHONPATH="", PYTHONSAFEPATH="1")
    found = subprocess.run(
        [python, "-c", code], cwd=hostile, env=env, capture_output=True, encoding="utf-8", check=True
    )
    assert found.stdout.count(str(python.parent.parent)) == 2


@pytest.mark.parametrize("way", ["script", "module"])
def test_it_works_beside_files_with_our_names(python, hostile, way):
    start = [python.parent / "cardflow"] if way == "script" else [python, "-m", "cardflow"]

    def call(*arguments):
        env = environment(PYTHONPATH="")
        done = subprocess.run(
            [*start, *arguments], cwd=hostile, env=env, capture_output=True, encoding="utf-8", timeout=500
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    if way == "script":
        assert len(json.loads(call("wave", "--json"))) == 12
        call("report", "ledger")
        assert (hostile / "ledger" / "ledger.html").is_file()
    else:
        assert "renewal-wave" in call("scenarios")
    small = ("--replications", "2", "--workers", "2", "--chance-only", "--no-margin", "--no-page")
    summary = json.loads(call("run", "short.toml", *small, "--out", way, "--json"))
    assert summary["replications"] == 2
    assert len(list((hostile / way / "replications").iterdir())) == 2


def test_the_record_of_the_wheel_is_whole(wheel):
    with zipfile.ZipFile(wheel) as archive:
        assert archive.testzip() is None
        (record,) = (name for name in archive.namelist() if name.endswith("/RECORD"))
        rows = csv.reader(io.StringIO(archive.read(record).decode()))
        assert {row[0] for row in rows} == set(archive.namelist())
