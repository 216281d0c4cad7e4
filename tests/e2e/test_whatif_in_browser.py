"""The what-if page in a browser: sliders and theory, reload, phone width, and the keyboard alone."""

import time

import browser
import pytest
from installed import SHORT
from test_page_in_browser import violations
from test_serve_in_browser import COMPLETE, click, says, served

pytestmark = pytest.mark.skipif(browser.PROGRAM is None, reason="no Chromium is installed")
DONE = "document.querySelector('#estimate table') && !document.querySelector('[aria-busy]')"
SECONDS = 5
"""A preview takes a second at most on an idle machine; tests run beside others."""


def moved(window, place, value):
    """Move a slider, and say how long theory took to answer."""
    began = time.monotonic()
    window.ask(
        f"(() => {{ const range = document.querySelector('[data-of={place}]'); range.value = {value};"
        " document.getElementById('estimate').setAttribute('aria-busy', 'true');"
        " range.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )
    window.until(DONE)
    return time.monotonic() - began


def pressed(window, *keys):
    codes = {"Tab": 9, "Enter": 13, "ArrowRight": 39}
    for key in keys:
        told = {"key": key, "code": key, "windowsVirtualKeyCode": codes[key]}
        text = {"text": "\r"} if key == "Enter" else {}
        window.call("Input.dispatchKeyEvent", type="keyDown", **told, **text)
        window.call("Input.dispatchKeyEvent", type="keyUp", **told)


def tabbed_to(window, what):
    """Press Tab until what a selector finds has the focus."""
    for _ in range(120):
        if window.ask(f"document.activeElement.matches({what!r})"):
            return
        pressed(window, "Tab")
    raise AssertionError(what)


def test_sliders_theory_and_reload_in_both_languages_on_a_phone(window, home):
    with served(home) as first:
        for lang, words in (("en", "without simulation"), ("ja", "シミュレーションによらない")):
            window.open(first.replace("/en/", f"/{lang}/new?scenario=surge"), 375)
            window.until(DONE)
            usual = window.ask("document.querySelector('#estimate tbody td').innerText")
            assert moved(window, "v-10", 60) < SECONDS
            assert window.ask("document.getElementById('v-10').value") == "60"
            assert window.ask("document.querySelector('#estimate tbody td').innerText") != usual
            assert says(window, words) and violations(window) == []
            assert window.ask("document.documentElement.scrollWidth <= innerWidth")
        window.ask("window.here = true; location.reload()")
        window.until(f"!window.here && {COMPLETE} && {DONE}")
        assert window.ask("document.getElementById('v-10').value") == "60"
        assert window.ask("document.querySelector('[data-of=v-10]').value") == "60"
        assert "seats_index" in window.ask("document.getElementById('link').href")
        assert not [each for each in window.complaints if "Content Security" in str(each)]


def test_from_the_first_page_to_a_run_by_keyboard_alone(window, home):
    with served(home) as first:
        window.open(first, 1280)
        tabbed_to(window, "a[href='/en/new']")
        pressed(window, "Enter")
        window.until(f"document.getElementById('v-5') && {COMPLETE}")
        tabbed_to(window, "[data-of=v-5]")
        pressed(window, "ArrowRight")
        assert window.ask("document.getElementById('v-5').value") == "161000"
        tabbed_to(window, "button.main")
        pressed(window, "Enter")
        window.until(f"location.pathname.includes('/jobs/') && {COMPLETE}")
        assert says(window, "plant.cards_per_day=161000") and says(window, "version")


def test_from_the_first_question_to_the_answer_and_its_memo(window, home):
    """A scenario of the planner's own, a slider, the run, its page and its memo, by what the pages say alone."""
    (home / "runs").mkdir()
    (home / "runs/自分の計画.toml").write_text(SHORT.replace("06-30", "04-30") + "[demand]\nload = 0.1\n", "utf-8")
    with served(home, "ja") as first:
        window.open(first, 1280)
        click(window, "a[href='/ja/new']")
        key = window.ask("document.querySelector('optgroup option').value")
        window.ask("window.here = true")
        window.ask(
            f"(() => {{ const field = document.getElementById('scenario'); field.value = '{key}';"
            " field.dispatchEvent(new Event('change')); })()"
        )
        window.until(f"!window.here && {COMPLETE} && {DONE}")
        moved(window, "v-5", 150_000)
        window.ask("document.getElementById('replications').value = '1'")
        click(window, "button.main")
        window.until(
            f"document.querySelector('a[href$=\"/page\"]') && {COMPLETE}"
        )  # our script finds out that it ended
        assert says(window, "自分の計画.toml") and says(window, "plant.cards_per_day=150000")
        click(window, "a[href$='/papers']")
        click(window, "form[action$=memo] button")
        window.until("document.querySelector('a[href$=\".docx\"]') !== null")
        click(window, "a[href$='/page']")
        assert says(window, "短い計画") and window.ask("document.querySelectorAll('svg').length") > 10
