"""Guided questions: what is to hold, how surely, in which years, what can be bought, what it costs. A page a question.

The address holds all that was said so far, so that it can be kept, sent and gone back to; nothing stands in the server.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from pydantic import TypeAdapter, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cardflow.serve.apart import Apart
from cardflow.serve.jobs import Asked, Jobs
from cardflow.serve.pages import Form, Reader, asked_by, cat_of, lang_of, one, posted, rendered, to_job
from cardflow.serve.price_fields import priced, read_prices
from cardflow.serve.questions import KINDS, Question
from reports import library_texts, names, price_texts
from reports.formats import whole_fiscal_year
from reports.messages import mistakes
from scenarios.errors import NOTHING_RUN, Together, UserError
from scenarios.files.as_written import in_percent, number_of
from scenarios.files.find import LIBRARY, library
from scenarios.files.load import load
from scenarios.limits import shown
from scenarios.resources import RESOURCES, all_targets
from sim.calendar import fiscal_year
from sim.message import Message
from sim.targets import judged_by_year

STEPS: Mapping[str, tuple[str, ...]] = {
    "size": ("plan", "hold", "surely", "years", "buy", "cost", "start"),
    "ledger": ("plan", "years", "buy", "start"),
    "clock": ("plan", "hold", "years", "today", "start"),
    "compare": ("plan", "others", "years", "start"),
}
"""The kinds of questions, and the pages of each in their order."""
_PLANS = {"compare": "plan-period"}
_PLAN = "budget-fy2027"
"""What is chosen at first."""
_LAST = 2040
"""Last fiscal year that is offered."""
_REPLICATIONS = {"ledger": 16, "clock": 120, "compare": 20}
"""As commands have it where nobody says how many; of a sizing its certainty says it."""
_SEARCH = 16
_QUESTION: TypeAdapter[Question] = TypeAdapter(Question)


@dataclass(frozen=True)
class Choice:
    """One of what can be chosen: its value in the address, what it is called, and what there is to know."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Asking:
    """A field of a page: ``many`` of its ``choices`` may be chosen, or one; without any it is typed."""

    name: str
    choices: tuple[Choice, ...] = ()
    many: bool = False
    typed: str = "text"
    first: str = ""
    """what stands there where nobody said anything"""
    label: str = ""
    unit: str = ""


class QuestionPages:
    """Questions other than a run."""

    def __init__(self, jobs: Jobs, apart: Apart) -> None:
        self._jobs, self._apart = jobs, apart

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/{lang}/ask", lambda request: rendered(request, "serve_asks.html.j2", kinds=list(STEPS))),
            Route("/{lang}/ask/{kind}", self._step),
            posted("/{lang}/ask/{kind}/start", self._start),
        ]

    def _step(self, request: Request) -> Response:
        return self._page(request, asked_by(request))

    def _page(self, request: Request, form: Form, wrong: tuple[str, ...] = ()) -> Response:
        kind = _kind(request)
        steps = STEPS[kind]
        step = "start" if wrong else one(form, "step") or steps[0]
        if step not in steps:
            raise HTTPException(404)
        at = steps.index(step)
        fields = list(_fields(Reader(cat_of(request)), kind, step, form))
        own = {"step", *(field.name for field in fields)}
        kept = [(name, value) for name, values in form.items() if name not in own for value in values]
        return rendered(
            request,
            "serve_ask.html.j2",
            422 if wrong else 200,
            kind=kind,
            step=step,
            steps=[(each, _way(form, each)) for each in steps],
            following=steps[at + 1] if at + 1 < len(steps) else "",
            fields=fields,
            given=form,
            kept=kept,
            wrong=wrong,
            told=list(_told(Reader(cat_of(request)), kind, form)) if step == "start" else [],
        )

    def _start(self, request: Request, form: Form) -> Response:
        kind, cat = _kind(request), cat_of(request)
        try:
            question = _question(Reader(cat), kind, form)
        except UserError as error:
            return self._page(request, form, mistakes(error, NOTHING_RUN, cat.lang))
        except ValidationError as error:
            return self._page(request, form, tuple(_refusals(Reader(cat), error)))
        if (done := self._apart("judge", cat, question=question.model_dump(mode="json"))).wrong:
            return self._page(request, form, done.wrong)
        return to_job(request, self._jobs.start(Asked(question=question, lang=lang_of(request))))


