"""On which line of a TOML file each name stands."""

import contextlib
import time
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.errors import UserError
from scenarios.files.find import LIBRARY, library
from scenarios.files.load import load
from scenarios.files.scenario_file import complete_file
from scenarios.files.toml_keys import KeyLines, TooMuchError


def lines(text):
    return KeyLines(text).lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\nb = 2", {"a": 1, "b": 2}),
        ("\n# a = 1\n\n  b\t=\t2 # c = 3\n", {"b": 4}),
        ('why = """\n[plant]\nlines = 3\n"""\nend = 1', {"why": 1, "end": 5}),
        ("why = '''\n[plant]\n\\'''\nend = 1", {"why": 1, "end": 4}),
        ('a = """x""""\nb = """"y"""""\nc = 1', {"a": 1, "b": 2, "c": 3}),
        ('a = """\\"""\n"""\nb = 1', {"a": 1, "b": 3}),
        ('a = ""\nb = \'\'\nc = "x # y [z]"\nd = 1', {"a": 1, "b": 2, "c": 3, "d": 4}),
        ("[a.b]\nc.d = 1\n[ a . 'e f' ]\ng = 1", {"a.b": 1, "a.b.c.d": 2, "a.e f": 3, "a.e f.g": 4}),
        ('"a" = 1\n"b\\u0063" = 2\n"x.y" = 3', {"a": 1, "bc": 2, "x.y": 3}),
        ("a = [1,\n2, # [\n 3]\nb = 1", {"a": 1, "a.0": 1, "a.1": 2, "a.2": 3, "b": 4}),
        ("a = [\n  [1], ['#'],\n]\n", {"a": 1, "a.0": 2, "a.0.0": 2, "a.1": 2, "a.1.0": 2}),
        ("a = [\n]\nb = []\nc = {}\nd = { }", {"a": 1, "b": 3, "c": 4, "d": 5}),
        ("a = { b = 1, c = { d = 2 } }", {"a": 1, "a.b": 1, "a.c": 1, "a.c.d": 1}),
        (
            "s = [\n  { from = 1, value = 2 },\n  { from = 3,\n value = 4 }]",
            {"s": 1, "s.0": 2, "s.0.from": 2, "s.0.value": 2, "s.1": 3, "s.1.from": 3},
        ),
        (
            "[[x.y]]\na = 1\n[[x.y]]\nb = 1\n[x.y.z]\nc = 1\n[[x.y.w]]\nd = 1\n[[x.y]]\n[[x.y.w]]\n",
            {
                "x.y": 1,
                "x.y.0": 1,
                "x.y.0.a": 2,
                "x.y.1": 3,
                "x.y.1.b": 4,
                "x.y.1.z": 5,
                "x.y.1.z.c": 6,
                "x.y.1.w": 7,
                "x.y.1.w.0": 7,
                "x.y.1.w.0.d": 8,
                "x.y.2": 9,
                "x.y.2.w": 10,
                "x.y.2.w.0": 10,
            },
        ),
        ("a = 2026-04-01 10:00:00\nb = 10:00:00\nc = 1979-05-27T07:32:00.5-07:00", {"a": 1, "b": 2, "c": 3}),
        ("a = -1.5e+3\nb = +inf\nc = 0xdead_beef\nd = true", {"a": 1, "b": 2, "c": 3, "d": 4}),
        ("席数 = 1\n", {}),
        ("a = 1\nb = \nc = 3", {"a": 1, "b": 2}),
        ("a = 1\n[b\nc = 2", {"a": 1, "b": 2}),
        ("", {}),
    ],
)
def test_lines_of_many_forms(text, expected):
    assert lines(text) == expected


def names(data, path=()):
    """Every name and entry of a file's data."""
    inside = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inside:
        yield ".".join(map(str, (*path, key)))
        if isinstance(value, dict | list):
            yield from names(value, (*path, key))


@pytest.mark.parametrize("name", library())
def test_every_name_of_the_library_has_its_line(name):
    text = library()[name].read_text(encoding="utf-8")
    found = lines(text)
    written = text.split("\n")
    for path, line in found.items():
        last = path.rpartition(".")[2]
        assert last.isdigit() or last in written[line - 1]
    tables = {path for path in names(tomllib.loads(text)) if any(other.startswith(f"{path}.") for other in found)}
    assert set(names(tomllib.loads(text))) <= set(found) | tables


def test_every_name_of_a_complete_file_has_its_line():
    text = complete_file(load("plan-period", LIBRARY))
    data = tomllib.loads(text)
    assert set(names(data)) <= set(lines(text)) | {"demand", "demand.channels", "systems", "contact", "services"}


