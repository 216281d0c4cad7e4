"""Who is served, by which names, and which page is opened."""

import json
from pathlib import Path

import pytest
from folder_sample import drawn
from shelf_sample import put

from cardflow.commands import serve
from cardflow.serve.alive import note_server
from scenarios.errors import UserError


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org"])
def test_other_computers_are_served_with_a_token_only(host):
    with pytest.raises(UserError, match="--token"):
        serve._refuse_open(host, False)
    serve._refuse_open(host, True)


@pytest.mark.parametrize(("host", "first"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("localhost", "localhost")])
def test_this_computer_needs_none(host, first):
    serve._refuse_open(host, False)
    assert serve._names(host)[0] == first


def test_an_address_is_called_by_itself_and_everywhere_by_all_addresses():
    assert serve._names("192.168.1.5")[0] == "192.168.1.5"
    assert "127.0.0.1" in serve._names("0.0.0.0") and "0.0.0.0" not in serve._names("0.0.0.0")


def test_the_newest_page_below_a_folder_is_opened(tmp_path):
    import os

    for name, when in (("old", 1), ("new", 2)):
        put(tmp_path / name, when)
        drawn(tmp_path / name, {"report.ja.html": name, "report.html": name})
        for file in (tmp_path / name).glob("*.json"):
            os.utime(file, (when * 10**9, when * 10**9))
    assert serve._page_of(tmp_path, "ja") == Path(tmp_path / "new/report.ja.html")
    assert serve._page_of(tmp_path / "old", "en") == Path(tmp_path / "old/report.html")


def test_a_folder_without_a_page_is_told(tmp_path):
    put(tmp_path / "one", 1)
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(UserError, match="no answer with a page"):
            serve._page_of(folder, "en")


def test_a_server_that_is_at_work_is_opened_and_one_that_ended_is_not(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("runs").mkdir()
    opened = []
    monkeypatch.setattr(serve, "_serve", lambda *asked: opened.append("begun"))
    serve._open_shelf(None, opened.append)
    note_server(Path("runs"), "http://127.0.0.1:1234/ja/")
    serve._open_shelf(None, opened.append)
    note = tmp_path / "runs/.cardflow/served.json"
    told = json.loads(note.read_text())
    for changed in ({"born": 1.0}, {"address": "http://elsewhere.example/"}, {"process": "no number"}):
        note.write_text(json.dumps(told | changed))
        serve._open_shelf(None, opened.append)
    assert opened == ["begun", "http://127.0.0.1:1234/ja/", "begun", "begun", "begun"]
