# mypy: disable-error-code="untyped-decorator,misc"
"""The queue of ``benchmarks.peers`` as a model of Cimba; importing it needs Cimba."""

import cimba
from cimba import inputs

from benchmarks.peers import HANDLE, RATE


class Queue(cimba.Model):
    """One agent, first come, first served."""

    interarrival: cimba.Input[float] = inputs.dist.exponential(mean=1 / RATE)
    handle: cimba.Input[float] = inputs.dist.exponential(mean=HANDLE)
    line: cimba.Container
    mean_line: cimba.Output[float]

    @cimba.process
    def arrivals(self) -> None:
        """Callers join the line."""
        while True:
            cimba.hold(self.interarrival.next())
            self.line.put(1)

    @cimba.process
    def agent(self) -> None:
        """Takes who is next."""
        while True:
            self.line.get(1)
            cimba.hold(self.handle.next())

    @cimba.on_end
    def measure(self) -> None:
        """Who stood in line on average."""
        self.mean_line = self.line.mean_level()


def lines(seed: int, minutes: float, replications: int) -> list[float]:
    """The mean line of each replication, by Little's law the mean wait times the rate."""
    model = Queue()
    window = cimba.Window(warmup=minutes / 10, duration=minutes)
    told = cimba.Experiment(model, replications=replications, window=window, seed=seed).run()
    return [float(line) for line in told[model].mean_line.values.ravel()]
