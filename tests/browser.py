"""A browser for the tests of pages: Chromium, driven over its DevTools protocol by a pipe."""

import base64
import contextlib
import fcntl
import json
import os
import select
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync "
    "--disable-component-update --disable-dev-shm-usage --hide-scrollbars --remote-debugging-pipe"
).split()
LAUNCH = "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execvp(sys.argv[3], sys.argv[3:])"
PATIENCE = 60  # seconds: a busy machine
KEYS = {"Backspace": 8, "Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowUp": 38}
KEYS |= {"ArrowRight": 39, "ArrowDown": 40, "F2": 113}
CONTRAST = """least => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (; element; element = element.parentElement) {
      const colour = parse(getComputedStyle(element).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility() || element.closest("script, style, svg")) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < least) low.push([node.data.trim().slice(0, 40), Math.round(ratio * 100) / 100]);
  }
  return low;
}"""


class Browser:
    """One Chromium; `open` gives a page that knows what it asked for and what went wrong in it."""

    def __init__(self, program, profile):
        theirs_in, self._out = _high_pipe()
        self._in, theirs_out = _high_pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, str(theirs_in), str(theirs_out), program, *FLAGS, f"--user-data-dir={profile}"],
            pass_fds=(theirs_in, theirs_out),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._read = b""
        self._sent = 0
        self.events = []
        self.pages = []

    def call(self, method, session=None, /, **params):
        """Call a method of the protocol and wait for its answer; events are kept."""
        number = self._send(method, session, params)
        while True:
            answer = self._next()
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return answer["result"]
            self.events.append(answer)

    def _send(self, method, session, params):
        self._sent += 1
        message = {"id": self._sent, "method": method, "params": params} | ({"sessionId": session} if session else {})
        os.write(self._out, json.dumps(message).encode() + b"\0")
        return self._sent

    def wait(self, method, session):
        """Wait until an event has come."""
        while not any(e.get("method") == method and e.get("sessionId") == session for e in self.events):
            self.events.append(self._next())

    def _next(self):
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._in], [], [], max(until - time.monotonic(), 0))
            part = os.read(self._in, 1 << 20) if ready else b""
            assert part, "the browser does not answer"
            self._read += part
        message, _, self._read = self._read.partition(b"\0")
        found = json.loads(message)
        if found.get("method") == "Page.javascriptDialogOpening":  # it would stop the page until somebody answers
            self._send("Page.handleJavaScriptDialog", found["sessionId"], {"accept": True})
        return found

    def open(self, place, width=1000, height=800, **about):
        """Open a file or an address; ``scheme`` (light or dark), ``media`` (screen or print), ``script`` (True or False)."""
        self.pages.append(Page(self, place, width, height, **about))
        return self.pages[-1]

    def close_pages(self):
        """Close what is open, and forget what was seen."""
        for page in self.pages[:]:
            page.close()
        self.events = []

    def close(self):
        """End the browser."""
        with contextlib.suppress(OSError, AssertionError):
            self.call("Browser.close")
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._in)
        os.close(self._out)


