"""Chapters, tables, charts and captions of call centres, certificates and systems."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from test_reports_folder import make, target

from scenarios.records import as_json, from_json
from scenarios.run.record import Run, Summary
from scenarios.run.statistic import Row


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    return make(tmp_path_factory.mktemp("contact") / "run", last=date(2028, 3, 31))


def opened(folder, **run):
    from dataclasses import replace

    from reports.run_data import read

    data = read(folder)
    return replace(data, run=from_json(Run, as_json(data.run) | run))


def with_seats(data, seats):
    from dataclasses import replace

    contact = {**data.scenario["contact"], "resident": {**data.scenario["contact"]["resident"], "seats": seats}}
    return replace(data, scenario={**data.scenario, "contact": contact})


SEATS_CHANGED = [{"path": "contact.resident.seats", "base": 121, "value": 90}]


def test_rates_are_ratios_of_the_daily_facts(full):
    from reports import centres, series

    data = opened(full)
    rate, wait = centres.answer_rate(data, "resident"), series.band(centres.mean_wait(data, "helpdesk"))
    assert rate.median[0] == pytest.approx(0.99, abs=1e-3) and rate.median[-1] == pytest.approx(0.8, abs=1e-3)
    assert (wait.median[0], wait.median[-1]) == (5, 60)


def test_layers_of_calls_add_up_to_the_calls_offered(full):
    from reports import centres

    data = opened(full)
    offered = centres.calls(data, "resident", "offered").mean(axis=1).to_numpy()
    assert sum(centres.causes(data, "resident").values()) == pytest.approx(offered)


def test_seats_are_an_index_until_the_planner_enters_their_own(full):
    from reports import centres

    data = opened(full, changes=[], library_name=None)
    shown = centres.seats(data, "resident")
    assert shown.unit == "index"
    assert shown.hundred is not None and shown.hundred.low <= shown.hundred.median <= shown.hundred.high
    seats = data.stocks["calls_seats"] / data.stocks["calls_seats_fy2025"]
    assert shown.there.median[0] == pytest.approx(100 * seats.xs(data.months[0], level="month").median())
    entered = with_seats(opened(full, changes=SEATS_CHANGED, library_name=None), 91)
    assert centres.seats(entered, "resident").hundred is None and centres.seats(entered, "resident").unit == "seats"
    assert centres.seats(entered, "helpdesk").hundred is not None


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_captions_tell_of_both_centres_and_of_every_system(full, lang):
    from reports import catalogue, values
    from reports.run.captions import caption
    from sim.facts import CENTRES, SYSTEMS

    data, cat = opened(full), catalogue.load(lang)
    for chart in ("answer-rate", "calls-by-cause", "call-waiting", "seats"):
        shown = values.text(cat, caption(chart, data))
        assert all(cat.name("centre", name) in shown for name in CENTRES)
    lost = values.text(cat, caption("hours-lost", data)).lower()
    assert all(cat.name("part", name).lower() in lost for name in SYSTEMS)


def test_the_caption_counts_the_months_below_the_threshold(full):
    from reports import catalogue, values
    from reports.run.captions import caption

    shown = values.text(catalogue.load("en"), caption("answer-rate", opened(full)))
    assert shown.count("months below 95 %: 12 of 24 (12 to 12)") == 2
    assert "80.0 % answered" in shown


@pytest.mark.parametrize(
    ("lang", "never"),
    [("en", "none of 24 months is below 0 % in any replication"), ("ja", "24か月のうち、0%を下回る月はない")],
)
def test_the_caption_says_that_no_month_is_below_the_threshold(full, lang, never, monkeypatch):
    from reports import catalogue, centres, values
    from reports.run.captions import caption

    monkeypatch.setattr(centres, "threshold", lambda data: 0.0 * np.ones(len(data.months)))
    assert values.text(catalogue.load(lang), caption("answer-rate", opened(full))).count(never) == 2


def test_hours_allowed_are_the_share_of_service_hours_that_may_be_lost(full):
    from reports.run.system_charts import hours

    found = hours(opened(full), "jpki_counter")
    assert found.allowed == pytest.approx([365 * 1000 / 60 * 0.001, 366 * 1000 / 60 * 0.001])
    assert found.mean.tolist() == [0, 12]


def told(folder: Path):
    """Rows of a summary as they speak of the centre and of a system."""
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    shared = {"period": "FY2027", "low": 0.76, "high": 0.84}
    summary["targets"] += [
        target(id="calls-95", part=None, statistic="answered_share", value=0.8, **shared),
        target(id="calls-95", part=None, statistic="mean_wait_s", decides=False, value=60.0, **shared),
        target(id="availability-99.9", part="jpki_counter", statistic="availability", value=0.99812, **shared),
    ]
    return from_json(Summary, summary)


LATE_CARDS = [
    "Late cards and their days by cause: standard, New Year closure left out",
    "Late cards and their days by cause: express, New Year closure included",
]


def test_yearly_tables_show_the_summary_beside_the_spread_of_replications(full):
    from dataclasses import replace

    from reports import catalogue, values
    from reports.document import Period
    from reports.run.chapters import blocks

    cat, data = catalogue.load("en"), replace(opened(full), summary=told(full))
    resident, helpdesk, *_ = blocks(data, "contact")
    shown = ((values.text(cat, cell) for cell in row) for row in (resident.table.headings, resident.table.rows[1]))
    year = dict(zip(*shown, strict=True))
    assert year["Answered / offered (95 % interval)"] == "80.0 % (76.0-84.0 %)"
    assert year["Met in (95 % interval)"] == "2 of 3 (21 % to 94 %)"
    assert year["Mean wait"].startswith("60 s") and year["Within 20 s"].startswith("50.1 %")
    (note,) = values.texts(cat, resident.notes)
    assert "121 seats" in note and "contact.resident.seats" in note
    assert helpdesk.table.rows[1][2:4] == (None, None)
    systems, *_ = blocks(data, "systems")
    assert any("99.81 % (76.00-84.00 %)" in values.text(cat, cell) for row in systems.table.rows for cell in row)
    counters, *_ = blocks(data, "certificates")
    assert [row[0] for row in counters.table.rows] == [Period("FY2026"), Period("FY2027")]
    assert [values.text(cat, block.heading) for block in blocks(data, "cards") if not block.sheet] == [
        *LATE_CARDS, "Cards beside the usual ones: residence cards, readings of names, residents abroad",
        "Cards asked for with the birth notice", "Around the launch of the next card", "Blank cards",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "heading", "told"), [("en", "Validity", "load broke"), ("ja", "有効性確認", "負荷による")]
)
def test_systems_tell_of_validity_and_load_where_anything_happened(full, lang, heading, told):
    from dataclasses import replace

    from reports import catalogue, values
    from reports.run.chapters import blocks

    cat, data = catalogue.load(lang), opened(full)
    happened = ["jpki_load_breaks", "validation_breakdowns"]
    calm = replace(data, flows=data.flows.assign(**dict.fromkeys(happened, 0)))
    earlier = replace(data, flows=data.flows.drop(columns=happened))
    first, *_, validity = (block for block in blocks(data, "systems") if not block.sheet)
    assert heading in values.text(cat, validity.heading) and told in values.text(cat, first.notes[0])
    (with_one,) = [row for row in validity.table.rows if values.text(cat, row[2]).startswith("1.0")]
    assert values.text(cat, with_one[1]).startswith("10.0")
    for quiet in (calm, earlier):
        headings = [values.text(cat, block.heading) for block in blocks(quiet, "systems")]
        assert not any(heading in one for one in headings) and not blocks(quiet, "systems")[0].notes


def test_the_chapter_of_systems_says_whether_it_is_counted(full):
    from dataclasses import replace

    from reports.document import say
    from reports.run import systems

    data = opened(full)
    row = target(id="availability-99.9", part="jpki_counter", period="FY2027", statistic="availability")
    for computed, key in ((True, "note"), (False, "note_counted")):
        rows = from_json(list[Row], [row | {"computed": computed, "probability": 0.5}])
        told = replace(data, summary=replace(data.summary, targets=tuple(rows)))
        assert systems.note(told) == say(f"chapter.systems.{key}")


@pytest.mark.usefixtures("unpainted")
def test_every_chart_stands_in_a_chapter_of_the_page(full):
    from reports.faces.page import write
    from reports.run.charts import CHAPTERS
    from reports.run.document import RUN

    page = write(RUN, full, "en").read_text(encoding="utf-8")
    places = [page.index(f'id="chapter-{name}"') for name in CHAPTERS if name != "wave"]
    assert places == sorted(places)
    assert all(page.count(f'<figure id="{chart}"') == 1 for charts in CHAPTERS.values() for chart in charts)


@pytest.mark.parametrize(
    ("value", "english", "japanese"),
    [
        (
            [{"days": ["mon", "tue", "wed", "thu", "fri"], "from": "08:30", "to": "09:30", "share": 0.8}],
            "Mon-Fri 08:30-09:30: 80 %", "月～金 08:30～09:30 80%",
        ),
        (
            [{"days": ["sat", "sun", "holiday"], "from": "08:30", "to": "17:30"}],
            "Sat, Sun, holidays 08:30-17:30", "土、日、祝日 08:30～17:30",
        ),
        ([{"from": (12, 29), "to": (1, 3)}], "12-29 to 01-03", "12月29日～1月3日"),
        (
            [{"system": "jpki_counter", "day": "2027-03-29", "from": "09:30", "hours": 3, "working_share": 0.0}],
            "JPKI for counters, 2027-03-29 from 09:30 for 3 h: down",
            "公的個人認証(窓口向け)、2027年3月29日 09:30から3時間停止",
        ),
        (
            [{"system": "jpki_counter", "day": date(2027, 3, 30), "from": "09:00", "hours": 8, "working_share": 0.5}],
            "JPKI for counters, 2027-03-30 from 09:00 for 8 h: works at 50 %",
            "公的個人認証(窓口向け)、2027年3月30日 09:00から8時間低速（能力の50%）",
        ),
    ],
)  # fmt: skip
def test_hours_rosters_and_events_are_readable(full, value, english, japanese):
    from reports import assumptions, catalogue, values

    data = opened(full, changes=[{"path": "systems.events", "base": [], "value": value}])
    for lang, shown in (("en", english), ("ja", japanese)):
        (change,) = assumptions.changes(data)
        assert values.text(catalogue.load(lang), change.value) == shown


@pytest.mark.parametrize(("lang", "year"), [("en", "FY2027"), ("ja", "令和9")])
def test_servers_that_stay_down_are_told_beside_the_table(full, lang, year):
    from dataclasses import replace

    from reports import catalogue, values
    from reports.run.chapters import blocks

    data = opened(full)
    rows = [
        target(id="renewed-in-time", part=None, period="FY2027", statistic=name, decides=False, value=value)
        for name, value in (("overloaded_days", 42.0), ("longest_overload_days", 61.5))
    ]
    crowded = replace(data, summary=replace(data.summary, targets=(*data.summary.targets, *from_json(list[Row], rows))))
    (quiet, *_), (told, *_) = (blocks(run, "certificates") for run in (data, crowded))
    (note,) = values.texts(catalogue.load(lang), told.notes)
    assert quiet.notes == ()
    assert year in note and "42" in note and "61.5" in note
