"""Steps of a search are kept: found again, and computed again where the file is not as it was written."""

import os

import pytest

from calibration.cache import Kept
from scenarios.errors import UserError
from scenarios.experiment.sealed import keep, kept
from scenarios.experiment.store import Store
from scenarios.run.run_folder import RunFolder
from scenarios.size.search import Kept as Least


def test_a_value_is_computed_once(tmp_path):
    memory, asked = Kept(tmp_path, "context"), []
    for _ in range(2):
        assert memory.get("key", lambda: asked.append(1) or {"a": [1, 2.5, None]}) == {"a": [1, 2.5, None]}
    assert Kept(tmp_path, "other").get("key", lambda: 3) == 3
    assert asked == [1] and len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"a": 2}\n', b"\xff\xfe", b"[" * 100_000, b"9" * 5000, None], ids=lambda c: str(c)[:10]
)
def test_what_is_not_as_it_was_written_is_computed_again(tmp_path, content):
    path = tmp_path / "a.json"
    keep(path, {"a": 1})
    whole = path.read_bytes()
    assert kept(path) == {"a": 1}
    path.write_bytes(whole.replace(b"1}", b"2}") if content is None else content)
    told = []
    with pytest.raises(LookupError):
        kept(path, told.append)
    assert told == ["a.json is damaged or foreign: worked out again"]
    with pytest.raises(LookupError):
        kept(path.with_name("none.json"), told.append)
    assert len(told) == 1
    path.with_name("b.json").write_bytes(whole)
    with pytest.raises(LookupError):
        kept(path.with_name("b.json"))


def test_a_fit_says_what_it_computes_again(tmp_path):
    told = []
    memory = Kept(tmp_path, "context", told.append)
    assert memory.get("key", lambda: 3) == memory.get("key", lambda: 4) == 3 and not told
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes().replace(b"3", b"4"))
    assert memory.get("key", lambda: 5) == memory.get("key", lambda: 6) == 5
    assert told == [f"{file.name} is damaged or foreign: worked out again"]


def test_a_sizing_says_what_it_searches_again(tmp_path):
    told = []
    search = Least(tmp_path, ["what", 1], Store(tmp_path, told.append))
    assert search.known(1) is None and not told
    keep(search.file(1), {"FY2026": 3})
    assert search.known(1) == {"FY2026": 3} and not told
    search.file(2).write_bytes(search.file(1).read_bytes())
    assert search.known(2) is None
    assert told == [f"{search.digest}-0002.json is damaged or foreign: worked out again"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_was_found_proves_itself_in_a_folder_that_lost_its_list(tmp_path):
    """As where a folder is deleted under a command: the next one goes on."""
    keep(tmp_path / "run" / "kept" / "margin-1.json", 1.5)
    with RunFolder(tmp_path / "run") as runs:
        runs.look()
    (tmp_path / "run" / "kept" / "margin-2.json").write_text("1.5\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"kept/margin-2.json"), RunFolder(tmp_path / "run") as runs:
        runs.look()


def test_neither_pipes_nor_folders_are_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder", "none"):
        with pytest.raises(LookupError):
            kept(tmp_path / name)
