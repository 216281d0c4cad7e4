"""Scenario files that lie in the served folder itself. The page knows them by a key: no path comes from a browser."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cardflow.serve.pages import key_of
from scenarios.files.find import library

_OWN = "own-"
"""How their names begin on the page; a key follows."""
_MOST = 200


@dataclass(frozen=True)
class OwnScenarios:
    """Those of a folder."""

    folder: Path

    def all(self) -> dict[str, Path]:
        """Ordinary files ``*.toml`` by key, in the order of their names."""
        try:
            found = sorted(path for path in self.folder.glob("*.toml") if path.is_file() and not path.is_symlink())
        except OSError:
            return {}
        return {_OWN + key_of(path.name): path.absolute() for path in found[:_MOST]}

    def named(self, name: str) -> str:
        """What a scenario of the library or of the folder is loaded by; raises LookupError for any other name."""
        return name if name in library() else str(self.all()[name])

    def loaded(self, joined: str) -> str:
        """What joined scenarios and parts are loaded by; a name that is none of ours stays as it is."""
        known = {key: str(path) for key, path in self.all().items()}
        return "+".join(known.get(name, name) for name in joined.split("+"))

    def called(self, joined: str) -> str:
        """What they are called: files by their names in the folder."""
        known = {key: path.name for key, path in self.all().items()}
        return "+".join(known.get(name, name) for name in joined.split("+"))
