"""Calls of the planner's own months pin down load and handle time; written parts run."""

from datetime import date
from itertools import pairwise

import pytest

from calibration.calibrate import CalibrateOptions, calibrate, question
from calibration.fitting import fit
from calibration.problems import actual_applications, actual_calls, answers
from calibration.values import with_values
from scenarios.errors import UserError
from scenarios.files.actuals import Actuals, Month
from scenarios.files.from_actuals import apply
from scenarios.files.load import load
from scenarios.history import load_history
from sim.parameters import quantities
from sim.replication import replicate

HANDLE = "contact.helpdesk.handle_minutes"
MONTHS = [date(2026, month, 1) for month in (4, 5)]
AS_OF = date(2026, 5, 31)


def figures(calls: tuple[int, int], share: tuple[float, float], seats: int) -> Actuals:
    months = tuple(
        Month(month, calls_helpdesk=count, answered_share_helpdesk=answered, seats_helpdesk=seats)
        for month, count, answered in zip(MONTHS, calls, share, strict=True)
    )
    return Actuals("own.xlsx", AS_OF, months)


def test_known_load_and_handle_time_are_recovered_from_calls_seats_and_answer_rate() -> None:
    load_, handle, seats = 1.3, 11.0, 44
    scenario = load(actual_calls.SCENARIO).with_values({"start": MONTHS[0], "end": AS_OF})
    known = answers.Year(apply(scenario, figures((1, 1), (0.5, 0.5), seats)), replications=1)
    truth = with_values(known.scenario, {HANDLE: handle}).parameters
    told = known.taken("helpdesk", truth, 1, load_)
    first = (MONTHS[0] - truth.first_simulated_day).days
    spans = (slice(first, first + 30), slice(first + 30, first + 61))
    offered, answered = ([int(told[f"helpdesk_{n}"][span].sum()) for span in spans] for n in ("offered", "answered"))
    shares = tuple(part / whole for part, whole in zip(answered, offered, strict=True))

    stated = figures((offered[0], offered[1]), (shares[0], shares[1]), seats)
    (problem,) = actual_calls.problems("helpdesk", stated)
    found = {each.uncertain.name: each for each in fit(problem, 60).parameters}
    assert found[answers.LOAD].low <= load_ <= found[answers.LOAD].high
    assert found[answers.LOAD].value == pytest.approx(load_, rel=0.03)
    assert found[HANDLE].low <= handle <= found[HANDLE].high
    assert found[HANDLE].word != "not"


def test_first_cards_of_a_year_are_recovered_from_its_applications() -> None:
    name = "demand.first_time_per_year@2026-04-01"
    truth = with_values(load("baseline-fy2025"), {name: 5e6}).parameters
    result = replicate(
        truth.model_copy(update={"start": date(2026, 4, 1), "end": date(2026, 9, 30)}), load_history(), 1, 1, True
    )
    ends = [0, 30, 61, 91, 122, 153, 183]
    counts = [int(result.facts["applications"][a:b].sum()) for a, b in pairwise(ends)]
    months = tuple(Month(date(2026, 4 + n, 1), applications=count) for n, count in enumerate(counts))
    (problem,) = actual_applications.problems(Actuals("own.xlsx", date(2026, 9, 30), months))
    (found,) = fit(problem, 30).parameters
    assert found.uncertain.name == name
    assert found.low <= 5e6 <= found.high
    assert found.word != "not"


def test_months_without_all_three_figures_say_nothing() -> None:
    partly = Actuals("own.xlsx", AS_OF, (Month(MONTHS[0], calls_helpdesk=5000, seats_helpdesk=40),))
    assert list(actual_calls.problems("helpdesk", partly)) == []
    assert list(actual_applications.problems(partly)) == []


def test_a_calibration_goes_on_where_it_was_and_its_part_runs(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("calibration.fitted.CONFIRMING_REPLICATIONS", 2)
    options = CalibrateOptions(only="hand_over")
    first = calibrate(tmp_path, options)
    assert first.evaluations > 5
    for path in sorted((tmp_path / "kept").iterdir())[::2]:
        path.unlink()
    (tmp_path / "fits.json").unlink()
    assert calibrate(tmp_path, options) == first
    part = tmp_path / "calibrated-hindcast-2023.toml"
    joined = load(f"hindcast-2023+{part}")
    (line,) = [line for line in first.fits if line.path == "counters.collection_days"]
    assert quantities(joined.parameters)["counters.collection_days"].steps[0].value == pytest.approx(
        line.value, rel=1e-5
    )
    assert line.with_ == "counters.never_collected_share"
    words = {line.path: line.word for line in first.fits}
    assert words["systems.jpki_per_day"] == "not"
    assert all(line.met for line in first.confirmed)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (CalibrateOptions(only="hand_ower"), "did you mean hand_over"),
        (CalibrateOptions(only="hand_over", budget=2), "one step takes 4 evaluations"),
    ],
)
def test_a_wrong_request_is_told(options: CalibrateOptions, said: str, tmp_path) -> None:
    with pytest.raises(UserError, match=said):
        calibrate(tmp_path, options)
    every, one = question(CalibrateOptions()), question(CalibrateOptions(only="holders"))
    assert every.folder != one.folder and every.folder.parent == one.folder.parent
