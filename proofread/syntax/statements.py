"""The tokens of one piece to statements: rows, chains, separators, reasons and conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from proofread.commands.typography import (
    INFIX_COMMANDS,
    WIDE_SPACES,
)
from proofread.latex.tokens import Refusal, Span, Token, argument_at
from proofread.syntax.chains import Chain, chain_of, has_relation, relation
from proofread.syntax.cleaning import Tokens, clean, is_space, require_balance, trim
from proofread.syntax.conditions import COMPARISONS
from proofread.syntax.cursor import depths, is_dots, is_letter, split_commas
from proofread.syntax.respelling import respelled
from proofread.syntax.rows import statement_rows
from proofread.syntax.words import (
    CONDITION_WORDS,
    JOIN_WORDS,
    QUANTIFIERS,
    READ_BEFORE,
    REASON_WORDS,
    STATED,
    is_prose,
    is_words,
    words_at,
)

BOUNDS = frozenset({"<", ">", "≤", "≥"})
IMPLICATIONS = frozenset({"⟹", "⟸", "⟺"})


@dataclass(frozen=True, slots=True)
class Condition:
    r"""What stands behind a formula: ``for all i``, ``i = 1, \dots, m``, ``as δ → 0``, ``if``."""

    word: str
    tokens: tuple[Token, ...]
    span: Span


@dataclass(slots=True)
class RawStatement:
    """One statement: a chain, or several with implications between them."""

    chains: list[Chain]
    joins: list[str]
    conditions: list[Condition]
    intro: str
    """The word before it inside the formula (``where``, ``let``), or empty."""
    span: Span
    tokens: Tokens = field(default_factory=list)


@dataclass(slots=True)
class RawPiece:
    """The statements of a piece and its labels."""

    statements: list[RawStatement]
    labels: list[tuple[str, Span]]


def split_piece(tokens: Sequence[Token]) -> RawPiece:
    """The statements of one piece of mathematics."""
    labels: list[tuple[str, Span]] = []
    require_balance(tokens)
    cleaned = respelled(clean(list(tokens), labels))
    statements: list[RawStatement] = []
    for row in statement_rows(cleaned):
        for part in _separate(row):
            statements.extend(_statements(part))
    return RawPiece(statements, labels)


def _separate(tokens: Tokens) -> list[Tokens]:
    """Statements of one row: split at commas before a wide space, words, or another relation."""
    parts: list[Tokens] = [[]]
    levels = depths(tokens)
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if levels[position] == 0:
            if token.is_symbol(",", ";") and _separates(tokens, levels, position, parts[-1]):
                parts.append([])
                position += 1
                continue
            if is_words(token):
                words, end = words_at(tokens, position)
                if words.strip().lower().rstrip(",") in JOIN_WORDS and trim(parts[-1]):
                    parts.append([])
                    position = end
                    continue
                parts[-1].extend(tokens[position:end])
                position = end
                continue
        parts[-1].append(token)
        position += 1
    return [part for part in parts if trim(part)]


def _separates(tokens: Tokens, levels: list[int], position: int, before: Tokens) -> bool:
    after = tokens[position + 1 :]
    after_levels = levels[position + 1 :]
    wide = bool(after) and after[0].kind == "command" and after[0].text in WIDE_SPACES
    trimmed = [token for token in after if not is_space(token)]
    if not trimmed or not trim(before):
        return False
    if is_dots(trimmed[0]):
        return False
    if _is_condition_start(trimmed) or compares_indices(trimmed, before):
        return False
    if wide:
        return True
    if _ends_in_condition(before):
        return False
    upto = [
        k for k, (token, level) in enumerate(zip(after, after_levels, strict=True))
        if level == 0 and token.is_symbol(",", ";")
    ]  # fmt: skip
    next_part = after[: upto[0]] if upto else after
    if not (has_relation(before) and has_relation(next_part)) or _bounds_both(before, next_part):
        return False
    return not _is_range(tokens[position + 1 :])


def _ends_in_condition(tokens: Tokens) -> bool:
    r"""``\text{for } s > 0, t > 0``: a comma inside what is said behind a formula."""
    levels = depths(tokens)
    for position, token in enumerate(tokens):
        if levels[position] != 0 or not position:
            continue
        if token.is_command("forall"):
            return True
        if is_words(token) and words_at(tokens, position)[0].strip().lower() in CONDITION_WORDS:
            return True
    return False


def _bounds_both(before: Tokens, after: Tokens) -> bool:
    """``0 < p, q < 1`` bounds both names from both sides."""
    left, right = trim(before), trim(after)
    if left[0].kind != "number" or right[-1].kind != "number":
        return False
    marks = [relation(token) for token in (*left, *right) if relation(token)]
    return len(marks) == 2 and all(mark in ("<", "≤") for mark in marks)


def _is_range(after: Tokens) -> bool:
    r"""Whether the comma belongs to ``i = 1, \dots, m``."""
    trimmed = [token for token in after if not is_space(token)]
    return bool(trimmed) and is_dots(trimmed[0])


def _is_condition_start(tokens: Tokens) -> bool:
    if tokens[0].is_command("forall"):
        return True
    if is_words(tokens[0]):
        words = words_at(tokens, 0)[0].strip().lower().rstrip(",:")
        return words in CONDITION_WORDS or words.startswith(("(", "for ", "if ", "where "))
    return range_condition(tokens)


def range_condition(tokens: Sequence[Token]) -> bool:
    r"""Whether the tokens say the range of an index: ``i = 1, \dots, m`` or ``1 \le i \le m``."""
    kept = [token for token in tokens if not is_space(token)]
    if len(kept) < 3:
        return False
    # Dots of a range stand in a list: those of a sum or a matrix make no range of ``s = ...``.
    levels = depths(kept)
    dotted = any(
        is_dots(token) and levels[k] == 0
        and kept[k - 1].is_symbol(",")
        for k, token in enumerate(kept)
    )  # fmt: skip
    if is_letter(kept[0]) and dotted:
        first = next((k for k, token in enumerate(kept) if not (
            is_letter(token) or token.is_symbol(",")
        )), 0)  # fmt: skip
        return kept[first].is_symbol("=") or kept[first].is_command("in")
    return kept[0].kind == "number" and kept[1].is_command("le", "leq") and len(kept) >= 5


def compares_indices(tokens: Sequence[Token], before: Sequence[Token]) -> bool:
    r"""Whether the tokens compare letters that stand as subscripts before: ``, \quad i \neq j``."""
    kept = [token for token in tokens if not is_space(token) and not token.is_symbol(",", ".", ";")]
    letters = {token.written for token in kept if is_letter(token)}
    others = [token for token in kept if not (is_letter(token) or token.kind == "number")]
    return (
        bool(letters and others)
        and all(relation(token) in COMPARISONS for token in others)
        and is_letter(kept[0])
        and is_letter(kept[-1])
        and letters <= _subscripts(before)
    )


def _subscripts(tokens: Sequence[Token]) -> set[str]:
    """The letters that stand in subscripts."""
    found: set[str] = set()
    for position, token in enumerate(tokens[:-1]):
        if token.is_symbol("_"):
            inside, _ = argument_at(tokens, position + 1, token)
            found.update(part.written for part in inside if is_letter(part))
    return found


def _statements(tokens: Tokens) -> list[RawStatement]:
    """The statement that the tokens are, and those that *where* introduces behind it."""
    tokens = trim(tokens)
    if not tokens:
        return []
    span = tokens[0].span.to(tokens[-1].span)
    intro, tokens = _intro(tokens)
    tokens, conditions = _conditions(tokens)
    if not trim(tokens):
        return [RawStatement([], [], conditions, intro, span)]
    chains, joins = _chains(tokens)
    said = [each for each in conditions if _is_statement(each)]
    kept = [each for each in conditions if each not in said]
    if len(chains) == 1 and (listed := _bounded_names(chains[0])):
        found = [RawStatement([each], [], kept, intro, each.span, tokens) for each in listed]
    else:
        found = [RawStatement(chains, joins, kept, intro, span, tokens)]
    return [*found, *(_said(each) for each in said)]


def _bounded_names(chain: Chain) -> list[Chain]:
    """``a, b > 0`` as ``a > 0`` and ``b > 0``; nothing where the chain has no such list."""
    if not chain.relations or any(mark not in BOUNDS for mark in chain.relations):
        return []
    place = 1 if len(chain.relations) == 2 else 0
    names = [list(part) for part in split_commas(chain.terms[place])]
    others = [term for number, term in enumerate(chain.terms) if number != place]
    if len(names) < 2 or not all(names) or any(len(split_commas(term)) > 1 for term in others):
        return []
    if any(is_dots(token) for name in names for token in name):
        return []
    return [
        Chain([*chain.terms[:place], name, *chain.terms[place + 1 :]], chain.relations,
              chain.relation_spans, chain.reasons, Span(name[0].span.start, chain.span.end))
        for name in names
    ]  # fmt: skip


def _is_statement(condition: Condition) -> bool:
    """Whether what stands behind the word is declared, defined or claimed by itself."""
    tokens = list(condition.tokens)
    if condition.word not in STATED or range_condition(tokens) or not has_relation(tokens):
        return False
    members = [k for k, token in enumerate(tokens) if token.is_command("in")]
    if not members:
        return condition.word not in QUANTIFIERS
    behind = tokens[members[0] + 1]
    return not (behind.is_symbol("[") or behind.is_command("{", "lbrace"))  # an index's range


def _said(condition: Condition) -> RawStatement:
    tokens = list(condition.tokens)
    chains, joins = _chains(tokens)
    word = "where" if condition.word in QUANTIFIERS else condition.word
    intro = "" if word in REASON_WORDS else word
    return RawStatement(chains, joins, [], intro, condition.span, tokens)


def _intro(tokens: Tokens) -> tuple[str, Tokens]:
    if is_words(tokens[0]):
        words, end = words_at(tokens, 0)
        stripped = words.strip().lower().rstrip(",:")
        rest = trim(tokens[end:])
        if rest and stripped in READ_BEFORE | {"suppose", "assume", "define", "if"}:
            return stripped, rest
        if rest and is_prose(words, False, False) and not relation(rest[0]):
            return "", rest
    return "", tokens


def _conditions(tokens: Tokens) -> tuple[Tokens, list[Condition]]:
    """What stands behind the formula, taken off it: quantifiers, ranges, words with their part."""
    levels = depths(tokens)
    for position, token in enumerate(tokens):
        if levels[position] != 0 or position == 0:
            continue
        rest = tokens[position:]
        previous = tokens[:position]
        spaced = previous[-1].kind == "command" and previous[-1].text in WIDE_SPACES
        after_comma = any(t.is_symbol(",", ";") for t in previous[-2:])
        if token.is_command("forall"):
            span = token.span.to(tokens[-1].span)
            return trim(previous), [Condition("for all", tuple(trim(rest[1:])), span)]
        if is_words(token):
            words, end = words_at(tokens, position)
            lowered = words.strip().lower().rstrip(",:")
            if lowered in CONDITION_WORDS and _says_more(lowered, tokens[end:]):
                span = token.span.to(tokens[-1].span)
                more, inner = _conditions(tokens[end:])
                return trim(previous), [Condition(lowered, tuple(trim(more)), span), *inner]
        if (spaced or after_comma) and (range_condition(rest) or compares_indices(rest, previous)):
            span = token.span.to(tokens[-1].span)
            return trim(previous), [Condition("for all", tuple(rest), span)]
        if spaced and token.is_symbol("(") and _parenthesized_condition(rest):
            said = rest[1:-1] if rest[-1].is_symbol(")") else rest[1:]
            span = token.span.to(tokens[-1].span)
            word = "as" if any(t.is_command("to", "rightarrow") for t in said) else "for all"
            if said and said[0].is_command("forall"):
                said = said[1:]
            return trim(previous), [Condition(word, tuple(trim(said)), span)]
    return tokens, []


def _says_more(word: str, tokens: Tokens) -> bool:
    """Whether a condition stands behind the word, rather than words of a reason."""
    return bool(trim(tokens)) and (word not in REASON_WORDS or has_relation(tokens))


def _parenthesized_condition(tokens: Tokens) -> bool:
    inner = [token for token in tokens[1:-1] if not is_space(token)]
    if not inner or not tokens[-1].is_symbol(")"):
        return False
    return (
        range_condition(inner)
        or inner[0].is_command("forall")
        or has_relation(inner)
        or (inner[0].kind in ("letter", "command") and any(
            t.is_command("to", "rightarrow") for t in inner
        ))
    )  # fmt: skip


def _chains(tokens: Tokens) -> tuple[list[Chain], list[str]]:
    levels = depths(tokens)
    chains: list[Chain] = []
    joins: list[str] = []
    current: Tokens = []
    for position, token in enumerate(tokens):
        mark = relation(token) if levels[position] == 0 else None
        if mark in IMPLICATIONS:
            if not trim(current):
                raise Refusal("latex-syntax", "an implication needs a statement on both sides",
                              token.span)  # fmt: skip
            chains.append(chain_of(trim(current)))
            joins.append(mark or "")
            current = []
        else:
            current.append(token)
    if joins and not trim(current):
        raise Refusal("latex-syntax", "an implication needs a statement on both sides",
                      tokens[-1].span)  # fmt: skip
    chains.append(chain_of(trim(current)))
    return chains, joins


def wide_space_inside(tokens: Sequence[Token]) -> Span | None:
    """Where a wide space stands between two operands, as if two formulas stood side by side."""
    levels = depths(tokens)
    for position, token in enumerate(tokens):
        if token.kind == "command" and token.text in WIDE_SPACES and levels[position] == 0:
            before = next((t for t in reversed(tokens[:position]) if not is_space(t)), None)
            after = next((t for t in tokens[position:] if not is_space(t)), None)
            if before is None or after is None:
                continue
            if _is_operand_end(before) and _is_operand_start(after):
                return token.span
    return None


def _is_operand_end(token: Token) -> bool:
    return token.kind in ("letter", "number", "close") or token.is_symbol(")", "]", "|", "'")


def _is_operand_start(token: Token) -> bool:
    if token.kind == "command":
        return token.text not in INFIX_COMMANDS and relation(token) is None
    return token.kind in ("letter", "number", "open") or token.is_symbol("(", "[")
