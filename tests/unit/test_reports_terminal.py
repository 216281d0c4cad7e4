"""The verdict table in the terminal, and the answer in sentences."""

import subprocess
import sys
from datetime import date

import pytest
from recorded import run as made
from recorded import summary
from rich.cells import cell_len

from reports import catalogue, values
from reports.run import answer, cells, margins
from reports.run.next_steps import next_steps, typed_where
from reports.run.terminal import verdict_lines
from reports.run.verdicts import headlines
from reports.terminal import for_encoding
from scenarios.run.words import FEWEST, wilson

RUN = {
    "margin": {"least": 0.1, "most": 5.0},
    "chance_shares": {"issue-14-days/standard": 0.3, "express-7-days/express": None},
}


def row(**values):
    base = {
        "id": "issue-14-days", "part": "standard", "period": "FY2026", "statistic": "share_on_time_excl_closure",
        "decides": True, "value": 0.99, "low": 0.98, "high": 1.0, "threshold": 0.95, "probability": 1.0,
        "probability_low": 0.84, "probability_high": 1.0, "verdict": "holds", "first_breach": None,
        "first_breach_low": None, "first_breach_high": None, "short_of": None,
        "monthly_breach_probability": 0.0, "chance_share": None,
    }  # fmt: skip
    return base | values


def bears(value, low=None, high=None, grows_to=(1.6, 1.8), **values):
    """The fields of a row whose target bears so many times the applications forecast with 80 %."""
    ends = {"margin_80": value, "margin_80_low": low, "margin_80_high": high}
    others = {f"margin_{percent}{end}": value for percent in (50, 90) for end in ("", "_low", "_high")}
    uses = zip(("renewal", "move"), (0.5, 0.2), grows_to, strict=True)
    told = {
        "driver": "applications", "driver_reference": "FY2025", "driver_forecast_low": 1.03,
        "driver_forecast_high": 1.09, "margin_replications": 20,
        "uses_up": [{"cause": cause, "load": load, "grows_to": to} for cause, load, to in uses],
    }  # fmt: skip
    return ends | others | told | values


AT_RISK = row(
    period="FY2031", value=0.91, low=0.88, high=0.93, probability=0.55, probability_low=0.34,
    probability_high=0.74, verdict="at_risk", first_breach="2031-05", first_breach_low="2030-11",
    first_breach_high="2032-02", short_of="queue_production",
)  # fmt: skip
FAILS = row(
    id="dispatch-4.8m", part=None, statistic="peak_month", value=5.1e6, low=4.9e6, high=5.3e6, threshold=4.8e6,
    probability=0.0, verdict="fails", first_breach="2033-05", short_of="cap", period="FY2033",
)  # fmt: skip
NOT_TESTED = row(
    id="intake-160k", part=None, period="all", statistic="days_until_breach", verdict="not_tested",
    **dict.fromkeys(("value", "low", "high", "threshold", "probability")),
)  # fmt: skip


def lines(*targets, lang="en", **run):
    return verdict_lines(summary(*targets), made(**RUN | run), lang)


def answered(*targets, lang="en", **run):
    return values.texts(catalogue.load(lang), answer.answer(summary(*targets), made(**RUN | run)))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_character_exists_in_cp932(lang):
    for line in lines(row(), AT_RISK, FAILS, NOT_TESTED, lang=lang, title="更新の波"):
        line.encode("cp932")


TITLE = "Café plan – 𠮷野 [/bold] {x} 更新"


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", TITLE),
        ("utf-16", TITLE),
        ("gb18030", TITLE),
        ("cp932", "Caf? plan ? ?野 [/bold] {x} 更新"),
        ("cp1252", "Café plan – ?? [/bold] {x} ??"),
        ("ascii", "Caf? plan ? ?? [/bold] {x} ??"),
    ],
)
def test_a_title_is_shown_as_far_as_the_console_can(lang, encoding, shown):
    told = for_encoding(lines(row(), lang=lang, title=TITLE, scenario="mine"), encoding)
    assert told[0].startswith(shown)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_a_title_that_a_console_lacks_leaves_the_marks_alone(encoding):
    told = for_encoding(lines(AT_RISK, FAILS, lang="ja", title=TITLE, scenario="mine"), encoding)
    assert [line[2] for line in told if line[2:3] in ("△", "×")] == ["△", "×"]


