"""The grammar of delimiters: which of them enclose a formula, in a text that has them marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from proofread.markdown.marks import (
    BEGIN,
    CLOSE,
    DOLLAR,
    END,
    GUARD,
    OPEN,
    ROUND_CLOSE,
    ROUND_OPEN,
    SQUARE_CLOSE,
    SQUARE_OPEN,
    TOKEN,
    number,
)

SOURCE = re.compile(
    r"\\\\|\\(?P<end>begin|end)\{(?P<name>[A-Za-z]+\*?)\}|\\(?P<bracket>[()\[\]])"
    r"|\\.|(?P<dollar>\$)|(?P<comment><!--)"
)
"""The delimiters of a line, and the escapes that are none."""
BRACKETS = {"(": ROUND_OPEN, ")": ROUND_CLOSE, "[": SQUARE_OPEN, "]": SQUARE_CLOSE}
OPENERS = frozenset({DOLLAR, ROUND_OPEN, SQUARE_OPEN, BEGIN})
MAX_INSIDE = 300
"""Delimiters inside of one environment; behind so many its end is not looked for."""
_PAIR = re.compile(f"{OPEN}{DOLLAR}[^{CLOSE}]+{CLOSE}{OPEN}{DOLLAR}[^{CLOSE}]+{CLOSE}")
_STASHED = re.compile("[\x02\x03]")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Found:
    """A formula in a text: where it stands, what is in it, the delimiters around it."""

    start: int
    end: int
    body: str
    display: bool
    first: int
    """The index of its first delimiter."""
    opening: int
    """The index of the last delimiter before ``body`` (of the first in it, for an environment)."""
    closing: int
    """The index of the first delimiter behind ``body``."""
    last: int
    environment: bool = False


NameOf = Callable[[int], str]
"""The name of the environment that a delimiter begins or ends."""


def _blank_before(data: str, position: int) -> bool:
    line = data[data.rfind("\n", 0, position) + 1 : position]
    return not line.strip(f" {GUARD}")


def _blank_behind(data: str, position: int) -> bool:
    stop = data.find("\n", position)
    return not data[position : stop if stop >= 0 else len(data)].strip()


def _readable(body: str) -> bool:
    return bool(body.strip(f" \n{GUARD}")) and not _STASHED.search(body)


def _displays(data: str, start: int, end: int, body: str) -> bool:
    """A formula over several lines stands on lines of its own."""
    if not _readable(body):
        return False
    return "\n" not in body or (_blank_before(data, start) and _blank_behind(data, end))


def _double_dollar(data: str, opener: re.Match[str]) -> Found | None:
    closer = _PAIR.search(data, opener.end())
    if not closer:
        return None
    body = data[opener.end() : closer.start()]
    if not _displays(data, opener.start(), closer.end(), body):
        return None
    first, opening = (number(match["number"]) for match in TOKEN.finditer(opener[0]))
    closing, last = (number(match["number"]) for match in TOKEN.finditer(closer[0]))
    return Found(opener.start(), closer.end(), body, True, first, opening, closing, last)


def _single_dollar(data: str, opener: re.Match[str], floor: int) -> Found | None:
    if opener.start() > floor and data[opener.start() - 1] == CLOSE:
        before = data.rfind(OPEN, floor, opener.start())
        if before >= floor and data[before + 1] == DOLLAR:
            return None
    position = data.find(OPEN + DOLLAR, opener.end())
    closer = TOKEN.match(data, position) if position >= 0 else None
    if not closer:
        return None
    body = data[opener.end() : position]
    if not _readable(body) or body[0].isspace() or body[-1].isspace():
        return None
    if body[0].isdigit() and data[closer.end() : closer.end() + 1].isdigit():
        return None
    first, last = number(opener["number"]), number(closer["number"])
    return Found(opener.start(), closer.end(), body, False, first, first, last, last)


def _bracket(data: str, opener: re.Match[str], closing: str) -> Found | None:
    position = data.find(OPEN + closing, opener.end())
    closer = TOKEN.match(data, position) if position >= 0 else None
    if not closer:
        return None
    body = data[opener.end() : position]
    display = closing == SQUARE_CLOSE
    fits = _displays(data, opener.start(), closer.end(), body) if display else _readable(body)
    if not fits:
        return None
    first, last = number(opener["number"]), number(closer["number"])
    return Found(opener.start(), closer.end(), body, display, first, first, last, last)


def _environment(data: str, opener: re.Match[str], name_of: NameOf) -> Found | None:
    if not _blank_before(data, opener.start()) or data.find(OPEN + END, opener.end()) < 0:
        return None
    first = number(opener["number"])
    name, depth = name_of(first), 0
    for token in islice(TOKEN.finditer(data, opener.start()), MAX_INSIDE):
        kind = token["kind"]
        if kind not in (BEGIN, END) or name_of(number(token["number"])) != name:
            continue
        depth += 1 if kind == BEGIN else -1
        if depth == 0:
            body = data[opener.start() : token.end()]
            if not (_readable(body) and _blank_behind(data, token.end())):
                return None
            last = number(token["number"])
            return Found(opener.start(), token.end(), body, True, first, first, last, last, True)
    return None


def formula_at(data: str, start: int, name_of: NameOf, floor: int = 0) -> Found | None:
    """The formula that the delimiter at ``start`` opens; ``floor`` is the end of the one before."""
    opener = TOKEN.match(data, start)
    if opener is None:
        return None
    kind = opener["kind"]
    if kind == DOLLAR:
        pair = _PAIR.match(data, start)
        return _double_dollar(data, pair) if pair else _single_dollar(data, opener, floor)
    if kind == ROUND_OPEN:
        return _bracket(data, opener, ROUND_CLOSE)
    if kind == SQUARE_OPEN:
        return _bracket(data, opener, SQUARE_CLOSE)
    if kind == BEGIN:
        return _environment(data, opener, name_of)
    return None


def formulas(data: str, name_of: NameOf) -> Iterator[Found]:
    """The formulas that a run of lines seems to hold, its code left out."""
    data = _CODE.sub(lambda match: "\x02" * len(match[0]), data)
    position = 0
    while match := TOKEN.search(data, position):
        found = formula_at(data, match.start(), name_of, position)
        if found:
            yield found
        position = found.end if found else match.end()