def _kind(request: Request) -> str:
    kind: str = request.path_params["kind"]
    if kind not in STEPS:
        raise HTTPException(404)
    return kind


def _way(form: Form, step: str) -> str:
    """The query of another page of the same question."""
    kept = [(name, value) for name, values in form.items() if name != "step" for value in values]
    return urlencode([*kept, ("step", step)])


def _refusals(read: Reader, error: ValidationError) -> Iterator[str]:
    for each in error.errors():
        field = next((part for part in each["loc"] if read.cat.has(f"serve.field.{part}")), None)
        name = read.cat.text(f"serve.field.{field}") if field else ""
        yield read.cat.text("serve.ask.wrong", name=name, value=str(each["input"])[:60])


# the fields of each page --------------------------------------------------------------------------------------------


def _fields(read: Reader, kind: str, step: str, form: Form) -> Iterator[Asking]:
    match step:
        case "plan" | "others":
            yield _plans(read, kind, step)
        case "hold":
            yield Asking("targets", tuple(_holding(read, kind)), many=True)
        case "surely":
            yield Asking("confidence", _words(read, "confidence", ("0.8", "0.9", "0.95")), first="0.9")
            yield Asking("by", _words(read, "by", ("year", "month")), first="year")
            yield Asking("together", _words(read, "together", ("year", "run")), first="year")
        case "years":
            yield from _years(read, kind, form)
        case "buy":
            yield Asking("resources", tuple(_buying(read, form)), many=True)
        case "cost":
            yield Asking("prices", _words(read, "prices", ("none", "shown")), first="shown")
            for name, label, unit, first in priced(read, form.get("resources", [])):
                yield Asking(name, typed="text", first=first, label=label, unit=unit)
        case "today":
            yield Asking("as_of", typed="date")
        case "start":
            yield Asking("replications", typed="number", first=str(_REPLICATIONS.get(kind, _SEARCH)))
            yield Asking("seed", typed="number", first="1")


def _words(read: Reader, name: str, values: Sequence[str]) -> tuple[Choice, ...]:
    """Choices that the catalogues have the words of."""
    notes = (f"serve.{name}_note.{value}" for value in values)
    told = [read.cat.text(key) if read.cat.has(key) else "" for key in notes]
    return tuple(
        Choice(value, read.cat.text(f"serve.{name}.{value}"), note) for value, note in zip(values, told, strict=True)
    )


def _plans(read: Reader, kind: str, step: str) -> Asking:
    listed = [each for each in library_texts.listed(read.cat) if each["kind"] == "scenario"]
    choices = tuple(Choice(each["name"], each["title"]) for each in listed)
    if step == "others":
        return Asking("others", choices, many=True)
    return Asking("scenario", choices, first=_PLANS.get(kind, _PLAN))


def _holding(read: Reader, kind: str) -> Iterator[Choice]:
    """Targets that can be asked for, each with what it means."""
    known = all_targets(list(RESOURCES)) if kind == "size" else judged_by_year()
    for target in known:
        key = f"target.{target.partition('/')[0]}.meaning"
        yield Choice(target, read.text(names.target(target)), read.cat.text(key) if read.cat.has(key) else "")


def _buying(read: Reader, form: Form) -> Iterator[Choice]:
    """Resources that help with what is to hold, each with the targets that more of it helps to meet."""
    wanted = set(form.get("targets", []))
    for path, known in RESOURCES.items():
        if not wanted or wanted & set(known.targets):
            helps = read.cat.join(read.text(names.target(target)) for target in known.targets)
            unit = read.text(price_texts.unit(path, 1, ""))
            yield Choice(
                path, read.text(price_texts.name(path)), read.cat.text("serve.ask.helps", unit=unit, targets=helps)
            )


