"""The form of a question: what its address holds, what it refuses, and what theory says beside it."""

import re
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from test_serve import HOST, OWN, Client

from cardflow.serve import jobs
from cardflow.serve.own_scenarios import OwnScenarios
from cardflow.serve.whatif import Question

DATED = {"from:plant.cards_per_day": ["2028-04-01", ""], "then:plant.cards_per_day": ["80000", ""]}


@pytest.fixture
def page(tmp_path):
    (tmp_path / "mine.toml").write_text('title = "Mine"\nextends = "plan-period"\n[plant]\ncards_per_day = 70000\n')
    (tmp_path / "broken.toml").write_text("title = \n")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/other.toml").write_text('extends = "plan-period"\n')
    (tmp_path / "linked.toml").symlink_to(tmp_path / "deep/other.toml")
    return Client(tmp_path)


def own(tmp_path):
    return {path.name: key for key, path in OwnScenarios(tmp_path).all().items()}


def test_the_address_holds_the_question(tmp_path):
    form = {"scenario": ["plan-period"], "part": ["seat-cut"], "set:demand.load": [" 1.2 "], "seed": ["7"], **DATED}
    asked = Question.of(form, OwnScenarios(tmp_path))
    again = Question.of(parse_qs(asked.query), OwnScenarios(tmp_path))
    assert again.settings == asked.settings and again.seed == "7" and again.parts == ("seat-cut",)
    assert asked.settings[0] == "demand.load=1.2"
    assert asked.settings[1].startswith("plant.cards_per_day=[{ from = 2028-03-31, value = 160000")
    assert asked.asked().parameters.plant.cards_per_day.steps[-1].value == 80000
    assert "replications" not in asked.query and not replace(asked, typed={}, dated={}).changed


def test_the_form_shows_what_its_address_says(page):
    query = {"scenario": "plan-period", "set:demand.load": "1.2", **DATED}
    for lang, mark in (("en", "assumed"), ("ja", "仮定値")):
        text = page.get(f"/{lang}/new", params=query).text
        assert re.search(r'name="set:demand.load"[^>]* value="1.2"', text) and mark in text
        assert 'type="date" value="2028-04-01"' in text and text.count('name="from:plant.cards_per_day"') == 2
        assert text.count('type="range"') == 12 and "style=" not in text
        link = re.search(r'id="link" href="([^"]+)"', text)[1].replace("&amp;", "&")
        assert 'value="1.2"' in page.get(link).text


def test_theory_answers_without_script_and_in_both_languages(page):
    query = {"scenario": "plan-period", "set:contact.resident.seats_index": "60", "estimate": "1"}
    text = page.get("/en/new", params=query).text
    assert "<table>" in text and "without simulation" in text and "short" in text
    for lang, word in (("en", "Use of the plant"), ("ja", "製造能力の利用率")):
        answer = page.get(f"/{lang}/estimate", params=query)
        assert answer.status_code == 200 and word in answer.text and "<html" not in answer.text
        assert "style=" not in answer.text and answer.text.count("<svg") == 7


def test_what_is_wrong_is_said_where_theory_would_answer(page):
    answer = page.get("/ja/estimate", params={"scenario": "plan-period", "set:plant.cards_per_day": "many"})
    assert answer.status_code == 422 and "plant.cards_per_day" in answer.text
    dates = {"from:plant.cards_per_day": "soon", "then:plant.cards_per_day": "1"}
    answer = page.post("/en/start", data={"scenario": "plan-period", **dates}, headers=OWN)
    assert answer.status_code == 422 and "must be a date" in answer.text and 'value="soon"' in answer.text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"set:plant.cards_per_dya": "80000"}, "did you mean plant.cards_per_day?"),
        ({"from:plant.cards_per_dya": "2028-04-01", "then:plant.cards_per_dya": "1"}, "plant.cards_per_dya   unknown"),
        ({"from:plant.lines": ["2028-04-01", "2029-04-01"], "then:plant.lines": "9"}, "a value from 2029-04-01 on"),
        ({"then:plant.lines": "9"}, "plant.lines   &#39;&#39; must be a date"),
        ({"set: plant.lines": "9", "set:plant.lines": "8"}, "plant.lines   is set twice, to 9 and 8"),
    ],
)  # fmt: skip
def test_nothing_that_is_said_is_lost(page, tmp_path, said, told):
    answer = page.post("/en/start", data={"scenario": "plan-period", **said}, headers=OWN)
    assert answer.status_code == 422 and told in answer.text, answer.text
    assert page.get("/en/estimate", params={"scenario": "plan-period", **said}).status_code == 422
    assert not (tmp_path / jobs.PLACE).exists()


