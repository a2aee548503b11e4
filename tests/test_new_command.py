"""``proofread new derivation``: the page that it makes, and what it says when it cannot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from proofread.surfaces import cli
from proofread.surfaces.pages import check_file
from proofread.surfaces.tags.giving import new_tag

ROOT = Path(__file__).parent.parent
SITE = """site_name: Notes
nav:
  - Home: index.md
  - Derivations: # the heart of it
      - First: first.md

      - Second: second.md
  - About: about.md
theme: material
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site to work in."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(SITE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(title: str) -> int:
    return cli.main(["new", "derivation", title])


def test_the_page_passes_and_is_in_the_navigation(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new("  The gradient of   a norm ") == 0
    out, err = capsys.readouterr()
    assert out == (
        "docs/the-gradient-of-a-norm.md: a page that passes the check, to be changed into yours\n"
        "mkdocs.yml: the page stands under Derivations\n"
        "next: make serve, or proofread check docs/the-gradient-of-a-norm.md\n"
    )
    assert err == ""
    page = check_file(Path("docs/the-gradient-of-a-norm.md"))
    assert page.findings == ()
    verdicts = [one.verdict for one in page.report.statements if one.kind == "claim"]
    assert verdicts == ["holds", "holds", "holds", "fails"]
    text = Path("docs/the-gradient-of-a-norm.md").read_text(encoding="utf-8")
    assert text.startswith("<!-- layout: denominator -->\n\n# The gradient of a norm\n")
    for box in ("result", "setting", "route", "mistake", "refuted"):
        assert f"!!! {box} " in text
    assert Path("mkdocs.yml").read_text(encoding="utf-8") == SITE.replace(
        "second.md\n", 'second.md\n      - "The gradient of a norm": the-gradient-of-a-norm.md\n'
    )


def test_the_page_has_a_tag_where_the_site_has_tags(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = "tag,given,names,retired,note\n"
    Path("docs/tags.csv").write_text(header, encoding="utf-8")
    assert new("A norm") == 0
    tag = new_tag("a-norm.md", [])
    assert f"docs/tags.csv: its tag is {tag}\n" in capsys.readouterr().out
    given = Path("docs/tags.csv").read_text(encoding="utf-8").removeprefix(header)
    assert re.fullmatch(rf"{tag},\d{{4}}-\d\d-\d\d,a-norm\.md,,\n", given)


def test_this_site_has_a_place_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    monkeypatch.chdir(tmp_path / "docs")
    before = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    assert new("A new one") == 0
    after = (tmp_path / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    (added,) = [line for line in after if line not in before]
    assert added.strip() == '- "A new one": a-new-one.md'
    after.remove(added)
    assert after == before


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ('Rows, columns & "both": a tale', "rows-columns-both-a-tale"),
        ("Ein Überblick über σ'", "ein-uberblick-uber"),
        ("100 % of it: yes", "100-of-it-yes"),
        ("- a list?", "a-list"),
    ],
)
def test_odd_titles_stay_what_they_are(site: Path, title: str, name: str) -> None:
    assert new(title) == 0
    nav = yaml.safe_load(Path("mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    assert nav[1]["Derivations"][-1] == {title: f"{name}.md"}
    assert check_file(Path(f"docs/{name}.md")).findings == ()


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("", "an empty title gives the file no name: it needs a letter from a to z or a digit"),
        (
            "勾配",
            "the title “勾配” gives the file no name: it needs a letter from a to z or a digit",
        ),
        ("One\ntwo", "the title has a line break or another character that cannot be printed"),
        ("The \x1b[31m", "the title has a line break or another character that cannot be printed"),
        ("About $x$", "the title holds $, which Markdown reads: say it in words"),
        ("<script>", "the title holds <, which Markdown reads: say it in words"),
        ("x" * 101, "the title has 101 characters: at most 100 are wanted"),
        ("Old", "docs/old.md exists already: change that page, or take another title"),
        ("../Old?", "docs/old.md exists already: change that page, or take another title"),
    ],
)
def test_what_cannot_be_made(
    site: Path, capsys: pytest.CaptureFixture[str], title: str, message: str
) -> None:
    Path("docs/old.md").write_text("# Old\n", encoding="utf-8")
    assert new(title) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"proofread new: {message}\n"
    assert Path("mkdocs.yml").read_text(encoding="utf-8") == SITE
    assert [path.name for path in Path("docs").iterdir()] == ["old.md"]
    assert Path("docs/old.md").read_text(encoding="utf-8") == "# Old\n"


def test_outside_of_a_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert new("A title") == 2
    assert capsys.readouterr().err == (
        f"proofread new: no site here: neither {tmp_path} nor a folder above it has a mkdocs.yml\n"
    )
    (tmp_path / "mkdocs.yml").write_text(SITE, encoding="utf-8")
    assert new("A title") == 2
    assert capsys.readouterr().err == (
        f"proofread new: the site in {tmp_path} has no folder docs\n"
    )


@pytest.mark.parametrize(
    "nav",
    [
        "site_name: Notes\n",
        "nav:\n  - Home: index.md\n",
        "nav:\n  - Derivations: []\n  - Home: index.md\n",
        "nav: [{Derivations: [first.md]}]\n",
        "nav:\n  - Derivations:\n",
    ],
)
def test_a_navigation_without_that_part(
    site: Path, capsys: pytest.CaptureFixture[str], nav: str
) -> None:
    Path("mkdocs.yml").write_text(nav, encoding="utf-8")
    assert new("A title") == 0
    assert capsys.readouterr().out.splitlines()[1:3] == [
        "mkdocs.yml: has no list called Derivations that this can add to; write into its nav",
        '  - "A title": a-title.md',
    ]
    assert Path("mkdocs.yml").read_text(encoding="utf-8") == nav


def test_another_kind(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["new", "theorem", "A title"])
    assert stop.value.code == 2
    assert "invalid choice: 'theorem'" in capsys.readouterr().err
