"""The map of municipalities: three by hand, where windows put them, what is said of nobody and of one pool."""

from dataclasses import replace
from math import cos, radians, sqrt

import drawn
import numpy as np
import pandas as pd
import pytest
import test_reports_folder

from reports import catalogue, values
from reports.document import Name
from reports.drawing import Cells, Words
from reports.drawn_numbers import numbers
from reports.run import captions, dot_map, municipalities
from reports.run.document import RUN
from reports.run.municipalities import missed_by_prefecture
from reports.run.tile_map import SHADES, deepest
from scenarios.history import load_municipalities
from sim.result import COUNTER_COLUMNS

EN, JA = catalogue.load("en"), catalogue.load("ja")
MIYAKONOJO, OGASAWARA, CHIYODA = 452025, 134210, 131016
MISSED = {MIYAKONOJO: (1, 2, 3), OGASAWARA: (2,), CHIYODA: (2, 4)}
"""In which of four replications each renews 90 of 100 in time; all others, and otherwise, renew all 100."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return RUN.read(test_reports_folder.make(tmp_path_factory.mktemp("map"), last=pd.Timestamp("2027-03-31").date()))


def with_missed(data, missed):
    """The made-up run with four replications of counters by hand."""
    codes = load_municipalities().codes
    rows = []
    for replication in (1, 2, 3, 4):
        late = np.array([10 * (replication in missed.get(code, ())) for code in codes.tolist()])
        same = (np.full(len(codes), each) for each in (replication, 2026))
        rows.append(np.column_stack([*same, codes, late * 0 + 100, 100 - late, late, late * 7, late, late * 0]))
    names = ("replication", *COUNTER_COLUMNS)
    counters = pd.DataFrame(np.concatenate(rows), columns=names)
    return replace(data, counters=counters, run=replace(data.run, replications=4))


@pytest.fixture(scope="module")
def short(made):
    return with_missed(made, MISSED)


def tabled(data):
    (found,) = [mark for mark in drawn.marks(dot_map.municipalities(data), Cells) if mark.called is not None]
    return found


def test_the_chance_of_a_municipality_is_its_share_of_replications_the_worst_first(short):
    dots = tabled(short)
    assert dots.amounts == (0.75, 0.5, 0.25) and dots.beside == (0, 1, 2)
    assert [values.text(EN, name) for name in dots.names] == [
        "都城市 (Miyazaki)", "千代田区 (Tokyo)", "小笠原村 (Tokyo)",
    ]  # fmt: skip
    (table,) = numbers(dot_map.municipalities(short))
    assert [values.text(JA, row[1]) for row in table.table.rows] == ["75.0%", "50.0%", "25.0%"]
    assert values.text(EN, table.notes[0]) == "1,738 of 1,741 municipalities miss it in no replication"


def test_colours_mean_what_they_mean_on_the_tiles(short):
    known = load_municipalities()
    residents = dict(zip(known.codes.tolist(), known.residents.tolist(), strict=True))
    miyazaki = 0.75 * residents[MIYAKONOJO] / known.residents[known.prefectures == 45].sum()
    tokyo = (0.5 * residents[CHIYODA] + 0.25 * residents[OGASAWARA]) / known.residents[known.prefectures == 13].sum()
    missed = missed_by_prefecture(short, 2026)
    assert missed[45] == pytest.approx(miyazaki) and missed[13] == pytest.approx(tokyo)
    assert deepest(missed) == tabled(short).most == pytest.approx(miyazaki) and tabled(short).shades == SHADES
    labels = [values.text(EN, label.name) for label in dot_map.municipalities(short).panels[0].key]
    assert labels == ["missed in no replication", f"{50 * miyazaki:.1f} %", f"{100 * miyazaki:.1f} % and more"]


def test_dots_stand_where_their_offices_are_or_in_a_window_as_wide_as_residents_say(short):
    dots, along = tabled(short), cos(radians(38))
    at = [each for pair in zip(dots.places, dots.values, strict=True) for each in pair]
    assert at == pytest.approx(
        [
            (131.06 - 128) * along, 31.72,
            10.5 + 4.5 * (139.75 - 139.15) * along, 30.2 + 4.5 * (35.69 - 35.2),
            8.2 + (142.19 - 141.6) * along, 30.2 + (27.09 - 26.5),
        ],
        abs=0.01 * 4.5,
    )  # fmt: skip
    assert dots.dots == pytest.approx([0.36 * sqrt(people / 1e6) for people in (162_572, 67_049, 50_000)], rel=0.01)


def test_every_municipality_stands_once_inside_the_map_and_twice_only_where_a_window_shows_it_larger(short):
    drawing = dot_map.municipalities(short)
    (panel,) = drawing.panels
    near, quiet, worst = [mark for mark in drawn.marks(drawing, Cells) if len(mark.places) > 1]
    assert len(quiet.places) + len(worst.places) == 1741 and 100 < len(near.places) < 200
    for mark in (near, quiet, worst):
        assert panel.places.low < min(mark.places) and max(mark.places) < panel.places.high
        assert panel.values.low < min(mark.values) and max(mark.values) < panel.values.high
    assert sorted(near.amounts)[-1] == 0.5 and not any(quiet.amounts)


def test_windows_show_what_lies_far_off_and_hide_nothing_of_the_rest():
    placed = dot_map.with_places(municipalities.places().assign(chance=0.0))
    for window in dot_map.WINDOWS:
        frame = window.frame()
        left, right, low, high = min(frame.places), max(frame.places), min(frame.values), max(frame.values)
        inside = placed[placed["along"].between(left, right) & placed["up"].between(low, high)]
        assert (
            len(inside) > 0 and (inside[["along", "up"]].to_numpy() != inside[["along_there", "up_there"]]).all().all()
        )
    assert placed[placed["along"] != placed["along_there"]]["prefecture"].isin([8, 11, 12, 13, 14, 46, 47]).all()
    assert (placed[placed["prefecture"] == 47]["along"] != placed[placed["prefecture"] == 47]["along_there"]).all()


def test_the_sentence_counts_them_and_names_the_worst(short, made):
    told = values.text(EN, captions.caption("municipalities", short))
    assert told.startswith(
        "In FY2026 3 of 1,741 municipalities, with 0.2 % of the residents, miss the target in at least"
    )
    assert (
        "of 4 replications; most likely 都城市 (Miyazaki), 千代田区 (Tokyo), 小笠原村 (Tokyo)" in told
        and "75 %" in told
    )
    nobody = with_missed(made, {})
    assert "none of 1,741" in values.text(EN, captions.caption("municipalities", nobody))
    assert numbers(dot_map.municipalities(nobody)) == (None,) and not tabled(nobody).places


def test_runs_of_one_pool_have_no_map(made):
    pool = replace(made, counters=made.counters.iloc[:0])
    (panel,) = dot_map.municipalities(pool).panels
    assert not panel.marks and values.text(EN, panel.note) == EN.text("chart.no_data")
    assert values.text(EN, captions.caption("municipalities", pool)) == EN.text("chart.no_data")


def test_sizes_and_windows_are_explained_on_the_picture(short):
    said = {values.text(EN, mark.text) for mark in drawn.marks(dot_map.municipalities(short), Words)}
    assert said == {"Amami and Okinawa", "Ogasawara", "Tokyo × 4.5", "Residents", "1 million", "200,000", "50,000"}
    assert "Code for FUKUI (CC0)" in values.text(EN, dot_map.municipalities(short).small_print)
    assert "Code for FUKUI" in values.text(JA, dot_map.municipalities(short).small_print)


def test_short_names_tell_all_of_a_prefecture_apart():
    known = load_municipalities()
    names = map(municipalities.short_name, known.names)
    assert len(set(zip(names, known.prefectures.tolist(), strict=True))) == 1741
    kept = ("郡山市", "大和郡山市", "蒲郡市", "郡上市", "大島町")
    assert tuple(map(municipalities.short_name, kept)) == kept
    assert (
        municipalities.short_name("赤穂郡上郡町") == "上郡町" and municipalities.short_name("余市郡余市町") == "余市町"
    )
    assert municipalities.named("府中市", 34).values["prefecture"] == Name("prefecture", "34")
    assert values.text(JA, municipalities.named("安芸郡府中町", 34)) == "府中町（広島）"
