"""Numbers, dates, times and yes or no as planners write them: understood on the command line, answered in a file."""

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardflow.commands.compare import compare
from cardflow.commands.inputs import check, new
from cardflow.language import Language
from cardflow.life import Life
from reports.messages import said
from reports.understood import understood_lines
from scenarios.errors import UserError
from scenarios.files.as_written import date_of, half_hour_of, impossible_day, month_and_day_of, number_of, truth_of
from scenarios.files.load import load, load_with
from scenarios.files.settings import parse_setting, understood
from scenarios.files.syntax import corrected
from scenarios.sweep import ranges
from scenarios.sweep.ranges import read_ranges
from scenarios.workbook.rules import read_actuals


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("80000", 80_000),
        ("80,000", 80_000),
        ("８００００", 80_000),
        ("８０，０００", 80_000),
        ("8万", 80_000),
        ("８万", 80_000),
        ("1億2,000万", 120_000_000),
        ("8万5千", 85_000),
        ("8万5000", 85_000),
        ("8千万", 80_000_000),
        ("3億8千万", 380_000_000),
        ("1.5万", 15_000),
        ("95%", 0.95),
        ("９５．５％", 0.955),
        ("-3", -3),
        ("−3", -3),
        ("+5", 5),
        ("“80000”", 80_000),
        ("「8万」", 80_000),
        ("80,000枚", 80_000),
        ("120席", 120),
        (" 8万 ", 80_000),
        ("0.1", 0.1),
        ("08", 8),
        ("1兆", 10**12),
    ],
)
def test_numbers_that_say_one_thing(text, number):
    assert number_of(text) == number
    assert isinstance(number_of(text), type(number))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "8,00",
        "1,5",
        "80,00,0",
        "千",
        "万",
        "1e5",
        "0x10",
        "8万9万",
        "5千8万",
        "8万90000",
        "1.2.3",
        "８万くらい",
        "4/1",
        "8..",
        "1,000.",
        "¹",
        "10⁴",
        "①",
        "Ⅷ",
        "八万",
        "9" * 100,
        "--5",
        "8 万 5",
        "nan",
        "inf",
        "約8万",
    ],
)
def test_numbers_that_are_none(text):
    assert number_of(text) is None


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_with_commas_is_itself(number):
    assert number_of(f"{number:,}") == number
    assert number_of(str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))) == number


@given(st.text(max_size=70))
def test_nothing_that_is_written_breaks_the_reading(text):
    for read in (number_of, date_of, month_and_day_of, half_hour_of, truth_of, corrected):
        read(text)
    assert len(parse_setting(f"plant.lines={text}")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "2026-04-01",
        "2026/04/01",
        "2026/4/1",
        "２０２６／４／１",
        "2026年4月1日",
        "令和8年4月1日",
        "令和８年４月１日",
        "R8.4.1",
        "“2026-04-01”",
    ],
)
def test_days(text):
    assert date_of(text) == date(2026, 4, 1)


def test_other_readings():
    assert [month_and_day_of(text) for text in ("12/29", "１２月２９日", "W05-3")] == [(12, 29), (12, 29), None]
    assert [half_hour_of(text) for text in ("8:30", "８：３０", "8時半", "17時", "8:15", "25:00")] == [
        "08:30",
        "08:30",
        "08:30",
        "17:00",
        None,
        None,
    ]
    assert [truth_of(text) for text in ("True", "はい", "ＹＥＳ", "なし", "maybe")] == [True, True, True, False, None]


