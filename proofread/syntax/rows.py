"""The rows of a displayed formula, joined to statements."""

from __future__ import annotations

from proofread.commands.typography import ENVIRONMENTS, INFIX_COMMANDS, TEXT_FONTS
from proofread.latex.tokens import Refusal, Token, argument_at
from proofread.syntax.arrays import split_rows
from proofread.syntax.chains import has_relation, relation, starts_with_operator
from proofread.syntax.cleaning import Tokens, is_space, trim
from proofread.syntax.cursor import depths
from proofread.syntax.words import is_words, words_at


def _environment(tokens: Tokens) -> Tokens | None:
    """The body, where all tokens are one environment that only lays out."""
    tokens = trim(tokens)
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
                    _, skip = argument_at(body, 0, tokens[0])
                    body = body[skip:]
                return body
    raise Refusal("latex-syntax", f"\\begin{{{name}}} is never closed", tokens[0].span)


def statement_rows(tokens: Tokens) -> list[Tokens]:
    """Rows joined to statements: those that go on with the chain or the term above."""
    body = _environment(tokens)
    if body is None:
        levels = depths(tokens)
        outer = [token for token, level in zip(tokens, levels, strict=True) if level == 0]
        if not any(token.kind == "row" or token.is_symbol("&") for token in outer):
            return [tokens] if trim(tokens) else []
        body = tokens
    result: list[Tokens] = []
    for cells in split_rows(body):
        inner = _environment([token for cell in cells for token in cell])
        if inner is not None:
            result.extend(statement_rows([token for cell in cells for token in cell]))
            continue
        for row in _columns(cells):
            _join_row(result, row)
    return result


def _columns(cells: list[Tokens]) -> list[Tokens]:
    """One row, or several where columns hold statements of their own."""
    rows: list[Tokens] = [[]]
    related = False
    for number, cell in enumerate(cells):
        starts_new = (
            number >= 2
            and related
            and trim(cell)
            and not starts_with_operator(cell)
            and not is_words(trim(cell)[0])
            and (
                has_relation(cell) or (number + 1 < len(cells) and has_relation(cells[number + 1]))
            )
            and number % 2 == 0
        )
        if starts_new:
            rows.append([])
            related = False
        elif number >= 2 and trim(cell) and is_words(trim(cell)[0]):
            rows[-1].append(Token("command", "quad", cell[0].span))
        rows[-1].extend(cell)
        related = related or has_relation(cell)
    return [row for row in rows if trim(row)]


def _ends_open(tokens: Tokens) -> bool:
    trimmed = [token for token in tokens if not is_space(token)]
    return bool(trimmed) and (
        relation(trimmed[-1]) is not None
        or trimmed[-1].is_symbol("+", "-", "*", "/")
        or (trimmed[-1].kind == "command" and trimmed[-1].text in INFIX_COMMANDS)
    )


def _join_row(rows: list[Tokens], row: Tokens) -> None:
    trimmed = [token for token in row if not is_space(token)]
    if not trimmed:
        return
    starts_with_relation = relation(trimmed[0]) is not None or _is_defining(trimmed)
    only_words = all(is_words(token) or token.kind in ("open", "close") for token in trimmed[:1])
    if rows and (starts_with_relation or starts_with_operator(row) or _ends_open(rows[-1])):
        above = [token for token in rows[-1] if not is_space(token)]
        above_mark = relation(above[-1])
        if starts_with_relation and above_mark is not None:
            if above_mark != relation(trimmed[0]):
                raise Refusal("latex-syntax", "two relations side by side",
                              above[-1].span.to(trimmed[0].span))  # fmt: skip
            row = row[row.index(trimmed[0]) + 1 :]
        elif starts_with_relation:
            while rows[-1] and (is_space(rows[-1][-1]) or rows[-1][-1].is_symbol(",", ";")):
                rows[-1].pop()
        rows[-1].extend(row)
    elif rows and only_words and _is_reason_row(trimmed):
        rows[-1].extend([Token("command", "quad", trimmed[0].span), *row])
    else:
        if rows:
            rows[-1] = trim(rows[-1])
        rows.append(list(row))


def _is_defining(tokens: Tokens) -> bool:
    return len(tokens) > 1 and tokens[0].is_symbol(":") and tokens[1].is_symbol("=")


def _is_reason_row(tokens: Tokens) -> bool:
    return (
        False
        if not tokens
        else tokens[0].kind == "command"
        and tokens[0].text in TEXT_FONTS
        and (words_at(tokens, 0)[0].strip().startswith("("))
    )
