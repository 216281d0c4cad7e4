"""What of a text can be shown: characters that no page, chart or workbook can hold, and texts beyond a line."""

from __future__ import annotations

import unicodedata

_ALLOWED = "\t\n\r"


def shortened(text: str, most: int = 60) -> str:
    """A text of at most so many letters; an end that is cut off is marked."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def unshowable(text: str) -> str:
    """The first such character, as ``U+000B``; empty where there is none.

    They are control characters other than tab and line ends, halves of surrogate pairs, and the code points that
    Unicode keeps from being characters at all: XML allows none of them.
    """
    found = next((letter for letter in text if _is_unshowable(letter)), "")
    return f"U+{ord(found):04X}" if found else ""


def _is_unshowable(letter: str) -> bool:
    code = ord(letter)
    kept_free = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return kept_free or (letter not in _ALLOWED and unicodedata.category(letter) in ("Cc", "Cs"))
