"""``cardflow prices-template``: a file that can be edited and read, never written over another."""

import pytest

from scenarios.price_file import load_prices


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_template_can_be_edited_and_read(inside, tmp_path, lang):
    said = inside("prices-template", "own.toml", "--lang", lang, cwd=tmp_path).stdout
    assert "own.toml" in said and "--prices own.toml" in said
    path = tmp_path / "own.toml"
    text = path.read_text(encoding="utf-8").replace("yen = 560000", "yen = 512_345", 1)
    own = text.replace("assumed = true", 'assumed = false\nsource = "契約書"', 1)
    path.write_text(own, encoding="utf-8-sig", newline="\r\n")
    price = load_prices(path).entries["contact.resident.seats"]
    assert (price.yen, price.assumed, price.source) == (512_345, False, "契約書")


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_template_may_be_a_workbook(inside, tmp_path, lang):
    assert "--prices own.xlsx" in inside("prices-template", "own.xlsx", "--lang", lang, cwd=tmp_path).stdout
    assert load_prices(tmp_path / "own.xlsx").entries.keys() == load_prices().entries.keys()
    assert "is there already" in inside("prices-template", "own.xlsx", cwd=tmp_path, code=2).stderr


def test_bad_names_are_refused(inside, tmp_path):
    assert "must end in .toml / .xlsx" in inside("prices-template", "own.csv", cwd=tmp_path, code=2).stderr
    inside("prices-template", cwd=tmp_path)
    assert "is there already" in inside("prices-template", cwd=tmp_path, code=2).stderr
    assert "cannot be written" in inside("prices-template", "none/own.toml", cwd=tmp_path, code=2).stderr
