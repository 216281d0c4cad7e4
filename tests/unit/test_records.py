"""Records as JSON and back: what has no key, what stands among others, and every answer of the samples."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import json_sample
import pytest

from scenarios.records import AMONG, WHERE_ANY, Gathering, as_json, from_json


@dataclass(frozen=True)
class Few:
    few: int


@dataclass(frozen=True)
class Many:
    many: tuple[int, ...]


@dataclass(frozen=True)
class Told(Gathering):
    first: int
    more: Mapping[str, float] = field(metadata=AMONG)
    last: str
    seldom: int | None = field(default=None, metadata=WHERE_ANY)


@dataclass(frozen=True)
class Found(Gathering):
    name: str
    found: Few | Many = field(metadata=AMONG)


@pytest.mark.parametrize(
    ("record", "content"),
    [
        (Told(1, {"b.c": 2.0, "a.b": 3.5}, "z"), {"first": 1, "b.c": 2.0, "a.b": 3.5, "last": "z"}),
        (Told(1, {}, "z", 4), {"first": 1, "last": "z", "seldom": 4}),
        (Found("x", Few(1)), {"name": "x", "few": 1}),
        (Found("x", Many((1, 2))), {"name": "x", "many": [1, 2]}),
    ],
)
def test_keys_of_a_field_stand_among_those_of_its_record(record, content):
    told = as_json(record)
    assert told == content and list(told) == list(content)
    assert from_json(type(record), content) == record


def test_what_is_none_of_a_record_is_refused():
    with pytest.raises(ValueError, match="found"):
        from_json(Found, {"name": "x", "other": 1})


@pytest.mark.parametrize("name", json_sample.ANSWERS)
def test_every_answer_comes_back_as_it_was(name, tmp_path):
    record = json_sample.ANSWERS[name](tmp_path / "run")
    content = as_json(record)
    assert as_json(from_json(type(record), content)) == content
