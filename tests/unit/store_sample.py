"""A replication without anything in it."""

import numpy as np

from sim.parameters import Parameters
from sim.parts import FACTS
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result


def result(parameters: Parameters) -> Result:
    days = (parameters.end - parameters.start).days + 1
    facts = {name: np.zeros(days, dtype=np.int64) for name in FACTS}
    return Result(facts, np.zeros((0, len(LEAD_TIME_COLUMNS)), int), np.zeros((0, len(LEDGER_COLUMNS)), int))
