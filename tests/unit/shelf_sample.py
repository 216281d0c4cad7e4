"""Answers on a shelf, without anything simulated."""

import json
from datetime import date
from functools import cache
from pathlib import Path

from folder_sample import question
from test_reports_folder import RUN, summary

from scenarios.run.run_folder import RunFolder

DAYS = {"first_day": "2026-04-01", "last_day": "2027-03-31", "first_simulated_day": "2025-04-01"}


@cache
def told() -> str:
    return json.dumps(summary(date(2026, 4, 1), date(2027, 3, 31)))


def put(path: Path, asked: object = 1, **run: object) -> Path:
    """Have a run answered in a folder."""
    with RunFolder(path) as folder:
        folder.ask(question(asked))
        folder.begin({"scenario.toml": "title = 1\n"})
        with folder.answer() as draft:
            draft.write_text("run.json", json.dumps(RUN | DAYS | run))
            draft.write_text("summary.json", told())
    return path
