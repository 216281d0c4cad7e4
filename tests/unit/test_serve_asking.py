"""Guided questions, own figures and documents on the page: what each asks for, and what it refuses."""

import io
import json
import re
import zipfile
from datetime import date

import pytest
import workbook_sample
from shelf_sample import put
from test_serve import HOST, OWN, Client

from cardflow.serve import jobs, paper_pages, question_pages
from cardflow.serve.pages import key_of
from cardflow.serve.site import Site
from reports import catalogue
from reports.actuals_template import template

GOOD = {"月次!B1": date(2026, 6, 30), "月次!B7": 1_234_567, "月次!B8": 1_111_111, "月次!F7": 0.979}
BOUGHT = {"scenario": "budget-fy2027", "targets": "calls-95", "resources": "contact.resident.seats"}


@pytest.fixture
def page(tmp_path, monkeypatch):
    monkeypatch.setattr(jobs.Jobs, "tend", lambda self: None)
    put(tmp_path / "runs/one", 1)
    return Client(tmp_path / "runs")


def job(tmp_path):
    """What the only job that waits was asked."""
    (path,) = (tmp_path / "runs" / jobs.PLACE).glob("*/.cardflow/job.json")
    return json.loads(path.read_text())["question"]


def nothing_waits(tmp_path):
    return not (tmp_path / "runs" / jobs.PLACE).exists()


# questions ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_page_of_every_question_is_there_in_both_languages(page, lang):
    text = page.get(f"/{lang}/ask").text
    for kind, steps in question_pages.STEPS.items():
        assert f'href="/{lang}/ask/{kind}"' in text
        for step in steps:
            answer = page.get(f"/{lang}/ask/{kind}", params={"step": step})
            assert answer.status_code == 200 and answer.text.count('aria-current="step"') == 1
    assert page.get(f"/{lang}/ask/validate").status_code == 404
    assert page.get(f"/{lang}/ask/size", params={"step": "x"}).status_code == 404


def test_the_address_holds_what_was_said(page):
    text = page.get("/en/ask/size", params={**BOUGHT, "first": "2028", "step": "buy"}).text
    assert re.search(r'type="checkbox" name="resources" value="contact.resident.seats" checked', text)
    assert 'type="hidden" name="first" value="2028"' in text and 'name="resources" value="plant.lines"' not in text
    told = page.get("/en/ask/size", params={**BOUGHT, "step": "start"}).text
    assert "seats of the resident call centre" in told and "calls of residents answered" in told


def test_a_question_to_its_job(page, tmp_path):
    said_so = {**BOUGHT, "confidence": "0.95", "first": "2027", "last": "2029", "source": "an estimate"}
    prices = {"yen:contact.resident.seats": "1,234,567", "prices": "shown"}
    answer = page.post("/en/ask/size/start", data={**said_so, **prices}, headers=OWN)
    assert re.fullmatch(r"/en/jobs/[0-9a-f]{12}", answer.headers["location"])
    asked = job(tmp_path)
    assert asked["settings"] == ["end=2030-03-31"] and asked["confidence"] == 0.95
    assert "yen = 1234567" in asked["prices"] and 'source = "an estimate"' in asked["prices"]
    told = page.get(answer.headers["location"]).text
    assert "waiting, place 1" in told and "sizing - budget-fy2027" in told and "end=2030-03-31" in told


def test_no_prices_where_nobody_asks_for_money(page, tmp_path):
    page.post("/en/ask/size/start", data={**BOUGHT, "prices": "none"}, headers=OWN)
    assert job(tmp_path)["prices"] == ""


@pytest.mark.parametrize(
    ("kind", "form", "field"),
    [
        ("ledger", {"resources": "plant.lines"}, ("resources", ["plant.lines"])),
        ("clock", {"targets": "calls-95", "as_of": "2026-05-01"}, ("as_of", "2026-05-01")),
        ("compare", {"scenario": "plan-period", "others": "surge"}, ("others", ["surge"])),
    ],
)
def test_other_questions_to_their_jobs(page, tmp_path, kind, form, field):
    assert page.post(f"/ja/ask/{kind}/start", data=form, headers=OWN).status_code == 303
    asked = job(tmp_path)
    assert asked["kind"] == kind and asked[field[0]] == field[1]


