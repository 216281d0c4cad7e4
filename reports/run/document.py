"""A run as a document: answer, verdicts, chapters on parts of the operation, assumptions, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from calibration import validated
from calibration.counts import YEAR
from reports import actuals, assumptions, names
from reports.catalogue import known
from reports.document import (
    Block,
    Chapter,
    Chart,
    Document,
    Joined,
    Labelled,
    Number,
    PartYears,
    Period,
    Role,
    Table,
    Title,
    Value,
    Why,
    say,
    sentences,
)
from reports.drawing import Drawing
from reports.presentation import Presentation
from reports.remade import again, drawn
from reports.run import answer, cells, certainty, margins, published_counts, systems, tables, verdicts
from reports.run.beside import beside
from reports.run.captions import caption
from reports.run.chapters import blocks
from reports.run.charts import CHAPTERS
from reports.run.lookups import lookups
from reports.run.next_steps import next_steps, typed_where
from reports.run.quality.chapters import quality
from reports.run_data import RunData, read
from reports.series import steps
from reports.typed import Given
from scenarios.run.record import Run, Summary


def document(data: RunData) -> Document:
    """The whole report."""
    run = data.run
    return Document(
        title=Title(run.title),
        origin=Joined((names.span(run), " · ", say("page.forecast")), ""),
        origins=_told(actuals.used(run)),
        question=answer.question(run),
        answer=answer.answer(data.summary, run),
        chapters=(
            *_verdicts(data),
            Chapter("chapter-wave", say("page.wave"), charts=_charts(data, "wave"), role="reasons"),
            _part(data, "flow", "reasons"),
            *lookups(data),
            _next(data),
            *_years(data),
            *_details(data),
            *_totals(data),
            *_published_counts(data),
            *_assumptions(data),
            *quality(data),
            *_provenance(data),
        ),
    )


def _told(*notes: Value) -> tuple[Value, ...]:
    """Notes without those that there is nothing to say for."""
    return tuple(note for note in notes if note)


def _verdicts(data: RunData) -> Iterator[Chapter]:
    """The verdicts, the margins where there are any, and how certain both are."""
    run, shown = data.run, verdicts.headlines(data.summary)
    told = cells.too_few(run), cells.undecided_note(shown), certainty.decided(run), cells.months_note(shown)
    notes = (*_told(*told), PartYears())
    sure = [certainty.drive(shown, run)]
    if precision := certainty.precision(run):
        sure.append(Joined((precision, say("precision.note")), "format.space"))
    room = margins.table(shown, run)
    judged = Block(tables.verdicts(shown, run), judged=True, notes=(*notes, *([] if room.rows else sure)))
    yield Chapter("verdicts", say("page.verdicts"), (say("page.verdicts_note"),), (judged,), role="reasons")
    if room.rows:
        uses = Block(margins.uses(shown), tab=say("monthly.tab.uses"), sheet=True)
        found = Block(room, notes=tuple(sure), page=True), Block(margins.table(shown, run, False), sheet=True), uses
        yield Chapter(
            "margins", say("page.margins"), (margins.note(shown), margins.of_loads(shown)), found, level=3, role="hangs"
        )


def _next(data: RunData) -> Chapter:
    table = tables.next_commands(next_steps(data.summary, data.run, data.scenario))
    return Chapter("next", say("page.look_next"), (typed_where(data.run),), (Block(table),), role="actions")


def _years(data: RunData) -> Iterator[Chapter]:
    """Deciding statistics by year and month, what informs beside them, and how to read the words."""
    rows = verdicts.rows(data.summary)
    years = [row for row in verdicts.deciding(rows) if row.verdict != "not_tested"]
    months = tables.by_period(verdicts.deciding_months(rows), data.run, "month")
    beside = tables.informing(verdicts.informing(rows))
    apart = _told(cells.months_note(verdicts.headlines(data.summary)))
    folded = (
        Block(months, say("page.months"), judged=True, folded=True, notes=apart, tab=say("monthly.tab.months")),
        Block(beside, say("page.informing"), folded=True, tab=say("monthly.tab.informing")),
    )
    met = Block(tables.met_by_year(years), tab=say("monthly.tab.met"), sheet=True)
    judged = Block(tables.by_period(years, data.run, "year"), judged=True)
    shown = (judged, *(one for one in (*folded, met) if one.table.rows))
    yield Chapter("years", say("page.years"), (say("page.years_note"),), shown)
    yield Chapter("words", say("page.words"), named=(*_words(), *_meanings(data)), level=3, role="statistics")


def _words() -> Iterator[tuple[Value, Value]]:
    return (
        (names.verdict(word), say(f"verdict.rule.{word}"))
        for word in ("holds", "at_risk", "fails", "undecided", "not_tested")
    )


def _meanings(data: RunData) -> Iterator[tuple[Value, Value]]:
    """Each target's name and one-line meaning; targets of later versions are left out."""
    ids = dict.fromkeys(headline.worst.id for headline in verdicts.headlines(data.summary))
    return (
        (say(f"target.{name}.name"), say(f"target.{name}.meaning")) for name in ids if known(f"target.{name}.meaning")
    )


