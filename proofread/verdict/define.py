"""Definitions: values, functions, components, and the columns or rows of a matrix."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from proofread.algebra.dimensions import ONE, Shape
from proofread.latex.tokens import Refusal, Span
from proofread.shapes.found import IndexUse
from proofread.shapes.inference import Inference
from proofread.shapes.misses import undeclared
from proofread.symbols.among import Among
from proofread.symbols.dependencies import dependencies
from proofread.symbols.table import (
    REAL,
    Definition,
    Range,
    Signature,
    Symbol,
    Table,
    next_version,
)
from proofread.syntax.dims import to_dim
from proofread.syntax.nodes import (
    Block,
    Differential,
    Either,
    Element,
    Fill,
    IndexName,
    Name,
    Node,
    Op,
    Row,
    Unknown,
    rewrite,
    strip,
    walk,
)
from proofread.syntax.parser import Parser
from proofread.values.compiler import Compiler, weight
from proofread.values.frame import Code
from proofread.verdict import recursions
from proofread.verdict.among import require_inside, settle
from proofread.verdict.prepare import prepare
from proofread.verdict.ranges import place
from proofread.verdict.state import State
from proofread.verdict.targets import Line, Target
from proofread.verdict.waiting import require_formulas

NO_FAMILIES: Mapping[str, Symbol] = {}
"""Of a definition that is no recursion."""


def formal_keys(state: State, target: Target, signature: Signature | None) -> dict[str, Symbol]:
    """The formal arguments of a function: symbols of the page, or names under a signature.

    Raises:
        Refusal: ``undeclared-symbol`` for an argument that nothing gives a shape.

    """
    assert target.formals is not None
    formals: dict[str, Symbol] = {}
    if signature is not None and len(signature.domains) != len(target.formals):
        raise Refusal("shape-mismatch", f"the function takes {len(signature.domains)} arguments, "
                      f"not {len(target.formals)}", target.span)  # fmt: skip
    for number, tokens in enumerate(target.formals):
        if not tokens:
            raise Refusal("latex-syntax", "an argument is missing", target.span)
        span = tokens[0].span.to(tokens[-1].span)
        node = strip(Parser(list(tokens), state.table, span).whole())
        key = node.key if isinstance(node, Name | Unknown) else None
        if key is None:
            raise Refusal("ambiguous", "the argument of a function that is defined is a name", span)
        symbol = state.table.lookup(key)
        if signature is not None:
            shape = signature.domains[number]
            if symbol is None or symbol.shape != shape or symbol.role != "value":
                symbol = Symbol(key, "value", shape, REAL, place(state), next_version())
        elif symbol is None:
            raise undeclared(key, span, state.table)
        elif symbol.role != "value":
            raise Refusal("ambiguous", f"“{key}” cannot be the argument of a function", span)
        formals[key] = symbol
    return formals


def define(
    state: State, target: Target, body: Node, span: Span, declared: Symbol | None = None,
    families: Mapping[str, Symbol] = NO_FAMILIES,
) -> Symbol:  # fmt: skip
    """Introduce ``target`` with ``body`` as its formula.

    ``families`` are those that a recursion uses before the page defines them.

    Raises:
        Refusal: where the body is not well formed.

    """
    if any(isinstance(part, Differential) for part in walk(body)):
        raise Refusal("ambiguous", "a definition with a differential in it is not read", span)
    existing = state.table.lookup(target.key)
    signature = existing.signature if existing is not None and target.formals else None
    formals = formal_keys(state, target, signature) if target.formals is not None else {}
    state.table.overlay = {**formals, **families}
    try:
        symbol, code = _compiled(state, target, body, span, tuple(formals), declared)
    finally:
        state.table.overlay = {}
    if signature is not None and signature.codomain != symbol.shape:
        raise Refusal("shape-mismatch", f"the value has the shape {symbol.shape}, and the "
                      f"function was declared with {signature.codomain}", span)  # fmt: skip
    if not recursions.close(state, symbol, code):
        state.table.introduce(symbol)
    state.codes[symbol.version] = code
    recursions.await_others(state, symbol, families)
    state.table.traits[symbol.version] = code.traits
    return symbol


def _compiled(
    state: State, target: Target, body: Node, span: Span, formals: tuple[str, ...],
    declared: Symbol | None,
) -> tuple[Symbol, Code]:  # fmt: skip
    key = target.key
    letters = target.letters if _by_components(state, target, body) else ()
    if target.letters and letters:
        key = target.base
    body = _one_reading(state, body, span)
    if target.line is not None:
        letters, body = _by_entries(state, target, target.line, body)
        key = target.base
    inference = Inference(state.table, state.layout)
    if declared is not None and letters:
        _seed_letters(inference, letters, declared)
    shape = inference.shape(body)
    uses = [_letter_use(inference, letter, span, state.among) for letter in letters]
    if inference.out.free:
        name, use = next(iter(inference.out.free.items()))
        _require_no_dimension(state, target)
        raise Refusal("ambiguous", f"the index “{name}” is free in what defines the symbol",
                      use.span)  # fmt: skip
    inference.finish()
    if inference.out.vanishing:
        raise vanishing_refusal(inference.out.vanishing[0])
    shape = inference.resolved(shape)
    if any(dim.unknown for dim in shape.dims) and not letters:
        raise Refusal("ambiguous", "the size of what is defined is open", span)
    if target.square and not shape.scalar:
        raise undeclared(key.removesuffix("^{2}"), span, state.table)
    state.table.learn(inference.unifier)
    compiler = Compiler(state.table, inference.out, state.layout)
    run = compiler.run(body)
    behind = dependencies(body, state.table) - (set() if letters else set(formals))
    traits = compiler.traits | state.table.traits_of(behind)
    own = () if letters else formals
    definition = Definition(body, own, letters, _versions(state.table, behind))
    code = Code(run, behind | frozenset(formals), traits, weight(body))
    symbol = _symbol(state, key, shape, uses, letters, formals, definition)
    if len(letters) == 1:
        said = state.among.range_of(letters[0]) is not None
        symbol = recursions.recursive(state, symbol, key, shape, _range(uses[0]), said, span)
        symbol, code = recursions.with_starts(state, symbol, code)
    else:
        require_formulas(state, [body])
    _require_members(inference, symbol, letters, uses)
    return symbol, code


def _range(use: IndexUse) -> Range:
    return Range(use.first or ONE, use.last or ONE)


def _require_members(
    inference: Inference, symbol: Symbol, letters: tuple[str, ...], uses: list[IndexUse]
) -> None:
    """What a formula names by ``t + 1`` exists for all members that it defines."""
    said = dict(zip(letters, uses, strict=True))
    if symbol.recursion is not None and symbol.recursion.own is not None:
        own = symbol.recursion.own
        said = {letters[0]: IndexUse(uses[0].span, own.first, own.last)}
    for each in inference.out.reaches:
        require_inside(each, said, frozenset())


def _require_no_dimension(state: State, target: Target) -> None:
    """A dimension's name is no index of what is defined by components."""
    subscript = re.search(r"_\{(\w+)\}$", target.key)
    for letter in subscript.group(1) if subscript else "":
        symbol = state.table.lookup(letter)
        if symbol is not None and symbol.role == "dimension":
            raise Refusal(
                "index-clash",
                f"“{letter}” is a dimension and stands as an index of what is defined",
                target.span,
                (f"use another letter for the index than “{letter}”",),
            )


