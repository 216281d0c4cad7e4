"""What to look up first, and the appendix on how good an answer is: counts that add up, items that are answered."""

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import memo_sample
import pytest
import test_reports_folder as folders
import tomlkit

from calibration import evidence, validated
from calibration.agreement import load as load_agreements
from calibration.figures import load_figures, load_sources
from calibration.record import Validated
from reports import assumptions, catalogue, track, values
from reports.levers import acted_on
from reports.run.document import document
from reports.run.lookups import MOST, _Asked, lookups
from reports.run.quality import assumed, checked, decided, sources, stress
from reports.run.quality.counted import Counted
from reports.run_data import read
from reports.validation.answer import answer
from scenarios.files.load import load
from scenarios.track.record import NAME, Record, came, forecast

LANGUAGES = {lang: catalogue.load(lang) for lang in catalogue.LANGUAGES}
EN = LANGUAGES["en"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return folders.make(tmp_path_factory.mktemp("made") / "run", last=date(2027, 3, 31))


@pytest.fixture(scope="module")
def data(folder):
    return read(folder)


def chapter(data, name):
    return next((each for each in document(data).chapters if each.id == name), None)


def text(value, cat=EN):
    return values.text(cat, value)


# what to look up first -----------------------------------------------------------------------------------------------


def looked_up(data):
    """Paths in order."""
    return [row[0].text for each in lookups(data) for row in each.blocks[0].table.rows]


def test_a_few_uncertain_inputs_are_to_be_looked_up_and_what_goes_with_a_target_in_doubt_is_the_first(data):
    paths = looked_up(data)
    uncertain = {line.path for line in assumptions.uncertain(data)}
    assert len(paths) == len(set(paths)) == MOST and set(paths) <= uncertain
    assert paths[0] == "plant.remake_share"
    known = evidence.load()
    assert all(known[path].matters != "low" and known[path].grade != "good" for path in paths[1:])
    at_risk = {row.id for row in data.summary.targets if row.verdict not in ("holds", "not_tested")}
    weights = [
        (not at_risk & acted_on(path), evidence.ALLOWED["matters"].index(known[path].matters)) for path in paths[1:]
    ]
    assert weights == sorted(weights)


@pytest.mark.parametrize(("start", "asked"), [(date(2028, 4, 1), False), (date(2027, 6, 1), True)])
def test_what_cannot_act_before_the_last_day_is_not_looked_up(data, start, asked):
    """A next card of June 2027 is waited for in the last months of this run, one of April 2028 is not."""
    card = data.scenario["next_card"] | {"start": start, "delay_months": 0, "waiting_months": 6}
    found = _Asked(replace(data, scenario=data.scenario | {"next_card": card}))
    assert any(path.startswith("next_card.") for path in found.worth) is asked


def test_a_range_that_begins_after_the_last_day_is_not_looked_up(data):
    """What clearly goes with a target, but only by chance."""
    step = {"value": 0.01, "low": 0.005, "high": 0.02, "from": "2027-04-01"}
    plant = data.scenario["plant"] | {"remake_share": [{"value": 0.01, "from": "2026-04-01"}, step]}
    later = replace(data, scenario=data.scenario | {"plant": plant})
    assert "plant.remake_share" in _Asked(later).uncertain and "plant.remake_share" not in looked_up(later)


def test_each_says_its_range_its_owner_and_the_month_of_its_review(data):
    (told,) = lookups(data)
    table = told.blocks[0].table
    for row in table.rows:
        own, shown = evidence.load()[row[0].text], dict(zip(map(text, table.headings), map(text, row), strict=True))
        assert shown["Who owns it"] == own.owner and shown["To be reviewed"] == (own.month or "-")
        assert re.fullmatch(r"[\d.,-]+ \([\d.,-]+ to [\d.,-]+\)", shown["Value (range)"]), shown
        assert own.grade in shown["Evidence, grade"]
    assert text(table.rows[0][-1]) == "cards dispatched in 14 days, FY2026: -0.80 (-0.90 to -0.70)"
    assert told.role == "hangs"


def test_what_is_tied_to_a_stronger_input_is_no_reason(data):
    assert "counters.collection_days" not in looked_up(data)


def test_what_goes_with_a_target_in_doubt_is_told_though_it_goes_with_one_that_holds_even_more(data):
    doubted = next(one for one in data.run.drivers if one.path == "plant.remake_share")
    held = replace(doubted, id="dispatch-4.8m", rho=0.95, low=0.9, high=0.98)
    (told,) = lookups(replace(data, run=replace(data.run, drivers=(held, *data.run.drivers))))
    first = told.blocks[0].table.rows[0]
    assert first[0].text == "plant.remake_share" and text(first[-1]).startswith(
        "cards dispatched in 14 days, FY2026: -0.80"
    )


def test_targets_that_hold_move_nothing_to_the_front(data):
    holding = tuple(replace(row, verdict="holds") for row in data.summary.targets)
    calm = replace(data, summary=replace(data.summary, targets=holding))
    assert looked_up(calm)[0] != "plant.remake_share"


def test_a_run_that_says_nothing_of_drivers_leaves_the_column_out(data):
    (told,) = lookups(replace(data, run=replace(data.run, drivers=None)))
    assert len(told.blocks[0].table.headings) == 7 and not told.blocks[0].notes


def certain(folder):
    """The run of a scenario without any range."""
    scenario = tomlkit.parse((folder / "scenario.toml").read_text(encoding="utf-8")).unwrap()
    return replace(read(folder), scenario=without_ranges(scenario))


def without_ranges(value):
    if isinstance(value, dict):
        return {
            key: without_ranges(own) for key, own in value.items() if not ("value" in value and key in ("low", "high"))
        }
    return [without_ranges(own) for own in value] if isinstance(value, list) else value


def test_a_run_without_uncertain_values_has_nothing_to_look_up(data, folder):
    by_chance = replace(data, run=replace(data.run, chance_only=True))
    for without in (by_chance, certain(folder)):
        assert chapter(without, "lookups") is None and chapter(without, "quality")
    counted = Counted(certain(folder))
    assert (counted.uncertain, counted.open) == ((), ())
    assert "0 with a range" in text(stress.answers(counted)["parameters"])
    assert "in which chance alone varies" in text(stress.answers(Counted(by_chance))["estimation"])


# the reporting checklist ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cat", LANGUAGES.values(), ids=LANGUAGES)
def test_all_20_items_of_the_checklist_are_answered(data, cat):
    items = [name for names in stress.ITEMS.values() for name in names]
    assert len(items) == len(set(items)) == 20 and list(map(len, stress.ITEMS.values())) == [3, 5, 4, 3, 4, 1]
    table = stress.table(Counted(data))
    rows = [row for row in table.rows if not table.opens_group(row)]
    assert len(rows) == 20 and len(table.rows) - len(rows) == 6
    answers = [text(row[1], cat) for row in rows]
    assert len(set(answers)) == 20 and all(len(each) > 20 for each in answers)
    numbers = [text(row[0], cat).split()[0] for row in rows]
    assert numbers[:4] == ["1.1", "1.2", "1.3", "2.1"] and numbers[-1] == "6.1"


def test_answers_are_those_of_the_run(data):
    told = {name: text(value) for name, value in stress.answers(Counted(data)).items()}
    run = data.run
    assert f"Seed {run.seed}." in told["sampling"] and f"Cardflow {run.version}" in told["software"]
    assert f"{run.replications} replications, and {run.chance_replications} more" in told["estimation"]
    assert "2025-04-01, 12 months before" in told["initialisation"]
    assert "2026-04-01 to 2027-03-31: 365 days in 1 fiscal year" in told["run_length"]
    assert str(run.unknowns) in told["preprocessing"] and "1,024" in told["preprocessing"]
    assert "differ from the library scenario renewal-wave: 1" in told["scenario"]
    assert "0.1 to 5.0 times" in told["aims"]
    older = replace(data, run=replace(run, unknowns=None, margin=None, changes=()))
    told = {name: text(value) for name, value in stress.answers(Counted(older)).items()}
    assert "Digest" not in told["preprocessing"] and "scaled" not in told["aims"]
    assert "No value differs" in told["scenario"]


# logs ----------------------------------------------------------------------------------------------------------------


def test_counts_of_the_assumption_log_add_up_to_the_tables_of_the_run(data):
    table = assumed.table(Counted(data))
    *sections, total = (row[1:] for row in table.rows)
    assert [sum(column) for column in zip(*sections, strict=True)] == list(total)
    for row in (*sections, total):
        count, uncertain, *words = row
        kinds, grades, high = words[:3], words[3:6], words[6]
        assert sum(kinds) == sum(grades) == count and max(uncertain, high) <= count
    uncertain = {line.path for line in assumptions.uncertain(data)}
    every = uncertain | {line.path for line in assumptions.certain(data)}
    assert total[1] == len(uncertain) and total[0] == len(every - {"start", "end"})
    told = text(stress.answers(Counted(data))["parameters"])
    for number in (*total[:5], total[0] - total[1]):
        assert re.search(rf"\b{number}\b", told), number


def test_values_that_the_planners_own_figures_replaced_are_no_assumptions(data):
    own = replace(data, run=replace(data.run, replaced=("contact.resident.seats",)))
    usual, counted = Counted(data), Counted(own)
    assert len(counted.known) == len(usual.known) and counted.count() == usual.count() - 1
    *_, total = assumed.table(counted).rows
    assert sum(total[3:7]) == total[1] and total[6] == 1


def test_readings_are_those_of_the_run_and_marked_where_the_planner_chose_another(data):
    baseline = load("baseline-fy2025")
    paths = [one.path for one in decided.DECISIONS if one.path]
    assert all(path in evidence.load() for path in paths) and len(set(paths)) == len(paths)
    shown = {one.name: row for one, row in zip(decided.DECISIONS, decided.table(data).rows, strict=True)}
    assert text(shown["in_principle"][1]) == str(baseline.parameters.targets.issue_share.steps[0].value)
    assert "36 %" in text(shown["mean_days"][2]) and "18 %" in text(shown["mean_days"][2])
    for cat in LANGUAGES.values():
        assert all(text(cell, cat).strip(" -－") for row in shown.values() for cell in row)
    changes = tuple(replace(one, path="targets.issue_share") for one in data.run.changes)
    other = decided.table(replace(data, run=replace(data.run, changes=changes)))
    assert [number for number, row in enumerate(other.rows) if "changed by the planner" in text(row[1])] == [1]


def test_every_published_source_behind_a_value_is_in_the_data_log(data):
    counted = Counted(data)
    readers, sheet = sources.blocks(counted)
    assert readers.page and sheet.sheet and len(readers.table.rows) == len(sheet.table.rows) == len(counted.sources)
    logged = [row[0] for row in readers.table.rows]
    behind = {source.key for figures in counted.figures.values() for source in figures}
    assert behind <= set(logged) <= {key for key, own in load_sources().items() if own.publisher}
    told = text(stress.answers(counted)["sources"])
    assert f"{len(counted.figures)} published figures from {len(logged)} sources" in told
    for path, own in counted.known.items():
        if own.kind == "published" and not all(
            load_figures()[figure].confidence == "computed" for figure in own.source
        ):
            found = [source for figure in own.source for source in counted.figures.get(figure, ())]
            assert found and {source.key for source in found} <= set(logged), path
    assert {row[4] + row[5] for row in readers.table.rows} != {0}
    assert all(text(row[6]) for row in readers.table.rows)


def test_dates_of_sources_stand_in_their_titles_and_publishers_have_japanese_names():
    for source in load_sources().values():
        assert source.date in source.title
        assert not source.publisher or LANGUAGES["ja"].has(f"publisher.{source.publisher}")
    known = {f"publisher.{source.publisher}" for source in load_sources().values() if source.publisher}
    assert known == {key for key in LANGUAGES["ja"].texts if key.startswith("publisher.")}


# what was checked ----------------------------------------------------------------------------------------------------


def test_the_validation_that_ships_is_that_of_the_page_and_of_every_figure():
    """``make validation`` writes both."""
    found = validated.load()
    assert [(row.id, row.use) for row in found.rows] == [(key, one.use) for key, one in load_agreements().items()]
    page = (Path(__file__).parents[2] / "docs" / "validation.md").read_text(encoding="utf-8")
    assert f"Cardflow {found.version}, seed {found.seed}, {found.replications} replications" in page
    assert all(text(sentence) in page for sentence in answer(found))
    assert validated.of(validated.as_file(found)) == found


def test_counts_of_validation_are_counted_and_not_written(data, monkeypatch):
    found = validated.load()
    missed = tuple(replace(row, within=False) if row.use == "held_back" else row for row in found.rows)
    worse = Validated(found.version, found.seed, found.replications, missed, found.not_validated)
    told = dict((text(name), text(value)) for name, value in checked.checks(data))
    assert "12 (100 %) agree" in told["Published figures beside simulated ones"]
    monkeypatch.setattr(validated, "load", lambda: worse)
    told = dict((text(name), text(value)) for name, value in checked.checks(data))
    assert "0 (0 %) agree" in told["Published figures beside simulated ones"]


def test_earlier_forecasts_are_held_against_what_came(tmp_path):
    folder = folders.make(tmp_path / "run", last=date(2026, 4, 30))
    assert read(folder).ahead == ()
    assert "no month has come" in text(track.told(())).lower()
    run = read(folder).run
    record = Record(folder / NAME)
    bands = {"applications": {"2026-04": [1.0, 2.0, 3.0, 4.0, 5.0], "2026-05": [1.0, 2.0, 3.0, 4.0, 5.0]}}
    record.add(forecast(datetime.fromisoformat("2026-04-01T09:00:00+09:00"), "run", "0", run, None, bands))
    later = datetime.fromisoformat("2026-06-01T09:00:00+09:00")
    record.add(came(later, "f.xlsx", "2026-05-31", {"applications": {"2026-04": 3.5, "2026-05": 9.0}}))
    data = read(folder)
    assert [one.inside for one in data.ahead] == [True, False]
    told = dict((text(name), text(value)) for name, value in checked.checks(data))
    assert "1 lay in" in told["Earlier forecasts beside what came"]


# where it stands -----------------------------------------------------------------------------------------------------

PARTS = "stress", "assumption-log", "decision-log", "data-log", "checks"


def test_a_page_folds_it_and_it_stands_before_the_origin(data):
    chapters = document(data).chapters
    ids = [each.id for each in chapters]
    start = ids.index("quality")
    assert tuple(ids[start + 1 : start + 6]) == PARTS and ids[start + 6] == "provenance"
    assert all(each.folded and each.role == "statistics" for each in chapters[start + 1 : start + 6])


def test_a_memo_has_it_in_its_appendix(tmp_path):
    found = memo_sample.answers(tmp_path, "run")
    shown = memo_sample.paragraphs(memo_sample.opened(memo_sample.made(tmp_path, found)))
    headings = [EN.text(f"{name.replace('-', '_')}.heading") for name in ("lookups", "quality", *PARTS)]
    places = [shown.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "All other values" not in shown
