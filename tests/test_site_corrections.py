"""The ways from a formula to its correction: what the links carry, and where they lead."""

from __future__ import annotations

from html import unescape
from importlib.metadata import version
from pathlib import Path
from re import findall
from urllib.parse import parse_qs, urlsplit

import pytest

from proofread.markdown.page import Piece
from proofread.records import FileReport, Place, Statement
from proofread.surfaces.site.corrections import Corrections, corrections_of
from proofread.surfaces.site.index import Site, SitePage, Target
from proofread.surfaces.site.starts import line_in_start
from proofread.surfaces.tags.register import parse
from tests.test_contributing import fields

ROOT = Path(__file__).parent.parent
REPO = "https://github.example/somebody/notes"
STATEMENT = Statement(3, 1, 5, 2, True, "a", "claim", "holds", label="eq-a")
TAGS = "tag,given,names,retired,note\nB123,2026-01-01,part/page.md,,\nC123,2026-01-01,eq-a,,\n"
BODY = "\n\n# A <title>\n\n$$\na & b\n$$\n"


def page(path: str = "part/page.md", body: str = BODY) -> SitePage:
    return SitePage(path, body, 4, FileReport(f"docs/{path}", "mixed", (STATEMENT,)), (), 0.0)


def corrections(
    built: SitePage, *, site_url: str = "https://notes.example/v1", repo_url: str = REPO
) -> Corrections:
    site = Site((built,), {"eq-a": Target("eq-a", built.path, "3.1", 5)}, tags=parse(TAGS))
    return Corrections(site, built, site_url, repo_url, "1.0, commit abc")


def piece(latex: str = "a & b", path: str | None = None) -> Piece:
    place = Place(5, 1, path)
    return Piece(latex, True, (place,), place, place)


def links(html: str) -> dict[str, str]:
    return {
        text: unescape(address) for address, text in findall(r'<a href="(.*?)">(.*?)</a>', html)
    }


def asked(address: str) -> dict[str, str]:
    return {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}


def test_a_report_brings_all_that_is_known() -> None:
    found = links(corrections(page()).links(piece(), ["eq-a"]))
    assert found["Open in the checker"] == "../../check/?page=part-page&line=3"
    report = found["Report a mistake"]
    assert report.startswith(f"{REPO}/issues/new?")
    assert asked(report) == {
        "template": "wrong-formula.yml",
        "title": "Wrong formula: (3.1) in “A <title>”",
        "formula": "a & b",
        "page": "https://notes.example/v1/part/page/#eq-a",
        "place": "docs/part/page.md, line 9, eq-a",
        "tag": "C123",
        "version": "1.0, commit abc",
        "checker": "https://notes.example/v1/check/?page=part-page&line=3",
    }
    assert set(asked(report)) - {"template", "title"} <= set(fields("wrong-formula.yml"))
    assert (ROOT / ".github" / "ISSUE_TEMPLATE" / asked(report)["template"]).is_file()


def test_a_formula_without_a_label_has_the_tag_of_its_page() -> None:
    report = asked(links(corrections(page()).links(piece(), []))["Report a mistake"])
    assert report["tag"] == "B123"
    assert report["title"] == "Wrong formula: in “A <title>”"
    assert report["place"] == "docs/part/page.md, line 9"
    assert report["page"] == "https://notes.example/v1/part/page/"


def test_a_site_that_does_not_know_its_address_leaves_it_out() -> None:
    found = links(corrections(page(), site_url="").links(piece(), []))
    assert set(asked(found["Report a mistake"])) == {
        "template", "title", "formula", "place", "tag", "version"
    }  # fmt: skip
    assert found["Open in the checker"] == "../../check/?page=part-page&line=3"


def test_without_a_repository_there_is_no_report() -> None:
    assert list(links(corrections(page(), repo_url="").links(piece(), []))) == [
        "Open in the checker"
    ]
    exercises = page(body='<p class="answer">\n')
    assert corrections(exercises, repo_url="").links(piece(), []) == ""


def test_answers_to_exercises_do_not_go_to_the_checker() -> None:
    found = links(corrections(page(body='# Exercises\n\n<p class="answer">\n')).links(piece(), []))
    assert list(found) == ["Report a mistake"]
    assert "checker" not in asked(found["Report a mistake"])


def test_a_formula_of_an_included_file_is_reported_there() -> None:
    found = links(corrections(page()).links(piece(path="snippets/rules.md"), []))
    assert list(found) == ["Report a mistake"]
    assert asked(found["Report a mistake"])["place"] == "snippets/rules.md, line 5"


def test_nothing_of_a_formula_gets_out_of_the_address() -> None:
    html = corrections(page()).links(piece('"><script>&amp;#\n+ 1 % 2'), [])
    assert "<script>" not in html
    report = asked(links(html)["Report a mistake"])
    assert report["formula"] == '"><script>&amp;#\n+ 1 % 2'


def test_a_long_formula_is_cut() -> None:
    report = asked(links(corrections(page()).links(piece("x" * 4000), []))["Report a mistake"])
    assert report["formula"] == "x" * 3000 + " …"


@pytest.mark.parametrize(("path", "here"), [("index.md", "check"), ("a.md", "../check")])
def test_the_checker_is_found_from_every_page(path: str, here: str) -> None:
    address = links(corrections(page(path)).links(piece(), []))["Open in the checker"]
    assert address.partition("/?")[0] == here


def test_the_version_is_the_package_and_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    built = page()
    said = corrections_of(Site((built,), {}), built, "", REPO).version
    assert said.startswith(f"{version('proofread')}, commit ")


def test_a_line_is_where_the_checker_has_it(tmp_path: Path) -> None:
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets" / "code.py").write_text("one\ntwo\nthree\n")
    body = '\n\n# Title\n\n``` py\n--8<-- "code.py"\n```\n\n$$\na\n$$\n'
    assert line_in_start(tmp_path, body, 3) == 1
    assert line_in_start(tmp_path, body, 5) == 3
    assert line_in_start(tmp_path, body, 9) == 10  # an include ends with a blank line
    assert line_in_start(tmp_path, body, 1) == 1
