"""Draws the pictures of ``cardflow serve`` in the READMEs anew: ``python tests/e2e/pictures_of_serve.py [PORT]``.

A server must be at work in a folder with a few answers: ``cardflow serve --port PORT``.
"""

import base64
import io
import sys
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
import browser

_DOCS = Path(__file__).parents[2] / "docs"
_COLORS = 48
_QUESTION = "scenario=plan-period&set:contact.resident.seats_index=80&set:plant.cards_per_day=60000"
_DONE = "document.querySelector('#estimate table') && !document.querySelector('[aria-busy]')"


def main(port):
    with browser.Browser() as window:
        for lang in ("en", "ja"):
            suffix = "" if lang == "en" else f".{lang}"
            for name, way, ready in (("what-if", f"new?{_QUESTION}", _DONE), ("shelf", "", "true")):
                window.open(f"http://127.0.0.1:{port}/{lang}/{way}", 1200, 1000)
                window.until(ready)
                data = window.call("Page.captureScreenshot", format="png")["data"]
                picture = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB").quantize(_COLORS)
                picture.save(_DOCS / f"serve-{name}{suffix}.png", optimize=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8642)
