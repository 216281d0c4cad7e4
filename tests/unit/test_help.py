"""Help, in both languages: every command, argument and option has its text, and Japanese help is Japanese."""

import re
import subprocess
import sys
import tomllib
from importlib import resources
from inspect import signature

import pytest
from typer.core import TyperArgument

from cardflow.cli import COMMANDS, app
from cardflow.language import Language
from reports.faces.help import cells

LANGUAGES = list(Language)
GROUPS = {lang: app.group(lang) for lang in LANGUAGES}
NAMES = list(GROUPS[Language.en].commands)
LONG = ("run", "compare", "sweep", "size", "clock", "ledger", "validate", "calibrate")
JAPANESE = re.compile("[぀-ヿ一-鿿]")
ENGLISH = re.compile(r"\b[a-z]{2,}(?: [a-z]{2,}){2,}")

PLACEHOLDERS = {
    "OPTIONS", "COMMAND",
    *(param.metavar for each in GROUPS[Language.en].commands.values() for param in each.params if param.metavar),
} - {"ID", "N", "A B [C ...]", "ja|en", "year|month", "year|run", "page|column|slide", "png|svg|pdf|emf",
     "processes|dask"}  # fmt: skip
"""English words that stand for a value; the rest is the same in both languages."""


def told(lang):
    """Everything that the help says: of whom, and the text."""
    group = GROUPS[lang]
    for command in (group, *group.commands.values()):
        yield f"{command.name}", command.help
        yield f"{command.name}, heading", getattr(command, "rich_help_panel", None) or "-"
        for param in command.params:
            yield f"{command.name} {param.name}", param.help
            yield f"{command.name} {param.name}, heading", param.rich_help_panel or "-"


@pytest.fixture
def page(capsys, monkeypatch):
    def call(*words, columns=80):
        monkeypatch.setenv("COLUMNS", str(columns))
        with pytest.raises(SystemExit) as ended:
            app(list(words), prog_name="cardflow")
        assert ended.value.code == 0
        return capsys.readouterr().out

    return call


def test_help_has_no_row_that_nothing_has_and_consoles_in_cp932_can_show_it():
    text = (resources.files("reports") / "text" / "help.toml").read_text(encoding="utf-8")
    text.encode("cp932")
    tables, functions = tomllib.loads(text), {one.__name__: one for many in COMMANDS.values() for one in many}
    asked = {name: set(signature(function).parameters) for name, function in functions.items()}
    asked["cardflow"] = {param.name for param in GROUPS[Language.en].params}
    assert set(tables) == {"headings", "values", "every", *asked}
    for name, parameters in asked.items():
        assert set(tables[name]) - {"ja"} <= parameters, name
    for row in tables["every"]:
        assert sum(row in parameters - set(tables[name]) for name, parameters in asked.items()) > 1, row
    values = {row.get("value") for name in ("every", *asked) for row in tables[name].values() if isinstance(row, dict)}
    assert set(tables["values"]) <= values


def test_every_command_stands_under_a_heading():
    assert [name.__name__.replace("_", "-") for names in COMMANDS.values() for name in names] == NAMES
    assert {"run", "size", "parameters", "validate", "report"} <= set(NAMES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_argument_and_option_has_its_help(lang):
    assert not [of for of, text in told(lang) if not text]


def test_japanese_help_is_japanese_and_english_help_english():
    english, japanese = dict(told(Language.en)), dict(told(Language.ja))
    assert list(english) == list(japanese)
    for of, text in japanese.items():
        assert text == "-" or (JAPANESE.search(text) and not ENGLISH.search(text)), of
        assert text == "-" or text != english[of], of
        assert not JAPANESE.search(re.sub("実績|仮定値", "", english[of])), of


@pytest.mark.parametrize("name", [None, *NAMES])
def test_a_page_in_japanese_has_no_english_sentence(name, page):
    text = page(*([name] if name else []), "--help", "--lang", "ja")
    assert not ENGLISH.search(text), text
    headings = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert headings[0].startswith("使い方: cardflow") and headings[0].rpartition(" [オプション]")[1]
    assert not [word for word in PLACEHOLDERS if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
    assert all(JAPANESE.search(line) and line.endswith(":") for line in headings[1:])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [None, *NAMES])
@pytest.mark.parametrize("columns", [60, 80, 200])
def test_a_page_fits_its_terminal(lang, name, columns, page):
    for line in page(*([name] if name else []), "--help", "--lang", lang, columns=columns).splitlines():
        assert cells(line) <= min(columns, 100) or len(line.split()) == 1, line


@pytest.mark.parametrize("name", NAMES)
def test_a_page_names_all_that_the_command_takes(name, page):
    text, command = page(name, "-h", columns=200), GROUPS[Language.en].commands[name]
    assert text == page(name, "--help", columns=200)
    for param in command.params:
        names = [param.metavar] if isinstance(param, TyperArgument) else param.opts
        assert all(own in text for own in names)
    assert "-h, --help" in text and "--lang ja|en" in text


def test_the_first_page_lists_all_commands_and_is_shown_without_any_word(page):
    assert page() == page("-h") == page("--help", "--lang", "en")
    assert all(f"  {name} " in page() for name in NAMES)


@pytest.mark.parametrize("name", LONG)
def test_long_commands_can_be_quiet(name):
    assert "--quiet" in {opt for param in GROUPS[Language.en].commands[name].params for opt in param.opts}


def test_defaults_and_bounds_are_told(page):
    assert "[default: 20, 1 or more]" in page("run", "-h", columns=200)
    assert "[既定値: 20、1以上]" in page("run", "-h", "--lang", "ja", columns=200)
    assert "[required]" in page("queue", "-h") and "[必須]" in page("queue", "-h", "--lang", "ja")


def test_help_needs_no_heavy_library():
    code = (
        "import sys\nfrom cardflow.cli import app\n"
        "try:\n    app(['--help', '--lang', 'ja'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'matplotlib', 'numpy', 'pandas', 'pydantic', 'rich', 'scipy', 'simpy', 'jinja2'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "[]"
