"""What takes long is asked about before it begins; what is stored takes no time."""

from datetime import date

import pytest
from no_run_in import without_run_in

from cardflow.console import agree
from reports.faces.progress import progress_bar
from scenarios.experiment.cost import Work
from scenarios.experiment.experiment import Point, Task
from scenarios.experiment.progress import ASK_ABOVE_SECONDS, Expected
from scenarios.experiment.store import Store
from scenarios.files.load import load
from scenarios.history import load_history
from sim.replication import replicate


@pytest.mark.parametrize("quiet", [False, True])
def test_quiet_commands_ask_too_and_what_is_stored_needs_no_time(quiet):
    long, asked = Work(10, 20.0 * ASK_ABOVE_SECONDS), []

    def progress_of(ask):
        return progress_bar("plan", "en", quiet, agree=lambda seconds: agree(seconds, "en", ask))

    with progress_of(lambda words: not asked.append(words)) as progress:
        progress.expect(Expected(long, 2, stored=long))
        assert not asked
        progress.expect(Expected(long, 2))
        assert len(asked) == 1 and "more than 15 minutes" in asked[0]
    with pytest.raises(KeyboardInterrupt), progress_of(lambda _: False) as progress:
        progress.expect(Expected(long, 2))


def test_what_is_stored_is_counted_before_the_start(tmp_path):
    parameters = load("plan-period").with_values({"end": date(2026, 4, 30)}).parameters
    point, store = Point("plan", parameters, 1, chance_only=True), Store(tmp_path)
    store.save(point.digest, 2, replicate(without_run_in(parameters), load_history(), 1, 2, chance_only=True))
    expected = Expected.of([Task(point, number) for number in (1, 2, 3)], store, 2, Work(1, 5.0))
    assert (expected.work.count, expected.stored) == (4, Task(point, 2).work)
