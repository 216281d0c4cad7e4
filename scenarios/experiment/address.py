"""Where a cluster may be: jobs are programs, and who can send or change one rules the worker that does it."""

from __future__ import annotations

import re
from ipaddress import ip_address

from sim.message import Message

_ADDRESS = re.compile(r"(?P<kind>tcp|tls)://(?P<host>\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z.-]+):(?P<port>\d{1,5})")


def refusal(address: str) -> Message | None:
    """Why nobody is to be talked to at an address; None where that is safe."""
    read = _ADDRESS.fullmatch(address)
    if read is None:
        return Message("must be tls://HOST:PORT, or tcp://HOST:PORT on this machine")
    if read["kind"] == "tcp" and not _is_here(read["host"].strip("[]")):
        return Message("must begin with tls:// where it is not on this machine: who can send jobs rules the workers")
    return None


def _is_here(host: str) -> bool:
    """Whether a host is this machine, by its loopback address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
