"""What is checked is what is shown, and what is shown can be opened, followed and copied."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from proofread.markdown import read_page
from proofread.markdown.page import Piece
from proofread.records import FileReport, Statement
from proofread.surfaces.pages import check_file
from proofread.surfaces.site.exercises import written_in
from proofread.surfaces.site.verdicts import overall
from tests.browser.conftest import ROOT, Look
from tests.browser.pages import PAGES, WITH_EXERCISES, WITH_FORMULAS


def report_of(path: str) -> FileReport:
    """What the check says about a page, asked for anew."""
    return check_file(Path("docs", path)).report


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def answers_of(path: str) -> set[int]:
    """The lines in which the answers stand that a reader is to find: they are not shown."""
    text = Path("docs", path).read_text(encoding="utf-8")
    return {
        part.start.line
        for exercise in written_in(read_page(text, path=path).blocks)
        if exercise.is_checked
        for block in exercise.blocks
        if block.scopes and block.scopes[0].name == "answer"
        for part in block.parts
        if isinstance(part, Piece)
    }


def states(report: FileReport, path: str, *, display: bool) -> Counter[str]:
    """How many formulas that a page shows are in each state, counted by its report."""
    answers = answers_of(path) if path.endswith(".md") else set()
    pieces: dict[int, list[Statement]] = {}
    for statement in report.statements:
        pieces.setdefault(statement.piece, []).append(statement)
    pieces = {
        piece: group
        for piece, group in pieces.items()
        if not any(line <= group[0].line <= line + 2 for line in answers)
    }
    shown = (group for group in pieces.values() if group[0].display == display)
    return Counter(overall(group) or "prose" for group in shown)


@pytest.mark.parametrize("path", [path for path in PAGES if path != WITH_EXERCISES])
def test_every_checked_formula_is_rendered_with_its_state(look: Look, path: str) -> None:
    page = look(path).page
    report = report_of(path)
    displayed, inline = states(report, path, display=True), states(report, path, display=False)
    assert page.locator(".katex-error").count() == 0
    drawn = page.locator(".formula > .formula-box > .katex-display > .katex")
    assert drawn.count() == displayed.total()
    assert page.locator(".formula-inline:not(.attempt *) .katex").count() == inline.total()
    of_the_page = page.locator(
        "article .katex:not(.check *, .formula-index *, .glossary *, .attempt *)"
    )
    assert of_the_page.count() == (displayed + inline).total()
    assert of_the_page.locator("math annotation").count() == (displayed + inline).total()
    marks = page.locator(".check").evaluate_all("all => all.map(one => one.dataset.state)")
    del displayed["prose"]
    assert Counter(marks) == displayed
    said = page.locator(".formula-inline[data-state]:not(.attempt *)")
    del inline["prose"]
    assert Counter(said.evaluate_all("all => all.map(one => one.dataset.state)")) == inline


@pytest.mark.parametrize("path", PAGES)
def test_no_mathematics_stays_text(look: Look, path: str) -> None:
    page = look(path).page
    text = page.locator("article").evaluate(
        """article => {
             const copy = article.cloneNode(true);
             for (const one of copy.querySelectorAll("code, pre, .katex, .check")) one.remove();
             return copy.textContent;
           }"""
    )
    assert "$" not in text
    assert "\\" not in text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_what_is_served_with_it_and_says_nothing(look: Look, path: str) -> None:
    view = look(path)
    assert view.requests
    assert [url for url in view.requests if not url.startswith(view.address)] == []
    assert view.troubles == []


def test_a_request_to_elsewhere_would_be_seen(look: Look) -> None:
    view = look("status.md", bypass_csp=True)  # the page's own policy would not even ask
    view.page.evaluate("fetch('http://127.0.0.2:9/').catch(() => console.error('gone'))")
    view.page.wait_for_timeout(200)
    assert "http://127.0.0.2:9/" in view.requests
    assert "error: gone" in view.troubles


def test_a_mark_opens_with_the_mouse_and_tells_how_it_was_checked(look: Look) -> None:
    page = look(WITH_FORMULAS).page
    mark = page.locator('.check[data-state="holds"]').first
    details = mark.locator(".check-details")
    assert not details.is_visible()
    mark.locator("summary").click()
    assert details.is_visible()
    terms = details.locator("dt").all_inner_texts()
    assert set(terms) >= {
        "Samples", "Largest relative difference", "Assumed", "Layout", "One sample",
        "Its left side", "Its right side",
    }  # fmt: skip
    said = dict(zip(terms, details.locator("dd").all_inner_texts(), strict=True))
    assert said["Samples"] == "6, over 3 choices of sizes"
    assert said["Layout"] == report_of(WITH_FORMULAS).layout
    assert said["Its left side"] == said["Its right side"]
    mark.locator("summary").click()
    assert not details.is_visible()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_mark_opens_with_the_keyboard(look: Look, key: str) -> None:
    page = look(WITH_FORMULAS).page
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.check > summary')"):
            break
    focused = page.locator(".check > summary:focus")
    assert focused.count() == 1, "no mark was reached with the tabulator"
    outline = focused.evaluate("one => getComputedStyle(one).outlineStyle")
    assert outline == "solid", "where the focus is cannot be seen"
    page.keyboard.press(key)
    assert page.locator(".check[open] > .check-details").first.is_visible()
    page.keyboard.press(key)
    assert page.locator(".check[open]").count() == 0


@pytest.mark.parametrize("path", PAGES)
def test_every_number_leads_to_its_formula(look: Look, path: str) -> None:
    view = look(path)
    wanted = [one.label for one in report_of(path).statements if one.label]
    shown = view.page.locator(".formula-numbers a").evaluate_all("all => all.map(one => one.id)")
    assert sorted(shown) == sorted(set(wanted))
    links = view.page.locator(".equation-reference")
    for number in range(links.count()):
        link = links.nth(number)
        name, target = link.inner_text(), link.evaluate("one => one.href")
        other = view.page.context.new_page()
        other.goto(target)
        anchor = other.locator(f"[id='{target.partition('#')[2]}']")
        assert anchor.inner_text() == name
        assert other.evaluate("document.querySelector(':target') !== null")
        other.close()


def test_a_copied_formula_is_its_latex(look: Look) -> None:
    page = look(WITH_FORMULAS).page
    wanted = next(
        one.latex for one in report_of(WITH_FORMULAS).statements if one.label == "eq-squared-error"
    )
    copied = page.evaluate(
        """() => {
             let text = null;
             const box = document.getElementById("eq-squared-error").closest(".formula");
             const range = document.createRange();
             range.selectNodeContents(box.querySelector(".formula-box"));
             getSelection().removeAllRanges();
             getSelection().addRange(range);
             addEventListener("copy", ({clipboardData}) => {
               text = clipboardData.getData("text/plain");
             });
             document.execCommand("copy");
             return text;
           }"""
    )
    assert copied.startswith("$$")
    assert wanted.strip() in copied
    assert "\\label{eq-squared-error}" in copied
