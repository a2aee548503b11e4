"""All derivations on one page, and the site as a ZIP that is read from a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

from proofread.records import FileReport
from proofread.surfaces.site.citations import Work
from proofread.surfaces.site.index import SitePage
from proofread.surfaces.site.paper.archive import NAME, for_a_folder, write_archive
from proofread.surfaces.site.paper.pages import Built, read_soup
from proofread.surfaces.site.paper.whole import parts_of, section_of, write_parts

WORK = Work("Proofread: a site", ("The authors",), "0.1.0", "2026-11-01")
REPORT = FileReport("", "mixed", ())


def built(path: str, body: str) -> Built:
    page = SitePage(path, "", 0, REPORT, (), 0.0)
    head = '<link rel="stylesheet" href="../assets/a.css">'
    return Built(page, read_soup(f"{head}<article><h1>The {path}</h1>{body}</article>"))


def write(folder: Path, pages: Sequence[Built], titles: Mapping[str, str]) -> None:
    """Write pages by their parts."""
    parts = [part for part, _ in parts_of([one.page for one in pages], titles)]
    sections = list(map(section_of, pages, parts))
    write_parts(folder, pages[0], WORK, zip(parts, sections, strict=True))


def whole(folder: Path, *pages: Built) -> str:
    write(folder, pages, dict.fromkeys((one.page.path for one in pages), "All"))
    return (folder / "print" / "all" / "index.html").read_text(encoding="utf-8")


def test_each_part_of_the_navigation_is_a_page(tmp_path: Path) -> None:
    first, second, third = (built(path, "") for path in ("a.md", "b/c.md", "d.md"))
    write(tmp_path, [first, second, third], {"a.md": "The first", "b/c.md": "Part two"})
    contents = (tmp_path / "print" / "index.html").read_text(encoding="utf-8")
    assert (
        '<h2><a href="the-first/">The first</a></h2>\n'
        '<ol>\n<li><a href="the-first/#a">The a.md</a></li>\n</ol>\n'
        '<h2><a href="part-two/">Part two</a></h2>\n'
        '<ol>\n<li><a href="part-two/#b-c">The b/c.md</a></li>\n</ol>\n'
        '<h2><a href="other-pages/">Other pages</a></h2>\n'
        '<ol>\n<li><a href="other-pages/#d">The d.md</a></li>\n</ol>\n'
    ) in contents
    part = (tmp_path / "print" / "part-two" / "index.html").read_text(encoding="utf-8")
    assert "<title>Part two, to print - Proofread</title>" in part
    assert '<link href="../../assets/a.css" rel="stylesheet"/>' in part
    assert '<a href="../../">the site</a>' in part
    assert '<section class="whole-page" id="b-c"><h1>The b/c.md</h1></section>' in part


def test_pages_become_parts_with_names_of_their_own(tmp_path: Path) -> None:
    first = built("a.md", '<h2 id="x">X</h2><svg><path fill="url(#x)"></path></svg>')
    second = built("b/c.md", '<p id="x" aria-labelledby="y"></p>')
    html = whole(tmp_path, first, second)
    assert '<li><a href="#a">The a.md</a></li>\n<li><a href="#b-c">The b/c.md</a></li>' in html
    assert '<section class="whole-page" id="a"><h1>The a.md</h1><h2 id="a--x">X</h2>' in html
    assert 'fill="url(#a--x)"' in html
    assert '<p aria-labelledby="b-c--y" id="b-c--x">' in html
    assert '<link href="../../assets/a.css" rel="stylesheet"/>' in html


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("#x", "#a--x"),
        ("../b/c/", "#b-c"),
        ("../b/c/#x", "#b-c--x"),
        ("../status/", "../../status/"),
        ("../status/#x", "../../status/#x"),
        ("../p.svg", "../../p.svg"),
        ("a.tex", "../../a/a.tex"),
        ("https://example.org/#x", "https://example.org/#x"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_links_between_the_parts_stay_within(tmp_path: Path, written: str, becomes: str) -> None:
    html = whole(tmp_path, built("a.md", f'<a href="{written}">l</a>'), built("b/c.md", ""))
    assert f'<a href="{becomes}">l</a>' in html


def test_only_what_is_said_comes_along(tmp_path: Path) -> None:
    html = whole(
        tmp_path,
        built(
            "a.md",
            '<!-- c --><div class="page-cite">cite</div><form>f</form><script>s</script>'
            '<details class="check" data-state="holds"><summary>holds</summary>'
            '<div class="check-details">details</div></details>'
            "<details><summary>Answer</summary><p>Yes.</p></details>",
        ),
    )
    assert (
        '<h1>The a.md</h1><span class="check" data-state="holds">holds</span>'
        '<details open=""><summary>Answer</summary><p>Yes.</p></details></section>'
    ) in html


# The ZIP -----------------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in (
        ("index.html", '<a href="a/">a</a>'),
        ("a/index.html", '<a href="..">home</a>'),
        ("a/a.tex", "tex"),
        ("tag/B4K2/index.html", ""),
        ("assets/a.css", "css"),
        ("assets/a.css.map", "map"),
        ("check/index.html", "<article>editor</article>"),
        ("check/app/entry.js", "1"),
        ("check/sw.js", "2"),
        ("search/search_index.json", "{}"),
        ("sitemap.xml", ""),
        ("404.html", ""),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_archive_holds_what_can_be_read(site: Path) -> None:
    write_archive(site, WORK)
    with ZipFile(site / NAME) as archive:
        assert archive.namelist() == [
            f"proofread/{name}"
            for name in ("README.txt", "a/a.tex", "a/index.html", "assets/a.css",
                         "check/index.html", "index.html", "tag/B4K2/index.html")
        ]  # fmt: skip
        assert archive.read("proofread/a/index.html") == b'<a href="../index.html">home</a>'
        assert (
            b"<p>The checker needs a server, and so it is on the site alone.</p>"
            in archive.read("proofread/check/index.html")
        )
        assert b"version 0.1.0" in archive.read("proofread/README.txt")


def test_the_archive_of_the_same_site_is_the_same(site: Path) -> None:
    write_archive(site, WORK)
    first = (site / NAME).read_bytes()
    for file in site.rglob("*.html"):
        file.touch()
    write_archive(site, WORK)
    assert (site / NAME).read_bytes() == first
    (site / "a" / "a.tex").write_text("another", encoding="utf-8")
    write_archive(site, WORK)
    assert (site / NAME).read_bytes() != first


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ('<a href="a/">', '<a href="a/index.html">'),
        ('<a class="x" href="a/#b" title="a/">', '<a class="x" href="a/index.html#b" title="a/">'),
        ('<a href="check/?page=a&amp;line=1">', '<a href="check/index.html">'),
        ('<a href="./">', '<a href="./index.html">'),
        ('<a href="#b">', '<a href="#b">'),
        ('<a href="proofread.zip" download>', '<a href="README.txt" download>'),
        ('<a href="a/a.tex">', '<a href="a/a.tex">'),
        ('<a href="https://example.org/a/">', '<a href="https://example.org/a/">'),
        ('<meta http-equiv="refresh" content="0; url=a/#b">',
         '<meta http-equiv="refresh" content="0; url=a/index.html#b">'),
        ("<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self'\">",
         "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self' file:\">"),
        ('<link rel="preload" href="f.woff2">', ""),
        ('<script type="module" src="x.js">', '<script type="text/plain">'),
        ('<form class="f" name="search">', "<form hidden>"),
        ('<div data-md-component="search">', '<div data-md-component="search" hidden>'),
        ('<label class="l" for="__search">', '<label class="l" for="__search" hidden>'),
    ],
)  # fmt: skip
def test_a_page_for_a_folder(site: Path, written: str, becomes: str) -> None:
    text = '<!doctype html>\n<p>It\'s &lt;a href="a/"> &amp; é</p>\n'
    assert for_a_folder(f"{text}{written}{text}", "index.html", site) == f"{text}{becomes}{text}"
