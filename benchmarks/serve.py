"""The page of the shelf: memory of its server after many requests, and how long a page takes meanwhile."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from urllib.request import urlopen

import psutil

from benchmarks.measure import median
from scenarios.files.find import LIBRARY
from scenarios.files.load import load
from scenarios.run.run_folder import RunFolder
from scenarios.wave.wave import wave

REQUESTS = 500
_PAGES = (
    "", "new", "new?scenario=surge&word=seats", "new?scenario=plan-period&word=cards", "ask", "ask/size?step=hold",
    "ask/size?step=cost", "ask/size?step=start", "ask/clock?step=hold", "ask/compare?step=others", "figures",
    "figures/template",
)  # fmt: skip


def serve() -> dict[str, float | str]:
    """Megabytes of the server at first and after so many pages in both languages; seconds that the list takes."""
    with tempfile.TemporaryDirectory() as home:
        with RunFolder(Path(home, "runs/wave")) as folder:
            wave(load("renewal-wave", LIBRARY), 2024, 2035, folder)
        command = [sys.executable, "-m", "cardflow", "serve", "--port", "0", "--lang", "en"]
        with subprocess.Popen(command, cwd=home, stdout=subprocess.PIPE, encoding="utf-8") as server:
            assert server.stdout is not None
            first = server.stdout.readline().strip().removesuffix("en/")
            process = psutil.Process(server.pid)
            before = process.memory_info().rss / 1e6
            for page, lang in islice(zip(cycle(_PAGES), cycle(("en", "ja", "en")), strict=False), REQUESTS):
                _ask(f"{first}{lang}/{page}")
            after, listed = process.memory_info().rss / 1e6, median(lambda: _ask(f"{first}en/"))
            server.terminate()
    return {"name": "serve", "requests": REQUESTS, "seconds": listed, "megabytes": after, "megabytes_before": before}


def _ask(address: str) -> None:
    with urlopen(address) as answer:
        answer.read()
