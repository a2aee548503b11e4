"""All worked cases, and the nasty inputs: the same answers in the browser as on CPython."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from proofread.surfaces.live.session import Session
from tests.browser.conftest import ROOT, SITE
from tests.case_files import FOLDER, NOT_CASES, sections

MACROS = (ROOT / "docs" / "macros.tex").read_text(encoding="utf-8")
FILES = [file for file in sorted(FOLDER.glob("*.md")) if file.name not in NOT_CASES]

_ASK = """
  (texts) => new Promise((resolve, reject) => {
    const answers = [];
    const ask = () => window.engine.postMessage(
      {type: "check", id: answers.length + 1, text: texts[answers.length]});
    window.engine.onerror = (event) => reject(new Error(event.message));
    window.engine.onmessage = ({data}) => {
      if (data.type === "failed") reject(new Error(data.message));
      if (data.type !== "answer") return;
      answers.push(JSON.stringify(data.answer));
      if (answers.length === texts.length) resolve(answers);
      else ask();
    };
    ask();
  })
"""


@pytest.fixture(scope="module")
def engine(browser: Browser, address: str) -> Iterator[Page]:
    """A page with the engine in a worker and nothing else."""
    worker = next((SITE / "check" / "app").glob("worker-*.js")).name
    page = browser.new_page()
    page.goto(f"{address}status/")
    page.evaluate(
        "url => { window.engine = new Worker(url, {type: 'module'}); }",
        f"{address}check/app/{worker}",
    )
    yield page
    page.close()


# The last digit of an exponential or a sine is not the same in every library, and a search that
# goes downhill from a sample magnifies it. So the numbers of the samples themselves may differ.
_NUMBERS = (
    (re.compile(r"\d[\d.]* × 10<sup>[^<]*</sup>"), "0"),
    (re.compile(r"<code>[^<]*</code>"), "<code>#</code>"),
    (re.compile(r"(?<=>)[-−(]?\d[^<]*"), "#"),
    (re.compile(r"= sample: [^\n]*"), "= sample"),
)


def plain(answer: str) -> dict[str, Any]:
    """An answer without the key, which no two sessions share, and without its samples' numbers."""
    key = json.loads(answer)["key"]
    said: dict[str, Any] = json.loads(answer.replace(key, "KEY"))
    for name, items in (("details", said["pieces"]), ("text", said["findings"])):
        for item in items:
            for pattern, instead in _NUMBERS[-1:] if name == "text" else _NUMBERS:
                item[name] = pattern.sub(instead, item[name])
    return said


def differences(texts: list[str], answers: list[str]) -> list[str]:
    """What one of the two says and the other does not, text by text."""
    found = []
    for text, here in zip(texts, answers, strict=True):
        wanted, got = plain(Session(MACROS).check(text)), plain(here)
        found += [
            f"{text.strip().splitlines()[0]}: {name}: {got[name]} instead of {wanted[name]}"
            for name in wanted
            if got[name] != wanted[name]
        ]
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_cases_get_the_same_answers_as_on_cpython(engine: Page, file: Path) -> None:
    texts = [section.text for section in sections(file, file.read_text(encoding="utf-8"))]
    assert differences(texts, engine.evaluate(_ASK, texts)) == []


def test_another_answer_would_be_seen(engine: Page) -> None:
    holds = r"Let $x \in \mathbb{R}^n$. $$ x^\top x = \|x\|^2 $$"
    fails = r"Let $x \in \mathbb{R}^n$. $$ x^\top x = \|x\|^3 $$"
    answers = engine.evaluate(_ASK, [fails])
    assert len(differences([holds], answers)) > 1


DEEP = (
    "{" * 150 + "x" + "}" * 150,
    "(" * 190 + "x" + ")" * 190,
    r"\frac{1}{" * 190 + "x" + "}" * 190,
    r"\sqrt{" * 190 + "x" + "}" * 190,
    "x^{" * 100 + "2" + "}" * 100,
    "(" * 5000 + "x" + ")" * 5000,
)


@pytest.mark.parametrize("number", range(len(DEEP)))
def test_a_deep_formula_neither_crashes_nor_is_read_otherwise(engine: Page, number: int) -> None:
    text = rf"Let $x \in \mathbb{{R}}$. $$ {DEEP[number]} + 1 $$"
    assert differences([text], engine.evaluate(_ASK, [text])) == []
