"""Matrices by their entries, ``cases`` and the environments that only lay out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proofread.commands.typography import CASES, ENVIRONMENTS, MATRICES, UPRIGHT_FONTS
from proofread.latex.tokens import Refusal, Span, Token
from proofread.syntax import ellipses
from proofread.syntax.conditions import read_condition
from proofread.syntax.cursor import depths, lone_dots
from proofread.syntax.nodes import Cases, Dots, Grouped, Node, Op

if TYPE_CHECKING:
    from proofread.syntax.parser import Parser

LINES = frozenset({"|", "-"})
DRAWN = ("rule", "vert", "horzbar", "vertbar", "rvert", "lvert")


def environment(p: Parser) -> Node:
    r"""What stands between ``\begin`` and ``\end`` as one operand."""
    start = p.cursor.position
    begin = p.cursor.next()
    name = "".join(token.text for token in p.cursor.argument())
    if name == "array":
        p.cursor.optional()
        p.cursor.argument()
    body = p.cursor.environment_body(name, begin.span)
    span = p.cursor.since(start)
    if name in CASES:
        return _cases(p, body, span)
    if name in MATRICES or name == "array":
        block = ellipses.fill_block(_grid(p, body, span), span)
        if MATRICES.get(name):
            return Op(span, MATRICES[name], (block,))
        return block
    if name in ENVIRONMENTS:
        kept = [token for token in body if token.kind != "row" and not token.is_symbol("&")]
        return Grouped(span, p.sub(kept, span).whole())
    raise Refusal("unknown-command", f"the environment “{name}” is not read", begin.span)


def split_rows(body: list[Token]) -> list[list[list[Token]]]:
    """The rows of an environment, each a list of cells."""
    rows: list[list[list[Token]]] = [[[]]]
    levels = depths(body)
    skip = False
    for position, token in enumerate(body):
        if skip:
            skip = not token.is_symbol("]")
            continue
        if token.kind == "row" and levels[position] == 0:
            following = body[position + 1] if position + 1 < len(body) else None
            skip = (
                following is not None
                and following.is_symbol("[")
                and not following.spaced
                and (_is_length(body[position + 1 :]))
            )
            rows.append([[]])
        elif token.is_symbol("&") and levels[position] == 0:
            rows[-1].append([])
        elif not token.is_command("hline"):
            rows[-1][-1].append(token)
    return [row for row in rows if any(row)]


def _is_length(tokens: list[Token]) -> bool:
    """Whether ``[2pt]`` stands here: the distance to the next row."""
    inside = []
    for token in tokens[1:6]:
        if token.is_symbol("]"):
            break
        inside.append(token.text)
    text = "".join(inside).strip()
    return text.lstrip("-.0123456789") in ("pt", "em", "ex", "mm", "cm", "px", "mu", "in")


def _grid(p: Parser, body: list[Token], span: Span) -> list[list[Node | None]]:
    rows = [[_bare(cell) for cell in row] for row in split_rows(body)]
    rows = _without_lines(rows)
    if not rows:
        raise Refusal("latex-syntax", "a matrix without entries", span)
    width = max(len(row) for row in rows)
    result: list[list[Node | None]] = []
    for row in rows:
        cells = [_cell(p, cell, span) for cell in row]
        if not all(cell is None or isinstance(cell, Dots) for cell in cells):
            cells += [None] * (width - len(cells))
        result.append(cells)
    return result


def _bare(cell: list[Token]) -> list[Token]:
    """The cell without the words and rules that only draw."""
    if len(cell) >= 3 and cell[0].is_symbol("-") and cell[-1].is_symbol("-"):
        return cell[1:-1]
    if len(cell) == 1 and cell[0].is_command(*DRAWN):
        return []
    return cell


def _is_line(cell: list[Token]) -> bool:
    return len(cell) == 1 and (
        (cell[0].kind == "symbol" and cell[0].text in LINES)
        or cell[0].is_command("vert", "mid", "vdots", "rule", "|", "rvert", "lvert", "Vert",
                              "vertbar", "horzbar", "text")
    )  # fmt: skip


def _without_lines(rows: list[list[list[Token]]]) -> list[list[list[Token]]]:
    """Columns drawn with bars above and below them, rows with dashes at both sides."""
    middle = [row for row in rows if not all(_is_line(cell) or not cell or lone_dots(cell)
                                             for cell in row)]  # fmt: skip
    drawn = (
        len(middle) < len(rows) and len(middle) == 1 and len(rows) == 3 and (rows[1] is middle[0])
    )
    if drawn and any(_is_line(cell) for cell in rows[0]):
        rows = middle
    cleaned = []
    for row in rows:
        if len(row) == 3 and _dash(row[0]) and _dash(row[2]):
            cleaned.append([row[1]])
        else:
            cleaned.append(row)
    if all(len(row) == 3 for row in rows) and any(len(row) == 1 for row in cleaned):
        cleaned = [row if len(row) == 1 else [row[1]] for row in cleaned]
    return cleaned


def _dash(cell: list[Token]) -> bool:
    return len(cell) == 1 and (cell[0].is_symbol("-") or cell[0].is_command("horzbar", "rule"))


def _cell(p: Parser, cell: list[Token], span: Span) -> Node | None:
    if not cell:
        return None
    if lone_dots(cell):
        return Dots(cell[0].span, cell[0].text)
    return p.sub(cell, span).whole()


def _cases(p: Parser, body: list[Token], span: Span) -> Node:
    """Values and conditions; words around a condition are passed over."""
    values: list[Node] = []
    conditions: list[Node | None] = []
    for row in split_rows(body):
        value = row[0]
        condition = [token for cell in row[1:] for token in cell]
        while value and value[-1].is_symbol(",", ";"):
            value = value[:-1]
        kept = _without_words(condition)
        values.append(p.sub(value, span).whole())
        while kept and kept[-1].is_symbol(",", ".", ";"):
            kept = kept[:-1]
        if kept:
            conditions.append(read_condition(p, kept, span))
        else:
            conditions.append(None)
    if None in conditions[:-1]:
        raise Refusal("latex-syntax", "only the last of the cases may lack its condition", span)
    return Cases(span, tuple(values), tuple(conditions))


def _without_words(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    position = 0
    while position < len(tokens):
        if not tokens[position].is_command(*UPRIGHT_FONTS):
            kept.append(tokens[position])
            position += 1
            continue
        position += 1
        depth = 0
        while position < len(tokens):
            depth += {"open": 1, "close": -1}.get(tokens[position].kind, 0)
            position += 1
            if depth == 0:
                break
    return kept
