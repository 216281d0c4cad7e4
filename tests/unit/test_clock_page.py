"""The clock's page, charts, answer and terminal lines in both languages, from made-up replications."""

from dataclasses import replace
from datetime import date

import clock_sample as sample
import drawn
import pytest
from alone import stands_alone

from reports import catalogue, names, values
from reports.clock import cells, tables
from reports.clock.answer import answer, of_event
from reports.clock.captions import caption
from reports.clock.charts import CHARTS, MOST, last_dates
from reports.clock.document import CLOCK, document
from reports.document import Figures, Number, Period
from reports.faces import page as page_face
from reports.faces import terminal
from scenarios.clock.lead_times import load_lead_times
from scenarios.clock.observables import OBSERVABLES
from scenarios.clock.record import Days, Order

EN, JA = catalogue.load("en"), catalogue.load("ja")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("時計") / "run"
    sample.usual(place)
    return place


@pytest.fixture(scope="module")
def data(folder):
    return CLOCK.read(folder)


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_is_whole_and_stands_alone(lang, folder):
    page = page_face.write(CLOCK, folder, lang)
    text = page.read_text(encoding="utf-8")
    assert page == folder / "clock.html" and f'<html lang="{lang}">' in text
    assert text.count("<figure id=") == len(CHARTS) == 2
    assert stands_alone(text)
    assert sorted(path.name for path in (folder / "charts").iterdir()) == sorted(
        f"{name}.{kind}" for name in CHARTS for kind in ("png", "svg")
    )
    assert "cardflow clock scenario.toml --lead-times lead-times.toml --seed 1 --replications 24" in text
    assert "--as-of 2026-04-01" in text and not list(folder.glob(".*.part"))


def test_the_answer_names_break_last_date_sign_and_how_sure(data):
    said = values.texts(EN, answer(data))
    assert "2 targets and years" in said[0] or "break in none" in said[0]
    assert said[1].startswith("Calls of residents answered, FY2026: breaks in 8 of 24 (33 %, 18-53 %) replications.")
    assert "year is lost in 2027-02" in said[1] and "2025-08-31 (passed)" in said[1]
    seats = "1.35 times the seats of the resident call centre"
    assert f"An order of {seats}, at work by 2027-02-20 at the latest, saves the year in 8 of 8 (100 %" in said[1]
    assert said[2].startswith(
        "Trip-wire (saves the year with money of the running year, 6 months to act): card applications a day above 1"
    )
    assert f"An order of {seats}, given when it fires, saves the year in 4 of 4 (100 %, 51-100 %)" in said[2]
    assert "falsely in 0 of 8 (0 %, 0-32 %)" in said[2]
    assert "Of its alarms 4 of 4 (100 %, 51-100 %) are right; 33 % (14-61 %) of all replications break" in said[2]
    assert "12 replications chose" in said[-1] and "Better than chance: 1 of the trip-wires found, 1 in all" in said[-1]
    assert "by the last day of the request the wire fires in 0 of 4 (0 %, 0-49 %)" in said[2]
    told = values.texts(JA, answer(data))
    assert "要求の期限までに警告が出るのは4回中0回" in told[2] and "別の財源が要る" in told[2]
    assert "概算要求" in told[1] and "席数を1.35倍にする発注が遅くとも" in told[1]
    assert "早期警戒指標（当年度の財源で挽回、所要6か月）：1日の申請件数が" in told[2] and "4回中4回" in told[2]


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
def test_a_month_that_leaves_new_year_out_is_told_in_the_words_of_a_run(data, cat):
    (event,) = data.leading
    days = "delivered_share_7_days"
    apart = replace(event, target="express-7-days/express", by_month=f"{days}_excl_closure", by_year=days)
    (run,) = values.texts(cat, [names.months_apart([(names.target(apart.target), apart.by_month, days)])])
    assert {"en": "New Year closure left out", "ja": "年末年始を除く"}[cat.lang] in run
    for event_, times in ((apart, 1), (event, 0)):
        told = replace(data, events=(event_,))
        assert values.texts(cat, answer(told)).count(run) == times
        without = replace(event_, wires=(), no_wire="too_few")
        (block,) = next(
            part for part in document(replace(data, events=(without,), paths=())).chapters if part.id == "others"
        ).blocks
        assert values.texts(cat, block.notes).count(run) == times