@pytest.mark.parametrize(
    ("setting", "path", "value"),
    [
        ("plant.cards_per_day=80,000", "plant.cards_per_day", 80_000),
        ("plant.cards_per_day=８００００", "plant.cards_per_day", 80_000),
        ("plant.cards_per_day＝8万", "plant.cards_per_day", 80_000),
        ("contact.resident.seats_policy=“fixed”", "contact.resident.seats_policy", "fixed"),
        ("contact.resident.seats_policy=「fixed」", "contact.resident.seats_policy", "fixed"),
        ("plant.cards_per_day=“80000”", "plant.cards_per_day", 80_000),
        ("end=2026/04/30", "end", date(2026, 4, 30)),
        ("end=令和8年4月30日", "end", date(2026, 4, 30)),
        ("plant.works_holidays=はい", "plant.works_holidays", True),
        ("contact.resident.shrinkage=30%", "contact.resident.shrinkage", 0.3),
        ("contact.resident.seats_policy=fixed", "contact.resident.seats_policy", "fixed"),
    ],
)
def test_settings_take_what_says_one_thing(setting, path, value):
    assert parse_setting(setting) == (path, value)
    load_with("plan-period", [setting])


@pytest.mark.parametrize(
    "setting",
    [
        "plant.cards_per_day=8,00",
        "plant.cards_per_day=1\nx = 2",
        "plant.lines=" + "9" * 5000,
        "plant.lines=0x" + "f" * 5000,
        "plant.lines=[" + "9" * 5000 + "]",
        "plant.cards_per_day=" + "[" * 5000,
        "end=令和8年4月31日",
        "end=2026-W14",
        "contact.resident.call_types=['\\u0007']",
        'contact.resident.call_types=["\\u0007"]',
        "." * 5000 + "=1",
        "\ud800=1",
        "plant.lines=\ud800",
        "plant.\x1b[31m=1",
    ],
    ids=range(14),
)
def test_settings_that_are_refused(setting):
    with pytest.raises(UserError) as error:
        load_with("plan-period", [setting])
    assert len(str(error.value)) < 1000
    for line in error.value.lines:
        assert said(line, "ja").isprintable()


