"""Subscripts and superscripts as they are written, before anyone asks what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from proofread.commands.typography import FONT_SWITCHES, FONTS, GREEK, IGNORED, UPRIGHT_FONTS
from proofread.latex.tokens import Refusal, Span, Token
from proofread.syntax.cursor import Cursor


@dataclass(frozen=True, slots=True)
class SupItem:
    """One thing that a superscript says."""

    kind: str
    """star, text, index, bracket, transpose, letter (T or t), prime, inverse, pinv or power."""
    tokens: tuple[Token, ...] = ()
    text: str = ""


def plain_text(tokens: Sequence[Token]) -> str:
    """The letters and digits of an upright run; empty where anything else stands in it."""
    text = ""
    for token in tokens:
        if token.kind in ("letter", "number") or token.is_symbol("-"):
            text += token.text
        elif not (token.kind == "command" and token.text in IGNORED):
            return ""
    return text if text[:1].isalpha() else ""


def read_scripts(cursor: Cursor) -> tuple[tuple[Token, ...] | None, tuple[SupItem, ...], Span]:
    """All subscripts, superscripts and primes here."""
    sub: tuple[Token, ...] | None = None
    sup: list[SupItem] = []
    raised = False
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
            if raised:
                raise Refusal("latex-syntax", "a second superscript", mark.span)
            raised = True
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
    if len(items) > 1 and items[0].kind == "letter" and items[-1].kind == "inverse":
        return [SupItem("power", tuple(cursor.tokens))]
    return items


def _sup_item(cursor: Cursor, first: bool) -> SupItem | None:
    start = cursor.position
    token = cursor.next()
    if token.is_symbol("*") or token.is_command("star", "ast"):
        return SupItem("star", text="*" if token.is_symbol("*") else "\\star")
    if token.is_symbol("-") and first and cursor.done:
        return SupItem("star", text="-")
    if token.is_command(*TRANSPOSES):
        return SupItem("transpose")
    if token.is_command("prime"):
        return SupItem("prime")
    if token.is_command("dagger", "dag") or (token.is_symbol("+") and cursor.done):
        return SupItem("pinv")
    if token.kind == "letter" and token.text in ("T", "t") and _ends_or_inverts(cursor):
        return SupItem("letter", (token,), token.text)
    if token.is_symbol("-") and _inverts(cursor):
        return SupItem("inverse")
    if token.is_symbol("(", "[") and first:
        inner = _matching(cursor, token)
        if inner is not None:
            return SupItem("index" if token.text == "(" else "bracket", tuple(inner))
    cursor.position = start
    if _is_upright_t(cursor):
        if cursor.next().kind == "open":
            cursor.position = start
        cursor.argument()
        return SupItem("transpose")
    return _descriptive(cursor)


def _inverts(cursor: Cursor) -> bool:
    """Whether a minus already read makes an inverse; steps over the one behind it."""
    following, after = cursor.peek(), cursor.peek(1)
    if following is None:
        return False
    if following.kind == "number" and following.text == "1":
        if after is None or after.is_command(*TRANSPOSES) or after.kind == "letter":
            cursor.next()
            return True
        return False
    return (
        following.is_command(*TRANSPOSES)
        or (following.kind == "letter" and following.text == "T")
        or _is_upright_t(cursor)
    )


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
        if token.kind == "command" and (token.text in FONTS or token.text in FONT_SWITCHES):
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
        text = plain_text(cursor.argument())
        if text:
            return SupItem("text", text=text)
    if token.kind == "command" and FONT_SWITCHES.get(token.text) in UPRIGHT_FONTS:
        rest = list(cursor.tokens[cursor.position :])
        text = plain_text(rest)
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
    """The text of a subscript that is a word, upright or of stars; empty where it is none."""
    if tokens and all(token.is_symbol("*") or token.is_command("star", "ast") for token in tokens):
        return "".join("\\star" if token.text == "star" else "*" for token in tokens)
    cursor = Cursor(tokens, Span(0, 0))
    text = ""
    while not cursor.done:
        token = cursor.next()
        if token.kind == "command" and token.text in UPRIGHT_FONTS:
            text += plain_text(cursor.argument())
        elif token.kind == "command" and FONT_SWITCHES.get(token.text) in UPRIGHT_FONTS:
            text += plain_text(cursor.tokens[cursor.position :])
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
