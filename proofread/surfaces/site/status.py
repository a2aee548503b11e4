"""The table of the page that says how the site stands, made from the reports of all pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from posixpath import relpath
from xml.etree.ElementTree import Element, SubElement

from proofread.surfaces.site.index import Site, SitePage
from proofread.surfaces.site.verdicts import state

_LEFT_OUT = Path("tests", "cases", "LEFT_OUT.md")
_ENTRY = re.compile(r"^- (\S+\.md:\d+):? +(.+)$", re.MULTILINE)

_COUNTED = ("statements", "declared", "defined", "hold", "not refuted", "refuted, as meant",
            "not accepted", "links", "samples")  # fmt: skip


def table(site: Site, folder: str) -> Iterator[Element]:
    """A row for each page that has mathematics, one for them all, and a word on the slowest.

    ``folder`` is where the page with the table stands, from which links count.
    """
    pages = [page for page in site.pages if page.statements]
    box = Element("div", {"class": "status", "role": "region", "aria-label": "Page by page"})
    rows = SubElement(box, "table")
    head = SubElement(SubElement(rows, "thead"), "tr")
    for column in ("page", *_COUNTED):
        SubElement(head, "th", {"scope": "col"}).text = column
    body = SubElement(rows, "tbody")
    for page in pages:
        name = _row(body, _numbers(page))
        SubElement(name, "a", {"href": relpath(page.path, folder or ".")}).text = page.title
    total = [sum(column) for column in zip(*map(_numbers, pages), strict=True)]
    foot = SubElement(rows, "tfoot")
    _row(foot, total).text = "all pages"
    yield box
    if pages:
        slowest = max(pages, key=lambda page: page.seconds)
        last = Element("p")
        last.text = (
            f"The slowest page to check is “{slowest.title}”: "
            f"{len(slowest.statements)} statements in {slowest.seconds:.1f} seconds."
        )
        yield last


def unread(root: Path) -> Iterator[Element]:
    """What the engine's own tests keep as not read, or not answered rightly, today."""
    text = (root / _LEFT_OUT).read_text(encoding="utf-8")
    entries = _ENTRY.findall(text)
    formulas = "formula" if len(entries) == 1 else "formulas"
    said = Element("p")
    said.text = (
        f"The engine’s tests keep {len(entries)} {formulas} that it does not answer as it should:"
        if entries
        else "Of the formulas that the engine’s tests hold, it answers all as it should."
    )
    yield said
    if entries:
        box = Element("ul")
        for place, answer in entries:
            item = SubElement(box, "li")
            name = SubElement(item, "code")
            name.text, name.tail = place, f" {answer}"
        yield box


def _numbers(page: SitePage) -> list[int]:
    states = Counter(state(statement) for statement in page.statements)
    return [
        len(page.statements),
        *(states[name] for name in ("declares", "defines", "holds", "not-refuted", "refuted")),
        sum(not statement.accepted for statement in page.statements),
        sum(len(statement.links) for statement in page.statements),
        sum(statement.samples for statement in page.statements),
    ]


def _row(body: Element, numbers: Sequence[int]) -> Element:
    """Add a row; what comes back is its first cell, which is still empty."""
    row = SubElement(body, "tr")
    first = SubElement(row, "th", {"scope": "row"})
    for number in numbers:
        SubElement(row, "td").text = f"{number:,}"
    return first
