"""The page on this computer: what it shows, what it does, and what it refuses."""

import re
import time
from pathlib import Path

import anyio
import pytest
from folder_sample import drawn
from httpx import ASGITransport, AsyncClient
from shelf_sample import put

from cardflow.serve import jobs
from cardflow.serve.apart import Done, done_here
from cardflow.serve.pages import key_of
from cardflow.serve.questions import Places, Run
from cardflow.serve.site import Site
from scenarios.folder.folder import Folder

HOST = "127.0.0.1:8642"
OWN = {"origin": f"http://{HOST}"}


class Here:
    """What is done apart, done here."""

    def __call__(self, work, cat, **asked):
        told = done_here(work, cat.lang, asked)
        return Done(told, tuple(told.get("wrong", ())))

    def ready(self):
        pass


class Client:
    """Asks the pages of a folder without a network."""

    def __init__(self, runs):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("cardflow.serve.site.Apart", Here)
            self._app = Site(runs, "ja").app((HOST, "localhost:8642"))

    def get(self, way, **asked):
        return anyio.run(self._ask, "GET", way, asked)

    def post(self, way, **asked):
        return anyio.run(self._ask, "POST", way, asked)

    async def _ask(self, method, way, asked):
        async with AsyncClient(transport=ASGITransport(self._app), base_url=f"http://{HOST}") as session:
            return await session.request(method, way, **asked)


@pytest.fixture
def runs(tmp_path):
    put(tmp_path / "runs/one", 1)
    put(tmp_path / "runs/two", 2, title="<script>alert(1)</script>\u202e", changes=[])
    drawn(tmp_path / "runs/one", {"report.html": "<h1>page</h1>", "report.ja.html": "<h1>頁</h1>"})
    return tmp_path / "runs"


@pytest.fixture
def page(runs):
    return Client(runs)


KEY = key_of("one")
PLACES = Places(Path("/home"), lambda digest: Path("/figures"), lambda key: Path("/answer"), str)


def test_the_first_page_is_in_the_language_of_the_browser(page):
    for asked, lang in (("en-GB,en;q=0.8,ja;q=0.1", "en"), ("ja", "ja"), ("fr", "ja")):
        assert page.get("/", headers={"accept-language": asked}).headers["location"] == f"/{lang}/"


@pytest.mark.parametrize(("lang", "words"), [("en", "Earlier answers"), ("ja", "これまでの結果")])
def test_the_shelf_shows_titles_as_text_and_runs_our_script_alone(page, lang, words):
    answer = page.get(f"/{lang}/")
    assert answer.status_code == 200 and words in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;?" in answer.text and answer.text.count("<script") == 1
    assert "style=" not in answer.text and "\u202e" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "script-src 'self';" in policy
    for name, kind in (("css", "text/css"), ("js", "text/javascript")):
        assert page.get(f"/serve.{name}").headers["content-type"].startswith(kind)


def test_search_name_note_and_pin_by_forms(page):
    assert "one</p>" not in page.get("/en/", params={"search": "script"}).text
    form = {"name": "第1案 <b>", "note": "to be asked", "pinned": "1"}
    assert page.post(f"/ja/answers/{KEY}/mark", data=form, headers=OWN).headers["location"] == "/ja/"
    text = page.get("/ja/").text
    assert "第1案 &lt;b&gt;" in text and "to be asked" in text and 'class="pinned"' in text
    assert page.post(f"/ja/answers/{KEY}/mark", data={"name": "x" * 2000}, headers=OWN).status_code == 409


def test_throwing_away_and_bringing_back(page, runs):
    page.post(f"/en/answers/{KEY}/discard", headers=OWN)
    assert not (runs / "one").exists() and "Bring back one" in page.get("/en/").text
    page.post("/en/restore", headers=OWN)
    assert (runs / "one").exists() and "Bring back" not in page.get("/en/").text
    assert page.post("/en/restore", headers=OWN).status_code == 409
    with Folder(runs / "one", option="") as folder:
        folder.reopen("run")
        refused = page.post(f"/ja/answers/{KEY}/discard", headers=OWN)
    assert refused.status_code == 409 and "cardflow" in refused.text and (runs / "one").exists()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": f"https://{HOST}"},
        {"host": "evil.example", "origin": "http://evil.example"},
        {"host": "127.0.0.1:1", "origin": "http://127.0.0.1:1"},
    ],
)
def test_what_other_pages_ask_is_refused(page, runs, headers):
    for way in (f"/en/answers/{KEY}/discard", "/en/restore", "/en/start", f"/en/answers/{KEY}/mark"):
        assert page.post(way, headers=headers, data={"scenario": "renewal-wave"}).status_code == 403
    assert (runs / "one").exists() and not (runs / jobs.PLACE).exists()


def test_other_names_of_this_computer_are_refused(page):
    assert page.get("/en/", headers={"host": "evil.example:8642"}).status_code == 403
    assert page.get("/en/", headers={"host": "localhost:8642"}).status_code == 200


def test_an_answer_opens_as_its_page_in_a_sandbox(page):
    assert page.get(f"/ja/answers/{KEY}/page").headers["location"] == "files/report.ja.html"
    assert page.get(f"/en/answers/{KEY}/page").headers["location"] == "files/report.html"
    answer = page.get(f"/ja/answers/{KEY}/files/report.ja.html")
    assert answer.text == "<h1>頁</h1>" and answer.headers["content-security-policy"].startswith("sandbox")
    assert "allow-same-origin" not in answer.headers["content-security-policy"]
    assert page.get(f"/en/answers/{key_of('two')}/page").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../two/run.json", "..%2ftwo%2frun.json", "%2e%2e/two/run.json", ".cardflow/contents.json", "/etc/passwd",
        "%2fetc%2fpasswd", "own.txt", "", "report.html%00", "..%5ctwo%5crun.json",
    ],
)  # fmt: skip
def test_nothing_but_listed_files_is_reached(page, runs, name):
    (runs / "one/own.txt").write_text("mine")
    assert page.get(f"/en/answers/{KEY}/files/{name}").status_code == 404


