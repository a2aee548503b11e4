"""The Python-Markdown extension that turns checked pages into pages with marks.

It finds out by the text which page it is converting, shows each formula as KaTeX renders it with
what its check said, and complains of everything that may not stand on the site.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from mkdocs.exceptions import Abort

from proofread.markdown.mathematics import PRIORITY
from proofread.surfaces.files import CannotStart
from proofread.surfaces.pages import InternalError
from proofread.surfaces.site import exercises
from proofread.surfaces.site.builder import PageBuilder
from proofread.surfaces.site.index import read_site
from proofread.surfaces.site.katex import CannotRender
from proofread.surfaces.site.references import ReferenceProcessor


class SiteExtension(Extension):
    """Formulas with their verdicts, references to them, and the figures made from them."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "site_url": ["", "where the site stands; citations name it"],
            "repo_url": ["", "where its sources are kept; reports of mistakes go there"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Take part in the conversion: see the text first, and the tree when it is complete."""
        reader = _PageReader(md)
        md.preprocessors.register(reader, "proofread-page", 1000)
        md.inlinePatterns.register(ReferenceProcessor(), "proofread-eqref", 185)
        # Behind the numbering of the pieces, before the table of contents and MkDocs' links.
        md.treeprocessors.register(
            _Completion(md, reader, self.getConfig("site_url"), self.getConfig("repo_url")),
            "proofread-site",
            PRIORITY - 0.5,
        )


class _PageReader(Preprocessor):
    """Sees the text before anything else does."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.text = ""

    def run(self, lines: list[str]) -> list[str]:
        self.text = "\n".join(lines)
        return lines


class _Completion(Treeprocessor):
    """Fills in all formulas of a page at once."""

    def __init__(self, md: Markdown, reader: _PageReader, site_url: str, repo_url: str) -> None:
        super().__init__(md)
        self._reader = reader
        self._urls = site_url or "", repo_url or ""

    def run(self, root: Element) -> None:
        try:
            site = read_site()
            page = site.find(self._reader.text)
            PageBuilder(self.md, site, page, *self._urls).build(root)
            exercises.build(self.md, root, page)
        except (CannotStart, CannotRender, InternalError) as error:
            raise Abort(str(error)) from None


def makeExtension(**options: Any) -> SiteExtension:  # noqa: N802 - the library's name
    """What Python-Markdown calls."""
    return SiteExtension(**options)
