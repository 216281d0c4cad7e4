"""Lead times and the last dates that follow, by hand; a planner's own file and what is wrong with it."""

from datetime import date

import pytest

from reports import catalogue
from reports.lead_times_template import template
from scenarios.clock.lead_times import SHIPPED, load_lead_times, months_before
from scenarios.errors import UserError
from scenarios.files.find import library
from scenarios.resources import RESOURCES

OWN = """\
[contact.resident.seats]
procurement_months = 1
hiring_months = 1
training_months = 0
in_request = false
assumed = false
why = "契約のとおり"
"""


def own(folder, text):
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_resource_has_an_assumed_lead_time_with_a_reason():
    shipped = load_lead_times()
    assert set(shipped.entries) == set(RESOURCES) and shipped.request_due == (8, 31)
    assert all(entry.assumed and entry.why for entry in shipped.entries.values())
    assert SHIPPED.stem not in library()


@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
def test_the_template_holds_the_shipped_lead_times_in_the_readers_language(lang, tmp_path):
    text, shipped = template(catalogue.load(lang), load_lead_times()), load_lead_times()
    read = load_lead_times(own(tmp_path, text))
    assert read.request_due == shipped.request_due and list(read.entries) == list(shipped.entries)
    for path, entry in read.entries.items():
        assert entry.model_dump(exclude={"why"}) == shipped.entries[path].model_dump(exclude={"why"})
        assert (entry.why == shipped.entries[path].why) == (lang == "en")


@pytest.mark.parametrize(
    ("needed", "start", "due"),
    [
        # Six months of lead: a purchase for October starts in April, in the fiscal year whose request was due last
        # August; one for September starts in March, a fiscal year earlier.
        (date(2027, 10, 1), date(2027, 4, 1), date(2026, 8, 31)),
        (date(2027, 9, 1), date(2027, 3, 1), date(2025, 8, 31)),
        (date(2027, 4, 1), date(2026, 10, 1), date(2025, 8, 31)),
        (date(2028, 3, 1), date(2027, 9, 1), date(2026, 8, 31)),
    ],
)
def test_the_request_comes_before_the_fiscal_year_in_which_the_purchase_starts(needed, start, due):
    leads = load_lead_times()
    assert leads.entries["contact.resident.seats"].months == 6
    assert leads.start_by("contact.resident.seats", needed) == start
    assert leads.request_by("contact.resident.seats", needed) == due
    assert leads.last_date("contact.resident.seats", needed) == due


def test_without_a_request_the_last_date_is_the_start(tmp_path):
    leads = load_lead_times(own(tmp_path, OWN))
    seats = leads.entries["contact.resident.seats"]
    assert (seats.months, seats.assumed, seats.why) == (2, False, "契約のとおり")
    assert leads.request_by("contact.resident.seats", date(2027, 1, 1)) is None
    assert leads.last_date("contact.resident.seats", date(2027, 1, 1)) == date(2026, 11, 1)
    assert leads.entries["plant.lines"] == load_lead_times().entries["plant.lines"]


def test_the_quickest_resource_comes_first_and_only_those_that_mend_the_target():
    leads = load_lead_times()
    months = [leads.entries[path].months for path in leads.mending("issue-14-days/standard")]
    assert months == sorted(months)
    assert leads.mending("issue-14-days/standard")[0] == "plant.weekend_days_per_month"
    assert leads.mending("calls-95") == ["contact.resident.seats"]
    assert leads.mending("availability-99.9/jpki_counter") == []


def test_months_go_over_the_turn_of_the_year():
    assert months_before(date(2027, 1, 15), 1) == date(2026, 12, 15)
    assert months_before(date(2027, 3, 31), 13) == date(2026, 2, 28)
    assert months_before(date(2028, 3, 31), 1) == date(2028, 2, 29)
    assert months_before(date(2027, 3, 31), 14) == date(2026, 1, 31)
    assert months_before(date(2027, 3, 1), 0) == date(2027, 3, 1)


def test_another_date_of_the_request(tmp_path):
    leads = load_lead_times(own(tmp_path, 'request_due = "06-30"\n' + OWN))
    assert leads.request_by("plant.lines", date(2028, 9, 1)) == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (OWN.replace("contact.resident.seats", "contact.resident.seat"), "did you mean contact.resident.seats?"),
        (OWN.replace("hiring_months", "hiring_month"), "did you mean hiring_months?"),
        (OWN.replace("= 1", "= -1"), "procurement_months = -1   must be greater than or equal to 0"),
        (OWN.replace("= 1", "= 1.5"), "must be a valid integer"),
        (OWN.replace("in_request = false\n", ""), "contact.resident.seats.in_request   is missing"),
        (OWN.replace("= false", '= "no"'), "must be a valid boolean"),
        ('"contact.resident.seats" = 3\n', "contact.resident.seats = 3   must be a table"),
        ("[contact.resident]\nseats = 3\n", "contact.resident   is no resource; did you mean contact.resident.seats?"),
        ('request_due = "02-30"\n', "must be a month and day"),
        ("request_due = 8\n", "must be a month and day"),
        ('request_due = "W05-3"\n', "must be a month and day"),
        ("request_due = [31, 8]\n", "must be a month and day"),
        ("a = 1\nb = = 2\n", "is not valid TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, text, told):
    with pytest.raises(UserError) as error:
        load_lead_times(own(tmp_path, text))
    assert told in str(error.value) and "own.toml" in str(error.value) and "line" in str(error.value), error.value


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        load_lead_times(tmp_path / "none.toml")
