"""The page, charts, answer, budget table, workbook and terminal lines of a made-up sizing."""

import io
import math
import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import drawn
import openpyxl
import pytest
import sizing_sample as sample
from alone import stands_alone

from reports import catalogue, values
from reports.document import Number, Period, Range, Table, say
from reports.drawing import Series
from reports.drawn_numbers import numbers as tables_of
from reports.faces import page, terminal
from reports.faces.cells import columns
from reports.faces.workbook import workbook
from reports.size import budget, cells, live, tables
from reports.size.answer import answer
from reports.size.captions import caption
from reports.size.charts import CHARTS, by_month
from reports.size.document import SIZE, document
from reports.size.priced import read
from scenarios import prices as prices_module
from scenarios.bill import Bill
from scenarios.price_file import load_prices

EN, JA = catalogue.load("en"), catalogue.load("ja")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return sample.write(tmp_path_factory.mktemp("予算") / "run")


@pytest.fixture(scope="module")
def data(folder):
    return read(folder)


@pytest.fixture
def told(tmp_path):
    """Read what a sample with changes holds."""

    def read_changed(whole, **changes):
        return read(sample.write(tmp_path / "changed", whole | changes))

    return read_changed


def numbers(cat, data):
    """The budget table as numbers: (year, label) -> one a certainty."""
    table = tables.budget(data, budget.money(data))
    told = {tuple(values.texts(cat, row[:2])): row[3:] for row in table.rows}
    return {key: [cell.amount for cell in row] for key, row in told.items() if isinstance(row[0], Number)}


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_is_whole_and_stands_alone(lang, folder, data):
    path = page.write(SIZE, folder, lang)
    text = path.read_text(encoding="utf-8")
    assert path == folder / "size.html" and f'<html lang="{lang}">' in text
    charts = drawn.charts(document(data))
    assert len(charts) == 4 and text.count("<figure id=") == 4
    assert stands_alone(text)
    assert {path.stem for path in (folder / "charts").iterdir()} == set(charts)
    assert "仮定値" in text and load_prices().digest in text and "0.4.0" in text
    assert (
        "cardflow size scenario.toml --resource contact.resident.seats=60:400:1 --resource plant.cards_per_day=" in text
    )
    assert f"--replications {data.search_replications} --fresh {data.fresh_replications} --seed" in text
    assert (folder / "budget.xlsx").exists() and not list(folder.glob(".*.part"))


@pytest.mark.parametrize(
    ("cat", "buys", "note"),
    [
        (EN, "index 122 (146 seats) from 2027-04 on, index 22 (26 seats) more than today's index 100 (120 seats). ",
         "those of FY2025 are 100, and how many there were is not published. The number in brackets is meant for 120 "
         "seats in FY2025; the published answer rate and the assumed calls leave 84 to 171 (5 to 95 %), 121 in the "
         "middle. What seats cost is told for 120 and goes in proportion. Enter your own in contact.resident.seats."),
        (JA, "指数122（146席）", "括弧内は令和7(2025)年度を120席とした場合の席数で"),
    ],
    ids=["en", "ja"],
)  # fmt: skip
def test_seats_that_nobody_knows_are_an_index_with_what_it_may_stand_for(cat, buys, note, told):
    whole = sample.sizing()
    unknown = {"value": 120.0, "low": 84.2, "middle": 121.4, "high": 170.6}
    data = told(whole, resources=[whole["resources"][0] | {"hundred": unknown}, *whole["resources"][1:]])
    said = values.texts(cat, answer(data))
    assert buys in said[3]
    assert sum(note in sentence for sentence in said) == 1
    assert "146,000" in said[3] and "146,000 (" not in said[3]  # cards are counted as they are


@pytest.mark.parametrize(
    ("cat", "seats", "cards"),
    [(EN, "index +22 (+26 seats)", "-14,000"), (JA, "指数+22（+26席）", "-14,000")],
    ids=["en", "ja"],
)
def test_what_is_more_than_today_is_told_in_the_index_where_levels_are(cat, seats, cards, told):
    whole = sample.sizing()
    unknown = {"value": 120.0, "low": 84.2, "middle": 121.4, "high": 170.6}
    data = told(whole, resources=[whole["resources"][0] | {"hundred": unknown}, *whole["resources"][1:]])
    (screen,) = (each for each in document(data).screen if isinstance(each, Table))
    for table, column in ((tables.levels(data, data.asked.levels), 6), (screen, 4)):
        said = values.texts(cat, [row[column] for row in table.rows])
        assert said[0] == seats and cards in said


