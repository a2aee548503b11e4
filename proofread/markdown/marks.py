"""Private characters that carry places through the conversion, and the table behind them.

They are Unicode noncharacters. Those that a page brings itself are replaced before anything else
is read, so that no text can forge a mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from proofread.records import Place

OPEN, CLOSE = "\ufdd0", "\ufdd1"
GUARD = "\ufdd2"
"""Stands at the start of a line inside a formula, so that it begins no list and no heading."""
LESS = "\ufdd3"
"""Stands for ``<`` inside a formula, so that it begins no tag."""
ORIGIN = "\ufdd4"
"""Stands at the end of a line, before the number of the line's origin."""
DOLLAR = "\ufdd5"
ROUND_OPEN, ROUND_CLOSE = "\ufdd6", "\ufdd7"
SQUARE_OPEN, SQUARE_CLOSE = "\ufdd8", "\ufdd9"
BEGIN, END = "\ufdda", "\ufddb"
COMMENT = "\ufddc"
"""Behind the ``<!--`` of a comment: no delimiter, but the place is wanted."""
FORMULA = "\ufddd"
"""In the attribute of a formula's element, so that no attribute of the page can pass for it."""
_DIGITS = "".join(chr(0xFDE0 + digit) for digit in range(16))
_READ = str.maketrans(_DIGITS, "0123456789abcdef")
_WRITE = str.maketrans("0123456789abcdef", _DIGITS)

NUMBER = f"[{_DIGITS}]+"
TOKEN = re.compile(f"{OPEN}(?P<kind>[{DOLLAR}-{COMMENT}])(?P<number>{NUMBER}){CLOSE}")
PIECE = re.compile(f"{OPEN}{FORMULA}(?P<number>{NUMBER}){CLOSE}")
_PRIVATE = re.compile("[\x00\x02\x03\ufdd0-\ufdef\ud800-\udfff]")


def clean(text: str) -> str:
    """A text of the same length without what could be mistaken for a mark."""
    return _PRIVATE.sub("\ufffd", text)


def number(digits: str) -> int:
    """The number that private digits write."""
    return int(digits.translate(_READ), 16)


def digits(value: int) -> str:
    """A number in private digits."""
    return f"{value:x}".translate(_WRITE)


@dataclass(slots=True)
class Delimiter:
    """A delimiter of the source: ``$``, a bracket with its backslash, an end of an environment."""

    kind: str
    text: str
    row: int
    """Which of the lines that are converted it stands on."""
    position: int
    """Where on that line."""
    place: Place
    partner: int | None = None
    """What closes the formula that it seems to open."""


def token(kind: str, index: int) -> str:
    """What stands for the delimiter with this index while the page is converted."""
    return f"{OPEN}{kind}{digits(index)}{CLOSE}"


def restore(text: str, delimiters: list[Delimiter]) -> str:
    """A text as its author wrote it."""
    if not any(mark in text for mark in (OPEN, GUARD, LESS)):
        return text
    text = text.replace(GUARD, "").replace(LESS, "<")
    return TOKEN.sub(lambda match: delimiters[number(match["number"])].text, text)
