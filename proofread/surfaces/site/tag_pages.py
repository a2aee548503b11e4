"""The page behind each tag, and the table of all tags."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path
from posixpath import dirname, relpath
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from proofread.surfaces.files import DOCS, write_if_changed
from proofread.surfaces.site.addresses import TAGS, address_of
from proofread.surfaces.site.index import Site
from proofread.surfaces.tags.register import FORM, Tag

TABLE = f"{TAGS}/index.md"
"""The page with the table of all tags, from the folder of all pages."""
_FILE = "index.html"
_ROOT = "../../"
_WORD = re.compile(rf"\b{FORM.pattern}\b")


def write_tag_pages(root: Path, site: Site) -> None:
    """Write a page for every tag, none of which needs a script; they are none of Markdown's.

    The page of a tag in use leads on at once, and that of a retired one says what became of it.
    """
    folder = root / DOCS / TAGS
    tags = {tag.tag: tag for tag in reversed(site.tags.tags)} if site.tags else {}
    for old in folder.iterdir() if folder.is_dir() else ():
        if old.is_dir() and old.name not in tags:
            shutil.rmtree(old)
    for tag in tags.values():
        page = folder / tag.tag / _FILE
        page.parent.mkdir(parents=True, exist_ok=True)
        write_if_changed(page, _page(tag, site, frozenset(tags)))


def _page(tag: Tag, site: Site, known: frozenset[str]) -> str:
    target = _target(tag, site)
    if target is None:
        head = ""
        body = _retired(tag, known)
    else:
        link = escape(_ROOT + target)
        head = f'<link rel="canonical" href="{link}">\n'
        head += f'<meta http-equiv="refresh" content="0; url={link}">\n'
        body = (
            f"<h1>Tag {tag.tag}</h1>\n"
            f'<p>This tag names <a href="{link}">{escape(name_of(tag, site))}</a>.</p>'
        )
    return _FRAME.format(tag=tag.tag, head=head, body=body, root=_ROOT)


_FRAME = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tag {tag} - Proofread</title>
{head}<link rel="icon" href="{root}assets/favicon.svg">
<link rel="stylesheet" href="{root}assets/tag.css">
</head>
<body>
<main>
{body}
<p><a href="../">All tags</a> · <a href="{root}">Proofread</a></p>
</main>
</body>
</html>
"""


def _retired(tag: Tag, known: frozenset[str]) -> str:
    if not tag.retired:  # the build complains of it, and no reader gets such a page
        return f"<h1>Tag {tag.tag}</h1>\n<p>There is no {escape(tag.names)} on this site.</p>"
    note = _WORD.sub(lambda found: _linked(found[0], known), escape(tag.note))
    return (
        f"<h1>Tag {tag.tag} is retired</h1>\n"
        f"<p>It was given to {escape(tag.what)} on {tag.given}, "
        f"and nothing has had it since {tag.retired}.</p>\n"
        f"<p>{note}</p>"
    )


def _linked(word: str, known: frozenset[str]) -> str:
    return f'<a href="../{word}/">{word}</a>' if word in known else word


def _target(tag: Tag, site: Site) -> str | None:
    """Where a tag leads to, from the folder of the site."""
    if tag.retired:
        return None
    label = site.labels.get(tag.names)
    if label:
        return _folder(label.path) + f"#{quote(label.label)}"
    return _folder(tag.names) if any(page.path == tag.names for page in site.pages) else None


def _folder(path: str) -> str:
    address = address_of(path)
    return "" if address == "." else f"{address}/"


def name_of(tag: Tag, site: Site) -> str:
    """What a tag names, in the words of the site."""
    label = site.labels.get(tag.names)
    path = label.path if label else tag.names
    title = next((page.title for page in site.pages if page.path == path), path)
    return f"{in_words(tag.names)}, formula ({label.number}) of “{title}”" if label else title


def in_words(label: str) -> str:
    """A label as a reader says it: ``eq-loss-gradient`` is the loss gradient."""
    return re.sub(r"[-_:]+", " ", re.sub(r"^(eq|eqn|equation)[-_:]", "", label)).strip() or label


def table(site: Site, page: str) -> Iterator[Element]:
    """A row for each tag that was ever given, for the page with the table."""
    box = Element("div", {"class": "tags", "role": "region", "aria-label": "All tags"})
    rows = SubElement(box, "table")
    head = SubElement(SubElement(rows, "thead"), "tr")
    for column in ("tag", "names", "given", "note"):
        SubElement(head, "th", {"scope": "col"}).text = column
    body = SubElement(rows, "tbody")
    for tag in site.tags.tags if site.tags else ():
        row = SubElement(body, "tr", {"id": tag.tag})
        name = SubElement(row, "th", {"scope": "row"})
        SubElement(name, "code").text = tag.tag
        _named(SubElement(row, "td"), tag, site, page)
        SubElement(row, "td").text = tag.given
        SubElement(row, "td").text = (
            f"Retired on {tag.retired}: {tag.note}" if tag.retired else tag.note
        )
    yield box


def _named(cell: Element, tag: Tag, site: Site, page: str) -> None:
    """A link to what the tag names; MkDocs makes an address of the path of a page."""
    if _target(tag, site) is None:
        SubElement(cell, "code").text = tag.names
        return
    label = site.labels.get(tag.names)
    path = relpath(label.path if label else tag.names, dirname(page) or ".")
    link = SubElement(cell, "a", {"href": f"{path}#{label.label}" if label else path})
    link.text = name_of(tag, site)
