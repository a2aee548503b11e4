"""What the page for other people's notes shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import proofread
from proofread.markdown.notes import read_notes
from tests.test_elsewhere import FOLDER

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "elsewhere.md").read_text(encoding="utf-8")
SETTING = (
    "Let $X \\in \\mathbb{R}^{m \\times n}$, $\\theta \\in \\mathbb{R}^n$, "
    "$y \\in \\mathbb{R}^m$ and $L = \\|X\\theta - y\\|^2$.\n\n"
)


def blocks(kind: str) -> list[str]:
    found = re.findall(rf"^( *)``` {kind}\n(.*?)^\1```", PAGE, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"(?m)^{indent}", "", text) for indent, text in found]


def test_the_finding_is_a_real_one() -> None:
    (shown,) = blocks("text")
    assert shown == (FOLDER / "rmarkdown.Rmd.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("box", blocks("md")[1:])
def test_a_box_for_what_is_wrong_on_purpose(box: str) -> None:
    report = proofread.check_page(read_notes(SETTING + box))
    assert report.accepted
    assert [one.refuted for one in report.statements][-1]
    right = box.replace("(y - X\\theta)", "(X\\theta - y)")
    assert not proofread.check_page(read_notes(SETTING + right)).accepted


def test_the_declarations_are_enough() -> None:
    assert proofread.check(blocks("md")[0]).accepted


def test_the_python_runs() -> None:
    (code,) = blocks("py")
    exec(code, {})


def test_hook_and_action_are_those_of_the_repository() -> None:
    hook, workflow = (yaml.safe_load(text) for text in blocks("yaml"))
    known = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["repos"][0]["hooks"][0]["id"] == known[0]["id"]
    step = workflow["jobs"]["formulas"]["steps"][1]
    folder = step["uses"].partition("proofread/")[2].partition("@")[0]
    action = yaml.safe_load((ROOT / folder / "action.yml").read_text(encoding="utf-8"))
    assert set(step["with"]) <= set(action["inputs"])
