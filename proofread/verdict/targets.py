"""What stands left of a definition: a name, a function with its arguments, components."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from proofread.commands.registry import FUNCTIONS
from proofread.latex.tokens import Refusal, Span, Token
from proofread.symbols.table import Table
from proofread.syntax.conditions import relation_at
from proofread.syntax.cursor import Cursor, split_commas
from proofread.syntax.names import RawName, read_name
from proofread.syntax.nodes import Constant, IndexName, Name, Node, Num, Op, Unknown, strip
from proofread.syntax.parser import Parser
from proofread.syntax.resolution import square_key
from proofread.syntax.unread import upright_out_of_scope

Line = Literal["row", "column"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a definition would introduce.

    ``letters`` are the index letters of a definition by components; ``formals`` are tokens of a
    function's arguments; ``fresh`` tells whether the table lacks it; ``square`` that it is the
    square of a fresh name, as of a variance, which is a quantity of its own; ``line`` that it is
    a matrix by its rows or its columns.
    """

    key: str
    span: Span
    fresh: bool
    base: str = ""
    letters: tuple[str, ...] = ()
    formals: tuple[tuple[Token, ...], ...] | None = None
    square: bool = False
    line: Line | None = None


def read_target(tokens: Sequence[Token], table: Table) -> Target | None:
    """The name that the tokens are, if they are nothing else."""
    if not tokens:
        return None
    span = tokens[0].span.to(tokens[-1].span)
    run = _bare_run(tokens, table)
    if run is not None:
        return run
    cursor = Cursor(tokens, span)
    raw = read_name(cursor, table)
    if raw is None:
        return None
    formals: tuple[tuple[Token, ...], ...] | None = None
    head = cursor.tokens[: cursor.position]
    if not cursor.done:
        rest = cursor.tokens[cursor.position :]
        formals = _formals(rest)
        if formals is None:
            return None
    return _named(head, span, table, formals)


def _bare_run(tokens: Sequence[Token], table: Table) -> Target | None:
    """``MSE`` or ``MSE(w)``: plain letters that are no product of known ones."""
    letters = ""
    for token in tokens:
        if token.kind != "letter" or (letters and token.spaced):
            break
        letters += token.text
    if len(letters) == 2 and letters[0] == "D" and table.lookup("D") is None:
        function = table.lookup(letters[1])
        if function is not None and function.role == "function":
            return None
    if len(letters) < 2 or (letters[0] == "d" and table.lookup("d") is None):
        return None
    rest = tokens[len(letters) :]
    if rest and letters in FUNCTIONS and table.lookup(letters) is None:
        return None
    formals = _formals(rest) if rest else None
    if rest and formals is None:
        return None
    span = tokens[0].span.to(tokens[-1].span)
    if table.lookup(letters) is not None:
        return Target(letters, span, False, formals=formals)
    if all(table.lookup(letter) is not None for letter in letters):
        return None
    return Target(letters, span, True, formals=formals)


def _formals(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], ...] | None:
    kept = [token for token in tokens if not (token.kind == "command" and token.text in (
        "left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", ",", "!",
    ))]  # fmt: skip
    if len(kept) < 3 or not kept[0].is_symbol("(") or not kept[-1].is_symbol(")"):
        return None
    depth = 0
    for position, token in enumerate(kept):
        depth += token.is_symbol("(") - token.is_symbol(")")
        if depth == 0 and position < len(kept) - 1:
            return None
    inner = kept[1:-1]
    if relation_at(inner) or any(token.is_symbol("|") for token in inner):
        return None
    return tuple(split_commas(inner))