def _one_reading(state: State, body: Node, span: Span) -> Node:
    """The body with every choice between readings made."""
    if not any(isinstance(part, Either) for part in walk(body)):
        return body
    prepared = prepare(state, [body], None, span)

    def choose(node: Node) -> Node | None:
        if isinstance(node, Either):
            reading = node.readings[prepared.shaped.choices.get(id(node), 0)]
            return rewrite(reading, choose)
        return None

    return rewrite(body, choose)


def _versions(table: Table, keys: frozenset[str]) -> tuple[tuple[str, int], ...]:
    found = []
    for key in sorted(keys):
        symbol = table.symbols.get(key)
        if symbol is not None:
            found.append((key, symbol.version))
    return tuple(found)


def _by_components(state: State, target: Target, body: Node) -> bool:
    """Whether the letters on the left are indices: they occur as such on the right."""
    inside = {part.name for part in walk(body) if isinstance(part, IndexName)}
    if not target.letters:
        return False
    declared = [state.table.lookup(letter) for letter in target.letters]
    return all(
        letter in inside or (known is not None and known.role == "index")
        for letter, known in zip(target.letters, declared, strict=True)
    )


ALONG = ":"
"""The index along a row or a column that a definition gives as a whole."""


def _by_entries(
    state: State, target: Target, line: Line, body: Node
) -> tuple[tuple[str, ...], Node]:
    """The letters and the entry of a matrix of which a formula gives the rows or the columns.

    Raises:
        Refusal: where the formula does not give such a line for each value of the letter.

    """
    letter = target.letters[0]
    if not _by_components(state, target, body):
        raise _no_range(letter, target.span)
    inference = Inference(state.table, state.layout)
    shape = inference.resolved(inference.shape(body))
    if not (shape.row if line == "row" else shape.vector):
        raise Refusal(
            "shape-mismatch",
            f"a {line} is defined, and what defines it has the shape {shape}",
            body.span,
            ("a row is 1×n and a column n×1: a transpose may be missing",),
        )
    entry = Element(body.span, body, (IndexName(body.span, ALONG),))
    return (letter, ALONG) if line == "row" else (ALONG, letter), entry


