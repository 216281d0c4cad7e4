"""Where scenarios are found: beside a file or in a folder first, then in the library that comes with the program."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from importlib import resources
from itertools import islice
from pathlib import Path

from scenarios.errors import UserError, nearest
from scenarios.limits import shown, shown_name
from sim.message import NOTHING, Message

LIBRARY = Path(str(resources.files("scenarios"))) / "library"
_LONGEST = 100
_MOST = 1000
"""Files of a folder that are looked at for a name nearly right."""


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
    hint = nearest(name, [*_beside(name, folder), *known]) if len(name) <= _LONGEST else NOTHING
    told = {"name": shown(name), "hint": hint}
    raise UserError(whole, [Message("no scenario {name}: no such file, and not in the library{hint}", **told)])


def _file(name: str, folder: Path) -> Path | None:
    try:
        candidates = (folder / name, folder / f"{name}.toml", *_spelled_alike(name, folder))
        return next((path.resolve() for path in candidates if path.is_file()), None)
    except (OSError, ValueError):
        return None


def _spelled_alike(name: str, folder: Path) -> Iterator[Path]:
    """Files of the same name whose letters are stored in parts, as some systems do with が; tried last."""
    wanted = unicodedata.normalize("NFC", name.removesuffix(".toml"))
    if not wanted.isascii():
        own = _beside(name, folder)
        yield from (folder / f"{stem}.toml" for stem in own if unicodedata.normalize("NFC", stem) == wanted)


def _beside(name: str, folder: Path) -> list[str]:
    """Names of the scenario files in the folder that a name is in, as they would be written."""
    inside = name.rpartition("/")[0]
    try:
        found = islice((folder / inside).glob("*.toml"), _MOST)
        return sorted(f"{inside}/{path.stem}" if inside else path.stem for path in found)
    except (OSError, ValueError):
        return []


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
