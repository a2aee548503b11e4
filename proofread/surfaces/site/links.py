"""Where the links of the built site lead: each to a file of it, and to an anchor that is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from proofread.surfaces.side_by_side import side_by_side

_ADDRESSES = frozenset({"href", "src", "poster", "data", "action", "xlink:href"})
_REFRESH = re.compile(r"\d+\s*;\s*url=(.+)", re.IGNORECASE)
_INDEX = "index.html"
_MISSING = "404.html"


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a file names, and the line in which it does."""

    address: str
    line: int


@dataclass(frozen=True, slots=True)
class _Page:
    """The links and the anchors of a page."""

    links: tuple[Link, ...]
    anchors: frozenset[str]


class _Reader(HTMLParser):
    """Notes both, tag by tag."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, _ = self.getpos()
        given = {name: value or "" for name, value in attrs}
        self.anchors.add(given.get("id", ""))
        if tag == "a":
            self.anchors.add(given.get("name", ""))
        found = [given[name] for name in given if name in _ADDRESSES]
        found += [part.split()[0] for part in given.get("srcset", "").split(",") if part.strip()]
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            found += _REFRESH.findall(given.get("content", ""))
        self.links += [Link(address.strip(), line) for address in found]


def dead_links(site: Path, own: Sequence[str] = ()) -> Iterator[str]:
    """A sentence for each link of a page that leads nowhere.

    ``own`` are the addresses at which the site will stand, the one of its pages first: a link
    that begins with one of them is followed in the folder.
    """
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    names = sorted(name for name in files if name.endswith(".html"))
    read = side_by_side(_read, [site / name for name in names])
    pages = dict(zip(names, read, strict=True))
    anchors = {name: page.anchors for name, page in pages.items()}
    for name, page in pages.items():
        for link in page.links:
            target = _inside(link.address, name, own)
            problem = target and _problem(*target, files, anchors)
            if problem:
                yield f"{name}:{link.line}: the link {link.address} leads {problem}"


def _read(path: Path) -> _Page:
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return _Page(tuple(dict.fromkeys(reader.links)), frozenset(reader.anchors))


def _problem(
    path: str, anchor: str, files: Set[str], anchors: Mapping[str, Set[str]]
) -> str | None:
    """What is wrong with a link, as the end of a sentence."""
    if path.startswith(("/", "..")):
        return "out of the site"
    found = path if path in files else normpath(join(path, _INDEX))
    if found not in files:
        return "to no file"
    if anchor and anchor not in anchors.get(found, ()):
        return f"to no anchor of {found}"
    return None


def _inside(address: str, page: str, own: Sequence[str]) -> tuple[str, str] | None:
    """The path and the anchor that an address names, or nothing where it leads elsewhere."""
    start = next((one for one in own if f"{address}/".startswith(one)), None)
    parts = urlsplit(address if start is None else address[len(start) :])
    if start is None and (parts.scheme or parts.netloc):
        return None
    path = unquote(parts.path)
    if page.rpartition("/")[2] == _MISSING and start is None:
        # It is shown at any address, so that its links count from the root of the host.
        root = urlsplit(own[0]).path if own else "/"
        path = path.removeprefix(root) if path.startswith(root) else path
    elif start is None:
        path = join(dirname(page), path) if path else page
    return normpath(path), unquote(parts.fragment)
