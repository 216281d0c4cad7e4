"""``cardflow validate`` and ``cardflow calibrate`` as a user runs them, small."""

import json
from pathlib import Path

import pytest

from calibration.agreement import load

KEYS = {"id", "published", "simulated", "low", "high", "difference", "use"}


@pytest.fixture(scope="module")
def validated(cardflow, tmp_path_factory) -> tuple[Path, list[dict]]:
    folder = tmp_path_factory.mktemp("validation")
    done = cardflow("validate", "--replications", "2", "--workers", "1", "--json", "--out", folder, cwd=folder)
    return folder, json.loads(done.stdout)


def test_json_lists_every_figure_with_exactly_the_documented_keys(validated):
    _, rows = validated
    assert len(rows) >= 20
    assert [row["id"] for row in rows] == list(load())
    for row in rows:
        assert set(row) == KEYS
        assert row["published"] == load()[row["id"]].published.value
        assert row["difference"] == pytest.approx(row["simulated"] - row["published"])
        assert row["low"] <= row["simulated"] <= row["high"]
        assert row["use"] == load()[row["id"]].use


def test_what_was_held_back_agrees(validated):
    """Two replications hardly move these: they are sums over millions of cards."""
    _, rows = validated
    held_back = [row for row in rows if row["use"] == "held_back"]
    assert len(held_back) >= 10
    for row in held_back:
        assert abs(row["difference"]) <= load()[row["id"]].tolerance, row["id"]


def test_the_page_and_its_charts_are_in_the_folder(validated):
    folder, _ = validated
    page = (folder / "validation.html").read_text(encoding="utf-8")
    assert "JLIS-022" in page and "HANDED-2023-06-30" in page
    assert (folder / "validation.json").is_file()
    assert len(list((folder / "charts").glob("*.png"))) >= 4


def test_a_calibration_writes_a_part_and_says_what_is_pinned_down(cardflow, inside, monkeypatch, tmp_path):
    """Two replications confirm it: an interval takes no more."""
    for place in ("calibration.fitted", "calibration.calibrate"):
        monkeypatch.setattr(f"{place}.CONFIRMING_REPLICATIONS", 2)
    done = inside("calibrate", "--only", "lead_times", "--workers", "1", "--out", str(tmp_path), cwd=tmp_path)
    assert "plant.after_cutoff_share" in done.stdout and "calibrated.toml" in done.stdout
    checked = cardflow("check", f"baseline-fy2025+{tmp_path / 'calibrated.toml'}", cwd=tmp_path)
    assert "after_cutoff_share" in checked.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("calibrate", "--only", "holder"), "did you mean holders"),
        (("calibrate", "--only", "holders", "--budget", "3"), "one step takes 14 evaluations"),
        (("calibrate", "--actuals", "nowhere.xlsx"), "nowhere.xlsx"),
        (("validate", "--replications", "1"), "an interval takes 2 or more"),
    ],
)
def test_a_wrong_request_is_told_before_anything_runs(inside, arguments, said, tmp_path):
    done = inside(*arguments, "--out", str(tmp_path / "run"), cwd=tmp_path, code=2)
    assert said in done.stderr and "Traceback" not in done.stderr
