"""A reader checks a derivation in the browser, with the engine running for real."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from proofread import check
from proofread.rendering.findings import finding_of
from proofread.rendering.text import render_finding, source_of
from tests.browser.checker import CheckerPage, open_checker
from tests.browser.conftest import ROOT, Look
from tests.browser.test_looks import violations

STARTS = ROOT / "proofread" / "surfaces" / "browser" / "starts"
SEEDS = sorted(path.stem for path in STARTS.glob("*.md"))
ANSWER = "mean-squared-error"
SHORT = r"""Let $X \in \mathbb{R}^{m \times n}$, $y \in \mathbb{R}^m$ and $\theta \in \mathbb{R}^n$.

$$
L = \|X\theta - y\|^2
$$

$$
\nabla_\theta L = 2 X^\top (y - X\theta)
$$
"""


def findings_of(text: str) -> list[str]:
    """What the command line says of a text."""
    source = source_of(text)
    return [
        render_finding(finding_of(one, None), source, label=one.label)
        for one in check(text).files[0].statements
        if not one.accepted
    ]


def start_text(name: str) -> str:
    return Path(STARTS, f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SEEDS)
def test_each_question_gets_the_findings_of_the_command_line(look: Look, name: str) -> None:
    checker = open_checker(look, f"?page={name}")
    checker.wait()
    assert checker.findings == findings_of(start_text(name))
    assert checker.state == "wrong"
    assert checker.view.troubles == []


def test_the_accepted_answers_sign_is_refuted_and_repaired_with_one_click(look: Look) -> None:
    checker = open_checker(look)
    checker.page.locator(".choices button").first.click()
    checker.wait()
    assert checker.links(1) == ["defines", "holds"]
    assert checker.links(3) == ["fails"]
    formula = checker.page.locator(".rendering .formula").nth(3)
    assert formula.locator(".broken").count() == 1
    before = len(checker.findings)
    formula.get_by_role("button", name=r"Write \frac{2}{2n}(\hat y-y)").click()
    checker.wait()
    assert len(checker.findings) == before - 1
    assert checker.links(3) == ["holds"]
    assert r"\frac{\partial \text{MSE}}{\partial \hat y}=\frac{2}{2n}(\hat y-y)" in checker.text


def test_nothing_is_loaded_before_the_first_click(look: Look) -> None:
    checker = open_checker(look)
    checker.page.wait_for_timeout(500)
    asked = {url.rpartition("/")[2] for url in checker.view.requests}
    assert not [name for name in asked if re.match(r"app-|worker-|engine-|pyodide", name)]
    checker.start_empty()
    asked = {url.rpartition("/")[2] for url in checker.view.requests}
    assert [name for name in asked if name.startswith("worker-")]
    assert checker.status == "There is no mathematics in the text yet."


def test_the_bar_shows_the_bytes_while_the_engine_loads(look: Look) -> None:
    checker = open_checker(look)
    checker.page.evaluate(
        """() => {
             window.said = [];
             new MutationObserver(() => {
               const said = document.querySelector(".status-bytes")?.textContent;
               if (said && said !== window.said.at(-1)) window.said.push(said);
             }).observe(document.body, {subtree: true, childList: true, characterData: true});
           }"""
    )
    checker.start_empty()
    said = [one for one in checker.page.evaluate("window.said") if one.endswith("MB")]
    loaded = [float(one.split()[0]) for one in said]
    assert loaded == sorted(loaded)
    total = float(said[-1].split()[2])
    assert loaded[-1] == total > 10


def test_it_checks_as_one_types_and_the_last_answer_stays_visible(look: Look) -> None:
    checker = open_checker(look)
    checker.start_empty()
    checker.write(SHORT)
    assert checker.findings == findings_of(SHORT)
    checker.page.keyboard.press("Control+End")
    checker.page.keyboard.type("\n$1 + Q$")
    assert checker.page.locator(".rendering .formula").count() == 2
    checker.wait()
    assert len(checker.findings) == 1 + len(findings_of(SHORT))


def test_a_part_of_a_formula_tells_its_shape_to_the_mouse_and_to_the_keyboard(look: Look) -> None:
    checker = open_checker(look)
    checker.start_empty()
    checker.write(SHORT)
    page = checker.page
    card = page.locator(".shape-card")
    formula = page.locator(".rendering .formula").nth(1)
    formula.locator(".part", has_text="X").last.hover()
    assert card.inner_text() == "X: m×n, from line 1"
    page.mouse.move(0, 0)
    formula.locator(".formula-box").focus()
    page.keyboard.press("ArrowRight")
    said = card.inner_text()
    assert said == r"\nabla_\theta L: n×1"
    assert page.locator(".checker-status [role=status]").inner_text() == said
    page.keyboard.press("ArrowRight")
    assert card.inner_text() == r"\theta: n×1, from line 1"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.editor')")
    assert page.locator(".at-cursor").inner_text() == r"\theta: n×1, from line 1"


def test_an_undeclared_symbol_is_declared_by_the_wizard(look: Look) -> None:
    checker = open_checker(look)
    checker.start_empty()
    checker.write("A product:\n\n$$\nA x\n$$\n")
    wizard = checker.page.get_by_role("group", name="Declare A")
    wizard.locator("select").select_option("matrix")
    wizard.get_by_label("Rows").fill("three")
    wizard.get_by_role("button", name="Declare it").click()
    assert wizard.locator(".wizard-said").inner_text().startswith("a size is a letter")
    wizard.get_by_label("Rows").fill("m")
    wizard.get_by_role("button", name="Declare it").click()
    checker.wait()
    wizard = checker.page.get_by_role("group", name="Declare x")
    wizard.locator("select").select_option("vector")
    wizard.get_by_role("button", name="Declare it").click()
    checker.wait()
    assert checker.text.count("Let $A \\in \\mathbb{R}^{m \\times n}$.") == 1
    assert checker.state == "accepted"
    assert checker.text.index("Let $A") < checker.text.index("$$")


def test_completion_knows_commands_and_the_symbols_of_the_text(look: Look) -> None:
    checker = open_checker(look)
    checker.start_empty()
    checker.write(SHORT)
    checker.page.keyboard.press("Control+End")
    checker.page.keyboard.type("$\\the")
    offered = checker.page.locator(".cm-completionLabel")
    offered.first.wait_for()
    assert offered.first.inner_text() == r"\theta"


def test_the_table_of_symbols(look: Look) -> None:
    checker = open_checker(look)
    checker.start_empty()
    checker.write(SHORT)
    table = checker.page.locator(".checker-symbols")
    assert table.locator("summary").inner_text() == "6 symbols"
    table.locator("summary").click()
    rows = table.locator("tbody tr").evaluate_all(
        "all => all.map(row => [...row.cells].slice(1).map(cell => cell.textContent).join(' '))"
    )
    assert sorted(rows) == sorted(
        ["scalar ℕ 1", "scalar ℕ 1", "m×n ℝ 1", "m×1 ℝ 1", "n×1 ℝ 1", "scalar ℝ 4"]
    )


def test_a_link_opens_with_its_verdict_in_a_fresh_profile(look: Look) -> None:
    checker = open_checker(look, permissions=["clipboard-read", "clipboard-write"])
    checker.start_empty()
    checker.write(SHORT)
    checker.button("Copy a link").click()
    checker.page.get_by_text("the link is copied").first.wait_for()
    link = checker.page.evaluate("navigator.clipboard.readText()")
    assert "#text=" in link
    other = open_checker(look, link.partition("/check/")[2])
    other.wait()
    assert other.findings == findings_of(SHORT)
    assert not [url for url in other.view.requests if "#" in url]


def test_the_text_can_be_copied_with_its_verdicts(look: Look) -> None:
    checker = open_checker(look, permissions=["clipboard-read", "clipboard-write"])
    checker.start_empty()
    checker.write(SHORT)
    checker.button("Copy as Markdown with verdicts").click()
    checker.page.get_by_text("the text is copied").first.wait_for()
    quoted = checker.page.evaluate("navigator.clipboard.readText()")
    assert f"```text\n{findings_of(SHORT)[0]}\n```" in quoted
    assert "\n*defined*\n" in quoted


def test_a_draft_survives_a_reload_and_a_link_does_not_touch_it(look: Look) -> None:
    checker = open_checker(look)
    checker.start_empty()
    checker.write("My own draft.")
    checker.page.wait_for_timeout(400)
    checker.page.goto(f"{checker.view.address}check/?page={ANSWER}")
    checker.wait()
    assert "mean squared error" in checker.text
    checker.page.locator(".menu summary").nth(1).click()
    checker.page.locator(".menu-list button", has_text="My own draft.").click()
    checker.wait()
    assert checker.text == "My own draft."
    checker.page.goto(f"{checker.view.address}check/")
    field = checker.page.locator("proofread-checker > textarea")
    assert field.input_value() == "My own draft."


def test_a_start_keeps_the_draft_and_an_empty_text_does_too(look: Look) -> None:
    checker = open_checker(look)
    checker.start_empty()
    checker.write("Before the start.")
    checker.page.locator(".menu summary").first.click()
    checker.button("An empty text").click()
    checker.wait()
    assert checker.text.strip("\n") == "" or "Let $x" in checker.text
    checker.page.locator(".menu summary").nth(1).click()
    checker.page.locator(".menu-list button", has_text="Before the start.").wait_for()


def test_every_derivation_page_opens_in_the_checker(look: Look) -> None:
    view = look("total-differential.md")
    view.page.get_by_role("link", name="Open in the checker").click()
    checker = CheckerPage(view)
    checker.wait()
    assert checker.state == "accepted", checker.findings
    assert "The total differential" in checker.text


HEAVY = r"Let $x \in \mathbb{R}$, and so " + " and ".join(
    rf"$\sum_{{i=1}}^{{2000}} \sum_{{j=1}}^{{2000}} \sin({number} i j x) = 0$"
    for number in range(2, 8)
)
"""Each of these formulas takes all operations that a formula may take."""


def test_an_input_that_runs_away_is_ended_and_the_next_check_works(look: Look) -> None:
    checker = open_checker(look)
    checker.page.evaluate(
        "document.querySelector('proofread-checker').setAttribute('patience', '5000')"
    )
    checker.start_empty()
    checker.write(HEAVY)
    assert checker.state == "failed"
    assert checker.status == (
        "the check was ended: one part of the text ran for more than 5 seconds; "
        "a new engine is starting, and the next change is checked"
    )
    checker.write(SHORT)
    assert checker.findings == findings_of(SHORT)


def test_a_running_check_can_be_stopped_and_the_next_one_works(look: Look) -> None:
    checker = open_checker(look)
    checker.start_empty()
    checker.page.locator(".cm-content").focus()
    checker.page.evaluate(
        """text => {
             const data = new DataTransfer();
             data.setData("text/plain", text);
             const editor = document.querySelector(".editor").shadowRoot
               .querySelector(".cm-content");
             editor.dispatchEvent(new ClipboardEvent("paste",
               {clipboardData: data, bubbles: true, cancelable: true}));
           }""",
        "\n\n".join([SHORT] * 40),
    )
    checker.button("Stop").click(timeout=5000)
    assert checker.status == "the check was stopped; it goes on with your next change"
    checker.write(SHORT)
    assert checker.findings == findings_of(SHORT)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_axe_finds_nothing_while_it_is_in_use(look: Look, scheme: str, width: int) -> None:
    checker = open_checker(look, f"?page={ANSWER}", width=width, color_scheme=scheme)
    checker.wait()
    assert violations(checker.page) == []


def test_nothing_is_wider_than_a_small_screen_while_it_is_in_use(look: Look) -> None:
    checker = open_checker(look, f"?page={ANSWER}", width=375)
    checker.wait()
    assert checker.page.evaluate("document.documentElement.scrollWidth") == 375


def test_the_verdict_is_said_to_a_screen_reader(look: Look) -> None:
    checker = open_checker(look, f"?page={ANSWER}")
    checker.wait()
    live = checker.page.locator(".checker-status [aria-live=polite]")
    assert live.inner_text() == checker.status


def test_the_keyboard_alone_suffices(look: Look) -> None:
    checker = open_checker(look)
    page = checker.page
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.choices button')"):
            break
    page.keyboard.press("Enter")
    checker.wait()
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.repair')"):
            break
    before = len(checker.findings)
    page.keyboard.press("Enter")
    checker.wait()
    assert len(checker.findings) == before - 1
