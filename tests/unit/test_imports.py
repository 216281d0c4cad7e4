"""No module needs another that needs it: what two share stands in a module of its own."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGES = ("sim", "scenarios", "calibration", "reports", "cardflow", "mutations")


def modules(root: Path) -> dict[str, Path]:
    """Modules by name."""
    paths = (path for package in PACKAGES for path in (root / package).rglob("*.py"))
    return {".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def imported(path: Path, known: dict[str, Path]) -> set[str]:
    """Modules that a file imports anywhere in it, for types alone or inside a function too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in known else node.module for name in names}
    return found & known.keys()


def circle_free_order(root: Path) -> list[str]:
    known = modules(root)
    return list(TopologicalSorter({name: imported(path, known) for name, path in known.items()}).static_order())


def test_imports_go_round_no_circle():
    order = circle_free_order(Path(__file__).parents[2])
    assert order.index("sim.message") < order.index("scenarios.files.load") < order.index("cardflow.cli")


def test_a_circle_would_be_found(tmp_path):
    (tmp_path / "sim").mkdir()
    (tmp_path / "sim" / "one.py").write_text("from sim import two\n")
    (tmp_path / "sim" / "two.py").write_text("def late():\n    from sim.one import x\n")
    with pytest.raises(ValueError, match="cycle"):
        circle_free_order(tmp_path)
