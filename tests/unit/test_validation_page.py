"""The validation page, its markdown, its charts and the terminal's tables, from a made-up validation."""

import json
import re
from dataclasses import replace

import pytest
import validation_sample as sample
from alone import stands_alone

from calibration import agreement
from calibration.fits_record import Confirmed
from calibration.joint.shown import shown
from calibration.record import GROUPS, Validation
from calibration.validate import LIST_KEYS, NOT_VALIDATED, listed
from reports import catalogue, values
from reports.document import say
from reports.faces import markdown, terminal
from reports.faces import page as face
from reports.validation import cells, fit_tables
from reports.validation.calibrated import screen
from reports.validation.charts import CHARTS, base_row, dated, errors
from reports.validation.counts import count
from reports.validation.document import VALIDATE, document
from scenarios.files.load import load
from scenarios.records import from_json, read
from scenarios.unknowns import record

EN, JA = catalogue.load("en"), catalogue.load("ja")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return sample.write(tmp_path_factory.mktemp("検証") / "run")


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """No fits, no bands, no cohorts, and figures without a simulated value."""
    data = sample.validation()
    for row in data["rows"]:
        if row["id"] in ("JLIS-008", "JLIS-022"):
            row |= dict.fromkeys(("simulated", "low", "high", "difference", "within"))
    data |= {"bands": {}, "notices_by_cohort": []}
    return sample.write(tmp_path_factory.mktemp("bare"), data)


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_is_whole_and_stands_alone(lang, folder):
    page = face.write(VALIDATE, folder, lang)
    text = page.read_text(encoding="utf-8")
    assert page == folder / "validation.html" and f'<html lang="{lang}">' in text
    assert text.count("<figure id=") == len(CHARTS)
    assert stands_alone(text)
    assert sorted(path.name for path in (folder / "charts").iterdir()) == sorted(
        f"{name}.{kind}" for name in CHARTS for kind in ("png", "svg")
    )
    cat = catalogue.load(lang)
    for name in sample.NOT_VALIDATED:
        assert cat.text(f"validation.not_validated.{name}") in text
    assert not list(folder.glob(".*.part"))


def test_markdown_links_its_charts_by_relative_paths_that_exist(folder, tmp_path):
    page = markdown.write(VALIDATE, folder, tmp_path / "validation.md", "en")
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((.*?\.png)\)", text)
    assert [link.partition("/")[0] for link in links] == ["validation"] * len(CHARTS)
    assert all((tmp_path / link).is_file() for link in links)
    assert {path.suffix for path in (tmp_path / "validation").iterdir()} == {".png"}
    widths = [line.replace(r"\|", "").count("|") for line in text.splitlines() if line.startswith("|")]
    assert min(widths) > 2 and r"plant.after\_cutoff\_share" in text


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_validation_without_fits_or_with_missing_figures_says_so(lang, bare):
    text = face.write(VALIDATE, bare, lang).read_text(encoding="utf-8")
    cat = catalogue.load(lang)
    assert cat.text("validation.pinned.none") in text
    assert cat.text("validation.answer.missing", missing=3) in text
    assert cat.text("validation.calendars.heading") not in text
    assert not (bare / "charts" / "validation-fits.png").exists()
    lines = terminal.lines(VALIDATE, bare, lang, bare / "validation.html", "utf-8")
    assert sum(cat.text("validation.result.missing") in line for line in lines) == 3


def test_fitted_figures_and_inputs_never_count_as_success(folder):
    rows = read(Validation, folder).rows
    found = count(rows)
    assert (found.held_back, found.agree) == (6, 5)
    assert (found.fitted, found.fitted_met, found.inputs, found.missing) == (9, 8, 2, 1)
    assert found.held_back + found.fitted + found.inputs + found.missing == len(rows)
    for row in rows:
        assert row.agrees is (row.use == "held_back" and row.within is True)
        assert (cells.outcome(row) in ("agrees", "differs")) is row.speaks
    others = [row for row in rows if row.use != "held_back"]
    assert all(row.within for row in others if row.id != "JLIS-010") and count(others).agree == 0


@pytest.mark.parametrize(("cat", "share"), [(EN, "83 %"), (JA, "83%")], ids=["en", "ja"])
def test_the_answer_counts_held_back_figures_and_names_those_that_differ(cat, share, folder):
    first, second, *_ = values.texts(cat, document(read(Validation, folder)).answer)
    assert "6" in first and "5" in first and share in first
    assert "HANDED-2023-03-31" in second