def test_the_answer_says_what_to_buy_by_when_with_its_evidence(data):
    said = values.texts(EN, answer(data))
    assert said[0].startswith("Ask for: FY2027: seats of the resident call centre 146 seats (26 seats more than today)")
    assert "production capacity 146,000 cards/day (14,000 cards/day fewer than today)" in said[0]
    assert "million yen with tax; FY2028:" in said[0] and said[0].endswith("Prices: assumed (仮定値).")
    assert (
        "With this, these targets hold together in each fiscal year by itself with a certainty of at least 90 %, as "
        "shown with 95 % assurance: cards dispatched in 14 days, calls of residents answered. No other target is "
    ) in said[0]
    assert "In all fiscal years at once they held in 94 of 100 (94 %, 87 % to 98 %) fresh replications." in said[0]
    assert said[1].startswith(
        "Decide by: seats of the resident call centre 2026-08-31, to have it on the first day of FY2027, 2027-04-01; "
        "production capacity 2027-08-31, to have it on the first day of FY2028, 2028-04-01. "
    )
    assert "cardflow clock tells by when it must work within the year itself" in said[1] and "passed" not in said[1]
    assert "certainty of at least 90 %" in said[2] and "cards dispatched in 14 days, calls of residents" in said[2]
    assert said[3].startswith(
        "FY2027: Seats of the resident call centre: 146 seats from 2027-04 on, 26 seats more than today's 120 seats. "
        "The least that does lies between 138 seats and 148 seats (95 %). "
        "Production capacity: 146,000 cards/day suffice, 14,000 cards/day fewer than today's 160,000 cards/day. "
    )
    assert "On fresh replications the targets held together in 97 of 100 (97 %, 91 % to 99 %)." in said[3]
    assert said[3].endswith(
        "With today's levels: in 31 of 100 (31 %, 22 % to 41 %); short most often: seats (residents)."
    )
    assert "132 seats from 2028-04 on" in said[4]
    assert said[5].startswith("Shown: 100 fresh replications") and "95 % assurance" in said[5]
    assert said[6].startswith(
        "Could be released, with the evidence above: production capacity (FY2027: 14,000 cards/day). Nothing is"
    )
    assert (
        "million yen (95 % interval of what that certainty costs: " in said[7]
        and "assumed (仮定値)" in said[7]
        and "prices.toml" in said[7]
    )
    assert said[8].startswith("No budget is shown for 99 %: it takes 299 fresh replications (--fresh 299)")


def test_plans_say_what_they_lie_apart_and_that_further_points_are_another_number(data):
    unit = budget.money(data)
    steps = [values.text(EN, row[-1]) for row in tables.plans(data, unit).rows]
    totals = [sum(line.yen_incl_tax for line in plan.lines) / unit.step for plan in data.priced]
    for told, (lower, upper), points in zip(steps[1:], pairwise(totals), (10, 5), strict=True):
        yen, a_point = (float(number.replace(",", "")) for number in re.findall(r"[\d,]+", told))
        assert yen == pytest.approx(upper - lower, abs=1) and a_point == pytest.approx(yen / points, abs=0.5)
    notes = [values.text(EN, note) for part in document(data).chapters for block in part.blocks for note in block.notes]
    assert sum("another number than the estimate" in note for note in notes) == 1
    assert sum("without what the assurance takes" in note for note in notes) == 1


@pytest.mark.parametrize(
    ("as_of", "passed"),
    [
        ("2026-08-31", ""),
        ("2026-09-01", "seats of the resident call centre"),
        ("2027-09-01", "seats of the resident call centre, production capacity"),
    ],
)
def test_a_date_to_decide_by_that_lies_before_today_has_passed(as_of, passed, told):
    said = values.texts(EN, answer(told(sample.sizing(), as_of=as_of)))[1]
    assert said.partition(f"On {as_of} that date has passed for: ")[2].partition(".")[0] == passed


