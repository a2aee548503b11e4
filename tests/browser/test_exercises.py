"""The exercises in a browser, with the engine running for real."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from proofread.surfaces.pages import check_file
from tests.browser.conftest import ROOT, SITE, Look, View
from tests.browser.pages import WITH_EXERCISES, WITH_ONE_EXERCISE
from tests.browser.test_looks import _NOTHING as NOTHING
from tests.browser.test_looks import _SHIFTS as SHIFTS
from tests.browser.test_looks import violations
from tests.exercise_answers.exercises import ANSWERS

SQUARED = "#the-squared-error"
WRONG = r"X^\top (y - X\theta)"
FINDING = r"""
error[step-unequal]: the two sides of link 1 differ in 6 of 6 samples
 --> your answer:1:1
  |
1 |    X^\top (y - X\theta)
  |    ^^^^^^^^^^^^^^^^^^^^ n×1, not equal to the term before it
 ::: the question:1:1
  |
1 |    \nabla_\theta L
  |    --------------- n×1
  |
  = sample: m = 3, n = 4, entry [4]: left -23.96, right 23.96, relative difference 2
  = note: the two sides differ in sign
  = help: one change makes it hold, of this kind: sign
""".strip()
_PATIENCE = 60_000


@pytest.fixture
def view(look: Look) -> View:
    view = look(WITH_EXERCISES)
    view.page.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    return view


def answer(page: Page, typed: str) -> None:
    field = page.locator(f"{SQUARED} textarea")
    field.fill(typed)
    field.press("Enter")


def test_all_but_the_answers_is_shown(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    report = check_file(Path("docs", WITH_EXERCISES)).report
    page, exercises = view.page, len(ANSWERS)
    displayed = len({one.piece for one in report.statements if one.display})
    inline = len({one.piece for one in report.statements if not one.display})
    assert page.locator(".attempt").count() == exercises
    assert page.locator(".katex-error").count() == 0
    assert page.locator(".formula-box .katex-display").count() == displayed - exercises
    assert page.locator("article p .formula-inline .katex").count() == inline
    assert page.locator(".attempt label .katex").count() == exercises


def test_no_answer_is_on_its_page_nor_in_what_is_made_of_it() -> None:
    source = (ROOT / "docs" / WITH_EXERCISES).read_text(encoding="utf-8")
    answers = [part.split("$$")[1].strip() for part in source.split("??? answer")[1:]]
    assert len(answers) == len(ANSWERS)
    page = (SITE / "exercises" / "index.html").read_text(encoding="utf-8")
    index = json.loads((SITE / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = [one["text"] for one in index["docs"] if one["location"].startswith("exercises/")]
    assert found
    start = (SITE / "check" / "app" / "starts" / "exercises.txt").read_text(encoding="utf-8")
    for text in (page, start, *found):
        plain = unescape(text).replace("\\\\", "\\")
        assert [one for one in answers if one in plain] == []


def of_the_engine(view: View) -> list[str]:
    return [url for url in view.requests if "/check/app/worker" in url or "/pyodide" in url]


def test_nothing_of_the_engine_is_loaded_before_a_field_is_used(view: View) -> None:
    view.page.wait_for_timeout(500)
    assert of_the_engine(view) == []
    with view.page.expect_request("**/pyodide.asm.wasm"):
        view.page.locator(f"{SQUARED} textarea").focus()
    assert of_the_engine(view)


def test_a_wrong_result_a_hint_and_the_right_steps_are_remembered(view: View) -> None:
    page = view.page
    exercise = page.locator(SQUARED)
    answer(page, WRONG)
    expect(exercise.locator(".wrong")).to_have_text("Not yet.")
    assert exercise.locator(".finding").inner_text().strip() == FINDING
    exercise.get_by_role("button", name="Show in the answer").click()
    assert page.evaluate("getSelection().toString()") == WRONG

    hints = exercise.locator("details.hint")
    assert [hint.is_visible() for hint in hints.all()] == [True, False]
    hints.nth(0).locator("summary").click()
    expect(hints.nth(1)).to_be_visible()
    hints.nth(0).locator("summary").click()
    expect(hints.nth(1)).to_be_visible()

    field = exercise.locator("textarea")
    field.fill(r"X^\top X\theta - X^\top y")
    field.press("Shift+Enter")
    field.type(r"= X^\top (X\theta - y)")
    expect(exercise.locator(".attempt-drawn .katex")).to_have_count(2)
    field.press("Enter")
    expect(exercise.locator(".right")).to_have_text(
        "Right: it holds in 6 samples, over 3 choices of sizes."
    )
    expect(page.locator(".exercise-progress")).to_contain_text(f"1 of {len(ANSWERS)} solved")

    page.reload()
    assert "solved" in (exercise.get_attribute("class") or "")
    assert field.input_value().startswith(r"X^\top X\theta")
    assert hints.nth(1).is_visible()
    page.get_by_role("button", name="Begin anew").click()
    assert page.locator(".exercise-progress").inner_text() == f"0 of {len(ANSWERS)} solved."
    assert "solved" not in (exercise.get_attribute("class") or "")
    assert not hints.nth(1).is_visible()
    assert view.troubles == []


def test_a_single_exercise_is_not_counted(look: Look) -> None:
    page = look(WITH_ONE_EXERCISE).page
    expect(page.locator(".attempt form")).to_have_count(1)
    line = page.locator(".exercise-progress")
    expect(line).to_be_hidden()
    page.evaluate(
        """() => {
             const exercise = `${location.pathname}#${document.querySelector(".exercise").id}`;
             localStorage.setItem("proofread.exercises", JSON.stringify(
               {[exercise]: {typed: "x", hints: 0, solved: true}}));
           }"""
    )
    page.reload()
    expect(page.locator(".exercise")).to_have_class("admonition exercise solved")
    expect(line).to_have_text("Begin anew")
    line.get_by_role("button", name="Begin anew").click()
    expect(line).to_be_hidden()
    expect(page.locator(".exercise")).to_have_class("admonition exercise")
    assert page.evaluate("localStorage.getItem('proofread.exercises')") is None


def test_what_is_typed_and_what_is_kept_are_data(view: View) -> None:
    page = view.page
    page.evaluate(
        """() => localStorage.setItem("proofread.exercises", JSON.stringify({
             [location.pathname + "#the-squared-error"]:
               {typed: "<img src=x onerror=window.hit=1>", hints: 99, solved: false},
             [location.pathname + "#a-trace"]: "nonsense",
           }))"""
    )
    page.reload()
    field = page.locator(f"{SQUARED} textarea")
    assert field.input_value() == "<img src=x onerror=window.hit=1>"
    field.press("Enter")
    expect(page.locator(f"{SQUARED} .finding")).to_be_visible()
    answer(page, r"\href{javascript:window.hit=1}{x} \htmlData{a=b}{y} \includegraphics{x}")
    expect(page.locator(f"{SQUARED} .wrong")).to_be_visible()
    assert page.locator(".attempt img, .attempt a, .attempt [data-a]").count() == 0
    assert page.evaluate("window.hit") is None


def test_without_scripts_all_can_be_read(look: Look) -> None:
    page = look(WITH_EXERCISES, java_script_enabled=False).page
    exercise = page.locator(SQUARED)
    assert exercise.locator("p", has_text="needs JavaScript").is_visible()
    assert not exercise.locator("form").is_visible()
    exercise.locator("details.hint summary").first.click()
    assert exercise.locator("details.hint").nth(1).is_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_an_answered_exercise_is_readable_for_everybody(
    look: Look, scheme: str, width: int
) -> None:
    page = look(WITH_EXERCISES, width=width, color_scheme=scheme).page
    answer(page, WRONG)
    expect(page.locator(f"{SQUARED} .finding")).to_be_visible(timeout=_PATIENCE)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [1280, 375])
def test_nothing_moves_while_the_exercises_arrive(look: Look, width: int) -> None:
    view = look("contributing.md", width=width)
    view.page.add_init_script(SHIFTS)
    view.open(WITH_EXERCISES)
    view.page.wait_for_timeout(800)
    assert sum(view.page.evaluate("window.shifts")) < NOTHING
