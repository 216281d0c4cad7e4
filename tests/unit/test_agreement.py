"""What counts as agreement: every figure exists, has a use and a reason, and none is fitted and held back at once."""

from datetime import date

import pytest

from calibration import agreement
from calibration.agreement import load
from calibration.cache import Kept
from calibration.figures import load_published
from calibration.problems import hand_over
from calibration.validate import row, shipped_fits
from scenarios.files.load import load as load_scenario
from scenarios.unknowns import record
from sim import SAME_SINCE, __version__
from sim.parameters import quantities


def test_enough_figures_of_every_use() -> None:
    uses = [each.use for each in load().values()]
    assert len(uses) >= 20
    assert {use: uses.count(use) >= 3 for use in ("fitted", "held_back", "input")} == dict.fromkeys(
        ("fitted", "held_back", "input"), True
    )
    assert all(each.why and each.tolerance > 0 for each in load().values())


def test_nothing_of_2023_is_fitted_and_the_notices_of_fy2025_are_not() -> None:
    fitted = {key for key, each in load().items() if each.use == "fitted"}
    assert not [key for key in fitted if key.startswith(("HANDED-2023", "HELD-2023"))]
    assert load()["JLIS-022"].use == "held_back"
    assert {"JLIS-008", "JLIS-012", "JLIS-021", "HANDED-2022-12-31"} <= fitted


def test_the_scenario_of_the_fit_knows_nothing_of_2023() -> None:
    parameters = hand_over.until_2022().parameters
    assert parameters.end <= date(2023, 1, 1)
    assert max(window.to for window in parameters.demand.actual) <= date(2022, 12, 31)
    assert all(state.as_of < date(2022, 12, 31) for state in parameters.opening.restated)


def test_the_held_back_hand_overs_may_be_off_by_8_percent_of_those_since_2022() -> None:
    since = load_published()["HANDED-2022-12-31"].value
    for key, each in load().items():
        if key.startswith("HANDED-2023"):
            assert each.tolerance == pytest.approx(0.08 * (each.published.value - since))
    assert load()["JLIS-022"].tolerance == pytest.approx(0.03 * 24_020_000)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"use": "input", "tolerance": 1, "why": "w"}, "no such published figure"),
        ({"use": "guessed", "tolerance": 1, "why": "w"}, "use must be one of"),
        ({"use": "fitted", "tolerance": 1, "why": "w"}, "names its problem"),
        ({"use": "held_back", "problem": "holders", "tolerance": 1, "why": "w"}, "names its problem"),
    ],
)
def test_a_malformed_entry_is_refused(entry: dict[str, object], said: str) -> None:
    key = "JLIS-999" if "no such" in said else "JLIS-008"
    with pytest.raises(ValueError, match=said):
        agreement._agreement(key, "group", entry, {"w": "why"})


def test_agreement_is_within_the_tolerance_however_wide_the_interval() -> None:
    each = load()["JLIS-022"]
    low, near = ({"JLIS-022": value} for value in (20e6, 23.5e6))
    assert row(each, near, [low, near]).within is True
    far = row(each, low, [{"JLIS-022": value} for value in (10e6, 40e6)])
    assert (far.within, far.difference) == (False, 20e6 - 24.02e6)


def test_what_was_found_is_kept_whole_and_for_its_context_only(tmp_path) -> None:
    kept, other = Kept(tmp_path, "one"), Kept(tmp_path, "two")
    assert kept.get("a", lambda: {"x": 1.5}) == {"x": 1.5}
    assert kept.get("a", lambda: pytest.fail("known already")) == {"x": 1.5}
    assert other.get("a", lambda: 2) == 2
    for path in tmp_path.iterdir():
        path.write_text("{ not json")
    assert kept.get("a", lambda: 3) == 3


def test_the_library_holds_what_was_fitted() -> None:
    """The shipped fits, of a version that simulates the same, and the values that scenarios start from."""
    fits = shipped_fits()
    assert fits is not None
    first, made, ours = (tuple(map(int, each.split("."))) for each in (SAME_SINCE, fits.version, __version__))
    assert first <= made <= ours
    for line in fits.fits:
        if not line.usable or (line.word == "not" and line.path.startswith("systems.")):
            continue  # seats follow below; the servers' capacity is only bounded from below
        held = quantities(load_scenario(line.scenario).parameters)[line.path]
        value = next(step.value for step in held.steps if step.from_ == line.from_)
        assert value == pytest.approx(line.value, abs=(line.high - line.low) / 20), line.path
    for found in fits.contracted:
        # The middles of seats and calls lie near the published rate; what ties them is the joint distribution.
        assert found.load == pytest.approx(1, abs=0.05)
    for centre, (_, middle, _) in record().seats.items():
        held = quantities(load_scenario("baseline-fy2025").parameters)[f"contact.{centre}.seats"]
        assert held.steps[0].value == pytest.approx(middle, rel=0.05)


def test_fitted_figures_of_fy2025_are_met_by_the_whole_model() -> None:
    fits = shipped_fits()
    assert fits is not None
    met = {line.id: line.met for line in fits.confirmed}
    assert {key: met[key] for key in ("JLIS-007", "JLIS-008", "JLIS-009", "JLIS-010", "JLIS-012", "JLIS-013")} == (
        dict.fromkeys(("JLIS-007", "JLIS-008", "JLIS-009", "JLIS-010", "JLIS-012", "JLIS-013"), True)
    )
