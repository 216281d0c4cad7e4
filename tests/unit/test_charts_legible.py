"""Letters of charts: where numbers, names and units go."""

from matplotlib.figure import Figure

from reports import catalogue, formats
from reports.charts import margin, style

EN = catalogue.load("en")


def test_a_number_above_a_point_is_lifted_over_a_line_that_would_strike_it():
    figure = Figure(figsize=(4, 3))
    ax = figure.subplots()
    ax.set_ylim(0, 10)
    for y, line in ((5.0, 5.3), (2.0, 8.0), (5.0, 4.0)):
        style.value_label(ax, 0.5, y, "5.0", [line])
    assert [text.xy[1] for text in ax.texts] == [5.3, 2.0, 5.0]


def test_names_longer_than_the_margin_go_on_in_a_new_line():
    assert margin.broken("monthly cap on dispatch = promised a month") == "monthly cap on dispatch =\npromised a month"
    assert margin.broken("月間発送上限 = 公表された月間の能力") == "月間発送上限 =\n公表された月間の能力"
    assert margin.broken("市区町村向けヘルプデスクの必要席数") == "市区町村向けヘルプデスクの必\n要席数"
    assert margin.broken("mean") == "mean" and margin.broken("a\nb") == "a\nb"


def test_whole_percent_is_100_and_0_only_where_it_is():
    assert [formats.whole(share) for share in (0.0, 0.001, 0.5, 0.996, 1.0)] == ["0", "1", "50", "99", "100"]


def test_a_text_without_its_scale_leaves_no_gap():
    sheet = style.Chart(Figure(), (), None, EN, "wave")
    assert sheet.text("unit", scale="") == "cards a month" and sheet.text("unit", scale="million").startswith(
        "million "
    )
