r"""The table of all formulas: filtered by mouse, keyboard and address, whole without JavaScript."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Look
from tests.browser.test_looks import violations

INDEX = "formulas.md"


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def names(page: Page) -> list[str]:
    """The labels of the rows that are shown."""
    shown = page.locator(".formula-index-name:visible")
    return [str(one) for one in shown.evaluate_all("all => all.map(one => one.id)")]


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without"])
def test_every_label_has_a_row_that_leads_to_its_formula(look: Look, *, javascript: bool) -> None:
    from proofread.surfaces.site.index import read_site

    view = look(INDEX, java_script_enabled=javascript)
    page = view.page
    assert sorted(names(page)) == sorted(read_site().labels)
    assert page.locator(".formula-index td .katex-display").count() == len(names(page))
    expect(page.locator(".formula-index-filter")).to_be_visible(visible=javascript)
    page.locator("#eq-error-jacobian a").click()
    page.wait_for_url(f"{view.address}routes/#eq-error-jacobian")
    view.open(INDEX)
    page.locator("tr:has(#eq-error-jacobian) [data-column=tag] a").click()
    page.wait_for_url(f"{view.address}routes/#eq-error-jacobian")


def test_the_table_is_filtered_and_the_address_says_how(look: Look) -> None:
    view = look(INDEX)
    page = view.page
    count = page.get_by_role("status").filter(has_text="formulas")
    total = len(names(page))
    expect(count).to_have_text(f"{total} formulas")
    page.get_by_label("operation").select_option("Jacobian")
    jacobians = names(page)
    assert jacobians[:3] == ["eq-error-jacobian", "eq-prediction-jacobian", "eq-vec-jacobian"]
    expect(count).to_have_text(f"{len(jacobians)} of {total} formulas")
    page.get_by_label("layout").select_option("denominator")
    assert names(page)[0] == "eq-error-jacobian"
    assert "eq-prediction-jacobian" not in names(page)
    assert set(names(page)) < set(jacobians)
    page.get_by_label("object").select_option("vector")
    assert names(page) == []
    expect(count).to_have_text(f"0 of {total} formulas")
    assert page.locator(".formula-index-page:visible").count() == 0
    assert query(page) == {
        "object": ["vector"], "operation": ["Jacobian"], "layout": ["denominator"],
    }  # fmt: skip
    page.get_by_role("button", name="Show all").click()
    expect(count).to_have_text(f"{total} formulas")
    assert query(page) == {}
    assert view.troubles == []


def test_a_filtered_view_can_be_linked(look: Look) -> None:
    view = look(INDEX)
    page = view.page
    page.goto(
        f"{view.address}formulas/?operation=trace&text=dL&nothing=1#eq-responses-differential"
    )
    assert "eq-responses-differential" in names(page)
    assert len(names(page)) < 20
    expect(page.get_by_label("operation")).to_have_value("trace")
    expect(page.get_by_label("text", exact=True)).to_have_value("dL")
    page.get_by_label("text", exact=True).fill("")
    assert query(page) == {"operation": ["trace"], "nothing": ["1"]}
    assert page.url.endswith("#eq-responses-differential")
    page.goto(f"{view.address}formulas/?object=%3Cimg%3E&layout=none")
    expect(page.get_by_label("object")).to_have_value("")
    assert "eq-squared-error" in names(page)
    assert "eq-error-jacobian" not in names(page)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"\nabla_{\theta} L X^\top", "eq-squared-error-gradient"),
        ("nabla_theta^2", "eq-squared-error-hessian"),
        ("jacobian ERROR", "eq-error-jacobian"),
        ("r2dc", "eq-squared-error-gradient"),
        (r"\operatorname{vec}", "eq-vec-jacobian"),
    ],
)
def test_the_text_may_be_latex_a_name_or_a_tag(look: Look, text: str, found: str) -> None:
    page = look(INDEX).page
    before = len(names(page))
    page.get_by_label("text", exact=True).fill(text)
    assert found in names(page)
    assert len(names(page)) < before


def test_the_filter_is_used_by_the_keyboard_alone(look: Look) -> None:
    page = look(INDEX).page
    page.get_by_label("object").focus()
    page.keyboard.type("mat")
    page.keyboard.press("Tab")
    page.keyboard.type("Hes")
    assert names(page)[0] == "eq-squared-error-hessian"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("no such formula")
    assert names(page) == []
    page.keyboard.press("Enter")  # sends no form
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="formulas")).not_to_contain_text(" of ")
    assert query(page) == {}


@pytest.mark.parametrize(("scheme", "width"), [("light", 375), ("dark", 1280)])
def test_a_filtered_table_is_readable(look: Look, scheme: str, width: int) -> None:
    page = look(INDEX, width=width, color_scheme=scheme).page
    page.get_by_label("object").select_option("matrix")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    shapes = page.locator("tr:has(#eq-error-jacobian) [data-column=shapes]")
    expect(shapes).to_have_text("m×1 by n×1 → n×m")
    expect(shapes).to_be_visible()
