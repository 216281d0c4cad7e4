"""Folders of finished runs: whatever is damaged in one, in place of a file, or in its list is refused in words."""

from __future__ import annotations

import base64
import json
import os
import random
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from mutations.texts import mutated
from mutations.trial import Kind
from scenarios.folder.folder import Folder
from scenarios.folder.question import Question
from scenarios.run.run_folder import RunFolder

_INPUTS = {"scenario.toml": 'title = "x"\nstart = 2026-04-01\n'}
_ANSWER = {"summary.json": '{"a": [1.5, null]}\n', "run.json": '{"replications": 2}\n', "charts/one.svg": "<svg/>\n"}
_OTHER_THINGS = ("gone", "folder", "pipe", "endless", "itself")
"""What may be in place of a file."""


@cache
def _right() -> dict[str, bytes]:
    """The files of a folder as a run leaves it."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "run"
        with RunFolder(path) as folder:
            folder.ask(Question("run", "plan", [1]))
            folder.begin(_INPUTS)
            with folder.answer() as draft:
                (draft.path / "charts").mkdir()
                for name, text in _ANSWER.items():
                    draft.write_text(name, text)
        files = [file for file in path.rglob("*") if file.is_file()]
        return {file.relative_to(path).as_posix(): file.read_bytes() for file in files}


def _make(chance: random.Random) -> bytes:
    """What is done to the folder: nothing."""
    return b"{}"


def _mutate(content: bytes, chance: random.Random) -> bytes:
    done: dict[str, Any] = {}
    for _ in range(chance.choice((0, 1, 1, 1, 2))):
        name = chance.choice([*_right(), ".cardflow/contents.json"])
        other = chance.choice([*_right().values()])
        damaged = chance.choice((mutated(_right()[name], chance), mutated(_right()[name], chance), other))
        there = {"bytes": base64.b64encode(damaged).decode()}
        done[name] = {"thing": chance.choice(_OTHER_THINGS)} if chance.random() < 0.3 else there
    return json.dumps(done).encode()


def _read(path: Path) -> Path:
    """Build the folder and take it as ``cardflow report`` does."""
    folder = path.with_suffix("")
    shutil.rmtree(folder, ignore_errors=True)
    for name, raw in _right().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    for name, done in json.loads(path.read_bytes()).items():
        _put(folder / name, done)
    with Folder(folder, option="") as found:
        found.reopen("run")
    return folder


def _put(path: Path, done: dict[str, str]) -> None:
    path.unlink(missing_ok=True)
    if "bytes" in done:
        path.write_bytes(base64.b64decode(done["bytes"]))
        return
    match done["thing"]:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "endless":
            path.symlink_to("/dev/zero")
        case "itself":
            path.symlink_to(path)


def _again(folder: Path, path: Path) -> str | None:
    """Nothing that was changed is taken for what the run wrote."""
    changed = [name for name in (*_INPUTS, *_ANSWER) if (folder / name).read_bytes() != _right()[name]]
    return f"taken as it was written: {', '.join(changed)}" if changed else None


RUN_FOLDERS = Kind("run-folders", ".json", _make, _read, _mutate, _again)
