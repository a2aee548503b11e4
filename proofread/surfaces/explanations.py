"""What each code of a finding means: the sections of the page ``docs/findings.md``.

An installed package carries a copy of the page; where the package is used from its repository,
the page itself is read.
"""

from __future__ import annotations

import re
from pathlib import Path

_PAGE = "findings.md"
_CARRIED = Path(__file__).with_name(_PAGE)
_WRITTEN = Path(__file__).parents[2] / "docs" / _PAGE
_SECTION = re.compile(
    r"^## +(?P<code>[a-z-]+)\n+(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL
)
_SENTENCE = re.compile(r"[^.:]*[.:]")


def explanations() -> dict[str, str]:
    """The Markdown of each section, by its code, in the order of the page."""
    page = _CARRIED if _CARRIED.is_file() else _WRITTEN
    text = page.read_text(encoding="utf-8")
    return {match["code"]: match["text"].rstrip() for match in _SECTION.finditer(text)}


def first_sentence(text: str) -> str:
    """What a section begins with, in one line without its full stop."""
    match = _SENTENCE.match(text)
    return " ".join((match[0] if match else text).split()).rstrip(".:")
