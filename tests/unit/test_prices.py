"""Prices and bills, by hand: amounts, tax, later years, what is paid once, what is missing or wrong."""

from dataclasses import replace

import pytest

from reports import catalogue
from reports.prices_template import FIELDS, template
from scenarios.bill import Bill
from scenarios.errors import UserError
from scenarios.files.find import library
from scenarios.price_file import SHIPPED, USES, Price, load_prices
from scenarios.prices import cost, refuse_missing, unit_yen
from scenarios.records import as_json
from scenarios.resources import RESOURCES

SEATS, CARDS = "contact.resident.seats", "plant.cards_per_day"
FILE = """
[contact.resident.seats]
yen = 500_000
every = "month"
one_off_yen = 200_000
tax_rate = 0.1
tax_included = false
funding = "国庫補助金"
from = 2026
yearly_change = 0.03

[plant.cards_per_day]
yen = 1_234_567
units = 1000
every = "year"
tax_rate = 0.1
tax_included = true
funding = "自主財源"
from = 2026
assumed = false
source = "契約書 2026-01"

[per_call]
yen = 33.3
tax_rate = 0.1
tax_included = false
funding = "国庫補助金"
from = 2027
until = 2028
"""


def year(number, level):
    """A level in every month of a fiscal year."""
    months = [f"{number}-{month:02d}" for month in range(4, 13)] + [f"{number + 1}-{month:02d}" for month in (1, 2, 3)]
    return dict.fromkeys(months, float(level))


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "単価.toml"
        path.write_text(text, encoding="utf-8")
        return load_prices(path)

    return write


@pytest.fixture
def prices(written):
    return written(FILE)


def test_a_bill_by_hand(prices):
    levels = {SEATS: year(2026, 110) | year(2027, 120)}
    first, once, second, more = cost(prices, levels, {SEATS: year(2026, 100) | year(2027, 100)}, {})
    assert (first.quantity, first.price, first.every, first.unit) == (1320, 500_000, "month", "seats")
    assert (first.yen_excl_tax, first.tax, first.yen_incl_tax) == (660_000_000, 66_000_000, 726_000_000)
    assert first.beyond_today == 10 * 12 * 550_000
    assert (once.kind, once.quantity, once.yen_incl_tax, once.every) == ("one_off", 10, 2_200_000, "once")
    assert (second.price, second.yen_excl_tax) == (515_000, 120 * 12 * 515_000)
    assert (more.quantity, more.beyond_today) == (10, 2_200_000)


def test_tax_included_is_taken_out_and_cut(prices):
    line = cost(prices, {CARDS: year(2026, 999)}, {CARDS: year(2026, 999)}, {})[0]
    amount = round(1_234_567 * 999 / 1000)
    assert (line.yen_incl_tax, line.tax) == (amount, int(amount / 11))
    assert line.yen_excl_tax + line.tax == amount and line.beyond_today == 0
    assert (line.quantity, line.units, line.assumed) == (999, 1000, False)


def test_each_month_counts_and_only_its_rises_are_paid_once(prices):
    levels = year(2026, 100)
    levels |= {"2026-06": 130.0, "2026-07": 130.0, "2026-09": 105.0}
    running, once = cost(prices, {SEATS: levels}, {SEATS: year(2026, 100)}, {})
    assert running.quantity == 1200 + 30 + 30 + 5 and once.quantity == 30 + 5


def test_a_plan_below_today_costs_less_and_nothing_once(prices):
    (line,) = cost(prices, {SEATS: year(2026, 90)}, {SEATS: year(2026, 100)}, {})
    assert line.beyond_today == -10 * 12 * 550_000


def test_what_today_buys_too_is_not_beyond_it(prices):
    rising = {SEATS: year(2026, 100) | year(2027, 110)}
    lines = cost(prices, rising, rising, {})
    assert [line.kind for line in lines] == ["running", "running", "one_off"]
    assert all(line.beyond_today == 0 for line in lines)


