"""Availability's probability is computed: which rows carry it, its words, and how reports say so."""

from datetime import date

import pytest
import recorded

from reports import catalogue, values
from reports.run.answer import answer
from reports.run.cells import met
from reports.run.tables import verdicts
from reports.run.terminal import verdict_lines
from reports.run.verdicts import headlines
from scenarios.experiment.experiment import Point
from scenarios.files.load import load
from scenarios.records import as_json
from scenarios.run.available import TARGET, Availability, with_computed
from scenarios.run.decided import decided
from scenarios.run.record import Summary
from scenarios.run.statistic import Row
from scenarios.run.words import FAILS_UP_TO, HOLDS_FROM, word_of
from sim.targets import Statistic

YEAR = load("plan-period").with_values({"start": date(2026, 4, 1), "end": date(2027, 3, 31)})
POINT = Point("year", YEAR.parameters, 1, chance_only=True)


def row(target: str, part: str | None, period: str = "FY2026", **values: object) -> Row:
    counted = {"probability": 0.5, "probability_low": 0.3, "probability_high": 0.7, "replications_to_decide": 40}
    known = {"value": 0.9993, "low": 0.9991, "high": 0.9995, "threshold": 0.999, "verdict": "undecided"}
    return Row(target, part, period, "availability", **{"decides": True, **known, **counted, **values})  # type: ignore[arg-type]


def test_availability_is_computed_and_nothing_else() -> None:
    calls, system = row("calls-95", None), row(TARGET, "jpki_counter")
    beside, untested = row(TARGET, None, decides=False), row(TARGET, "jpki_verifier", probability=None)
    found = with_computed([calls, system, row(TARGET, "jpki_counter", "years"), beside, untested], Availability(POINT))
    assert [one.computed for one in found] == [False, True, True, False, False]
    assert (found[0], *found[3:]) == (calls, beside, untested)
    year, years = found[1:3]
    assert year.probability == years.probability and 0 < (year.probability or 0) < 1
    assert year.verdict == word_of(year.probability or 0.0)
    assert (year.probability_low, year.probability_high, year.replications_to_decide) == (None, None, None)
    assert year.value == system.value  # the mean stays that of the replications


def test_years_together_are_no_likelier_than_any_of_them() -> None:
    longer = YEAR.with_values({"end": date(2028, 3, 31)})
    periods = ("FY2026", "FY2027", "years")
    rows = [row(TARGET, "card_management", period) for period in periods]
    first, second, both = (
        one.probability or 0.0 for one in with_computed(rows, Availability(Point("x", longer.parameters, 1, True)))
    )
    assert both == pytest.approx(first * second) and both < min(first, second)


def test_a_computed_probability_has_a_word_without_an_interval() -> None:
    assert [word_of(share) for share in (1.0, HOLDS_FROM, 0.79, 0.21, FAILS_UP_TO, 0.0)] == [
        "holds", "holds", "at_risk", "at_risk", "fails", "fails",
    ]  # fmt: skip


def test_no_replications_are_added_for_what_is_computed() -> None:
    told = [[Statistic(TARGET, "jpki_counter", "FY2026", "availability", 0.999, 0.999, met)] for met in (True, False)]
    assert decided(told * 8, 200).undecided == ()


RUN = recorded.run(title="T", last_day="2028-03-31")


def summary(share: float) -> Summary:
    computed = {"probability": share, "probability_low": None, "probability_high": None, "computed": True}
    said = {**computed, "verdict": word_of(share), "replications_to_decide": None}
    rows = [row(TARGET, "jpki_counter", period, **said) for period in ("FY2026", "FY2027", "years")]
    return recorded.summary(*as_json(rows))