def test_edited_and_linked_files_are_not_shown(page, runs, tmp_path):
    (tmp_path / "secret").write_text("<h1>page</h1>")
    (runs / "one/report.html").unlink()
    (runs / "one/report.html").symlink_to(tmp_path / "secret")
    (runs / "one/report.ja.html").write_text("<script>")
    for name in ("report.html", "report.ja.html"):
        assert page.get(f"/en/answers/{KEY}/files/{name}").status_code == 404


@pytest.mark.parametrize("way", ["/xx/", "/en/none", "/en/jobs/..%2f..", "/en/jobs/000000000000", "/en/answers/x/page"])
def test_what_is_not_there_is_said_in_a_page(page, way):
    answer = page.get(way)
    assert answer.status_code == 404 and "<main" in answer.text


def test_a_form_finds_values_and_keeps_what_was_typed(page):
    params = {"scenario": "renewal-wave", "word": "席数", "set:plant.cards_per_day": "200000", "seed": "7"}
    text = page.get("/ja/new", params=params).text
    assert 'name="set:contact.resident.seats"' in text and 'value="7"' in text
    assert re.search(r'name="set:plant.cards_per_day"[^>]* value="200000"', text)
    assert page.get("/ja/new", params={"scenario": "../../x"}).status_code == 404
    assert "当たる値はありません" in page.get("/ja/new", params={"word": "zzzzzzzzqq"}).text


def test_wrong_values_are_said_beside_the_form_and_nothing_starts(page, runs):
    form = {"scenario": "renewal-wave", "set:plant.cards_per_day": "many", "replications": "2", "seed": "1"}
    answer = page.post("/en/start", data=form, headers=OWN)
    assert answer.status_code == 422 and "plant.cards_per_day" in answer.text and 'value="many"' in answer.text
    assert page.post("/en/start", data={**form, "replications": "0"}, headers=OWN).status_code == 422
    assert page.post("/en/start", data={**form, "scenario": "/etc/passwd"}, headers=OWN).status_code == 404
    assert page.post("/en/start", data={**form, "part": "--out"}, headers=OWN).status_code == 404
    assert page.post("/en/start", content=b"x" * 200_000, headers=OWN).status_code == 413
    assert not (runs / jobs.PLACE).exists()


SLEEPS = "import sys, time\nprint('about 3 minutes left', file=sys.stderr, flush=True)\ntime.sleep(60)\n"


def test_a_run_outlives_the_server_is_found_again_and_stops(page, runs, monkeypatch, tmp_path):
    (tmp_path / "sleeps.py").write_text(SLEEPS)
    monkeypatch.setattr(jobs.Asked, "words", lambda self, folder, places: [])
    popen = jobs.subprocess.Popen
    monkeypatch.setattr(
        jobs.subprocess, "Popen", lambda words, **how: popen([words[0], str(tmp_path / "sleeps.py")], **how)
    )
    form = {"scenario": "renewal-wave", "set:plant.cards_per_day": "200000", "replications": "2", "seed": "1"}
    way = page.post("/en/start", data=form, headers=OWN).headers["location"]
    other = Client(runs)
    end = time.monotonic() + 60
    while "about 3 minutes left" not in (text := other.get(way).text):
        assert time.monotonic() < end
        time.sleep(0.2)
    assert "data-live" in text and "plant.cards_per_day=200000" in text and "at work for" in text
    assert "at work for" in other.get("/en/").text
    assert other.post(f"{way}/stop", headers=OWN).headers["location"] == way
    while "stopped" not in (text := other.get(way).text):
        assert time.monotonic() < end
        time.sleep(0.2)
    assert "data-live" not in text and f"{way}/on" in text
    page.get(way)  # which tells the system that its child has ended


def test_runs_are_asked_for_as_a_command_line(tmp_path):
    run = Run(scenario="renewal-wave", settings=("a.b=--out",), replications=3, seed=2)
    words = jobs.Asked(question=run, lang="ja").words(tmp_path, PLACES)
    assert words[:3] == ["run", "renewal-wave", "--set=a.b=--out"] and words[-2:] == ["--out", str(tmp_path)]


def test_side_by_side_needs_two(page):
    assert page.get("/en/beside", params={"of": [KEY]}).status_code == 409


def test_a_run_imports_nothing_from_its_folder(tmp_path):
    """A folder of runs may come from anywhere: what goes on in it must not be a program of its own."""
    all_of_them = jobs.Jobs(tmp_path)
    home = tmp_path / jobs.PLACE / "0123456789ab" / ".cardflow"
    home.mkdir(parents=True)
    (home / "json.py").write_text("import pathlib\npathlib.Path('ran').touch()\n", encoding="utf-8")
    (home / "job.json").write_text(
        jobs.Asked(question=Run(scenario="none"), lang="en").model_dump_json(), encoding="utf-8"
    )
    all_of_them.go_on(all_of_them.find("0123456789ab"))
    for child in all_of_them._children:
        child.wait(120)
    assert "none" in " ".join(all_of_them.find("0123456789ab").told) and not (home / "ran").exists()
