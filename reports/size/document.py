"""A sizing as a document: what to buy, how sure, what it costs, prices, how to make it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reports import price_texts
from reports.document import (
    Block,
    Chapter,
    Document,
    Joined,
    PartYears,
    Period,
    Table,
    Title,
    Value,
    chapter,
    charts,
    explained,
    say,
)
from reports.presentation import Presentation
from reports.size import cells, live, tables
from reports.size.answer import answer
from reports.size.budget import Money, money
from reports.size.captions import caption
from reports.size.charts import CHARTS
from reports.size.priced import Priced, read
from scenarios.price_file import USES
from scenarios.size.record import Level, Sizing, Sought


def document(data: Priced) -> Document:
    """The whole answer."""
    return Document(
        title=say("sizing.title", title=Title(data.title)),
        origin=say("sizing.origin", **_facts(data)),
        question=say(
            "sizing.question_of_cost" if data.priced else "sizing.question",
            title=Title(data.title),
            certainty=cells.certainty(data.confidence),
        ),
        answer=(*answer(data), PartYears()),
        chapters=(*_capacity(data), *_money(data), _words(data), _again(data)),
        screen=_screen(data),
        beside=((say("sizing.terminal.workbook"), "budget.xlsx"),) if data.priced else (),
    )


def _screen(data: Sizing) -> tuple[Value | Table, ...]:
    """A line a resource and fiscal year; then the answer."""
    groups: dict[tuple[str, str], list[Level]] = {}
    for level in data.levels:
        groups.setdefault((level.resource, level.fiscal_year), []).append(level)
    names = ("resource", "year", "today", "least" if data.asked.reached else "best", "more")
    rows = tuple(_line(data, own) for own in groups.values())
    table = Table(tuple(say(f"sizing.terminal.{name}") for name in names), rows)
    first = say("sizing.terminal.title", title=Title(data.title), **_facts(data))
    return (first, "", table, "", *answer(data), PartYears(), "", say("terminal.forecast"))


def _line(data: Sizing, levels: list[Level]) -> tuple[Value, ...]:
    """Levels that change by month as a range."""
    return (
        price_texts.name(levels[0].resource),
        Period(levels[0].fiscal_year),
        cells.today_range(data, levels),
        cells.level_range(data, levels),
        cells.more(data, levels),
    )


def _capacity(data: Sizing) -> Iterator[Chapter]:
    """Levels of the asked plan with their evidence, or of the best within the bounds; by month they are long."""
    if data.asked.reached:
        heading = say("sizing.levels.by_month") if data.months else ""
        block = Block(tables.levels(data, data.asked.levels), heading, folded=bool(data.months))
        shown = charts(data, CHARTS, caption, "sized-levels")
        yield chapter("sizing", "levels", blocks=(block,), charts=shown, role="actions")
    elif data.best_partial is not None:
        block = Block(tables.levels(data, data.best_partial.levels))
        shown = charts(data, CHARTS, caption, "sized-partial")
        yield chapter("sizing", "partial", blocks=(block,), charts=shown, role="actions")
    if data.asked.evidence:
        block = Block(tables.evidence(data, data.asked))
        shown = charts(data, CHARTS, caption, "sized-evidence")
        yield chapter("sizing", "evidence", blocks=(block,), charts=shown, role="reasons")


def _money(data: Priced) -> Iterator[Chapter]:
    """The budget line, cost against certainty, the prices; nothing without prices."""
    if not data.priced:
        return
    unit = money(data)
    told: dict[str, Value] = {"money": unit.name, "certainty": cells.certainty(data.asked.certainty)}
    found, by_year = say("sizing.budget.plans"), say("sizing.budget.table", **told)
    apart = say("sizing.budget.apart") if len(data.priced) > 1 else None
    notes = tuple(note for note in (cells.below_shown(data), apart) if note)
    blocks = [
        Block(tables.plans(data, unit), found, judged=True, notes=notes, page=True),
        Block(tables.budget(data, unit), by_year, page=True),
        *_reckoned(data, unit),
    ]
    if data.asked.reached and data.asked.lines:
        listed = say("sizing.budget.bill", **told)
        blocks.append(Block(tables.bill(data.asked, unit), listed, folded=True, page=data.price_file is not None))
    yield chapter("sizing", "budget", words=tuple(_marks(data)), blocks=tuple(blocks), role="actions")
    if data.curve:
        further = (
            Block(
                tables.further(data.further, unit),
                say("sizing.certainty.further", **told),
                notes=(say("sizing.certainty.estimate"),),
                tab=say("sizing.workbook.further"),
            ),
        )
        curve = Block(
            tables.curve(data.curve, unit),
            say("sizing.certainty.curve", **told),
            folded=True,
            tab=say("sizing.workbook.curve"),
        )
        shown = charts(data, CHARTS, caption, "sized-cost", *(("sized-further",) if data.further else ()))
        blocks = [*(further if data.further else ()), curve]
        yield chapter("sizing", "certainty", blocks=tuple(blocks), charts=shown, role="hangs")
    if data.price_file is not None:
        file = say("sizing.prices.file", file=data.price_file.file, digest=data.price_file.digest)
        prices = Block(tables.prices(data.price_file), page=True), _sheet(live.prices(data.price_file), live.PRICES)
        yield chapter("sizing", "prices", words=(file,), blocks=prices, role="assumptions")


def _reckoned(data: Priced, unit: Money) -> Iterator[Block]:
    """The same for a workbook, where another price makes another budget."""
    yield _sheet(live.plans(data, unit), "plans")
    yield _sheet(live.budget(data, unit), live.BUDGET, "rounded", "live")
    if data.price_file is not None:
        yield _sheet(live.bill(data.priced, data.price_file), live.BILL, "yen", "live")


def _sheet(table: Table, name: str, *notes: str) -> Block:
    """A table for a workbook alone, with its name there and notes on how it is reckoned."""
    heading, told = say(f"sizing.workbook.{name}"), tuple(say(f"sizing.workbook.{note}") for note in notes)
    return Block(table, heading, notes=told, sheet=True, tab=heading, id=name)


def _marks(data: Sizing) -> Iterator[Value]:
    """Which prices are assumed, and what is used but has no price."""
    lines = data.priced[0].lines or ()
    items, assumed = {line.item for line in lines}, dict.fromkeys(line.item for line in lines if line.assumed)
    every = "all_own" if not assumed else "all_assumed" if len(assumed) == len(items) else "assumed"
    yield say(f"sizing.budget.{every}", items=_named(assumed))
    used = {use for uses in data.asked.usage.values() for use, number in uses.items() if number}
    lacking = [use for use in USES if use in used - items]
    if lacking:
        yield say("sizing.budget.not_priced", items=_named(lacking))
    if any(line.beyond_today is None for line in lines):
        yield say("sizing.budget.beyond_resources")


def _named(items: Iterable[str]) -> Joined:
    return Joined(tuple(map(price_texts.name, items)))


def _words(data: Sizing) -> Chapter:
    names = ["least", "today", "theory", "held", "shown", "not_shown", "not_reached"]
    names += ["certainty", "rounding", "tax", "one_off"] if data.priced else []
    return explained("sizing", names)


def _again(data: Sizing) -> Chapter:
    flags = [
        *(f"--resource {_bounded(path, found)}" for path, found in data.sought.items()),
        *(f"--target {name}" for name in data.targets),
        f"--confidence {data.confidence:g}",
        *([f"--by {data.by}"] if data.by != "year" else []),
        *([f"--together {data.together}"] if data.together != "year" else []),
        *(["--release-below-promises"] if data.below_promises else []),
        *([] if data.monthly_floor is None else [f"--monthly-floor {data.monthly_floor:g}"]),
        *(["--prices prices.toml"] if data.prices else []),
        *(["--chance-only"] if data.chance_only else []),
        *([f"--as-of {data.as_of:%Y-%m-%d}"] if data.as_of else []),
    ]
    counted = {"search": data.search_replications, "fresh": data.fresh_replications, "seed": data.seed}
    command = say("sizing.again.command", flags=" ".join(flags), **counted)
    named = ((say(f"sizing.again.{name}"), value) for name, value in _facts(data).items())
    return chapter("sizing", "again", named=tuple(named), commands=(command,))


def _facts(data: Sizing) -> Mapping[str, str | int | None]:
    """Where it is from, by name; None without prices."""
    prices = None if data.prices is None else f"{data.prices.file} ({data.prices.digest})"
    own = {name: getattr(data, name) for name in ("scenario", "seed", "version", "replications")}
    return {**own, "prices": prices}


def _bounded(path: str, found: Sought) -> str:
    """A resource with the bounds and step of the search, as the command takes them."""
    numbers = (found.low, found.high, found.step)
    return f"{path}={':'.join(str(int(number) if number == int(number) else number) for number in numbers)}"


SIZE = Presentation("size", "size", Sizing.FILE, read, document, lambda data: (data,))
