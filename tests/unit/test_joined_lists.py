"""Lists of scenarios that are joined: things on dates add up, and all else is replaced."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scenarios.errors import UserError
from scenarios.files.joined_lists import join
from scenarios.files.load import load
from scenarios.files.tree import field_at, values

Write = Callable[[str, str], str]
ADD_UP = {
    "demand.campaign",
    "demand.stress",
    "demand.actual",
    "plant.stops",
    "plant.blanks_delivered",
    "plant.blanks_ordered",
    "systems.published_events",
    "systems.events",
    "systems.planned",
    "systems.drills",
    "disruptions.events",
    "disruptions.holidays",
    "disruptions.workdays",
    "opening.restated",
}
ONE_HOLDS = ("weekdays", "weights", "hours", "closures", "roster", "call_types", ".mix.")
"""What says how something is, and not what happens on a date: the last scenario says it whole."""


def lists() -> set[str]:
    fields = {path: field_at(path) for path in values()}
    return {path for path, field in fields.items() if field and str(field.annotation).startswith("tuple[")}


def test_every_list_adds_up_or_says_how_something_is() -> None:
    adding = {path for path in lists() if "same" in (field_at(path).json_schema_extra or {})}
    assert adding == ADD_UP
    assert not [path for path in lists() - ADD_UP if not any(word in path for word in ONE_HOLDS)]


def test_an_earthquake_and_a_lost_site_happen_both() -> None:
    both, quake, site = (
        load(f"plan-period+{name}").parameters for name in ("earthquake+site-loss", "earthquake", "site-loss")
    )
    assert both.disruptions.events == (*quake.disruptions.events, *site.disruptions.events)
    assert both.contact.resident.fail_over_share == site.contact.resident.fail_over_share
    assert load("plan-period+site-loss+earthquake").parameters == both


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, text: str) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return written


STOPS = 'start = 2026-04-01\nend = 2027-03-31\nextends = "plan-period"\n[plant]\nstops = [{s}]\n'
FIRST = '{ from = 2026-05-11, to = 2026-05-12, station = "all" }'
OTHER = '{ from = 2026-05-01, to = 2026-05-02, station = "checks" }'
LONGER = '{ from = 2026-05-11, to = 2026-05-20, station = "all" }'


def stops(name: str) -> list[tuple[str, date, date]]:
    return [(stop.station, stop.from_, stop.to) for stop in load(name).parameters.plant.stops]


def test_the_same_thing_told_again_takes_the_place_of_the_first_and_none_takes_all_away(write: Write) -> None:
    base, other, longer, none = (
        write(f"{name}.toml", STOPS.format(s=text))
        for name, text in (("base", FIRST), ("other", OTHER), ("longer", LONGER), ("none", ""))
    )
    one, two = ("all", date(2026, 5, 11), date(2026, 5, 12)), ("checks", date(2026, 5, 1), date(2026, 5, 2))
    assert stops(f"{base}+{other}") == [two, one]
    assert stops(f"{base}+{longer}") == [("all", date(2026, 5, 11), date(2026, 5, 20))]
    assert stops(f"{base}+{other}+{none}") == [] and stops(f"{base}+{none}+{other}") == [two]
    assert stops(f"{base}+{base}") == [one]


def test_a_file_replaces_the_list_of_the_scenario_that_it_extends(write: Write) -> None:
    write("base.toml", STOPS.format(s=FIRST))
    own = write("own.toml", f'extends = "base"\n[plant]\nstops = [{OTHER}]\n')
    assert [stop.station for stop in load(own).parameters.plant.stops] == ["checks"]


def test_a_mistake_in_a_joined_list_is_told_of_its_own_file_and_line(write: Write) -> None:
    right = write("right.toml", STOPS.format(s=FIRST))
    wrong = write(
        "wrong.toml",
        f'[plant]\nstops = [\n  {OTHER},\n  {{ from = 2026-05-30, to = 2026-05-29, station = "all" }},\n]\n',
    )
    for joined in (f"{right}+{wrong}", f"{right}+{wrong}+{right}"):
        with pytest.raises(UserError) as error:
            load(joined)
        assert "wrong.toml line 4" in str(error.value), joined
    replaced = write("replaced.toml", '[plant]\nstops = [{ from = 2026-05-30, to = 2026-06-02, station = "all" }]\n')
    assert len(stops(f"{right}+{wrong}+{replaced}")) == 3


def test_the_lists_of_events_stand_by_date_and_every_entry_knows_where() -> None:
    earlier = [
        {"hits": "plant", "day": date(2026, 5, 2), "from": "10:00"},
        {"hits": "systems", "day": date(2026, 5, 4)},
    ]
    later = [{"hits": "systems", "day": date(2026, 5, 4), "hours": 3}, {"hits": "resident", "day": date(2026, 5, 1)}, 5]
    both = join("disruptions.events", earlier, later)
    assert both is not None and both.entries == [later[1], earlier[0], later[0], 5]
    assert (both.earlier, both.later) == ([1, None], [2, 0, 3])
