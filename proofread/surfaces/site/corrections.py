"""The ways from a formula to its correction: the checker, and an issue that is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.metadata import version
from pathlib import Path
from posixpath import relpath
from urllib.parse import urlencode, urljoin

from proofread.markdown.page import Piece
from proofread.surfaces.git import ask
from proofread.surfaces.site.addresses import address_of
from proofread.surfaces.site.index import Site, SitePage
from proofread.surfaces.site.starts import line_in_start, start_name

CHECKER = "check"
_FORM = "wrong-formula.yml"
_ROOT = Path()
_LONGEST = 3_000
"""Characters of a formula that an address takes along; the rest is found by the place."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """Makes the links of one page; ``version`` says what its reader has before them."""

    site: Site
    page: SitePage
    site_url: str
    repo_url: str
    version: str

    def links(self, piece: Piece, labels: Sequence[str]) -> str:
        """What stands below the details of a formula, as HTML."""
        label = next(iter(labels), None)
        checker = self._checker(piece)
        found = []
        if checker:
            here = relpath(CHECKER, address_of(self.page.path))
            found.append(_link(f"{here}/{checker}", "Open in the checker"))
        if self.repo_url:
            found.append(_link(self._issue(piece, label, checker), "Report a mistake"))
        return f'<p class="check-links">{" ".join(found)}</p>' if found else ""

    def _checker(self, piece: Piece) -> str:
        """What follows the checker's address, where it may have the page."""
        included = piece.start.path is not None
        if included or not self.page.can_be_opened:
            return ""
        line = line_in_start(_ROOT, self.page.body, piece.start.line)
        return f"?{urlencode({'page': start_name(self.page.path), 'line': line})}"

    def _issue(self, piece: Piece, label: str | None, checker: str) -> str:
        """The address that opens a new issue with all that is known of the formula."""
        whole = len(piece.latex) <= _LONGEST
        fields = {
            "template": _FORM,
            "title": f"Wrong formula: {self._name(label)}",
            "formula": piece.latex if whole else f"{piece.latex[:_LONGEST]} …",
            "page": self._address(label),
            "place": self._place(piece, label),
            "tag": self._tag(label),
            "version": self.version,
            "checker": self._public(f"{CHECKER}/{checker}") if checker else "",
        }
        known = {name: value for name, value in fields.items() if value}
        return f"{self.repo_url.rstrip('/')}/issues/new?{urlencode(known)}"

    def _name(self, label: str | None) -> str:
        title = self.page.title
        return f"({self.site.labels[label].number}) in “{title}”" if label else f"in “{title}”"

    def _address(self, label: str | None) -> str:
        anchor = f"#{label}" if label else ""
        return self._public(f"{address_of(self.page.path)}/{anchor}")

    def _public(self, address: str) -> str:
        """An address that others can open; nothing where the site does not know where it is."""
        return urljoin(f"{self.site_url.rstrip('/')}/", address) if self.site_url else ""

    def _place(self, piece: Piece, label: str | None) -> str:
        start, page = piece.start, self.page
        if page.is_notebook:
            place = page.file
        elif start.path is not None:
            place = f"{start.path}, line {start.line}"
        else:
            place = f"{page.file}, line {start.line + page.front}"
        return f"{place}, {label}" if label else place

    def _tag(self, label: str | None) -> str:
        """The formula's tag, or else the page's."""
        tags = self.site.tags
        tag = tags and (tags.of(label or "") or tags.of(self.page.path))
        return tag.tag if tag else ""


def corrections_of(site: Site, page: SitePage, site_url: str, repo_url: str) -> Corrections:
    """The links of a page, with the version and the commit that it is built from."""
    commit = (ask(_ROOT, "rev-parse", "--short=12", "HEAD") or "").strip()
    said = [version("proofread"), *([f"commit {commit}"] if commit else [])]
    return Corrections(site, page, site_url, repo_url, ", ".join(said))


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{text}</a>'
