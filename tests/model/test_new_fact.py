"""A new fact is a line of its part's declaration and the line that posts it: all else follows.

Its Japanese stands in ``ja.toml``: three files.
"""

import subprocess
import sys
from pathlib import Path

TRIAL = '''
"""Cards dispatched by size of municipality, as a planner would add them: declared and posted, nothing else."""
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from sim.declared import Axis, Fact
from sim.plant import facts

SIZES = Axis("size_class", ("small", "large"))
by_size = Fact("dispatched_by_size", "cards", "dispatched, by size", axis=SIZES)
plain = Fact("lots_looked_at", "lots", "looked at")
facts.PLANT = replace(facts.PLANT, facts=(*facts.PLANT.facts, by_size, plain))

from sim.plant.plant import Plant

work = Plant.run


def run(self, day):
    sent = work(self, day)
    cards = sum(each.cards for each in sent)
    self._journal.post("lots_looked_at", day, len(sent))
    self._journal.post_along("dispatched_by_size", slice(day, day + 1), np.array([[cards // 3, cards - cards // 3]]))
    return sent


Plant.run = run

from scenarios.experiment.store import Store
from scenarios.files.load import load
from scenarios.folder.draft import Draft
from scenarios.history import load_history
from scenarios.run.run_folder import write_tables
from sim.replication import replicate, rerun, whole

tmp = Path(sys.argv[1])
parameters = load("baseline-fy2025").with_values({"end": date(2025, 4, 30)}).parameters
short = parameters.model_copy(update={"opening": parameters.opening.model_copy(update={"run_in_months": 0})})
known = whole(short, load_history(), 1, 1)
assert known.facts["dispatched_by_size"].sum() > 0 and known.facts["lots_looked_at"].sum() > 0
again = rerun({"resident"}, known, short, load_history(), 1, 1)
for one, other in ((known.facts, again.facts), (known.along, again.along)):
    assert one.keys() == other.keys() and all((one[name] == other[name]).all() for name in one)
store = Store(tmp / "replications")
store.save("abc", 1, known)
assert store.has("abc", 1)
assert (store.load("abc", 1).along["dispatched_by_size"] == known.along["dispatched_by_size"]).all()
cut = replace(known, along={name: table[:3] for name, table in known.along.items()})
store.save("abc", 2, cut)
assert not store.has("abc", 2)
write_tables(Draft(tmp), [known, again], short)
daily, by_place = pq.read_table(tmp / "daily.parquet"), pq.read_table(tmp / "daily_by_size_class.parquet")
assert {"dispatched_by_size", "lots_looked_at"} <= set(daily.column_names)
assert by_place.num_rows == 2 * daily.num_rows
assert sum(by_place["dispatched_by_size"].to_pylist()) == sum(daily["dispatched_by_size"].to_pylist())
'''


def test_a_fact_that_is_declared_and_posted_reaches_results_reruns_the_store_and_the_tables(tmp_path: Path) -> None:
    script = tmp_path / "trial.py"
    script.write_text(TRIAL, encoding="utf-8")
    done = subprocess.run([sys.executable, script, tmp_path], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
