"""The page of the checker, as a reader uses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.conftest import Look, View

CHECKER = "check/index.md"
PATIENCE = 90_000
"""Milliseconds that a busy machine may take for the engine to start."""
_DONE = ", ".join(
    f".checker-status[data-state={state}]" for state in ("accepted", "wrong", "failed")
)


@dataclass(frozen=True, slots=True)
class CheckerPage:
    """An open page of the checker."""

    view: View

    @property
    def page(self) -> Page:
        return self.view.page

    def start_empty(self) -> None:
        """Click into the field, as a reader does."""
        self.page.locator("proofread-checker > textarea").click()
        self.wait()

    def wait(self) -> None:
        """Until an answer to the text as it is now is there."""
        self.page.wait_for_timeout(300)  # longer than the pause of a reader who types
        self.page.wait_for_selector(_DONE, timeout=PATIENCE)

    @property
    def text(self) -> str:
        """What the editor holds."""
        lines: list[str] = self.page.locator(".cm-line").all_inner_texts()
        return "\n".join(lines)

    def write(self, text: str) -> None:
        """Put a text in the place of what is in the editor, as by pasting."""
        editor = self.page.locator(".cm-content")
        editor.focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        editor.evaluate(
            """(editor, text) => {
                 const data = new DataTransfer();
                 data.setData("text/plain", text);
                 editor.dispatchEvent(new ClipboardEvent("paste",
                   {clipboardData: data, bubbles: true, cancelable: true}));
               }""",
            text,
        )
        self.wait()

    @property
    def status(self) -> str:
        return self.page.locator(".status-line").inner_text()

    @property
    def state(self) -> str | None:
        return self.page.locator(".checker-status").get_attribute("data-state")

    @property
    def findings(self) -> list[str]:
        """The findings in full, as they stand beside their formulas."""
        texts: list[str] = self.page.locator(".finding-box > .finding").all_inner_texts()
        return [text.strip("\n") for text in texts]

    def links(self, formula: int) -> list[str]:
        """The verdict of each link of a displayed formula, counted from 0."""
        marks = self.page.locator(".rendering .formula").nth(formula).locator(".link-mark")
        verdicts: list[str] = marks.evaluate_all("all => all.map(one => one.dataset.verdict)")
        return verdicts

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)


def open_checker(look: Look, query: str = "", **options: Any) -> CheckerPage:
    """The checker in a fresh profile; ``query`` is what stands behind its address."""
    checker = CheckerPage(look("status.md", **options))
    checker.page.goto(f"{checker.view.address}check/{query}")
    return checker