class Page:
    """A page in a browser."""

    def __init__(self, browser, place, width, height, scheme="light", media="screen", script=True):
        self._browser = browser
        self._target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = browser.call("Target.attachToTarget", targetId=self._target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Security"):
            self.call(f"{domain}.enable")
        self.show(width, height, scheme=scheme, media=media)
        if not script:
            self.call("Emulation.setScriptExecutionDisabled", value=True)
        self.go(place)

    def show(self, width, height=800, *, scheme="light", media="screen"):
        """Show the page in another window, scheme or medium, without loading it again, and at once: nothing moves."""
        features = [{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)

    def go(self, place):
        """Go to a file or an address; what was seen before is forgotten."""
        self._load("Page.navigate", url=place if isinstance(place, str) else place.resolve().as_uri())

    def reload(self):
        """Load the page again."""
        self._load("Page.reload")

    def _load(self, method, **params):
        self._browser.events = [e for e in self._browser.events if e.get("sessionId") != self._session]
        self.call(method, **params)
        self._browser.wait("Page.loadEventFired", self._session)

    def close(self):
        """Close the page."""
        self._browser.pages.remove(self)
        self._browser.call("Target.closeTarget", targetId=self._target)

    def call(self, method, **params):
        """Call a method of the protocol in this page."""
        return self._browser.call(method, self._session, **params)

    def evaluate(self, expression):
        """Give what an expression of JavaScript comes to."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, *keys, shift=False, ctrl=False):
        """Press keys, one after the other."""
        for key in keys:
            text = {"Enter": "\r"}.get(key, key if len(key) == 1 and not ctrl else "")
            about = {"key": key, "code": key, "windowsVirtualKeyCode": KEYS.get(key) or ord(key.upper()[:1])}
            about["modifiers"] = 2 * ctrl + 8 * shift
            self.call("Input.dispatchKeyEvent", type="keyDown", **about, **({"text": text} if text else {}))
            self.call("Input.dispatchKeyEvent", type="keyUp", **about)

    def type(self, words):
        """Write into what has the focus."""
        self.call("Input.insertText", text=words)

    def click(self, selector):
        """Click in the middle of an element."""
        self.drag(self.place(selector), self.place(selector))

    def place(self, selector):
        """Give where the middle of an element is, scrolled into the window."""
        return self.evaluate(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'nearest'}});"
            " const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )

    def drag(self, start, end):
        """Press the mouse at a place, let it go at another."""
        about = {"button": "left", "clickCount": 1}
        self.call("Input.dispatchMouseEvent", type="mousePressed", x=start[0], y=start[1], **about)
        if start != end:
            self.call("Input.dispatchMouseEvent", type="mouseMoved", x=end[0], y=end[1], buttons=1, **about)
        self.call("Input.dispatchMouseEvent", type="mouseReleased", x=end[0], y=end[1], **about)

    def until(self, expression, seconds=PATIENCE):
        """Wait until an expression is true; give what it comes to."""
        until = time.monotonic() + seconds
        while not (value := self._evaluate_while_it_loads(expression)):
            assert time.monotonic() < until, f"never true: {expression}"
            time.sleep(0.02)
        return value

    def _evaluate_while_it_loads(self, expression):
        """Evaluate an expression; None while the page gives way to the next one."""
        try:
            return self.evaluate(expression)
        except AssertionError as error:
            if "navigated or closed" not in str(error):
                raise
            return None

    def requests(self):
        """Give the addresses that the page asked for, itself and what it carries left out."""
        self.evaluate("0")  # whatever was under way has been told by then
        seen = [e["params"]["request"]["url"] for e in self._events("Network.requestWillBeSent")]
        return [url for url in seen[1:] if not url.startswith("data:")]

    def dialogs(self):
        """Give the messages that a script showed."""
        self.evaluate("0")
        return [e["params"]["message"] for e in self._events("Page.javascriptDialogOpening")]

    def errors(self):
        """Give what the console and the script complained of."""
        self.evaluate("0")
        found = [e["params"]["entry"]["text"] for e in self._events("Log.entryAdded")]
        thrown = [e["params"]["exceptionDetails"] for e in self._events("Runtime.exceptionThrown")]
        found += [about.get("exception", {}).get("description") or about["text"] for about in thrown]
        return found + [str(e["params"]["args"]) for e in self._events("Runtime.consoleAPICalled")]

    def _events(self, method):
        return [e for e in self._browser.events if e.get("method") == method and e.get("sessionId") == self._session]

    def overflow(self):
        """Give how many pixels the page is wider than its window."""
        return self.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def low_contrast(self, least=4.5):
        """Give the texts that stand out too little from what is behind them, with their contrast by WCAG."""
        return self.evaluate(f"({CONTRAST})({least})")

    def clipped(self):
        """Give the text that an element cuts off: all of it has to be seen on paper."""
        return self.evaluate(
            "[...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('svg, .unseen')"
            " && getComputedStyle(e).overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1)"
            ".map(e => e.outerHTML.slice(0, 80))"
        )

    def problems(self, *, barriers=True):
        """
        Give what is wrong with the page as it is shown, by name; empty where nothing is.

        ``barriers`` take most of the time, and are the same in either scheme and on paper: see `barriers`.
        """
        found = {
            "asked for": self.requests(),
            "console": self.errors(),
            "messages": self.dialogs(),
            "too wide by": max(self.overflow(), 0),
            "low contrast": self.low_contrast(),
            "barriers": self.barriers(contrast=False) if barriers else [],
        }
        return {name: what for name, what in found.items() if what}

    def barriers(self, *, contrast=True):
        """
        Give what axe-core finds that keeps people out: the rule, and the first element that breaks it.

        Its rule on contrast takes most of its time, and `low_contrast` measures the same.
        """
        if not self.evaluate("typeof axe === 'object'"):
            self.evaluate(f"{_axe()};0")
        rules = json.dumps({"rules": {"color-contrast": {"enabled": contrast}}})
        found = f"axe.run({rules}).then((of) => of.violations.map((one) => [one.id, one.nodes[0].html.slice(0, 200)]))"
        return self.evaluate(found)

    def choose(self, selector, *paths):
        """Choose files in a field for files."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        field = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=field, files=[str(path) for path in paths])

    def screenshot(self, path):
        """Take a picture of the whole page."""
        data = self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(data))


@cache
def _axe():
    """Give the source of axe-core."""
    import axe_core_python

    return next(Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


def _high_pipe():
    """Give a pipe whose ends are none of the numbers that the browser wants them at."""
    ends = []
    for end in os.pipe():
        ends.append(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10))
        os.close(end)
    return ends