@pytest.mark.parametrize("cat", [EN, JA])
def test_early_word_says_whether_an_order_still_saves_the_year(tmp_path, cat):
    sample.clocked(tmp_path / "none", targets=("calls-95",), rerun=lambda known, *_: known)
    found = CLOCK.read(tmp_path / "none")
    said = values.texts(cat, answer(found))
    assert cat.text("clock.answer.no_order") in said[1] and cat.text("clock.answer.saves_nothing") in said[2]
    (event,) = found.breaking
    order = Order("plant.weekend_days_per_month", 1, None, 4.0, 8, 8, 0.7, 1.0)
    wire = replace(event.wires[0], saved=1)
    late = replace(found, events=(replace(event, order=order, wires=(wire,)),))
    told = values.texts(cat, of_event(late, late.events[0]))[1]
    assert values.text(cat, cells.order(order)) in told and ("1 of 4" in told or "4回中1回" in told)
    asked = replace(event, order=order, wires=(replace(wire, requested=0),))
    told = values.texts(cat, of_event(late, asked))[1]
    assert "概算要求" in told and ("0 of 4" in told or "4回中0回" in told)


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
def test_a_computed_probability_says_so_wherever_it_stands(data, cat):
    (event,) = data.breaking
    (wire,) = event.wires
    nothing = {"probability_low": None, "probability_high": None, "resources": (), "order": None}
    own = replace(wire, purpose="early_word", base_rate=0.36, base_rate_low=None, base_rate_high=None)
    target = "availability-99.9/jpki_counter"
    down = replace(event, **nothing, target=target, probability=0.36, computed=True, wires=(own,))
    path = replace(data.paths[0], target=target, purpose="early_word")
    clock = replace(data, events=(down,), paths=(path,))
    said, shown = values.texts(cat, of_event(clock, down)), {"en": "36 % (computed)", "ja": "36%（計算値）"}[cat.lang]
    assert shown in said[0] and shown in said[1] and shown in values.text(cat, caption(clock, "clock-wires"))
    assert "of all replications break anyway" not in said[1] and "もともと未達となる割合" not in said[1]
    (row,) = tables.wires(clock).rows
    assert shown in [values.text(cat, cell) for cell in row if isinstance(cell, Figures)]
    assert any(shown in text for text in drawn.texts(cat, last_dates(clock)))


@pytest.mark.parametrize(("cat", "said"), [(EN, ", any year alike: breaks"), (JA, "（どの年度も同程度）")])
def test_years_whose_computed_probabilities_are_alike_are_not_named(data, cat, said):
    (event,) = data.breaking
    never, target = Days(None, None, None), "availability-99.9/jpki_counter"
    down = replace(
        event, target=target, probability=0.36, computed=True, wires=(), no_wire="too_few", resources=(), order=None,
        needed=never, first_breach=never, lost=never,
    )  # fmt: skip
    for chance, alike in ((0.355, True), (0.40, False)):
        clock = replace(data, events=(down, replace(down, period="FY2028", probability=chance)), paths=())
        told = values.texts(cat, answer(clock))[1]
        assert (said in told) is alike and (values.text(cat, Period(down.period)) in told) is not alike
        assert drawn.texts(cat, last_dates(clock))


def test_tables_have_a_cell_under_every_heading(data):
    found = [
        tables.wires(data),
        tables.dates(data),
        tables.others([event for event in data.events if event.no_wire]),
        tables.lead_times(data),
    ]
    assert all(len(row) == len(table.headings) for table in found for row in table.rows)
    assert not any(isinstance(cell, str) for table in found[:3] for row in table.rows for cell in row)
    assert all(tuple(cells.rates(wire)) == cells.RATES for _, wire in data.wires)
    assert len(found[0].rows) == 1 and len(found[1].rows) == 1 and len(found[3].rows) == len(load_lead_times().entries)
    assert {part.id for part in document(data).chapters} >= {"dates", "wires", "others", "lead_times", "again"}


