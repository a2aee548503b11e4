"""A browser, the built site served on localhost, and a record of all that a page asks for."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, Request, sync_playwright

ROOT = Path(__file__).parents[2]
SITE = ROOT / "site"

#: Where the site stands on its server: no link may count from the server's root.
FOLDER = "/somewhere"

_ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


class Handler(SimpleHTTPRequestHandler):
    """The site below ``FOLDER``, without a word on the terminal."""

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(FOLDER) if path.startswith(f"{FOLDER}/") else "/nothing"
        return super().translate_path(inside)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        pass


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the built site; where it is."""
    if not (SITE / "index.html").is_file():
        pytest.fail("there is no built site: run make site first", pytrace=False)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=SITE)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{FOLDER}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        message = "the browser tests need Chromium: on Debian, apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(_ARGUMENTS))
        yield started
        started.close()


@dataclass(frozen=True, slots=True)
class View:
    """An open page with what it asked for and what went wrong."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    _asked: list[Request] = field(default_factory=list)
    _left: list[Request] = field(default_factory=list)
    _dropped: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Record what the page asks for and what goes wrong."""
        page, troubles = self.page, self.troubles
        page.on("request", lambda request: self._asks(request))
        page.on("requestfailed", lambda request: self._fails(request))
        page.on("framenavigated", lambda frame: self._leaves(frame))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.extend(_bad(said.type, said.text)))
        page.on("response", lambda answer: troubles.extend(_missing(answer.status, answer.url)))

    def _asks(self, request: Request) -> None:
        self.requests.append(request.url)
        self._asked.append(request)

    def _fails(self, request: Request) -> None:
        """The browser drops what a page still asks for when another takes its place."""
        aborted = request.failure == "net::ERR_ABORTED"
        if aborted and request in self._left:
            return
        trouble = f"failed: {request.url}"
        self.troubles.append(trouble)
        if aborted:
            self._dropped.append(trouble)

    def _leaves(self, frame: Frame) -> None:
        """All that was asked for before belongs to the page that is left."""
        if frame != self.page.main_frame:
            return
        self._left.extend(self._asked)
        for trouble in self._dropped:
            self.troubles.remove(trouble)
        self._dropped.clear()

    def open(self, path: str) -> None:
        """Go to the page that was made of the file ``path`` of ``docs/``."""
        self.page.goto(self.address + address_of(path))


Look = Callable[..., View]


def address_of(path: str) -> str:
    """The address of a page, from the site's own."""
    name = path.rpartition(".")[0]
    return name.removesuffix("index") if name.endswith("index") else f"{name}/"


@pytest.fixture
def look(browser: Browser, address: str) -> Iterator[Look]:
    """Open a page: ``look("routes.md", width=375, color_scheme="dark")``."""
    contexts = []

    def open_page(path: str, *, width: int = 1280, **options: Any) -> View:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        view = View(context.new_page(), address)
        view.watch()
        view.open(path)
        return view

    yield open_page
    for context in contexts:
        context.close()


def _bad(kind: str, text: str) -> list[str]:
    return [f"{kind}: {text}"] if kind in ("error", "warning") else []


def _missing(status: int, url: str) -> list[str]:
    return [f"{status}: {url}"] if status >= 400 else []