def _seed_letters(inference: Inference, letters: tuple[str, ...], declared: Symbol) -> None:
    ends = declared.shape.dims if not declared.family else ()
    for letter, last in zip(letters, ends, strict=False):
        inference.out.free[letter] = IndexUse(Span(0, 1), ONE, last, "its declaration")
    for letter, each in zip(letters, declared.family, strict=False):
        inference.out.free[letter] = IndexUse(Span(0, 1), each.first, each.last, "its declaration")


def _letter_use(inference: Inference, letter: str, span: Span, among: Among) -> IndexUse:
    use = inference.out.free.pop(letter, None)
    if use is None:
        use = inference.use_of(IndexName(span, letter))
        inference.out.free.pop(letter, None)
    settle(among, {letter: use})
    said = among.range_of(letter)
    if said is not None:
        use.first, use.last = said.first, said.last
    if use.last is None:
        raise _no_range(letter, span)
    use.first = inference.unifier.resolve(use.first or ONE)
    use.last = inference.unifier.resolve(use.last)
    return use


def _no_range(letter: str, span: Span) -> Refusal:
    return Refusal("ambiguous", f"nothing says what the index “{letter}” runs over", span,
                   (f"say it before: {letter} = 1, \\dots, m",))  # fmt: skip


def _symbol(
    state: State, key: str, shape: Shape, uses: list[IndexUse], letters: tuple[str, ...],
    formals: tuple[str, ...], definition: Definition,
) -> Symbol:  # fmt: skip
    version = next_version()
    family: tuple[Range, ...] = ()
    value = shape
    if letters:
        ends = [(use.first or ONE, use.last or ONE) for use in uses]
        plain_start = all(first == ONE for first, _ in ends)
        taken = state.table.lookup(key.removesuffix("_{}")) is not None  # ``N_k`` beside a size N
        if key.endswith("_{}") and shape.scalar and plain_start and not taken:
            key = key.removesuffix("_{}")
            dims = [last for _, last in ends]
            shape = Shape((dims[0], ONE)) if len(dims) == 1 else Shape(tuple(dims))
        else:
            family = tuple(Range(first, last) for first, last in ends)
    if letters and formals:
        family = family or tuple(Range(ONE, use.last or ONE) for use in uses)
        return Symbol(key if key[-1] == "}" else f"{key}_{{}}", "value", value, REAL, place(state),
                      version, family, None, definition, arguments=formals)  # fmt: skip
    if formals:
        domains = tuple(state.table.overlay[formal].shape for formal in formals)
        return Symbol(key, "function", shape, REAL, place(state), version, (),
                      Signature(domains, shape), definition)  # fmt: skip
    sized = letters if family and shape.letters else ()
    return Symbol(key, "value", shape, REAL, place(state), version, family, None, definition,
                  letters=sized)  # fmt: skip


