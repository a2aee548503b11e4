"""The checker in a browser: what it loads, how soon it answers, what it needs."""

from __future__ import annotations

import gzip
import shutil
import statistics
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

from proofread.surfaces.live.session import Session
from tests.benchmarks.engine import ROOT
from tests.benchmarks.table import row, seconds, title

_SITE = ROOT / "site"
_RUNS = 5
_PACKED = {".woff2", ".zip", ".png", ".bin"}
"""What a server does not compress, because it is compressed."""
_TEN_LINES = r"""Let $X \in \mathbb{R}^{m \times n}$, $y \in \mathbb{R}^m$
and $\theta \in \mathbb{R}^n$.

$$
L = ||X\theta - y||^2
$$

$$
L = (X\theta - y)^T(X\theta - y)
$$

Write $e = X\theta - y$.

$$
L = e^Te
$$

$$
\nabla_e L = 2 e
$$

$$
\nabla_{\theta} L = 2 X^T (X\theta - y) = 2(X^TX \theta - X^T y)
$$
"""
_DONE = ".checker-status[data-state=accepted], .checker-status[data-state=wrong]"
_ASK = """
  (text) => new Promise((resolve) => {
    window.engine.onmessage = ({data}) => { if (data.type === "answer") resolve(data); };
    window.engine.postMessage({type: "check", id: (window.last = (window.last ?? 0) + 1), text});
  })
"""


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site and remembers which files were asked for."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.translate_path(self.path))
        super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        pass


def _bytes(paths: list[str]) -> tuple[int, int]:
    """Of some files: as they are, and as a server sends them."""
    raw = sent = 0
    for name in dict.fromkeys(paths):
        path = Path(name, "index.html") if Path(name).is_dir() else Path(name)
        if not path.is_file():
            continue
        data = path.read_bytes()
        raw += len(data)
        sent += len(data) if path.suffix in _PACKED else len(gzip.compress(data, 6))
    return raw, sent


def _start(context: BrowserContext, address: str) -> tuple[Page, float]:
    """From the click to the verdict on ten lines."""
    page = context.new_page()
    page.goto(f"{address}check/")
    page.evaluate(
        "text => { document.querySelector('proofread-checker > textarea').value = text; }",
        _TEN_LINES,
    )
    page.wait_for_load_state("networkidle")
    before = time.perf_counter()
    page.locator("proofread-checker > textarea").click()
    page.wait_for_selector(_DONE, timeout=120_000)
    return page, time.perf_counter() - before


def _key_press(page: Page) -> float:
    """From a key press, with the pause that a reader who types gets, to the verdict."""
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+End")
    times = []
    for _ in range(_RUNS):
        page.evaluate(
            """() => {
                 const host = document.querySelector(".checker-status");
                 window.verdict = new Promise((resolve) => {
                   new MutationObserver((_, observer) => {
                     if (!/accepted|wrong/.test(host.dataset.state)) return;
                     observer.disconnect();
                     resolve(performance.now());
                   }).observe(host, {attributes: true});
                   addEventListener("keydown", () => { window.pressed = performance.now(); },
                     {once: true, capture: true});
                 });
               }"""
        )
        page.keyboard.press("x")
        times.append(page.evaluate("window.verdict.then(at => at - window.pressed)") / 1000)
    return statistics.median(times)


def _on_cpython() -> float:
    times = []
    for _ in range(_RUNS):
        session = Session()
        before = time.perf_counter()
        session.check(_TEN_LINES)
        times.append(time.perf_counter() - before)
    return statistics.median(times)


def _worker(page: Page, address: str) -> tuple[float, float, int]:
    """Ten lines from their start on, their last line alone, and the bytes of memory."""
    name = next((_SITE / "check" / "app").glob("worker-*.js")).name
    page.evaluate(
        "url => { window.engine = new Worker(url, {type: 'module'}); }",
        f"{address}check/app/{name}",
    )
    whole, last, memory = [], [], 0
    page.evaluate(_ASK, _TEN_LINES)
    for number in range(1, _RUNS + 1):
        page.evaluate(_ASK, "nothing")
        said = page.evaluate(_ASK, _TEN_LINES)
        whole.append(said["milliseconds"] / 1000)
        said = page.evaluate(
            _ASK, _TEN_LINES.replace("= 2(", rf"= 2 \cdot \frac{{{number}}}{{{number}}}(")
        )
        last.append(said["milliseconds"] / 1000)
        memory = said["memory"]
        page.evaluate(_ASK, _TEN_LINES)
    return statistics.median(whole), statistics.median(last), memory


def measure() -> None:
    """Print the numbers of the built site; ``make site`` comes first."""
    title("The checker in a browser, ten lines")
    chromium = shutil.which("chromium")
    if chromium is None or not (_SITE / "check" / "sw.js").is_file():
        print("needs Chromium and a built site: make site")
        return
    _Handler.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=_SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        colds, warms = [], []
        for _ in range(3):
            context = browser.new_context()
            _Handler.asked.clear()
            page, cold = _start(context, address)
            raw, sent = _bytes(list(_Handler.asked))
            page.get_by_text("A copy is kept").wait_for(timeout=120_000)
            page.close()
            page, warm = _start(context, address)
            colds.append(cold)
            warms.append(warm)
        row("bytes to the first verdict", f"{raw / 1e6:.1f} MB")
        row("the same as a server sends them", f"{sent / 1e6:.1f} MB")
        row("cold start, click to verdict", seconds(statistics.median(colds)))
        row("warm start, click to verdict", seconds(statistics.median(warms)))
        row("key press to verdict, with the pause of 150 ms", seconds(_key_press(page)))
        whole, last, memory = _worker(page, address)
        cpython = _on_cpython()
        row("the whole text checked anew", seconds(whole))
        row("its last line changed", seconds(last))
        row("the same on CPython", seconds(cpython))
        row("ratio to CPython", f"{whole / cpython:.1f}")
        row("memory of the worker", f"{memory / 2**20:.0f} MiB")
        browser.close()
    server.shutdown()
