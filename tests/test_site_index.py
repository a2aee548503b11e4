"""What all pages say together, and that a page is checked again only when it must be."""

import os
from pathlib import Path

import pytest

from proofread.records import FileReport, Statement
from proofread.rendering.text import source_of
from proofread.surfaces.pages import CheckedPage
from proofread.surfaces.site import index
from proofread.surfaces.site.index import read_site

NAV = "nav:\n- Home: index.md\n- Part:\n    - B: b.md\n    - A: parts/a.md\n"


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A site of three pages in the working directory; the list says which were checked."""
    calls: list[str] = []

    def check_file(path: Path) -> CheckedPage:
        calls.append(path.name)
        text = path.read_text(encoding="utf-8")
        labels = [line.split()[1] for line in text.splitlines() if line.startswith("label ")]
        statements = tuple(
            Statement(line, 1, line, 2, True, "x", "claim", "holds", label=label, piece=line)
            for line, label in enumerate(labels, start=1)
        )
        report = FileReport(path.as_posix(), "mixed", statements)
        return CheckedPage(report, source_of(text), in_site=True)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(index, "check_file", check_file)
    Path("mkdocs.yml").write_text(NAV, encoding="utf-8")
    Path("docs", "parts").mkdir(parents=True)
    write("index.md", "# Home\n")
    write("parts/a.md", "---\ntitle: A\n---\n\n# Page A\n\nlabel eq-a\nlabel eq-b\n")
    write("b.md", "# Page B\n\nlabel eq-c\n")
    return calls


def write(name: str, text: str) -> None:
    path = Path("docs", name)
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 1_000_000, before + 1_000_000))


def test_numbers_follow_the_navigation(checked: list[str]) -> None:
    site = read_site()
    assert [page.path for page in site.pages] == ["index.md", "b.md", "parts/a.md"]
    assert site.numbers() == {"eq-c": "2.1", "eq-a": "3.1", "eq-b": "3.2"}
    assert site.duplicates == ()
    assert checked == ["index.md", "b.md", "a.md"]


def test_a_label_given_twice(checked: list[str]) -> None:
    write("b.md", "# Page B\n\nlabel eq-b\n")
    ((first, second),) = read_site().duplicates
    assert (first.path, second.path) == ("b.md", "parts/a.md")
    assert checked


@pytest.mark.usefixtures("checked")
def test_a_page_is_found_by_what_mkdocs_hands_over() -> None:
    site = read_site()
    page = site.find("# Page A\n\nlabel eq-a\nlabel eq-b\n")
    assert page is not None
    assert (page.path, page.front, page.title) == ("parts/a.md", 4, "Page A")
    assert site.find("# Another page") is None
    named = site.find("<!-- proofread: page b.md -->\n\nwhatever")
    assert named is not None
    assert named.path == "b.md"


def test_only_what_changed_is_checked_again(checked: list[str]) -> None:
    first = read_site()
    checked.clear()
    assert read_site() is first
    write("b.md", "# Page B\n\nlabel eq-new\n")
    assert read_site().numbers()["eq-new"] == "2.1"
    assert checked == ["b.md"]


def test_what_all_pages_depend_on_has_all_checked_again(checked: list[str]) -> None:
    read_site()
    checked.clear()
    write("macros.tex", "\\newcommand{\\R}{\\mathbb{R}}\n")
    read_site()
    assert sorted(checked) == ["a.md", "b.md", "index.md"]


def test_what_is_stored_is_read_again_by_the_next_build(checked: list[str]) -> None:
    read_site()
    checked.clear()
    index._read_site.cache_clear()
    assert read_site().numbers() == {"eq-c": "2.1", "eq-a": "3.1", "eq-b": "3.2"}
    assert checked == []


def test_what_is_stored_is_read_however_the_folder_is_called(checked: list[str]) -> None:
    Path("snippets").mkdir()
    Path("snippets", "a.py").write_text("x = 1\n", encoding="utf-8")
    read_site()
    checked.clear()
    assert read_site(Path.cwd()).numbers() == {"eq-c": "2.1", "eq-a": "3.1", "eq-b": "3.2"}
    assert checked == []


def test_a_stored_report_of_another_version_is_no_obstacle(checked: list[str]) -> None:
    read_site()
    checked.clear()
    index._read_site.cache_clear()
    Path(".cache", "reports", "b.md.pickle").write_bytes(b"something else")
    read_site()
    assert checked == ["b.md"]