@pytest.mark.parametrize(
    ("years", "together", "when"),
    [
        (2, "year", "in each fiscal year by itself with"),
        (2, "run", "in all fiscal years at once with"),
        (1, "year", "in FY2027 with"),
    ],
)
def test_a_certainty_says_of_which_years_it_is(years, together, when, told):
    whole = sample.sizing(priced=False)
    (plan,) = whole["plans"]
    plan["levels"] = [level for level in plan["levels"] if level["fiscal_year"] in ("FY2027", "FY2028")[:years]]
    asked = values.texts(EN, answer(told(whole, together=together)))[0]
    assert f"these targets hold together {when} a certainty of at least 90 %" in asked
    assert ("at once they held in" in asked) == (years > 1)


@pytest.mark.parametrize(
    ("cat", "says", "allowed"),
    [
        (EN, "160,000 cards/day, held there by what was promised (160,000 applications a day)", "No saving is told"),
        (JA, "公表された約束（1日16万件の申請）によりこれより減らさない", "節減額は示さない"),
    ],
    ids=["en", "ja"],
)
def test_what_a_promise_holds_is_said_and_below_it_no_saving_is_told(cat, says, allowed, told):
    whole = sample.sizing()
    promised = {"promised": 160_000.0, "at_bound": True}
    own = next(plan for plan in whole["plans"] if plan["asked"])
    below = [level | promised if level["resource"] == sample.CARDS else level for level in own["levels"]]
    held = [level | {"least": 160_000.0} if level["resource"] == sample.CARDS else level for level in below]
    resources = [whole["resources"][0], whole["resources"][1] | {"promise": "intake"}]
    own["levels"] = held
    said = values.texts(cat, answer(told(whole, resources=resources)))
    assert says in said[3] and not any("14,000" in sentence for sentence in said)
    own["levels"] = below
    for line in own["cost"]["lines"]:
        line["beyond_today"] = None if line["item"] == sample.CARDS else line["beyond_today"]
    data = told(whole, resources=resources, below_promises=True)
    said = values.texts(cat, answer(data))
    assert sum(allowed in sentence for sentence in said) == 1
    assert cat.text("sizing.answer.released_plant") not in " ".join(said)
    assert "--release-below-promises" in values.text(cat, document(data).chapters[-1].commands[0])


def test_a_claim_that_is_not_shown_is_not_made(told):
    whole = sample.sizing(asked=0.99)
    said = " ".join(values.texts(EN, answer(told(whole))))
    assert "Not shown: 200 fresh replications do not show a certainty of 99 %" in said and " Shown:" not in said
    assert "未確認" in " ".join(values.texts(JA, answer(told(whole))))


def test_years_are_claimed_one_by_one(told):
    whole = sample.sizing()
    own = next(plan for plan in whole["plans"] if plan["asked"])
    own["shown"], own["evidence"][1]["shown"], own["evidence"][1]["of"] = False, False, 120
    said = values.texts(EN, answer(told(whole)))[5]
    assert said.startswith("Shown for FY2027: 100-120 fresh replications") and "Not shown for FY2028" in said


def test_the_numbers_of_a_curve_are_money_and_certainties(told):
    whole = sample.sizing()
    points = ({"certainty": k / 12, "yen": 5_135_760_123_400.0 + k} for k in (8, 9))
    data = told(whole, curve=[{"period": "FY2027", "low": None, "high": None} | point for point in points])
    panel, *_ = tables_of(CHARTS["sized-cost"](data))
    shown = [values.text(EN, cell) for row in panel.table.rows for cell in row]
    assert "66.7 %" in shown and "5,135,760" in shown and not any("e+" in text for text in shown)


def test_what_is_not_shown_releases_nothing(told):
    whole = sample.sizing()
    own = next(plan for plan in whole["plans"] if plan["asked"])
    own["shown"], own["evidence"][0]["shown"] = False, False
    said = " ".join(values.texts(EN, answer(told(whole))))
    assert "Production capacity: by estimate 146,000 cards/day do, 14,000 cards/day fewer" in said
    assert "Could be released" not in said and "less than today's would do is not shown for FY2027." in said
    own["evidence"][0]["shown"] = True
    assert "Could be released, with the evidence above: production" in " ".join(values.texts(EN, answer(told(whole))))