def test_uses_are_paid_each_time_in_the_years_of_their_price(prices):
    usage = {f"FY{number}": {"per_call": 1000.5, "per_card": 7.0} for number in (2026, 2027, 2029)}
    (line,) = cost(prices, {}, {}, usage)
    assert (line.fiscal_year, line.item, line.yen_excl_tax, line.tax) == (2027, "per_call", 33_317, 3_331)
    assert line.beyond_today is None
    (line,) = cost(prices, {}, {}, usage, {"FY2027": {"per_call": 500.5}})
    assert line.beyond_today == 36_648 - (16_667 + 1_666)


def test_half_a_yen_goes_up_and_tax_down(written):
    entry = 'yen = 0.5\ntax_rate = 0.08\ntax_included = false\nfunding = "a"\nfrom = 2026\n'
    (line,) = cost(written(f"[per_card]\n{entry}"), {}, {}, {"FY2026": {"per_card": 25.0}})
    assert (line.yen_excl_tax, line.tax) == (13, 1)


def test_sums_add_up_to_the_yen(prices):
    levels = {SEATS: year(2026, 111) | year(2027, 123), CARDS: year(2026, 170_111) | year(2027, 163_003)}
    today = {SEATS: year(2026, 100) | year(2027, 100), CARDS: year(2026, 160_000) | year(2027, 160_000)}
    lines = cost(prices, levels, today, {"FY2027": {"per_call": 3.1e6}})
    told = Bill.of(lines)
    assert [entry.fiscal_year for entry in told.years] == [2026, 2027]
    for entry in told.years:
        own = [part for part in told.funding if part.fiscal_year == entry.fiscal_year]
        for name in ("yen_excl_tax", "tax", "yen_incl_tax", "beyond_today"):
            assert getattr(entry, name) == sum(getattr(part, name) for part in own)
        assert entry.yen_excl_tax + entry.tax == entry.yen_incl_tax
    assert all(isinstance(line.yen_incl_tax, int) for line in told.lines)


def test_later_prices_and_their_rise(written):
    text = FILE.replace("yearly_change = 0.03", "yearly_change = 0.03\nlater = [{ from = 2028, yen = 600_000 }]")
    found = written(text)
    assert [unit_yen(found, SEATS, number) / 12 / 1.1 for number in (2026, 2027, 2028, 2029)] == pytest.approx(
        [500_000, 515_000, 600_000, 618_000]
    )
    assert unit_yen(found, CARDS, 2026) == pytest.approx(1234.567)


def test_a_rise_over_years_is_rounded_to_a_hundredth_of_a_yen(written):
    text = FILE.replace("from = 2027\nuntil = 2028", "from = 2026\nyearly_change = 0.013")
    (line,) = cost(written(text), {}, {}, {"FY2028": {"per_call": 1.0}})
    assert line.price == 34.17  # 33.3 x 1.013 x 1.013 = 34.1714...


def test_missing_prices_are_told_with_resource_year_and_file(prices):
    refuse_missing(prices, [SEATS, CARDS], [2026, 2027])
    with pytest.raises(UserError) as error:
        refuse_missing(prices, [SEATS, "plant.lines", CARDS], [2025, 2026])
    said = str(error.value)
    assert "単価.toml" in said and "plant.lines   has no price: add a table [plant.lines]" in said
    assert f"{SEATS}   has no price in FY2025: it holds from FY2026" in said
    with pytest.raises(UserError, match=r"plant\.lines"):
        unit_yen(prices, "plant.lines", 2026)
    with pytest.raises(UserError, match="FY2025"):
        cost(prices, {SEATS: year(2025, 1)}, {SEATS: year(2025, 1)}, {})


