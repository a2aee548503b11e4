"""A page is drawn with the small parts of its fonts, and with the whole ones where it must be."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Look, View

#: Each with formulas in letters of several kinds: bold ones, too, and those of sets.
PAGES = ["rule-by-rule.md", "linear-models/ridge.md"]
TEXT = "article > p"
#: What has no width, and holds a line open, may come from anywhere.
GLYPHS = ".formula .katex-html span:not(:has(*), .vlist-s, :empty)"

_RARE = """() => {
  document.querySelector("article > p").replaceChildren("Œuvre");
  const drawn = document.querySelector(".formula .katex-html");
  drawn.replaceChildren(...[["mord", "∪x"], ["mrel amsrm", "∄"], ["mord mathcal", "C"]].map(
    ([name, text]) => {
      const span = Object.assign(document.createElement("span"), {className: name});
      span.append(text);
      return span;
    }));
}"""


def drawn_with(page: Page, places: str) -> set[str]:
    """The fonts by the names that they have themselves; one of the machine says so."""
    page.evaluate("document.fonts.ready.then(() => {})")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": places})["nodeIds"]
    assert nodes
    found = set()
    for node in nodes:
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
            found.add(font["familyName"] + ("" if font["isCustomFont"] else ", of the machine"))
    return found


def whole_fonts(view: View) -> set[str]:
    """The files of whole fonts that a page asked for."""
    names = {one.rpartition("/")[2] for one in view.requests if one.endswith(".woff2")}
    assert names
    return {name for name in names if not name.startswith("proofread-")}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_drawn_with_the_small_parts(look: Look, path: str) -> None:
    view = look(path)
    view.open(path)  # the first view keeps what it began with
    assert drawn_with(view.page, TEXT) == {"Proofread Serif"}
    found = drawn_with(view.page, GLYPHS)
    assert {"Proofread Main", "Proofread Math"} <= found
    assert {name for name in found if not name.startswith("Proofread ")} == set()
    assert whole_fonts(view) == set()


def test_what_is_not_in_a_small_part_is_drawn_with_the_whole(look: Look) -> None:
    view = look("rule-by-rule.md")
    view.open("rule-by-rule.md")
    view.page.evaluate(_RARE)
    view.page.wait_for_load_state("networkidle")
    page = view.page
    assert drawn_with(page, TEXT) == {"Proofread Serif", "Source Serif 4"}
    assert drawn_with(page, ".katex-html > .mord:not(.mathcal):has(+ .amsrm)") == {
        "KaTeX_Main",
        "Proofread Main",
    }
    assert drawn_with(page, ".katex-html > .amsrm") == {"KaTeX_AMS"}
    assert drawn_with(page, ".katex-html > .mathcal") == {"KaTeX_Caligraphic"}
    assert whole_fonts(view) == {
        "KaTeX_AMS-Regular.woff2",
        "KaTeX_Caligraphic-Regular.woff2",
        "KaTeX_Main-Regular.woff2",
        "source-serif-4-latin-wght-normal.woff2",
    }
