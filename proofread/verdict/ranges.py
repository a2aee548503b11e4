"""The ranges of indices, and the dimensions that they and others bring along."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from proofread.algebra.dimensions import ONE, SCALAR, Dim
from proofread.latex.tokens import Refusal, Span, Token
from proofread.records import Place
from proofread.symbols.table import Range, SetSpec, Symbol, Table, next_version
from proofread.syntax.cursor import is_letter, lone_dots, split_commas
from proofread.syntax.dims import as_names, to_dim
from proofread.syntax.nodes import IndexName, Unknown, rewrite
from proofread.syntax.parser import Parser
from proofread.syntax.statements import Condition, RawStatement
from proofread.verdict.among import index_conditions
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State

_SUBSCRIPT = re.compile(r"_\s*(?:\{([^{}]*)\}|([A-Za-z]))")
_MEMBER = re.compile(r"\\in(?![A-Za-z])")


def place(state: State) -> Place:
    """Where the statement at hand begins."""
    return Place(state.line, 1)


def introduce_dimension(state: State, key: str) -> None:
    """Add a dimension name that the table lacks."""
    if state.table.lookup(key) is None:
        state.table.introduce(
            Symbol(key, "dimension", SCALAR, SetSpec("whole", Fraction(1), text="ℕ"),
                   place(state), next_version())
        )  # fmt: skip


def index_ranges(state: State, conditions: Sequence[Condition]) -> dict[str, Range]:
    """The ranges that conditions behind a declaration give to index letters."""
    ranges: dict[str, Range] = {}
    for condition in conditions:
        ranges.update(read_ranges(state, condition.tokens, condition.span))
    return ranges


def read_ranges(state: State, tokens: Sequence[Token], span: Span) -> dict[str, Range]:
    r"""``i = 1, \dots, m``, ``i, j \in \{1, \dots, m\}`` and ``1 \le i \le m``."""
    kept = [token for token in tokens if not (token.kind == "command" and token.text in (
        "quad", "qquad", ",", ";", " ", ":", "!",
    ))]  # fmt: skip
    for position, token in enumerate(kept):
        if token.is_symbol("=") or token.is_command("in"):
            letters = [t.written for t in kept[:position] if is_letter(t)]
            rest = kept[position + 1 :]
            if token.is_command("in") and rest and rest[0].is_symbol("[") and len(rest) >= 3:
                upper = bound(state, rest[1:-1], span)
                return {letter: Range(ONE, upper) for letter in letters}
            if rest and rest[0].is_command("{", "lbrace"):
                rest = rest[1:-1]
            parts = split_commas(rest)
            if len(parts) >= 3 and any(lone_dots(part) for part in parts):
                dots = next(k for k, part in enumerate(parts) if lone_dots(part))
                first = bound(state, parts[0], span)
                last = bound(state, parts[dots + 1], span) if dots + 1 < len(parts) else None
                if last is None:
                    raise Refusal("ambiguous", "the range of the index has no end", span)
                return {letter: Range(first, last) for letter in letters}
            return {}
    if len(kept) >= 5 and kept[1].is_command("le", "leq"):
        inner = [k for k, token in enumerate(kept) if token.is_command("le", "leq", "lt")]
        if len(inner) == 2:
            letters = [t.written for t in kept[inner[0] + 1 : inner[1]] if is_letter(t)]
            first = bound(state, kept[: inner[0]], span)
            last = bound(state, kept[inner[1] + 1 :], span)
            return {letter: Range(first, last) for letter in letters}
    return {}


def index_restriction(
    state: State, tokens: Sequence[Token], span: Span, latex: str
) -> Condition | None:
    r"""The condition that ``i \ge 2`` or ``i = 2, \dots, n`` is on a formula with such indices.

    A range from 1 to a lone name restricts nothing; ``latex`` is the formula.
    """
    if _MEMBER.search(latex):
        return None  # a family is declared, and the range belongs to its letter
    compared = index_conditions(state, tokens, span)
    letters = {name for each in compared for name in each.names}
    if not compared:
        found = read_ranges(state, tokens, span)
        letters = {
            letter
            for letter, each in found.items()
            if each.first != ONE or (each.last.names and not each.last.name)
        }
    indexed = {letter for found in _SUBSCRIPT.findall(latex) for letter in "".join(found)}
    if not letters or not letters <= indexed:
        return None
    return Condition("for", tuple(tokens), span)


def bound(state: State, tokens: Sequence[Token], span: Span) -> Dim:
    """The end of a range; names that the table lacks become dimensions."""
    parser = Parser(list(tokens), state.table, span)
    parser.indexing = True
    node = rewrite(
        parser.whole(),
        lambda part: IndexName(part.span, part.literal) if isinstance(part, Unknown) else None,
    )
    dim = to_dim(node)
    if dim is None:
        raise Refusal("ambiguous", "the end of a range is a dimension, a number or a sum of them",
                      span)  # fmt: skip
    return named_dim(state, dim)


def named_dim(state: State, dim: Dim) -> Dim:
    """A dimension whose names the table has; those that it lacked are introduced."""
    named = as_names(dim)
    for name in named.names:
        introduce_dimension(state, name)
    return named


def declare_indices(state: State, raw: RawStatement, ranges: dict[str, Range]) -> Outcome:
    """Introduce index letters with their ranges."""
    for letter, each in ranges.items():
        for name in each.last.names:
            introduce_dimension(state, name)
        _settle_sized(state.table, letter, each)
        state.table.introduce(
            Symbol(letter, "index", SCALAR, SetSpec("whole"), place(state), next_version(), (each,))
        )
    return Outcome("declaration", "declares", raw.span, introduces=tuple(ranges))


def _settle_sized(table: Table, letter: str, found: Range) -> None:
    """Give a family that was declared before its range, sizes and all, the range behind it."""
    for symbol in list(table.symbols.values()):
        if symbol.letters != (letter,):
            continue
        open_end = symbol.family[0].last.name
        if open_end is None or not open_end.startswith("?") or open_end in table.known:
            continue
        table.known[open_end] = found.last
        late = found.first - symbol.family[0].first
        for each in list(table.symbols.values()):
            if any(open_end in end.last.names for end in each.family):
                (end,) = each.family
                table.symbols[each.key] = replace(each, family=(Range(end.first + late, end.last),))
