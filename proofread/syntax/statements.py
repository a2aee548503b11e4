"""The tokens of one piece to statements: rows, chains, separators, reasons and conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from proofread.commands.typography import (
    ENVIRONMENTS,
    IGNORED,
    IGNORED_WITH_ARGUMENT,
    INFIX_COMMANDS,
    RELATIONS,
    TEXT_FONTS,
    TRANSPARENT,
    WIDE_SPACES,
)
from proofread.latex.tokens import Refusal, Span, Token
from proofread.syntax.arrays import split_rows
from proofread.syntax.cursor import depths

Tokens = list[Token]
IMPLICATIONS = frozenset({"⟹", "⟸", "⟺"})


@dataclass(frozen=True, slots=True)
class Condition:
    r"""What stands behind a formula: ``for all i``, ``i = 1, \dots, m``, ``as δ → 0``, ``if``."""

    word: str
    tokens: tuple[Token, ...]
    span: Span


@dataclass(slots=True)
class Chain:
    """Terms with the relations between them; ``reasons`` has one entry a relation."""

    terms: list[Tokens]
    relations: list[str]
    relation_spans: list[Span]
    reasons: list[str | None]
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
    statements: list[RawStatement]
    labels: list[tuple[str, Span]]


JOIN_WORDS = frozenset({"and", "or", "but", "so", "then", "thus", "hence", "therefore", "i.e.",
                        "that is", "&", "also", "so that"})  # fmt: skip
CONDITION_WORDS = ("for all", "for every", "for each", "for any", "for", "if", "when", "whenever",
                   "provided", "provided that", "as", "where", "with", "given", "assuming",
                   "subject to", "such that", "s.t.", "since", "because", "by", "using",
                   "let", "on")  # fmt: skip
READ_BEFORE = frozenset({"where", "with", "given", "let", "assuming"})
REASON_WORDS = frozenset({"since", "because", "by", "using"})


def split_piece(tokens: Sequence[Token]) -> RawPiece:
    """The statements of one piece of mathematics."""
    labels: list[tuple[str, Span]] = []
    require_balance(tokens)
    cleaned = clean(list(tokens), labels)
    statements: list[RawStatement] = []
    for row in _statement_rows(cleaned):
        for part in _separate(row):
            statement = _statement(part)
            if statement is not None:
                statements.append(statement)
    return RawPiece(statements, labels)


def require_balance(tokens: Sequence[Token]) -> None:
    r"""Braces, ``\left`` and ``\begin`` need their partners, whatever else is wrong.

    Raises:
        Refusal: ``latex-syntax`` at the one that has none.

    """
    open_ones: list[Token] = []
    partners = {"close": "open", "right": "left", "end": "begin"}
    for token in tokens:
        kind = (
            token.kind
            if token.kind in ("open", "close")
            else (token.text if token.is_command("left", "right", "begin", "end") else "")
        )
        if kind in ("open", "left", "begin"):
            open_ones.append(token)
        elif kind:
            wanted = partners[kind]
            last = open_ones.pop() if open_ones else None
            if last is None or wanted not in (last.kind, last.text):
                raise Refusal("latex-syntax", f"“{_written(token)}” closes nothing", token.span)
    if open_ones:
        raise Refusal("latex-syntax", f"“{_written(open_ones[-1])}” is never closed",
                      open_ones[-1].span)  # fmt: skip


# Cleaning -------------------------------------------------------------------------------------


def clean(tokens: Tokens, labels: list[tuple[str, Span]]) -> Tokens:
    """The tokens without what only sets type: boxes, colours, tags; labels are noted."""
    result: Tokens = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.kind == "command":
            name = token.text
            if name in IGNORED_WITH_ARGUMENT:
                inside, position = _argument(tokens, position + 1, token)
                if name == "label":
                    text = "".join(_written(part) for part in inside)
                    labels.append((text, token.span))
                continue
            if name in TRANSPARENT:
                inside, position = _argument(tokens, position + 1, token)
                result.extend(clean(inside, labels))
                continue
            if name == "color":
                _, position = _argument(tokens, position + 1, token)
                continue
            if name in ("textcolor", "colorbox"):
                _, position = _argument(tokens, position + 1, token)
                inside, position = _argument(tokens, position, token)
                result.extend(clean(inside, labels))
                continue
            if name == "colon":
                result.append(Token("symbol", ":", token.span, token.spaced))
                position += 1
                continue
            if name == "not":
                position = _negated(tokens, position, result)
                continue
        result.append(token)
        position += 1
    return result


def _negated(tokens: Tokens, position: int, result: Tokens) -> int:
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if following is not None and following.is_symbol("="):
        result.append(Token("command", "ne", tokens[position].span.to(following.span)))
        return position + 2
    if following is not None and following.is_command("in"):
        result.append(Token("command", "notin", tokens[position].span.to(following.span)))
        return position + 2
    raise Refusal("unknown-command", "\\not stands before = only", tokens[position].span)


def _written(token: Token) -> str:
    return f"\\{token.text}" if token.kind == "command" else token.text


def _argument(tokens: Tokens, position: int, command: Token) -> tuple[Tokens, int]:
    if position >= len(tokens):
        raise Refusal("latex-syntax", f"\\{command.text} lacks its argument", command.span)
    if tokens[position].kind != "open":
        return [tokens[position]], position + 1
    depth = 0
    for end in range(position, len(tokens)):
        depth += {"open": 1, "close": -1}.get(tokens[end].kind, 0)
        if depth == 0:
            return tokens[position + 1 : end], end + 1
    raise Refusal("latex-syntax", "this brace is never closed", tokens[position].span)


# Rows -----------------------------------------------------------------------------------------


def _is_space(token: Token) -> bool:
    return token.kind == "command" and token.text in IGNORED


def _trim(tokens: Tokens) -> Tokens:
    start, end = 0, len(tokens)
    while start < end and _is_space(tokens[start]):
        start += 1
    while end > start and (_is_space(tokens[end - 1]) or tokens[end - 1].is_symbol(".", ",", ";")):
        end -= 1
    return tokens[start:end]


def _environment(tokens: Tokens) -> Tokens | None:
    """The body, where all tokens are one environment that only lays out."""
    tokens = _trim(tokens)
    if not tokens or not tokens[0].is_command("begin") or len(tokens) < 4:
        return None
    name = ""
    position = 2
    while position < len(tokens) and tokens[position].kind != "close":
        name += tokens[position].text
        position += 1
    if name not in ENVIRONMENTS:
        return None
    depth = 0
    for end in range(len(tokens)):
        if tokens[end].is_command("begin"):
            depth += 1
        elif tokens[end].is_command("end"):
            depth -= 1
            if depth == 0:
                if any(t.kind != "close" for t in tokens[end + 1 :][-1:]):
                    return None
                closing = "".join(t.text for t in tokens[end + 2 : -1])
                if closing != name:
                    if "\\" in closing or len(closing) > 30:
                        return None
                    raise Refusal("latex-syntax",
                                  f"\\begin{{{name}}} is closed by \\end{{{closing}}}",
                                  tokens[0].span)  # fmt: skip
                body = tokens[position + 1 : end]
                if (
                    name in ("array", "alignedat", "alignat", "alignat*")
                    and body
                    and (body[0].kind == "open")
                ):
                    _, skip = _argument(body, 0, tokens[0])
                    body = body[skip:]
                return body
    raise Refusal("latex-syntax", f"\\begin{{{name}}} is never closed", tokens[0].span)


def _statement_rows(tokens: Tokens) -> list[Tokens]:
    """Rows joined to statements: those that go on with the chain or the term above."""
    body = _environment(tokens)
    if body is None:
        if any(t.kind == "row" or t.is_symbol("&") for t, d in zip(tokens, depths(tokens),
                                                                  strict=True) if d == 0):  # fmt: skip
            body = tokens
        else:
            return [tokens] if _trim(tokens) else []
    result: list[Tokens] = []
    for cells in split_rows(body):
        inner = _environment([token for cell in cells for token in cell])
        if inner is not None:
            result.extend(_statement_rows([token for cell in cells for token in cell]))
            continue
        for row in _columns(cells):
            _join_row(result, row)
    return result


def _columns(cells: list[Tokens]) -> list[Tokens]:
    """One row, or several where columns hold statements of their own."""
    rows: list[Tokens] = [[]]
    has_relation = False
    for number, cell in enumerate(cells):
        starts_new = (
            number >= 2
            and has_relation
            and _trim(cell)
            and not _starts_with_operator(cell)
            and not _is_words(_trim(cell)[0])
            and (
                _has_relation(cell)
                or (number + 1 < len(cells) and _has_relation(cells[number + 1]))
            )
            and number % 2 == 0
        )
        if starts_new:
            rows.append([])
            has_relation = False
        elif number >= 2 and _trim(cell) and _is_words(_trim(cell)[0]):
            rows[-1].append(Token("command", "quad", cell[0].span))
        rows[-1].extend(cell)
        has_relation = has_relation or _has_relation(cell)
    return [row for row in rows if _trim(row)]


def _has_relation(tokens: Tokens) -> bool:
    return any(
        level == 0 and _relation(token) for token, level in zip(tokens, depths(tokens), strict=True)
    )


def _relation(token: Token) -> str | None:
    if token.kind in ("command", "symbol") and token.text in RELATIONS:
        if token.is_symbol("|") or token.is_command("mid"):
            return None
        return RELATIONS[token.text]
    return None


def _starts_with_operator(tokens: Tokens) -> bool:
    trimmed = _trim(tokens)
    return bool(trimmed) and (
        trimmed[0].is_symbol("+", "-", "*", "/")
        or (trimmed[0].kind == "command" and trimmed[0].text in INFIX_COMMANDS)
    )


def _ends_open(tokens: Tokens) -> bool:
    trimmed = [token for token in tokens if not _is_space(token)]
    return bool(trimmed) and (
        _relation(trimmed[-1]) is not None
        or trimmed[-1].is_symbol("+", "-", "*", "/")
        or (trimmed[-1].kind == "command" and trimmed[-1].text in INFIX_COMMANDS)
    )


def _join_row(rows: list[Tokens], row: Tokens) -> None:
    trimmed = [token for token in row if not _is_space(token)]
    if not trimmed:
        return
    starts_with_relation = _relation(trimmed[0]) is not None or _is_defining(trimmed)
    only_words = all(_is_words(token) or token.kind in ("open", "close") for token in trimmed[:1])
    if rows and (starts_with_relation or _starts_with_operator(row) or _ends_open(rows[-1])):
        above = [token for token in rows[-1] if not _is_space(token)]
        above_mark = _relation(above[-1])
        if starts_with_relation and above_mark is not None:
            if above_mark != _relation(trimmed[0]):
                raise Refusal("latex-syntax", "two relations side by side",
                              above[-1].span.to(trimmed[0].span))  # fmt: skip
            row = row[row.index(trimmed[0]) + 1 :]
        elif starts_with_relation:
            while rows[-1] and (_is_space(rows[-1][-1]) or rows[-1][-1].is_symbol(",", ";")):
                rows[-1].pop()
        rows[-1].extend(row)
    elif rows and only_words and _is_reason_row(trimmed):
        rows[-1].extend([Token("command", "quad", trimmed[0].span), *row])
    else:
        if rows:
            rows[-1] = _trim(rows[-1])
        rows.append(list(row))


def _is_defining(tokens: Tokens) -> bool:
    return len(tokens) > 1 and tokens[0].is_symbol(":") and tokens[1].is_symbol("=")


def _is_reason_row(tokens: Tokens) -> bool:
    return (
        False
        if not tokens
        else tokens[0].kind == "command"
        and tokens[0].text in TEXT_FONTS
        and (text_of(tokens, 0)[0].strip().startswith("("))
    )


# Words ----------------------------------------------------------------------------------------


def text_of(tokens: Sequence[Token], position: int) -> tuple[str, int]:
    """The words of a text command at ``position`` and the position behind them."""
    end = position + 1
    depth = 0
    words = ""
    while end < len(tokens):
        token = tokens[end]
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if token.kind not in ("open", "close"):
            spaced = token.spaced and words and not words.endswith(" ")
            words += (" " if spaced else "") + _written(token)
        elif token.kind == "close" and depth == 0 and token.spaced:
            words += " "
        end += 1
        if depth == 0:
            break
    return words, end


def _is_words(token: Token) -> bool:
    return token.kind == "command" and token.text in TEXT_FONTS


def is_prose(words: str, before_space: bool, at_end: bool) -> bool:
    """Whether the words of a text command are prose rather than a name."""
    stripped = words.strip()
    lowered = stripped.lower().rstrip(",.:")
    if lowered in JOIN_WORDS or lowered in CONDITION_WORDS:
        return True
    if not stripped or " " in stripped or not stripped.replace("-", "").isalnum():
        return True
    return (
        before_space
        and at_end
        and stripped.isalpha()
        and stripped.islower()
        and (len(stripped) > 3)
    )


# Separators -----------------------------------------------------------------------------------


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
            if _is_words(token):
                words, end = text_of(tokens, position)
                if words.strip().lower().rstrip(",") in JOIN_WORDS and _trim(parts[-1]):
                    parts.append([])
                    position = end
                    continue
                parts[-1].extend(tokens[position:end])
                position = end
                continue
        parts[-1].append(token)
        position += 1
    return [part for part in parts if _trim(part)]


def _separates(tokens: Tokens, levels: list[int], position: int, before: Tokens) -> bool:
    after = tokens[position + 1 :]
    after_levels = levels[position + 1 :]
    wide = bool(after) and after[0].kind == "command" and after[0].text in WIDE_SPACES
    trimmed = [token for token in after if not _is_space(token)]
    if not trimmed or not _trim(before):
        return False
    if trimmed[0].kind == "command" and trimmed[0].text.endswith("dots"):
        return False
    if _is_condition_start(trimmed):
        return False
    if wide:
        return True
    upto = [
        k for k, (token, level) in enumerate(zip(after, after_levels, strict=True))
        if level == 0 and token.is_symbol(",", ";")
    ]  # fmt: skip
    next_part = after[: upto[0]] if upto else after
    if not (_has_relation(before) and _has_relation(next_part)):
        return False
    return not _is_range(tokens[position + 1 :])


def _is_range(after: Tokens) -> bool:
    r"""Whether the comma belongs to ``i = 1, \dots, m``."""
    trimmed = [token for token in after if not _is_space(token)]
    return bool(trimmed) and trimmed[0].kind == "command" and trimmed[0].text.endswith("dots")


def _is_condition_start(tokens: Tokens) -> bool:
    if tokens[0].is_command("forall"):
        return True
    if _is_words(tokens[0]):
        words = text_of(tokens, 0)[0].strip().lower().rstrip(",:")
        return words in CONDITION_WORDS or words.startswith(("(", "for ", "if ", "where "))
    return range_condition(tokens)


def range_condition(tokens: Sequence[Token]) -> bool:
    r"""Whether the tokens say the range of an index: ``i = 1, \dots, m`` or ``1 \le i \le m``."""
    kept = [token for token in tokens if not _is_space(token)]
    if len(kept) < 3:
        return False
    # Dots of a range stand in a list: those of a sum or a matrix make no range of ``s = ...``.
    levels = depths(kept)
    dotted = any(
        token.kind == "command" and token.text.endswith("dots") and levels[k] == 0
        and kept[k - 1].is_symbol(",")
        for k, token in enumerate(kept)
    )  # fmt: skip
    letters = kept[0].kind == "letter" or kept[0].is_command("ell")
    if letters and dotted:
        first = next((k for k, token in enumerate(kept) if not (
            token.kind == "letter" or token.is_symbol(",") or token.is_command("ell")
        )), 0)  # fmt: skip
        return kept[first].is_symbol("=") or kept[first].is_command("in")
    return kept[0].kind == "number" and kept[1].is_command("le", "leq") and len(kept) >= 5


# Statements -----------------------------------------------------------------------------------


def _statement(tokens: Tokens) -> RawStatement | None:
    tokens = _trim(tokens)
    if not tokens:
        return None
    span = tokens[0].span.to(tokens[-1].span)
    intro, tokens = _intro(tokens)
    tokens, conditions = _conditions(tokens)
    if not _trim(tokens):
        return RawStatement([], [], conditions, intro, span)
    chains, joins = _chains(tokens)
    return RawStatement(chains, joins, conditions, intro, span, tokens)


def _intro(tokens: Tokens) -> tuple[str, Tokens]:
    if _is_words(tokens[0]):
        words, end = text_of(tokens, 0)
        stripped = words.strip().lower().rstrip(",:")
        rest = _trim(tokens[end:])
        if rest and stripped in READ_BEFORE | {"suppose", "assume", "define", "if"}:
            return stripped, rest
        if rest and is_prose(words, False, False) and not _relation(rest[0]):
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
            return _trim(previous), [Condition("for all", tuple(_trim(rest[1:])), span)]
        if _is_words(token):
            words, end = text_of(tokens, position)
            lowered = words.strip().lower().rstrip(",:")
            if lowered in CONDITION_WORDS and lowered not in REASON_WORDS and _trim(tokens[end:]):
                span = token.span.to(tokens[-1].span)
                more, inner = _conditions(tokens[end:])
                return _trim(previous), [Condition(lowered, tuple(_trim(more)), span), *inner]
        if (spaced or after_comma) and range_condition(rest):
            span = token.span.to(tokens[-1].span)
            return _trim(previous), [Condition("for all", tuple(rest), span)]
        if spaced and token.is_symbol("(") and _parenthesized_condition(rest):
            inner = rest[1:-1] if rest[-1].is_symbol(")") else rest[1:]
            span = token.span.to(tokens[-1].span)
            word = "as" if any(t.is_command("to", "rightarrow") for t in inner) else "for all"
            if inner and inner[0].is_command("forall"):
                inner = inner[1:]
            return _trim(previous), [Condition(word, tuple(_trim(inner)), span)]
    return tokens, []


def _parenthesized_condition(tokens: Tokens) -> bool:
    inner = [token for token in tokens[1:-1] if not _is_space(token)]
    if not inner or not tokens[-1].is_symbol(")"):
        return False
    return (
        range_condition(inner)
        or inner[0].is_command("forall")
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
        mark = _relation(token) if levels[position] == 0 else None
        if mark in IMPLICATIONS:
            if not _trim(current):
                raise Refusal("latex-syntax", "an implication needs a statement on both sides",
                              token.span)  # fmt: skip
            chains.append(chain_of(_trim(current)))
            joins.append(mark or "")
            current = []
        else:
            current.append(token)
    if joins and not _trim(current):
        raise Refusal("latex-syntax", "an implication needs a statement on both sides",
                      tokens[-1].span)  # fmt: skip
    chains.append(chain_of(_trim(current)))
    return chains, joins


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
        if not _trim(terms[-1]):
            raise Refusal("latex-syntax", f"“{_written(token)}” has no left side", span)
        relations.append(mark)
        spans.append(span)
        terms.append([])
        position = end
    reasons: list[str | None] = []
    for number, term in enumerate(terms):
        terms[number], reason = _without_reason(term)
        if number:
            reasons.append(reason)
    if relations and not _trim(terms[-1]):
        raise Refusal("latex-syntax", "the relation has no right side", spans[-1])
    span = tokens[0].span.to(tokens[-1].span)
    return Chain([_trim(term) for term in terms], relations, spans, reasons, span)


def _relation_here(tokens: Tokens, position: int) -> tuple[str, int] | None:
    token = tokens[position]
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if token.is_symbol(":") and following is not None and following.is_symbol("="):
        return ":=", position + 2
    if token.is_command("overset", "stackrel", "underset"):
        words, end = _argument(tokens, position + 1, token)
        inside, end = _argument(tokens, end, token)
        mark = _relation(inside[0]) if len(inside) == 1 else None
        if mark is None:
            return None
        text = "".join(_written(part) for part in words)
        return (":=" if mark == "=" and _says_definition(text) else mark), end
    mark = _relation(token)
    return None if mark is None else (mark, position + 1)


def _says_definition(text: str) -> bool:
    lowered = text.lower().replace("\\", "").replace("text", "").strip("{}. ")
    return any(word in lowered for word in ("def", "triangle", "delta"))


def _without_reason(tokens: Tokens) -> tuple[Tokens, str | None]:
    """A term without the words behind it, which are the reason of its step."""
    levels = depths(tokens)
    for position, token in enumerate(tokens):
        if levels[position] != 0 or not _is_words(token):
            continue
        words, end = text_of(tokens, position)
        before = tokens[position - 1] if position else None
        spaced = before is None or (before.kind == "command" and before.text in WIDE_SPACES)
        at_end = not _trim(tokens[end:])
        if position and is_prose(words, spaced, at_end):
            if not at_end:
                words = " ".join([words.strip(), *(_written(t) for t in _trim(tokens[end:]))])
            return tokens[:position], words.strip().removeprefix("(").removesuffix(")")
    for position, token in enumerate(tokens):
        if (
            levels[position] == 0
            and token.is_symbol("(", "[")
            and position
            and (position + 1 < len(tokens) and _is_words(tokens[position + 1]))
        ):
            words, end = text_of(tokens, position + 1)
            if is_prose(words, True, False) or end == len(tokens) - 1:
                before = tokens[position - 1]
                if before.kind == "command" and before.text in WIDE_SPACES:
                    return tokens[:position], words.strip()
    return tokens, None


def wide_space_inside(tokens: Sequence[Token]) -> Span | None:
    """Where a wide space stands between two operands, as if two formulas stood side by side."""
    levels = depths(tokens)
    for position, token in enumerate(tokens):
        if token.kind == "command" and token.text in WIDE_SPACES and levels[position] == 0:
            before = next((t for t in reversed(tokens[:position]) if not _is_space(t)), None)
            after = next((t for t in tokens[position:] if not _is_space(t)), None)
            if before is None or after is None:
                continue
            if _is_operand_end(before) and _is_operand_start(after):
                return token.span
    return None


def _is_operand_end(token: Token) -> bool:
    return token.kind in ("letter", "number", "close") or token.is_symbol(")", "]", "|", "'")


def _is_operand_start(token: Token) -> bool:
    if token.kind == "command":
        return token.text not in INFIX_COMMANDS and _relation(token) is None
    return token.kind in ("letter", "number", "open") or token.is_symbol("(", "[")
