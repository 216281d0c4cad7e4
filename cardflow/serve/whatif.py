"""The question of a run, as a form and an address hold it: a scenario, parts, values, values from dates on, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlencode

from cardflow.serve.own_scenarios import OwnScenarios
from cardflow.serve.pages import Form, count, one
from cardflow.serve.questions import LARGEST_SEED, MOST_REPLICATIONS
from reports.levers import Lever, levers
from scenarios.errors import Together, UserError
from scenarios.files.changes import flat
from scenarios.files.dated import read_steps, with_steps
from scenarios.files.find import LIBRARY
from scenarios.files.load import Scenario, load
from scenarios.files.scenario_file import written
from scenarios.files.settings import parse_setting, read_settings

_SET, _FROM, _THEN = "set:", "from:", "then:"
"""How the names of fields begin that set values, or dates and values from them on; the path of the value follows."""
_USUAL = {"replications": "20", "seed": "1"}
DEFAULT = "renewal-wave"
Stamps: TypeAlias = tuple[tuple[int, int], ...]
"""Of each file, what it was as it was read."""


@dataclass(frozen=True)
class Question:
    """What is asked. ``names`` is what is loaded, the scenario first; texts are as they were typed."""

    names: tuple[str, ...]
    scenario: str
    parts: tuple[str, ...]
    typed: Mapping[str, str]
    dated: Mapping[str, tuple[tuple[str, str], ...]]
    """By path dates and values from them on."""
    word: str
    replications: str
    seed: str

    @classmethod
    def of(cls, form: Form, own: OwnScenarios) -> Question:
        """That of a form or an address.

        Raises:
            LookupError: where its scenario or a part of it is none of ours.
            UserError: where it says twice what can be said once.
        """
        scenario, parts = one(form, "scenario") or DEFAULT, tuple(form.get("part", []))
        days, then = _of_prefix(_FROM, form), _of_prefix(_THEN, form)
        dated = {
            path: tuple(zip_longest(days.get(path, ()), then.get(path, ()), fillvalue=""))
            for path in dict.fromkeys((*days, *then))
        }
        return cls(
            names=tuple(own.named(name) for name in (scenario, *parts)),
            scenario=scenario,
            parts=parts,
            typed={path: one(form, _SET + path) for path in _of_prefix(_SET, form)},
            dated={path: kept for path, pairs in dated.items() if (kept := tuple(filter(any, pairs)))},
            word=one(form, "word")[:200],
            **{name: one(form, name) or usual for name, usual in _USUAL.items()},
        )

    @property
    def joined(self) -> str:
        """Scenario and parts as one name."""
        return "+".join((self.scenario, *self.parts))

    @property
    def changed(self) -> list[str]:
        """Paths of the values that it sets, those that the scenario does not know left out: no form shows them."""
        return [path for path in self._said if path in flat(self.base.parameters)]

    @property
    def _said(self) -> list[str]:
        """Paths of all that is said, known or not."""
        return list(dict.fromkeys([*(path for path, text in self.typed.items() if text.strip()), *self.dated]))

    @property
    def query(self) -> str:
        """The question as the part of an address behind its question mark: all that is not as usual."""
        said: list[tuple[str, str]] = [("scenario", self.scenario), *(("part", part) for part in self.parts)]
        said += [(_SET + path, text.strip()) for path, text in self.typed.items() if text.strip()]
        for path, pairs in self.dated.items():
            said += [pair for day, value in pairs for pair in ((_FROM + path, day), (_THEN + path, value))]
        how = (("replications", self.replications), ("seed", self.seed))
        return urlencode([*said, *(pair for pair in how if pair[1] != _USUAL[pair[0]])])

    @cached_property
    def base(self) -> Scenario:
        """The scenario with its parts, nothing changed; raises UserError."""
        return _loaded(self.names, self._stamps)

    def levers(self, lang: str) -> Mapping[str, Lever]:
        """All that can be changed, by path, in a language."""
        return _levers(self.names, self._stamps, lang)

    @property
    def _stamps(self) -> Stamps:
        return tuple(map(_stamp, self.names))

    @property
    def settings(self) -> tuple[str, ...]:
        """As on the command line, which refuses unknown paths; raises UserError for dates that are none."""
        found, wrong = [], Together("--set")
        for path in self._said:
            with wrong.noted():
                found.append(f"{path.strip()}={self._value(path)}")
        wrong.refuse()
        return tuple(found)

    def _value(self, path: str) -> str:
        """One number, or dated steps where there are dates: up to the first of them what is typed, or as it is."""
        typed = self.typed.get(path, "").strip()
        steps = read_steps(path, self.dated.get(path, ()))
        if not steps:
            return typed
        before = parse_setting(f"{path}={typed}")[1] if typed else flat(self.base.parameters).get(path, "")
        return written(with_steps(before, steps))

    def asked(self) -> Scenario:
        """The scenario with all that is changed; raises UserError with all that is wrong."""
        values, wrong = read_settings(self.settings)
        if wrong:
            raise UserError("--set", wrong)
        return self.base.with_values(values)

    def how(self) -> tuple[int, int]:
        """Replications and seed; raises UserError."""
        return (
            count("replications", self.replications, MOST_REPLICATIONS),
            count("seed", self.seed, LARGEST_SEED),
        )


def _of_prefix(prefix: str, form: Form) -> Form:
    return {name.removeprefix(prefix): values for name, values in form.items() if name.startswith(prefix)}


def _stamp(name: str) -> tuple[int, int]:
    """Tells a file from what it was before; nothing of a scenario of the library."""
    try:
        known = Path(name).stat()
    except OSError:
        return 0, 0
    return known.st_mtime_ns, known.st_size


@lru_cache(maxsize=64)
def _loaded(names: tuple[str, ...], stamps: Stamps) -> Scenario:
    return load("+".join(names), LIBRARY)


@lru_cache(maxsize=64)
def _levers(names: tuple[str, ...], stamps: Stamps, lang: str) -> Mapping[str, Lever]:
    return {lever.path: lever for lever in levers(_loaded(names, stamps), lang)}
