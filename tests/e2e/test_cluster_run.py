"""Jobs shared by a Dask cluster: the same bits, whatever happens to a worker, and nothing left behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path

import psutil
import pytest
from leaving import begun, leaving, no_room
from no_run_in import without_run_in

from scenarios.errors import UserError, WorkLostError
from scenarios.experiment import cluster
from scenarios.experiment.alike import FOLDER
from scenarios.experiment.cluster import Cluster
from scenarios.experiment.experiment import Point, simulate_missing
from scenarios.experiment.store import Store
from scenarios.experiment.workers import spread
from scenarios.files.load import load

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")
NUMBERS = (1, 2)


@pytest.fixture(scope="module")
def certified(tmp_path_factory):
    """Dask's own settings of who may talk to whom, with a certificate; none where there is no openssl to make one."""
    if shutil.which("openssl") is None:
        return {}
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = str(folder / "key.pem"), str(folder / "certificate.pem")
    made = [
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-keyout",
        key,
        "-out",
        certificate,
    ]
    subprocess.run(["openssl", "req", "-x509", *made], check=True, capture_output=True)
    roles = ("client", "scheduler", "worker")
    own = {f"distributed.comm.tls.{role}": {"key": key, "cert": certificate} for role in roles}
    return {"distributed.comm.tls.ca-file": certificate, **own}


@pytest.fixture(scope="module")
def address(certified, tmp_path_factory):
    """A cluster that somebody else has started; under TLS, where a certificate could be made."""
    scratch = str(tmp_path_factory.mktemp("scratch"))
    with (
        dask.config.set({"temporary-directory": scratch, "distributed.scheduler.worker-saturation": 1.0, **certified}),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            host="127.0.0.1",
            protocol="tls://" if certified else "tcp://",
            dashboard_address=None,
            memory_limit=None,
            silence_logs=60,
            scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0", "allowed_failures": 0},
        ) as started,
    ):
        yield started.scheduler_address


@pytest.fixture
def jobs(tmp_path):
    return partial(leaving, tmp_path)


def stored(point, folder):
    simulate_missing([point], NUMBERS, Store(folder))
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix == ".npz"}


def test_one_process_and_a_cluster_find_the_same_bits(address, tmp_path):
    scenario = load("baseline-fy2025").with_values({"end": date(2025, 4, 10), "demand.load": 0.1})
    point = Point("plan", without_run_in(scenario.parameters), 1)
    alone = stored(point, tmp_path / "alone")
    assert len(alone) == len(NUMBERS)
    with Cluster(address) as others:
        assert others.workers == 2
        assert stored(point, tmp_path / "cluster") == alone
    assert {path.name for path in (tmp_path / "cluster").iterdir()} == set(alone)


def test_a_run_is_the_same_on_a_cluster(inside, month_file, address, tmp_path):
    """Whose workers have loaded the model by now."""
    asked = ("run", str(month_file), "--replications", "2", "--no-margin", "--chance-only", "--no-page", "--json")
    alone = inside(*asked, "--workers", "1", "--out", "alone", cwd=tmp_path)
    shared = inside(*asked, "--engine", "dask", "--scheduler", address, "--out", "shared", cwd=tmp_path)
    assert json.loads(shared.stdout) == json.loads(alone.stdout)
    kept = [
        {path.name: path.read_bytes() for path in (tmp_path / out).glob("replications/*")}
        for out in ("alone", "shared")
    ]
    assert kept[0] == kept[1] and len(kept[0]) == 2


def test_a_worker_that_is_killed_costs_nothing_and_a_job_that_kills_two_is_named(address, jobs, tmp_path):
    told = []
    with Cluster(address), pytest.raises(WorkLostError, match=r"killed twice.*: replication 2 of plan;"):
        spread(jobs(5, job1={"killed": 1}, job2={"killed": 9}), 5, 1, lambda job: told.append(job.task.replication))
    assert sorted(told) == [0, 1, 3, 4]
    assert {"1": 2, "2": 2}.items() <= begun(tmp_path).items()


