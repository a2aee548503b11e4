"""What readers take along: a formula as LaTeX and as NumPy, a page as LaTeX and on paper."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from proofread.surfaces.site.links import dead_links
from proofread.surfaces.tags.register import read_register
from tests.browser.conftest import ROOT, Look
from tests.browser.pages import PAGES, WITH_FORMULAS
from tests.browser.test_looks import violations
from tests.browser.test_tags import TAG
from tests.test_snippets import all_ties, pages, shown

LABEL = "eq-squared-error-gradient"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_formula_is_copied_as_latex_and_as_numpy(look: Look) -> None:
    view = look(WITH_FORMULAS, **CLIPBOARD)
    formula = view.page.locator(f".formula:has(#{LABEL})")
    formula.hover()
    latex = formula.get_by_role("button", name="copy LaTeX")
    latex.click()
    expect(formula.get_by_role("button", name="copied")).to_be_visible()
    expect(latex).to_be_visible()
    copied = clipboard(view.page)
    assert copied.startswith("\\begin{aligned}\n\\nabla_\\theta L\n&= J \\, \\nabla_e L")
    assert f"\\label{{{LABEL}}}" in copied
    formula.get_by_role("button", name="copy NumPy").press("Enter")
    expect(formula.get_by_role("button", name="copied")).to_be_visible()
    found: dict[str, object] = {}
    exec(clipboard(view.page), found)
    gradient = found["gradient"]
    assert callable(gradient)
    assert np.allclose(gradient(np.eye(2), np.ones(2), np.zeros(2)), [2, 2])
    assert view.troubles == []


def test_every_result_with_a_function_beside_it_offers_it(look: Look) -> None:
    found = set()
    for path in PAGES:
        text = pages().get(path) or next(
            (pages()[one] for one in pages() if one.endswith(f"/{path}")), ""
        )
        ties = {tie.label for tie in all_ties() if str(tie) in shown([text])}
        here = {label for label in ties if rf"\label{{{label}}}" in text}
        if not here:
            continue
        offered = look(path).page.evaluate(
            """() => [...document.querySelectorAll(".formula-copy")]
                 .filter((box) => box.textContent.includes("NumPy"))
                 .flatMap((box) => [...box.parentElement.querySelectorAll(".formula-numbers [id]")])
                 .map(({id}) => id)"""
        )
        assert set(offered) == here, path
        found |= here
    assert found == {tie.label for tie in all_ties()}


def test_every_displayed_formula_is_copied_as_latex(look: Look) -> None:
    page = look(WITH_FORMULAS).page
    assert page.locator(".formula").count() == page.get_by_role("button", name="copy LaTeX").count()


def test_a_copy_that_the_browser_refuses_is_not_called_one(look: Look) -> None:
    page = look(WITH_FORMULAS).page
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    formula = page.locator(f".formula:has(#{LABEL})")
    formula.get_by_role("button", name="copy NumPy").press("Enter")
    expect(formula.get_by_role("button", name="not copied")).to_be_visible()


@pytest.mark.parametrize("width", [375, 1280])
def test_the_buttons_leave_room_for_the_mark(look: Look, width: int) -> None:
    page = look(WITH_FORMULAS, width=width).page
    overlaps = page.evaluate(
        """() => [...document.querySelectorAll(".formula-copy")].filter((box) => {
             const right = box.getBoundingClientRect().right;
             const mark = box.parentElement.querySelector(".check > summary");
             return mark && mark.getBoundingClientRect().left < right;
           }).map((box) => box.parentElement.textContent.slice(0, 80))"""
    )
    assert overlaps == []


def test_without_javascript_there_are_no_idle_buttons(look: Look) -> None:
    page = look(WITH_FORMULAS, java_script_enabled=False).page
    expect(page.locator(".formula-copy")).to_have_count(0)
    assert f"# formula {LABEL}" in page.locator("article").inner_text()
    expect(page.get_by_role("link", name="Download as LaTeX")).to_be_visible()


def test_a_page_downloads_as_latex(look: Look) -> None:
    page = look(WITH_FORMULAS).page
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as LaTeX").click()
    assert download.value.suggested_filename == "routes.tex"
    text = download.value.path().read_text(encoding="utf-8")
    assert f"\\label{{{LABEL}}}" in text


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without"])
def test_a_page_on_paper_has_its_text_and_nothing_of_the_screen(
    look: Look, *, javascript: bool
) -> None:
    page = look(WITH_FORMULAS, java_script_enabled=javascript).page
    expect(page.locator(".page-imprint")).to_be_hidden()
    page.emulate_media(media="print")
    for gone in (".md-header", ".md-sidebar", ".md-footer", ".cite", ".take", ".check-details",
                 ".headerlink", ".md-content__button"):  # fmt: skip
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".check > summary").first).to_be_visible()
    answer = page.locator("details.result > p").first
    expect(answer).to_be_visible()
    register = read_register(ROOT)
    tag = register and register.of(WITH_FORMULAS)
    assert tag is not None
    expect(page.locator(".page-imprint")).to_contain_text(f"tag {tag.tag}, version 0.1.0, changed")
    expect(page.locator(".page-imprint")).to_contain_text("CC BY 4.0")
    expect(page.locator(".page-imprint")).to_contain_text(f"tag/{tag.tag}/")


def test_all_tabs_are_on_paper(look: Look) -> None:
    page = look("elsewhere.md").page
    tabs = page.locator(".tabbed-block")
    expect(tabs.nth(1)).to_be_hidden()
    page.emulate_media(media="print")
    for tab in tabs.all():
        expect(tab).to_be_visible()


def test_a_page_on_paper_is_as_wide_as_the_paper(look: Look) -> None:
    page = look(WITH_FORMULAS, width=660).page  # A4 without its margins
    page.emulate_media(media="print")
    wide = page.evaluate(
        """() => [...document.querySelectorAll("article *")]
             .filter((one) => !one.closest(".katex-mathml, svg, .formula-copy"))
             .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
             .map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert wide == []
    assert len(page.pdf()) > 50_000