def _details(data: RunData) -> Iterator[Chapter]:
    """The chapters on parts of the operation, without those that a run of an earlier version has nothing to say in."""
    found = (_part(data, name) for name in CHAPTERS if name not in ("wave", "flow"))
    yield from (chapter for chapter in found if chapter.blocks or chapter.charts)


def _part(data: RunData, name: str, role: Role = "details") -> Chapter:
    """A chapter on a part of the operation: how to read it, its yearly tables and its pictures."""
    heading = say(f"chapter.{name}.title")
    note = systems.note(data) if name == "systems" else say(f"chapter.{name}.note")
    return Chapter(f"chapter-{name}", heading, (note,), blocks(data, name), _charts(data, name), role=role)


def _charts(data: RunData, chapter: str) -> tuple[Chart[Drawing], ...]:
    """The charts of a chapter; titles may name the share of hours in which systems are to be available."""
    asked = data.at("targets.availability")
    share = "" if asked is None else Number(float(steps(asked, data.months)[0]), "probability", 1)
    return tuple(
        Chart(name, say(f"chart.{name}.title", share=share), caption(name, data), partial(draw, data))
        for name, draw in CHAPTERS[chapter].items()
    )


def _totals(data: RunData) -> Iterator[Chapter]:
    found = tables.totals(data)
    if found:
        yield Chapter("totals", say("page.totals"), (say("page.totals_note"),), tuple(map(Block, found)))


def _published_counts(data: RunData) -> Iterator[Chapter]:
    found = published_counts.table(data)
    if found.rows:
        words = (say("page.published_counts_note", year=Period.of_year(YEAR)),)
        yield Chapter(
            "published-counts", say("page.published_counts"), words, (Block(found),), level=3, role="statistics"
        )


def _assumptions(data: RunData) -> Iterator[Chapter]:
    """What the planner changed, what is not known, and, folded, the rest."""
    yield Chapter("assumptions", say("page.assumptions"), role="assumptions")
    changed, replaced = assumptions.changes(data), _told(actuals.replaced(data.run))
    if changed:
        yield _values("changes", "assumptions", assumptions.changes_table(changed), notes=replaced)
    else:
        yield Chapter(
            "changes", say("page.changes"), (say("page.changes_none"), *replaced), level=3, role="assumptions"
        )
    yield _limits()
    for name, lines in (("uncertain", assumptions.uncertain(data)), ("fixed", assumptions.certain(data))):
        note = say(f"page.{name}_note", mark=assumptions.ASSUMED)
        yield _values(name, "assumptions", assumptions.table(lines), (note,), folded=name == "fixed")


def _limits() -> Chapter:
    """What no published figure speaks for, and why; money stands in no run."""
    named = names.not_validated(part for part in validated.load().not_validated if part != "prices")
    heading, note = (say(f"validation.not_validated_part.{name}") for name in ("heading", "note"))
    return Chapter("limits", heading, (note,), named=named, level=3, role="assumptions")


def _values(
    name: str,
    role: Role,
    table: Table,
    words: tuple[Value, ...] = (),
    notes: tuple[Value, ...] = (),
    folded: bool = False,
) -> Chapter:
    return Chapter(name, say(f"page.{name}"), words, (Block(table, notes=notes),), level=3, folded=folded, role=role)


def _provenance(data: RunData) -> Iterator[Chapter]:
    """Where it comes from, how to make it again, and, folded, what the daily table holds."""
    run = data.run
    why = data.scenario.get("why", "")
    words = (Labelled(say("page.why"), Why(why)),) if why else ()
    yield Chapter("provenance", say("page.provenance"), words, named=tuple(_origin(run)), role="origin")
    asked: dict[str, Given] = {
        "--actuals": run.actuals.file if run.actuals else None,
        **drawn(run, run.chance_only),
        "--no-margin": not run.margin,
    }
    commands = again("run", ["scenario.toml"], asked), again("report", ["."])
    figures = say("next.where_actuals_lie", file=run.actuals.file) if run.actuals else None
    note = sentences(say("provenance.remake_note"), figures)
    yield Chapter("reproduce", say("page.reproduce"), (note,), commands=commands, level=3, role="origin")
    yield _values("columns", "origin", tables.daily(), folded=True)


def _origin(run: Run) -> Iterator[tuple[Value, Value]]:
    first, last, run_in = run.first_day, run.last_day, run.first_simulated_day
    looked = run.margin
    ends = {name: Number(value, "factor") for name, value in vars(looked).items()} if looked else {}
    told: dict[str, Value] = {
        "scenario": run.scenario,
        "title": Title(run.title),
        "seed": run.seed,
        "replications": run.replications,
        "version": run.version,
        "period": say("format.range", low=first, high=last),
        "run_in": run_in,
        "spread": names.spread(run.chance_only),
        "margin": say("provenance.margin_from", **ends) if looked else say("provenance.margin_none"),
    }
    return ((say(f"provenance.{name}"), value) for name, value in told.items())


RUN = Presentation("run", "report", Summary.FILE, read, document, lambda data: (data.run,), beside=beside)
