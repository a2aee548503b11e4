"""No version may rewrite what an earlier one has published about a tag."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from proofread.records import Finding, Note
from proofread.surfaces.git import published
from proofread.surfaces.tags.register import FILE, Register, Tag, line_of, parse, wrong


def rewritten(root: Path, now: Register) -> list[Finding]:
    """What the file says otherwise than a release or the main branch did; one finding a tag."""
    present = {tag.tag: tag for tag in reversed(now.tags)}
    found: dict[str, Finding] = {}
    for version in published(root, FILE):
        for before in parse(version.text).tags:
            if before.tag not in found:
                finding = next(
                    _differences(before, present.get(before.tag), version.name, now), None
                )
                if finding:
                    found[before.tag] = finding
    return list(found.values())


def _differences(before: Tag, tag: Tag | None, version: str, now: Register) -> Iterator[Finding]:
    said = Note("note", f"{version} has it in line {before.line} as {line_of(before)}")

    def about(code: str, message: str, advice: str) -> Finding:
        finding = wrong(code, message, tag.line if tag else 1, now.lines, advice)
        return Finding(finding.code, finding.message, finding.start, finding.end,
                       notes=(said, *finding.notes))  # fmt: skip

    if tag is None:
        message = f"the tag {before.tag} vanished; it names {before.names}"
        yield about("vanished-tag", message, "put its line back, with a day in the fourth field "
                    "and a note where it names nothing any more")  # fmt: skip
        return
    if before.retired and (tag.retired, tag.names) != (before.retired, before.names):
        message = f"the tag {tag.tag} was retired on {before.retired}, and stays so"
        yield about("moved-tag", message, "give what stands here a tag of its own")
    if tag.names != before.names and not goes_on(tag.note, before.note):
        message = f"the tag {tag.tag} moved from {before.names} to {tag.names} without a note"
        yield about("moved-tag", message, "say in the note why both are the same, or give "
                    f"{tag.names} a tag of its own and retire this one")  # fmt: skip
    if tag.retired and not before.retired and not goes_on(tag.note, before.note):
        message = f"the tag {tag.tag} is retired without a word in the note that says why"
        yield about("moved-tag", message, "add to the note what became of it")
    if tag.given != before.given:
        message = f"the tag {tag.tag} was given on {before.given}, not on {tag.given}"
        yield about("rewritten-tag", message, "put the day back")
    if not tag.note.startswith(before.note):
        message = f"the note of the tag {tag.tag} says something else than before"
        yield about("rewritten-tag", message, "put it back, and write what is new behind it")


def goes_on(note: str, before: str) -> bool:
    """Whether a note says more than it did."""
    return note.startswith(before) and len(note.strip()) > len(before.strip())