def test_other_consoles_get_marks_they_have():
    shown = for_encoding(lines(row(), AT_RISK, FAILS, NOT_TESTED), "cp1252")
    assert [line[2] for line in shown[1:] if line[:2] == "  " and line[2] != " "] == ["!", "x", "-"]
    for line in shown:
        line.encode("cp1252")


def test_the_worst_year_speaks_for_its_target():
    shown = lines(row(), AT_RISK, row(period="FY2035"))
    assert "at risk" in shown[1] and "FY2031" in shown[1]
    assert "91.0 % (88.0-93.0 %)" in shown[1] and "vs 95.0 %" in shown[1]
    assert "met in 11 of 20" in shown[1] and "up to" not in shown[1]
    assert shown[2].strip() == "first breach 2031-05 (2030-11 to 2032-02), short of production"


def test_of_years_that_all_hold_the_lowest_share_speaks():
    shown = headlines(summary(row(value=0.999), row(period="FY2030", value=0.97), row(period="FY2031", value=0.98)))
    assert shown[0].worst.period == "FY2030"


def test_of_counts_the_largest_speaks():
    peaks = [FAILS | {"period": f"FY{year}", "value": value} for year, value in ((2026, 5e6), (2027, 6e6), (2028, 5e6))]
    assert headlines(summary(*peaks))[0].worst.period == "FY2027"


def test_the_whole_run_tells_the_first_breach_and_what_every_year_bears():
    run = AT_RISK | {"period": "all", "verdict": "holds", "first_breach": "2030-12", "monthly_breach_probability": 0.7}
    of_years = row(**bears(2.0)), AT_RISK | bears(1.3), row(period="FY2035", **bears(1.1))
    (shown,) = headlines(summary(*of_years, run, AT_RISK | {"period": "years"} | bears(1.05)))
    assert (shown.worst.period, shown.breach.first_breach) == ("FY2031", "2030-12")
    assert (shown.month_breach, shown.room.margin_80) == (0.7, 1.05)
    assert shown.spare == 1.05


def test_months_and_informing_statistics_do_not_speak():
    shown = headlines(summary(row(), AT_RISK | {"period": "2031-05"}, AT_RISK | {"decides": False}))
    assert [line.verdict for line in shown] == ["holds"]


@pytest.mark.parametrize(
    ("value", "english", "japanese"),
    [
        (1.304, "applications up to x1.30 of the forecast", "申請は見込みの1.30倍まで"),
        (5.0, "applications up to more than x5.0 of the forecast", "申請は見込みの5.0倍超まで"),
        (0.1, "applications up to less than x0.1 of the forecast", "申請は見込みの0.1倍未満まで"),
    ],
)
def test_a_margin_is_said_in_its_own_load_as_it_is_forecast(value, english, japanese):
    shown = lines(row(**bears(value)))
    assert english in shown[1]
    assert any(line.startswith("Margin: how many times the load forecast") for line in shown)
    assert "with 80 % probability (20 replications)" in "\n".join(shown)
    assert japanese in lines(row(**bears(value)), lang="ja")[1]


def test_without_margins_none_is_said():
    shown = "\n".join(lines(row(), margin=None))
    assert "up to" not in shown and "Margin" not in shown
    assert answered(row(), margin=None)[-1].startswith("Margins were not")


def margin_rows(shown):
    """The rows of margins as they are read."""
    return [[values.text(catalogue.load("en"), cell) for cell in row] for row in margins.table(shown, made(**RUN)).rows]


def test_a_table_of_margins_says_what_cannot_be_told_and_what_uses_them_up():
    shown = headlines(summary(row(**bears(1.3, low=1.2, grows_to=(1.6, None)))))
    (cells,) = margin_rows(shown)
    assert cells[1:3] == ["applications", "x1.03 to 1.09"]
    assert cells[4] == "x1.30 (x1.20 to cannot be told)"
    (others,) = margin_rows(headlines(summary(row(**bears(1.3)))))
    assert others[4] == "x1.30 (its interval cannot be told)"
    assert cells[6] == "renewals 0.50 (to 1.6 times); moves 0.20"


