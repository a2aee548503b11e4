"""What opens behind "cite", beside a page and beside each labelled formula."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from proofread.surfaces.git import Change, last_change
from proofread.surfaces.site.addresses import relative, tag_address
from proofread.surfaces.site.citations import FORMS, Cited, Work, read_work
from proofread.surfaces.site.index import Site, SitePage
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
        return self._html(tag, self.title, "page") if tag else ""

    def of_formula(self, label: str) -> str:
        """How a formula is cited, as HTML; nothing where it has no tag."""
        tag = self._tag(label)
        return self._html(tag, f"{self.title}: {in_words(label)}", "formula") if tag else ""

    def _tag(self, names: str) -> Tag | None:
        return self.site.tags.of(names) if self.site.tags else None

    def _html(self, tag: Tag, title: str, what: str) -> str:
        address = tag_address(tag.tag)
        public = urljoin(f"{self.site_url.rstrip('/')}/", address) if self.site_url else address
        cited = Cited(tag.tag, title, public, self.change, self.work)
        forms = "".join(
            f"<p>{name}</p><pre><code>{escape(form(cited), quote=False)}</code></pre>"
            for name, form in FORMS
        )
        link = f'<a href="{escape(relative(address, self.page.path))}">{tag.tag}</a>'
        return (
            f'<details class="cite"><summary title="Cite this {what}">'
            f"cite <code>{tag.tag}</code></summary>"
            f'<div class="cite-forms" data-search-exclude>'
            f"<p>The tag {link} leads to this {what} wherever it moves.</p>{forms}</div></details>"
        )


def citations_of(site: Site, page: SitePage, title: str, site_url: str) -> Citations:
    """The citations of a page, with what git knows of its last change."""
    change = last_change(_ROOT, page.file)
    return Citations(site, page, title, site_url, change, read_work(_ROOT))