def test_an_estimate_below_what_is_shown_for_less_is_no_saving(told):
    whole = sample.sizing()
    own = next(plan for plan in whole["plans"] if plan["asked"])
    own["shown"] = False
    below = "It is less than what is shown for 80 %: the estimate for 90 %"
    assert below not in " ".join(values.texts(EN, answer(told(whole))))
    own["levels"] = [level | {"least": level["least"] - 10} for level in own["levels"]]
    data = told(whole)
    assert below in values.texts(EN, answer(data))[0], "in the headline"
    notes = [note for one in document(data).chapters for block in one.blocks for note in block.notes]
    assert any(below in values.text(EN, note) for note in notes), "and beside the plans"


def test_levels_by_month_are_told_as_ranges_and_drawn_as_steps(told):
    monthly = told(sample.sizing("month"))
    said = values.texts(EN, answer(monthly))
    assert (
        "138-170 seats by month, most in 2028-03; more than today's 120 seats for the first time in 2027-04" in said[3]
    )
    assert "Production capacity: 146,000 cards/day suffice" in said[3]
    assert said[2].endswith("Besides, at least 90 % of calls are to be answered in every month.")
    assert len(monthly.months) == 24
    cards = [level for level in monthly.levels if level.resource == sample.CARDS]
    assert [level.least for level in by_month(cards, monthly.months)] == [146_000] * 12 + [178_000] * 12
    least = [mark for mark in drawn.marks(CHARTS["sized-levels"](monthly), Series) if mark.steps and mark.low]
    assert least[1].values == (146_000,) * 12 + (178_000,) * 12


def test_where_nothing_suffices_the_best_partial_answer_is_told(told, tmp_path):
    found = told(sample.out_of_reach())
    said = values.texts(EN, answer(found))
    assert said[1].startswith("Out of reach:") and "60-130 seats" in said[1]
    assert "130 seats" in said[2] and "54 % (44 % to 64 %)" in said[2] and "seats (residents)" in said[2]
    assert list(drawn.charts(document(found))) == ["sized-partial"]
    assert document(found).chapters[0].id == "partial"
    assert page.write(SIZE, tmp_path / "changed", "ja").exists()
    assert not (tmp_path / "changed" / "budget.xlsx").exists()
    assert tables.levels(found, found.levels).rows[0][-1] == say("sizing.bound.high")


def test_without_prices_no_cost_is_told(told):
    found = told(sample.sizing(priced=False))
    assert values.texts(EN, answer(found))[-1].startswith("No cost is told")
    assert [part.id for part in document(found).chapters] == ["levels", "evidence", "words", "again"]


@pytest.mark.parametrize(
    ("amounts", "shown"),
    [
        ([1400, 1400, 1400], [2, 1, 1]),
        ([1500], [2]),
        ([1499], [1]),
        ([500, 499], [1, 0]),
        ([2600, 2600, 900], [3, 2, 1]),
        ([-1400, -1400, 400], [-1, -1, 0]),
        ([], []),
    ],
)
def test_parts_go_to_the_largest_remainders(amounts, shown):
    assert budget.apportion(amounts, 1000) == shown


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
def test_the_budget_adds_up_in_every_direction(cat, data):
    table = numbers(cat, data)
    unit = budget.money(data)
    total, tax = (cat.text(f"sizing.budget.{name}") for name in ("total", "tax"))
    beyond, every = cat.text("sizing.budget.beyond"), cat.text("sizing.all_years")
    years = [name for name, label in table if label == total and name != every]
    assert len(years) == 2
    for year in (*years, every):
        sources = [row for (name, label), row in table.items() if name == year and label not in (total, tax, beyond)]
        assert [sum(column) for column in zip(*sources, strict=True)] == table[year, total]
    for label in (total, tax, beyond):
        assert [sum(pair) for pair in zip(*(table[year, label] for year in years), strict=True)] == table[every, label]
    exact = [sum(line.yen_incl_tax for line in plan.lines if line.fiscal_year == 2027) for plan in data.priced]
    assert [unit.of(yen).amount for yen in exact] == table[years[0], total]
    bill = tables.bill(data.asked, unit).rows
    items = [row for row in bill if row[0] == Period("FY2027") and row[4] is not None]
    for place, label in ((-3, tax), (-2, total), (-1, beyond)):
        assert sum(row[place].amount for row in items) == table[years[0], label][1]


