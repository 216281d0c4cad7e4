"""Titles and whys of library scenarios in both languages."""

import re

from reports import catalogue, library_texts, values
from reports.document import Title
from scenarios.files.find import library
from scenarios.files.load import load

EN, JA = catalogue.load("en"), catalogue.load("ja")
OWN = """title = "{title}"
why = "自分の問い。"
extends = "plan-period"
"""


def test_every_library_scenario_has_a_japanese_title_and_why():
    wanted = {f"library.{name}.{key}" for name in library() for key in ("title", "why")}
    assert {key for key in JA.texts if key.startswith("library.")} == wanted


def test_what_was_checked_in_english_stands_in_japanese_too():
    for name, own in library_texts.english().items():
        ids = re.findall(r"[A-Z]{3,5}-\d{3}", own["why"])
        assert [found for found in ids if found not in JA.text(f"library.{name}.why")] == []
        assert ("仮定値" in own["why"]) <= ("仮定値" in JA.text(f"library.{name}.why"))


def test_joined_library_scenarios_are_said_part_by_part():
    scenario = load("plan-period+seat-cut")
    said = library_texts.title(JA, scenario.title)
    assert said == "第2期中期目標期間（令和8(2026)年度～令和12(2030)年度） + 令和9年4月から席数を4分の1削減"
    assert library_texts.title(EN, scenario.title) == scenario.title
    whys = [JA.text(f"library.{name}.why") for name in ("plan-period", "seat-cut")]
    assert library_texts.why(JA, scenario.why) == " ".join(whys)
    assert library_texts.why(EN, scenario.why) == scenario.why


def test_scenarios_beside_each_other_are_all_said_in_the_readers_language():
    both = library_texts.BESIDE.join(load(name).title for name in ("plan-fy2026", "plan-fy2026+seat-cut"))
    one, cut = (JA.text(f"library.{name}.title") for name in ("plan-fy2026", "seat-cut"))
    assert library_texts.title(JA, both) == f"{one} / {one} + {cut}"
    assert library_texts.title(JA, "A / B") == "A / B"


def test_a_planners_own_title_stays_even_under_the_name_of_a_library_scenario(tmp_path):
    (tmp_path / "seat-cut.toml").write_text(OWN.format(title="席を減らす案"), encoding="utf-8")
    scenario = load("seat-cut+plant-outage", tmp_path)
    assert values.text(JA, Title(scenario.title)) == "席を減らす案 + 工場の2週間停止"
    assert library_texts.why(JA, scenario.why).startswith("自分の問い。 シナリオにつなぐ部品。")


def test_a_library_scenario_run_again_from_its_folder_keeps_its_japanese_title():
    assert values.text(JA, Title(load("surge").title)) == JA.text("library.surge.title")
