"""``--precision``: replications are added until it is reached or the limit said, and the run says which."""

import json

import pytest

import cardflow as api
from scenarios.errors import UserError
from scenarios.experiment import experiment
from scenarios.experiment.progress import Progress
from scenarios.files.load import load
from scenarios.run.options import Options
from scenarios.run.run import run


@pytest.fixture(scope="module")
def quick():
    """Two simulated replications of a month stand for all, odd and even."""
    known = {}

    def replicate(parameters, history, seed, replication, chance_only, unknowns):
        key = parameters.model_dump_json(), seed, chance_only, replication % 2
        if key not in known:
            known[key] = simulated(parameters, history, seed, replication, chance_only, unknowns)
        return known[key]

    simulated = experiment.replicate
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiment, "replicate", replicate)
        yield


@pytest.mark.usefixtures("quick", "unpainted")
def test_replications_are_added_up_to_the_limit_and_kept(tmp_path):
    scenario = load("baseline-fy2025").with_values({"end": "2025-04-30"})
    told: list[tuple[str, int]] = []
    progress = Progress(
        expect=lambda expected: told.append(("expect", expected.work.count)),
        done=lambda task: told.append(("done", task.replication)),
        more=lambda work: told.append(("more", work.count)),
    )
    asked = Options(replications=2, chance_only=True, margin=False, precision=1e-9, most=6)
    summary = run(scenario, tmp_path, asked, progress)
    assert summary.replications == 6
    each = [("done", number) for number in range(1, 6)]
    assert told == [("expect", 5), *each, ("more", 1), ("done", 6)]
    record = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert record["replications"] == 6
    said = record["precision"]
    assert (said["asked"], said["most"], said["reached"]) == (1e-9, 6, False)
    assert said["widest"] > 1e-9 and said["widest_period"] in ("FY2025", "all")
    page = api.Run(tmp_path, summary).write_report().read_text(encoding="utf-8")
    assert "Precision not reached" in page

    # the same folder: all is there already, and a precision that anything has is reached by the first batch
    again = api.run(scenario, 2, out=tmp_path, chance_only=True, precision=100.0, most=6)
    assert again.summary["replications"] == 5
    assert len(list((tmp_path / "replications").iterdir())) == 6
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["precision"]["reached"] is True
    plain = api.run(scenario, 5, out=tmp_path, chance_only=True)
    assert plain.summary == again.summary
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["precision"] is None


@pytest.mark.usefixtures("quick", "unpainted")
def test_replications_are_added_until_all_is_decided_with_the_bits_of_the_fixed_number(tmp_path):
    scenario = load("baseline-fy2025").with_values({"end": "2025-04-30"})
    found = api.run(scenario, 5, out=tmp_path / "until", chance_only=True, until_decided=True, most=60)
    record = json.loads((tmp_path / "until" / "run.json").read_text(encoding="utf-8"))
    assert 16 <= found.summary["replications"] <= 60
    words = {(row["id"], row["part"]): row["verdict"] for row in found.summary["targets"] if row["period"] == "years"}
    undecided = [one["judged"] for one in record["decided"]["undecided"]]
    assert undecided == ["/".join(filter(None, key)) for key, word in words.items() if word == "undecided"]
    if undecided:
        assert found.summary["replications"] == 60
    page = found.write_report().read_text(encoding="utf-8")
    assert ("Still undecided" if undecided else "Every target has a verdict") in page
    fixed = api.run(scenario, found.summary["replications"], out=tmp_path / "fixed", chance_only=True)
    assert fixed.summary == found.summary
    more = api.run(scenario, 5, out=tmp_path / "until", chance_only=True, until_decided=True, most=200)
    assert more.summary["replications"] >= found.summary["replications"]


def test_bad_numbers_are_refused_before_anything_is_written(tmp_path, inside):
    done = inside("run", "plan-period", "--precision", "0", "--most", "3", "--out", "x", cwd=tmp_path, code=2)
    assert "--precision 0: must be a number above 0" in done.stderr and "--most 3: must be at least 20" in done.stderr
    assert not (tmp_path / "x").exists()
    with pytest.raises(UserError, match="--most 19: must be at least 20"):
        api.run("plan-period", out=tmp_path / "x", until_decided=True, most=19)
    with pytest.raises(UserError, match="--most 4"):
        api.run("plan-period", 4, out=tmp_path / "x", precision=0.01, most=4)