def test_the_derivations_of_a_part_stand_on_one_page_for_the_printer(look: Look) -> None:
    view = look("print.md")
    page = view.page
    page.get_by_role("link", name="Derivations", exact=True).click()
    expect(page.locator("h1").first).to_have_text("Derivations")
    expect(page.locator(".whole-page")).to_have_count(page.locator("nav li").count())
    links = page.locator("nav a")
    links.last.click()
    expect(page.locator(".whole-page:target h1")).to_have_text(links.last.inner_text())
    assert violations(page) == []
    page.emulate_media(media="print")
    expect(page.locator(".page-imprint")).to_have_count(links.count())
    assert view.troubles == []


def test_the_archive_is_read_from_a_folder(browser: Browser, tmp_path: Path) -> None:
    with ZipFile(ROOT / "site" / "proofread.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "proofread"
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((folder / "index.html").as_uri())
    expect(page.locator("[data-md-component=search]")).to_be_hidden()
    page.get_by_role("link", name="The gradient by chain-rule routes").click()
    expect(page.locator("h1")).to_contain_text("by chain-rule routes")
    family = page.locator("h1").evaluate("one => getComputedStyle(one).fontFamily")
    assert "Proofread Serif" in family
    glyphs = page.locator(".katex .mathnormal").first
    assert "Proofread Math" in glyphs.evaluate("one => getComputedStyle(one).fontFamily")
    assert page.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('italic 16px Proofread Math'))"
    )
    page.locator(".check > summary").first.click()
    expect(page.locator(".check-details").first).to_be_visible()
    page.get_by_role("link", name="Open in the checker").first.click()
    expect(page.locator("main")).to_contain_text("The checker needs a server")
    for path in ("exercises", f"tag/{TAG}"):
        page.goto((folder / path / "index.html").as_uri())
    page.wait_for_url(f"**/routes/index.html#{LABEL}")
    assert said == []


def test_every_link_of_the_archive_leads_to_a_file(tmp_path: Path) -> None:
    with ZipFile(ROOT / "site" / "proofread.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "proofread"
    assert list(dead_links(folder)) == []
    for page in folder.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        for target in re.findall(r'<a [^>]*?href="([^":#?]+)["#?]', html):
            assert (page.parent / unquote(target)).is_file(), f"{page}: {target}"
