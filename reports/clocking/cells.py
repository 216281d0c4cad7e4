"""How a clock's entries are written: targets, probabilities, wires, rates, days and last dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from reports import formats, phrases
from reports.catalogue import Catalogue
from reports.clocking.data import Clock, Entry, proven
from scenarios.clocking.observables import OBSERVABLES
from scenarios.row import Row


def target(cat: Catalogue, event: Entry, short: bool = False) -> str:
    """The target with its part."""
    identifier, _, part = event["target"].partition("/")
    row = Row(identifier, part or None, event["period"], "", True)
    alone = part in ("", "standard", "express")
    return phrases.short_target(cat, row, alone) if short else phrases.target(cat, row, alone)


def named(cat: Catalogue, event: Entry) -> str:
    """The target and its fiscal year."""
    return cat.text("clock.event", target=target(cat, event), year=formats.period(cat, event["period"]))


def breaks(cat: Catalogue, event: Entry) -> str:
    """In how many replications the year fails, as a probability with its interval."""
    return counted(cat, event["breaks"], event["replications"], event["probability_low"], event["probability_high"])


def counted(cat: Catalogue, count: int, of: int, low: float | None, high: float | None) -> str:
    """A count with the share and its interval; without either where there is nothing to count."""
    if not of or low is None or high is None:
        return cat.text("clock.none_of")
    ends = {"low": formats.whole(low), "high": formats.percent(cat, high, 0)}
    return cat.text("clock.counted", count=count, of=of, share=formats.percent(cat, count / of, 0), **ends)


def hits(cat: Catalogue, wire: Entry) -> str:
    """In how many replications that break the order that it calls for saves the year; or in how many it warned."""
    return counted(cat, wire["hits"], wire["of_breaks"], wire["hit_low"], wire["hit_high"])


def precision(cat: Catalogue, wire: Entry) -> str:
    """How many of its alarms were right."""
    ends = wire["precision_low"], wire["precision_high"]
    return counted(cat, wire["right_alarms"], wire["alarms"], *ends)


def base_rate(cat: Catalogue, wire: Entry) -> str:
    """How many of the replications that judged it break whether it fires or not."""
    if wire["base_rate"] is None:
        return cat.text("format.nothing")
    ends = {"low": formats.whole(wire["base_rate_low"]), "high": formats.percent(cat, wire["base_rate_high"], 0)}
    return cat.text("clock.base_rate", share=formats.percent(cat, wire["base_rate"], 0), **ends)


def order(cat: Catalogue, event: Entry) -> str:
    """What is ordered for an event."""
    told = event["order"]
    if told["days_added"] is None:
        return cat.text("clock.times", resource=resource(cat, told["resource"]), times=f"{told['times']:g}")
    return cat.text("clock.days_added", resource=resource(cat, told["resource"]), days=f"{told['days_added']:g}")


def saves(cat: Catalogue, event: Entry) -> str:
    """In how many of the replications that break the order saves the year, if it works early enough."""
    told = event["order"]
    return counted(cat, told["saves"], told["of_breaks"], told["saves_low"], told["saves_high"])


def false_alarms(cat: Catalogue, wire: Entry) -> str:
    """In how many replications that hold it warned."""
    ends = wire["false_alarm_low"], wire["false_alarm_high"]
    return counted(cat, wire["false_alarms"], wire["of_others"], *ends)


def wire(cat: Catalogue, entry: Entry) -> str:
    """A trip-wire in plain words: ``calls a day above 9,000 in 4 weeks in a row``."""
    weeks = cat.text("clock.weeks" if entry["weeks"] > 1 else "clock.week", weeks=entry["weeks"])
    names = {"what": observable(cat, entry["wire"]), "threshold": threshold(cat, entry), "weeks": weeks}
    return cat.text(f"clock.{entry['side']}", **names)


def observable(cat: Catalogue, name: str) -> str:
    """What is watched, with its unit of time."""
    return cat.name("clock.observable", name)


def threshold(cat: Catalogue, entry: Entry) -> str:
    """The threshold of a wire with its unit."""
    return amount(cat, entry["wire"], entry["threshold"])


def amount(cat: Catalogue, name: str, value: float) -> str:
    """A value of an observable with its unit."""
    kind = OBSERVABLES[name].kind
    if kind == "share":
        return formats.percent(cat, value)
    if kind == "count":
        return formats.rough(cat, value)
    return cat.text(f"clock.unit.{kind}", number=f"{value:.3g}")


def warning(cat: Catalogue, entry: Entry) -> str:
    """How many days before the year is lost the hits came, with their 10-90 % range."""
    if entry["warning_days"] is None:
        return cat.text("format.nothing")
    days = {key: formats.number(entry[f"warning_days{end}"]) for key, end in _ENDS.items()}
    if days["low"] == days["high"]:
        return days["days"]
    return cat.text("clock.days_range", **days)


_ENDS = {"days": "", "low": "_low", "high": "_high"}


def skill(cat: Catalogue, entry: Entry) -> str:
    """Hit rate less false-alarm rate with its interval, in percentage points."""
    if entry["skill"] is None:
        return cat.text("format.nothing")
    shown = {key: formats.number(100 * entry[name]) for key, name in _SKILL.items()}
    return cat.text("clock.skill", **shown)


_SKILL = {"points": "skill", "low": "skill_low", "high": "skill_high"}


def judgement(cat: Catalogue, entry: Entry) -> str:
    """Whether a wire has shown to be better than chance."""
    return cat.text("clock.result.proven" if proven(entry) else "clock.result.unproven")


def mark(entry: Entry) -> str:
    """The verdict whose look a wire has."""
    return "holds" if proven(entry) else "not_tested"


def purpose(cat: Catalogue, entry: Entry) -> str:
    """What a wire's warning is early enough for."""
    return cat.text(f"clock.purpose.{entry['purpose']}", months=lead(cat, entry["months"]))


def lead(cat: Catalogue, count: int) -> str:
    """So many months."""
    return cat.text("clock.lead" if count == 1 else "clock.leads", months=count)


def months(cat: Catalogue, told: Entry) -> str:
    """A month with the range from early to late: 10, 50 and 90 % of the replications that break."""
    return _range(cat, told, lambda day: formats.month(cat, day[:7]))


def days(cat: Catalogue, told: Entry) -> str:
    """The same of days."""
    return _range(cat, told, lambda day: plain_day(cat, day))


def _range(cat: Catalogue, told: Entry, named: Callable[[str], str]) -> str:
    if told["middle"] is None:
        return cat.text("format.nothing")
    shown = {name: named(day) for name, day in told.items()}
    if len(set(shown.values())) == 1:
        return shown["middle"]
    return cat.text("format.value_range", value=shown["middle"], low=shown["early"], high=shown["late"])


def resource(cat: Catalogue, path: str) -> str:
    """A resource by the name that budgets give it; its path where it has none."""
    return cat.name("prices.item", path)


def day(cat: Catalogue, data: Clock, iso: str | None) -> str:
    """A date, marked where it has passed; a dash without one."""
    if iso is None:
        return cat.text("format.nothing")
    shown = plain_day(cat, iso)
    return cat.text("clock.passed", day=shown) if passed(data, iso) else shown


def plain_day(cat: Catalogue, iso: str) -> str:
    """A date without a mark."""
    return formats.day(cat, date.fromisoformat(iso))


def passed(data: Clock, iso: str) -> bool:
    """Whether a date lies before the day of the clock."""
    return date.fromisoformat(iso) < data.as_of
