"""A decision clock as a document: what breaks and when, the last dates to act, trip-wires and how good they are."""

from __future__ import annotations

from functools import partial

from reports import names
from reports.clock import tables
from reports.clock.answer import answer, months_note
from reports.clock.captions import caption
from reports.clock.charts import CHARTS
from reports.document import (
    Block,
    Chapter,
    Document,
    Paragraphs,
    PartYears,
    Screen,
    Title,
    Value,
    chapter,
    charts,
    explained,
    opening,
    say,
)
from reports.presentation import Presentation
from reports.remade import again, drawn
from reports.typed import Given
from scenarios.clock.record import Clock
from scenarios.records import read


def document(data: Clock) -> Document:
    """The whole answer."""
    title, said = say("clock.title", scenario=Title(data.title)), (*answer(data), PartYears())
    return Document(
        title=title,
        origin=names.origin(
            "clock.origin",
            data,
            as_of=data.as_of,
            spread=names.spread(chance_only=False),
            training=data.training,
            held_out=data.held_out,
        ),
        question=say("clock.question", title=Title(data.title)),
        answer=said,
        chapters=(
            _dates(data),
            _wires(data),
            _others(data),
            _lead_times(data),
            explained("clock", _WORDS),
            _again(data),
        ),
        screen=_screen(data, title, said),
    )


def _screen(data: Clock, title: Value, said: tuple[Value, ...]) -> Screen:
    table = tables.screen(data)
    return (
        opening(title, data),
        *(("", table) if table.rows else ()),
        Paragraphs(said),
        "",
        say("terminal.forecast"),
    )


def _dates(data: Clock) -> Chapter:
    table = tables.dates(data)
    drawn = Block(tables.breaks(data), say("clock.tab.breaks"), sheet=True)
    content = {"blocks": (Block(table), drawn)} if table.rows else {"words": (say("clock.dates.none"),)}
    return chapter("clock", "dates", charts=charts(data, CHARTS, caption, "clock-calendar"), role="actions", **content)


def _wires(data: Clock) -> Chapter:
    table = tables.wires(data)
    content = {"blocks": (Block(table, judged=True),)} if table.rows else {"words": (say("clock.wires.none"),)}
    return chapter("clock", "wires", charts=charts(data, CHARTS, caption, "clock-wires"), role="hangs", **content)


def _others(data: Clock) -> Chapter:
    """Events that break but have no wire, and, folded, those with nothing to warn of."""
    without = [event for event in data.events if event.no_wire]
    groups = {
        "some": [event for event in without if event.no_wire in ("too_few", "none_helps")],
        "all": [event for event in without if event.no_wire == "always"],
        "never": [event for event in without if event.no_wire in ("never", "not_tested")],
    }
    blocks = tuple(
        Block(
            tables.others(events),
            say(f"clock.others.{name}"),
            folded=name == "never",
            notes=(note,) if (note := months_note(event for event in events if event.breaks)) else (),
            tab=say("clock.tab.others"),
        )
        for name, events in groups.items()
        if events
    )
    return chapter("clock", "others", blocks=blocks)


def _lead_times(data: Clock) -> Chapter:
    month, day = map(int, data.request_due.split("-"))
    due = say("clock.lead_times.due", day=say("format.month_day", month=month, day=day))
    return chapter("clock", "lead_times", words=(due,), blocks=(Block(tables.lead_times(data)),), role="assumptions")


_WORDS = (
    "breaks", "first_breach", "lost", "needed", "last_date", "wire", "hit", "with_money", "early_word",
    "false_alarm", "precision", "base_rate", "proven",
)  # fmt: skip


def _again(data: Clock) -> Chapter:
    asked: dict[str, Given] = {"--as-of": data.as_of.isoformat(), "--target": data.targets}
    command = again("clock", ["scenario.toml"], {"--lead-times": "lead-times.toml", **drawn(data), **asked})
    return chapter("clock", "again", commands=(command,))


CLOCK = Presentation("clock", "clock", Clock.FILE, partial(read, Clock), document, lambda data: (data,))