def test_a_year_before_that_is_not_fiscal_is_named_by_its_months():
    told = headlines(summary(row(**bears(1.3, driver_reference="2027-07/2028-06"))))
    assert values.text(catalogue.load("en"), margins.of_loads(told)) == "Loads are multiples of 2027-07 to 2028-06's."


def test_columns_are_aligned_in_japanese():
    shown = lines(row(), AT_RISK, FAILS, lang="ja")
    starts = {cell_len(line[: line.index("20回中")]) for line in shown if "20回中" in line}
    assert len(starts) == 1


def test_single_months_that_miss_are_said():
    assert "some month breaks in 15 % of replications" in lines(row(monthly_breach_probability=0.15))[2]


def test_not_tested_says_why():
    assert "try intake-160k" in lines(NOT_TESTED)[1]


def test_what_drives_the_spread():
    assert "70 % / 30 %" in lines(row())[-2]
    ends = {"chance_intervals": {"issue-14-days/standard": [0.081, 1.0]}}
    assert "70 % / 30 % (8 % to 100 %)" in lines(row(), **ends)[-2]
    assert "70%／30%（8%～100%）" in lines(row(), lang="ja", **ends)[-2]
    of_row = {"chance_share": 0.5, "chance_share_low": 0.2, "chance_share_high": 0.9}
    assert "50 % / 50 % (20 % to 90 %)" in lines(row(id="calls-95", part=None, **of_row))[-2]
    assert "chance alone" in lines(row(), chance_only=True)[-2]
    untold = row(id="express-7-days", part="express")
    assert "do not say" in lines(untold)[-2]
    assert (
        "70 % / 30 %" in (both := " ".join(lines(row(), untold)))
        and "express delivered in 7 days cannot be told" in both
    )
    assert "特急発行の1週間以内の到着 分けられない" in " ".join(lines(row(), untold, lang="ja"))


def test_parts_are_named_where_a_target_has_several():
    shown = lines(row(id="availability-99.9", part="jpki"), row(id="availability-99.9", part="card-system"))
    assert "(jpki)" in shown[1] and "(card-system)" in shown[2]


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    ("targets", "sentences"),
    [((row(), AT_RISK, FAILS), 3), ((row(),), 3), ((FAILS,), 3), ((AT_RISK,), 3), ((NOT_TESTED,), 1), ((), 1)],
)
def test_the_answer_has_three_sentences_where_there_is_one(targets, sentences, lang):
    assert len(answered(*targets, lang=lang)) == sentences


def test_the_answer_says_what_breaks_first_and_when():
    express = row(id="express-7-days", part="express", statistic="delivered_share_7_days")
    holds, breaks, room = answered(AT_RISK, express, FAILS)
    assert "express delivered in 7 days" in holds and "in every year in 20 of 20 replications" in holds
    assert breaks.startswith("First to break: cards due in fullest month") and "2033-05" in breaks
    assert "Also: cards dispatched in 14 days (at risk, met in 11 of 20)" in breaks
    assert "no margin to tell" in room


def test_a_run_in_which_all_holds_has_an_answer_too():
    holds, breaks, room = answered(row(**bears(5.0, grows_to=(None, None))))
    assert "Nothing tested breaks" in breaks and "FY2026" in holds
    assert room == (
        "Room: all targets that a load can break hold with 80 % probability up to more than x5.0 of the forecast."
    )


def test_next_steps_name_more_of_what_was_short():
    scenario = {"plant": {"cards_per_day": {"value": 160000, "low": 1, "high": 2}}}
    known = made(**RUN, library_name="renewal-wave")
    steps = next_steps(summary(AT_RISK, NOT_TESTED), known, scenario)
    assert [step.command for step in steps] == [
        "cardflow size renewal-wave --resource plant.cards_per_day",
        "cardflow run renewal-wave --set plant.cards_per_day=200000",
        "cardflow run intake-160k",
    ]


