"""Where scenarios are found: beside a file or in a folder first, then in the library that comes with the program."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from scenarios.errors import UserError, nearest
from scenarios.limits import shown, shown_name
from sim.message import NOTHING, Message

LIBRARY = Path(str(resources.files("scenarios"))) / "library"
_LONGEST = 100


def library() -> dict[str, Path]:
    """The scenarios that come with the program, by name."""
    return {path.stem: path for path in sorted(LIBRARY.glob("*.toml"))}


def split(name: str, folder: Path) -> list[str]:
    """Split at each ``+``, but for those in the path of a file."""
    pieces, parts = name.split("+"), []
    while pieces:
        sizes = range(len(pieces), 1, -1)
        size = next((n for n in sizes if _file("+".join(pieces[:n]).strip(), folder)), 1)
        parts.append("+".join(pieces[:size]).strip())
        pieces = pieces[size:]
    return parts


def find(name: str, folder: Path, whole: str) -> Path:
    """The file of a scenario; raises UserError about ``whole`` if there is none."""
    if file := _file(name, folder):
        return file
    known = library()
    if name in known:
        return known[name]
    if _is_folder(folder / name):
        raise UserError(whole, [Message("{name} is a folder: name a scenario file in it", name=shown_name(name))])
    if _exists(folder / name):
        raise UserError(whole, [Message("{name} is a device or a pipe, not an ordinary file", name=shown_name(name))])
    told = {"name": shown(name), "hint": nearest(name, known) if len(name) <= _LONGEST else NOTHING}
    raise UserError(whole, [Message("no scenario {name}: no such file, and not in the library{hint}", **told)])


def _file(name: str, folder: Path) -> Path | None:
    try:
        candidates = (folder / name, folder / f"{name}.toml")
        return next((path.resolve() for path in candidates if path.is_file()), None)
    except OSError:
        return None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
