"""Folders as commands leave them, without anything simulated."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenarios.folder.folder import Folder
from scenarios.folder.question import Question
from scenarios.run.run_folder import RunFolder

ANSWER = {"summary.json": '{"a": 1}\n', "run.json": '{"b": 2}\n', "charts/one.svg": "<svg/>\n"}


def question(asked: object = 1, kind: str = "run") -> Question:
    return Question(kind, "plan", [asked])


def taken(folder: Folder, asked: object = 1, kind: str = "run") -> bool:
    """Have a folder taken, as a command does before it simulates."""
    folder.ask(question(asked, kind))
    folder.begin({})
    return True


def fill(
    folder: Folder,
    answer: Mapping[str, str] = ANSWER,
    asked: object = 1,
    inputs: str = "title = 1\n",
    kind: str = "run",
) -> None:
    """Answer a question in a folder."""
    folder.ask(question(asked, kind))
    folder.begin({"scenario.toml": inputs})
    with folder.answer() as draft:
        for name, text in answer.items():
            (draft.path / name).parent.mkdir(exist_ok=True)
            draft.write_text(name, text)


def filled(path: Path, answer: Mapping[str, str] = ANSWER, *asked: Any, **how: Any) -> Path:
    """The same for a path; nobody is at work in it afterwards."""
    with RunFolder(path) as folder:
        fill(folder, answer, *asked, **how)
    return path


def drawn(path: Path, page: Mapping[str, str], kind: str = "run") -> None:
    """Draw pages of an answer that is there."""
    with Folder(path, option="") as folder:
        folder.reopen(kind)
        with folder.page("charts/") as draft:
            for name, text in page.items():
                (draft / name).parent.mkdir(exist_ok=True)
                (draft / name).write_text(text, encoding="utf-8")


def tree(path: Path, ours: bool = False) -> dict[str, bytes]:
    """Every file of a folder with its content; without what is only for the program, unless ``ours``."""
    found = {file.relative_to(path).as_posix(): file for file in path.rglob("*") if file.is_file()}
    return {name: file.read_bytes() for name, file in found.items() if ours or not name.startswith(".cardflow/")}
