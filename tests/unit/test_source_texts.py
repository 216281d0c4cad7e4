"""Sources of published figures by name in both languages, with the ids of the figures behind them."""

from calibration.evidence import load as load_evidence
from calibration.figures import load_figures, load_sources
from reports import catalogue, source_texts, values

EN, JA = catalogue.load("en"), catalogue.load("ja")


def resolved(cat, ids):
    return values.text(cat, source_texts.resolved(ids))


def test_every_source_has_a_japanese_name_and_place():
    assert {key for key in JA.texts if key.startswith("published_source.")} == {
        f"published_source.{key}" for key in load_sources()
    }
    places = {source.locator for source in load_sources().values()}
    assert {key for key in JA.texts if key.startswith("published_place.")} == {
        f"published_place.{place}" for place in places if JA.has(f"published_place.{place}")
    }
    plain = {place for place in places if not place.startswith(("http", "github"))}
    assert not [place for place in plain if not JA.has(f"published_place.{place}")]


def test_figures_are_resolved_to_the_source_with_their_ids_behind_it():
    assert resolved(JA, ("JLIS-007", "JLIS-008", "RULE-005")) == (
        "J-LIS「令和7年度自己評価書」（2026年6月23日）（JLIS-007、JLIS-008）；"
        "J-LIS 公的個人認証サービス ポータルサイト（RULE-005）"
    )
    assert resolved(EN, ("JLIS-008",)) == (
        "J-LIS FY2025 self-evaluation report (令和7年度自己評価書), 2026-06-23 (JLIS-008)"
    )
    assert resolved(JA, ("RENEW-008",)) == "J-CAST（livedoor 経由、2026年2月27日）（RENEW-008）"


def test_of_many_sources_the_first_is_named_and_an_unknown_id_stays():
    assert resolved(EN, ("EXPR-002",)) == "Suzaka city page on express issue and 3 more (EXPR-002)"
    assert resolved(JA, ("EXPR-002",)) == "須坂市 特急発行のページほか3件（EXPR-002）"
    assert resolved(JA, ("NEW-001",)) == "NEW-001"


def test_every_id_of_the_evidence_is_resolved():
    ids = {identifier for entry in load_evidence().values() for identifier in entry.source}
    assert ids <= set(load_figures())
