"""Prints a JSON line for each benchmark."""

from __future__ import annotations

import json

from benchmarks.availability import availability
from benchmarks.compare import compare_crn
from benchmarks.contact import contact
from benchmarks.growth import growth
from benchmarks.measure import help_text, in_own_process, replication
from benchmarks.parts import parts
from benchmarks.peers import peers
from benchmarks.queue import queues
from benchmarks.reruns import reruns
from benchmarks.serve import serve
from benchmarks.shelf import shelf
from benchmarks.spread import spread
from benchmarks.whole_run import whole_run


def main() -> None:
    """Measure and print."""
    print(json.dumps({"name": "replication", **in_own_process(replication)}), flush=True)
    print(json.dumps({"name": "growth_a_replication", **in_own_process(growth)}), flush=True)
    print(json.dumps({"name": "help", "seconds": help_text()}), flush=True)
    for line in queues():
        print(json.dumps(line), flush=True)
    for line in peers():
        print(json.dumps(line), flush=True)
    print(json.dumps(contact()), flush=True)
    print(json.dumps(whole_run()), flush=True)
    for line in reruns():
        print(json.dumps(line), flush=True)
    for line in parts():
        print(json.dumps(line), flush=True)
    print(json.dumps(compare_crn()), flush=True)
    print(json.dumps(spread()), flush=True)
    print(json.dumps(availability()), flush=True)
    print(json.dumps(shelf()), flush=True)
    print(json.dumps(serve()), flush=True)


if __name__ == "__main__":
    main()
