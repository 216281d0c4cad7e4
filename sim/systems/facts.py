"""What the systems post. Their breakdowns cost nothing to draw: every rerun of other parts draws them anew."""

from __future__ import annotations

from sim.declared import Fact, Part
from sim.facts import SYSTEMS

SERVICE = (
    *(Fact(f"service_minutes_{n}", "minutes", f"service hours of {n}, planned stops left out") for n in SYSTEMS),
    *(Fact(f"outage_minutes_{n}", "minutes", f"of these, down ({n})") for n in SYSTEMS),
    *(Fact(f"planned_minutes_{n}", "minutes", f"planned stops in the service hours of {n}") for n in SYSTEMS),
)

SYSTEM_SERVICE = Part(None, facts=SERVICE, parameters=("systems.jpki_verifier.",))
