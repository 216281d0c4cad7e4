"""A long run: ``python -m mutations --files 20000``; findings are kept as files, and the exit code says if any."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

from mutations.kinds import KINDS
from mutations.trial import Outcome, trial

CHUNK = 200
"""Files that one process reads; the next ones get a new one, so that memory can be told apart."""


def main() -> int:
    """Read the options, try the files, and tell."""
    options = _options()
    kinds = options.kind or list(KINDS)
    chunks = [
        (kind, options.seed, first, min(first + CHUNK, options.files))
        for kind in kinds
        for first in range(0, options.files, CHUNK)
    ]
    counts: Counter[tuple[str, str]] = Counter()
    slowest = (0.0, "", 0)
    with suppress(KeyboardInterrupt):  # what was tried so far is told
        for outcome in _outcomes(chunks, options.workers):
            counts[outcome.kind, outcome.result] += 1
            slowest = max(slowest, (outcome.seconds, outcome.kind, outcome.number))
            if outcome.finding:
                _keep(outcome, options.seed, options.keep)
            if (done := counts.total()) % CHUNK == 0:
                print(f"{done:,} of {options.files * len(kinds):,}", file=sys.stderr, flush=True)
    for (kind, result), count in sorted(counts.items()):
        print(f"{kind:<12} {result:<12} {count:>8,}")
    print("slowest: {:.2f} s, {} {}".format(*slowest))
    return int(any(result not in ("read", "refused") for _, result in counts))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m mutations", description=__doc__)
    parser.add_argument("--files", type=int, default=2000, help="mutated files of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=list(KINDS), help="only this kind; may be given again")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("findings"), help="folder for the files of findings")
    return parser.parse_args()


def _outcomes(chunks: Iterable[tuple[str, int, int, int]], workers: int) -> Iterator[Outcome]:
    with ProcessPoolExecutor(workers, get_context("spawn"), max_tasks_per_child=1) as pool:
        for outcomes in pool.map(_chunk, chunks):
            yield from outcomes


def _chunk(chunk: tuple[str, int, int, int]) -> list[Outcome]:
    kind, seed, first, end = chunk
    with tempfile.TemporaryDirectory() as folder:
        return [trial(KINDS[kind], seed, number, Path(folder)) for number in range(first, end)]


def _keep(outcome: Outcome, seed: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{outcome.kind}-{seed}-{outcome.number}"
    (folder / f"{name}.bin").write_bytes(outcome.content)
    (folder / f"{name}.txt").write_text(
        f"{outcome.result}\n{outcome.told}\n", encoding="utf-8", errors="backslashreplace"
    )
    last = outcome.told.strip().splitlines()[-1:]
    print(f"{name}: {outcome.result}: {' '.join(last)}"[:200], flush=True)