def test_what_the_system_refuses_to_a_job_ends_all(address, jobs):
    with Cluster(address), pytest.raises(OSError, match="No space left") as raised:
        spread(jobs(3, **{f"job{number}": {"fails": no_room} for number in range(3)}), 3)
    assert "in no_room" in "".join(raised.value.__notes__)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cardflow", "has cardflow .*, and here is other: both must be the same"),
        ("Python", "has Python .*, and here is other: both must be the same"),
        (FOLDER, "does not see the folder .*: it must be shared"),
    ],
)
def test_workers_that_are_not_as_they_must_be_get_no_job(address, jobs, tmp_path, monkeypatch, name, words):
    right = cluster.alike
    with Cluster(address) as others:
        if name == FOLDER:
            others.refuse()
        monkeypatch.setattr(cluster, "alike", Differing(right, name))
        with pytest.raises(UserError, match=rf"worker {address.partition(':')[0]}://127.0.0.1:\d+: {words}"):
            spread(jobs(3), 3)
    assert not begun(tmp_path)


def test_a_worker_that_joins_and_is_not_as_it_must_be_ends_the_work(address, jobs, tmp_path, monkeypatch):
    with Cluster(address):
        spread(jobs(3), 3)
        monkeypatch.setattr(cluster, "alike", Differing(cluster.alike, "numpy"))
        with pytest.raises(WorkLostError, match=r"worker .*: has numpy .* here is other.*; the rest is kept"):
            spread(jobs(3), 3)
    assert begun(tmp_path) == dict.fromkeys("012", 1)


class Differing:
    """What this process has, but for one thing; workers are asked for what they have."""

    def __init__(self, right, name):
        self.right, self.name = right, name

    def __call__(self, mark=None):
        return {**self.right(mark), self.name: "other"}

    def __reduce__(self):
        return getattr, (sys.modules[self.right.__module__], self.right.__name__)


def test_workers_with_threads_or_in_the_open_are_refused(address, monkeypatch):
    known = {"tcp://10.0.0.9:1": {"nthreads": 1}, "tls://10.0.0.8:1": {"nthreads": 4}}
    monkeypatch.setattr(cluster, "_known_workers", lambda client: known)
    with Cluster(address) as others, pytest.raises(UserError) as refused:
        others.refuse()
    assert "worker tcp://10.0.0.9:1: must begin with tls://" in str(refused.value)
    assert "worker tls://10.0.0.8:1: does several jobs at a time in one process: start it with --nthreads 1" in str(
        refused.value
    )


def test_who_does_not_answer_is_named_once(monkeypatch):
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "0.5s"}),
        Cluster("tcp://127.0.0.1:9") as others,
        pytest.raises(UserError, match=r"--scheduler tcp://127.0.0.1:9.*\n  cannot be reached"),
    ):
        others.refuse()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_cluster_of_this_machine_ends_with_who_started_it(tmp_path, number):
    (tmp_path / "done").mkdir()
    command = [sys.executable, "-c", f"import sleepers; sleepers.main({str(tmp_path / 'done')!r})"]
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    (tmp_path / "scratch").mkdir()
    env = {**os.environ, "PYTHONPATH": path, "TMPDIR": str(tmp_path / "scratch")}
    started = subprocess.Popen(
        command,
        env=env,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    while len([path for path in (tmp_path / "done").iterdir() if path.name.isdigit()]) < 4:
        assert started.poll() is None, started.stderr.read()
        time.sleep(0.05)
    family = psutil.Process(started.pid).children(recursive=True)
    listening = [one for each in [psutil.Process(started.pid), *family] for one in each.net_connections("inet")]
    assert {one.laddr.ip for one in listening if one.status == psutil.CONN_LISTEN} == {"127.0.0.1"}
    os.killpg(started.pid, number) if number == signal.SIGINT else os.kill(started.pid, number)
    _, said = started.communicate(timeout=60)
    assert not psutil.wait_procs(family, timeout=20)[1]
    if number == signal.SIGINT:
        assert said.rstrip().endswith("KeyboardInterrupt") and "distributed -" not in said and "ERROR" not in said
        assert not list((tmp_path / "scratch").iterdir())
        assert all(path.name.isdigit() for path in (tmp_path / "done").iterdir())
    assert not (tmp_path / "scratch" / "dask-scratch-space").exists()