@pytest.mark.parametrize(
    ("kind", "form", "status", "told"),
    [
        ("size", {**BOUGHT, "resources": "plant.cards_per_day"}, 422, "calls-95"),
        ("size", {"scenario": "budget-fy2027"}, 422, "none is named"),
        ("size", {**BOUGHT, "confidence": "many"}, 422, "many"),
        ("size", {**BOUGHT, "yen:per_call": "-3"}, 422, "yen:per_call = -3"),
        ("size", {**BOUGHT, "yen:contact.resident.seats": "56,5"}, 422, "yen:contact.resident.seats = 56,5"),
        ("size", {**BOUGHT, "yen:per_call": "80%"}, 422, "yen:per_call = 80%"),
        ("size", {**BOUGHT, "seed": "200%"}, 422, "200%"),
        ("size", {**BOUGHT, "first": "2O27"}, 422, "must be a fiscal year such as 2027"),
        ("size", {**BOUGHT, "yen:per_call": "1_0"}, 422, "yen:per_call = 1_0"),
        ("size", {**BOUGHT, "seed": "1_0"}, 422, "1_0"),
        ("size", {**BOUGHT, "resources": "--out=elsewhere"}, 422, "--out=elsewhere"),
        ("ledger", {"replications": "1"}, 422, "--replications 1"),
        ("clock", {"targets": "no-such"}, 422, "no-such"),
        ("clock", {"as_of": "soon"}, 422, "soon"),
        ("clock", {"as_of": "1999-05-01"}, 422, "must lie between 2026-04-01 and 2029-03-31"),
        ("compare", {"scenario": "plan-period"}, 422, "Plans to compare"),
        ("compare", {"others": "../x"}, 422, "../x"),
        ("clock", {"scenario": "../../etc/passwd"}, 404, ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_lost(page, tmp_path, kind, form, status, told):
    answer = page.post(f"/en/ask/{kind}/start", data=form, headers=OWN)
    assert answer.status_code == status and told in answer.text and nothing_waits(tmp_path)
    if status == 422:
        assert all(f'value="{value}"' in answer.text for value in form.values() if value != "-3")


@pytest.mark.parametrize("name", ["seed", "confidence", "first", "yen:plant.lines"])
def test_a_field_that_is_said_twice_is_refused(page, tmp_path, name):
    form = {"scenario": "plan-period", "resources": ["plant.lines"], name: ["1", "2"]}
    answer = page.post("/en/ask/size/start", data=form, headers=OWN)
    assert answer.status_code in (409, 422) and f"{name}   is given more than once: give one value" in answer.text
    assert not (tmp_path / jobs.PLACE).exists()


def test_questions_of_other_pages_are_refused(page, tmp_path):
    assert page.post("/en/ask/size/start", data=BOUGHT, headers={"origin": "http://evil.example"}).status_code == 403
    assert nothing_waits(tmp_path)


# figures ------------------------------------------------------------------------------------------------------------


def book(tmp_path, **cells):
    path = tmp_path / "given.xlsx"
    workbook_sample.filled(path, {**GOOD, **cells}, book=template(catalogue.load("ja")))
    return path.read_bytes()


def handed_in(page, raw, name="given.xlsx", lang="en"):
    return page.post(f"/{lang}/figures/put", files={"file": (name, raw)}, headers=OWN)


def stored(tmp_path):
    home = tmp_path / "runs/.cardflow/figures"
    return sorted(path.name for path in home.iterdir()) if home.exists() else []


def test_figures_are_handed_in_under_a_name_of_ours(page, tmp_path):
    answer = handed_in(page, book(tmp_path), "../../../../evil.xlsx")
    digest = answer.headers["location"].rpartition("/")[2]
    assert stored(tmp_path) == [f"actuals-{digest}.json", f"actuals-{digest}.xlsx"]
    assert not list(tmp_path.rglob("evil*"))
    text = page.get(answer.headers["location"]).text
    assert "2026-06-30" in text and "2025-04 to 2025-05" in text
    assert digest in page.get("/ja/figures").text


def test_mistakes_are_shown_beside_their_cells(page, tmp_path):
    answer = handed_in(page, book(tmp_path, **{"月次!B8": "<script>", "月次!F8": 17, "月次!B2": "=1+1"}))
    assert answer.status_code == 422 and stored(tmp_path) == []
    assert "月次!B8" in answer.text and answer.text.count('class="bad"') == 3
    assert "&lt;script&gt;</td>" in answer.text and answer.text.count("<script") == 1


def bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b" " * 40_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    "made",
    [
        lambda: b"", lambda: b"PK\x03\x04 no archive", lambda: b"\x00\xff\xfe", lambda: b"MZ" * 100,
        lambda: b"a,b\n=1+1,@SUM(1)\n", bomb,
    ],
)  # fmt: skip
def test_what_is_no_table_of_months_is_refused_and_does_not_stay(page, tmp_path, made):
    assert handed_in(page, made()).status_code == 422 and stored(tmp_path) == []


def test_what_is_too_large_or_no_file_is_refused(page, tmp_path):
    answer = handed_in(page, b"x" * 5_100_000)
    assert answer.status_code == 413 and "5 MB" in answer.text
    assert page.post("/en/figures/put", data={"file": "x"}, headers=OWN).status_code == 400
    kind = {"content-type": "multipart/form-data; boundary=x", **OWN}
    assert page.post("/en/figures/put", content=b"--x--", headers=kind).status_code == 400
    assert page.post("/en/figures/put", files={"file": b"x"}).status_code == 403
    assert stored(tmp_path) == []


def test_a_run_is_held_against_figures_and_one_starts_from_them(page, tmp_path):
    way = handed_in(page, book(tmp_path)).headers["location"]
    digest = way.rpartition("/")[2]
    assert page.post(f"{way}/update", data={"run": "../one"}, headers=OWN).status_code == 404
    page.post(f"{way}/update", data={"run": key_of("one")}, headers=OWN)
    asked = job(tmp_path)
    assert (asked["kind"], asked["run"], asked["figures"]) == ("update", key_of("one"), digest)
    assert page.post(f"{way}/run", data={"scenario": "/etc/passwd"}, headers=OWN).status_code == 404
    assert page.post(f"{way}/run", data={"scenario": "surge"}, headers=OWN).status_code == 303


@pytest.mark.parametrize("digest", ["0" * 16, "..%2f..%2fx", "x"])
def test_figures_that_are_not_there(page, digest):
    assert page.get(f"/en/figures/of/{digest}").status_code == 404


def test_the_template_can_be_had(page):
    answer = page.get("/ja/figures/template")
    assert answer.content.startswith(b"PK") and "attachment" in answer.headers["content-disposition"]


# documents ----------------------------------------------------------------------------------------------------------


def test_documents_are_made_one_at_a_time_and_failures_are_told(page, monkeypatch):
    way = f"/en/answers/{key_of('one')}/papers"
    popen, words = paper_pages.subprocess.Popen, []

    def made(line, **how):
        words.append(line[4:])
        return popen([line[0], "-c", "import sys, time; time.sleep(1); sys.exit('no room <b>')"], **how)

    monkeypatch.setattr(paper_pages.subprocess, "Popen", made)
    assert "Make the memo" in page.get(way).text
    assert page.post(f"{way}/memo", headers=OWN).headers["location"] == way
    text = page.get(way).text
    assert 'data-live="memo"' in text and "Make the workbook" not in text
    assert page.post(f"{way}/workbook", headers=OWN).status_code == 409
    assert page.post(f"{way}/rm", headers=OWN).status_code == 404
    while "Being made" in (text := page.get(way).text):
        pass
    assert (
        "no room &lt;b&gt;" in text and len(words) == 1 and words[0][0] == "memo" and words[0][-2:] == ["--lang", "en"]
    )


# a token ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def closed(page, tmp_path):
    client = Client(tmp_path / "runs")
    client._app = Site(tmp_path / "runs", "ja").app((HOST,), "secret-token")
    return client


def test_a_token_leaves_the_address_and_stays_as_a_cookie(closed):
    assert closed.get("/en/").status_code == 403
    assert closed.get("/en/", params={"token": "other"}).status_code == 403
    answer = closed.get("/en/", params={"search": "x", "token": "secret-token"})
    assert answer.status_code == 303 and answer.headers["location"] == "/en/?search=x"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower()
    kept = {"cookie": cookie.partition(";")[0]}
    assert closed.get("/en/", headers=kept).status_code == 200
    assert closed.get("/serve.js").status_code == 403
    assert (
        closed.get(f"http://{HOST}//evil.example/", params={"token": "secret-token"}).headers["location"]
        == "/evil.example/"
    )
    assert closed.get("/en/", headers={"cookie": "cardflow-8642=é".encode()}).status_code == 403


def test_a_token_alone_changes_nothing(closed):
    """Not for pages of others, and not as a part of the address of a form."""
    way = f"/en/answers/{key_of('one')}/discard"
    kept = {"cookie": "cardflow-8642=secret-token"}
    assert closed.post(way, headers=kept).status_code == 403
    assert closed.post(way, headers={**kept, "origin": "http://evil.example"}).status_code == 403
    assert closed.post(way, params={"token": "secret-token"}, headers=OWN).status_code == 403
    assert closed.post(way, headers={**kept, **OWN}).status_code == 303