LINES = {
    "cards_per_day = 80,000": "cards_per_day = 80000",
    "cards_per_day = ８００００": "cards_per_day = 80000",
    "seats = 8万": "seats = 80000",
    "seats = 8万 # 8万席": "seats = 80000",
    "start = 2026/04/01": "start = 2026-04-01",
    "start = 令和8年4月1日": "start = 2026-04-01",
    "title = “計画”": 'title = "計画"',
    "title = 「計画」": 'title = "計画"',
    "title = 計画": 'title = "計画"',
    'title = "計画”': 'title = "計画"',
    "days_late = { value = 8万, low = 7万, high = 90,000 }": "days_late = { value = 80000, low = 70000, high = 90000 }",
    "works_holidays = はい": "works_holidays = true",
    "works_holidays = True": "works_holidays = true",
    "from = 8:30": 'from = "08:30"',
    "lines ＝ ５": "lines = 5",
    "　lines = 5": "lines = 5",
    "［plant］": "[plant]",
    "seats_policy = last_year": 'seats_policy = "last_year"',
    "shrinkage = 30%": "shrinkage = 0.3",
    "lines = 08": "lines = 8",
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_is_no_toml_is_answered_by_how_to_write_it(line, tmp_path):
    assert corrected(line) == LINES[line]
    tomllib.loads(LINES[line])
    (tmp_path / "x.toml").write_text(f'extends = "plan-period"\n{line}\n', encoding="utf-8")
    with pytest.raises(UserError) as error:
        load("x", tmp_path)
    assert "line 2   is not valid TOML: " in str(error.value) and str(error.value).endswith(f"; write {LINES[line]}")
    assert said(error.value.lines[1], "ja").endswith(f"。{LINES[line]} と書いてください")


NO_TOML = {
    "a list that goes on": (
        "x = [1, 2\nlines = 3",
        2,
        "the list opened on line 1 is not closed by ]",
        "1行目で始まるリスト",
    ),
    "a list before a table": (
        "x = [\n1,\n2,\n\n[plant]\nlines = 3",
        5,
        "the list opened on line 1",
        "1行目で始まるリスト",
    ),
    "a list before tables": ("x = [\n1,\n[[a.b]]\nc = 3", 3, "the list opened on line 1", "1行目で始まるリスト"),
    "a list in a list": ("x = [[1, 2],\n[3,\nlines = 3", 3, "the list opened on line 2", "2行目で始まるリスト"),
    "a list without a comma": ("x = [\n  1,\n  2 3,\n]", 3, "a comma is missing before here", "コンマが抜けています"),
    "a list to the end": ("x = [\n1,\n2", 1, "a list is not closed by ]", "リストが ] で閉じられていない"),
    "a list on its line": ("x = [1 2]", 1, "a list is not closed by ]", "リストが ] で閉じられていない"),
    "text": ('a = 1\nt = "abc\nb = 1', 2, 'the text opened by " on line 2', '2行目の " で始まる文字'),
    "text in a list": ('x = [\n"y",\n"z\n]', 3, 'the text opened by " on line 3', '3行目の " で始まる文字'),
    "plain text": ("t = 'abc\nb = 1", 1, "the text opened by ' on line 1", "1行目の ' で始まる文字"),
    "long text": ('a = 1\n\nt = """abc\nb = 1\n', 3, 'the text opened by """ on line 3', '3行目の """ で始まる文字'),
    "long plain text": ("t = '''abc\nb = 1", 1, "the text opened by ''' on line 1", "1行目の ''' で始まる文字"),
    "a table over lines": ("t = { a = 1,\nb = 2 }", 1, "must stand on one line, with } at its end", "{ } は1行に書き"),
    "a table not closed": ("t = { a = 1\nb = 2", 1, "is not closed by } on its line", "その行の } で閉じられて"),
    "an ideographic comma": (
        "x = [1、2]",
        1,
        "half-width: 、 → ,; write x = [1, 2]",
        "半角で書いてください: 、 → ,。x = [1, 2]",
    ),
    "a comma in a table": (
        "x = [\n{ from = 2026-04-01、 value = 8万 },\n]",
        2,
        "、 → ,; write { from = 2026-04-01, value = 80000 },",
        "、 → ,。{ from = 2026-04-01, value = 80000 }, と書いて",
    ),
    "a comma beside text": (
        'x = ["計画、案"、 2]',
        1,
        '、 → ,; write x = ["計画、案", 2]',
        'x = ["計画、案", 2] と書いて',
    ),
    "full-width brackets": ("x = ［１，２］", 1, "［ → [  ， → ,  ］ → ]; write x = [1,2]", "x = [1,2] と書いて"),
    "full-width braces": ("x = ｛ a = 1 ｝", 1, "｛ → {  ｝ → }; write x = { a = 1 }", "x = { a = 1 } と書いて"),
    "lenticular brackets": ("【plant】", 1, "【 → [  】 → ]; write [plant]", "[plant] と書いて"),
    "a full-width equals sign": ("x ＝ 3", 1, "＝ → =; write x = 3", "x = 3 と書いて"),
    "a full-width colon": ("x：3", 1, "： → =; write x = 3", "x = 3 と書いて"),
    "a colon": ("x: 3", 1, "= is missing after a name; write x = 3", "= がありません。x = 3 と書いて"),
    "curly quotes": ("x = “計画、来年”", 1, '“ → "  ” → "; write x = "計画、来年"', 'x = "計画、来年" と書いて'),
    "corner brackets": ("x = 「計画」", 1, '「 → "  」 → "; write x = "計画"', 'x = "計画" と書いて'),
    "half-width corner brackets": ("x = ｢計画｣", 1, '｢ → "', '｢ → "'),
    "quotes on one side": ("x = ’計画’", 1, "’ → '; write x = '計画'", "x = '計画' と書いて"),
    "a comma after text": ('x = "計画、来年" 、', 1, "half-width: 、 → ,", "半角で書いてください: 、 → ,"),
    "February": ("x = 2026-02-30", 1, "2026-02-30 does not exist: 2026-02 has 28 days", "2026年2月は28日までです"),
    "February of Reiwa": (
        "x = 令和8年2月30日",
        1,
        "令和8年2月30日 does not exist: 2026-02 has 28",
        "2026年2月は28日まで",
    ),
    "February in figures": (
        "x = ２０２８／０２／３０",
        1,
        "2028/02/30 does not exist: 2028-02 has 29",
        "2月は29日まで",
    ),
    "June in a list": ("x = [\n{ from = 2026-06-31, value = 3 },\n]", 2, "2026-06 has 30 days", "6月は30日まで"),
    "a thirteenth month": ("x = 2026-13-01", 1, "2026-13-01 does not exist: a year has 12", "月は12月までです"),
    "a month of Reiwa": ("x = R8.13.1", 1, "R8.13.1 does not exist: a year has 12 months", "月は12月までです"),
    "day nought": ("x = 2026年4月0日", 1, "2026年4月0日 does not exist", "2026年4月0日 は存在しない日付です"),
}
"""Files that are no TOML: the line, and what is said in both languages."""


@pytest.mark.parametrize("name", NO_TOML)
def test_what_is_open_full_width_or_impossible_is_named(name, tmp_path):
    text, line, english, japanese = NO_TOML[name]
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as error:
        load("x", tmp_path)
    first, told = error.value.lines
    assert "1 error" in first and f"line {line} " in told and english in told
    assert said(told, "ja").startswith(f"  {line}行目") and japanese in said(told, "ja")


@pytest.mark.parametrize("line", ["x = 8:61", "x = 25:00"])
def test_no_hint_is_itself_wrong(line):
    assert corrected(line) is None


@pytest.mark.parametrize(
    ("written", "none"),
    [
        ("2026-02-30", "2026-02-30 does not exist: 2026-02 has 28 days"),
        ("令和8年2月30日", "令和8年2月30日 does not exist: 2026-02 has 28 days"),
        ("R8.13.1", "R8.13.1 does not exist: a year has 12 months"),
        ("0000-01-01", "0000-01-01 does not exist"),
        ("2026-02-28", None),
        ("2026-02", None),
        ("soon", None),
        ("2" * 100, None),
    ],
)
def test_a_day_that_does_not_exist(written, none):
    assert impossible_day(written) == none


def test_an_impossible_day_is_named_wherever_a_day_is_written(tmp_path):
    why = "令和8年2月30日 does not exist: 2026-02 has 28 days"
    (tmp_path / "x.toml").write_text('extends = "plan-period"\nend = "令和8年2月30日"\n', encoding="utf-8")
    (tmp_path / "a.csv").write_text("基準日,令和8年2月30日\n年月,申請件数\n2026-01,1000000\n", encoding="utf-8")
    for reading in (
        lambda: load("x", tmp_path),
        lambda: load_with("plan-period", ["end=令和8年2月30日"]),
        lambda: life("en").day("as-of", "令和8年2月30日"),
        lambda: read_actuals(tmp_path / "a.csv"),
    ):
        with pytest.raises(UserError) as error:
            reading()
        (line,) = error.value.lines[1:]
        assert why in line and "令和8年2月30日 は存在しない日付です。2026年2月は28日まで" in said(line, "ja")


@pytest.mark.parametrize(
    "line", ["[plant", "lines = 1.5.2", "= 3", "x = 2026-13-01", 'a = "' + "x" * 300, "lines = 3", ""]
)
def test_what_has_no_plain_meaning_is_not_corrected(line):
    assert corrected(line) is None


def test_a_japanese_name_is_answered_by_the_right_one(tmp_path):
    (tmp_path / "x.toml").write_text('extends = "plan-period"\n席数 = 100\n', encoding="utf-8")
    with pytest.raises(UserError, match=r"line 2 .*in half-width letters.*did you mean contact\.resident\.seats\?"):
        load("x", tmp_path)


@pytest.mark.parametrize(
    ("path", "value", "hint"),
    [
        ("plant.cards_per_day", '"8万"', "write 80000"),
        ("plant.cards_per_day", '"80,000"', "write 80000"),
        ("plant.lines", '"１２"', "write 12"),
        ("plant.lines", '"1.5"', None),
        ("plant.works_holidays", '"はい"', "write true"),
        ("plant.opening_hour", '"8"', "write 8"),
        ("next_card.start", '"令和10年4月1日"', "write 2028-04-01"),
        ("plant.closures", '[{ from = "12/29", to = "1月3日" }]', 'write "12-29"'),
        ("contact.resident.hours", '[{ days = ["mon"], from = "8:30", to = "17:00" }]', 'write "08:30"'),
        ("contact.resident.shrinkage", '"30％"', "write 0.3"),
        ("contact.resident.shrinkage", '"a third"', None),
    ],
)
def test_text_in_place_of_a_value_is_answered_by_how_to_write_it(path, value, hint, tmp_path):
    table, _, name = path.rpartition(".")
    (tmp_path / "x.toml").write_text(f'extends = "plan-period"\n[{table}]\n{name} = {value}\n', encoding="utf-8")
    with pytest.raises(UserError) as error:
        load("x", tmp_path)
    assert "line 3 " in str(error.value)
    assert (f"; {hint}" in str(error.value)) if hint else "; write" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("plant.cards_per_day=8万:12万:2万", (80_000, 100_000, 120_000)),
        ("plant.cards_per_day＝８万：１２万：２万", (80_000, 100_000, 120_000)),
        ("plant.cards_per_day=80,000:120,000:20,000", (80_000, 100_000, 120_000)),
        ("plant.cards_per_day=8万,12万", (80_000, 120_000)),
        ("plant.lines=４,８", (4, 8)),
        ("contact.resident.shrinkage=20%:30%:10%", (0.2, 0.3)),
    ],
)
def test_ranges_take_what_says_one_thing(text, values):
    assert read_ranges([text], load("plan-period"))[0].values == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("plant.cards_per_day=80,000,90,000", "write 80,000 as 80000"),
        ("plant.cards_per_day=8万くらい:9万", "'8万くらい' is not a number"),
        ("seats=1:2:1", "did you mean contact.resident.seats?"),
        ("席数=1:2:1", "did you mean contact.resident.seats?"),
        ("plant.lines=" + "9" * 5000 + ":1", "finite number"),
    ],
)
def test_ranges_that_are_refused(text, words):
    with pytest.raises(UserError) as error:
        read_ranges([text], load("plan-period"))
    assert words in str(error.value)
    assert all(len(line) < 1000 and said(line, "ja").isprintable() for line in error.value.lines)