def test_next_steps_offer_shorter_repairs_of_the_system_that_breakdowns_miss_most():
    scenario = {
        "systems": {name: {"repair_hours": {"value": 2, "low": 0.5}} for name in ("jpki_counter", "jpki_verifier")}
    }
    known = made(**RUN, library_name="renewal-wave")
    missed = {"id": "availability-99.9", "computed": True, "verdict": "at_risk", "short_of": "breakdowns"}
    broken = [
        row(**missed, part=part, probability=share, period=period)
        for part, share in (("jpki_verifier", 0.7), ("jpki_counter", 0.06))
        for period in ("FY2026", "years")
    ]

    def told(step):
        return values.text(catalogue.load("en"), step.shows)

    command = "cardflow sweep renewal-wave --vary systems.jpki_counter.repair_hours="
    first, *_ = next_steps(summary(*broken), known, scenario)
    assert first.command == f"{command}0.5,1,2" and "2 hours" in told(first)
    path = "systems.jpki_counter.repair_hours"
    worked_out = made(**RUN, library_name="renewal-wave", repairs=[{"path": path, "now": 2.0, "hours": 0.4}])
    first, *_ = next_steps(summary(*broken), worked_out, scenario)
    assert first.command == f"{command}0.4,1,2" and "with 0.4 hours on average instead of 2" in told(first)
    ours = made(**RUN, replaced=[path])
    assert not any("sweep" in step.command for step in next_steps(summary(*broken), ours, scenario))
    holding = [one | {"verdict": "holds"} for one in broken]
    assert not any("sweep" in step.command for step in next_steps(summary(*holding), known, scenario))


def test_next_steps_of_a_changed_scenario_start_from_its_own_file():
    changed = made(**RUN)
    steps = next_steps(summary(AT_RISK), changed, {"plant": {}}, "runs/my plan/1/scenario.toml")
    assert [step.command for step in steps] == ['cardflow run "runs/my plan/1/scenario.toml" --seed 2']


def test_next_steps_repeat_what_made_the_run():
    """Other chance, other actual figures or other margins would be another experiment, simulated from the start."""
    scenario = {"plant": {"cards_per_day": 160000}}
    seeded = made(**RUN | {"margin": None}, seed=7, library_name="plan-fy2026")
    steps = next_steps(summary(row(), UNDECIDED), seeded, scenario)
    assert [step.command for step in steps] == [
        "cardflow run plan-fy2026 --until-decided --seed 7 --no-margin",
        "cardflow size plan-fy2026 --resource plant.cards_per_day --seed 7",
        "cardflow run plan-fy2026 --set plant.cards_per_day=200000 --seed 7 --no-margin",
    ]
    by_chance = made(**RUN, chance_only=True, library_name="plan-fy2026")
    assert [step.command for step in next_steps(summary(AT_RISK, NOT_TESTED), by_chance, scenario)] == [
        "cardflow size plan-fy2026 --resource plant.cards_per_day --chance-only",
        "cardflow run plan-fy2026 --set plant.cards_per_day=200000 --chance-only",
        "cardflow run intake-160k --chance-only",
    ]
    started = made(**RUN, actuals={"file": "our figures.xlsx", "as_of": date(2026, 9, 30)}, library_name="plan-fy2026")
    size, *_, seed = next_steps(summary(AT_RISK), started, scenario, "runs/1/scenario.toml")
    assert size.command == "cardflow size runs/1/scenario.toml --resource plant.cards_per_day"
    assert seed.command == 'cardflow run plan-fy2026 --actuals "our figures.xlsx" --seed 2'


@pytest.mark.parametrize(("name", "words"), [("plan-fy2026", "folder runs"), (None, "scenario.toml")])
def test_commands_are_typed_where_what_they_name_lies(name, words):
    started = made(**RUN, library_name=name, actuals={"file": "ours.csv", "as_of": date(2026, 9, 30)})
    told = values.text(catalogue.load("en"), typed_where(started))
    assert words in told and "ours.csv" in told


