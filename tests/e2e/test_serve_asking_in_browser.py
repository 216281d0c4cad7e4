"""Questions, a queue and own figures in a browser: nothing is lost on reload, in a second window, with the server."""

import json
import shutil
from contextlib import suppress
from datetime import date

import browser
import psutil
import pytest
import workbook_sample
from test_page_in_browser import violations
from test_serve_in_browser import click, paused, says, served

from cardflow.serve.jobs import Jobs
from reports import catalogue
from reports.actuals_template import template

pytestmark = pytest.mark.skipif(browser.PROGRAM is None, reason="no Chromium is installed")
BAD = {"月次!B1": date(2025, 6, 30), "月次!B7": 1_234_567, "月次!B8": "many"}


def on(window):
    """On to the next page of a question."""
    click(window, "form button.main")


def shows(window, text):
    """Wait until the page says something, which may be another page by then."""
    window.until(f"document.body?.innerText.includes({text!r})")


def test_a_guided_question_waits_behind_a_run_and_outlives_page_and_server(window, home):
    with served(home) as first:
        window.open(f"{first}new", 1280)
        on(window)
        shows(window, "at work for")
        running = window.ask("location.pathname")
        with paused(home):
            window.open(f"{first}ask", 360)
            assert violations(window) == []
            click(window, "a[href='/en/ask/size']")
            on(window)
            window.ask("document.querySelector('[value=calls-95]').click()")
            for _ in range(3):
                on(window)
            window.ask("document.querySelector('[value=\"contact.resident.seats\"]').click()")
            on(window)
            assert violations(window) == [] and window.ask("document.documentElement.scrollWidth <= innerWidth")
            on(window)
            assert says(window, "seats of the resident call centre") and "resources=" in window.ask("location.search")
            on(window)
            assert says(window, "waiting, place 1")
            waiting = window.ask("location.pathname")
            window.ask("location.reload()")
            shows(window, "waiting, place 1")
    with served(home) as first:
        window.open(first, 360)
        assert says(window, "at work for") and says(window, "waiting, place 1")
        click(window, f"a[href='{running}']")
        click(window, "form[action$=stop] button")
        window.open(first.replace("/en/", waiting), 1280)
        shows(window, "at work for")  # which our script finds out
        job = Jobs(home / "runs").find(waiting.rpartition("/")[2])
        shutil.rmtree(job.folder, ignore_errors=True)
        shows(window, "There is no such page")
        with suppress(psutil.NoSuchProcess):  # it finds that out too
            psutil.Process(job.asked.process).kill()
        assert not [each for each in window.complaints if "Content Security" in str(each)]


def test_figures_are_handed_in_and_mistakes_stand_at_their_cells(window, home):
    workbook_sample.filled(home / "own.xlsx", BAD, book=template(catalogue.load("ja")))
    with served(home, "ja") as first:
        window.open(f"{first}figures", 360)
        for cells, told in (({}, "月次!B8"), ({"月次!B8": 1_111_111}, "問題なく読み取れました")):
            workbook_sample.filled(home / "own.xlsx", {**BAD, **cells}, book=template(catalogue.load("ja")))
            root = window.call("DOM.getDocument")["root"]["nodeId"]
            node = window.call("DOM.querySelector", nodeId=root, selector="#file")["nodeId"]
            window.call("DOM.setFileInputFiles", nodeId=node, files=[str(home / "own.xlsx")])
            on(window)
            assert says(window, told) and (cells or violations(window) == [])
            assert window.ask("document.documentElement.scrollWidth <= innerWidth")
    (kept,) = (home / "runs/.cardflow/figures").glob("*.json")
    assert json.loads(kept.read_text(encoding="utf-8"))["as_of"] == "2025-06-30"


def test_two_users_have_runs_of_their_own_at_once(window, home):
    with served(home, "en", "--at-once", "2") as first, browser.Browser() as other:
        window.open(f"{first}new", 1280)
        on(window)
        mine = window.ask("location.pathname")
        other.open(first.replace("/en/", "/ja/new?seed=2"), 1280)
        on(other)
        theirs = other.ask("location.pathname").replace("/ja/", "/en/")
        with paused(home):
            window.open(first, 1280)
            for way in (mine, theirs):
                assert window.ask(f"document.querySelector(\"a[href='{way}']\") !== null")
            assert window.ask("document.body.innerText.split('at work for').length") == 3
        click(other, "form[action$=stop] button")
        window.open(first.replace("/en/", mine), 1280)
        assert says(window, "at work for")
