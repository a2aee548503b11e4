r"""Families that are defined by their own members: ``h_t = \tanh(W h_{t-1} + U x_t)``.

Two may take turns, ``z_l = W_l a_{l-1} + b_l`` and ``a_l = \sigma(z_l)``: the first then uses the
other before it has a formula, and the other is *awaited*.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NoReturn

from proofread.algebra.dimensions import Dim, Indexed, Shape, unknown
from proofread.algebra.families import HOLE, member_key
from proofread.latex.tokens import Refusal, Span, Token
from proofread.limits import MAX_MEMBERS
from proofread.symbols.dependencies import dependencies
from proofread.symbols.keys import display
from proofread.symbols.table import (
    REAL,
    Definition,
    Range,
    Recursion,
    Symbol,
    Table,
    Traits,
    next_version,
)
from proofread.syntax.dims import to_dim
from proofread.syntax.nodes import IndexName, Member, Name, Node, Unknown, strip, walk
from proofread.syntax.parser import Parser
from proofread.values.frame import Code, Frame
from proofread.verdict.ranges import place
from proofread.verdict.state import State
from proofread.verdict.targets import Target
from proofread.verdict.waiting import awaited


def presumed(state: State, target: Target, tokens: Sequence[Token]) -> dict[str, Symbol]:
    """The families that a formula uses and the table lacks, each with a member that it has.

    Raises:
        Refusal: where the family that is defined is used in a way that is no recursion.

    """
    if len(target.letters) != 1 or target.formals is not None or target.line is not None:
        return {}
    try:
        node = Parser(list(tokens), state.table, target.span).whole()
    except Refusal:
        return {}
    offsets: dict[str, set[int]] = {}
    for part in walk(node):
        if isinstance(part, Unknown) and part.base and len(part.indices) == 1:
            offset = _offset(part.indices[0], target.letters[0])
            mine = part.base == target.base
            if mine:
                _require_step(part, offset)
            if offset and (mine or (_starts(state.table, part.base) and _near(offset))):
                offsets.setdefault(part.base, set()).add(offset)
    letter = target.letters[0]
    return {key: _opened(state, key, frozenset(each), letter) for key, each in offsets.items()}


def _offset(index: Node | None, letter: str) -> int | None:
    """How far an index is ahead of a letter."""
    dim = to_dim(index) if index is not None else None
    return (dim - Dim.of("@" + letter)).number if dim is not None else None


def _near(offset: int) -> bool:
    return abs(offset) <= MAX_MEMBERS


def _require_step(part: Node, offset: int | None) -> None:
    if offset is not None and not _near(offset):
        raise Refusal("too-large", f"a recursion of more than {MAX_MEMBERS} members", part.span)
    if offset is None:
        raise Refusal("ambiguous", "a family is defined by members of its own that are a fixed "
                      "number of steps away", part.span)  # fmt: skip
    if not offset:
        raise Refusal("ambiguous", "this member is defined by itself", part.span)


def _starts(table: Table, key: str) -> dict[str, Dim]:
    """The members of a family that the page gives by themselves, and their numbers."""
    return _members(table, key, table.symbols)


def _members(table: Table, key: str, names: Iterable[str]) -> dict[str, Dim]:
    """Those of the names that are a member of a family by its number, and their numbers."""
    hole = HOLE.search(key)
    if hole is None:
        return {}
    inside = hole.group(1)
    before, behind = key[: hole.start()] + "{" + inside[:1], inside[1:] + "}"
    pattern = re.compile(re.escape(before) + r"(\w+(?:[+-]\d+)?)" + re.escape(behind))
    found: dict[str, Dim] = {}
    for each in names:
        if (match := pattern.fullmatch(each)) and (number := _number(table, match.group(1))):
            found[each] = number
    return found


def _number(table: Table, text: str) -> Dim | None:
    """A number, a dimension, or one and some more."""
    total = Dim.of(0)
    for sign, part in re.findall(r"([+-]?)(\w+)", text):
        entry = table.lookup(part)
        if not part.isdigit() and (entry is None or entry.role != "dimension"):
            return None
        dim = Dim.of(int(part) if part.isdigit() else part)
        total = total - dim if sign == "-" else total + dim
    return total


def _opened(state: State, key: str, offsets: frozenset[int], letter: str) -> Symbol:
    """A family that is used before it is defined, with the shape of a member that is known."""
    starts = _starts(state.table, key)
    if not starts:
        raise Refusal(
            "undeclared-symbol",
            f"“{display(key)}” is defined by its own members, and the page gives none to begin "
            "with",
            Span(0, 0),
        )
    name, number = next(iter(starts.items()))
    shape = _of_any_member(state.table, state.table.symbols[name].shape, number, letter)
    return Symbol(key, "value", shape, REAL, place(state), next_version(),
                  (Range(unknown(), unknown()),), recursion=Recursion(offsets),
                  letters=(letter,) if shape.letters else ())  # fmt: skip


def _of_any_member(table: Table, shape: Shape, number: Dim, letter: str) -> Shape:
    """The shape of a member by its letter, from that of the member of a number.

    A size that counts from that number, ``n_0`` of ``a_0``, is one that counts from the letter.
    """
    sizes: dict[str, Dim] = {}
    for key, symbol in table.symbols.items():
        for name, which in _members(table, key, shape.names).items() if symbol.counts else ():
            offset = which - number
            if offset.number is not None:
                sizes[name] = Dim.of(Indexed(key, Dim.of("@" + letter) + offset))
    return shape.substituted(sizes)


def awaited_target(state: State, tokens: Sequence[Token]) -> Target | None:
    """The member of an awaited family that stands left of its formula."""
    if not state.awaited or not tokens:
        return None
    span = tokens[0].span.to(tokens[-1].span)
    try:
        node = strip(Parser(list(tokens), state.table, span).whole())
    except Refusal:
        return None
    if not isinstance(node, Member) or not awaited(state, node.family.key):
        return None
    letters = tuple(index.name for index in node.indices if isinstance(index, IndexName))
    if len(letters) != 1:
        return None
    return Target(member_key(node.family.key, letters[0]), span, True, node.family.key, letters)


# The definition ---------------------------------------------------------------------------------


def recursive(
    state: State, symbol: Symbol, key: str, shape: Shape, own: Range, said: bool, span: Span
) -> Symbol:
    """The symbol of a family defined by its members, where it is one; else as it is.

    ``key`` is its own as a family, ``shape`` that of a member; ``own`` is what its letter runs
    over, ``said`` whether the formula says so. The families that the formula presumes are in the
    table's overlay.

    Raises:
        Refusal: where its members cannot be found one after the other.

    """
    assert symbol.definition is not None
    table = state.table
    body = symbol.definition.body
    opened = table.overlay.get(key) or (table.lookup(key) if awaited(state, key) else None)
    others = [each for name in dependencies(body, table) if (each := table.lookup(name))
              and name != key and each.recursion is not None
              and (each.recursion.own is None or _rests_on_awaited(state, each))]  # fmt: skip
    if opened is None and not others:
        return symbol
    offsets = {offset for each in others for offset in _offsets_of(each)}
    back = ahead = 0
    starts: tuple[tuple[Dim, str], ...] = ()
    if opened is not None:
        mine = _offsets_of(opened) | _own_offsets(body, key, symbol.definition.indices[0])
        offsets |= mine
        back, ahead = -min(0, *mine), max(0, *mine)
        begins = opened.member_shape([Dim.of("@" + symbol.definition.indices[0])])
        if begins != shape:
            raise Refusal("shape-mismatch", f"“{display(key)}” has the shape {shape} here, and "
                          f"{begins} where it begins", span)  # fmt: skip
        own = own if said else _shortened(state, key, own, back, ahead)
        starts = _needed(state, key, own, back, ahead, span)
    _require_direction(offsets, span)
    number = own.size.number
    if number is not None and number > MAX_MEMBERS:
        raise Refusal("too-large", f"a recursion of more than {MAX_MEMBERS} members", span)
    family = Range(own.first - Dim.of(back), own.last + Dim.of(ahead))
    return replace(
        symbol, key=key, shape=shape, family=(family,),
        version=opened.version if opened is not None else symbol.version,
        recursion=Recursion(frozenset(offsets), own, starts),
    )  # fmt: skip


def _rests_on_awaited(state: State, symbol: Symbol) -> bool:
    behind = symbol.definition.behind if symbol.definition else ()
    return any(version in state.awaited for _, version in behind)


def _offsets_of(symbol: Symbol) -> frozenset[int]:
    assert symbol.recursion is not None
    return symbol.recursion.offsets


def _own_offsets(body: Node, key: str, letter: str) -> frozenset[int]:
    found: set[int] = set()
    for part in walk(body):
        if isinstance(part, Member) and part.family.key == key:
            offset = _offset(part.indices[0], letter)
            _require_step(part, offset)
            assert offset is not None
            found.add(offset)
    return frozenset(found)


def _shortened(state: State, key: str, own: Range, back: int, ahead: int) -> Range:
    """A range that the page says of the letter in general, without the members given."""
    for number in _starts(state.table, key).values():
        if ahead and number == own.last:
            return Range(own.first, own.last - Dim.of(1))
        if back and number == own.first:
            return Range(own.first + Dim.of(1), own.last)
    return own


def _needed(
    state: State, key: str, own: Range, back: int, ahead: int, span: Span
) -> tuple[tuple[Dim, str], ...]:
    """The members that the formula needs and does not give."""
    numbers = [own.first - Dim.of(k + 1) for k in range(back)]
    numbers += [own.last + Dim.of(k + 1) for k in range(ahead)]
    given = {number: name for name, number in _starts(state.table, key).items()}
    for number in numbers:
        if number not in given:
            name = member_key(key, str(number).replace(" ", ""))
            raise Refusal(
                "undeclared-symbol",
                f"the recursion begins with “{name}”, which is not declared on this page",
                span,
                (f"say what {name} is before", "or say the range of the index: t = 1, \\dots, T"),
            )
    return tuple((number, given[number]) for number in numbers)


def _require_direction(offsets: Collection[int], span: Span) -> None:
    if min(offsets) < 0 < max(offsets):
        raise Refusal("ambiguous", "the recursion goes forward and backward at once", span)


def with_starts(state: State, symbol: Symbol, code: Code) -> tuple[Symbol, Code]:
    """A recursion rests on the members that it begins with, too."""
    if symbol.recursion is None or symbol.definition is None:
        return symbol, code
    table = state.table
    behind = table.behind(name for _, name in symbol.recursion.starts)
    versions = tuple((key, table.symbols[key].version) for key in sorted(behind)
                     if key in table.symbols)  # fmt: skip
    rests = tuple(dict.fromkeys((*symbol.definition.behind, *versions)))
    definition = replace(symbol.definition, behind=rests)
    traits = code.traits | table.traits_of(behind)
    return replace(symbol, definition=definition), replace(
        code, behind=code.behind | behind | {symbol.key}, traits=traits
    )


# Taking turns -------------------------------------------------------------------------------------


def await_others(state: State, symbol: Symbol, families: Mapping[str, Symbol]) -> None:
    """Put families that a definition used, and that have no formula yet, into the table."""
    for key, each in families.items():
        if key == symbol.key:
            continue
        where = symbol.definition.body.span if symbol.definition else Span(0, 0)
        state.table.introduce(replace(each, definition=Definition(Name(where, key))))
        state.codes[each.version] = Code(_no_value, frozenset((key,)), Traits(), 1)
        state.table.traits[each.version] = Traits()
        state.awaited |= {each.version}
        _rest_on(state, symbol.key, ((key, each.version),))


def _no_value(_: Frame) -> NoReturn:
    raise AssertionError("a family without a formula is refused before it is evaluated")


def close(state: State, symbol: Symbol, code: Code) -> bool:
    """Give an awaited family its formula; what rests on it rests on all that this rests on."""
    if symbol.version not in state.awaited:
        return False
    assert symbol.definition is not None
    state.awaited -= {symbol.version}
    state.table.symbols[symbol.key] = symbol
    own = (symbol.key, symbol.version)
    for other in list(state.table.symbols.values()):
        if other.definition is not None and own in other.definition.behind:
            _rest_on(state, other.key, symbol.definition.behind)
            known = state.codes[other.version]
            traits = known.traits | code.traits
            state.codes[other.version] = replace(known, behind=known.behind | code.behind,
                                                 traits=traits)  # fmt: skip
            state.table.traits[other.version] = traits
    return True


def _rest_on(state: State, key: str, more: tuple[tuple[str, int], ...]) -> None:
    symbol = state.table.symbols[key]
    assert symbol.definition is not None
    behind = tuple(dict.fromkeys((*symbol.definition.behind, *more)))
    state.table.symbols[key] = replace(symbol, definition=replace(symbol.definition, behind=behind))
