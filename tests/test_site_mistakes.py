"""One character typed wrongly into a formula of a page, and the build says where it is."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jupytext
import markdown
import pytest

from proofread.markdown.configuration import configuration
from proofread.surfaces.site.index import read_site

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Mistake:
    """What stands on a page, and the same with one character replaced, left out or added."""

    page: str
    right: str
    wrong: str
    code: str
    """What the finding calls it."""

    def place(self, text: str) -> tuple[int, int]:
        """Line and column of the character."""
        at = next(
            (n for n, pair in enumerate(zip(self.right, self.wrong, strict=False))
             if pair[0] != pair[1]), len(self.wrong),
        )  # fmt: skip
        before = text[: text.index(self.right) + at]
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def is_one_character(self) -> bool:
        """Whether the two differ in one place by one character at the most."""
        start = 0
        while self.right[start : start + 1] == self.wrong[start : start + 1] != "":
            start += 1
        left, right = self.right[start:], self.wrong[start:]
        return left != right and (left[1:] == right[1:] or left[1:] == right or left == right[1:])


MISTAKES = (
    Mistake("index.md", r"= 2 X^\top e = 2", r"= 2 X^\tp e = 2", "unknown-command"),
    Mistake("notation.md", r"\nabla_X L = 2 e \theta^\top", r"\nabla_X L = 2 y \theta^\top",
            "step-unequal"),
    Mistake("layout-numerator.md", r"X} = 2 \theta e^\top", r"X} = 3 \theta e^\top",
            "step-unequal"),
    Mistake("routes.md", r"&= 2 X^\top (X\theta - y)", r"&= 2 X^\top (X\theta + y)",
            "step-unequal"),
    Mistake("routes.md", r"+ 2 e_2 x_{21} +", r"+ 2 e_2 x_{22} +", "step-unequal"),
    Mistake("routes.md", r"That is $\nabla_e L$", r"That is $\nabla_f L$", "undeclared-symbol"),
    Mistake("element-by-element.md", r"x_{jk} \delta_{ki}", r"x_{jk} \delta_{kj}",
            "step-unequal"),
    Mistake("matrix-form.md", r"W} = \frac{1}{n} X^\top (XW - Y)",
            r"W} = \frac{2}{n} X^\top (XW - Y)", "step-unequal"),
    Mistake("matrix-form.md", r"&= \frac{1}{n} X^\top (X w - y)",
            r"&= \frac{1}{n} X^\top (X w   y)", "shape-mismatch"),
    Mistake("total-differential.md", r"X^\top (X \boldsymbol{w} - \boldsymbol{t})",
            r"X^\top (X \boldsymbol{w} + \boldsymbol{t})", "step-unequal"),
    Mistake("rule-by-rule.md", r"\frac{\partial}{\partial u} u^2 = 2u",
            r"\frac{\partial}{\partial u} u^2 = 2", "step-unequal"),
    Mistake("four-conventions.md", r"= 2m \, \nabla_\theta", r"= 2n \, \nabla_\theta",
            "step-unequal"),
    Mistake("notebooks/gradient-descent.py", r"L(\theta) = \frac{2}{m} X^\top X",
            r"L(\theta) = \frac{2}{n} X^\top X", "step-unequal"),
    Mistake("errata.md", "\n$$\n\\hat{y}_i = \\sum", "\n$\n\\hat{y}_i = \\sum", "latex-syntax"),
)  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site, with what was found out about its pages and formulas already."""
    copy = tmp_path_factory.mktemp("site")
    for name in ("mkdocs.yml", "requirements.txt", "CITATION.cff"):
        shutil.copy(ROOT / name, copy)
    shutil.copytree(ROOT / "snippets", copy / "snippets")
    shutil.copytree(ROOT / "docs", copy / "docs", ignore=shutil.ignore_patterns("vendor", "app"))
    (copy / "node_modules").symlink_to(ROOT / "node_modules")
    if (ROOT / ".cache").is_dir():  # the build's: a page is checked again when it changes
        shutil.copytree(ROOT / ".cache", copy / ".cache")
    return copy


@pytest.fixture
def changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The copy as the working directory; whatever is done to its pages is undone."""
    monkeypatch.chdir(root)
    before = {path: path.read_bytes() for path in root.joinpath("docs").rglob("*.*")}
    yield root / "docs"
    for path, content in before.items():
        if path.read_bytes() != content:
            path.write_bytes(content)


def warnings_of(path: str, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the build warns of when it makes the page, which a strict build does not survive."""
    body = next(page.body for page in read_site().pages if page.path == path)
    if not path.endswith(".md"):
        cells = jupytext.reads(body, fmt="py:percent").cells
        texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
        body = f"<!-- proofread: page {path} -->\n\n" + "\n\n".join(texts)
    extensions, settings = configuration()
    md = markdown.Markdown(
        extensions=[*extensions, "proofread.surfaces.site.extension"], extension_configs=settings
    )
    caplog.clear()
    md.convert(body)
    assert all(record.name.startswith("mkdocs.") for record in caplog.records)
    assert all(record.levelno >= logging.WARNING for record in caplog.records)
    return caplog.messages


@pytest.mark.parametrize("path", sorted({mistake.page for mistake in MISTAKES}))
def test_the_page_as_it_is_gives_no_warning(
    changed: Path, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    assert warnings_of(path, caplog) == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: f"{one.page}-{one.wrong}")
def test_a_mistake_is_found_at_its_place(
    changed: Path, caplog: pytest.LogCaptureFixture, mistake: Mistake
) -> None:
    page = changed / mistake.page
    text = page.read_text(encoding="utf-8")
    assert mistake.is_one_character()
    assert mistake.right in text, f"docs/{mistake.page} does not say {mistake.right} any more"
    page.write_text(text.replace(mistake.right, mistake.wrong, 1), encoding="utf-8")
    line, column = mistake.place(text)
    warnings = warnings_of(mistake.page, caplog)
    assert warnings
    head, arrow, *_ = warnings[0].splitlines()
    assert head.startswith(f"error[{mistake.code}]: ")
    place = arrow.strip().removeprefix("--> ").split(" ")[0].split(":")
    assert place[:2] == [f"docs/{mistake.page}", str(line)]
    assert int(place[2]) <= column, "the finding begins behind the mistake"
    assert f'= rerun: pytest "docs/{mistake.page}::' in warnings[0].splitlines()[-1]


@pytest.mark.parametrize("shown_in", ["README.md", "docs/contributing.md"])
def test_the_finding_that_newcomers_are_shown_is_real(
    changed: Path, caplog: pytest.LogCaptureFixture, shown_in: str
) -> None:
    mistake = next(one for one in MISTAKES if one.wrong.endswith(r"(X\theta + y)"))
    page = changed / mistake.page
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace(mistake.right, mistake.wrong, 1), encoding="utf-8")
    (finding,) = warnings_of(mistake.page, caplog)
    shown = (ROOT / shown_in).read_text(encoding="utf-8")
    assert f"\n{finding}\n```" in shown, f"{shown_in} should show this:\n{finding}"