@pytest.mark.parametrize("written", ["2026-04-01", "2026/4/1", "２０２６年４月１日", "令和8年4月1日", "R8.4.1"])
def test_the_day_it_stands_on_is_read_as_planners_write_it(written):
    assert life("en").day("as-of", written) == date(2026, 4, 1)


@pytest.mark.parametrize("written", ["2026-W14-3", "2026-02", "", "4/1", "\x1b[31m", "x" * 10_000])
def test_what_is_no_day_is_refused_in_a_line(written):
    with pytest.raises(UserError, match="must be a date such as 2026-04-01") as error:
        life("en").day("as-of", written)
    assert all(line.isprintable() and len(line) < 1000 for line in error.value.lines)


NO_SHARE = "is no share, so no percent sign can stand there: write the number itself"


@pytest.mark.parametrize("written", ["80%", "８０％", "-80%", "“80%”"])
@pytest.mark.parametrize("path", ["contact.resident.seats", "plant.cards_per_day", "contact.resident.seats_index"])
def test_a_count_in_percent_is_refused_wherever_it_is_typed(path, written):
    with pytest.raises(UserError) as error:
        parse_setting(f"{path}={written}")
    (line,) = (str(mistake.message) for mistake in error.value.mistakes)
    assert line.startswith(f"{path} = ") and line.endswith(NO_SHARE)
    assert "割合ではない" in said(error.value.lines[1], "ja")
    for vary in (f"{path}=10:{written}", f"{path}=10,{written}"):
        with pytest.raises(UserError, match=NO_SHARE):
            read_ranges([vary], load("plan-period"))
    with pytest.raises(UserError, match=NO_SHARE):
        load("plan-period").with_values({path: written})


