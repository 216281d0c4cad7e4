"""What a run has to do is counted before it starts, near what it turns out to be; what cannot fit is refused."""

from datetime import date
from types import SimpleNamespace

import pytest

from reports.messages import said
from scenarios.errors import UserError
from scenarios.experiment.estimate import _of_calls, refuse_too_large
from scenarios.files.load import load
from scenarios.run.expected import expected
from scenarios.sweep.study import Study, SweepOptions
from scenarios.sweep.sweep import sweep

SHORT = {"end": date(2026, 4, 30)}
GIGABYTE = 10**9


def parameters(**values):
    return load("plan-period").with_values({**SHORT, **{k.replace("__", "."): v for k, v in values.items()}}).parameters


@pytest.fixture
def room(monkeypatch):
    """Set the memory that is free."""

    def give(gigabytes):
        monkeypatch.setattr("psutil.virtual_memory", lambda: SimpleNamespace(available=gigabytes * GIGABYTE))
        monkeypatch.setattr("scenarios.experiment.estimate.cores", lambda: 2)

    return give


LATE = date(2026, 4, 29)
MEASURED = {
    "calls of holders": ("contact.resident.calls_per_holder", 0.004, 4, 519),
    "calls of offices": ("contact.helpdesk.calls_per_open_day", 263.8, 900_000, 561),
}
"""Of two heavy days at the end of the run: megabytes that the process of one replication had at most, more than without
them (resident set size).
"""


@pytest.mark.parametrize(("path", "usual", "high", "measured"), MEASURED.values(), ids=MEASURED)
def test_memory_is_never_below_and_within_a_factor_of_two_of_what_was_measured(path, usual, high, measured):
    steps = [{"from": date(2016, 4, 1), "value": usual}, {"from": LATE, "value": high}]
    told = _of_calls(expected(load("plan-period").with_values({**SHORT, path: steps}).parameters)) / 1e6
    assert measured < told < 2 * measured


TOO_LARGE = {
    "calls of holders": ({"contact.resident.calls_per_holder": 10}, ["contact.resident.calls_per_holder = 10 "]),
    "calls of offices": (
        {"contact.helpdesk.calls_per_open_day": 1e6, "contact.helpdesk.most_call_backs": 10},
        ["contact.helpdesk.calls_per_open_day = 1,000,000 "],
    ),
    "the high end counts": (
        {"contact.resident.calls_per_holder": {"value": 0.004, "low": 0, "high": 9}},
        ["contact.resident.calls_per_holder = 9 "],
    ),
    "cards that all are fetched at once": (
        {"opening.at_municipalities": 1e9, "counters.handover_per_day": 1e9, "contact.helpdesk.calls_per_error": 0.5},
        ["contact.helpdesk.calls_per_error = 0.5 "],
    ),
    "load": ({"demand.load": 100}, ["first calls on a full day"]),
    "small lots": ({"plant.lot_size": 1}, ["plant.lot_size = 1 ", "raise lot_size"]),
    "opening work": (
        {"opening.cards": 1e9, "plant.lot_size": 500},
        ["plant.lot_size = 500 ", "wait in the plant at once"],
    ),
    "work on a day": (
        {
            "demand.actual": [{"from": date(2026, 4, 1), "to": date(2026, 4, 1), "applications": 10**9}],
            "plant.lot_size": 100,
        },
        ["plant.lot_size = 100 ", "raise lot_size"],
    ),
}


@pytest.mark.parametrize(("values", "words"), TOO_LARGE.values(), ids=TOO_LARGE)
def test_what_cannot_fit_is_refused_naming_the_field(tmp_path, room, values, words):
    room(2)
    told = load("plan-period").with_values({**SHORT, **values}).parameters
    with pytest.raises(UserError) as caught:
        refuse_too_large(told, 1, tmp_path / "run")
    assert all(word in str(caught.value) for word in ("too large to simulate", *words)), caught.value
    japanese = [said(line, "ja") for line in caught.value.lines]
    assert "大きすぎて" in japanese[0] and not any("about" in line for line in japanese)
    assert not (tmp_path / "run").exists()


def test_the_library_fits_into_two_gigabytes(tmp_path, room):
    room(2)
    refuse_too_large(load("renewal-wave").parameters, 20, tmp_path)


def test_memory_is_what_this_process_may_have(tmp_path, monkeypatch):
    resource = pytest.importorskip("resource")
    monkeypatch.setattr("resource.getrlimit", lambda kind: (1, 1) if kind == resource.RLIMIT_AS else (-1, -1))
    with pytest.raises(UserError, match=r"need about .* GB of memory, more than the 0\.0 GB to spare"):
        refuse_too_large(parameters(), 1, tmp_path)


def test_a_sweep_is_refused_for_its_heaviest_point(tmp_path, room):
    room(2)
    study = Study(
        load("plan-period").with_values(SHORT), SweepOptions(vary=["contact.resident.calls_per_holder=0.004,9"])
    )
    with pytest.raises(UserError, match=r"contact\.resident\.calls_per_holder = 9 "):
        sweep(study, tmp_path / "sweep")
    assert not (tmp_path / "sweep").exists()
