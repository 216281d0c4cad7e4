"""The renewal wave as a record: who comes due in each fiscal year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Year:
    """Persons who come due in a fiscal year."""

    fiscal_year: int
    """which"""
    cards_expiring: int
    """whose card expires"""
    certificates_expiring: int
    """whose certificates expire while the card stays valid"""
    notices_due: int
    """to whom a notice is to be posted"""


@dataclass(frozen=True)
class Wave:
    """What ``wave.json`` holds."""

    FILE: ClassVar[str] = "wave.json"

    scenario: str
    title: str
    version: str
    """of the scenario, and of the program"""
    first: int
    last: int
    """the fiscal years asked for"""
    rows: tuple[Year, ...]
    """an entry a fiscal year, as `--json` prints them"""