FILLERS = st.sampled_from(
    [
        "",
        "# [plant] lines = 3",
        "f{n} = '''\n[a]\nlines = 1\n'''",
        'f{n} = """\\\n[[a]]\n\\"""\n lines = 3 """',
        "f{n} = [\n 1, # ]\n [2,\n 3],\n]",
        "f{n} = {{ lines = 3, b = [1, 2] }}",
        "[t{n}]",
        "[t{n}.'a ] b'.\"c # d\"]\nlines = 1",
        "[[u]]\nlines = 1",
        "[[v.w]]\nlines = [{{ lines = 1 }},\n\n{{ lines = 2 }}]",
        'f{n}."a = b".c = 2026-04-01 00:00:00',
        "f{n} = '# not a remark' # a remark",
        'f{n} = "é𠮷👩 \\" [x]"',
    ]
)


@given(before=st.lists(FILLERS, max_size=8), after=st.lists(FILLERS, max_size=3), inside=st.booleans())
def test_a_name_is_found_on_its_line_among_anything(before, after, inside):
    filled = [filler.format(n=n) for n, filler in enumerate(before)]
    key = "[known.key]\nlines = 3" if inside else "[known]\nkey.lines = 3"
    text = "\n".join([*filled, key, *(filler.format(n=n + 100) for n, filler in enumerate(after))])
    line = sum(part.count("\n") + 1 for part in filled) + 2
    assert tomllib.loads(text)["known"]["key"]["lines"] == 3
    assert lines(text)["known.key.lines"] == line
    assert text.split("\n")[line - 1].endswith("lines = 3")


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 30,
        "a" + ".b" * 30 + " = 1",
        "a = " + "{ b = " * 30,
        "a = " + "9" * 400,
        "a" * 300 + " = 1",
        "a = [" + "1," * 30000,
        "[[a]]\n" * 30000,
        "".join(f"a{n} = 1\n" for n in range(60000)),
        '"\\u0007" = 1',
    ],
    ids=range(9),
)
def test_what_is_too_large_is_refused(text):
    with pytest.raises(TooMuchError) as error:
        lines(text)
    assert error.value.line >= 1 and error.value.message


@pytest.mark.parametrize(
    "unit",
    [
        "[ ",
        "[" + " " * 99,
        "\\",
        '"',
        "'",
        '"""',
        "'''",
        "a.",
        "a=",
        "{",
        "#",
        "\n",
        "a = 1\n",
        '"""\n[a]\n',
        "a = [[\n",
        "\\\\",
        "a='''\n",
    ],
)
@pytest.mark.parametrize("begin", ["", 'why = """\n', "why = '''\n", "a = [", '"'])
def test_reading_takes_a_time_that_grows_with_the_text_only(unit, begin):
    text = begin + unit * (200_000 // len(unit))
    began = time.process_time()
    with contextlib.suppress(TooMuchError):
        lines(text)
    assert time.process_time() - began < 3


def wrong(text, tmp_path):
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as error:
        load("x", tmp_path)
    return [(mistake.place and mistake.place.line, str(mistake.message).split()[0]) for mistake in error.value.mistakes]


def test_each_mistake_is_told_at_its_own_line(tmp_path):
    text = (
        'extends = "plan-period"\nwhy = """\n[plant]\nlines = 0\n"""\n'
        "[[demand.campaign]]\nfrom = 2026-06-01\nto = 2026-06-02\napplications_per_day = 5\n"
        "[[demand.campaign]]\nfrom = 2026-07-01\nto = 2026-07-02\napplications_per_day = -5\n"
        "[[demand.campaign]]\nfrom = 2026-08-02\nto = 2026-08-01\napplications_per_day = 5\n"
        '[plant]\n"lot_size" = 0\n[contact]\nresident.seats = [\n{ from = 2026-04-01, value = 5 },\n'
        "{ from = 2026-05-01, value = -5 },\n]\n[renewal.days_late]\nvalue = 5\nlow = 'x'\n"
    )
    assert sorted(wrong(text, tmp_path)) == [
        (13, "demand.campaign.applications_per_day"),
        (14, "demand.campaign"),
        (19, "plant.lot_size"),
        (21, "contact.resident.seats"),
        (27, "renewal.days_late.low"),
    ]


def test_the_line_of_a_list_below_is_not_that_of_the_one_that_replaces_it(tmp_path):
    entry = "{ from = 2026-06-01, to = 2026-06-02, applications_per_day = 5 }"
    (tmp_path / "low.toml").write_text(f'extends = "plan-period"\n[demand]\ncampaign = [{entry},\n{entry}]\n')
    text = f'extends = "low"\n[demand]\ncampaign = [{entry},{entry.replace("applications", "applicants")}]\n'
    assert {line for line, _ in wrong(text, tmp_path)} == {3}
