"""A tag must not come to mean another formula without a word in its note.

What a formula says is told by its two ends: the steps between them may change, and so may the
spelling. All versions that were published are compared with the files as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from proofread.latex.tokens import Refusal, tokenize
from proofread.markdown.notebooks import read_notebook, read_percent
from proofread.markdown.page import Page, Piece
from proofread.markdown.reader import read_page
from proofread.records import Finding, Note
from proofread.surfaces.files import DOCS, SUFFIXES, find_pages, read_text
from proofread.surfaces.git import Version, files_at, published, read_blob
from proofread.surfaces.spelling import words_in
from proofread.surfaces.tags.history import goes_on
from proofread.surfaces.tags.register import FILE, Register, Tag, parse, wrong
from proofread.syntax.statements import RawStatement, split_piece

_READERS = {".md": read_page, ".ipynb": read_notebook, ".py": read_percent}
_FRACTIONS = re.compile(r"[cdt]frac(?=\{)")
_LABEL = re.compile(r"\s*\\label\s*\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Formula:
    """What a labelled formula says: what it begins with, and what each relation leads to."""

    latex: str
    begins: str
    comes_to: frozenset[str]

    def means(self, other: Formula) -> bool:
        """Whether both are the same statement, in whatever steps."""
        if self.begins != other.begins:
            return False
        return self.comes_to == other.comes_to or bool(self.comes_to & other.comes_to)


def changed(root: Path, now: Register) -> Iterator[Finding]:
    """A finding for each tag whose formula says something else than it did, without a note."""
    present = {tag.tag: tag for tag in reversed(now.tags)}
    current: dict[str, Formula] | None = None
    found: set[str] = set()
    for version in published(root, FILE):
        before = _formulas_at(root, version)
        if current is None:
            current = _formulas_now(root)
        for old in parse(version.text).tags:
            tag = present.get(old.tag)
            was, is_now = before.get(old.names), current.get(tag.names) if tag else None
            if tag is None or was is None or is_now is None or old.retired or tag.retired:
                continue
            if tag.names != old.names:  # that it moved is said already, or its note says why
                continue
            if tag.tag in found or is_now.means(was) or goes_on(tag.note, old.note):
                continue
            found.add(tag.tag)
            yield _finding(tag, was, is_now, version, now)


def _finding(tag: Tag, was: Formula, is_now: Formula, version: Version, now: Register) -> Finding:
    message = f"the tag {tag.tag} names another formula than it did, without a note"
    finding = wrong(
        "moved-tag", message, tag.line, now.lines,
        "where the formula was corrected, say in the note what was wrong",
        "where the label went to another formula, put it back",
    )  # fmt: skip
    said = (
        Note("note", f"{version.name} has {was.latex}"),
        Note("note", f"{tag.names} is now {is_now.latex}"),
    )
    return Finding(finding.code, message, finding.start, finding.end,
                   notes=(*said, *finding.notes))  # fmt: skip


def _formulas_at(root: Path, version: Version) -> dict[str, Formula]:
    found: dict[str, Formula] = {}
    for path, blob in files_at(root, version.revision, DOCS).items():
        if path.endswith(SUFFIXES):
            found |= _formulas_in_blob(root, blob, Path(path).suffix)
    return found


def _formulas_now(root: Path) -> dict[str, Formula]:
    found: dict[str, Formula] = {}
    for path in find_pages([str(root / DOCS)]):
        found |= _formulas_in(read_text(path), path.suffix, root)
    return found


@cache
def _formulas_in_blob(root: Path, blob: str, suffix: str) -> dict[str, Formula]:
    return _formulas_in(read_blob(root, blob), suffix, root)


def _formulas_in(text: str, suffix: str, root: Path) -> dict[str, Formula]:
    """The labelled formulas of a page, which is read and not executed."""
    if "\\label" not in text:
        return {}
    page: Page = _READERS[suffix](text, root=str(root))
    pieces = [part for block in page.blocks for part in block.parts if isinstance(part, Piece)]
    found: dict[str, Formula] = {}
    for piece in pieces:
        for label, formula in _labelled(piece.latex):
            found.setdefault(label, formula)
    return found


def _labelled(latex: str) -> Iterator[tuple[str, Formula]]:
    try:
        raw = split_piece(tokenize(latex))
    except Refusal:
        return
    statements = sorted(raw.statements, key=lambda each: each.span.start)
    for label, span in raw.labels:
        behind = [each for each in statements if each.span.start <= span.start] or statements[:1]
        if behind:
            yield label, _formula(latex, behind[-1])


def _formula(latex: str, statement: RawStatement) -> Formula:
    parts = [
        (relation, _plain(words_in(term)))
        for chain in statement.chains
        for relation, term in zip(("", *chain.relations), chain.terms, strict=True)
    ]
    source = _LABEL.sub("", latex[statement.span.start : statement.span.end])
    comes_to = frozenset(f"{relation} {term}" for relation, term in parts[1:])
    begins = parts[0][1] if parts else ""
    return Formula(" ".join(source.split()), begins, comes_to)


def _plain(words: str) -> str:
    return _FRACTIONS.sub("frac", words).replace(" ", "")
