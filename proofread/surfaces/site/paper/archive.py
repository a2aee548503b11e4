"""The site as a ZIP that is read from a folder, without a server and without a network.

A browser gives a file less than it gives a site: a folder does not open its page, and neither
modules nor workers start. So links name their files, and what cannot work there is left out and
said to be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from proofread.surfaces.files import read_text
from proofread.surfaces.side_by_side import side_by_side
from proofread.surfaces.site.checker import CHECK
from proofread.surfaces.site.citations import LICENCE, Work

NAME = "proofread.zip"
"""From the folder of the site."""
_FOLDER = "proofread"
_README = "README.txt"
_INDEX = "index.html"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_LEFT_OUT = re.compile(rf"{CHECK}/(?!{_INDEX}$)|search/|sitemap\.|404\.html$|.*\.map$|{NAME}$")
_ATTRIBUTE = re.compile(r'(?P<name>[\w-]+)="(?P<value>[^"]*)"')
_REFRESH = re.compile(r"(?P<wait>\d+; url=)(?P<target>.*)")
_NO_CHECKER = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Check yours - Proofread</title>
<link rel="stylesheet" href="../assets/tag.css">
</head>
<body>
<main>
<h1>Check yours</h1>
<p>The checker needs a server, and so it is on the site alone.</p>
<p><a href="../index.html">Proofread</a></p>
</main>
</body>
</html>
"""


def write_archive(site: Path, work: Work) -> int:
    """Write the ZIP, the same for the same site whenever it is made; how many bytes it has."""
    target = site / NAME
    found = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    names = sorted(name for name in found if not _LEFT_OUT.match(name))
    contents = side_by_side(partial(_content, site), names)
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        _add(archive, _README, _readme(work).encode())
        for name, content in zip(names, contents, strict=True):
            _add(archive, name, content)
    return target.stat().st_size


def _add(archive: ZipFile, name: str, content: bytes) -> None:
    entry = ZipInfo(f"{_FOLDER}/{name}", _LONG_AGO)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _content(site: Path, name: str) -> bytes:
    if not name.endswith(".html"):
        return (site / name).read_bytes()
    if name == f"{CHECK}/{_INDEX}":
        return _NO_CHECKER.encode()
    return for_a_folder(read_text(site / name), name, site).encode()


def for_a_folder(html: str, name: str, site: Path) -> str:
    """A page as it works in a folder; ``name`` is its own from the folder of the site."""
    rewriter = _Rewriter(html, name, site)
    rewriter.feed(html)
    rewriter.close()
    return rewriter.result()


class _Rewriter(HTMLParser):
    """Changes the tags that must change, and leaves every other character as it is."""

    def __init__(self, html: str, name: str, site: Path) -> None:
        super().__init__()
        self._html, self._name, self._site = html, name, site
        self._starts = [0, *(match.end() for match in re.finditer("\n", html))]
        self._parts: list[str] = []
        self._done = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See a tag, and write what was before it and what it becomes."""
        raw = self.get_starttag_text() or ""
        line, column = self.getpos()
        start = self._starts[line - 1] + column
        self._parts += [self._html[self._done : start], self._tag(tag, dict(attrs), raw)]
        self._done = start + len(raw)

    def result(self) -> str:
        """The page with all that was changed."""
        return "".join([*self._parts, self._html[self._done :]])

    def _tag(self, tag: str, given: dict[str, str | None], raw: str) -> str:
        if tag == "link" and given.get("rel") == "preload":
            return ""  # a file may not ask for another as a site asks for what is elsewhere
        if tag == "script" and given.get("type") == "module":
            return '<script type="text/plain">'
        if tag == "form" and given.get("name") == "search":
            return "<form hidden>"  # the theme looks for its index where it finds such a form
        if given.get("data-md-component") == "search" or given.get("for") == "__search":
            return f"{raw[:-1]} hidden>"
        if tag == "meta":
            return self._meta(given, raw)
        return _ATTRIBUTE.sub(self._attribute, raw) if "href" in given else raw

    def _meta(self, given: dict[str, str | None], raw: str) -> str:
        content = given.get("content") or ""
        if given.get("http-equiv") == "Content-Security-Policy":
            return raw.replace("'self'", "'self' file:")
        refresh = _REFRESH.fullmatch(content)
        if given.get("http-equiv") == "refresh" and refresh:
            target = escape(f"{refresh['wait']}{self._target(refresh['target'])}")
            return f'<meta http-equiv="refresh" content="{target}">'
        return raw

    def _attribute(self, match: re.Match[str]) -> str:
        if match["name"] != "href":
            return match[0]
        return f'href="{escape(self._target(unescape(match["value"])))}"'

    def _target(self, target: str) -> str:
        """The target with the file that a folder stands for, and without what asks a server."""
        path, mark, place = target.partition("#")
        path, _, _ = path.partition("?")
        if not path or ":" in path.partition("/")[0] or path.startswith("/"):
            return target
        inside = self._site / normpath(join(dirname(self._name), path))
        if inside.is_dir():
            path = f"{path.rstrip('/')}/{_INDEX}"
        elif inside == self._site / NAME:  # what is open already
            path = path.replace(NAME, _README)
        return f"{path}{mark}{place}"


def _readme(work: Work) -> str:
    return "\n".join(_sentences(work)) + "\n"


def _sentences(work: Work) -> Iterator[str]:
    yield f"{work.title}, version {work.version}"
    yield ""
    yield "To read it, open index.html in a browser; no network is needed."
    yield "The search and the checker need a server, so they are on the site alone,"
    yield "and so is what checks the answers to the exercises."
    yield ""
    yield f"Text: {LICENCE}. Code: MIT. Other licences: licences/index.html."