def test_a_count_in_percent_is_refused_in_a_file(tmp_path):
    own = tmp_path / "own.toml"
    for written in ("80%", '"80%"', '[{ from = 2027-04-01, value = "80%" }]'):
        own.write_text(f'extends = "plan-period"\n[plant]\ncards_per_day = {written}\n', encoding="utf-8")
        with pytest.raises(UserError) as error:
            load(str(own))
        assert NO_SHARE in str(error.value) and "line 3" in str(error.value) and "write 0.8" not in str(error.value)


@pytest.mark.parametrize("path", ["renewal.card_lapse_share", "demand.load", "holders.departure_rate", "demand.noise"])
def test_shares_and_other_ratios_may_be_in_percent(path):
    assert parse_setting(f"{path}=5%") == (path, 0.05)


@pytest.mark.parametrize(
    ("setting", "english", "japanese"),
    [
        ("contact.resident.seats=8万", "8万 read as 80,000 seats", "8万 を80,000席と読み取りました"),
        ("contact.resident.seats=１２０席", "１２０席 read as 120 seats", "１２０席 を120席と読み取りました"),
        ("end=令和8年4月1日", "令和8年4月1日 read as 2026-04-01", "令和8年4月1日 を2026-04-01と読み取りました"),
        ("end=“2027-03-31”", "“2027-03-31” read as 2027-03-31", "“2027-03-31” を2027-03-31と読み取りました"),
        ("renewal.card_lapse_share=５％", "５％ read as 0.05", "５％ を0.05"),
    ],
)
def test_what_was_understood_of_a_value_is_said(setting, english, japanese):
    for lang, said_ in (("en", english), ("ja", japanese)):
        (line,) = understood_lines(understood([setting]), lang)
        assert line.startswith(f"{setting.partition('=')[0]} = ") and said_ in line


