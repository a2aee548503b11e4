"""The reference: the parts of each page, its numbers, what builds on what, and the symbols."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import tostring

import pytest
from markdown import Markdown

from proofread.records import FileReport, Statement, SymbolRow
from proofread.surfaces.site import prerequisites
from proofread.surfaces.site.glossary import read_glossary
from proofread.surfaces.site.glossary import table as glossary_table
from proofread.surfaces.site.index import Site, SitePage, Target, read_site
from proofread.surfaces.site.prerequisites import Circular, depths, figure, prerequisites_of
from proofread.surfaces.site.reference import claims_of, is_derivation, refuted_of, table

ROOT = Path(__file__).parents[1]
FOLDERS = (
    "foundations",
    "linear-models",
    "classification",
    "gaussians",
    "networks",
    "factorisations",
)
PAGES = sorted(path for folder in FOLDERS for path in (ROOT / "docs" / folder).glob("*.md"))

PARTS = (
    ("a result", r"!!! result "),
    ("a setting", r"!!! setting "),
    ("what it builds on", r"    Builds on \["),
    ("a route", r" *!!! route "),
    ("its use and limits", r"## Use and limits$"),
    ("the mistakes", r"!!! mistake "),
    ("a mistake that is refuted", r"    !!! refuted "),
    ("something to try", r"## Check yourself$"),
    ("an exercise", r"!!! exercise "),
    ("its sources", r"## Sources$"),
)
"""What a page of the reference has, each first behind the one before it."""


def missing(text: str) -> list[str]:
    """What a page lacks, or has too early."""
    found, place = [], 0
    for name, pattern in PARTS:
        match = re.compile(f"^{pattern}", re.MULTILINE).search(text, place)
        if match:
            place = match.end()
        else:
            found.append(name)
    if len(re.findall(r"!!! route ", text)) < 2:
        found.append("a second route")
    if len(re.findall(r"!!! refuted ", text)) < 3:
        found.append("three mistakes")
    if not re.search(r'^ *--8<-- "', text, re.MULTILINE):
        found.append("a function")
    if not re.search(r"\[(numerator|denominator|mixed) layout\]\(", text):
        found.append("its layout")
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_page_has_all_its_parts_in_their_order(path: Path) -> None:
    assert missing(path.read_text(encoding="utf-8")) == []


def test_a_page_that_lacks_a_part() -> None:
    text = PAGES[0].read_text(encoding="utf-8")
    assert missing(text.replace("## Use and limits", "## Uses")) == ["its use and limits"]
    assert missing(text.replace("!!! setting ", "!!! note ")) == ["a setting"]
    assert missing("") == [
        *(name for name, _ in PARTS),
        "a second route",
        "three mistakes",
        "a function",
        "its layout",
    ]


@pytest.fixture(scope="module")
def site() -> Site:
    return read_site(ROOT)


def test_the_pages_are_derivations_in_the_navigation(site: Site) -> None:
    derivations = {ROOT / page.file for page in site.pages if is_derivation(page)}
    assert set(PAGES) <= derivations
    assert {path.parent.name for path in PAGES} == set(FOLDERS)


def test_no_page_builds_on_itself(site: Site) -> None:
    read = prerequisites.read_prerequisites(site)
    assert max(depths(read).values()) > 2
    reference = {page.path for page in site.pages if ROOT / page.file in PAGES}
    assert reference <= read.keys()


# Pages made for the test ------------------------------------------------------------------------


def statement(latex: str, verdict: str = "holds", **more: object) -> Statement:
    return Statement(1, 1, 1, 2, True, latex, "claim", verdict, **more)  # type: ignore[arg-type]


def page(path: str, body: str = "", *said: Statement, symbols: tuple[SymbolRow, ...] = (),
         boxes: dict[str, int] | None = None) -> SitePage:  # fmt: skip
    report = FileReport(f"docs/{path}", "mixed", said, symbols=symbols)
    return SitePage(path, body, 0, report, (), 0.0, {}, Counter(boxes or {}))


def test_what_a_page_builds_on() -> None:
    text = "    Builds on [a](a.md), [b](../y/b.md#part) and [c](../c.md).\n\nSee [d](d.md).\n"
    assert prerequisites_of(page("x/p.md", text)) == ("x/a.md", "y/b.md", "c.md")
    assert prerequisites_of(page("p.md", "See [d](d.md).")) == ()


def test_the_longest_way_gives_the_column() -> None:
    assert depths({"a": (), "b": ("a",), "c": ("a", "b")}) == {"a": 0, "b": 1, "c": 2}
    with pytest.raises(Circular) as error:
        depths({"a": ("c",), "b": ("a",), "c": ("b",)})
    assert str(error.value) == "a builds on c builds on b builds on a"


def test_the_map_links_every_page() -> None:
    first = page("a.md", "# A & co\n")
    second = page("x/b.md", "# B\n\n    Builds on [a](../a.md).\n")
    md = Markdown()
    drawn, words = figure(md, Site((first, second), {}), "map.md")
    svg = md.htmlStash.rawHtmlBlocks[0]
    assert '<a href="../a/" class="map-page" data-part="first"><title>A &amp; co</title>' in svg
    assert '<a href="../x/b/" class="map-page" data-part="x"><title>B</title>' in svg
    assert svg.count('class="map-way"') == 1
    assert drawn.get("role") == "region"
    assert "".join(words.itertext()) == "A & co builds on no other.B builds on A & co."


def test_a_circle_is_complained_of(caplog: pytest.LogCaptureFixture) -> None:
    pages = (page("a.md", "Builds on [b](b.md)."), page("b.md", "Builds on [a](a.md)."))
    assert list(figure(Markdown(), Site(pages, {}), "map.md")) == []
    assert caplog.messages == [
        (
            "error[circular-pages]: these pages build on each other in a circle: "
            "a.md builds on b.md builds on a.md\n --> docs/a.md:1:1"
        )
    ]


def test_the_glossary_has_a_row_for_each_meaning() -> None:
    matrix, vector = SymbolRow("X", "m×n", "ℝ", 1), SymbolRow("X", "n×1", "ℝ", 2)
    greek = SymbolRow(r"\lambda", "scalar", "ℝ", 3)
    pages = (
        page("a.md", "# A\n", symbols=(matrix, greek)),
        page("b.md", "# B\n", symbols=(vector,)),
        page("c.md", "# C\n", symbols=(matrix,)),
    )
    read = read_glossary(Site(pages, {}))
    assert {name: {meaning: [one.path for one in at] for meaning, at in meanings.items()}
            for name, meanings in read.items()} == {
        r"\lambda": {("scalar", "ℝ"): ["a.md"]},
        "X": {("m×n", "ℝ"): ["a.md", "c.md"], ("n×1", "ℝ"): ["b.md"]},
    }  # fmt: skip
    (box,) = glossary_table(Markdown(), Site(pages, {}), "glossary.md")
    html = tostring(box, encoding="unicode")
    assert '<td rowspan="2">' in html
    assert '<td><a href="a.md">A</a>; <a href="c.md">C</a></td>' in html


def test_a_claim_that_stands_twice_counts_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wrong = statement("a = c", "fails", refuted=True, expected="fails")
    said = (statement("a = b"), statement("a =  b"), statement("b = c"), wrong)
    derived = page("a.md", "``` text\na\n```\n", *said,
                   boxes={"result": 1, "setting": 1, "route": 2})  # fmt: skip
    assert claims_of(derived) == 2
    assert refuted_of(derived) == 1
    assert is_derivation(derived)
    other = page("b.md", "", boxes={"result": 1, "setting": 1, "route": 1})
    assert not is_derivation(other)
    monkeypatch.chdir(tmp_path)
    Path("snippets").mkdir()
    Path("snippets", "s.py").write_text("# formula eq-a\n# formula eq-gone\n", encoding="utf-8")
    labels = {name: Target(name, "a.md", "1.1", 1) for name in ("eq-a", "eq-b")}
    (box,) = table(Site((derived, other), labels))
    cells = [[cell.text for cell in row] for row in box.iter("tr")]
    assert cells == [
        ["derivations by two routes or more", "1"],
        ["claims that hold, each different one of a page once", "2"],
        ["formulas that are wrong on purpose, and refuted", "1"],
        ["labelled formulas", "2"],
        ["of these, computed by a NumPy function, too", "1"],
        ["conditions, which samples meet and nothing compares", "0"],
        ["blocks of text, in which nothing is executed", "1"],
    ]