def test_nothing_held_back_is_no_success(tmp_path):
    data = sample.validation()
    data["rows"] = [row for row in data["rows"] if row["use"] != "held_back"]
    first, *_ = document(read(Validation, sample.write(tmp_path, data))).answer
    assert first == say("validation.answer.none")


def test_chapters_stand_in_their_order_and_end_with_what_is_not_validated(folder):
    parts = [part.id for part in document(read(Validation, folder)).chapters]
    assert parts == [
        "figures", "held_back", "pinned", "unknowns", "calendars", "trade_off", "influence", "not_validated_part",
        "again",
    ]  # fmt: skip


@pytest.mark.parametrize(("lang", "seats"), [("en", "answer rate of residents"), ("ja", "住民の応答率")])
def test_unknowns_stand_with_both_ranges_and_what_narrowed_them(folder, lang, seats):
    cat, told = catalogue.load(lang), document(read(Validation, folder))
    (part,) = [part for part in told.chapters if part.id == "unknowns"]
    words = " ".join(values.texts(cat, part.words))
    assert "486" in words and "1,024" in words
    narrowed, as_wide = part.blocks
    assert (len(narrowed.table.rows), len(as_wide.table.rows)) == (2, 1) and as_wide.folded
    row = [values.text(cat, cell) for cell in narrowed.table.rows[1]]
    assert "contact.resident.seats" in row[0] and "90" in row[3] and "169" in row[4] and seats in row[5]
    assert values.text(cat, as_wide.table.rows[0][5]) == cat.text("validation.unknowns.none")


def test_ranges_of_unknowns_are_those_of_the_record():
    told, kept = shown(load("baseline-fy2025").parameters), record()
    assert (told.draws, told.effective) == (kept.draws, kept.effective)
    rows = {row.path: row for row in told.rows}
    assert [path for path, row in rows.items() if row.narrowed] == [row.path for row in kept.unknowns if row.narrowed]
    seats = rows["contact.resident.seats"]
    assert seats.by == "answers_resident"
    assert [seats.low, seats.high] == pytest.approx(kept.seats["resident"][::2], rel=0.02)
    assert seats.prior_low < seats.low < seats.high < seats.prior_high
    delay = rows["next_card.delay_months"]  # from 0 by 9 to 18 months: a triangle, of which a tenth lies below 4.02
    assert [delay.prior_low, delay.prior_high] == pytest.approx([18 * 0.05**0.5, 18 - 18 * 0.05**0.5])
    assert [delay.low, delay.high] == pytest.approx([delay.prior_low, delay.prior_high], rel=0.01)


def test_the_list_has_the_seven_keys_and_keeps_ids_and_values():
    rows = listed(from_json(Validation, sample.validation()))
    assert LIST_KEYS == ("id", "published", "simulated", "low", "high", "difference", "use")
    assert all(tuple(row) == LIST_KEYS for row in rows)
    assert [row["id"] for row in rows] == [figure[0] for figure in sample.FIGURES]
    assert {row["use"] for row in rows} == {"held_back", "fitted", "input"}
    assert json.loads(json.dumps(rows)) == rows


@pytest.mark.parametrize(
    ("simulated", "low", "high", "shown"),
    [
        (99.97, 99.86, 99.9961, ("99.97 (99.86 to over 99.99)", "99.97 (99.86～99.99超)")),
        (99.9999, 99.996, 100.0, ("over 99.99 (over 99.99 to 100.00)", "99.99超 (99.99超～100.00)")),
        (0.004, 0.0, 0.006, ("under 0.01 (0.00 to 0.01)", "0.01未満 (0.00～0.01)")),
        (99.97, 99.86, 100.0, ("99.97 (99.86 to 100.00)", "99.97 (99.86～100.00)")),
    ],
)
def test_a_share_below_all_is_not_shown_as_all(folder, simulated, low, high, shown):
    """In the table of figures as in that of the fits; what is exactly 100 % is shown as that."""
    data = read(Validation, folder)
    row = replace(data.row("JLIS-012"), simulated=simulated, low=low, high=high, tolerance=0.05)
    confirmed = Confirmed(row.id, 99.6, simulated, low, high, tolerance=0.05, met=False)
    data = replace(data, rows=(row,), fits=replace(data.fits, confirmed=(confirmed,)))
    for cat, text in zip((EN, JA), shown, strict=True):
        assert values.text(cat, cells.simulated(row)) == text
        assert text in values.texts(cat, fit_tables.confirmed(data).rows[0])


