"""What readers take along of each page: its LaTeX document, and its section for the printer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from proofread.latex.macros import Macro, read_macros
from proofread.surfaces.files import DOCS, MACROS, read_text
from proofread.surfaces.side_by_side import side_by_side
from proofread.surfaces.site.citations import Work
from proofread.surfaces.site.index import Site, SitePage
from proofread.surfaces.site.paper.document import write_document
from proofread.surfaces.site.paper.pages import read_built
from proofread.surfaces.site.paper.whole import Part, Section, parts_of, section_of, write_parts


def write_paper(root: Path, built: Path, site: Site, work: Work) -> int:
    """Write all of it, page by page on all cores; how many pages there are."""
    pages = [page for page in site.pages if page.statements]
    macros = read_macros(read_text(root / DOCS / MACROS))
    make = partial(_take, root, built, site.numbers(), macros)
    placed = parts_of(pages, site.parts)
    sections = list(side_by_side(make, placed))
    parts = (part for part, _ in placed)
    write_parts(built, read_built(built, pages[0]), work, zip(parts, sections, strict=True))
    return len(pages)


def _take(
    root: Path, built: Path, numbers: Mapping[str, str], macros: Mapping[str, Macro],
    placed: tuple[Part, SitePage],
) -> Section:  # fmt: skip
    """Write a page's document, and make it a section; its tree is used up by the second."""
    part, page = placed
    one = read_built(built, page)
    write_document(root, built, one, numbers, macros)
    return section_of(one, part)