def vanishing_refusal(node: Node) -> Refusal:
    """The refusal of a derivative by a symbol that does not occur."""
    return Refusal(
        "ambiguous",
        "what is differentiated does not contain the variable, not even through definitions",
        node.span,
        ("write = 0 if that is meant",),
    )


# Columns and rows -------------------------------------------------------------------------------


def columns_of(table: Table, left: Node, right: Node) -> tuple[str, Node, Node, bool] | None:
    r"""The family that ``X = [x_1 \cdots x_n]`` names.

    Its key, its first and last index, and whether it is the columns (rather than the rows).
    """
    name = strip(left)
    block = strip(right)
    if not isinstance(name, Name) or not isinstance(block, Block):
        return None
    symbol = table.lookup(name.key)
    if symbol is None or not symbol.shape.matrix:
        return None
    if len(block.rows) == 1 and isinstance(block.rows[0], Row):
        return _fresh_members(block.rows[0].cells, False)
    cells: list[Node] = []
    for row in block.rows:
        inner = row.body if isinstance(row, Fill) else row
        if not isinstance(inner, Row) or len(inner.cells) != 1:
            return None
        cell = inner.cells[0]
        if isinstance(row, Fill):
            cell = Fill(row.span, row.name, row.lower, row.upper, cell)
        cells.append(cell)
    return _fresh_members(tuple(cells), True)


def _fresh_members(cells: tuple[Node, ...], rows: bool) -> tuple[str, Node, Node, bool] | None:
    members: list[Unknown] = []
    ends: list[Node] = []
    for cell in cells:
        body = strip(cell.body) if isinstance(cell, Fill) else strip(cell)
        if rows:
            if not (isinstance(body, Op) and body.op == "transpose"):
                return None
            body = strip(body.args[0])
        if not isinstance(body, Unknown) or len(body.indices) != 1 or not body.base:
            return None
        members.append(body)
        if isinstance(cell, Fill):
            ends += [cell.lower, cell.upper]
        else:
            assert body.indices[0] is not None
            ends.append(body.indices[0])
    if len({member.base for member in members}) != 1:
        return None
    return members[0].base, ends[0], ends[-1], not rows


def define_columns(
    state: State, matrix: Node, key: str, first: Node, last: Node, columns: bool, span: Span
) -> Symbol:
    """Introduce the columns (or rows, as columns) of a matrix as a family."""
    name = strip(matrix)
    assert isinstance(name, Name)
    symbol = state.table.lookup(name.key)
    assert symbol is not None
    low, high = to_dim(first), to_dim(last)
    count = symbol.shape.columns if columns else symbol.shape.rows
    if low is None or high is None or low != ONE or high != count:
        word = "columns" if columns else "rows"
        raise Refusal("shape-mismatch", f"{name.key} has {count} {word}, not as many as written",
                      span)  # fmt: skip
    letter = "k"
    index = IndexName(span, letter)
    element = Element(span, name, (None, index) if columns else (index, None))
    body: Node = element if columns else Op(span, "transpose", (element,))
    target = Target(key, span, True, key, (letter,))
    return define(state, target, body, span, replace(symbol, family=(Range(ONE, count),)))