def systems(**values):
    shared = {"id": "availability-99.9", "statistic": "availability", "threshold": 0.999, "value": 0.9995}
    return [row(**shared | {"part": part} | values) for part in ("card_management", "jpki_counter", "jpki_verifier")]


def calls(**values):
    shared = {"id": "calls-95", "part": None, "statistic": "answered_share", "short_of": "seats_resident"}
    return row(**shared | values)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_margin_is_told_of_systems_that_no_load_breaks(lang):
    shown = "\n".join(lines(*systems(), lang=lang))
    assert "Margin" not in shown and "余裕" not in shown
    failing = systems(verdict="fails", probability=0.0)
    assert "no load moves" in answered(*failing)[-1]


def test_breakdowns_are_a_cause_and_no_lack():
    shown = "\n".join(lines(*systems(verdict="at_risk", short_of="breakdowns")))
    assert "because of breakdowns" in shown and "short of breakdowns" not in shown


def test_each_part_has_the_chance_of_its_own():
    shares = {f"availability-99.9/{one['part']}": share for one, share in zip(systems(), (0.1, 0.5, 0.9), strict=True)}
    shown = " ".join(lines(*systems(), chance_shares=shares))
    for shares in ("90 % / 10 %", "50 % / 50 %", "10 % / 90 %"):
        assert shares in shown


EIGHT = (row(), FAILS, NOT_TESTED, calls(), calls(id="helpdesk-95"), calls(id="renewed-in-time"), *systems())


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_lines_of_all_targets_fit_a_wide_console(lang):
    parts = [one | {"chance_share": 0.4} for one in (*EIGHT, AT_RISK | {"id": "express-7-days", "part": "express"})]
    assert max(cell_len(line) for line in lines(*parts, lang=lang)) <= 145


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_answer_on_many_targets_is_three_sentences_without_their_values(lang):
    holds, breaks, _ = answered(*EIGHT, lang=lang)
    assert "99.0" not in holds
    assert len(holds) < 400
    several = [one | {"verdict": "fails", "probability": 0.0} for one in EIGHT if one["verdict"] == "holds"]
    _, breaks, _ = answered(*several, AT_RISK, lang=lang)
    assert breaks.count(catalogue.load(lang).text("verdict.fails")) == 2 and len(breaks) < 600


SEATS = {"contact": {"resident": {"seats": [{"from": "2016-01-01", "value": 100}, {"value": 75}]}}}


def test_next_steps_know_seats_slots_and_transactions():
    short = [
        calls(verdict="fails"), calls(id="renewed-in-time", verdict="fails", short_of="slots"),
        calls(id="helpdesk-95", verdict="at_risk", short_of="jpki"),
    ]  # fmt: skip
    scenario = {
        **SEATS,
        "counters": {"slots_per_day": {"value": 80000, "low": 1, "high": 2}},
        "systems": {"jpki_per_day": 400000},
    }
    steps = next_steps(summary(*short), made(**RUN, library_name="plan-period"), scenario)
    paths = ("contact.resident.seats", "counters.slots_per_day", "systems.jpki_per_day")
    assert [step.command for step in steps] == [
        "cardflow size plan-period " + " ".join(f"--resource {path}" for path in paths),
        "cardflow run plan-period --set contact.resident.seats=125",
        "cardflow run plan-period --set counters.slots_per_day=100000",
    ]


def test_seats_that_nobody_knows_are_raised_relative_to_those_of_fy2025():
    seats = {"contact": {"resident": {"seats": {"value": 120, "low": 60, "high": 240}, "seats_index": 100}}}
    run = made(**RUN, library_name="plan-period")
    size, more, *_ = next_steps(summary(calls(verdict="fails")), run, seats)
    assert size.command == "cardflow size plan-period --resource contact.resident.seats"
    assert more.command == "cardflow run plan-period --set contact.resident.seats_index=125"
    assert (
        values.text(catalogue.load("en"), more.shows)
        == "what seats at 125 instead of 100 would do (100: those of FY2025)"
    )


