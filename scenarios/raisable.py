"""Which resources of a scenario can be raised by a unit: all but those whose level a policy sets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scenarios.errors import Together, UserError
from scenarios.files.load import Scenario
from scenarios.resources import RESOURCES, Resource, resource
from sim.message import Message


def chosen_resources(scenario: Scenario | None, paths: Sequence[str]) -> list[Resource]:
    """The resources of these paths; without any, all but those whose level a policy of the scenario sets.

    Raises:
        UserError: with every path that is no resource, or whose level a policy sets: it would take a unit more back.
    """
    if not paths:
        return [known for known in RESOURCES.values() if not _by_policy(scenario, known)]
    found, wrong = [], Together("--resource")
    for path in dict.fromkeys(paths):
        with wrong.noted():
            found.append(known := resource(path))
            if _by_policy(scenario, known):
                named = {"path": path, "policy": known.policy}
                rule = Message("{path}   is set by the policy {policy}: --set {policy}=fixed first", **named)
                raise UserError("--resource", [rule])
    wrong.refuse()
    return found


def _by_policy(scenario: Scenario | None, known: Resource) -> bool:
    if known.policy is None or scenario is None:
        return False
    value: Any = scenario.parameters
    for name in known.policy.split("."):
        value = getattr(value, name)
    return bool(value != "fixed")
