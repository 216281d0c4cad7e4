"""Wrong hours, rosters, mixes, events: told clearly, with the place."""

from pathlib import Path

import pytest

from scenarios.errors import UserError
from scenarios.files.load import load
from sim.facts import CENTRES

HEAD = 'title = "t"\nwhy = "w"\nextends = "plan-period"\n'
WEEKDAYS = '["mon", "tue", "wed", "thu", "fri"]'


def mistakes(tmp_path: Path, text: str) -> str:
    (tmp_path / "plan.toml").write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load("plan.toml", tmp_path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[contact.resident]\nseats = -20",
            "contact.resident.seats = -20   must be 0 or more (contracted seats (席数))",
        ),
        (
            f'[contact.helpdesk]\nroster = [{{ days = {WEEKDAYS}, from = "08:30", to = "12:00", share = 1 }}]',
            "contact.helpdesk   roster has a gap: nothing for mon from 12:00, when the centre is open",
        ),
        (
            '[contact.helpdesk]\nroster = [{ days = ["mon", "tue", "wed", "thu", "fri", "sat"], from = "08:30", '
            'to = "18:00", share = 1 }]',
            "contact.helpdesk   roster has seats on sat from 08:30, when the centre is closed",
        ),
        (
            f'[contact.helpdesk]\nroster = [{{ days = {WEEKDAYS}, from = "08:30", to = "18:00", share = 1 }}, '
            '{ days = ["wed"], from = "12:00", to = "13:00", share = 0.5 }]',
            "roster: wed 12:00 to 13:00 overlaps another entry",
        ),
        (
            '[contact.helpdesk]\ncall_types = ["procedure", "system", "third"]',
            "handle_weights has 2 numbers for 3 call types: one for each is wanted",
        ),
        (
            '[contact.helpdesk]\ncall_types = ["procedure", "system", "third"]\nhandle_weights = [1, 1, 1]',
            "mix.transactions has 2 numbers for 3 call types: one for each is wanted",
        ),
        ("[contact.helpdesk.mix]\nerrors = [0.2, 0.9]", "mix.errors must sum to 1, not 1.1"),
        ('[contact.helpdesk]\ncall_types = ["a", "a"]', "call_types must all be different"),
        ("[contact.helpdesk]\nhandle_weights = [1, 0]", "handle_weights must all be more than 0"),
        ("[contact.resident]\nhours = []", "hours must have at least one entry"),
        (
            '[contact.resident]\nhours = [{ days = ["mon"], from = "08:15", to = "20:00" }]',
            "contact.resident.hours.from = '08:15'   must be a half-hour such as \"08:30\"",
        ),
        (
            '[contact.resident]\nhours = [{ days = ["mon"], from = "18:00", to = "08:00" }]',
            "`to` (08:00) must come after `from` (18:00)",
        ),
        (
            '[contact.resident]\nhours = [{ days = ["monday"], from = "08:00", to = "18:00" }]',
            "contact.resident.hours.days = 'monday'   must be 'mon', 'tue'",
        ),
        ('[contact.resident]\nseats_policy = "lastyear"', "must be 'fixed' or 'last_year'"),
        ("[contact.resident]\nweekdays = [1, 1]", "must have at least 7 entries, not 2"),
        ("[contact.resident]\nmost_call_backs = 99", "must be less than or equal to 10"),
        ("[contact.resident]\nseatz = 5", "unknown field; did you mean contact.resident.seats?"),
        ("[contact.resident]\npatience_minutes = 0", "must be more than 0"),
        (
            '[systems]\nevents = [{ system = "jpki", day = 2027-03-01, from = "09:00", hours = 3 }]',
            "systems.events.system = 'jpki'   must be 'card_management', 'jpki_counter' or 'jpki_verifier'",
        ),
        (
            '[systems]\nevents = [{ system = "jpki_counter", day = 2035-03-01, from = "09:00", hours = 3 }]',
            "systems.events: 2035-03-01 to 2035-03-01 lies outside the run",
        ),
        (
            '[systems]\nplanned = [{ system = "jpki_counter", day = 2027-03-01, from = "09:00", hours = 0 }]',
            "systems.planned.hours = 0   must be greater than 0",
        ),
        ("[systems.jpki_counter]\nhours = []", "hours must give every system some service on weekdays"),
        ("[systems]\njpki_per_day = 0", "systems.jpki_per_day = 0   must be more than 0"),
        ("[counters]\ncome_back_share = 1.5", "counters.come_back_share = 1.5   must be between 0 and 1"),
        ('[renewal]\nnotices_posted = "yearly"', "must be 'daily', 'weekly' or 'monthly'"),
        ("[targets]\nanswered_share = 95", "targets.answered_share = 95   must be between 0 and 1"),
    ],
)
def test_a_wrong_value_is_told_with_its_rule(tmp_path: Path, text: str, said: str) -> None:
    told = mistakes(tmp_path, text)
    assert said in told
    assert "line " in told


@pytest.mark.parametrize(
    ("table", "name", "count"),
    [
        *((table, "weekdays", 7) for table in ("demand.channels.online", "demand.channels.mail", "counters")),
        *((f"contact.{centre}", name, n) for centre in CENTRES for name, n in (("weekdays", 7), ("month_weights", 12))),
        ("demand", "month_weights", 12),
        ("holders", "move_month_weights", 12),
        ("services.pins", "month_weights", 12),
        ("counters", "hour_weights", 24),
        ("contact.resident", "loss_hour_weights", 24),
    ],
)
def test_weights_that_make_a_load_disappear_are_told(tmp_path: Path, table: str, name: str, count: int) -> None:
    assert f"{name} must not all be 0" in mistakes(tmp_path, f"[{table}]\n{name} = {[0] * count}")
    tiny = mistakes(tmp_path, f"[{table}]\n{name} = {[5e-324, *[0] * (count - 1)]}")
    assert f"{name} must add up to 1e-09 or more" in tiny


def test_mistakes_in_both_centres_are_told_at_once(tmp_path: Path) -> None:
    text = '[contact.resident]\nhandle_weights = [1]\n[contact.helpdesk]\ncall_types = ["a", "a"]\nseatz = 3'
    told = mistakes(tmp_path, text)
    assert "3 errors" in told


def test_an_unknown_path_on_the_command_line_names_the_nearest() -> None:
    with pytest.raises(UserError, match=r"did you mean contact\.resident\.seats\?"):
        load("plan-period").with_values({"contact.residnt.seats": 5})