def test_numbers_are_told_as_finely_as_they_were_published(folder):
    rows = {row.id: row for row in read(Validation, folder).rows}
    assert values.text(EN, cells.simulated(rows["JLIS-008"])) == "10.20 (10.18 to 10.22)"
    assert values.text(EN, cells.simulated(rows["HANDED-2022-12-31"])) == "71,900,000 (71,850,000 to 71,950,000)"
    assert values.text(EN, cells.published(rows["HANDED-2022-12-31"])) == "71,905,789"
    assert values.text(EN, cells.difference(rows["JLIS-022"])) == "-920,000 (-3.83 %)"
    assert values.text(JA, cells.difference(rows["JLIS-010"])) == "+0.9"
    assert values.text(JA, cells.subject(rows["HELD-2023-06-30"])) == "保有枚数（2023年6月30日）"
    assert values.text(EN, cells.subject(rows["HELD-2023-06-30"])) == "Cards held"
    pinned = rows["JLIS-008"]
    told = values.texts(JA, [cells.tolerance(pinned), cells.reason(pinned.tolerance_why)])
    assert told == ["±0.05", "小数第1位までの公表"]


def test_errors_of_hand_over_are_shares_of_the_cards_since_the_end_of_fitting(folder):
    rows = dated(read(Validation, folder), "handed_over")
    base = base_row(rows)
    assert base is not None and base.id == "HANDED-2022-12-31"
    found = {row.id: (error, allowed) for row, error, allowed in errors(rows)}
    assert set(found) == {row.id for row in rows if row.use == "held_back"}
    assert found["HANDED-2023-03-31"] == pytest.approx((1_500_975 / 12_493_236, 0.08), rel=1e-3)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "ascii"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_any_console_can_show_the_tables(lang, encoding, folder):
    lines = terminal.lines(VALIDATE, folder, lang, folder / "validation.html", encoding)
    lines += terminal.told(screen(sample.fits(), folder), lang, encoding)
    assert all(line.encode(encoding) for line in lines if line)
    assert sum(line.startswith(tuple(figure[0] for figure in sample.FIGURES)) for line in lines) == len(sample.FIGURES)


def test_a_calibration_tells_values_words_misses_and_how_to_use_it(folder, tmp_path):
    for name in ("calibrated.toml", "calibrated-hindcast-2023.toml"):
        (tmp_path / name).touch()
    text = "\n".join(terminal.told(screen(sample.fits(), tmp_path), "en", "utf-8"))
    assert "3.1 (-4 to 10.2)" in text and "partly (53 %)" in text
    assert "from 2024-04-01: demand.first_time_per_year" in text
    assert "does not meet: JLIS-010." in text
    assert "do not pin down: counters.collection_days." in text
    assert f"cardflow run renewal-wave+{tmp_path / 'calibrated.toml'}" in text
    assert f"cardflow run hindcast-2023+{tmp_path / 'calibrated-hindcast-2023.toml'}" in text
    assert "hand-over: stopped after 200 evaluations" in text and "something new" in text


def test_every_figure_every_reason_and_every_part_has_its_texts():
    known = agreement.load()
    dated_ids = re.compile(r"(HELD|HANDED|APPLIED)-.*")
    assert not [key for key in known if not JA.has(f"figure.{dated_ids.sub(lambda found: found[1], key)}")]
    assert not [one.why for one in known.values() if not JA.has(f"tolerance_why.{one.why}")]
    assert {one.group for one in known.values()} <= set(GROUPS)
    assert {one.use for one in known.values()} <= {"held_back", "fitted", "input"}
    problems = {one.problem for one in known.values()} - {None}
    assert not [name for name in problems if not EN.has(f"validation.problem.{name}")]
    texts = {key.rpartition(".")[2] for key in EN.texts if key.startswith("validation.not_validated.")}
    assert texts == set(NOT_VALIDATED)


def test_a_folder_without_a_validation_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        face.write(VALIDATE, tmp_path, "en")
    assert not list(tmp_path.iterdir())