@pytest.mark.parametrize("name", ["set:plant.lines", "seed", "replications"])
@pytest.mark.parametrize(
    ("lang", "told"), [("en", "is given more than once: give one value"), ("ja", "2回以上指定されています")]
)
def test_what_is_said_twice_is_refused_as_an_option_is(page, tmp_path, name, lang, told):
    said = {"scenario": "plan-period", name: ["9", "8"]}
    answer = page.post(f"/{lang}/start", data=said, headers=OWN)
    assert answer.status_code == 409 and f"{name}   " in answer.text and told in answer.text, answer.text
    assert page.get(f"/{lang}/new", params=said).status_code == 409
    assert not (tmp_path / jobs.PLACE).exists()


def test_own_scenarios_are_chosen_by_key_and_never_by_path(page, tmp_path):
    keys = own(tmp_path)
    assert set(keys) == {"mine.toml", "broken.toml"}
    assert 'value="70000"' not in page.get("/en/new").text and "mine.toml" in page.get("/en/new").text
    text = page.get("/en/new", params={"scenario": keys["mine.toml"]}).text
    assert "as it is: 70,000" in text and str(tmp_path) not in text
    for name in ("mine.toml", str(tmp_path / "mine.toml"), "../mine", "own-0000000000000000"):
        assert page.get("/en/new", params={"scenario": name}).status_code == 404
        assert page.post("/en/start", data={"scenario": name}, headers=OWN).status_code == 404
    broken = page.get("/ja/new", params={"scenario": keys["broken.toml"]})
    assert broken.status_code == 422 and "broken.toml" in broken.text
    assert not (tmp_path / jobs.PLACE).exists() and HOST


def test_a_question_of_an_own_scenario_starts_with_its_settings(page, tmp_path, monkeypatch):
    started = []
    monkeypatch.setattr(jobs.Jobs, "start", lambda self, asked: started.append(asked) or "0" * 12)
    form = {"scenario": own(tmp_path)["mine.toml"], "set:demand.load": "1.1", "replications": "2", "seed": "3"}
    answer = page.post("/en/start", data=form, headers=OWN)
    assert answer.headers["location"] == "/en/jobs/000000000000"
    (asked,) = started
    question = asked.question
    assert (question.scenario, question.about) == (own(tmp_path)["mine.toml"], "mine.toml")
    assert question.settings == ("demand.load=1.1",)
    assert OwnScenarios(tmp_path).loaded(f"{question.scenario}+seat-cut") == f"{tmp_path / 'mine.toml'}+seat-cut"


def test_a_file_that_is_edited_is_read_anew_as_a_part_too(page, tmp_path):
    part = tmp_path / "part.toml"
    part.write_text('title = "Part"\nwhy = "To see."\n[plant]\ncards_per_day = 61000\n')
    query = {"scenario": "plan-period", "part": own(tmp_path)["part.toml"]}
    assert "as it is: 61,000" in page.get("/en/new", params=query).text
    part.write_text('title = "Part"\nwhy = "To see."\n[plant]\ncards_per_day = 620000\n')
    assert "as it is: 620,000" in page.get("/en/new", params=query).text