@pytest.mark.parametrize(
    ("lang", "cell", "line", "holds", "danger"),
    [
        ("en", "64 % (computed)", "all years: 64 %, computed", "with a computed probability of 93 %",
         "met in every year with a computed probability of 64 %"),
        ("ja", "64%（計算値）", "全年度達成の確率64%（計算値）", "全年度達成の確率は計算値で93%",
         "全年度達成の確率は計算値で64%"),
    ],
)  # fmt: skip
def test_reports_say_that_it_is_computed(lang: str, cell: str, line: str, holds: str, danger: str) -> None:
    cat, told = catalogue.load(lang), summary(0.64)
    assert values.text(cat, met(headlines(told)[0].decides, RUN)) == cell
    assert any(line in shown for shown in verdict_lines(told, RUN, lang))
    assert danger in values.texts(cat, answer(told, RUN))[1]
    assert holds in values.texts(cat, answer(summary(0.93), RUN))[0]
    assert headlines(told)[0].met(20) is None


def test_the_first_year_missed_is_worked_out_like_the_probability() -> None:
    """Years that each miss with the same chance, for sure: the first that does is a geometric number, cut off."""
    decade = YEAR.with_values({"end": date(2036, 3, 31)})
    known = Availability(Point("x", decade.parameters, 1, chance_only=True))
    met = known.probability("jpki_counter", "FY2026")
    total = 1 - met**10
    expected = [min(y for y in range(10) if 1 - met ** (y + 1) >= share * total) for share in (0.1, 0.5, 0.9)]
    assert expected[0] < expected[1] < expected[2], "three points that tell"
    noise = {"first_breach": "FY2035", "first_breach_low": "FY2035", "first_breach_high": "FY2035"}
    years, one = with_computed(
        [row(TARGET, "jpki_counter", "years", **noise), row(TARGET, "jpki_counter", "FY2026")], known
    )
    told = years.first_breach_low, years.first_breach, years.first_breach_high
    assert told == tuple(f"FY{2026 + place}" for place in expected)
    assert one.first_breach is None


def of_years(*shares: float) -> Summary:
    """Years whose means are far apart by chance, and the run."""
    found = {"probability_low": None, "probability_high": None, "computed": True, "verdict": "at_risk"}
    rows = [
        row(TARGET, "jpki_counter", f"FY{2026 + place}", **found, probability=share, value=0.9990 - place / 1000)
        for place, share in enumerate(shares)
    ]
    rows += [row(TARGET, "jpki_counter", name, **found, probability=0.3, value=0.9985) for name in ("all", "years")]
    return recorded.summary(*as_json(rows))


@pytest.mark.parametrize(
    ("lang", "word", "sentence"),
    [("en", "any year alike", "any year alike with 99.85 %"), ("ja", "どの年度も同程度", "どの年度も同程度で99.85%")],
)
def test_years_whose_computed_probabilities_are_alike_have_no_worst(lang: str, word: str, sentence: str) -> None:
    cat = catalogue.load(lang)
    for told, alike in ((of_years(0.645, 0.644), True), (of_years(0.60, 0.644), False), (of_years(0.6), False)):
        (shown,) = headlines(told)
        assert shown.alike is alike
        assert (shown.worst.value, shown.worst.period) == ((0.9985, "all") if alike else (0.9990, "FY2026"))
        (line, *_) = (line for line in verdict_lines(told, RUN, lang) if "99." in line)
        assert (word in line) is alike and ("99.85" in line) is alike
        assert (sentence in values.texts(cat, answer(told, RUN))[1]) is alike
        cells_ = verdicts([shown], RUN).rows[0]
        assert (word in values.texts(cat, [cell for cell in cells_ if cell is not None])) is alike


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "[first year missed FY2027, short of seats (residents)]"), ("ja", "不足は席数（住民向け）］")],
)
def test_the_answer_says_of_each_target_that_does_not_hold_when_and_for_want_of_what(lang: str, said: str) -> None:
    missed = {"verdict": "at_risk", "short_of": "seats_resident", "first_breach": "FY2027"}
    found = [*rows_of(0.06), *(row("calls-95", None, period, **missed) for period in ("FY2026", "FY2027", "years"))]
    sentence = values.texts(catalogue.load(lang), answer(recorded.summary(*as_json(found)), RUN))[1]
    assert said in sentence


def rows_of(share: float) -> list[Row]:
    computed = {"probability": share, "computed": True, "verdict": "fails"}
    return [row(TARGET, "jpki_counter", period, **computed) for period in ("FY2026", "FY2027", "years")]
