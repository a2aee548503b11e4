"""Names as they are written: a letter with its font, accents and scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from proofread.commands.registry import FUNCTIONS
from proofread.commands.typography import (
    ACCENTS,
    FONT_SWITCHES,
    FONTS,
    GREEK,
    IGNORED,
    UPRIGHT_FONTS,
)
from proofread.latex.tokens import Refusal, Span, Token
from proofread.syntax.cursor import Cursor
from proofread.syntax.scope import Scope


@dataclass(frozen=True, slots=True)
class Base:
    """The letter of a name with its font and accents, innermost first."""

    letter: str
    font: str = ""
    accents: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        text = f"\\{self.font}{{{self.letter}}}" if self.font else self.letter
        for accent in self.accents:
            text = f"\\{accent}{{{text}}}"
        return text

    def variants(self) -> list[tuple[str, Base]]:
        """Other spellings that an author may mean, each with the word for it."""
        result = []
        if self.font != "mathbf":
            result.append(("the bold letter", replace(self, font="mathbf")))
        if self.font:
            result.append(("the plain letter", replace(self, font="")))
        if not self.accents:
            accents = ("hat", "bar", "tilde")
            result.extend((f"with \\{each}", replace(self, accents=(each,))) for each in accents)
        else:
            result.append(("without the accent", replace(self, accents=())))
        if len(self.letter) == 1:
            result.append(("the other case", replace(self, letter=self.letter.swapcase())))
        return result


@dataclass(frozen=True, slots=True)
class SupItem:
    """One thing that a superscript says."""

    kind: str
    """star, text, index, bracket, transpose, letter (T or t), prime, inverse, pinv or power."""
    tokens: tuple[Token, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class RawName:
    """A name with its scripts, before the table is asked what they mean."""

    base: Base
    sub: tuple[Token, ...] | None
    sup: tuple[SupItem, ...]
    span: Span
    sub_span: Span


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
        if token.text == "mathbfcal":
            return None
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
    inner = Cursor(argument, cursor.behind)
    raw = read_name(inner, scope)
    if raw is None:
        return None
    if not inner.done:
        text = _plain_text(argument)
        return (Base(text, "", (accent,)), None) if text else None
    base = replace(raw.base, accents=(*raw.base.accents, accent))
    return base, raw if raw.sub is not None or raw.sup else None


def _with_font(
    font: str, command: str, argument: list[Token], cursor: Cursor, scope: Scope
) -> tuple[Base, RawName | None] | None:
    text = _plain_text(argument)
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


def _plain_text(tokens: Sequence[Token]) -> str:
    """The letters and digits of an upright run; empty where anything else stands in it."""
    text = ""
    for token in tokens:
        if token.kind in ("letter", "number") or token.is_symbol("-"):
            text += token.text
        elif not (token.kind == "command" and token.text in IGNORED):
            return ""
    return text if text[:1].isalpha() else ""


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
    sub2, sup2, span2 = read_scripts(cursor)
    if sub2 is not None:
        sub, sub_span = sub2, span2
    return RawName(base, sub, (*sup, *sup2), cursor.since(start), sub_span)


def read_scripts(cursor: Cursor) -> tuple[tuple[Token, ...] | None, tuple[SupItem, ...], Span]:
    """All subscripts, superscripts and primes here."""
    sub: tuple[Token, ...] | None = None
    sup: list[SupItem] = []
    sub_span = cursor.here
    while True:
        if cursor.at_symbol("_"):
            mark = cursor.next()
            if sub is not None:
                raise Refusal("latex-syntax", "a second subscript", mark.span)
            start = cursor.position
            sub = tuple(cursor.argument())
            sub_span = cursor.since(start)
            if not sub:
                raise Refusal("latex-syntax", "an empty subscript", mark.span)
        elif cursor.at_symbol("^"):
            mark = cursor.next()
            start = cursor.position
            argument = cursor.argument()
            sup.extend(read_superscript(argument, cursor.since(start)))
        elif cursor.at_symbol("'"):
            cursor.next()
            sup.append(SupItem("prime"))
        else:
            return sub, tuple(sup), sub_span


TRANSPOSES = ("top", "intercal", "transpose", "transp")


def read_superscript(tokens: Sequence[Token], span: Span) -> list[SupItem]:
    """What a superscript says, in order."""
    cursor = Cursor(tokens, span)
    items: list[SupItem] = []
    while not cursor.done:
        item = _sup_item(cursor, first=not items)
        if item is None:
            rest = tuple(cursor.tokens[cursor.position :])
            if items:
                if all(part.kind in ("star", "text", "prime") for part in items):
                    return [*items, SupItem("power", rest)]
                return [SupItem("power", tuple(cursor.tokens))]
            return [SupItem("power", rest)]
        items.append(item)
    letters = [item for item in items if item.kind == "letter"]
    if letters and len(items) > 1 and items[-1].kind == "inverse" and items[0].kind == "letter":
        return [SupItem("power", tuple(cursor.tokens))]
    return items


def _sup_item(cursor: Cursor, first: bool) -> SupItem | None:
    start = cursor.position
    token = cursor.next()
    if token.is_symbol("*") or token.is_command("star", "ast"):
        return SupItem("star", text="*" if token.is_symbol("*") else "\\star")
    if token.is_command(*TRANSPOSES):
        return SupItem("transpose")
    if token.is_command("prime"):
        return SupItem("prime")
    if token.is_command("dagger", "dag") or (token.is_symbol("+") and cursor.done):
        return SupItem("pinv")
    if token.kind == "letter" and token.text in ("T", "t") and _ends_or_inverts(cursor):
        return SupItem("letter", (token,), token.text)
    if token.is_symbol("-"):
        following = cursor.peek()
        if following and following.kind == "number" and following.text == "1":
            after = cursor.peek(1)
            if after is None or after.is_command(*TRANSPOSES) or after.kind == "letter":
                cursor.next()
                return SupItem("inverse")
        if following and (following.is_command(*TRANSPOSES) or _is_upright_t(cursor)):
            return SupItem("inverse")
        if following and following.kind == "letter" and following.text == "T":
            return SupItem("inverse")
    if token.is_symbol("(", "[") and first:
        inner = _matching(cursor, token)
        if inner is not None:
            return SupItem("index" if token.text == "(" else "bracket", tuple(inner))
    cursor.position = start
    if _is_upright_t(cursor):
        cursor.position = start
        if cursor.next().kind == "open":
            cursor.position = start
            cursor.group()
        else:
            cursor.argument() if cursor.tokens[start].text in FONTS else None
            if cursor.tokens[start].text in FONT_SWITCHES:
                cursor.next()
        return SupItem("transpose")
    cursor.position = start
    return _descriptive(cursor)


def _ends_or_inverts(cursor: Cursor) -> bool:
    following = cursor.peek()
    if following is None:
        return True
    after = cursor.peek(1)
    return bool(
        following.is_symbol("-") and after and after.kind == "number" and after.text == "1"
        and cursor.peek(2) is None
    )  # fmt: skip


def _is_upright_t(cursor: Cursor) -> bool:
    """Whether an upright T stands here, in any of its spellings; the place is kept."""
    start = cursor.position
    try:
        token = cursor.peek()
        if token is None:
            return False
        if (token.kind == "command" and token.text in FONTS) or (
            token.kind == "command" and token.text in FONT_SWITCHES
        ):
            cursor.next()
            inside = cursor.argument()
        elif token.kind == "open":
            inside = cursor.group()
            if inside and inside[0].kind == "command" and inside[0].text in FONT_SWITCHES:
                inside = inside[1:]
            elif len(inside) == 1 and inside[0].is_command(*TRANSPOSES):
                return True
            elif inside and inside[0].kind == "command" and inside[0].text in FONTS:
                part = Cursor(inside, token.span)
                return _is_upright_t(part)
            else:
                return False
        else:
            return False
        return len(inside) == 1 and inside[0].kind == "letter" and inside[0].text in ("T", "t")
    finally:
        cursor.position = start


def _descriptive(cursor: Cursor) -> SupItem | None:
    start = cursor.position
    token = cursor.next()
    if token.kind == "command" and token.text in UPRIGHT_FONTS:
        text = _plain_text(cursor.argument())
        if text:
            return SupItem("text", text=text)
    if token.kind == "command" and FONT_SWITCHES.get(token.text) in UPRIGHT_FONTS:
        rest = list(cursor.tokens[cursor.position :])
        text = _plain_text(rest)
        if text:
            cursor.position = len(cursor.tokens)
            return SupItem("text", text=text)
    cursor.position = start
    return None


def _matching(cursor: Cursor, opening: Token) -> list[Token] | None:
    closing = ")" if opening.text == "(" else "]"
    depth = 1
    start = cursor.position
    while not cursor.done:
        token = cursor.next()
        if token.is_symbol(opening.text):
            depth += 1
        elif token.is_symbol(closing):
            depth -= 1
            if depth == 0:
                return list(cursor.tokens[start : cursor.position - 1])
    cursor.position = start
    return None


def descriptive_text(tokens: Sequence[Token]) -> str:
    """The text of a subscript that is a word: upright, or empty where it is none."""
    cursor = Cursor(tokens, Span(0, 0))
    text = ""
    while not cursor.done:
        token = cursor.next()
        if token.kind == "command" and token.text in UPRIGHT_FONTS:
            text += _plain_text(cursor.argument())
        elif token.kind == "command" and FONT_SWITCHES.get(token.text) in UPRIGHT_FONTS:
            text += _plain_text(cursor.tokens[cursor.position :])
            return text
        else:
            return ""
    return text


def literal_text(tokens: Sequence[Token]) -> str:
    """A subscript or index as it would stand in a name: its letters, digits and Greek."""
    text = ""
    for token in tokens:
        if token.kind in ("letter", "number"):
            text += token.text
        elif token.kind == "command" and token.text in GREEK:
            text += "\\" + token.text
        elif token.kind in ("open", "close"):
            continue
        elif token.is_symbol(",", "+", "-", "|"):
            text += token.text
        elif token.is_command("mid"):
            text += "|"
        elif token.kind == "command" and token.text in UPRIGHT_FONTS:
            continue
        else:
            return ""
    return text
