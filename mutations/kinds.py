"""The kinds of files that the program reads. A new kind is a module that makes a ``Kind``, and a line here."""

from __future__ import annotations

from mutations.planners import PLANNERS
from mutations.run_folders import RUN_FOLDERS
from mutations.scenarios import SCENARIOS
from mutations.settings import SETTINGS

KINDS = {kind.name: kind for kind in (SCENARIOS, SETTINGS, *PLANNERS, RUN_FOLDERS)}
