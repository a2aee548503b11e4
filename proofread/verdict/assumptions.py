"""What the page assumes of its symbols: conditions and properties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from proofread.algebra.dimensions import Shape
from proofread.latex.tokens import Refusal, Span
from proofread.symbols.table import REAL, Assumption
from proofread.syntax.dims import to_dim
from proofread.syntax.nodes import Constant, Name, Node, Op, Product, keys, strip
from proofread.syntax.statements import RawStatement
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State
from proofread.verdict.words import SQUARE

DEFINITE = frozenset({"≻", "⪰", "≺", "⪯"})
COMPARISONS = DEFINITE | {"=", "≡", "≠", "<", ">", "≤", "≥"}


def applies(word: str, shape: Shape) -> bool:
    """Whether a property can be stated of an array of that shape."""
    if len(shape.dims) != 2:
        return False
    if word in SQUARE:
        return shape.rows == shape.columns and not shape.scalar
    return shape.matrix


def add_properties(state: State, key: str, properties: frozenset[str]) -> None:
    """A property that a later sentence assumes of a free symbol."""
    symbol = state.table.lookup(key)
    if symbol is None or not symbol.free or symbol.role != "value":
        return
    fitting = frozenset(
        each for each in properties if each == "constant" or applies(each, symbol.shape)
    )
    if fitting - symbol.properties:
        state.table.symbols[key] = replace(symbol, properties=symbol.properties | fitting)


def assume(
    state: State, raw: RawStatement, terms: Sequence[Node], relations: Sequence[str], text: str,
    *, passing: bool, pointwise: bool,
) -> Outcome:  # fmt: skip
    """A condition that every sample must satisfy from here on, or to the end of its sentence."""
    table = state.table
    for number, op in enumerate(relations):
        require_comparison(op, raw.span)
        left, right = terms[number], terms[number + 1]
        names = keys(left) | keys(right)
        assumption = Assumption("=" if op == "≡" else op, left, right, text, names, passing,
                                pointwise, state.among)  # fmt: skip
        if all(_is_dimension(state, key) for key in names) and (
            to_dim(left) is not None and to_dim(right) is not None
        ):
            table.constraints.append(assumption)
        elif passing or not _as_property(state, assumption):
            if op in DEFINITE:
                _draw_symmetric(state, (left, right))
            table.assumptions.append(assumption)
    return Outcome("declaration", "declares", raw.span)


def require_comparison(op: str, span: Span) -> None:
    """Refuse what cannot be made true of a sample."""
    if op not in COMPARISONS:
        raise Refusal("ambiguous", f"a condition is an equation or an inequality, not “{op}”", span)


def _is_dimension(state: State, key: str) -> bool:
    symbol = state.table.lookup(key)
    return symbol is not None and symbol.role == "dimension"


def _draw_symmetric(state: State, sides: Sequence[Node]) -> None:
    """What an order of matrices compares is symmetric."""
    for each in map(strip, sides):
        if isinstance(each, Name):
            add_properties(state, each.key, frozenset({"symmetric"}))


def _as_property(state: State, assumption: Assumption) -> bool:
    """Symmetry and orthogonality of a square matrix are drawn, not searched for."""
    if assumption.op != "=" or len(assumption.keys) != 1:
        return False
    key = next(iter(assumption.keys))
    symbol = state.table.lookup(key)
    if symbol is None or not symbol.free or symbol.family or symbol.set != REAL:
        return False
    if symbol.properties or not symbol.shape.matrix or symbol.shape.rows != symbol.shape.columns:
        return False
    name = Name(assumption.left.span, key)
    turned = Op(name.span, "transpose", (name,))
    sides = {strip(assumption.left), strip(assumption.right)}
    if sides == {name, turned}:
        add_properties(state, key, frozenset({"symmetric"}))
        return True
    grams = (Product(name.span, (turned, name)), Product(name.span, (name, turned)))
    if any(gram in sides for gram in grams) and any(
        isinstance(side, Constant) and side.kind == "identity" for side in sides
    ):
        add_properties(state, key, frozenset({"orthogonal"}))
        return True
    return False
