"""The copy that works without a network: made at first use, renewed, dropped."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.checker import PATIENCE, CheckerPage
from tests.browser.conftest import FOLDER, SITE, Handler, View
from tests.browser.test_checker import SHORT, findings_of

KEPT = "A copy is kept in this browser"


class Server:
    """A copy of the site that can be changed, served until the network goes away."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._server: ThreadingHTTPServer | None = None
        self.port = 0

    def start(self) -> None:
        handler = partial(Handler, directory=self.root)
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever).start()

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    root = tmp_path / "site"
    shutil.copytree(SITE, root)
    serving = Server(root)
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


def visit(context: BrowserContext, server: Server) -> CheckerPage:
    view = View(context.new_page(), f"http://127.0.0.1:{server.port}{FOLDER}/")
    view.page.goto(f"{view.address}check/")
    return CheckerPage(view)


def until_kept(checker: CheckerPage) -> None:
    checker.page.get_by_text(KEPT).wait_for(timeout=PATIENCE)


def test_it_works_without_a_network_after_the_first_use(
    context: BrowserContext, server: Server
) -> None:
    checker = visit(context, server)
    checker.start_empty()
    until_kept(checker)
    checker.page.close()
    server.stop()
    checker = visit(context, server)
    checker.start_empty()
    checker.write(SHORT)
    assert checker.findings == findings_of(SHORT)
    assert checker.page.evaluate("document.fonts.check('italic 16px Proofread Math')")


def test_a_page_that_only_shows_itself_keeps_nothing(
    context: BrowserContext, server: Server
) -> None:
    checker = visit(context, server)
    checker.page.wait_for_timeout(500)
    assert checker.page.evaluate("caches.keys()") == []
    registrations = "navigator.serviceWorker.getRegistrations().then(all => all.length)"
    assert checker.page.evaluate(registrations) == 0


def publish_anew(root: Path, title: str) -> None:
    """What the build does when a text of the checker changes."""
    starts = root / "check" / "app" / "starts" / "starts.json"
    starts.write_text(starts.read_text("utf-8").replace("Is my gradient", title), "utf-8")
    script = root / "check" / "sw.js"
    before = script.read_text("utf-8")
    version = (root / "check" / "index.html").read_text("utf-8")
    version = version.partition('name="proofread-version" content="')[2].partition('"')[0]
    after = before.replace(version, "0123456789abcdef")
    assert after != before
    script.write_text(after, "utf-8")


def test_a_new_version_is_offered_and_taken(context: BrowserContext, server: Server) -> None:
    checker = visit(context, server)
    checker.start_empty()
    until_kept(checker)
    publish_anew(server.root, "Is this new gradient")
    checker.page.reload()
    assert "Is my gradient" in checker.page.locator(".choices button").first.inner_text()
    checker.start_empty()
    checker.button("Take it").click(timeout=PATIENCE)
    first = checker.page.locator(".choices button").first
    first.wait_for(timeout=PATIENCE)
    checker.page.get_by_text("Is this new gradient").first.wait_for(timeout=PATIENCE)
    assert checker.page.evaluate("caches.keys()") == ["proofread-0123456789abcdef"]


def test_a_version_that_waits_since_the_last_visit_takes_over(
    context: BrowserContext, server: Server
) -> None:
    checker = visit(context, server)
    checker.start_empty()
    until_kept(checker)
    publish_anew(server.root, "Is this new gradient")
    checker.page.reload()
    checker.start_empty()
    checker.button("Take it").wait_for(timeout=PATIENCE)
    checker.page.goto(checker.page.url)
    checker.page.get_by_text("Is this new gradient").first.wait_for(timeout=PATIENCE)


def test_the_copy_can_be_dropped(context: BrowserContext, server: Server) -> None:
    checker = visit(context, server)
    checker.start_empty()
    until_kept(checker)
    checker.button("Drop the copy").click()
    checker.page.get_by_text("The copy is dropped.").wait_for()
    assert checker.page.evaluate("caches.keys()") == []
