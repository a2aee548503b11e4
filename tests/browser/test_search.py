r"""The search finds formulas by name, by symbol and by tag, and shows them as text."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from proofread.surfaces.tags.register import read_register
from tests.browser import conftest
from tests.browser.conftest import ROOT, Look

register = read_register(ROOT)
assert register is not None
of_gradient = register.of("eq-squared-error-gradient")
assert of_gradient is not None
TAG = of_gradient.tag


_SHOWN = 8
"""How many results a reader sees without scrolling far."""


def ask(page: Page, text: str) -> None:
    """Type a text into the search."""
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially(text)


def results(page: Page) -> list[str]:
    """The sections that are shown as found, best first."""
    links = page.locator(".md-search-result__link:visible")
    found = links.evaluate_all("all => all.map(one => one.href)")
    base = page.url.partition("?")[0]
    return [re.sub(r"\?[^#]*", "", str(one).removeprefix(base)) for one in found]


def first_results(page: Page, wanted: str) -> list[str]:
    """The first results, as soon as what is wanted is among them, and at the latest soon."""
    for _ in range(50):
        found = results(page)[:_SHOWN]
        if wanted in found:
            break
        page.wait_for_timeout(100)
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Jacobian of the error", "formulas/#eq-error-jacobian"),
        ("squared error gradient", "formulas/#eq-squared-error-gradient"),
        ("vec jacobian", "formulas/#eq-vec-sandwich-jacobian"),
        (r"\nabla_\Sigma", "gaussians/likelihood/"),
        ("nabla_Sigma", "gaussians/likelihood/"),
        (r"\nabla_\theta", "routes/#the-gradient"),
        (r"\nabla_{\theta}", "routes/"),
        (r"\otimes", "foundations/vec-kronecker/"),
        (TAG, "formulas/#eq-squared-error-gradient"),
        (TAG.lower(), "routes/#the-gradient"),
    ],
)
def test_what_is_typed_is_found(look: Look, text: str, wanted: str) -> None:
    view = look("index.md")
    ask(view.page, text)
    assert wanted in first_results(view.page, wanted)
    assert view.troubles == []


def test_what_is_not_found_would_be_noticed(look: Look) -> None:
    page = look("index.md").page
    ask(page, "vec jacobian")
    assert "licences/" not in first_results(page, "licences/")


def test_what_is_found_is_shown_as_text(look: Look) -> None:
    page = look("index.md").page
    ask(page, r"\nabla_\theta")
    result = page.locator(".md-search-result__link[href$='#the-gradient'] article").first
    expect(result).to_contain_text("nabla_theta L = J nabla_e L (chain rule) = X^top nabla_e L")
    assert "\u200b" not in result.inner_text()


def test_a_result_leads_to_the_formula(look: Look) -> None:
    page = look("index.md").page
    ask(page, "error jacobian")
    page.locator(".md-search-result__link[href$='#eq-error-jacobian']").first.click()
    expect(page.locator("#eq-error-jacobian")).to_be_in_viewport()


def test_nonsense_finds_nothing(look: Look) -> None:
    page = look("index.md").page
    ask(page, "qwxzyv")
    expect(page.locator(".md-search-result__meta")).to_have_text("No matching documents")
    expect(page.locator(".md-search-result__item")).to_have_count(0)


def test_the_words_of_formulas_are_in_the_index_and_their_drawing_is_not() -> None:
    path = conftest.SITE / "search" / "search_index.json"
    docs = json.loads(path.read_text(encoding="utf-8"))["docs"]
    text = {one["location"]: one["text"] for one in docs}
    assert (
        "<code>L = lVert X theta - y rVert^2</code>"
        in (text["routes/#the-loss-and-its-error-vector"])
    )
    assert [place for place, said in text.items() if "\u200b" in said or "∥" in said] == []
    assert path.stat().st_size < 900_000


def test_who_copies_a_paragraph_gets_no_words_of_the_search(look: Look) -> None:
    page = look("routes.md").page
    assert page.locator(".formula-words").count() == 0
    assert page.locator("article").inner_text().count("nabla_theta") == 0
