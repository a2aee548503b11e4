"""A page with mathematics as the build left it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from proofread.surfaces.files import read_text
from proofread.surfaces.site.addresses import address_of
from proofread.surfaces.site.index import SitePage


@dataclass(frozen=True, slots=True)
class Built:
    """A page of the site with the tree of its HTML."""

    page: SitePage
    soup: BeautifulSoup

    @property
    def address(self) -> str:
        """Its folder from that of the site."""
        return address_of(self.page.path)

    @property
    def article(self) -> Tag:
        """What the page says, without the bars around it."""
        found = self.soup.find("article")
        if found is None:
            raise LookupError(f"{self.page.file} came out without an article")
        return found


def read_built(built: Path, page: SitePage) -> Built:
    """A page from the folder of the built site."""
    return Built(page, read_soup(read_text(built / address_of(page.path) / "index.html")))


def read_soup(html: str) -> BeautifulSoup:
    """The tree of a page."""
    return BeautifulSoup(html, "html.parser")
