"""From a formula to its correction, as a reader goes there."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator

from tests.browser.conftest import Look, View

LABEL = "eq-squared-error-gradient"


def details(view: View, label: str) -> Locator:
    """What opens behind the mark of a formula, opened."""
    formula = view.page.locator(f".formula:has(#{label})")
    formula.locator("details.check summary").click()
    return formula.locator(".check-details")


def test_a_formula_opens_in_the_checker_at_its_line(look: Look) -> None:
    view = look("routes.md")
    details(view, LABEL).get_by_role("link", name="Open in the checker").click()
    editor = view.page.locator(".cm-content")
    editor.wait_for()
    view.page.keyboard.type("here")
    lines = view.page.locator(".cm-line").all_inner_texts()
    at = next(number for number, line in enumerate(lines) if line.startswith("here"))
    assert any(rf"\label{{{LABEL}}}" in line for line in lines[at : at + 15])
    assert view.troubles == []


def test_a_report_of_a_mistake_is_filled_in_without_javascript(look: Look) -> None:
    view = look("routes.md", java_script_enabled=False)
    link = details(view, LABEL).get_by_role("link", name="Report a mistake")
    address = urlsplit(link.get_attribute("href") or "")
    assert address.path.endswith("/issues/new")
    report = {name: value for name, (value,) in parse_qs(address.query).items()}
    assert report["template"] == "wrong-formula.yml"
    assert report["place"].endswith(f", {LABEL}")
    assert rf"\label{{{LABEL}}}" in report["formula"]
    assert re.fullmatch(r"[A-Z][A-Z0-9]{3}", report["tag"])


def test_every_page_can_be_edited_where_it_is_kept(look: Look) -> None:
    view = look("routes.md")
    link = view.page.get_by_role("link", name="Edit this page")
    assert (link.get_attribute("href") or "").endswith("/edit/main/docs/routes.md")
    source = view.page.locator("a.md-source").first
    assert (link.get_attribute("href") or "").startswith(source.get_attribute("href") or "-")
    assert [url for url in view.requests if not url.startswith(view.address)] == []