@pytest.mark.parametrize(
    "setting",
    ["contact.resident.seats=120", "plant.cards_per_day=80,000", "end=2027-03-31", "contact.resident.seats_policy=x"],
)
def test_nothing_is_said_of_a_value_that_is_read_as_it_is_typed(setting):
    assert not [line for lang in ("en", "ja") for line in understood_lines(understood([setting]), lang)]


def life(lang, settings=(), quiet=False):
    return Life({"lang": Language(lang), "settings": settings, "quiet": quiet})


def test_what_was_understood_of_varied_values_is_said(capsys):
    for lang, seats in (("en", "2千 read as 2,000 seats"), ("ja", "2千 を2,000席と読み取りました")):
        life(lang).tell(ranges.understood(["contact.resident.seats=120:2千:１００", "plant.lines=4,8,1.2e1"]))
        first, second = capsys.readouterr().err.splitlines()
        assert first == f"contact.resident.seats = {seats}" and second.startswith("contact.resident.seats = １００ ")
    life("en", quiet=True).tell(ranges.understood(["contact.resident.seats=2千,3千"]))
    assert not capsys.readouterr().err


def test_every_command_that_takes_settings_says_what_it_understood(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings, line = ["contact.resident.seats=2千"], "contact.resident.seats = 2千 read as 2,000 seats\n"
    life("en", settings).load("surge")
    check("surge", settings=settings, lang=Language.en)
    new("own", base="surge", settings=settings, lang=Language.en)
    with pytest.raises(UserError):
        compare(["surge", "surge"], settings=settings, replications=1, lang=Language.en)
    assert capsys.readouterr().err == 4 * line
    life("en", settings, quiet=True).load("surge")
    assert not capsys.readouterr().err
