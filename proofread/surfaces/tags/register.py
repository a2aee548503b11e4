"""The file of all tags that were ever given: one line a tag, and no line ever goes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from proofread.records import Finding, Note, Place
from proofread.rendering.cells import split_lines
from proofread.surfaces.files import DOCS, SUFFIXES, read_text

FILE = f"{DOCS}/tags.csv"
HEADER = ("tag", "given", "names", "retired", "note")
# No vowels, so that no tag is a word; a letter first, so that none is a number.
LETTERS = "BCDFGHJKMNPQRSTVWXYZ"
CHARACTERS = f"0123456789{LETTERS}"
LENGTH = 4
FORM = re.compile(rf"[{LETTERS}][{CHARACTERS}]{{{LENGTH - 1}}}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Tag:
    """A line of the file."""

    tag: str
    given: str
    names: str
    """A page from the folder of all pages, or the label of a formula."""
    retired: str
    """The day from which on it names nothing, or nothing."""
    note: str
    line: int = 0

    @property
    def is_of_page(self) -> bool:
        """Whether it names a whole page."""
        return self.names.endswith(SUFFIXES)

    @property
    def what(self) -> str:
        """What it names, in words."""
        return f"the page {self.names}" if self.is_of_page else f"the formula {self.names}"


@dataclass(frozen=True, slots=True)
class Register:
    """All tags in their order, and what is wrong with the file."""

    tags: tuple[Tag, ...] = ()
    problems: tuple[Finding, ...] = ()
    lines: tuple[str, ...] = ()
    _living: dict[str, Tag] = field(default_factory=dict, repr=False)

    def of(self, names: str) -> Tag | None:
        """The tag that a page or a label has now."""
        return self._living.get(names)


def read_register(root: Path) -> Register | None:
    """The tags of a site, where it has any."""
    path = root / FILE
    return parse(read_text(path)) if path.is_file() else None


def parse(text: str) -> Register:
    """Read the file; a line that cannot be read is a problem, and no tag."""
    lines = split_lines(text)
    while lines and not lines[-1]:
        lines = lines[:-1]
    problems = []
    if not lines or lines[0] != ",".join(HEADER):
        problems.append(
            wrong("malformed-tags", f"the first line is not {','.join(HEADER)}", 1, lines)
        )
    tags = []
    for number, line in enumerate(lines[1:], start=2):
        found = _read(line, number)
        if isinstance(found, Tag):
            tags.append(found)
        else:
            problems.append(wrong("malformed-tags", *found, lines))
    problems += _clashes(tags, lines)
    living = {tag.names: tag for tag in reversed(tags) if not tag.retired}
    return Register(tuple(tags), tuple(problems), tuple(lines), living)


def _read(line: str, number: int) -> Tag | tuple[str, int]:
    """The tag of a line, or what is wrong with it."""
    try:
        fields = next(csv.reader([line], strict=True), [])
    except csv.Error:
        return "a quotation mark is not closed, or stands where none may stand", number
    if len(fields) != len(HEADER):
        expected = f"expected the {len(HEADER)} fields {', '.join(HEADER)}"
        advice = "a note with a comma stands in double quotation marks"
        return f"{expected}, found {len(fields)}; {advice}", number
    name, given, names, retired, note = fields
    tag = Tag(name, given, names, retired, note, number)
    return _mistake(tag) or tag


def _mistake(tag: Tag) -> tuple[str, int] | None:
    if not FORM.fullmatch(tag.tag):
        found = (
            f"expected a tag, which is a consonant and {LENGTH - 1} consonants or digits, all but "
            f"L, in capitals; found {tag.tag!r}"
        )
    elif not _is_day(tag.given):
        found = f"expected the day when the tag was given, as 2026-11-21; found {tag.given!r}"
    elif not tag.names or tag.names != tag.names.strip():
        found = f"expected a page or a label that the tag names; found {tag.names!r}"
    elif tag.retired and not _is_day(tag.retired):
        found = f"expected the day when the tag was retired, or nothing; found {tag.retired!r}"
    elif tag.retired and not tag.note:
        found = f"the tag {tag.tag} is retired without a note that says what became of it"
    else:
        return None
    return found, tag.line


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _clashes(tags: Iterable[Tag], lines: Sequence[str]) -> Iterator[Finding]:
    """Tags that are given twice, and things that have two."""
    given: dict[str, Tag] = {}
    living: dict[str, Tag] = {}
    for tag in tags:
        first = given.setdefault(tag.tag, tag)
        if first is not tag:
            message = f"the tag {tag.tag} is given twice: to {first.names} in line {first.line} too"
            yield wrong("repeated-tag", message, tag.line, lines)
        if tag.retired:
            continue
        other = living.setdefault(tag.names, tag)
        if other is not tag:
            message = f"{tag.what} has two tags: {other.tag} in line {other.line} is the first"
            yield wrong("repeated-tag", message, tag.line, lines)


def wrong(code: str, message: str, line: int, lines: Sequence[str], *helps: str) -> Finding:
    """A finding about a whole line of the file."""
    length = len(lines[line - 1]) if 0 < line <= len(lines) else 0
    end = Place(line, max(length, 1) + 1, FILE)
    notes = tuple(Note("help", text) for text in helps)
    return Finding(code, message, Place(line, 1, FILE), end, notes=notes)


def line_of(tag: Tag) -> str:
    """The tag as the file has it."""
    text = io.StringIO()
    fields = (tag.tag, tag.given, tag.names, tag.retired, tag.note)
    csv.writer(text, lineterminator="").writerow(fields)
    return text.getvalue()
