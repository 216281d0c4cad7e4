"""The assumption log covers every parameter and cites only what is published."""

from typing import Any

import pytest

from calibration.evidence import _entries, _evidence, load, parameter_paths
from calibration.figures import load_figures

ENTRY: dict[str, Any] = {
    "kind": "assumption",
    "source": [],
    "why": "no count is published",
    "grade": "poor",
    "matters": "low",
    "owner": "MIC",
    "review": "2027-06",
}


def test_every_parameter_has_evidence_and_no_evidence_lacks_a_parameter() -> None:
    assert set(load()) == set(parameter_paths())


def test_paths_stop_at_quantities_channels_and_mixes() -> None:
    paths = parameter_paths()
    whole = ("plant.cards_per_day", "rules.adult_age", "demand.channels.online", "contact.resident.mix")
    assert set(whole) <= set(paths)
    assert not any(path.startswith(tuple(f"{name}." for name in whole)) for path in paths)


def test_what_no_source_tells_of_the_call_centres_is_called_an_assumption() -> None:
    published = {path for path, evidence in load().items() if evidence.kind != "assumption"}
    of_contact = {path for path in published if path.startswith("contact.")}
    assert of_contact == {"contact.resident.hours", "contact.resident.closures"}


def test_every_source_is_a_published_figure() -> None:
    cited = {source for evidence in load().values() for source in evidence.source}
    assert cited <= set(load_figures())


def test_what_is_not_an_assumption_rests_on_confirmed_figures() -> None:
    for path, evidence in load().items():
        if evidence.kind != "assumption":
            assert evidence.source, path
            assert all(load_figures()[source].confidence != "unverified" for source in evidence.source), path


def test_entries_say_why_who_and_when() -> None:
    for path, evidence in load().items():
        assert evidence.why.endswith("."), path
        assert evidence.owner and evidence.review, path


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "guess"}, r"plant\.lines\.kind must be one of .* not 'guess'"),
        ({"grade": "excellent"}, r"plant\.lines\.grade must be one of"),
        ({"value": 4}, r"plant\.lines must have"),
        ({"source": "JLIS-004"}, r"plant\.lines\.source must be a list of ids"),
    ],
)
def test_a_malformed_entry_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        _evidence("plant.lines", ENTRY | change)


def test_a_value_in_the_log_is_refused() -> None:
    with pytest.raises(ValueError, match=r"plant\.lines is a value"):
        list(_entries({"plant": {"lines": 4}}))
