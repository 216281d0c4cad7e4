"""The time that a clock takes is told: about right before it starts, within a third from a tenth of the way on.

``recorded_clocks.json``: of some clocks the seconds of processor time of every whole replication, the replications that
break each target and year, and of every search for help, in order: target, resource, orders that it chooses from,
replication, seconds, and the order that saves each year. ``slowness`` is what the trial of the machine said. When they
were recorded, an order could begin to work in any month; the seconds and places of searches for the day are what was
recorded of those for the month, times what halving 365 days takes more than halving 12 months. What
one replication of each takes was measured anew since: all seconds are those recorded, times what it takes now over what
it took.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from replay import STARTING, Replay, beyond

from scenarios.clock import helping
from scenarios.clock.breaks import Outcome
from scenarios.clock.clock import ClockOptions, chosen_targets
from scenarios.clock.foreseen import Foreseen
from scenarios.clock.helping import Finder
from scenarios.clock.lead_times import load_lead_times
from scenarios.clock.saving import Search
from scenarios.experiment.experiment import Point, Task
from scenarios.experiment.progress import Progress
from scenarios.experiment.store import Store
from scenarios.files.load import load_with
from scenarios.run.periods import spans

RECORDED = json.loads((Path(__file__).parent / "recorded_clocks.json").read_text(encoding="utf-8"))


@cache
def scenario(name):
    return load_with(RECORDED[name]["scenario"], RECORDED[name]["settings"])


class Clock:
    """A recorded clock, done again."""

    def __init__(self, name, slower, workers):
        self.recorded = RECORDED[name]
        self.count = self.recorded["replications"]
        self.point = Point(name, scenario(name).parameters, 1)
        self.years = {year: span for year, span in spans(self.point.parameters).items() if year.startswith("FY")}
        self.broken = {tuple(event.split(" ")): numbers for event, numbers in self.recorded["broken"].items()}
        targets = chosen_targets(ClockOptions(date(2026, 4, 1)))
        self.events = [(target, year) for target in targets for year in self.years]
        self.replay = Replay(slower, workers)
        self.replay.start(slower * self.recorded["slowness"])
        left = self.replay.left
        self.progress = Progress(done=lambda task: left.done(task.work), more=left.more)
        self.foreseen = Foreseen(self.point, load_lead_times(), self.count, self.progress)
        left.more(
            Task(self.point, 1).work * self.count + self.foreseen.at_first(self.events), self.task(1).work.seconds
        )
        self.before = left.seconds()

    def task(self, number):
        return Task(self.point, number)

    def simulate(self):
        known = []

        def done(place):
            known.append({event: Outcome(place + 1 not in self.broken.get(event, [])) for event in self.events})
            self.foreseen.learn(known, self.events)
            self.progress.done(self.task(place + 1))

        seconds = self.recorded["whole"]
        usual = sorted(seconds)[len(seconds) // 2]
        loading = STARTING + max(seconds[0] - usual, 0.0)
        work = self.task(1).work
        self.replay.share([(work, min(seconds[0], usual)), *((work, one) for one in seconds[1:])], loading, done)

    def search(self, name, monkeypatch):
        recorded, found = iter(self.recorded["searches"]), {}

        def do_missing(jobs, workers, on_done):
            tasks = []
            for job in jobs:
                target, path, orders, number, seconds, places = next(recorded)
                assert (target, number) == (job.target, job.replication)
                asked = [{(order.path, min(len(of), 365)) for order in of} for of in job.tried.values()]
                assert asked == [{(path, orders)}] * len(places)
                found[id(job)] = places
                tasks.append((job.task.work, seconds))
            self.replay.share(tasks, 0.0, lambda place: on_done(jobs[place].task))

        monkeypatch.setattr(helping, "do_missing", do_missing)
        monkeypatch.setattr(Search, "found", lambda job: found[id(job)])
        place = Path("nowhere")
        where = Store(place), place, 1, self.progress, self.foreseen
        Finder(scenario(name), self.point, load_lead_times(), self.years, *where).find(self.broken)
        assert next(recorded, None) is None


@pytest.fixture
def clocked(monkeypatch):
    def again(name, slower, workers):
        clock = Clock(name, slower, workers)
        clock.simulate()
        clock.search(name, monkeypatch)
        return clock

    return again


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("slower", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("name", RECORDED)
def test_within_a_third_from_a_tenth_of_the_way(name, slower, workers, clocked):
    clock = clocked(name, slower, workers)
    assert not beyond(clock.replay, 1 / 3, 10.0 * slower)
    assert clock.replay.left.left.count == 0 and clock.replay.left.seconds() == 0
    assert clock.foreseen.told.seconds == 0


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("name", RECORDED)
def test_what_is_told_before_the_start_is_right_within_a_half(name, workers, clocked):
    clock = clocked(name, 1.0, workers)
    assert clock.replay.now / 1.5 < clock.before < clock.replay.now * 1.5
