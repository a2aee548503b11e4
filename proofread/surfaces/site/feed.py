"""The feed of corrections: what the notes of the tags came to say, and when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

from proofread.surfaces.files import DOCS, write_if_changed
from proofread.surfaces.git import history
from proofread.surfaces.site.addresses import tag_address
from proofread.surfaces.tags.register import FILE, Register, Tag, parse

NAME = "feed.xml"
TITLE = "Proofread: corrections"
_ABOUT = "What became of pages and formulas that were corrected, renamed or taken away, by tag."
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Correction:
    """What was written behind the note of a tag at one time."""

    tag: Tag
    words: str
    time: datetime

    @property
    def title(self) -> str:
        """What it is about."""
        state = " is retired" if self.tag.retired else ""
        return f"The tag {self.tag.tag}{state}: {self.tag.what}"


def write_feed(root: Path, address: str, tags: Register | None) -> None:
    """Write the feed among the pages, for a site that stands at an address.

    The addresses of a feed are whole ones: a site that does not know its own has no feed.
    """
    path = root / DOCS / NAME
    if address:
        write_if_changed(path, feed(corrections(root, tags or Register()), address))
    else:
        path.unlink(missing_ok=True)


def corrections(root: Path, tags: Register) -> list[Correction]:
    """All that the notes ever came to say, the newest first.

    The times are those of git; what it does not know has the day on which the tag was retired, or
    else given.
    """
    found: list[Correction] = []
    before: dict[str, str] = {}
    for when, text in history(root, FILE):
        found += _added(parse(text), before, datetime.fromisoformat(when))
    found += _added(tags, before)
    return sorted(found, key=lambda one: one.time, reverse=True)


def _added(
    tags: Register, before: dict[str, str], time: datetime | None = None
) -> Iterator[Correction]:
    for tag in tags.tags:
        known = before.get(tag.tag, "")
        before[tag.tag] = tag.note
        words = tag.note.removeprefix(known).strip(" ;,.")
        if tag.note != known and words:
            day = datetime.fromisoformat(tag.retired or tag.given).replace(tzinfo=UTC)
            yield Correction(tag, words, time or day)


def feed(found: list[Correction], address: str) -> str:
    """The feed as RSS 2.0."""
    ET.register_namespace("atom", _ATOM)
    rss = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(rss, "channel")
    _fill(channel, title=TITLE, link=address, description=_ABOUT, language="en")
    own = {"href": f"{address}{NAME}", "rel": "self", "type": "application/rss+xml"}
    ET.SubElement(channel, f"{{{_ATOM}}}link", own)
    if found:
        _fill(channel, lastBuildDate=format_datetime(found[0].time))
    for one in found:
        item = ET.SubElement(channel, "item")
        # Readers take the description for HTML.
        _fill(item, title=one.title, link=f"{address}{tag_address(one.tag.tag)}",
              description=escape(one.words), pubDate=format_datetime(one.time))  # fmt: skip
        ET.SubElement(item, "guid", {"isPermaLink": "false"}).text = _name(one)
    ET.indent(rss)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(rss, encoding="unicode")}\n'


def _fill(element: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(element, name).text = text


def _name(one: Correction) -> str:
    """What a correction is called in the feed, the same in each build."""
    return f"{one.tag.tag}-{hashlib.sha256(one.tag.note.encode()).hexdigest()[:12]}"


def paragraph(address: str) -> Iterator[ET.Element]:
    """Where the feed is, for a page."""
    said = ET.Element("p")
    if address:
        said.text = "Whoever wants to hear of corrections subscribes to the "
        link = ET.SubElement(said, "a", {"href": f"{address}{NAME}"})
        link.text, link.tail = "feed of notes", ", which names each by its tag."
    else:
        said.text = (
            "The published site has a feed of these notes; "
            "this copy does not know where it stands, and has none."
        )
    yield said
