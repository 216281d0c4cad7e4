"""Both catalogues say the same things, and speak of everything that the model has."""

import string
from datetime import date
from typing import get_args

import pytest

from reports import catalogue, formats, names, parameter_texts, statistics, values
from reports.parameter_texts import described, text_key
from sim.calendar import fiscal_year
from sim.disruptions import Hit
from sim.facts import CALL_CAUSES, CAUSES, CENTRES, CHANNELS, CLASSES, SOURCES, STATIONS, SYSTEMS
from sim.hours import DAY_KINDS
from sim.parameters import SECTIONS
from sim.parts import FACTS
from sim.targets import MEASURES

EN, JA = catalogue.load("en"), catalogue.load("ja")
MODEL_WORDS = (
    "parameter.", "fact.", "unit.", "library.", "figure.", "tolerance_why.", "forecast.", "price_reason.",
    "published_source.", "published_place.", "publisher.", "value.", "field.",
)  # fmt: skip


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_same_keys():
    own = {key for key in JA.texts if not key.startswith(MODEL_WORDS)}
    assert own == set(EN.texts)


def test_same_placeholders():
    differing = {key for key, text in EN.texts.items() if placeholders(text) != placeholders(JA.texts[key])}
    assert differing == {"format.fiscal_year", "format.fiscal_year_axis"}


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
def test_every_name_of_the_model_has_a_text(cat):
    groups = {
        "cause": (*CAUSES, "seats_resident", "seats_helpdesk", "slots", "jpki", "breakdowns"),
        "station": (*STATIONS, "dispatch"), "source": SOURCES, "channel": CHANNELS, "section": SECTIONS,
        "part": (*CLASSES, *SYSTEMS), "part_short": SYSTEMS, "centre": CENTRES, "day_kind": DAY_KINDS,
        "hit": get_args(Hit),
        "call_cause": (*CALL_CAUSES["resident"], *CALL_CAUSES["helpdesk"], "call_backs"),
    }  # fmt: skip
    assert not [
        f"{group}.{name}" for group, names in groups.items() for name in names if not cat.has(f"{group}.{name}")
    ]


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
def test_consoles_in_cp932_can_show_every_text(cat):
    for text in cat.texts.values():
        text.encode("cp932")


def test_every_parameter_has_a_japanese_meaning_and_unit():
    paths = described()
    assert not [path for path in paths if not JA.has(text_key(path))]
    assert not [path for path, known in paths.items() if known.unit and not JA.has(f"unit.{known.unit}")]


def test_no_japanese_text_for_parameters_and_facts_that_are_gone():
    keys = {text_key(path) for path in described()}
    assert not [key for key in JA.texts if key.startswith("parameter.") and key not in keys]
    assert {key for key in JA.texts if key.startswith("fact.")} == {f"fact.{name}" for name in FACTS}


def test_every_parameter_has_an_english_meaning():
    assert not [path for path, known in described().items() if not known.meaning or known.meaning == path]


def test_channel_fields_share_a_text_and_name_their_channel():
    assert "郵送" in parameter_texts.meaning(JA, "demand.channels.mail.share")
    assert "(mail)" in parameter_texts.meaning(EN, "demand.channels.mail.share")


def test_unknown_language_is_refused():
    with pytest.raises(ValueError, match="'fr'"):
        catalogue.load("fr")


def test_unknown_ids_show_themselves():
    assert EN.name("cause", "something_new") == "something_new"


def test_years_and_months():
    assert formats.fiscal_year(JA, 2026) == "令和8(2026)年度"
    assert formats.fiscal_year(JA, 2019) == "令和元(2019)年度"
    assert formats.fiscal_year(JA, 2018) == "平成30(2018)年度"
    assert formats.fiscal_year(EN, 2026) == "FY2026"
    assert (formats.month(JA, "2026-04"), formats.month(EN, "2026-04")) == ("2026年4月", "2026-04")
    assert [fiscal_year(day) for day in (date(2026, 3, 31), date(2026, 4, 1))] == [2025, 2026]


@pytest.mark.parametrize(
    ("value", "english", "japanese"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (160_000, "160,000", "16万"),
        (523_412, "523,000", "52.3万"),
        (999_900, "1 million", "100万"),
        (2_131_000, "2.13 million", "213万"),
        (16_200_000, "16.2 million", "1,620万"),
        (-2_131_000, "-2.13 million", "-213万"),
        (99_960_000, "100 million", "1億"),
        (123_450_000, "123 million", "1億2,300万"),
        (-123_450_000, "-123 million", "-1億2,300万"),
        (100_900_000, "101 million", "1億100万"),
        (1_620_000_000, "1,620 million", "16億2,000万"),
    ],
)
def test_rough_counts(value, english, japanese):
    assert (formats.rough(EN, value), formats.rough(JA, value)) == (english, japanese)


