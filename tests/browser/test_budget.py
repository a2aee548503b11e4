"""How much a page loads at first view, in bytes as they are served, compressed."""

from __future__ import annotations

import gzip
from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.conftest import address_of
from tests.browser.pages import WITH_EXERCISES, WITH_FORMULAS

#: The page itself with its styles, fonts and scripts.
BUDGET = 220_000
#: The index of the search grows with the site, and a browser keeps it.
INDEX = "search_index.json"
INDEX_BUDGET = 250_000
#: One page of each kind: what else there is, they load the same.
KINDS = ["index.md", WITH_FORMULAS, "rule-by-rule.md", WITH_EXERCISES, "check/index.md",
         "linear-models/ridge.md", "notebooks/gradient-descent.py"]  # fmt: skip


def over_budget(path: str, loaded: Mapping[str, int], budget: int = BUDGET) -> str:
    """What to say of a page that loads more than it may, and nothing where it does not."""
    total = sum(loaded.values())
    if total <= budget:
        return ""
    longest = sorted(loaded, key=lambda one: (-loaded[one], one))[:5]
    parts = "".join(f"\n{loaded[one]:>11,} {one}" for one in longest)
    return f"{path} loads {total:,} bytes at first view, and its budget is {budget:,}:{parts}"


def loaded_by(browser: Browser, address: str) -> dict[str, int]:
    """The bytes of everything that a page loads, by address; a font is compressed already."""
    with browser.new_context() as context:
        page = context.new_page()
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(address, wait_until="networkidle")
        return {one.url: len(gzip.compress(one.body())) for one in answers if one.ok}


@pytest.mark.parametrize("path", KINDS)
def test_what_a_page_loads(browser: Browser, address: str, path: str) -> None:
    loaded = loaded_by(browser, address + address_of(path))
    assert any(name.endswith(".css") for name in loaded)
    (index,) = [name for name in loaded if name.endswith(INDEX)]
    assert loaded.pop(index) < INDEX_BUDGET
    assert over_budget(path, loaded) == ""
    assert over_budget(path, loaded, 1000).startswith(f"{path} loads ")


def test_what_is_said_of_a_page_that_loads_too_much() -> None:
    loaded = {"a.js": 5_000, "b.css": 600, **dict.fromkeys(["c.svg", "d.svg", "e.svg", "f.svg"], 1)}
    assert over_budget("index.md", loaded, 5_604) == ""
    assert over_budget("index.md", loaded, 5_603) == (
        "index.md loads 5,604 bytes at first view, and its budget is 5,603:\n"
        "      5,000 a.js\n        600 b.css\n"
        "          1 c.svg\n          1 d.svg\n          1 e.svg"
    )
