"""Names as they are written: a letter with its font, accents and scripts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from proofread.commands.registry import FUNCTIONS
from proofread.commands.typography import (
    ACCENTS,
    FONT_SWITCHES,
    FONTS,
    GREEK,
    UPRIGHT_FONTS,
)
from proofread.latex.tokens import Span, Token
from proofread.limits import MAX_NESTING
from proofread.syntax.cursor import Cursor
from proofread.syntax.scope import Scope
from proofread.syntax.scripts import SupItem, plain_text, read_scripts


@dataclass(frozen=True, slots=True)
class Base:
    """The letter of a name with its font and accents, innermost first."""

    letter: str
    font: str = ""
    accents: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The letter in its font and accents, as LaTeX."""
        text = f"\\{self.font}{{{self.letter}}}" if self.font else self.letter
        for accent in self.accents:
            text = f"\\{accent}{{{text}}}"
        return text


@dataclass(frozen=True, slots=True)
class RawName:
    """A name with its scripts, before the table is asked what they mean."""

    base: Base
    sub: tuple[Token, ...] | None
    sup: tuple[SupItem, ...]
    span: Span
    sub_span: Span
    without_sup: Span
    """The stretch before the superscripts, where they stand last."""


def read_base(cursor: Cursor, scope: Scope) -> tuple[Base, RawName | None] | None:
    r"""The base of the name here, past it; ``None``, and no step, where there is none.

    The second part are scripts found below an accent (``\hat{y_j}``).
    """
    start = cursor.position
    found = _read_base(cursor, scope)
    if found is None:
        cursor.position = start
    return found


def _read_base(cursor: Cursor, scope: Scope) -> tuple[Base, RawName | None] | None:
    token = cursor.peek()
    if token is None:
        return None
    if token.kind == "letter":
        return Base(_letters(cursor, scope)), None
    if token.kind == "command":
        if token.text in GREEK:
            cursor.next()
            return Base("\\" + token.text), None
        if token.text in ACCENTS:
            cursor.next()
            return _accented(ACCENTS[token.text], cursor.argument(), cursor, scope)
        if token.text in FONTS:
            cursor.next()
            return _with_font(FONTS[token.text], token.text, cursor.argument(), cursor, scope)
    if token.kind == "open":
        inner = cursor.group()
        return _braced(inner, cursor, scope)
    return None


def _letters(cursor: Cursor, scope: Scope) -> str:
    """A run of plain letters that the table knows as one name, or the one letter here."""
    first = cursor.next().text
    best = 1
    for run in scope.runs():
        if run[0] != first or len(run) <= best:
            continue
        tokens = [cursor.peek(ahead) for ahead in range(len(run) - 1)]
        if all(t is not None and t.kind == "letter" and t.text == letter
               for t, letter in zip(tokens, run[1:], strict=True)):  # fmt: skip
            best = len(run)
    return first + "".join(cursor.next().text for _ in range(best - 1))


def _accented(
    accent: str, argument: list[Token], cursor: Cursor, scope: Scope
) -> tuple[Base, RawName | None] | None:
    if len(argument) > MAX_NESTING:
        return None
    inner = Cursor(argument, cursor.behind)
    raw = read_name(inner, scope)
    if raw is None:
        return None
    if not inner.done:
        text = plain_text(argument)
        return (Base(text, "", (accent,)), None) if text else None
    base = replace(raw.base, accents=(*raw.base.accents, accent))
    return base, raw if raw.sub is not None or raw.sup else None


def _with_font(
    font: str, command: str, argument: list[Token], cursor: Cursor, scope: Scope
) -> tuple[Base, RawName | None] | None:
    text = plain_text(argument)
    if command in UPRIGHT_FONTS and text and len(text) > 1:
        return Base(text), None
    inner = Cursor(argument, cursor.behind)
    raw = read_name(inner, scope)
    if raw is None or not inner.done or (len(raw.base.letter) > 1 and raw.base.letter[0] != "\\"):
        return None
    return replace(raw.base, font=font or raw.base.font), raw if raw.sub or raw.sup else None


def _braced(inner: list[Token], cursor: Cursor, scope: Scope) -> tuple[Base, RawName | None] | None:
    r"""A group that is nothing but a name, ``{\bf X}`` or ``{x}``."""
    if inner and inner[0].kind == "command" and inner[0].text in FONT_SWITCHES:
        switch = FONT_SWITCHES[inner[0].text]
        return _with_font(switch, switch, inner[1:], cursor, scope)
    part = Cursor(inner, cursor.behind)
    raw = read_name(part, scope)
    if raw is None or not part.done or raw.sup or raw.sub is not None:
        return None
    return raw.base, None


def read_name(cursor: Cursor, scope: Scope) -> RawName | None:
    """The name here with its scripts; ``None``, and no step, where none stands."""
    start = cursor.position
    found = read_base(cursor, scope)
    if found is None:
        return None
    base, below = found
    plain = base.key == base.letter and len(base.letter) > 1
    if plain and base.letter in FUNCTIONS and scope.lookup(base.letter) is None:
        cursor.position = start
        return None
    sub = below.sub if below else None
    sup = below.sup if below else ()
    sub_span = below.sub_span if below else cursor.behind
    alone = cursor.since(start)
    sub2, sup2, span2 = read_scripts(cursor)
    span = cursor.since(start)
    if sub2 is not None:
        sub, sub_span = sub2, span2
        last = max((token.span.end for item in sup2 for token in item.tokens), default=0)
        alone = alone.to(sub_span) if last > sub_span.end or not sup2 else span
    return RawName(base, sub, (*sup, *sup2), span, sub_span, alone)
