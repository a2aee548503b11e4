"""Pages without the answers to their exercises: what a reader may start from in the checker."""

from __future__ import annotations

import re

_FOLDED = re.compile(r"(?P<indent>[ \t]*)\?\?\?\+?[ \t]+answer\b")
_ANY = re.compile(r"^[ \t>]*(?:(?:\?\?\?\+?|!!!)[ \t]+answer\b|<[^>]*\banswer\b)", re.MULTILINE)


def without_answers(text: str) -> str:
    """The text with its folded answers blank, so that all other lines keep their numbers."""
    lines = []
    inside: int | None = None
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        if inside is not None and line.strip() and indent <= inside:
            inside = None
        begins = _FOLDED.match(line)
        if begins and inside is None:
            inside = len(begins["indent"])
        lines.append(line if inside is None else "")
    return "\n".join(lines)


def holds_answers(text: str) -> bool:
    """Whether something else than a folded block may hold an answer, such as HTML."""
    return bool(_ANY.search(without_answers(text)))
