"""Whether a page stands alone: it fetches nothing, runs its own script and no other, and its anchors lead somewhere."""

import base64
import hashlib
import re
from html.parser import HTMLParser

_FETCHING = {"img", "iframe", "object", "embed", "audio", "video", "base", "form", "foreignobject"}


class _Tags(HTMLParser):
    """All tags with their attributes, and what stands in scripts and style sheets."""

    def __init__(self, page: str):
        super().__init__()
        self.found, self.inside = [], {"script": [], "style": []}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        self._last = tag
        if tag in self.inside:
            self.inside[tag].append("")

    def handle_data(self, data):
        if self._last in self.inside:
            self.inside[self._last][-1] += data

    def handle_endtag(self, tag):
        self._last = ""

    _last = ""


def stands_alone(page: str) -> bool:
    tags = _Tags(page)
    attributes = [(name, value) for _, attrs in tags.found for name, value in attrs.items()]
    assert not _FETCHING & {tag for tag, _ in tags.found}
    assert not [name for name, _ in attributes if name.startswith("on") or name in ("src", "srcset", "action")]
    (script,), (policy,) = (
        tags.inside["script"],
        [attrs["content"] for tag, attrs in tags.found if attrs.get("http-equiv") == "Content-Security-Policy"],
    )
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none';") and policy.endswith(f"script-src 'sha256-{digest}'")
    written = [*tags.inside["style"], *(value for name, value in attributes if name in ("style", "clip-path", "fill"))]
    assert not [text for text in written if re.search(r"@import|url\((?!#)", text)]
    named = [value for name, value in attributes if name == "id"]
    assert len(named) == len(set(named))
    for address in (value for name, value in attributes if name == "href"):
        inside = address[:1] == "#" and address[1:] in named
        assert inside or address == "data:," or re.fullmatch(r"[a-z]+(\.[a-z]{2})?\.html", address), address
    return True
