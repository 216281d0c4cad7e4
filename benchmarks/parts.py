"""What each part of the model costs: its share of the time of one replication, and the ratio with it and without.

Shares are of one replication whose functions are timed as they run; what they call in turn is theirs. A part inside
another is named with it (``of_these``): its share is in that of the other too. Card classes are no function: of them
there is the ratio alone. All is time of the processor, so that other work on the machine moves it little.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from benchmarks.measure import medians, timed

Work = Callable[[], object]
Functions: TypeAlias = dict[str, list[tuple[object, str]]]
OFF: dict[str, dict[str, object]] = {
    "weekends": {"counters.weekend_wish": 0},
    "post_offices": {"services.post_offices.slots_each": 0},
    "pins": {"services.pins.signing_locked_share": 0, "services.pins.user_locked_share": 0},
    "card_classes": {"demand.residence_card_share": 0, "demand.readings_share": 0, "demand.abroad_per_year": 0},
}
"""How parts are turned off that ``plan-period`` has."""


def parts() -> list[dict[str, Any]]:
    """A line for each part with its share of ``plan-period``; for those that can be turned off one with the ratio."""
    from scenarios.files.load import load
    from scenarios.history import load_history
    from sim.municipalities import ONE
    from sim.replication import replicate

    history = load_history()
    one_pool = replace(history, places=ONE)
    joined = "", "+site-risk+ai-answers", "+load-breaks", "+earthquake+drills"
    plain, sites, by_load, struck = (load(f"plan-period{parts}").parameters for parts in joined)

    def whole() -> object:
        return replicate(plain, history, 1, 2)

    whole()
    shares = [{"name": "part", "part": part, **told} for part, told in shares_of(whole).items()]
    without = {part: load("plan-period").with_values(values).parameters for part, values in OFF.items()}
    own, pooled, with_sites, with_load, shaken, *less = medians(
        [
            whole,
            lambda: replicate(plain, one_pool, 1, 2),
            *(partial(replicate, each, history, 1, 2) for each in (sites, by_load, struck, *without.values())),
        ]
    )
    ratios = {
        "counters_by_municipality": own / pooled,
        "call_sites_and_ai": with_sites / own,
        "load_breaks": with_load / own,
        "disruptions": shaken / own,
        **{part: own / off for part, off in zip(without, less, strict=True)},
    }
    return [*shares, *({"name": "part_on_off", "part": part, "ratio": ratio} for part, ratio in ratios.items())]


def shares_of(work: Work) -> dict[str, dict[str, Any]]:
    """Seconds of each part, its share of all, and the part that it is one of, where it is."""
    spent: Counter[str] = Counter()
    inner = {part: functions for outer in _inside().values() for part, functions in outer.items()}
    of_these = {part: {"of_these": outer} for outer, parts in _inside().items() for part in parts}
    with ExitStack() as stack:
        for part, functions in (*_functions().items(), *inner.items()):
            for owner, name in functions:
                stack.enter_context(timed(owner, name, part, spent))
        start = time.process_time()
        work()
        whole = time.process_time() - start
    return {
        part: {"of_whole": spent[part] / whole, "seconds": spent[part], **of_these.get(part, {})}
        for part in (*_functions(), *inner)
    }


def _functions() -> Functions:
    """What each part does, as functions of which none calls another."""
    from sim import simulation
    from sim.contact import centre
    from sim.contact.ai import AiAnswers
    from sim.counters.certificates import Certificates
    from sim.counters.jpki import Jpki
    from sim.counters.licences import Licences
    from sim.counters.settings import Settings
    from sim.notices.notices import Notices
    from sim.people.next_card import NextCards
    from sim.plant.blanks import Blanks
    from sim.plant.cut_over import CutOver
    from sim.services.pins import Pins
    from sim.systems.outages import Outages

    return {
        "counters_by_municipality": [(Certificates, "__init__"), (Certificates, "attempts"), (Certificates, "serve")],
        "settings": [(Settings, "__init__"), (Settings, "run")],
        "licences": [(Licences, "__init__"), (Licences, "hand_over")],
        "jpki_by_quarter_hour": [(Jpki, "__init__"), (Jpki, "serve")],
        "notices": [(Notices, "__init__"), (Notices, "run")],
        "next_card": [(NextCards, "__init__"), (NextCards, "exchanges"), (CutOver, "__init__")],
        "blank_cards": [(Blanks, "__init__"), (Blanks, "start_day"), (Blanks, "take"), (Blanks, "close_day")],
        "pins": [(Pins, "__init__"), (Pins, "open_month")],
        "phones": [(simulation, "post_phones")],
        "post_offices": [(simulation, "post_post_offices")],
        "loads_shown": [(simulation, "post_shown")],
        "outages_and_disruptions": [(Outages, "__init__")],
        "validation": [(simulation, "post_validation")],
        "call_sites_and_ai": [(centre, "seats_left"), (AiAnswers, "__init__"), (AiAnswers, "leave")],
    }


def _inside() -> dict[str, Functions]:
    """Parts that work inside one of the others."""
    from sim.counters.post_offices import PostOffices
    from sim.counters.weekends import Weekends

    return {
        "counters_by_municipality": {
            "weekends": [(Weekends, "__init__"), (Weekends, "run")],
            "slots_of_post_offices": [(PostOffices, "__init__"), (PostOffices, "slots")],
        },
    }
