"""Declarations: symbols with their sets, indices with their ranges, functions, conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from proofread.algebra.dimensions import ONE, SCALAR, Dim, Shape, unknown
from proofread.latex.tokens import Refusal, Span, Token
from proofread.records import Place
from proofread.symbols.sets import ReadSet, read_set
from proofread.symbols.table import (
    REAL,
    Assumption,
    Range,
    SetSpec,
    Signature,
    Symbol,
    next_version,
)
from proofread.syntax.cursor import lone_dots, split_commas
from proofread.syntax.dims import to_dim
from proofread.syntax.nodes import (
    Constant,
    IndexName,
    Name,
    Node,
    Num,
    Op,
    Product,
    Sum,
    Unknown,
    rewrite,
    strip,
    walk,
)
from proofread.syntax.parser import Parser
from proofread.syntax.scope import Role
from proofread.syntax.statements import Condition, RawStatement
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State
from proofread.verdict.targets import Target, declared_name
from proofread.verdict.words import SQUARE, Context


def place(state: State) -> Place:
    """Where the statement at hand begins."""
    return Place(state.line, 1)


# Members of sets ---------------------------------------------------------------------------------


def declare_members(
    state: State, raw: RawStatement, names: Sequence[Token], in_set: Sequence[Token],
    context: Context,
) -> Outcome:  # fmt: skip
    r"""``x, z \in \mathbb{R}^n`` and families of all kinds."""
    span = raw.span
    found = read_set(in_set, state.table, in_set[0].span.to(in_set[-1].span) if in_set else span)
    if context.negated:
        raise Refusal(
            "ambiguous",
            f"the sentence denies that something is {context.negated}, which may or may not be "
            "an assumption",
            span,
            ("leave the remark out, or put it into a sentence without a declaration",),
        )
    ranges = index_ranges(state, raw.conditions)
    items = split_commas(list(names))
    introduced = [
        *_dimensions(state, found.fresh),
        *[name for each in ranges.values() for name in _dimension_names(state, each)],
    ]
    for item in _grouped_items(items):
        if isinstance(item, list):
            introduced.append(_family_by_dots(state, item, found, context, span))
        else:
            introduced.append(_one(state, item, found, ranges, context, span))
    return Outcome("declaration", "declares", span, introduces=tuple(introduced))


def _dimensions(state: State, fresh: dict[str, Span]) -> list[str]:
    """Introduce the dimension names that a set brought along."""
    for key in fresh:
        introduce_dimension(state, key)
    return list(fresh)


def introduce_dimension(state: State, key: str) -> None:
    """Add a dimension name that the table lacks."""
    if state.table.lookup(key) is None:
        state.table.introduce(
            Symbol(key, "dimension", SCALAR, SetSpec("whole", Fraction(1), text="ℕ"),
                   place(state), next_version())
        )  # fmt: skip


def _dimension_names(state: State, each: Range) -> list[str]:
    names = sorted(
        name for name in each.last.names | each.first.names if state.table.lookup(name) is None
    )
    for name in names:
        introduce_dimension(state, name)
    return names


def _grouped_items(
    items: list[tuple[Token, ...]],
) -> list[tuple[Token, ...] | list[tuple[Token, ...]]]:
    """Names one by one; those around dots together."""
    result: list[tuple[Token, ...] | list[tuple[Token, ...]]] = []
    position = 0
    while position < len(items):
        run = [items[position]]
        while position + 1 < len(items) and (lone_dots(items[position + 1]) or lone_dots(run[-1])
                                             or _dots_ahead(items, position)):  # fmt: skip
            position += 1
            run.append(items[position])
        result.append(run if len(run) > 1 else run[0])
        position += 1
    return result


def _dots_ahead(items: list[tuple[Token, ...]], position: int) -> bool:
    r"""``x_1, x_2, \dots``: the second of two before the dots."""
    return (
        position + 2 < len(items)
        and lone_dots(items[position + 2])
        and (
            items[position][:1] == items[position + 1][:1]
            or (items[position][0].text == items[position + 1][0].text)
        )
    )


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
            letters = [t.text for t in kept[:position] if t.kind == "letter" or t.is_command("ell")]
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
            letters = [t.text for t in kept[inner[0] + 1 : inner[1]] if t.kind == "letter"]
            first = bound(state, kept[: inner[0]], span)
            last = bound(state, kept[inner[1] + 1 :], span)
            return {letter: Range(first, last) for letter in letters}
    return {}


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
    for name in dim.names:
        if name.startswith("@"):
            introduce_dimension(state, name[1:])
    return Dim.from_terms(
        {tuple(sorted(name.removeprefix("@") for name in monomial)): factor
         for monomial, factor in dim.terms}
    )  # fmt: skip


def _one(
    state: State, item: tuple[Token, ...], found: ReadSet, ranges: dict[str, Range],
    context: Context, span: Span,
) -> str:  # fmt: skip
    """A plain name, or a family named by an index letter."""
    if not item:
        raise Refusal("latex-syntax", "a name is missing before or behind a comma", span)
    key, base, indices = declared_name(item, state.table)
    letters = [index.name for index in indices if isinstance(index, IndexName)]
    family = _family(state, letters, ranges) if base and len(letters) == len(indices) else ()
    return add(state, base if family else key, found, context, family)


def _family(
    state: State, letters: Sequence[str], ranges: dict[str, Range]
) -> tuple[Range, ...]:  # fmt: skip
    """What the letters below a name run over; nothing where they are a part of the name."""
    if len(letters) == len(set(letters)) and all(
        letter in ranges or letter in state.index_letters or _is_index(state, letter)
        for letter in letters
    ):
        return tuple(_range_of(state, letter, ranges) for letter in letters)
    return ()


def _is_index(state: State, letter: str) -> bool:
    known = state.table.lookup(letter)
    return known is not None and (known.role == "index" or known.set.kind == "range")


def _range_of(state: State, letter: str, ranges: dict[str, Range]) -> Range:
    if letter in ranges:
        return ranges[letter]
    known = state.table.lookup(letter)
    if known is not None and known.role == "index" and known.family:
        return known.family[0]
    if known is not None and known.set.kind == "range" and known.set.upper is not None:
        return Range(Dim.of(int(known.set.low or 1)), known.set.upper)
    return Range(ONE, unknown())


def _family_by_dots(
    state: State, items: list[tuple[Token, ...]], found: ReadSet, context: Context, span: Span
) -> str:
    r"""``x^{(1)}, \dots, x^{(m)}``: a family from the first index to the last."""
    ends = [items[0], items[-1]]
    bases: list[str] = []
    numbers: list[Dim] = []
    for end in ends:
        _, base, indices = declared_name(end, state.table)
        if not base or len(indices) != 1 or indices[0] is None:
            raise Refusal("ambiguous", "the names around the dots need one index each", span)
        dim = to_dim(indices[0])
        if dim is None:
            raise Refusal("ambiguous", "the names around the dots need one index each", span)
        bases.append(base)
        numbers.append(_named_dims(state, dim))
    if bases[0] != bases[1]:
        raise Refusal("ambiguous", "the names around the dots are not of one family", span)
    return add(state, bases[0], found, context, (Range(numbers[0], numbers[1]),))


def _named_dims(state: State, dim: Dim) -> Dim:
    for name in dim.names:
        introduce_dimension(state, name.removeprefix("@"))
    return Dim.from_terms(
        {tuple(sorted(name.removeprefix("@") for name in monomial)): factor
         for monomial, factor in dim.terms}
    )  # fmt: skip


def add(state: State, key: str, found: ReadSet, context: Context, family: tuple[Range, ...]) -> str:
    """Put a declared symbol into the table; the same declaration again changes nothing."""
    table = state.table
    natural = found.spec.kind == "whole" and found.spec.text == "ℕ" and found.shape.scalar
    role: Role = "dimension" if natural and not family else "value"
    if found.spec.kind == "function":
        role = "function"
    properties = frozenset(
        each for each in context.properties
        if each == "constant" or _applies(each, found.shape)
    )  # fmt: skip
    before = table.lookup(key)
    symbol = Symbol(key, role, found.shape, found.spec, place(state), next_version(), family,
                    properties=properties)  # fmt: skip
    if (
        before is not None
        and before.free
        and (
            (before.shape, before.set, before.family, before.properties, before.role)
            == (symbol.shape, symbol.set, symbol.family, symbol.properties, symbol.role)
        )
    ):
        return key
    if before is not None and before.role == "dimension" and role == "dimension":
        return key
    table.introduce(symbol)
    return key


def _applies(word: str, shape: Shape) -> bool:
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
        each for each in properties if each == "constant" or _applies(each, symbol.shape)
    )
    if fitting - symbol.properties:
        state.table.symbols[key] = replace(symbol, properties=symbol.properties | fitting)


# Indices, functions, bounds --------------------------------------------------------------------


def declare_indices(state: State, raw: RawStatement, ranges: dict[str, Range]) -> Outcome:
    """Introduce index letters with their ranges."""
    for letter, each in ranges.items():
        for name in each.last.names:
            introduce_dimension(state, name)
        state.table.introduce(
            Symbol(letter, "index", SCALAR, SetSpec("whole"), place(state), next_version(), (each,))
        )
    return Outcome("declaration", "declares", raw.span, introduces=tuple(ranges))


def declare_function(
    state: State, raw: RawStatement, names: Sequence[Token], domain: Sequence[Token],
    codomain: Sequence[Token],
) -> Outcome:  # fmt: skip
    r"""``f : \mathbb{R}^n \times \mathbb{R}^m \to \mathbb{R}``."""
    span = raw.span
    domains: list[Shape] = []
    introduced: list[str] = []
    for part in _split_product(domain):
        found = read_set(part, state.table, span)
        domains.append(found.shape)
        introduced += _dimensions(state, found.fresh)
    into = read_set(codomain, state.table, span)
    introduced += _dimensions(state, into.fresh)
    for item in split_commas(list(names)):
        key, base, indices = declared_name(item, state.table)
        if base and any(isinstance(index, IndexName) for index in indices):
            raise Refusal("ambiguous", "families of functions are not read", span)
        state.table.introduce(
            Symbol(key, "function", into.shape, SetSpec("function", text="smooth function"),
                   place(state), next_version(), (),
                   Signature(tuple(domains), into.shape, into.spec))
        )  # fmt: skip
        introduced.append(key)
    return Outcome("declaration", "declares", span, introduces=tuple(introduced))


def _split_product(tokens: Sequence[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if depth == 0 and token.is_command("times"):
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def declare_bounded(
    state: State, raw: RawStatement, target: Target, low: Fraction | None, high: Fraction | None,
    closed: tuple[bool, bool],
) -> Outcome:  # fmt: skip
    r"""``\lambda > 0`` or ``r_i > 0`` on a fresh symbol: real numbers in an interval."""
    spec = SetSpec("interval", low, high, closed, text=_interval_text(low, high, closed))
    family = _family(state, target.letters, index_ranges(state, raw.conditions))
    key = target.base if family else target.key
    state.table.introduce(Symbol(key, "value", SCALAR, spec, place(state), next_version(), family))
    return Outcome("declaration", "declares", raw.span, introduces=(key,))


def _interval_text(low: Fraction | None, high: Fraction | None, closed: tuple[bool, bool]) -> str:
    if low == 0 and high is None:
        return "nonnegative" if closed[0] else "positive"
    return "interval"


def number_of(node: Node) -> Fraction | None:
    """The number that a literal stands for, its sign included."""
    bare = strip(node)
    if isinstance(bare, Num):
        return bare.value
    if isinstance(bare, Sum) and len(bare.terms) == 1 and isinstance(bare.terms[0], Num):
        return bare.signs[0] * bare.terms[0].value
    return None


# Assumptions -------------------------------------------------------------------------------------


def assume(
    state: State, raw: RawStatement, terms: Sequence[Node], relations: Sequence[str], text: str,
    *, passing: bool,
) -> Outcome:  # fmt: skip
    """A condition that every sample must satisfy from here on, or to the end of its sentence."""
    table = state.table
    for number, op in enumerate(relations):
        left, right = terms[number], terms[number + 1]
        keys = frozenset(part.key for term in (left, right) for part in _names(term))
        assumption = Assumption("=" if op == "≡" else op, left, right, text, keys, passing)
        if all(_is_dimension(state, key) for key in keys) and (
            to_dim(left) is not None and to_dim(right) is not None
        ):
            table.constraints.append(assumption)
        elif passing or not _as_property(state, assumption):
            table.assumptions.append(assumption)
    return Outcome("declaration", "declares", raw.span)


def _names(node: Node) -> list[Name]:
    return [part for part in walk(node) if isinstance(part, Name)]


def _is_dimension(state: State, key: str) -> bool:
    symbol = state.table.lookup(key)
    return symbol is not None and symbol.role == "dimension"


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
