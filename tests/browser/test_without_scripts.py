"""Without JavaScript, everything that is written can be read; what cannot work says so."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Look
from tests.browser.pages import PAGES

#: What is opened first: the tabs behind the first one, and what is folded.
_BEHIND = "details *, .tabbed-block:not(:first-child) *"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_readable(look: Look, path: str) -> None:
    view = look(path, java_script_enabled=False, width=375)
    page = view.page
    expect(page.locator("article h1").first).to_be_visible()
    for name in ("article h2", "article > p:not(:empty)", ".formula > .formula-box", ".finding"):
        parts = page.locator(f"{name}:not({_BEHIND})")
        assert parts.locator("visible=true").count() == parts.count(), name
    assert page.locator(".formula-words:visible").count() == 0
    assert view.troubles == []


@pytest.mark.parametrize("path", ["routes.md", "findings.md"])
def test_what_is_folded_opens(look: Look, path: str) -> None:
    page = look(path, java_script_enabled=False).page
    for summary in page.locator("article details > summary:visible").all()[:6]:
        summary.click()
        opened = summary.locator("xpath=..")
        assert opened.evaluate("one => one.open")
        expect(opened.locator(":scope > :not(summary)").first).to_be_visible()


def test_every_tab_opens(look: Look) -> None:
    page = look("foundations/determinant.md", java_script_enabled=False).page
    tabs = page.locator(".tabbed-block")
    assert tabs.count() > 1
    for number, label in enumerate(page.locator(".tabbed-labels > label").all()):
        label.click()
        expect(tabs.nth(number)).to_be_visible()
        assert tabs.locator("visible=true").count() == 1


def test_the_checker_says_what_it_needs(look: Look) -> None:
    page = look("check/index.md", java_script_enabled=False).page
    said = page.locator("article noscript p")
    expect(said).to_be_visible()
    assert said.text_content() == (
        "The checker is a program that runs in your browser, and needs JavaScript. "
        "On your own machine, proofread check does the same."
    )
    assert page.locator("proofread-checker").inner_text() == ""


def test_a_finding_is_reached_by_its_address(look: Look) -> None:
    view = look("findings.md", java_script_enabled=False)
    view.page.goto(f"{view.address}findings/#shape-mismatch")
    expect(view.page.locator("#shape-mismatch")).to_be_in_viewport()
    example = view.page.locator("#shape-mismatch ~ .highlight pre").first
    expect(example).to_be_visible()