def _years(read: Reader, kind: str, form: Form) -> Iterator[Asking]:
    first, last = _span(_scenario(kind, form))
    years = tuple(Choice(str(year), whole_fiscal_year(read.cat, year)) for year in range(2025, _LAST + 1))
    yield Asking("first", years, typed="list", first=str(first))
    yield Asking("last", years, typed="list", first=str(last))


def _scenario(kind: str, form: Form) -> str:
    """The chosen scenario; raises HTTPException for one that is not of the library."""
    name = one(form, "scenario") or _PLANS.get(kind, _PLAN)
    if name not in library():
        raise HTTPException(404)
    return name


@cache
def _span(scenario: str) -> tuple[int, int]:
    """First and last fiscal year of a scenario."""
    parameters = load(scenario, LIBRARY).parameters
    return fiscal_year(parameters.start), fiscal_year(parameters.end)


# what is asked ------------------------------------------------------------------------------------------------------


def _question(read: Reader, kind: str, form: Form) -> Question:
    """What a form asks; raises UserError or ValidationError where a field is not what it may be."""
    asked: dict[str, Any] = {"kind": kind, "scenario": _scenario(kind, form), "settings": _settings(kind, form)}
    asked |= {name: tuple(form[name]) for name in ("targets", "resources", "others") if name in form}
    asked |= {name: one(form, name) for name in ("by", "together", "as_of") if one(form, name)}
    numbers = {name: text for name in ("confidence", "replications", "seed") if (text := one(form, name))}
    asked |= {name: _number(text, share=name == "confidence") for name, text in numbers.items()}
    if kind == "size":
        asked["prices"] = read_prices(read, form)
        if asked.get("replications") == _SEARCH:
            del asked["replications"]
        asked.setdefault("resources", ())
    return _QUESTION.validate_python({name: each for name, each in asked.items() if name in KINDS[kind].model_fields})


def _number(text: str, share: bool = False) -> Any:
    """A number that was typed, in percent only a share; the text itself where it is none, which is then refused."""
    number = number_of(text) if share or not in_percent(text) else None
    return text if number is None else number


def _settings(kind: str, form: Form) -> tuple[str, ...]:
    """The first and last day, where others are asked for than the scenario has; raises UserError for no year."""
    (own_first, own_last), wrong = _span(_scenario(kind, form)), Together("")
    first, last = wrong.tried(_year, "first", form, own_first), wrong.tried(_year, "last", form, own_last)
    wrong.refuse()
    assert first is not None and last is not None
    found = [f"start={first}-04-01"] if first != own_first else []
    return (*found, f"end={last + 1}-03-31") if last != own_last else tuple(found)


def _year(name: str, form: Form, own: int) -> int:
    """A fiscal year of a form; that of the scenario where nothing is said. Raises UserError."""
    text = one(form, name)
    if text.isascii() and text.isdecimal() and len(text) == 4:
        return int(text)
    if text:
        raise UserError(name, [Message("{value}   must be a fiscal year such as 2027", value=shown(text))])
    return own


def _told(read: Reader, kind: str, form: Form) -> Iterator[tuple[str, str]]:
    """What was said on the pages so far: the name of each field, and what is chosen in it."""
    for step in STEPS[kind][:-1]:
        for field in _fields(read, kind, step, form):
            given = [value for value in form.get(field.name, []) if value] or ([field.first] if field.first else [])
            if field.label:
                continue  # prices one by one
            names_of = {choice.value: choice.label for choice in field.choices}
            text = read.cat.join(names_of.get(value, value) for value in given)
            yield read.cat.text(f"serve.field.{field.name}"), text or read.cat.text(f"serve.unsaid.{field.name}")