def test_axes_count_in_the_units_of_their_language():
    assert [formats.magnitude(JA, top) for top in (9_000, 5e5, 9.9e7, 1e8)] == [
        (1, ""),
        (1e4, "万"),
        (1e4, "万"),
        (1e8, "億"),
    ]
    assert formats.magnitude(EN, 1e8) == (1e6, "million")


@pytest.mark.parametrize(
    ("share", "shown"),
    [(1, "100.0 %"), (0, "0.0 %"), (0.9997, "over 99.9 %"), (0.0001, "under 0.1 %"), (0.9994, "99.9 %")],
)
def test_a_share_is_never_rounded_to_all_or_nothing(share, shown):
    assert formats.percent(EN, share) == shown
    assert formats.points(EN, share) == shown.removesuffix(" %")
    assert formats.percent(JA, share) == formats.points(JA, share).removesuffix("超").removesuffix("未満") + (
        "%超" if "over" in shown else "%未満" if "under" in shown else "%"
    )


@pytest.mark.parametrize(
    ("share", "shown"), [(1, "100 %"), (0.9996, "99.96 %"), (0.999, "99.9 %"), (0.9, "90 %"), (0.000123, "0.0123 %")]
)
def test_a_certainty_is_never_rounded_to_all(share, shown):
    assert formats.digits(EN, share) == shown


def test_values_carry_the_unit_of_their_statistic():
    assert statistics.value(EN, "share_on_time", 0.9536) == "95.4 %"
    assert statistics.value(JA, "mean_days_excl_closure", 10.24) == "10.2日"
    assert statistics.value(EN, "peak_month", 4_123_456) == "4.12 million"
    assert statistics.value(EN, "peak_month", 4_123_456, exact=True) == "4,123,456"
    assert statistics.interval(JA, "peak_month", 4.9e6, 5.3e6) == "490～530万枚"
    assert statistics.interval(JA, "peak_month", 9.9e7, 1.23e8) == "9,900万枚～1億2,300万枚"
    assert statistics.interval(JA, "peak_month", 1.2e8, 2e8) == "1億2,000万枚～2億枚"
    assert statistics.interval(EN, "mean_days", 10.1, 10.4) == "10.1-10.4 days"
    assert statistics.value(EN, "share_on_time", None) == "-"


def test_statistics_of_calls_and_systems_carry_their_units():
    assert statistics.value(EN, "mean_wait_s", 17.6) == "18 s"
    assert statistics.value(JA, "mean_wait_s", 4.64) == "4.6秒"
    assert statistics.value(EN, "utilisation", 0.774) == "77.4 %"
    assert statistics.value(EN, "availability", 0.9985) == "99.85 %"
    assert statistics.value(JA, "hours_lost", 5.7) == "5.7時間"
    assert statistics.interval(JA, "mean_wait_s", 3.4, 24.0) == "3.4～24秒"


def test_intervals_stay_within_what_a_statistic_can_be():
    assert statistics.interval(EN, "availability", 0.9866, 1.0111) == "98.66-100.00 %"
    assert statistics.interval(EN, "hours_lost", -42.6, 51.2) == "0.0-51.2 hours"


def test_every_statistic_of_the_targets_has_a_name():
    assert MEASURES.keys() >= {"callers_answered_share", "mean_of_months_share", "within_20s_share", "hours_lost"}
    assert not [name for name in MEASURES if not EN.has(f"statistic.{name}")]


def test_delivery_statistics_carry_their_days():
    assert values.text(EN, names.statistic("delivered_share_8_days")) == "share with the resident within 8 days"
    assert "年末年始を除く" in values.text(JA, names.statistic("delivered_share_7_days_excl_closure"))


def test_a_count_of_one_has_its_noun_in_the_singular():
    one, many = (EN.text("terminal.provenance", seed=1, replications=count) for count in (1, 11))
    assert one == "seed 1, 1 replication" and many == "seed 1, 11 replications"
    assert EN.text("format.days", number="1") == "1 day" and EN.text("format.days", number="1.0") == "1.0 days"
    assert EN.text("terminal.title", title="1 days", span="1 months") == "1 days, 1 months"


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
def test_what_holds_in_no_month_is_said_without_a_zero(cat):
    counts = {f"{name}{end}" for name in ("over", "below", "short") for end in ("", "_low", "_high")}
    keys = [key for key, text in cat.texts.items() if "{months}" in text and placeholders(text) & counts]
    assert len(keys) == 4
    for key in keys:
        never = key.replace("caption", "caption_never") if "caption" in key else f"{key}_never"
        assert placeholders(cat.texts[never]) == placeholders(cat.texts[key]) - counts