def _named(
    head: list[Token], span: Span, table: Table, formals: tuple[tuple[Token, ...], ...] | None
) -> Target | None:
    plain_d = head and head[0].kind == "letter" and head[0].text == "d"
    if (
        plain_d
        and table.lookup("d") is None
        and (formals is not None or (len(head) > 1 and head[1].kind in ("letter", "command")))
    ):
        return None
    raw = read_name(Cursor(head, span), table)
    if raw is not None and raw.base.key == "\\mathrm{d}" and table.lookup(raw.base.key) is None:
        return None
    if raw is not None and formals is None and _is_word_left_out(raw, table):
        return Target(raw.base.key, span, True)
    try:
        node = strip(Parser(head, table, span).whole())
    except Refusal as refusal:
        if refusal.code == "ambiguous" and formals is not None:
            return None
        raise
    if isinstance(node, IndexName):
        return None
    if isinstance(node, Name):
        return Target(node.key, span, False, formals=formals)
    if raw is not None and _is_letter_with_a_meaning(node, raw):
        return Target(raw.base.key, span, True, formals=formals)
    square = _square(node)
    if square is not None and formals is None:
        return Target(square, span, True, square=True)
    if not isinstance(node, Unknown):
        return None
    return _by_components(node, span, formals) or Target(
        node.literal or node.key, span, True, formals=formals
    )


def _by_components(
    node: Unknown, span: Span, formals: tuple[tuple[Token, ...], ...] | None
) -> Target | None:
    """What is defined by its members or entries, or a matrix by its rows or columns."""
    letters = tuple(index.name for index in node.indices if isinstance(index, IndexName))
    if not node.base or not letters or len(letters) != len(set(letters)):
        return None
    if len(letters) == len(node.indices):
        return Target(node.literal, span, True, node.base, letters, formals)
    if len(letters) == 1 and len(node.indices) == 2 and None in node.indices and formals is None:
        line: Line = "row" if node.indices[1] is None else "column"
        return Target(node.literal, span, True, node.base, letters, line=line)
    return None


def _is_word_left_out(raw: RawName, table: Table) -> bool:
    r"""``\mathrm{KL}`` by itself is a name that may be defined, unlike ``\mathrm{KL}(p, q)``."""
    return (
        raw.sub is None
        and not raw.sup
        and upright_out_of_scope(raw.base.letter)
        and table.lookup(raw.base.key) is None
    )


def _square(node: Node) -> str | None:
    """The key of the square that a node is, of a name that the table lacks."""
    if not isinstance(node, Op) or node.op != "power":
        return None
    base, exponent = strip(node.args[0]), node.args[1]
    if not isinstance(base, Unknown) or not isinstance(exponent, Num) or exponent.value != 2:
        return None
    if any(isinstance(index, IndexName) for index in base.indices):
        return None
    return square_key(base)


def _is_letter_with_a_meaning(node: Node, raw: RawName) -> bool:
    """π and I mean a number and the identity until the page declares them."""
    if raw.sub is not None or raw.sup:
        return False
    return (isinstance(node, Op) and node.op == "pi") or isinstance(node, Constant)


def declared_name(
    tokens: Sequence[Token], table: Table
) -> tuple[str, str, tuple[Node | None, ...]]:
    """Key, family key and indices of a name in a declaration, whether the table has it or not.

    Raises:
        Refusal: where the tokens are no name.

    """
    span = tokens[0].span.to(tokens[-1].span) if tokens else Span(0, 0)
    letters = "".join(t.text for t in tokens if t.kind == "letter")
    if len(letters) == len(tokens) > 1:
        return letters, "", ()
    primes = 0
    while len(tokens) > 1 and tokens[-1].is_symbol("'"):
        tokens = tokens[:-1]
        primes += 1
    if primes:
        return declared_name(tokens, table)[0] + "'" * primes, "", ()
    cursor = Cursor(tokens, span)
    raw = read_name(cursor, table)
    if raw is None or not cursor.done:
        raise Refusal("latex-syntax", "a name is expected before ∈", span)
    bare = Table()
    bare.symbols = {
        key: symbol for key, symbol in table.symbols.items()
        if symbol.role in ("dimension", "index")
    }  # fmt: skip
    node = strip(Parser(list(cursor.tokens), bare, span).whole())
    if isinstance(node, Unknown):
        return node.literal or node.key, node.base, node.indices
    if isinstance(node, Name):
        return node.key, "", ()
    if _is_letter_with_a_meaning(node, raw):
        return raw.base.key, "", ()
    square = _square(node)
    if square is not None:
        return square, "", ()
    raise Refusal("latex-syntax", "a name is expected before ∈", span)
