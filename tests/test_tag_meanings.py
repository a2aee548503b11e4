"""A tag keeps its formula: another one, or another statement, needs a word in the note."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from proofread.rendering.text import render_finding, source_of
from proofread.surfaces.tags.meaning import changed
from proofread.surfaces.tags.register import FILE, parse
from tests.test_tags import git

HEADER = "tag,given,names,retired,note"
SQUARE = "B4K2,2026-11-21,eq-square,,"
GRADIENT = "C111,2026-11-21,eq-gradient,,"
PAGE = r"""# Page

Let $x \in \mathbb{R}^n$.

$$
s = x^\top x
\label{eq-square}
$$

$$
\nabla_x s = 2 x \quad \text{(the rule of squares)}
\label{eq-gradient}
$$
"""
SWAPPED = (
    PAGE.replace("eq-square", "eq-other")
    .replace("eq-gradient", "eq-square")
    .replace("eq-other", "eq-gradient")
)


def lines(*given: str) -> str:
    return "\n".join([HEADER, *given, ""])


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site whose main branch has one page with two tagged formulas."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Test")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "test@example.org")
        monkeypatch.setenv(f"GIT_{name}_DATE", "2026-11-21T12:00:00+0000")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: A site\n", encoding="utf-8")
    publish(tmp_path, PAGE, SQUARE, GRADIENT)
    git(tmp_path, "tag", "v0.1")
    return tmp_path


def write(site: Path, page: str, *tags: str) -> None:
    (site / "docs" / "page.md").write_text(page, encoding="utf-8")
    (site / FILE).write_text(lines(*tags), encoding="utf-8")


def publish(site: Path, page: str, *tags: str) -> None:
    write(site, page, *tags)
    git(site, "add", ".")
    git(site, "commit", "-q", "--allow-empty", "-m", "docs")


def said(site: Path) -> list[str]:
    text = (site / FILE).read_text(encoding="utf-8")
    return [render_finding(one, source_of(text, FILE)) for one in changed(site, parse(text))]


FINDING = r"""error[moved-tag]: the tag B4K2 names another formula than it did, without a note
 --> docs/tags.csv:2:1
  |
2 |    B4K2,2026-11-21,eq-square,,
  |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: the release v0.1 has s = x^\top x
  = note: eq-square is now \nabla_x s = 2 x \quad \text{(the rule of squares)}
  = help: where the formula was corrected, say in the note what was wrong
  = help: where the label went to another formula, put it back"""


@pytest.mark.parametrize("on_main", [False, True], ids=["proposed", "on-main"])
def test_swapped_labels_are_found(site: Path, *, on_main: bool) -> None:
    assert said(site) == []
    (publish if on_main else write)(site, SWAPPED, SQUARE, GRADIENT)
    first, second = said(site)
    assert first == FINDING
    assert second.startswith(
        "error[moved-tag]: the tag C111 names another formula than it did, without a note\n"
        " --> docs/tags.csv:3:1\n"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"\nabla_x s = 2 x ", "\\nabla_{\\mathbf{x}} s\n=  2\\,x"),
        (r"\nabla_x s = 2 x ", r"\nabla_x s = x + x = 2 x "),
        (r"\nabla_x s = 2 x ", r"\nabla_x s = 2 x = 2 I x "),
        ("(the rule of squares)", "(as for numbers)"),
        (
            r"\nabla_x s = 2 x \quad \text{(the rule of squares)}",
            r"\begin{aligned} \nabla_x s &= x + x \\ &= 2x && \text{(twice)} \end{aligned}",
        ),
        ("# Page", "# Another title"),
    ],
)
def test_another_spelling_and_more_steps_are_the_same_formula(
    site: Path, old: str, new: str
) -> None:
    assert old in PAGE
    write(site, PAGE.replace(old, new), SQUARE, GRADIENT)
    assert said(site) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("= 2 x", "= -2 x"),
        ("= 2 x", r"\ge 2 x"),
        (r"\nabla_x s", r"\nabla_x (2 s)"),
        ("2 x", "2 X"),
    ],
)
def test_another_statement_needs_a_note(site: Path, old: str, new: str) -> None:
    page = PAGE.replace(old, new)
    write(site, page, SQUARE, GRADIENT)
    (finding,) = said(site)
    assert finding.splitlines()[0] == (
        "error[moved-tag]: the tag C111 names another formula than it did, without a note"
    )
    write(site, page, SQUARE, f"{GRADIENT}the sign was wrong")
    assert said(site) == []


def test_a_note_is_good_for_one_correction(site: Path) -> None:
    corrected = PAGE.replace("= 2 x", "= -2 x")
    publish(site, corrected, SQUARE, f"{GRADIENT}the sign was wrong")
    assert said(site) == []
    write(site, corrected.replace("= -2 x", "= 3 x"), SQUARE, f"{GRADIENT}the sign was wrong")
    (finding,) = said(site)
    assert "on the main branch has \\nabla_x s = -2 x" in finding
    write(site, PAGE, SQUARE, f"{GRADIENT}the sign was wrong; it was not")
    assert said(site) == []


def test_of_a_tag_that_moved_nothing_more_is_said(site: Path) -> None:
    write(site, SWAPPED, "B4K2,2026-11-21,eq-gradient,,", "C111,2026-11-21,eq-square,,")
    assert said(site) == []


def test_a_formula_may_move_to_another_page_and_a_tag_be_retired(site: Path) -> None:
    (site / "docs" / "new.md").write_text(PAGE, encoding="utf-8")
    (site / "docs" / "page.md").unlink()
    assert said(site) == []
    write(site, SWAPPED, SQUARE, "C111,2026-11-21,eq-gradient,2026-11-22,see B4K2")
    (site / "docs" / "new.md").unlink()
    (finding,) = said(site)
    assert "the tag B4K2" in finding
