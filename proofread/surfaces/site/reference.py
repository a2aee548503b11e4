"""The reference in numbers: how much of it there is, and what of it is not executed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from proofread.surfaces.site.index import Site, SitePage
from proofread.surfaces.site.verdicts import state

ROUTES = 2
"""A derivation has a result, a setting and so many routes at least."""
_TIE = re.compile(r"^# formula (?P<label>\S+)$", re.MULTILINE)
_TEXT_BLOCK = re.compile(r"^[ \t]*(?P<fence>`{3,})[ \t]*text\b.*?^[ \t]*(?P=fence)[ \t]*$",
                         re.MULTILINE | re.DOTALL)  # fmt: skip


def is_derivation(page: SitePage) -> bool:
    """Whether a page derives a result by more than one route."""
    boxes = page.boxes
    return bool(boxes["result"] and boxes["setting"] and boxes["route"] >= ROUTES)


def claims_of(page: SitePage) -> int:
    """How many claims of a page hold, each different one counted once."""
    said = {
        "".join(statement.latex.split())
        for statement in page.statements
        if state(statement) in ("holds", "not-refuted")
    }
    return len(said)


def refuted_of(page: SitePage) -> int:
    """How many formulas of a page are wrong on purpose, and found to be."""
    return sum(state(statement) == "refuted" for statement in page.statements)


def conditions_of(page: SitePage) -> int:
    """How many statements of a page are met by the samples instead of being compared."""
    return sum(
        statement.kind == "declaration" and not statement.introduces and not statement.links
        for statement in page.statements
    )


def text_blocks_of(page: SitePage) -> int:
    """How many blocks of a page are text, in which nothing is read."""
    return len(_TEXT_BLOCK.findall(page.body))


def tied_labels(root: Path) -> set[str]:
    """The labels that a function of the snippets computes."""
    files = sorted((root / "snippets").rglob("*.py"))
    return {tie["label"] for file in files for tie in _TIE.finditer(file.read_text("utf-8"))}


def table(site: Site) -> Iterator[Element]:
    """A row for each number."""
    derivations = [page for page in site.pages if is_derivation(page)]
    tied = tied_labels(Path()) & site.labels.keys()
    rows = (
        ("derivations by two routes or more", len(derivations)),
        ("claims that hold, each different one of a page once", sum(map(claims_of, site.pages))),
        ("formulas that are wrong on purpose, and refuted", sum(map(refuted_of, site.pages))),
        ("labelled formulas", len(site.labels)),
        ("of these, computed by a NumPy function, too", len(tied)),
        ("conditions, which samples meet and nothing compares",
         sum(map(conditions_of, site.pages))),
        ("blocks of text, in which nothing is executed", sum(map(text_blocks_of, site.pages))),
    )  # fmt: skip
    box = Element("div", {"class": "status", "role": "region", "aria-label": "The reference"})
    body = SubElement(SubElement(box, "table"), "tbody")
    for name, number in rows:
        row = SubElement(body, "tr")
        SubElement(row, "th", {"scope": "row"}).text = name
        SubElement(row, "td").text = f"{number:,}"
    yield box
