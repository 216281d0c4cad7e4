"""Chromium without a window, told what to do over a pipe (the DevTools protocol): nothing but the browser is needed."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
_FLAGS = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--remote-debugging-pipe",
)  # fmt: skip
_PATIENCE = 300


class Browser:
    """One page of a browser; to be used in a ``with``."""

    def __enter__(self):
        assert PROGRAM
        self._home = tempfile.mkdtemp()
        (read, self._write), (self._read, write) = os.pipe(), os.pipe()
        moved = "exec {program} {flags} 3<&{read} 4>&{write}"
        flags = [*_FLAGS, f"--user-data-dir={self._home}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        shell = moved.format(program=PROGRAM, flags=" ".join(flags), read=read, write=write)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(["bash", "-c", shell], pass_fds=(read, write), **quiet)
        os.close(read)
        os.close(write)
        self._number, self._left, self._session, self.told = 0, b"", None, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_):
        self._session = None
        self.call("Browser.close")
        self._process.wait(60)
        os.close(self._read)
        os.close(self._write)
        shutil.rmtree(self._home, ignore_errors=True)

    def call(self, method, **params):
        """The result of a method of the protocol; what else is told meanwhile is kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]
            self.told.append(answer)

    def _next(self):
        while b"\0" not in self._left:
            self._left += os.read(self._read, 1 << 20)
        message, self._left = self._left.split(b"\0", 1)
        return json.loads(message)

    def open(self, page: Path | str, width: int, height: int = 900):
        """Show a file or an address in a window of so many pixels."""
        url = page.as_uri() if isinstance(page, Path) else page
        small = width < 600
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=small)
        self.call("Page.navigate", url=url)
        self.until(f"location.href == {json.dumps(url)} && document.readyState == 'complete'")

    def until(self, condition: str):
        """Wait until something is true."""
        end = time.monotonic() + _PATIENCE
        while not self.ask(condition):
            assert time.monotonic() < end, condition
            time.sleep(0.05)

    def ask(self, expression: str):
        """The value of an expression in the page."""
        found = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def press(self, *keys: str):
        for key in keys:
            for kind in ("rawKeyDown", "keyUp"):
                self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def point(self, x: float, y: float):
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def pdf(self, **how) -> bytes:
        """The page as it is printed."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True, **how)["data"])

    @property
    def complaints(self) -> list:
        """What the page's script failed at, and what the browser refused it."""
        return [each for each in self.told if each.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown")]