def test_all_mistakes_are_told_at_once_with_their_lines(written):
    with pytest.raises(UserError) as error:
        written(
            'title = 5\n[contact.resident.seat]\nyen = 1\n[contact.resident.seats]\nyen = "560"\ntax_rate = 1.5\n'
            'tax_included = "no"\nfundin = "x"\nfrom = 2025\n[per_call]\nyen = -3\nevery = "month"\ntax_rate = 0.1\n'
            'tax_included = false\nfunding = "a"\nfrom = 2025.5\n[per_card]\nyen = 3\ntax_rate = 0\n'
            'tax_included = false\nfunding = "a"\nfrom = 2025\nassumed = false\n[per_mail]\n'
            'yen = 3\ntax_rate = 0\ntax_included = false\nfunding = "a"\nfrom = 2025\nuntil = 2024\n'
            '[per_notice]\nyen = 3\ntax_rate = 0\ntax_included = false\nfunding = "a"\nfrom = 2025\n'
            "later = [{ from = 2024, yen = 3 }]\n"
        )
    said = str(error.value)
    for line, part in (
        (1, "title = 5   must be text in quotes"),
        (2, "did you mean contact.resident.seats?"),
        (4, 'contact.resident.seats.every   is missing: "month" or "year"'),
        (5, "contact.resident.seats.yen = '560'   must be a number"),
        (6, "tax_rate = 1.5   must be less than or equal to 1"),
        (7, "tax_included = 'no'"),
        (8, "fundin   unknown field; did you mean funding?"),
        (11, "per_call.yen = -3"),
        (12, "per_call.every = 'month'   must be left out"),
        (16, "per_call.from = 2025.5"),
        (17, "per_card.source"),
        (30, "`until` (2024) must not come before"),
        (37, "`later` must be in order"),
    ):
        assert any(row.strip().startswith(f"line {line} ") and part in row for row in said.splitlines()), part
    assert "contact.resident.seats.funding   is missing" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [("title = 'a'\n", "has no prices"), ("per_call = 3\n", "must be a table"), ("[per_call\n", "not valid TOML")],
)
def test_a_file_without_prices_is_refused(written, text, said):
    with pytest.raises(UserError, match=said):
        written(text)


def test_quoted_names_are_the_same(written, prices):
    quoted = written(FILE.replace("[contact.resident.seats]", '["contact.resident.seats"]'))
    assert quoted.entries == prices.entries and quoted.digest != prices.digest


def test_the_prices_that_come_with_the_program():
    found = load_prices()
    assert set(found.entries) == {*RESOURCES, *USES}
    assert all(price.assumed and price.reason for price in found.entries.values()) and found.assumed
    assert "prices" not in library() and SHIPPED.is_file()
    refuse_missing(found, RESOURCES, range(2025, 2046))
    ja = catalogue.load("ja")
    assert not [name for name in found.entries if not ja.has(f"price_reason.{name}")]
    assert not [known.unit for known in RESOURCES.values() if not ja.has(f"unit.{known.unit}")]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_template_holds_the_same_prices_with_every_field_explained(lang, written):
    cat, shipped = catalogue.load(lang), load_prices()
    text = template(cat, shipped)
    found = written(text)
    alike = {name: replaced(price, reason=found.entries[name].reason) for name, price in shipped.entries.items()}
    assert found.entries == alike
    assert all(cat.text(f"prices.field.{name}") in text for name in FIELDS)
    names = {info.alias or name for name, info in Price.model_fields.items()}
    assert names == set(FIELDS)
    assert all(cat.has(f"prices.item.{name}") for name in found.entries)
    assert all(cat.has(f"prices.unit.{name}") or cat.has(f"prices.use_unit.{name}") for name in found.entries)


def replaced(price, **changes):
    return price.model_copy(update=changes)


def test_own_prices_are_no_assumption(prices):
    assert prices.assumed and not replace(prices, entries={CARDS: prices.entries[CARDS]}).assumed
    assert as_json(prices.origin) == {"file": "単価.toml", "title": "単価", "assumed": True, "digest": prices.digest}
