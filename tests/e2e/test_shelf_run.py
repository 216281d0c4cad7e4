"""The shelf by its commands."""

import json

from shelf_sample import put


def test_commands_say_what_they_did(inside, tmp_path):
    put(tmp_path / "runs/plan/one")
    assert "plan.cards" not in inside("runs", cwd=tmp_path).stdout
    assert "noted" in inside("mark", "runs/plan/one", "--name", "first", "--pin", cwd=tmp_path).stdout
    (row,) = json.loads(inside("runs", "--json", cwd=tmp_path).stdout)
    assert (row["name"], row["pinned"], row["kind"], row["path"]) == ("first", True, "run", "plan/one")
    assert "None of 1 answers" in inside("runs", "--search", "zzz", cwd=tmp_path).stdout
    assert "cardflow restore" in inside("discard", "runs/plan/one", cwd=tmp_path).stdout
    assert "No answers here yet" in inside("runs", cwd=tmp_path).stdout
    assert "戻しました" in inside("restore", "--lang", "ja", cwd=tmp_path).stdout
    told = inside("discard", "runs/plan/one", "elsewhere", "/etc", cwd=tmp_path, code=2).stderr
    assert "2 errors, nothing was written" in told and (tmp_path / "runs/plan/one").is_dir()
    assert "is no folder" in inside("runs", "nowhere", cwd=tmp_path, code=2).stderr
    assert "two or more" in inside("beside", "runs/plan/one", cwd=tmp_path, code=2).stderr
