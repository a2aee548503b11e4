"""Declarations: symbols with their sets, indices with their ranges, functions, conditions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from proofread.algebra.dimensions import ONE, SCALAR, Dim, Indexed, Shape, unknown
from proofread.latex.tokens import Refusal, Span, Token
from proofread.shapes.bounds import leaves, reach
from proofread.shapes.found import IndexUse
from proofread.symbols.keys import display
from proofread.symbols.sets import ReadSet, read_set, require_size
from proofread.symbols.table import (
    Range,
    SetSpec,
    Signature,
    Symbol,
    next_version,
)
from proofread.syntax.cursor import lone_dots, split_commas
from proofread.syntax.dims import to_dim
from proofread.syntax.nodes import (
    IndexName,
    Node,
    Num,
    Sum,
    strip,
)
from proofread.syntax.scope import Role
from proofread.syntax.statements import RawStatement
from proofread.verdict.assumptions import applies
from proofread.verdict.outcome import Outcome
from proofread.verdict.ranges import index_ranges, introduce_dimension, named_dim, place
from proofread.verdict.state import State
from proofread.verdict.targets import Target, declared_name
from proofread.verdict.words import Context

NO_RANGES: Mapping[str, Range] = {}


def declare_members(
    state: State, raw: RawStatement, names: Sequence[Token], in_set: Sequence[Token],
    context: Context,
) -> Outcome:  # fmt: skip
    r"""``x, z \in \mathbb{R}^n`` and families of all kinds."""
    span = raw.span
    ranges = index_ranges(state, raw.conditions)
    over = _runs_over(state, names, ranges)
    where = in_set[0].span.to(in_set[-1].span) if in_set else span
    found = read_set(in_set, state.table, where, over)
    for key, indices in found.counted.items():
        _introduce_counts(state, key, indices, over, where)
    if context.negated:
        raise Refusal(
            "ambiguous",
            f"the sentence denies that something is {context.negated}, which may or may not be "
            "an assumption",
            span,
            ("leave the remark out, or put it into a sentence without a declaration",),
        )
    return declare_listed(state, raw, names, found, context, over if found.counted else NO_RANGES)


def _runs_over(state: State, names: Sequence[Token], ranges: dict[str, Range]) -> dict[str, Range]:
    """The indices of the family that is declared, with their ranges; none of what is none."""
    for item in split_commas(list(names)):
        if not item or lone_dots(item):
            continue
        _, base, indices = declared_name(item, state.table)
        letters = [index.name for index in indices if isinstance(index, IndexName)]
        if base and len(letters) == len(indices):
            return dict(zip(letters, _family(state, letters, ranges), strict=False))
    return {}


def _introduce_counts(
    state: State, key: str, indices: Sequence[Dim], over: dict[str, Range], span: Span
) -> None:
    """Introduce sizes that are named by the index of the family that they are sizes of.

    ``W_l`` in ``n_l`` by ``n_{l-1}`` for l from 1 to L: they are n_0 to n_L.
    """
    (letter, each), *_ = over.items()
    offsets = [(index - Dim.of("@" + letter)).number for index in indices]
    known = [offset for offset in offsets if offset is not None]
    if len(known) < len(offsets):
        raise Refusal("ambiguous", "the sizes of a family's members are named by its index, or "
                      "by one that is a fixed number of steps away", span)  # fmt: skip
    family = Range(each.first + Dim.of(min(known)), each.last + Dim.of(max(known)))
    natural = SetSpec("whole", Fraction(1), text="ℕ")
    state.table.introduce(
        Symbol(key, "value", SCALAR, natural, place(state), next_version(), (family,))
    )


def declare_listed(
    state: State, raw: RawStatement, names: Sequence[Token], found: ReadSet, context: Context,
    over: Mapping[str, Range] = NO_RANGES,
) -> Outcome:  # fmt: skip
    """Names separated by commas, dots among them, as members of a set.

    ``over`` is what their indices run over, where that is known besides what is said.
    """
    span = raw.span
    ranges = {**over, **index_ranges(state, raw.conditions)}
    items = split_commas(list(names))
    named = _named_apart(state, items)
    introduced = [
        *_dimensions(state, found.fresh),
        *[name for each in ranges.values() for name in _dimension_names(state, each)],
    ]
    for item in _grouped_items(items):
        if isinstance(item, list):
            introduced.append(_family_by_dots(state, item, found, context, span, ranges))
        else:
            introduced.append(_one(state, item, found, {} if item in named else ranges, context,
                                   span, apart=item in named))  # fmt: skip
    return Outcome("declaration", "declares", span, introduces=tuple(introduced))


def _dimensions(state: State, fresh: dict[str, Span]) -> list[str]:
    """Introduce the dimension names that a set brought along."""
    for key in fresh:
        introduce_dimension(state, key)
    return list(fresh)


def _dimension_names(state: State, each: Range) -> list[str]:
    names = sorted(
        name
        for name in each.last.names | each.first.names
        if name[0] != "?" and state.table.lookup(name) is None
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


def _named_apart(state: State, items: Sequence[tuple[Token, ...]]) -> list[tuple[Token, ...]]:
    """``W_f, W_i, W_o``: names, not members, where one of their letters is no index."""
    bases: dict[str, list[tuple[Token, ...]]] = {}
    plain: set[str] = set()
    for item in items:
        if not item or lone_dots(item):
            continue
        _, base, indices = declared_name(item, state.table)
        letters = [index.name for index in indices if isinstance(index, IndexName)]
        if base and len(letters) == len(indices) == 1:
            bases.setdefault(base, []).append(item)
            if letters[0] not in state.index_letters and not _is_index(state, letters[0]):
                plain.add(base)
    return [item for base in plain for item in bases[base] if len(bases[base]) > 1]


def _one(
    state: State, item: tuple[Token, ...], found: ReadSet, ranges: dict[str, Range],
    context: Context, span: Span, *, apart: bool = False,
) -> str:  # fmt: skip
    """A plain name, or a family named by an index letter; ``apart``, a name in any case."""
    if not item:
        raise Refusal("latex-syntax", "a name is missing before or behind a comma", span)
    key, base, indices = declared_name(item, state.table)
    if key.endswith("^{2}") and not _may_be_square(found):
        raise Refusal("ambiguous", "a square is declared as a real number", span,
                      ("declare the name without its power",))  # fmt: skip
    letters = [index.name for index in indices if isinstance(index, IndexName)]
    members = base and len(letters) == len(indices) and not apart
    family = _family(state, letters, ranges) if members else ()
    require_size((*found.shape.dims, *(each.size for each in family)), span)
    _require_letters(found.shape, letters if family else (), span)
    _require_members(state, found.shape, dict(zip(letters, family, strict=False)), span)
    return add(state, base if family else key, found, context, family, tuple(letters))


def _require_letters(shape: Shape, letters: Collection[str], span: Span) -> None:
    """Refuse a size with an index that nothing below the declared name says."""
    if shape.letters and len(letters) > 1:
        raise Refusal("ambiguous", "sizes that depend on an index are read of families with one "
                      "index", span)  # fmt: skip
    for name in sorted(shape.letters - set(letters)):
        raise Refusal("ambiguous", f"the size depends on the index “{name}”, and the name that is "
                      "declared has no such index", span)  # fmt: skip


def _require_members(state: State, shape: Shape, over: Mapping[str, Range], span: Span) -> None:
    """Refuse a size that is none of those that the page has."""
    unifier = state.table.unifier()
    letters = {letter: IndexUse(span, each.first, each.last) for letter, each in over.items()}
    for name in sorted(shape.names):
        sizes = state.table.lookup(name.family) if isinstance(name, Indexed) else None
        if sizes is None or not isinstance(name, Indexed):
            continue
        ends = reach(name.which, letters)
        first, last = map(unifier.resolve, (sizes.family[0].first, sizes.family[0].last))
        if ends is None or any(end.unknown for end in (*ends, first, last)):
            continue
        if leaves(*ends, first, last, frozenset()):
            raise Refusal(
                "shape-mismatch",
                f"the index of the size “{Dim.of(name)}” runs from {ends[0]} to {ends[1]}, and "
                f"the sizes “{display(name.family)}” from {first} to {last}",
                span,
            )


def _may_be_square(found: ReadSet) -> bool:
    return found.shape.scalar and found.spec.kind in ("real", "interval")


def _family(state: State, letters: Sequence[str], ranges: dict[str, Range]) -> tuple[Range, ...]:
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
    state: State, items: list[tuple[Token, ...]], found: ReadSet, context: Context, span: Span,
    ranges: dict[str, Range],
) -> str:  # fmt: skip
    r"""``x^{(1)}, \dots, x^{(m)}``: a family from the first index to the last.

    A letter that stands at both ends is an index of its own: ``x_0^{(i)}, \dots, x_n^{(i)}``.
    """
    (_, base, first), (_, other, last) = (
        declared_name(end, state.table) for end in (items[0], items[-1])
    )
    if base and other and base != other:
        raise Refusal("ambiguous", "the names around the dots are not of one family", span)
    members: list[Range] = []
    running = 0
    for low, high in zip(first, last, strict=False):
        if isinstance(low, IndexName) and low == high:
            members.append(_range_of(state, low.name, ranges))
            continue
        dims = [to_dim(end) if end is not None else None for end in (low, high)]
        if dims[0] is None or dims[1] is None:
            break
        running += 1
        members.append(Range(named_dim(state, dims[0]), named_dim(state, dims[1])))
    if not base or len(members) != len(first) or len(first) != len(last) or running != 1:
        raise Refusal("ambiguous", "the names around the dots need one index each", span)
    require_size((*found.shape.dims, *(each.size for each in members)), span)
    _require_letters(found.shape, (), span)
    _require_members(state, found.shape, NO_RANGES, span)
    return add(state, base, found, context, tuple(members))


def add(
    state: State, key: str, found: ReadSet, context: Context, family: tuple[Range, ...],
    letters: tuple[str, ...] = (),
) -> str:  # fmt: skip
    """Put a declared symbol into the table; the same declaration again changes nothing.

    ``letters`` are those of a family, in which its members' sizes may be said.
    """
    table = state.table
    natural = found.spec.kind == "whole" and found.spec.text == "ℕ" and found.shape.scalar
    role: Role = "dimension" if natural and not family else "value"
    if found.spec.kind == "function":
        role = "function"
    properties = frozenset(
        each for each in context.properties
        if each == "constant" or applies(each, found.shape)
    )  # fmt: skip
    if found.shape.letters and "full column rank" in properties:
        raise Refusal("ambiguous", "of matrices with different sizes the rank is not read",
                      Span(0, 0))  # fmt: skip
    before = table.lookup(key)
    symbol = Symbol(key, role, found.shape, found.spec, place(state), next_version(), family,
                    properties=properties,
                    letters=letters if found.shape.letters else ())  # fmt: skip
    if before is not None and replace(before, place=symbol.place, version=symbol.version) == symbol:
        return key
    if before is not None and before.role == "dimension" and role == "dimension":
        return key
    table.introduce(symbol)
    return key


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


def declare_bounded(state: State, raw: RawStatement, target: Target, spec: SetSpec) -> Outcome:
    r"""``\lambda > 0`` or ``r_i > 0`` on a fresh symbol: real numbers in an interval."""
    family = _family(state, target.letters, index_ranges(state, raw.conditions))
    key = target.base if family else target.key
    state.table.introduce(Symbol(key, "value", SCALAR, spec, place(state), next_version(), family))
    return Outcome("declaration", "declares", raw.span, introduces=(key,))


def interval(low: Fraction | None, high: Fraction | None, closed: tuple[bool, bool]) -> SetSpec:
    """The real numbers between two ends, either of which may be missing."""
    return SetSpec("interval", low, high, closed, text=_interval_text(low, high, closed))


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
