"""Chains: terms, the relations between them, and the reasons of the steps."""

from __future__ import annotations

from dataclasses import dataclass

from proofread.commands.typography import INFIX_COMMANDS, RELATIONS, WIDE_SPACES
from proofread.latex.tokens import Refusal, Span, Token, argument_at
from proofread.syntax.cleaning import Tokens, trim
from proofread.syntax.cursor import depths
from proofread.syntax.words import is_prose, is_words, words_at


@dataclass(slots=True)
class Chain:
    """Terms with the relations between them; ``reasons`` has one entry a relation."""

    terms: list[Tokens]
    relations: list[str]
    relation_spans: list[Span]
    reasons: list[str | None]
    span: Span


def has_relation(tokens: Tokens) -> bool:
    """Whether a relation stands between the tokens, in no brackets."""
    return any(
        level == 0 and relation(token) for token, level in zip(tokens, depths(tokens), strict=True)
    )


def relation(token: Token) -> str | None:
    """The relation that a token stands for, in one spelling for all its commands."""
    if token.kind in ("command", "symbol") and token.text in RELATIONS:
        if token.is_symbol("|") or token.is_command("mid"):
            return None
        return RELATIONS[token.text]
    return None


def starts_with_operator(tokens: Tokens) -> bool:
    """Whether the tokens go on with a term."""
    trimmed = trim(tokens)
    return bool(trimmed) and (
        trimmed[0].is_symbol("+", "-", "*", "/")
        or (trimmed[0].kind == "command" and trimmed[0].text in INFIX_COMMANDS)
    )


def chain_of(tokens: Tokens) -> Chain:
    """The terms of a run of tokens and the relations between them."""
    levels = depths(tokens)
    terms: list[Tokens] = [[]]
    relations: list[str] = []
    spans: list[Span] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        found = _relation_here(tokens, position) if levels[position] == 0 else None
        if found is None:
            terms[-1].append(token)
            position += 1
            continue
        mark, end = found
        span = token.span.to(tokens[end - 1].span)
        if not trim(terms[-1]):
            raise Refusal("latex-syntax", f"“{token.written}” has no left side", span)
        relations.append(mark)
        spans.append(span)
        terms.append([])
        position = end
    reasons: list[str | None] = []
    for number, term in enumerate(terms):
        terms[number], reason = _without_reason(term)
        if number:
            reasons.append(reason)
    if relations and not trim(terms[-1]):
        raise Refusal("latex-syntax", "the relation has no right side", spans[-1])
    span = tokens[0].span.to(tokens[-1].span)
    return Chain([trim(term) for term in terms], relations, spans, reasons, span)


def _relation_here(tokens: Tokens, position: int) -> tuple[str, int] | None:
    token = tokens[position]
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if token.is_symbol(":") and following is not None and following.is_symbol("="):
        return ":=", position + 2
    if token.is_command("overset", "stackrel", "underset"):
        words, end = argument_at(tokens, position + 1, token)
        inside, end = argument_at(tokens, end, token)
        mark = relation(inside[0]) if len(inside) == 1 else None
        if mark is None:
            return None
        text = "".join(part.written for part in words)
        return (":=" if mark == "=" and _says_definition(text) else mark), end
    mark = relation(token)
    return None if mark is None else (mark, position + 1)


def _says_definition(text: str) -> bool:
    lowered = text.lower().replace("\\", "").replace("text", "").strip("{}. ")
    return any(word in lowered for word in ("def", "triangle", "delta"))


def _without_reason(tokens: Tokens) -> tuple[Tokens, str | None]:
    """A term without the words behind it, which are the reason of its step."""
    levels = depths(tokens)
    for position, token in enumerate(tokens):
        if levels[position] != 0 or not is_words(token):
            continue
        words, end = words_at(tokens, position)
        before = tokens[position - 1] if position else None
        spaced = before is None or (before.kind == "command" and before.text in WIDE_SPACES)
        at_end = not trim(tokens[end:])
        if position and is_prose(words, spaced, at_end):
            if not at_end:
                words = " ".join([words.strip(), *(t.written for t in trim(tokens[end:]))])
            return tokens[:position], words.strip().removeprefix("(").removesuffix(")")
    for position, token in enumerate(tokens):
        if (
            levels[position] == 0
            and token.is_symbol("(", "[")
            and position
            and (position + 1 < len(tokens) and is_words(tokens[position + 1]))
        ):
            words, end = words_at(tokens, position + 1)
            if is_prose(words, True, False) or end == len(tokens) - 1:
                before = tokens[position - 1]
                if before.kind == "command" and before.text in WIDE_SPACES:
                    return tokens[:position], words.strip()
    return _without_number(tokens), None


def _without_number(tokens: Tokens) -> Tokens:
    r"""A term without the number of its equation, typed as ``\quad (12)``."""
    rest = trim(tokens)
    if len(rest) < 5:
        return tokens
    space, opening, number, closing = rest[-4:]
    typed = space.kind == "command" and space.text in WIDE_SPACES
    bracketed = opening.is_symbol("(") and closing.is_symbol(")")
    return rest[:-4] if typed and bracketed and number.text.isdigit() else tokens
