"""Whether a run fits into memory and onto the disk; one that cannot is refused in words before it starts.

The work is counted by expectation (``scenarios.run.expected``); what a lot and a call take was measured. Time is
estimated in ``scenarios.experiment.cost``.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import psutil

from scenarios.errors import UserError
from scenarios.experiment.cores import cores
from scenarios.run.expected import Work, expected
from sim.message import Message
from sim.parameters import Parameters, quantities
from sim.parts import VALUES_A_DAY

_BYTES_A_LOT = 700.0
_BYTES_A_CALL = 150.0
_BYTES_AN_ATTEMPT = 100.0
"""Calls of one day at a time, lots as long as they are inside."""
_BYTES_A_VALUE = 8
_SHARE_OF_MEMORY = 0.5
_SHARE_OF_DISK = 0.9
_MOST_LOTS = 50_000
"""A day with more lots would take seconds, a year an hour."""
_MUCH = 0.25
"""What makes this share of all calls is named where they are too many."""


def _kept(parameters: Parameters, replications: int) -> float:
    return float(replications * parameters.days * VALUES_A_DAY * _BYTES_A_VALUE)


def _of_lots(work: Work) -> float:
    return _BYTES_A_LOT * (max(work.lots_inside) + work.lots_on_a_day)


def _of_calls(work: Work) -> float:
    return _BYTES_A_CALL * sum(work.calls_on_a_day.values()) + _BYTES_AN_ATTEMPT * work.attempts_on_a_day


def refuse_too_large(parameters: Parameters, replications: int, folder: Path) -> None:
    """Refuse a run that cannot fit, before its folder is made.

    Raises:
        UserError: naming what is too large.
        OSError: if nothing can be known of the disk.
    """
    kept, memory = _kept(parameters, replications), _memory() * _SHARE_OF_MEMORY
    there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
    disk = shutil.disk_usage(there).free * _SHARE_OF_DISK
    for what, room in ((Message("memory"), memory), (Message("disk"), disk)):
        if kept > room:
            where = Message("{count} replications of {days} days", count=replications, days=parameters.days)
            raise UserError(where, [_too_much(kept, what, room)])
    at_once = min(cores(), replications)
    work = expected(parameters, high=True)
    if mistakes := _too_large(parameters, work, (memory - kept) / at_once):
        raise UserError(Message("too large to simulate"), mistakes)


def _too_large(parameters: Parameters, work: Work, room: float) -> list[Message]:
    """What is too large in a scenario, where each process has so many bytes of memory."""
    found = []
    if work.lots_on_a_day > _MOST_LOTS:
        rule = Message(
            "about {lots:,.0f} lots on a full day of this demand, more than {most:,}: raise lot_size",
            lots=work.lots_on_a_day,
            most=_MOST_LOTS,
        )
        found.append(_set_to("plant.lot_size", parameters.plant.lot_size, rule))
    elif (needed := _of_lots(work)) > room:
        rule = Message(
            "about {lots:,.0f} lots wait in the plant at once and {need}: raise lot_size, or state less work",
            lots=max(work.lots_inside),
            need=_too_much(needed, Message("memory"), room),
        )
        found.append(_set_to("plant.lot_size", parameters.plant.lot_size, rule))
    if (needed := _of_calls(work)) > room:
        need, total = _too_much(needed, Message("memory"), room), sum(work.calls_on_a_day.values())
        for path, calls in work.calls_on_a_day.items():
            if calls > _MUCH * total:
                value = max(quantities(parameters)[path].numbers())
                found.append(_set_to(path, value, _of_these_calls(path, calls, total, need)))
    return found


def _of_these_calls(path: str, calls: float, total: float, need: Message) -> Message:
    if path.endswith("late_callers_share"):
        return Message(
            "makes about {calls:,.0f} of {total:,.0f} first calls on a full day, as more cards wait than the plant can "
            "make, which {need}: state less work",
            calls=calls,
            total=total,
            need=need,
        )
    return Message(
        "makes about {calls:,.0f} of {total:,.0f} first calls on a full day, which {need}",
        calls=calls,
        total=total,
        need=need,
    )


def _set_to(path: str, value: float, rule: Message) -> Message:
    return Message("{path} = {value:,.12g}   {rule}", path=path, value=value, rule=rule)


def _memory() -> float:
    """Bytes that are free: of the machine, of its container, and of what this process may have (``ulimit -v``)."""
    room = float(psutil.virtual_memory().available)
    container = Path("/sys/fs/cgroup/memory.max")
    if container.exists() and (most := container.read_text(encoding="ascii").strip()).isdigit():
        room = min(room, float(most))
    if sys.platform != "win32":
        import resource

        most_here = resource.getrlimit(resource.RLIMIT_AS)[0]
        if most_here != resource.RLIM_INFINITY:
            room = min(room, most_here - psutil.Process().memory_info().vms)
    return max(room, 0.0)


def _too_much(needed: float, what: Message, room: float) -> Message:
    return Message(
        "need about {needed:.1f} GB of {what}, more than the {room:.1f} GB to spare",
        needed=needed / 1e9,
        what=what,
        room=room / 1e9,
    )
