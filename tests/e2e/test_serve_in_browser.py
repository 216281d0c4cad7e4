"""The page of the shelf in a browser: from the first page to a run at work, both languages, a server that ends."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import browser
import psutil
import pytest
from folder_sample import drawn
from installed import environment
from shelf_sample import put
from test_page_in_browser import violations

from cardflow.serve.jobs import Jobs

pytestmark = pytest.mark.skipif(browser.PROGRAM is None, reason="no Chromium is installed")
COMPLETE = "document.readyState == 'complete'"


@contextmanager
def served(home, lang="en", *words):
    """The address of the first page."""
    command = [sys.executable, "-m", "cardflow", "serve", "--port", "0", "--lang", lang, *words]
    process = subprocess.Popen(command, cwd=home, env=environment(), stdout=subprocess.PIPE, encoding="utf-8")
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        process.wait(60)
        process.stdout.close()


@contextmanager
def paused(home):
    """What is at work stands still meanwhile: it stays at work, and takes no time of ours."""
    processes = []
    for job in (each for each in Jobs(home / "runs").all() if each.running):
        first = psutil.Process(job.asked.process)
        first.suspend()
        processes += [first, *first.children(recursive=True)]
    for each in processes:
        each.suspend()
    try:
        yield
    finally:
        for each in processes:
            each.resume()


def click(window, what):
    """Press what a selector finds and wait for the page that comes."""
    window.ask("window.here = true")
    window.ask(f"document.querySelector({what!r}).click()")
    window.until(f"!window.here && {COMPLETE}")


def typed(window, where, text):
    window.ask(f"document.querySelector({where!r}).value = {text!r}")


def says(window, text):
    return window.ask(f"document.body.innerText.includes({text!r})")


def test_from_the_first_page_to_a_run_that_outlives_the_server_and_is_stopped(window, home):
    with served(home) as first:
        window.open(first, 1280)
        assert says(window, "No answers here yet")
        click(window, "a[href='/en/new']")
        typed(window, "#word", "cards_per_day")
        click(window, "form button")
        typed(window, "[name='set:plant.cards_per_day']", "wrong")
        click(window, "button.main")
        assert says(window, "plant.cards_per_day = ") and not (home / "runs/from-page").exists()
        typed(window, "[name='set:plant.cards_per_day']", "150000")
        click(window, "button.main")
        assert says(window, "at work for")
        address = window.ask("location.pathname")
        with paused(home):
            assert violations(window) == []
    with served(home) as first:
        window.open(first, 360)
        assert says(window, "at work for")
        assert window.ask("document.documentElement.scrollWidth <= innerWidth")
        click(window, f"a[href='{address}']")
        click(window, "button.main")
        window.until(f"document.querySelector('form[action$=on]') && {COMPLETE}")  # which our script finds out
        assert says(window, "stopped") and says(window, "plant.cards_per_day=150000")
        assert not [each for each in window.complaints if "Content Security" in str(each)]


def test_the_shelf_in_both_languages_by_forms_alone(window, tmp_path):
    put(tmp_path / "runs/one", 1)
    put(tmp_path / "runs/two", 2, title="<img src=x onerror=alert(1)>", changes=[])
    drawn(tmp_path / "runs/one", {"report.html": "<title>own</title><script>parent.postMessage(1)</script>"})
    with served(tmp_path, "ja") as first:
        for lang in ("ja", "en"):
            window.open(first.replace("/ja/", f"/{lang}/"), 360)
            assert violations(window) == []
            assert window.ask("document.documentElement.scrollWidth <= innerWidth")
            assert window.ask("document.images.length") == 0
        typed(window, "article input[name=name]", "First of all")
        click(window, "article form[action$=mark] button")
        assert says(window, "First of all")
        click(window, "article form[action$=discard] button")
        assert window.ask("document.querySelectorAll('article').length") == 1
        click(window, "form[action$=restore] button")
        assert window.ask("document.querySelectorAll('article').length") == 2
        assert not [each for each in window.complaints if "Content Security" in str(each)]
        assert all(path.is_dir() for path in (tmp_path / "runs/one", tmp_path / "runs/two"))
