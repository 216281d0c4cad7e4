"""Records of a made-up run, from the keys of their files that a test cares about."""

from scenarios.records import from_json
from scenarios.run.record import Run, Summary

NAMED = {
    "scenario": "renewal-wave",
    "title": "Renewal wave",
    "seed": 1,
    "replications": 20,
    "first_day": "2026-04-01",
    "last_day": "2036-03-31",
    "version": "0.1.0",
}


def run(**keys) -> Run:
    return from_json(Run, {**NAMED, "first_simulated_day": "2025-04-01", **keys})


def summary(*targets, **keys) -> Summary:
    return from_json(Summary, {**NAMED, "targets": list(targets), "totals": {}, **keys})
