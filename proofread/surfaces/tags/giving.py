"""Which tags a site lacks, which of them name nothing, and new ones for what has none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from proofread.records import Finding, Note, Place
from proofread.surfaces.files import DOCS, read_text
from proofread.surfaces.tags.register import (
    CHARACTERS,
    FILE,
    HEADER,
    LENGTH,
    LETTERS,
    Register,
    Tag,
    line_of,
    parse,
    wrong,
)

Named = Mapping[str, Place]
"""Every page and label of a site that must have a tag, with where it stands."""


def untagged(register: Register, named: Named) -> Iterator[Finding]:
    """A finding for each page and each formula that has no tag."""
    for names, place in named.items():
        if register.of(names) is None:
            what = Tag("", "", names, "", "").what
            end = Place(place.line, place.column + 1, place.path)
            note = Note("help", "proofread tags gives it one")
            yield Finding("no-tag", f"{what} has no tag", place, end, notes=(note,))


def orphans(register: Register, named: Named) -> Iterator[Finding]:
    """A finding for each tag in use that names nothing on the site."""
    for tag in register.tags:
        if tag.retired or tag.names in named or register.of(tag.names) is not tag:
            continue
        missing = "no such page with formulas" if tag.is_of_page else "no formula with that label"
        folder = f" in {DOCS}/" if tag.is_of_page else ""
        yield wrong(
            "lost-tag",
            f"the tag {tag.tag} names {tag.names}, and there is {missing}{folder}",
            tag.line,
            register.lines,
            "where it has another name now, write that instead, and in the note what it was",
            "where it is gone, write the day into the fourth field, and in the note what became "
            "of it",
        )


def new_tag(names: str, taken: Iterable[str]) -> str:
    """A tag that was never given.

    It follows from the name, so that two people who add a formula each do not choose the same.
    """
    known = set(taken)
    attempt = 0
    while True:
        digest = hashlib.sha256(f"{names}\n{attempt}".encode()).digest()
        rest = (CHARACTERS[byte % len(CHARACTERS)] for byte in digest[1:LENGTH])
        tag = LETTERS[digest[0] % len(LETTERS)] + "".join(rest)
        if tag not in known:
            return tag
        attempt += 1


def give(register: Register, named: Named, day: str) -> tuple[Tag, ...]:
    """Tags for all that has none, in the order of the site."""
    taken = [tag.tag for tag in register.tags]
    given = []
    for names in named:
        if register.of(names) is None:
            tag = Tag(new_tag(names, taken), day, names, "", "")
            taken.append(tag.tag)
            given.append(tag)
    return tuple(given)


def add(root: Path, named: Named) -> tuple[Tag, ...]:
    """Give what has no tag one, from today on, and write that behind the last line of the file."""
    path = root / FILE
    text = read_text(path) if path.is_file() else ",".join(HEADER)
    given = give(parse(text), named, datetime.now(UTC).date().isoformat())
    if given:
        lines = [text.rstrip("\n"), *map(line_of, given), ""]
        path.write_bytes("\n".join(lines).encode())
    return given
