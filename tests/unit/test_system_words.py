"""What the system says of files is said in both languages."""

import os
import sys

import pytest

from reports.messages import said
from scenarios import system_words
from scenarios.system_words import reason


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other words")
def test_our_words_are_those_of_the_system():
    for number, words in system_words._WORDS.items():
        assert words == os.strerror(number)


def test_a_usual_reason_is_said_in_japanese_and_any_other_as_it_is(tmp_path):
    with pytest.raises(OSError) as refused:
        (tmp_path / ("x" * 300)).write_text("", encoding="utf-8")
    assert said(reason(refused.value), "ja") == "名前が長すぎます"
    assert reason(refused.value) == "File name too long"
    assert reason(OSError(99, "odd")) == "odd"
    assert reason(ValueError("embedded null byte")) == "embedded null byte"
