"""What opens behind "cite", beside a page and each labelled formula, and what stands on paper."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from proofread.surfaces.git import Change, last_change
from proofread.surfaces.site.addresses import relative, tag_address
from proofread.surfaces.site.citations import FORMS, Cited, Work, read_work
from proofread.surfaces.site.index import Site, SitePage
from proofread.surfaces.site.paper.names import file_name
from proofread.surfaces.site.tag_pages import in_words
from proofread.surfaces.tags.register import Tag

_ROOT = Path()


@dataclass(frozen=True, slots=True)
class Citations:
    """Makes the citations of one page, whose title is ``title``."""

    site: Site
    page: SitePage
    title: str
    site_url: str
    change: Change | None
    work: Work

    def of_page(self) -> str:
        """How the page is cited, as HTML; nothing where it has no tag."""
        tag = self._tag(self.page.path)
        if tag is None:
            return ""
        file = escape(file_name(self.page.path))
        take = f'<a class="take" href="{file}" download>Download as LaTeX</a>'
        return self._html(tag, self.title, "page") + take

    def imprint(self) -> str:
        """Where a copy of the page is from, as HTML; nothing where it has no tag."""
        tag = self._tag(self.page.path)
        if tag is None:
            return ""
        cited = self._cited(tag, self.title)
        link = escape(relative(tag_address(tag.tag), self.page.path))
        return (
            f'<p class="page-imprint" data-search-exclude data-day="{cited.day}" '
            f'data-authors="{escape("; ".join(self.work.authors))}">'
            f"{escape(self.work.title)}, {cited.marks}. "
            f'<a href="{link}">{escape(cited.address)}</a></p>'
        )

    def of_formula(self, label: str) -> str:
        """How a formula is cited, as HTML; nothing where it has no tag."""
        tag = self._tag(label)
        return self._html(tag, f"{self.title}: {in_words(label)}", "formula") if tag else ""

    def _tag(self, names: str) -> Tag | None:
        return self.site.tags.of(names) if self.site.tags else None

    def _cited(self, tag: Tag, title: str) -> Cited:
        address = tag_address(tag.tag)
        public = urljoin(f"{self.site_url.rstrip('/')}/", address) if self.site_url else address
        return Cited(tag.tag, title, public, self.change, self.work)

    def _html(self, tag: Tag, title: str, what: str) -> str:
        cited = self._cited(tag, title)
        forms = "".join(
            f"<p>{name}</p><pre><code>{escape(form(cited), quote=False)}</code></pre>"
            for name, form in FORMS
        )
        link = escape(relative(tag_address(tag.tag), self.page.path))
        return (
            f'<details class="cite"><summary title="Cite this {what}">'
            f"cite <code>{tag.tag}</code></summary>"
            f'<div class="cite-forms" data-search-exclude>'
            f'<p>The tag <a href="{link}">{tag.tag}</a> leads to this {what} wherever it moves.</p>'
            f"{forms}</div></details>"
        )


def citations_of(site: Site, page: SitePage, title: str, site_url: str) -> Citations:
    """The citations of a page, with what git knows of its last change."""
    change = last_change(_ROOT, page.file)
    return Citations(site, page, title, site_url, change, read_work(_ROOT))