def test_the_unit_of_money_goes_by_size(data):
    assert values.text(JA, budget.money(data).name) == "百万円"
    seats = [line for line in data.asked.lines if line.item == sample.SEATS]
    small = replace(data, plans=(replace(data.asked, cost=Bill.of(seats)),))
    assert [values.text(cat, budget.money(small).name) for cat in (JA, EN)] == ["千円", "thousand yen"]


def test_each_further_point_of_certainty_has_its_interval(data):
    unit = budget.money(data)
    (first, *_) = tables.further(data.further, unit).rows
    step = data.further[0]
    yen = [sum(line.yen_incl_tax for line in plan.lines if line.fiscal_year == 2027) for plan in data.priced[:2]]
    assert step.yen == pytest.approx((yen[1] - yen[0]) / 10) and 0 <= step.low <= step.yen <= step.high
    assert values.texts(EN, first[:2]) == ["80 % to 90 %", "FY2027"]
    assert first[2:] == (unit.of(step.yen), Range(unit.of(step.low), unit.of(step.high)))


def test_ends_that_the_data_do_not_reach_stay_open(data):
    level = data.asked.levels[0]
    ends = {
        (8.0, None): "8 seats or more",
        (None, 9.0): "9 seats or less",
        (8.0, 9.0): "8-9 seats",
        (9.0, 9.0): "9 seats",
        (None, None): "-",
    }
    for (low, high), shown in ends.items():
        assert values.text(EN, cells.least_interval(data, replace(level, least_low=low, least_high=high))) == shown
    held = replace(level, promised=level.least, at_bound=True)
    assert cells.least_interval(data, held) is None
    (lowest, *_) = tables.curve(data.curve, budget.money(data)).rows
    assert lowest[3] is None is not lowest[4]
    *_, highest = tables.curve(data.curve, budget.money(data)).rows
    assert highest[3] is not None is highest[4]
    open_ = replace(data.asked.cost, years=tuple(replace(year, high=None) for year in data.asked.cost.years))
    assert budget.interval(data.asked, 2027) and budget.interval(replace(data.asked, cost=open_), 2027) is None


def test_a_certainty_that_is_not_shown_has_no_column_but_a_reason(told):
    surest = told(sample.sizing(asked=0.99))
    said = values.texts(EN, answer(surest))
    assert "Ask for, as an estimate" in said[0] and "million" not in said[0]
    assert any(each.startswith("No budget is shown for 99 %") for each in said) and "No cost is told" not in " ".join(
        said
    )
    headings = tables.budget(surest, budget.money(surest)).headings
    assert values.texts(EN, headings[3:]) == ["80 %", "90 %", "95 %"]


def test_figures_say_whether_their_prices_are_assumed(data, told):
    assert all(row[2] == say("sizing.price.assumed") for row in tables.budget(data, budget.money(data)).rows)
    whole = sample.sizing()
    for plan in whole["plans"]:
        for line in plan["cost"]["lines"]:
            line["assumed"] = line["item"] != sample.SEATS
            line["funding"] = "=自主財源" if line["item"] == sample.SEATS else line["funding"]
    mixed = told(whole)
    marks = dict(values.texts(EN, row[1:3]) for row in tables.budget(mixed, budget.money(mixed)).rows)
    assert marks["=自主財源"] == "own prices" and marks["national subsidy (国庫補助金)"] == "assumed (仮定値)"
    assert marks["total, tax included"] == "partly assumed (仮定値)"
    book = openpyxl.load_workbook(io.BytesIO(workbook(EN, document(mixed))))
    found = [cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "=自主財源"]
    assert found and set(found) == {"s"}
    words = values.texts(EN, next(part for part in document(mixed).chapters if part.id == "budget").words)
    assert any("prices of: production capacity" in sentence for sentence in words)


def test_what_has_no_price_is_named(told):
    whole = sample.sizing()
    for plan in whole["plans"]:
        plan["cost"]["lines"] = [line for line in plan["cost"]["lines"] if line["item"] != "per_call"]
    words = values.texts(EN, next(part for part in document(told(whole)).chapters if part.id == "budget").words)
    assert any("left out: calls answered" in sentence for sentence in words)