def test_what_was_tried_is_numbers_in_one_cell(data):
    (row,) = tables.dates(data).rows
    tried = row[4]
    assert isinstance(tried, Figures)
    assert (tried.numbers["amount"], tried.numbers["count"], tried.numbers["of"]) == (Number(1.35, "plain"), 8, 8)
    told = [values.text(cat, tried) for cat in (EN, JA)]
    assert told[0].startswith("× 1.35: 8 of 8 (100 %, ") and told[1].startswith("× 1.35：8回中8回 (100%、")
    event = replace(data.breaking[0], order=Order("plant.lines", 1, None, 4.0, 1, 2, 0.09, 0.91))
    assert values.text(EN, cells.tried(event, "plant.lines")) == "+ 4: 1 of 2 (50 %, 9-91 %)"
    assert cells.tried(event, "plant.checks_per_day") is None


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
def test_everything_watched_and_every_resource_has_words(data, cat):
    assert not [name for name in OBSERVABLES if not cat.has(f"clock.observable.{name}")]
    assert not [path for path in load_lead_times().entries if not cat.has(f"clock.lead_why.{path}")]
    shipped = load_lead_times().entries
    assert all(EN.text(f"clock.lead_why.{path}") == entry.why for path, entry in shipped.items())
    amounts = {"count": 1234.0, "share": 0.954, "days": 12.3, "minutes": 7.21, "hours": 4.4}
    for name, observable in OBSERVABLES.items():
        told = {"wire": name, "side": observable.side, "threshold": amounts[observable.kind], "weeks": 4}
        entry = replace(data.wires[0][1], **told)
        assert "{" not in values.text(cat, cells.wire(entry))


def test_a_wire_in_plain_words(data):
    entry = replace(data.wires[0][1], wire="calls_answered", side="below", threshold=0.954, weeks=4)
    assert values.text(EN, cells.wire(entry)) == "share of residents' calls answered below 95.4 % in 4 weeks in a row"
    assert values.text(JA, cells.wire(entry)) == "コールセンターの応答率が4週続けて95.4%を下回る"
    assert values.text(EN, cells.wire(replace(entry, weeks=1))).endswith("below 95.4 % in any week")


def test_captions_say_what_has_passed(data):
    assert "For 1 of the targets" in values.text(EN, caption(data, "clock-calendar"))
    wires = values.text(EN, caption(data, "clock-wires"))
    assert "above" in wires and "4 of 4" in wires
    early = replace(data, as_of=date(2020, 1, 1))
    assert values.text(EN, caption(early, "clock-calendar")) == EN.text("clock.calendar_ahead")


@pytest.mark.parametrize(("lang", "encoding"), [("en", "utf-8"), ("ja", "cp932"), ("ja", "ascii")])
def test_the_terminal_shows_it_in_any_encoding(folder, lang, encoding):
    lines = terminal.lines(CLOCK, folder, lang, folder / "clock.html", encoding)
    "\n".join(lines).encode(encoding)
    assert any("8" in line and "24" in line for line in lines)


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
@pytest.mark.parametrize("breaking", [False, True])
def test_nothing_to_choose_is_said_plainly(tmp_path, cat, breaking):
    sample.clocked(tmp_path, 4, lambda number: breaking, ("calls-95",))
    data = CLOCK.read(tmp_path)
    assert [name for name, draw in CHARTS.items() if draw(data)] == ["clock-calendar"]
    page_face.write(CLOCK, tmp_path, cat.lang)
    said = " ".join(values.texts(cat, answer(data)))
    expected = cat.text("clock.no_wire.always")
    assert (expected in said) is breaking
    assert breaking or said == cat.text("clock.answer.all_hold", of=2, replications=4)


def test_no_more_rows_than_a_chart_can_hold(data):
    many = tuple(replace(sample.event(data), period=f"FY{year}") for year in range(2026, 2046))
    (panel,) = last_dates(replace(data, events=many)).panels
    assert 0 < len(panel.places.names) <= MOST


def test_the_first_year_that_is_likely_enough_leads(data):
    def year(period, breaks, target="calls-95"):
        return replace(sample.event(data), target=target, period=period, probability=breaks / 10)

    rare, early, late = year("FY2026", 1), year("FY2027", 2), year("FY2028", 9)
    other = year("FY2026", 1, "helpdesk-95"), replace(year("FY2027", 1.5, "helpdesk-95"), resources=())
    named = replace(data, events=(rare, early, late, *other)).leading
    assert [(event.target, event.period) for event in named] == [
        ("calls-95", "FY2027"),
        ("helpdesk-95", "FY2027"),
    ]
