"""What is refused of a cluster before anybody is started or asked, and what workers are held to."""

from pathlib import Path

import pytest

from cardflow.commands.ledger import ledger
from cardflow.language import Language
from reports.messages import said
from scenarios.errors import UserError
from scenarios.experiment import cluster
from scenarios.experiment.address import refusal
from scenarios.experiment.alike import FOLDER, alike, marked
from scenarios.experiment.cluster import Cluster
from sim import __version__


@pytest.mark.parametrize(
    "address",
    ["tls://10.0.0.1:8786", "tls://scheduler.example:8786", "tcp://127.0.0.1:1", "tcp://localhost:1", "tcp://[::1]:1"],
)
def test_a_cluster_is_asked_on_this_machine_or_in_secret(address):
    assert refusal(address) is None


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("tcp://10.0.0.1:8786", "must begin with tls://"),
        ("tcp://0.0.0.0:8786", "must begin with tls://"),
        ("tcp://scheduler.example:8786", "must begin with tls://"),
        ("tcp://127.0.0.1.example:8786", "must begin with tls://"),
        ("tcp://127.0.0.1@10.0.0.1:8786", "must be tls://HOST:PORT"),
        ("ws://127.0.0.1:8786", "must be tls://HOST:PORT"),
        ("127.0.0.1:8786", "must be tls://HOST:PORT"),
        ("tls://10.0.0.1", "must be tls://HOST:PORT"),
        ("", "must be tls://HOST:PORT"),
    ],
)
def test_no_other_address_is(address, rule):
    assert rule in (refusal(address) or "")


def asked(**words):
    with pytest.raises(UserError) as refused:
        ledger("plan-perod", lang=Language.en, quiet=True, **words)
    return [[said(line, lang) for line in refused.value.lines] for lang in ("en", "ja")]


def test_an_open_address_is_told_with_all_else_that_is_wrong_in_both_languages(tmp_path):
    english, japanese = asked(engine="dask", scheduler="tcp://10.0.0.1:8786", out=tmp_path / "out")
    assert any("did you mean plan-period?" in line for line in english)
    assert any("--scheduler tcp://10.0.0.1:8786" in line and "must begin with tls://" in line for line in english)
    assert any("--scheduler tcp://10.0.0.1:8786" in line and "tls:// で接続" in line for line in japanese)
    assert not (tmp_path / "out").exists()


def test_a_scheduler_needs_its_engine(tmp_path):
    english, japanese = asked(scheduler="tls://10.0.0.1:8786", out=tmp_path / "out")
    assert any("--scheduler: is for a cluster: give --engine dask too" in line for line in english)
    assert any("--engine dask も指定" in line for line in japanese)


def test_what_is_not_installed_is_told_with_how_to_have_it(monkeypatch, tmp_path):
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    english, japanese = asked(engine="dask", out=tmp_path / "out")
    assert all(any("pip install 'cardflow[cluster]'" in line for line in told) for told in (english, japanese))


def test_nobody_is_started_where_nothing_is_shared():
    with Cluster(None, 2) as idle:
        assert idle.workers == 2
        assert idle._client is None


def test_a_mark_says_that_a_folder_is_the_same_and_goes(tmp_path):
    with marked(tmp_path / "replications") as mark:
        assert alike(mark) == alike(mark) != alike(None)
        assert alike(mark)["cardflow"] == __version__ and {"Python", "numpy"} <= set(alike())
        assert alike(mark.with_name("elsewhere")) == alike(None)
        assert alike(mark)[FOLDER]
    assert not list((tmp_path / "replications").iterdir())


def test_each_difference_of_a_worker_is_told():
    own = {"cardflow": "1", "Python": "3.11.7", FOLDER: "abc"}
    told = cluster._differences({"cardflow": "2", "Python": "3.11.7", FOLDER: ""}, own, Path("/shared"))
    assert told == [
        "has cardflow 2, and here is 1: both must be the same",
        "does not see the folder /shared: it must be shared, under the same path on every machine",
    ]
    assert not cluster._differences(own, own, Path("/shared"))
    (missing,) = cluster._differences(ModuleNotFoundError("No module named 'scenarios'"), own, None)
    assert missing == "has no cardflow that can do this (No module named 'scenarios')"