def test_seats_that_a_policy_sizes_are_not_offered():
    scenario = {"contact": {"resident": {"seats": 100, "seats_policy": "last_year"}}}
    steps = next_steps(summary(calls(verdict="fails")), made(**RUN), scenario)
    assert not [step for step in steps if "--set" in step.command]


def test_verdict_lines_need_no_heavy_library():
    code = (
        "import sys, reports.run.terminal, reports.run.next_steps, reports.run.answer\n"
        "print(sorted({'matplotlib', 'pandas', 'pyarrow', 'jinja2', 'xlsxwriter', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_title_that_names_its_years_is_not_given_them_again():
    assert lines(row(), title="Renewal wave, FY2026-FY2035")[0].count("FY2026") == 1


def test_a_title_that_names_other_years_is_given_those_simulated():
    year = {"first_day": date(2027, 4, 1), "last_day": date(2028, 3, 31)}
    named = "The second mid-term period, FY2026-FY2030 + A quarter fewer seats from April 2027"
    assert "FY2027" in lines(row(), title=named, **year)[0]
    assert lines(row(), title="The FY2027 plan", **year)[0].count("FY2027") == 1


def test_the_fewest_replications_that_decide_are_not_told_in_tens():
    assert "16" in values.text(catalogue.load("ja"), cells.to_decide(FEWEST, 1.0, 0.2))
    assert "およそ120回" in values.text(catalogue.load("ja"), cells.to_decide(112, 0.5, 0.2))


@pytest.mark.parametrize("verdict", ["fails", "at_risk", "undecided"])
def test_the_japanese_sentence_on_what_breaks_goes_on_as_one(verdict):
    said = answered(calls(verdict=verdict), lang="ja")[1]
    assert "である、" not in said


def test_the_answer_names_the_target_with_the_least_room():
    calls_ = {"driver": "resident_calls", "uses_up": []}
    said = answered(row(**bears(1.3)), calls(**bears(1.2, **calls_)))[-1]
    assert said == (
        "Least room: calls of residents answered holds with 80 % probability while residents' calls stay below x1.20 "
        "of the forecast."
    )
    said = answered(row(**bears(1.3)), calls(**bears(1.4, **calls_)))[-1]
    assert said.endswith("That would be used up by 1.6 times the load of renewals or 1.8 times the load of moves.")


def test_a_margin_below_its_forecast_is_no_room():
    said = answered(AT_RISK | bears(0.9, grows_to=(None, None)))[-1]
    assert said == (
        "No room for cards dispatched in 14 days: with 80 % probability it holds only while applications stay below "
        "x0.90 of the forecast."
    )
    said = answered(AT_RISK | bears(0.9, grows_to=(None, None)), lang="ja")[-1]
    assert "余裕がない" in said and "見込みの0.90倍" in said


def years(**values):
    """The row of all fiscal years of the target that ``AT_RISK`` is one year of."""
    return row(period="years", value=0.9, threshold=0.95, short_of="queue_production") | values


MANY_YEARS = (row(period="FY2030"), AT_RISK, row(period="FY2032"))


def test_all_years_together_decide_and_the_worst_stands_beside_them():
    together = years(
        verdict="fails", probability=0.1, first_breach="FY2031", first_breach_low="FY2030", first_breach_high="FY2032"
    )
    shown = lines(*MANY_YEARS, together)
    assert shown[1].startswith("  × fails") and "FY2031  91.0 %" in shown[1] and "all years: 2 of 20" in shown[1]
    assert shown[2].strip().startswith("first year missed FY2031 (FY2030 to FY2032), first breach 2031-05")
    assert shown[3].startswith("All years: replications that meet the target in every fiscal year")
    assert shown[4].startswith("Values: means over replications; in brackets the 95 % interval of the mean")
    _, breaks, _ = answered(*MANY_YEARS, together)
    assert "met in every year in 2 of 20 replications" in breaks and "first year missed FY2031" in breaks


def test_one_year_needs_no_words_on_all_years():
    shown = "\n".join(lines(AT_RISK, years(verdict="at_risk", probability=0.55)))
    assert "met in 11 of 20" in shown and "all years" not in shown.lower()


UNDECIDED = years(verdict="undecided", probability=0.95, replications_to_decide=28)


def test_undecided_has_a_mark_of_its_own_and_says_how_many_replications_would_decide():
    for lang, word, number in (("en", "undecided", "about 30 replications"), ("ja", "判定保留", "およそ30回")):
        shown = lines(row(period="FY2030"), row(period="FY2031", probability=0.95), UNDECIDED, lang=lang)
        assert shown[1].startswith(f"  ◇ {word}") and number in shown[2]
        shown[1].encode("cp932")
    assert for_encoding(shown, "cp1252")[1].startswith("  ? ")


@pytest.mark.parametrize(("share", "bound"), [(0.8, "80 %"), (0.2, "20 %")])
def test_no_number_of_replications_decides_beside_a_bound(share, bound):
    near = years(verdict="undecided", probability=share, replications_to_decide=None)
    shown = lines(*MANY_YEARS, near)[2]
    assert f"not even 1,000 replications would decide: the share that meets it is too near {bound}" in shown


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_few_replications_are_told_that_no_word_can_be_reached(lang):
    few = row(verdict="undecided", replications_to_decide=16)
    shown = lines(few, lang=lang, replications=3)
    assert any("16" in line and "3" in line and "○" in line for line in shown[2:])
    holds, second, _ = answered(few, lang=lang, replications=3)
    assert "16" in holds and "20" in second
    assert not any("16" in line for line in lines(row(), lang=lang)[2:])
    assert str(FEWEST) in catalogue.load(lang).text("verdict.rule.undecided")


def test_what_is_undecided_comes_behind_what_breaks_and_is_named():
    other = UNDECIDED | {"id": "calls-95", "part": None, "statistic": "answered_share"}
    _, breaks, _ = answered(AT_RISK, other | {"period": "FY2030"}, other)
    assert breaks.startswith("Earliest in danger")
    assert "calls of residents answered (undecided, met in 19 of 20)" in breaks


def test_next_steps_offer_the_replications_that_would_decide():
    steps = next_steps(summary(row(period="FY2031"), UNDECIDED), made(**RUN), {"plant": {}})
    assert steps[0].command == "cardflow run scenario.toml --until-decided"
    near = UNDECIDED | {"replications_to_decide": None}
    steps = next_steps(summary(row(period="FY2031"), near), made(**RUN), {"plant": {}})
    assert not any("--until-decided" in step.command for step in steps)


def test_the_first_breach_is_told_with_how_often_a_month_breaks_at_all():
    (breaks,) = (line for line in lines(AT_RISK | {"monthly_breach_probability": 0.4}) if "first breach" in line)
    assert "first breach 2031-05 (2030-11 to 2032-02), some month breaks in 40 % of replications" in breaks


@pytest.mark.parametrize("broken", [0.25, 0.0])
def test_a_month_judged_by_another_statistic_than_the_year_is_told_where_months_are(broken):
    express = {"id": "express-7-days", "part": "express"}
    year = row(**express, statistic="delivered_share_7_days", monthly_breach_probability=broken)
    month = row(**express, statistic="delivered_share_7_days_excl_closure", period="2031-05")
    told = "month: share with the resident within 7 days, New Year closure left out; fiscal year: share with the"
    (shown,) = headlines(summary(year, month))
    assert told in values.text(catalogue.load("en"), cells.months_note([shown]))
    assert any(told in line for line in lines(year, month)) == bool(broken), "no line speaks of months: nor does a note"
    assert not cells.months_note(headlines(summary(row(), row(period="2031-05")))), "both are judged alike"


@pytest.mark.parametrize(("met", "tested", "told"), [(1, 5, "early"), (20, 100, "none")])
def test_only_a_narrow_interval_says_that_no_number_of_replications_would_decide(met, tested, told):
    low, high = wilson(met, tested)
    found = years(verdict="undecided", probability=met / tested, probability_low=low, probability_high=high)
    (shown,) = headlines(summary(*MANY_YEARS, found))
    assert cells.why_undecided(shown).key == f"undecided.{told}"
