"""The one language setting: ``--lang``, else the variable ``CARDFLOW_LANG``, else the system's language."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum

SETTING = "CARDFLOW_LANG"
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Language(StrEnum):
    """Languages of everything that a user reads."""

    en = "en"
    ja = "ja"


def asked(arguments: Sequence[str] | None = None) -> Language:
    """The language that a command line asks for, before it is taken apart: help and errors need it too.

    What is no language is passed over here, and refused where ``--lang`` is read.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    told = [words[at + 1] for at, word in enumerate(words[:-1]) if word == "--lang"]
    told += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    return next((Language(word) for word in reversed(told) if word in set(Language)), setting(os.environ))


def setting(variables: Mapping[str, str]) -> Language:
    """The language of the variable, else of the system."""
    own = variables.get(SETTING, "").strip().lower()
    return Language(own) if own in set(Language) else _of_system(variables)


def _of_system(variables: Mapping[str, str]) -> Language:
    if sys.platform == "win32":
        import ctypes

        known = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    else:
        known = next((value for name in _LOCALES if (value := variables.get(name))), "")
    return Language.ja if known.lower().startswith("ja") else Language.en
