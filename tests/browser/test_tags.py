"""Tags lead to formulas, and citations are read and copied, with JavaScript and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from proofread.surfaces.tags.register import read_register
from tests.browser import conftest
from tests.browser.conftest import ROOT, Look
from tests.browser.pages import WITH_FORMULAS
from tests.browser.test_looks import violations

LABEL = "eq-squared-error-gradient"
register = read_register(ROOT)
assert register is not None
found, of_page = register.of(LABEL), register.of(WITH_FORMULAS)
assert found is not None
assert of_page is not None
TAG, PAGE_TAG = found.tag, of_page.tag


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without"])
def test_a_tag_leads_to_its_formula(look: Look, *, javascript: bool) -> None:
    view = look("tag/index.md", java_script_enabled=javascript, width=375)
    view.page.goto(f"{view.address}tag/{TAG}/")
    view.page.wait_for_url(f"{view.address}routes/#{LABEL}")
    expect(view.page.locator(f".formula:has(#{LABEL}) .formula-box")).to_be_in_viewport()
    assert view.page.locator(f"#{LABEL}").evaluate("one => one.matches(':target')")
    view.page.goto(f"{view.address}tag/{PAGE_TAG}/")
    view.page.wait_for_url(f"{view.address}routes/")


def test_every_tag_leads_somewhere(look: Look) -> None:
    view = look("tag/index.md")
    assert register is not None
    for tag in register.tags:
        answer = view.page.request.get(f"{view.address}tag/{tag.tag}/")
        assert answer.ok, tag
        target = re.search(r'content="0; url=([^"#]*)(?:#([^"]+))?"', answer.text())
        assert (target is None) == bool(tag.retired), tag
        if target:
            page = view.page.request.get(f"{view.address}tag/{tag.tag}/{target[1]}")
            assert page.ok, tag
            assert target[2] is None or f'id="{target[2]}"' in page.text(), tag


def test_citations_are_read_without_javascript(look: Look) -> None:
    page = look(WITH_FORMULAS, java_script_enabled=False).page
    formula = page.locator(f".formula:has(#{LABEL})")
    expect(formula.locator(".cite-forms")).to_be_hidden()
    formula.locator(".cite > summary").click()
    expect(formula.locator(".cite-forms")).to_be_visible()
    assert f"@misc{{proofread-{TAG},\n" in formula.locator("pre code").first.inner_text()
    page.locator(".page-cite summary").click()
    assert f"@misc{{proofread-{PAGE_TAG},\n" in page.locator(".page-cite code").nth(1).inner_text()


def test_each_citation_is_copied_with_one_click(look: Look) -> None:
    page = look(WITH_FORMULAS, permissions=["clipboard-read", "clipboard-write"]).page
    formula = page.locator(f".formula:has(#{LABEL})")
    formula.locator(".cite > summary").click()
    forms = formula.locator(".cite-forms pre")
    expect(forms).to_have_count(6)
    for number in range(6):
        form = forms.nth(number)
        form.get_by_title("Copy to clipboard").click()
        text = form.locator("code").text_content()
        page.wait_for_function(
            "async text => (await navigator.clipboard.readText()).trim() === text.trim()", arg=text
        )


def test_the_mark_and_the_citation_open_each_in_its_place(look: Look) -> None:
    page = look(WITH_FORMULAS, width=375).page
    formula = page.locator(f".formula:has(#{LABEL})")
    check, citation = formula.locator(".check > summary"), formula.locator(".cite > summary")
    formula.scroll_into_view_if_needed()
    before = check.bounding_box(), citation.bounding_box()
    citation.click()
    assert (check.bounding_box(), citation.bounding_box()) == before
    citation.click()
    check.click()
    assert (check.bounding_box(), citation.bounding_box()) == before
    citation.click()
    forms, details = formula.locator(".cite-forms"), formula.locator(".check-details")
    top, bottom = forms.bounding_box(), details.bounding_box()
    assert top is not None
    assert bottom is not None
    assert top["y"] + top["height"] <= bottom["y"]


def host(route: Route) -> None:
    """Serve the site as static hosts do: what is missing gets the page for that."""
    path = conftest.SITE / urlsplit(route.request.url).path.strip("/")
    file = path / "index.html" if path.is_dir() else path
    missing = not file.is_file()
    route.fulfill(
        status=404 if missing else 200, path=conftest.SITE / "404.html" if missing else file
    )


@pytest.fixture
def hosted(browser: Browser) -> Iterator[Page]:
    """A page that reads the site from the root of a host of its own."""
    context = browser.new_context()
    context.route("http://site.test/**", host)
    yield context.new_page()
    context.close()


def test_a_tag_that_does_not_exist_has_a_page_that_says_so(hosted: Page) -> None:
    title = hosted.get_by_role("heading", level=1)
    hosted.goto("http://site.test/nothing/")
    expect(title).to_have_text("There is no such page")
    assert violations(hosted) == []
    hosted.goto("http://site.test/tag/B000/")
    expect(title).to_have_text("No formula has the tag B000")
    expect(hosted.get_by_role("link", name="All tags", exact=True).first).to_have_attribute(
        "href", "/tag/"
    )
    hosted.goto("http://site.test/tag/%3Cimg%20src=x%3E")
    expect(title).to_have_text("No formula has the tag <img src=x>")
    assert hosted.locator("#missing-title img").count() == 0


def test_a_tag_in_small_letters_is_led_to_the_right_one(hosted: Page) -> None:
    hosted.goto(f"http://site.test/tag/{TAG.lower()}/")
    expect(hosted.locator("#missing-tag")).to_have_text(f"A tag is written in capitals: {TAG}")
    hosted.get_by_role("link", name=TAG, exact=True).click()
    hosted.wait_for_url(f"http://site.test/routes/#{LABEL}")


def test_the_page_of_a_missing_tag_searches_for_it(hosted: Page) -> None:
    hosted.goto("http://site.test/tag/jacobian")
    hosted.get_by_role("link", name="Search for jacobian").click()
    expect(hosted.locator(".md-search-result__item").first).to_be_visible()
    expect(hosted.locator(".md-search-result__list")).to_contain_text("The Jacobian")


def test_the_search_finds_a_formula_by_its_tag(hosted: Page) -> None:
    hosted.goto(f"http://site.test/?q={TAG}")
    expect(hosted.locator(".md-search-result__item").first).to_be_visible()
    expect(hosted.locator(".md-search-result__list")).to_contain_text("The gradient")


def test_the_search_holds_no_details_of_checks_and_no_citations() -> None:
    text = (conftest.SITE / "search" / "search_index.json").read_text(encoding="utf-8")
    assert TAG in text
    for inside in ("@misc", "Cite this", "Largest relative difference", "Held constant"):
        assert inside not in text
