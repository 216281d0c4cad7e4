"""How often forecasts were right: those made before their month was over, beside what came."""

from __future__ import annotations

from collections.abc import Sequence

from reports.document import Say, say
from scenarios.track.scored import Scored


def told(ahead: Sequence[Scored]) -> Say:
    """How often the 90 % bands of forecasts made ahead were right."""
    if not ahead:
        return say("update.answer.no_track")
    inside = sum(one.inside for one in ahead)
    made = len({(one.run, one.made) for one in ahead})
    return say("update.answer.track", inside=inside, months=len(ahead), forecasts=made)
