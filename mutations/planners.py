"""Planners' files, damaged at random: workbooks, CSV files, prices and lead times, and what is done with them."""

from __future__ import annotations

import contextlib
import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from mutations.trial import Kind
from reports import actuals_template, catalogue, lead_times_template, prices_template
from scenarios.clock.lead_times import load_lead_times
from scenarios.errors import UserError
from scenarios.files.from_actuals import apply
from scenarios.files.load import load
from scenarios.price_file import load_prices
from scenarios.prices import cost
from scenarios.resources import RESOURCES
from scenarios.workbook.rules import read_actuals

NUMBERS = (
    "0", "-1", "1.5", "1e999", "-1e-999", "nan", "inf", "9" * 30, "9" * 400, "9" * 5_000, "0x" + "f" * 5_000, "1_000",
    "１２３", "1,234,567", "97.9%", "100.4%", "-0", "00", "2958466", "46113.999999", "1.7976931348623157e308", "202604",
)  # fmt: skip
WORDS = (
    "", " ", "true", "'", '"', '"""', "\\u000b", "\x0b", "\ufffe", "\U0001f469", "令和99年13月", "9999-12-31",
    "2026/4/1 0:00", "=1+1", "#N/A", "######", "# remark", "年月", "基準日", "工場内のカード", "month",
    "contact.resident.seats", "0000-00-00",
    "[" * 300, "]", "{" * 300, "}", "(" * 500, "a" * 70_000, "," * 300, "\n" * 500, "\r", "\t", "<", "&", "&amp;", "%",
    "[a]\n", "[[a]]\n", "a.b.c.d.e.f.g.h = 1\n", "=", "\0",
)  # fmt: skip
XML = (
    '<row r="1"/>', '<row r="1048577"><c r="ZZZZ9"><v>1</v></c></row>', "<c><v>1</v></c>", "<f>A1</f>",
    '<c r="A1" t="s"><v>99999</v></c>', '<c r="B2" t="e"><v>#N/A</v></c>', '<c r="C3" t="b"><v>7</v></c>',
    '<c r="D4" t="d"><v>2026-04-31</v></c>', '<c r="B3" t="str"><f>A1</f><v></v></c>',
    '<mergeCells><mergeCell ref="A1:J9"/></mergeCells>', '<mergeCell ref="A0:"/>',
    '<mergeCell ref="K1:K1048576"/>', "<!-- x -->", "<![CDATA[x]]>", "<?x y?>", "<!DOCTYPE x>", "<a>" * 200,
    '<numFmt numFmtId="999" formatCode="ggge"/>', '<xf numFmtId="x"/>', "<si><t>x</t></si>", "</sheetData>", ' t="s"',
    ' s="999"', ' r="-1"', ' xmlns="x"', 'date1904="1"', "&undefined;", "\ufffe",
)  # fmt: skip


Use = Callable[[Any, Path], None]
"""Does with what was read what the program does; an error in it is a finding."""

FIGURES = (1_234_567, 1_100_000, 900_000, 120_000, 0.979, 517, 20_000, 0.96, 47)
CSV = """# 実績
基準日,2025/6/30,,
工場内のカード（枚）,"512,345",,
年月,申請件数（件）,住民向け応答率（％）,住民向け席数
2025/4,"1,234,564",97.4%,514
2025年5月,1234565,97.5%,515
令和7年6月,1234566,97.6%,516
"""


def _kind(name: str, suffix: str, right: Callable[[Any], bytes], read: Callable[[Path], Any], use: Use) -> Kind:
    """A kind whose right file is made once, from the Japanese catalogue."""

    @cache
    def made() -> bytes:
        return right(catalogue.load("ja"))

    return Kind(
        f"{name}{suffix}",
        suffix,
        lambda chance: made(),
        read,
        lambda raw, chance: mutated(chance, raw, suffix),
        use,
    )


def _filled(cat: Any) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(actuals_template.template(cat)))
    sheet = book["月次"]
    for row in range(actuals_template.HEADINGS + 1, actuals_template.HEADINGS + 4):
        for letter, value in zip("BCDEFGHIJ", FIGURES, strict=True):
            sheet[f"{letter}{row}"] = value
    sheet["B1"], sheet["B2"] = date(2025, 6, 30), 512_345
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _prices_book(cat: Any) -> bytes:
    return prices_template.book(cat, load_prices())


def _prices_text(cat: Any) -> bytes:
    return prices_template.template(cat, load_prices()).encode()


def _lead_times_book(cat: Any) -> bytes:
    return lead_times_template.book(cat, load_lead_times())


def _lead_times_text(cat: Any) -> bytes:
    return lead_times_template.template(cat, load_lead_times()).encode()


