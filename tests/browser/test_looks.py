"""The pages are readable: for everybody, in light and dark, on a small screen, on paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ROOT, Look
from tests.browser.pages import PAGES, WITH_FORMULAS

_AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

#: What axe finds in the theme on pages without anything of ours: each rule with the one place.
_OF_THE_THEME = {
    "aria-dialog-name": ".md-search",  # the search is a dialog without a name
    "landmark-unique": ".md-code__nav",  # each block of code has a nav of its own
}


def violations(page: Page) -> list[str]:
    """What axe finds that the theme does not bring, with everything opened.

    What KaTeX draws is hidden from screen readers, which get the MathML beside it.
    """
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.wait_for_timeout(100)
    page.evaluate(_AXE.read_text(encoding="utf-8"))  # no page lets a script of ours in
    found: list[dict[str, Any]] = page.evaluate(
        """async () => {
             const options = {resultTypes: ["violations"]};
             const {violations} = await axe.run({exclude: [".katex-html"]}, options);
             return violations.flatMap(({id, nodes}) =>
               nodes.map(({html, target}) => ({id, html, at: target[0]})));
           }"""
    )
    return [
        f"{one['id']}: {one['html'][:200]} at {one['at']}"
        for one in found
        if not (one["id"] in _OF_THE_THEME and _OF_THE_THEME[one["id"]] in one["at"])
    ]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_axe_finds_nothing_of_ours(look: Look, path: str, scheme: str, width: int) -> None:
    assert violations(look(path, width=width, color_scheme=scheme).page) == []


def test_axe_would_find_a_picture_without_words_and_faint_letters(look: Look) -> None:
    page = look("status.md").page
    page.evaluate(
        """() => {
             const faint = document.createElement("p");
             faint.textContent = "faint";
             Object.assign(faint.style, {color: "#ccc", background: "#fff"});
             const article = document.querySelector("article");
             article.append(faint, Object.assign(document.createElement("img"), {src: "data:,"}));
           }"""
    )
    rules = {text.partition(":")[0] for text in violations(page)}
    assert rules == {"image-alt", "color-contrast"}


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_small_screen(look: Look, path: str) -> None:
    page = look(path, width=375).page
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    outside = page.evaluate(
        """() => {
             const scrolls = (one) => ["auto", "scroll", "hidden", "clip"]
               .includes(getComputedStyle(one).overflowX);
             const held = (one) => one.closest("article") !== one
               && (scrolls(one) || held(one.parentElement));
             return [...document.querySelectorAll("article *")]
               .filter((one) => one.getBoundingClientRect().right > 376 && !held(one))
               .map((one) => one.outerHTML.slice(0, 200));
           }"""
    )
    assert outside == []


def test_a_wide_formula_scrolls_in_its_box_by_the_keyboard_too(look: Look) -> None:
    page = look(WITH_FORMULAS, width=375).page
    boxes = page.locator(".formula-box")
    wide = boxes.evaluate_all("all => all.map(one => one.scrollWidth > one.clientWidth)")
    reached = boxes.evaluate_all("all => all.map(one => one.tabIndex === 0)")
    assert any(wide)
    assert wide == reached
    box = boxes.nth(wide.index(True))
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "number => document.querySelectorAll('.formula-box')[number].scrollLeft > 0",
        arg=wide.index(True),
    )


def colours(page: Page) -> tuple[list[int], list[int]]:
    """Of the text and of what is behind it: red, green, blue."""
    text, behind = page.evaluate(
        "[getComputedStyle(document.querySelector('article')).color,"
        " getComputedStyle(document.body).backgroundColor]"
    )
    return numbers(text), numbers(behind)


def numbers(colour: str) -> list[int]:
    inside = colour[colour.index("(") + 1 : -1]
    return [int(float(part)) for part in inside.split(",")[:3]]


def test_dark_and_light_follow_the_reader_and_the_switch(look: Look) -> None:
    page = look(WITH_FORMULAS, color_scheme="dark").page
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    assert max(colours(page)[1]) < 60
    page.get_by_title("Switch to light colours").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "default"
    assert min(colours(page)[1]) > 240


@pytest.mark.parametrize("path", PAGES)
def test_on_paper_all_is_dark_on_white_and_nothing_is_cut_off(look: Look, path: str) -> None:
    # The width of A4 between its margins, in the pixels of a style sheet.
    page = look(path, width=718, color_scheme="dark").page
    page.emulate_media(media="print")
    text, behind = colours(page)
    assert max(text) < 60
    assert min(behind) == 255
    assert not page.locator(".md-sidebar--primary").is_visible()
    cut = page.locator(".formula-box, .finding").evaluate_all(
        """all => all.filter((one) => one.scrollWidth > one.clientWidth + 1
                                   && getComputedStyle(one).overflowX !== "visible")
                     .map((one) => one.textContent.slice(0, 80))"""
    )
    assert cut == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 718


#: A fraction of the screen, times a fraction of its height: a letter by less than a pixel.
_NOTHING = 1e-3

_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) window.shifts.push(one.value);
  }).observe({type: "layout-shift", buffered: true});
"""


@pytest.mark.parametrize("path", [WITH_FORMULAS, "notebooks/gradient-descent.py", "status.md"])
@pytest.mark.parametrize("width", [1280, 375])
def test_nothing_moves_while_a_page_arrives(look: Look, path: str, width: int) -> None:
    view = look("contributing.md", width=width)
    view.page.add_init_script(_SHIFTS)
    view.open(path)
    view.page.wait_for_timeout(300)
    view.page.mouse.wheel(0, 600)
    view.page.wait_for_timeout(300)
    assert sum(view.page.evaluate("window.shifts")) < _NOTHING


_EDGES = """all => all.map((one) => {
  const {left, top, right, bottom} = one.getBoundingClientRect();
  return [left, top, right, bottom].map(Math.round);
})"""


@pytest.mark.parametrize(
    "path", ["status.md", "four-conventions.md", "elsewhere.md", "glossary.md"]
)
@pytest.mark.parametrize("width", [1280, 375])
def test_a_table_stands_as_it_will_in_the_box_of_the_theme(
    look: Look, path: str, width: int
) -> None:
    boxed = look(path, width=width).page
    assert boxed.locator(".md-typeset__table > table").count() > 0
    bare = look("contributing.md", width=width).page
    bare.route("**/bundle.*.js", lambda route: route.abort())
    bare.goto(boxed.url)
    assert bare.locator(".md-typeset__table").count() == 0
    for page in (boxed, bare):
        page.evaluate("document.fonts.ready.then(() => {})")
    below = "article :is(h2, h3, p, td, th)"
    edges = [page.locator(below).evaluate_all(_EDGES) for page in (bare, boxed)]
    assert edges[0] == edges[1]


def test_what_moves_would_be_seen(look: Look) -> None:
    view = look("contributing.md")
    view.page.add_init_script(_SHIFTS)
    view.open("status.md")
    view.page.evaluate(
        "document.querySelector('article').insertAdjacentHTML('afterbegin',"
        "'<p style=\"height: 300px\">late</p>')"
    )
    view.page.wait_for_function(
        "least => window.shifts.reduce((sum, one) => sum + one, 0) > least", arg=_NOTHING
    )
