"""The commented file of lead times that a planner edits: the assumed months, with what each line means."""

from __future__ import annotations

from collections.abc import Iterator

from reports.catalogue import Catalogue
from scenarios.clocking.lead_times import LeadTime, LeadTimes
from scenarios.scenario_file import written


def template(cat: Catalogue, known: LeadTimes) -> str:
    """The file's text in the catalogue's language; every value is as in ``known``."""
    month, day = known.request_due
    lines = _comment(cat.text("clock.template.head"))
    lines += [f"#   {name:<20}{cat.text(f'clock.template.{name}')}" for name in ("request_due", *LeadTime.model_fields)]
    lines += ["", f'request_due = "{month:02}-{day:02}"']
    for path, entry in known.entries.items():
        lines += ["", *_comment(cat.name("prices.item", path)), f"[{path}]", *_fields(cat, path, entry)]
    return "\n".join(lines) + "\n"


def _fields(cat: Catalogue, path: str, entry: LeadTime) -> Iterator[str]:
    told = entry.model_dump() | {"why": cat.text(f"clock.lead_why.{path}")}
    return (f"{name} = {written(value)}" for name, value in told.items())


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in text.splitlines()]