def _use_actuals(found: Any, path: Path) -> None:
    with contextlib.suppress(UserError):
        apply(load("plan-period"), found)
    assert str(found.as_drawn())


def _use_prices(found: Any, path: Path) -> None:
    for resource in set(found.entries) & set(RESOURCES):
        price = found.entries[resource]
        months = {f"{price.from_}-{month:02}": 10.0 for month in range(4, 13)}
        cost(found, {resource: months}, {resource: months}, {f"FY{price.from_}": {"per_call": 1e6}})
    again = path.with_name("again.toml")
    again.write_text(found.text, encoding="utf-8")
    assert load_prices(again).entries == found.entries


def _use_lead_times(found: Any, path: Path) -> None:
    for resource in RESOURCES:
        found.last_date(resource, date(2027, 4, 1))
    again = path.with_name("again.toml")
    again.write_text(found.text, encoding="utf-8")
    assert load_lead_times(again).entries == found.entries


def mutated(chance: random.Random, raw: bytes, suffix: str) -> bytes:
    """A damaged copy: bytes, words of a text, or the parts inside a workbook."""
    if suffix != ".xlsx":
        return _bytes(chance, raw) if chance.random() < 0.3 else _text(chance, raw, (*NUMBERS, *WORDS))
    return _bytes(chance, raw) if chance.random() < 0.1 else _parts(chance, raw)


def _bytes(chance: random.Random, raw: bytes) -> bytes:
    found = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        at, length = chance.randrange(len(found) + 1), chance.choice((1, 2, 8, 100, 2_000))
        match chance.randrange(5):
            case 0:
                found[at : at + length] = chance.randbytes(length)
            case 1:
                del found[at : at + length]
            case 2:
                found[at:at] = found[at : at + length] * chance.choice((1, 3, 50))
            case 3:
                found[at:at] = chance.randbytes(length)
            case _:
                del found[at + length :]
    return bytes(found)


def _text(chance: random.Random, raw: bytes, tokens: tuple[str, ...]) -> bytes:
    """A text with numbers, words and lines changed for others."""
    try:
        text, encoding = raw.decode(), "utf-8"
    except UnicodeDecodeError:
        text, encoding = raw.decode("cp932", errors="replace"), "cp932"
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        text = _words(chance, text, tokens) if chance.random() < 0.7 else _lines(chance, text)
    return text.encode(encoding, errors="replace")


def _words(chance: random.Random, text: str, tokens: tuple[str, ...]) -> str:
    """A number or word in exchange for a token or another word of the text, or with a token behind it."""
    spots = [match.span() for match in re.finditer(r"\d[\d.,:/-]*|\w+|\"[^\"]*\"", text[:60_000])] or [(0, 0)]
    (first, last), (start, stop) = chance.choice(spots), chance.choice(spots)
    put = chance.choice((chance.choice(tokens), chance.choice(tokens), text[start:stop]))
    return text[: chance.choice((first, last))] + put + text[last:]


def _lines(chance: random.Random, text: str) -> str:
    """A line less, a line again and again, or nothing from a place on."""
    lines = text.split("\n")
    place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(3):
        case 0:
            del lines[place]
        case 1:
            lines[place:place] = [lines[other]] * chance.choice((1, 2, 40))
        case _:
            return text[: chance.randrange(len(text) + 1)]
    return "\n".join(lines)


def _parts(chance: random.Random, raw: bytes) -> bytes:
    """A workbook with the text of some parts changed, or a part gone, twice or of another name."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(chance.choice((1, 1, 2))):
        likely = [place for place, (name, _) in enumerate(parts) if re.search("sheet[23]|styles|workbook|Types", name)]
        place = chance.choice(likely or range(len(parts)))
        name, text = parts[place]
        match chance.randrange(12):
            case 0:
                del parts[place]
            case 1:
                parts.append(parts[place])
            case 2:
                parts[place] = name + "x", text
            case 3:
                parts[place] = name, _bytes(chance, text) if text else text
            case _:
                parts[place] = name, _text(chance, text, (*XML, *NUMBERS, *WORDS))
        if not parts:
            break
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as archive:
        warnings.simplefilter("ignore")  # of names that are there twice
        for name, text in parts:
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)  # without the time of the day
    return stream.getvalue()


PLANNERS = (
    _kind("actuals", ".xlsx", _filled, read_actuals, _use_actuals),
    _kind("actuals", ".csv", lambda cat: CSV.encode("cp932"), read_actuals, _use_actuals),
    _kind("prices", ".xlsx", _prices_book, load_prices, _use_prices),
    _kind("prices", ".toml", _prices_text, load_prices, _use_prices),
    _kind("lead-times", ".xlsx", _lead_times_book, load_lead_times, _use_lead_times),
    _kind("lead-times", ".toml", _lead_times_text, load_lead_times, _use_lead_times),
)
