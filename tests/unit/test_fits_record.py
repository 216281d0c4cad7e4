"""A calibration as a record: the file that ships comes back to the last byte, whatever version wrote it."""

import json
from dataclasses import replace
from importlib.resources import files

import pytest
import validation_sample as sample

from calibration.fit_lines import joined, lines
from calibration.fits_record import Fits
from calibration.fitting import Aim, Problem, Uncertain, fit
from calibration.validate import shipped_fits
from calibration.values import name_of, weights_of
from scenarios.folder.draft import Draft
from scenarios.records import as_json, from_json, read

SHIPPED = files("calibration").joinpath(Fits.FILE).read_bytes()
DAY = "2024-04-01"


def fitted(name, low, high):
    """A parameter of which one figure is known, to 0.1."""
    aim, bounds = Aim("figure", 3.5, 0.1, 0.05), Uncertain(name, 3, low, high, "days")

    def told(values):
        return {"figure": values[name]}

    def ahead(values):
        return {"forecast FY2027": 2 * values[name]}

    return fit(Problem("by hand", "plan-period", (bounds,), (aim,), told, ahead, {"forecast FY2027": "days"}), 20)


def test_the_file_that_ships_is_written_again_to_the_last_byte(tmp_path):
    found = shipped_fits()
    Draft(tmp_path).write(found)
    assert (tmp_path / Fits.FILE).read_bytes() == SHIPPED
    assert read(Fits, tmp_path) == found


def test_a_version_that_says_less_is_read_and_written_as_it_was():
    """Until version 0.8.0 nothing was said of the weights; a list that is not there has no lines."""
    (line, *_), content = shipped_fits().fits, json.loads(SHIPPED)
    assert line.drawn_with is None and weights_of(line) == {} and "drawn_with" not in as_json(line)
    assert as_json(replace(line, drawn_with={}))["drawn_with"] == {}
    told = from_json(Fits, {key: content[key] for key in ("version", "seed", "fits")} | {"to come": 1})
    assert told == Fits(told.version, told.seed, fits=shipped_fits().fits)
    with pytest.raises(ValueError, match="seed"):
        from_json(Fits, {"version": "0.11.0"})


def test_lines_of_a_fit_by_hand_have_the_keys_of_the_file_and_keep_whole_bounds():
    """One figure to 0.1 beside what is assumed, to (5 - 1) / (2 * 1.96): the value moves nearly all the way to it."""
    found = lines(fitted(f"systems.jpki_per_day@{DAY}", 1, 5), seed=7)
    (value,), (figure,), (influence,) = found.fits, found.figures, found.influence
    assert (found.seed, value.path, name_of(value)) == (7, "systems.jpki_per_day", f"systems.jpki_per_day@{DAY}")
    deviation = 4 / (2 * 1.959964)
    assert value.value == pytest.approx(3 + 0.5 * deviation**2 / (deviation**2 + 0.1**2), abs=1e-3)
    assert value.low < value.value < value.high and value.word == "well"
    assert figure.met and figure.fitted == value.value
    assert influence.level == 2 * value.value
    assert influence.share == pytest.approx(influence.change / influence.level)
    shipped, content = json.loads(SHIPPED), as_json(found)
    assert list(content) == list(shipped)
    assert [key for key in content["fits"][0] if key != "drawn_with"] == list(shipped["fits"][0])
    for name in ("figures", "influence"):
        assert list(content[name][0]) == list(shipped[name][0])
    assert content["fits"][0]["from"] == DAY
    assert '"assumed_low": 1,' in json.dumps(content) and json.dumps(as_json(from_json(Fits, content))) == (
        json.dumps(content)
    )


def test_fits_joined_keep_their_order_and_have_the_biggest_influence_first():
    first, second = (lines(fitted(name, 1, 5), seed=1) for name in ("a.b", "c.d"))
    less = replace(first, influence=(replace(first.influence[0], share=0.001),), messages=("one",))
    more = replace(sample.fits(), influence=second.influence)
    both = joined([less, more], seed=1)
    assert [line.path for line in both.fits] == [line.path for line in (*less.fits, *more.fits)]
    assert both.influence == (*second.influence, *less.influence)
    assert both.evaluations == less.evaluations + more.evaluations
    assert both.messages == ("one", *more.messages)
    assert (both.calendars, both.readings, both.trade_off) == (more.calendars, more.readings, more.trade_off)
