"""What stands on a command line twice, or beside what it excludes, is refused."""

import pytest

from cardflow.cli import app


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("run plan-period --seed 1 --seed 1", "--seed   is given more than once: give one value"),
        ("queue --rate 1 --rate 2", "--rate   is given more than once"),
        ("mark a --pin --unpin", "--pin and --unpin   exclude each other"),
        ("run plan-period --set plant.lines=9 --set plant.lines=10", "plant.lines   is set twice, to 9 and 10"),
    ],
)
def test_of_two_values_none_is_dropped(words, told, capsys):
    with pytest.raises(SystemExit) as end:
        app(words.split())
    assert end.value.code and told in capsys.readouterr().err


def test_a_misspelt_option_beside_the_right_one_is_told_alone(capsys):
    with pytest.raises(SystemExit):
        app(["run", "plan-period", "--sede", "1", "--seed", "1"])
    assert "more than once" not in capsys.readouterr().err
