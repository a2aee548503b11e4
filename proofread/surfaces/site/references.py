r"""``\eqref`` in prose: a link to a labelled formula, on whichever page it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from posixpath import dirname, relpath
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor

if TYPE_CHECKING:  # the index needs MkDocs, which is not everywhere where references are read
    from proofread.surfaces.site.index import Target

ALONE = re.compile(r"\s*\\eqref\s*\{([^{}]+)\}\s*")
_ANYWHERE = re.compile(r"\\eqref\s*\{([^{}]+)\}")


class ReferenceProcessor(InlineProcessor):
    r"""A bare ``\eqref{label}`` in the text; what it becomes is decided with all others."""

    def __init__(self) -> None:
        super().__init__(r"\\eqref\{([^{}\n]+)\}")

    def handleMatch(  # type: ignore[override] # noqa: N802 - the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """Leave an element for the formulas' tree processor."""
        del data
        element = Element("span", {"class": "reference", "data-label": m[1]})
        return element, m.start(0), m.end(0)


def labels_in(latex: str) -> list[tuple[str, int]]:
    r"""The labels that a formula refers to, each with where its ``\eqref`` begins."""
    return [(match[1].strip(), match.start()) for match in _ANYWHERE.finditer(latex)]


def link(element: Element, label: str, page: str, labels: Mapping[str, Target]) -> None:
    """Make ``element`` a link to the formula; MkDocs turns the path of a page into its address."""
    target = labels[label]
    path = "" if target.path == page else relpath(target.path, dirname(page) or ".")
    for child in list(element):
        element.remove(child)
    element.tag = "a"
    element.attrib.clear()
    element.set("class", "equation-reference")
    element.set("href", f"{path}#{label}")
    element.text = f"({target.number})"