def reckoned(formula, row):
    """What a spreadsheet makes of a formula of the bill, by hand: whole yen rounded half up, tax cut."""
    for place, value in enumerate(row):
        formula = formula.replace(f"{{{place}}}", repr(value))
    names = {"ROUND": lambda number, _: math.floor(number + 0.5), "TRUNC": math.trunc}
    return eval(formula, {"__builtins__": {}}, names)


def held_by(row):
    """The numbers of a row, those of formulas too."""
    return [getattr(getattr(cell, "number", cell), "amount", None) for cell in row]


def test_the_bill_in_yen_is_reckoned_in_the_sheet_to_what_was_billed(data):
    table = live.bill(data.priced, data.price_file)
    assert len(table.rows) == sum(len(plan.lines) for plan in data.priced)
    for row in table.rows:
        held = held_by(row)
        for place in (10, 11, 12) if row[9] == say("format.no") else (11, 10, 12):
            held[place] = reckoned(row[place].formula, held)
            assert held[place] == row[place].number.amount


@pytest.mark.parametrize("within", [False, True])
def test_a_price_with_tax_within_is_reckoned_alike(data, within):
    line = replace(data.priced[0].lines[0], tax_included=within)
    price = data.price_file.entries[line.item].model_copy(update={"tax_included": within})
    excluded, tax = prices_module._amount(price, Decimal(str(line.price)), Decimal(str(line.quantity)))
    billed = replace(line, yen_excl_tax=excluded, tax=tax, yen_incl_tax=excluded + tax)
    plan = replace(data.priced[0], cost=Bill.of([billed]))
    (row,) = live.bill([plan], data.price_file).rows
    held = held_by(row)
    for place in (11, 10, 12) if within else (10, 11, 12):
        held[place] = reckoned(row[place].formula, held)
    assert held[10:13] == [excluded, tax, excluded + tax]


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
def test_the_workbook_has_every_table_and_the_bill_in_formulas(cat, data):
    raw = workbook(cat, document(data))
    book, cached = (openpyxl.load_workbook(io.BytesIO(raw), data_only=only) for only in (False, True))
    bill = book[cat.text("sizing.workbook.bill")]
    formulas = [cell.value for row in bill.iter_rows() for cell in row if cell.data_type == "f"]
    assert all("=" in one for one in formulas)
    assert len(formulas) >= 6 * sum(len(plan.lines) for plan in data.priced)
    (block,) = (b for part in document(data).chapters if part.id == "budget" for b in part.shown[1:2])
    totals = {float(c.content) for column in columns(cat, [block])[3:] for c in column.cells[1:2] if c.content}
    sheet, unit = cached[cat.text("sizing.workbook.budget")], budget.money(data).step
    held = {round(cell.value / unit) * unit for row in sheet.iter_rows() for cell in row if type(cell.value) is float}
    assert totals and totals <= held


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
def test_captions_are_told_from_the_same_numbers(cat, data):
    said = [values.text(cat, caption(data, chart)) for chart in drawn.charts(document(data))]
    assert "146" in said[0] and "178,000" in said[0] and "96" in said[1]
    assert all(re.search(r"\d", sentence) for sentence in said)


def test_more_evidence_of_a_target_alone_has_its_own_interval(data):
    found = data.asked.evidence[0].alone("calls-95")
    assert (found.held, found.of) == (98, 100) and found.low < 0.98 < found.high


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "ascii"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_any_console_can_show_the_lines(lang, encoding, folder):
    told = terminal.lines(SIZE, folder, lang, folder / "size.html", encoding)
    assert all(line.encode(encoding) for line in told if line)
    assert any("146" in line and "+26" in line for line in told) and "budget.xlsx" in told[-1]


def test_a_folder_without_a_sizing_is_refused(tmp_path, folder):
    with pytest.raises(FileNotFoundError):
        page.write(SIZE, tmp_path, "en")
    assert not list(tmp_path.iterdir())
    with pytest.raises(ValueError, match="'fr'"):
        page.write(SIZE, folder, "fr")
