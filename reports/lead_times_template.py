"""The lead times that a planner edits, as commented text or as a workbook: the assumed ones, with what each means."""

from __future__ import annotations

from typing import Any

from reports.catalogue import Catalogue
from reports.entries_workbook import Contents, workbook
from reports.price_texts import meaning
from scenarios.clock.lead_times import LeadTimes
from scenarios.entries.layout import LEAD_TIMES
from scenarios.files.scenario_file import written

FIELDS = tuple(heading.name for heading in LEAD_TIMES.fields)
"""The fields of a lead time in the order in which the file explains and writes them."""


def template(cat: Catalogue, lead_times: LeadTimes) -> str:
    """The file's text in the catalogue's language; every value is as in ``lead_times``."""
    lines = [f"# {line}".rstrip() for line in cat.text("lead_file.head").splitlines()]
    lines += ["#", *(f"#   {name:<19} {cat.text(f'lead_file.field.{name}')}" for name in FIELDS), ""]
    lines += [f"# {cat.text('lead_file.due')}", f"request_due = {written(_due(lead_times))}"]
    for name, fields in _entries(cat, lead_times).items():
        told = (f"{field} = {written(value)}" for field, value in fields.items())
        lines += ["", f"# {meaning(cat, name)}", f"[{name}]", *told]
    return "\n".join(lines) + "\n"


def book(cat: Catalogue, lead_times: LeadTimes) -> bytes:
    """The same as a workbook."""
    contents = Contents(
        title=cat.text("lead_file.title"),
        guide=[*cat.text("lead_file.book").splitlines(), cat.text("lead_file.due")],
        fields={name: cat.text(f"lead_file.field.{name}") for name in FIELDS},
        own={"request_due": _due(lead_times)},
        entries=_entries(cat, lead_times),
        meanings={name: meaning(cat, name) for name in lead_times.entries},
    )
    return workbook(cat, LEAD_TIMES, contents)


def _due(lead_times: LeadTimes) -> str:
    month, day = lead_times.request_due
    return f"{month:02}-{day:02}"


def _entries(cat: Catalogue, lead_times: LeadTimes) -> dict[str, dict[str, Any]]:
    """Fields by resource, with the reasons of the assumed lead times in the catalogue's language."""
    return {
        name: {**entry.model_dump(), "why": cat.texts.get(f"clock.lead_why.{name}", entry.why)}
        for name, entry in lead_times.entries.items()
    }
