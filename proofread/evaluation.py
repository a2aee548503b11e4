"""A labelled formula of a page, evaluated at values from outside: the engine as a witness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from proofread.algebra.dimensions import Dim, Shape, Unifier
from proofread.algebra.matrices import Matrix, Members, Value, normal
from proofread.algebra.numbers import DOUBLES
from proofread.checking import Walker
from proofread.latex.macros import Macro
from proofread.latex.tokens import Span, tokenize
from proofread.markdown import read_page
from proofread.symbols.table import Symbol
from proofread.syntax.nodes import Name, Node
from proofread.values.frame import Frame
from proofread.verdict.outcome import Outcome
from proofread.verdict.prepare import Prepared, evaluate, prepare
from proofread.verdict.state import State
from proofread.verdict.targets import declared_name

Nested = Any
"""A number, or lists of numbers: a vector is a list, a matrix a list of its rows."""
DIFFERENTIAL = "\\mathrm{d}"


class NoSuchFormula(LookupError):
    """The page has no formula with that label, or one that cannot be evaluated."""


def evaluate_label(
    text: str, label: str, values: Mapping[str, Nested], *,
    macros: Mapping[str, Macro] | None = None,
) -> list[Nested]:  # fmt: skip
    r"""The value of each term of the chain that carries ``label``.

    Args:
        text: the page.
        label: of a definition or a claim on it.
        values: of the free symbols, by their LaTeX; a family's members as a list, a differential
            as ``\mathrm{d}W``.
        macros: LaTeX macros that the page may use besides its own.

    Raises:
        NoSuchFormula: without such a formula.
        ValueError: for a value that does not fit its symbol.

    """
    page = read_page(text)
    state = State(page.layout, 0, dict(macros or {}))
    walker = Walker(page, state, stop_at=label)
    walker.run()
    outcome = walker.stopped_with
    if outcome is None:
        raise NoSuchFormula(f"no formula of the page is labelled {label!r}")
    prepared = _prepared(state, outcome, label)
    frame = _frame(state, values, outcome.span)
    results = []
    for position in range(len(prepared.terms)):
        found = [_nested(value) for value in evaluate(prepared, position, frame)]
        results.append(found if prepared.indices else found[0])
    return results


class Sizes:
    """What the values say of the dimension names; they must agree."""

    def __init__(self, unifier: Unifier) -> None:
        self.unifier = unifier
        self.found: dict[str, int] = {}

    def learn(self, symbol: Symbol, dim: Dim, number: int) -> None:
        """Note the size that a value gives to a dimension.

        Raises:
            ValueError: where another value gives another size.

        """
        dim = self.unifier.resolve(dim)
        if dim.name is not None:
            if self.found.setdefault(dim.name, number) != number:
                raise ValueError(f"{symbol.key} makes {dim.name} = {number}, and another value "
                                 f"{self.found[dim.name]}")  # fmt: skip
        elif dim.number is not None and dim.number != number:
            raise ValueError(f"{symbol.key} has a side of {dim.number}, not {number}")


def _prepared(state: State, outcome: Outcome, label: str) -> Prepared:
    if outcome.prepared is not None:
        return outcome.prepared
    if outcome.key is None:
        raise NoSuchFormula(f"the formula labelled {label!r} cannot be evaluated")
    name: Node = Name(outcome.span, outcome.key)
    return prepare(state, [name], None, outcome.span)


def _frame(state: State, values: Mapping[str, Nested], span: Span) -> Frame:
    sizes = Sizes(state.table.unifier())
    made: dict[str, Value] = {}
    towards: dict[str, Value] = {}
    for written, nested in values.items():
        into = towards if written.startswith(DIFFERENTIAL) else made
        symbol = _symbol(state, written.removeprefix(DIFFERENTIAL))
        into[symbol.key] = _value(symbol, nested, sizes)
    frame = Frame(DOUBLES, sizes.found, made, state.table.symbols, state.codes, state.budget(span))
    frame.directions = towards
    return frame


def _symbol(state: State, written: str) -> Symbol:
    key, base, _ = declared_name(tokenize(written), state.table)
    symbol = state.table.lookup(key) or state.table.lookup(base)
    if symbol is None:
        raise ValueError(f"the page has no symbol {written!r}")
    return symbol


def _value(symbol: Symbol, nested: Nested, sizes: Sizes) -> Value:
    if symbol.family:
        each = symbol.family[0]
        start = each.first.number
        if start is None or not isinstance(nested, Sequence):
            raise ValueError(f"{symbol.key} is a family and takes a list of members")
        sizes.learn(symbol, each.size, len(nested))
        shapes = [symbol.member_shape([Dim.of(k)]) for k in range(start, start + len(nested))]
        return Members(start, [
            _member(symbol, part, shape, sizes)
            for part, shape in zip(nested, shapes, strict=True)
        ])  # fmt: skip
    return _member(symbol, nested, symbol.shape, sizes)


def _member(symbol: Symbol, nested: Nested, shape: Shape, sizes: Sizes) -> Value:
    if not isinstance(nested, Sequence):
        return float(nested)
    rows = [row if isinstance(row, Sequence) else [row] for row in nested]
    if shape.row and len(rows) > 1:
        rows = [[entry for row in rows for entry in row]]
    lengths = (len(rows), len(rows[0]))
    for dim, number in zip(shape.dims, lengths, strict=True):
        sizes.learn(symbol, dim, number)
    return normal(*lengths, [float(entry) for row in rows for entry in row])


def _nested(value: Value) -> Nested:
    if type(value) is Matrix:
        if value.c == 1:
            return list(value.a)
        return [value.a[k : k + value.c] for k in range(0, len(value.a), value.c)]
    if type(value) is Members:
        return [_nested(item) for item in value.items]
    return value
