"""What is stored already takes no time: ledger and calibration discount it before they start, as a run does."""

from datetime import date

import pytest
from clock_sample import nothing

from calibration import calibrate as calibration
from calibration.cache import Kept
from calibration.calibrate import CalibrateOptions, calibrate
from calibration.fits_record import Fits
from calibration.fitted import CONFIRMING_REPLICATIONS, Whole
from calibration.validate import shipped_fits
from scenarios.experiment.experiment import Point, Task
from scenarios.experiment.progress import Progress
from scenarios.experiment.store import Store
from scenarios.files.load import load
from scenarios.ledger.ledger import LedgerOptions, ledger
from scenarios.records import as_json
from scenarios.resources import raised
from sim import __version__

SEATS = "contact.resident.seats"


def told(command, *arguments):
    """What a command expects of its work; it is stopped before any begins."""
    asked = []

    def stop(expected):
        asked.append(expected)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        command(*arguments, Progress(expect=stop))
    return asked[0]


def test_a_ledger_counts_whole_runs_and_replications_that_are_there(tmp_path):
    scenario = load("plan-period").with_values({"end": date(2026, 4, 30)})
    options, empty = LedgerOptions((SEATS,), replications=3), nothing(scenario.parameters)
    base = Point("plan", scenario.parameters, 1)
    more = Point("plan, +1", raised(scenario, SEATS, 1).parameters, 1)
    first = told(ledger, scenario, tmp_path / "out", options)
    assert first.stored.seconds == 0.0 < first.work.seconds
    store = Store(tmp_path / "out" / "replications")
    store.of_whole_runs().save(base.digest, 2, empty)
    whole = told(ledger, scenario, tmp_path / "out", options)
    assert whole.work == first.work and whole.stored.seconds == Task(base, 2).work.seconds
    store.save(more.digest, 2, empty)
    both = told(ledger, scenario, tmp_path / "out", options)
    assert both.stored.seconds > whole.stored.seconds and both.stored.count == whole.stored.count + 1
    for number in (1, 2, 3):
        store.of_whole_runs().save(base.digest, number, empty)
        store.save(base.digest, number, empty)
        store.save(more.digest, number, empty)
    assert told(ledger, scenario, tmp_path / "out", options).stored == pytest.approx(first.work)


@pytest.mark.parametrize("only", ["lead_times", "holders", "resident", "joint"])
def test_a_calibration_counts_the_fits_that_are_there(tmp_path, only):
    options = CalibrateOptions(only)
    first = told(calibrate, tmp_path / "out", options)
    assert first.stored.seconds == 0.0 < first.work.seconds
    kept = Kept(tmp_path / "out" / "kept", calibration._context(options))
    found = True if only == "joint" else as_json(Fits(__version__, options.seed))
    kept.get("joint is made" if only == "joint" else f"{only}-{options.budget}", lambda: found)
    again = told(calibrate, tmp_path / "out", options)
    assert again.stored == calibration._evaluations(only) == again.work
    assert again.work.seconds < first.work.seconds or only == "joint"


def test_fits_that_are_there_say_with_which_values_the_whole_model_is_simulated(tmp_path):
    options = CalibrateOptions("holders")
    told(calibrate, tmp_path / "out", options)
    kept = Kept(tmp_path / "out" / "kept", calibration._context(options))
    found = shipped_fits()
    lines = {key: as_json(getattr(found, key)) for key in ("fits", "figures", "contracted")}
    kept.get(f"holders-{options.budget}", lambda: lines)
    tasks = Whole({"holders": found}, options.seed).tasks()
    assert len(tasks) == 2 * CONFIRMING_REPLICATIONS
    store = Store(tmp_path / "out" / "replications")
    for task in tasks[:2]:
        store.save(task.point.digest, task.replication, nothing(task.point.parameters))
    again = told(calibrate, tmp_path / "out", options)
    confirmed = sum((task.work for task in tasks[:2]), calibration._evaluations("holders"))
    assert again.stored.seconds == pytest.approx(confirmed.seconds)
    assert again.work.count == calibration._evaluations("holders").count + len(tasks)
