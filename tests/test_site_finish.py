"""The last step of the build: the policy of a page, and what works without a network."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from proofread.surfaces.files import CannotStart
from proofread.surfaces.site.finish import files_of, policy_of, seal, version_of

HEAD = '<html><head><meta charset="utf-8">'


def digest(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def scripts(policy: str) -> str:
    return next(rule for rule in policy.split("; ") if rule.startswith("script-src "))


def test_inline_scripts_are_let_in_by_their_hash_alone() -> None:
    html = f'{HEAD}<script>let a = 1;</script><script src="x.js"></script>'
    assert scripts(policy_of(html, checker=False)) == f"script-src 'self' {digest('let a = 1;')}"


def test_data_needs_no_leave() -> None:
    html = f'{HEAD}<script id="c" type="application/json">{{}}</script>'
    assert scripts(policy_of(html, checker=False)) == "script-src 'self'"


def test_webassembly_runs_on_the_checkers_pages_alone() -> None:
    assert "wasm" not in policy_of(HEAD, checker=False)
    assert scripts(policy_of(HEAD, checker=True)) == "script-src 'self' 'wasm-unsafe-eval'"


def test_style_attributes_are_let_in_where_katex_has_drawn() -> None:
    drawn = f'{HEAD}<span class="katex" style="height:1em"></span>'
    assert "style-src-attr 'unsafe-inline'" in policy_of(drawn, checker=False)
    assert "style-src-attr" not in policy_of(HEAD, checker=False)


def test_the_policy_stands_before_everything_else(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text(f"{HEAD}<script>a</script>", encoding="utf-8")
    seal(page, "abc")
    html = page.read_text(encoding="utf-8")
    assert html.startswith(f'{HEAD}<meta http-equiv="Content-Security-Policy" content="default')
    assert '<meta name="proofread-version" content="abc"><script>' in html


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<html><head>", "does not say its character set where it is expected"),
        (f'{HEAD}<p style="color: red">', "has style attributes that KaTeX does not ask for"),
    ],
)
def test_a_page_that_cannot_be_sealed_ends_the_build(
    tmp_path: Path, html: str, message: str
) -> None:
    page = tmp_path / "index.html"
    page.write_text(html, encoding="utf-8")
    with pytest.raises(CannotStart, match=message):
        seal(page, None)


def test_what_works_without_a_network(tmp_path: Path) -> None:
    for name, text in (
        ("check/index.html", '<link href="../assets/a.css"><script src="app/entry.js"></script>'),
        ("check/app/entry.js", "1"),
        ("check/app/other.js", "2"),
        ("check/sw.js", "3"),
        ("assets/a.css", "4"),
        ("assets/b.css", "5"),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    names = files_of([tmp_path / "check" / "index.html"], tmp_path)
    assert names == ["../assets/a.css", "./", "app/entry.js", "app/other.js"]
    before = version_of(names, tmp_path)
    (tmp_path / "assets" / "b.css").write_text("6", encoding="utf-8")
    assert version_of(names, tmp_path) == before
    (tmp_path / "check" / "app" / "other.js").write_text("7", encoding="utf-8")
    assert version_of(names, tmp_path) != before
