"""What each part of the model costs: its share of the time of one replication, and the ratio with it and without.

Shares are of one replication whose functions are timed as they run; what they call in turn is theirs. All is time of
the processor, so that other work on the machine moves it little.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from benchmarks.measure import medians

Work = Callable[[], object]


def parts() -> list[dict[str, Any]]:
    """A line for each part with its share of ``plan-period``; for those that can be turned off one with the ratio."""
    from scenarios.files.load import load
    from scenarios.history import load_history
    from sim.municipalities import ONE
    from sim.replication import replicate

    history = load_history()
    one_pool = replace(history, places=ONE)
    plain, sites, by_load = (
        load(name).parameters for name in ("plan-period", "plan-period+site-risk+ai-answers", "plan-period+load-breaks")
    )

    def whole() -> object:
        return replicate(plain, history, 1, 2)

    whole()
    shares = [{"name": "part", "part": part, **told} for part, told in _shares(whole).items()]
    own, pooled, with_sites, with_load = medians(
        [
            whole,
            lambda: replicate(plain, one_pool, 1, 2),
            lambda: replicate(sites, history, 1, 2),
            lambda: replicate(by_load, history, 1, 2),
        ]
    )
    ratios = {
        "counters_by_municipality": own / pooled,
        "call_sites_and_ai": with_sites / own,
        "load_breaks": with_load / own,
    }
    return [*shares, *({"name": "part_on_off", "part": part, "ratio": ratio} for part, ratio in ratios.items())]


def _shares(work: Work) -> dict[str, dict[str, float]]:
    """Seconds of each part, and its share of all."""
    spent: Counter[str] = Counter()
    with ExitStack() as stack:
        for part, functions in _functions().items():
            for owner, name in functions:
                stack.enter_context(_timed(owner, name, part, spent))
        start = time.process_time()
        work()
        whole = time.process_time() - start
    return {part: {"of_whole": spent[part] / whole, "seconds": spent[part]} for part in _functions()}


@contextmanager
def _timed(owner: object, name: str, part: str, spent: Counter[str]) -> Iterator[None]:
    inner = getattr(owner, name)

    def timed(*args: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return inner(*args, **named)
        finally:
            spent[part] += time.process_time() - start  # type: ignore[assignment]

    with patch.object(owner, name, timed):
        yield


def _functions() -> dict[str, list[tuple[object, str]]]:
    """What each part does, as functions of which none calls another."""
    from sim import simulation
    from sim.contact import centre
    from sim.contact.ai import AiAnswers
    from sim.counters.certificates import Certificates
    from sim.counters.jpki import Jpki
    from sim.notices.notices import Notices
    from sim.services.pins import Pins

    return {
        "counters_by_municipality": [(Certificates, "__init__"), (Certificates, "attempts"), (Certificates, "serve")],
        "jpki_by_quarter_hour": [(Jpki, "__init__"), (Jpki, "serve")],
        "notices": [(Notices, "__init__"), (Notices, "run")],
        "services": [(Pins, "__init__"), (Pins, "open_month"), (simulation, "post_phones"), (simulation, "post_shown")],
        "validation": [(simulation, "post_validation")],
        "call_sites_and_ai": [(centre, "seats_left"), (AiAnswers, "__init__"), (AiAnswers, "leave")],
    }
