r"""Reads which values of its free indices a formula speaks of, and lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from proofread.algebra.dimensions import ONE, Dim, with_letters
from proofread.algebra.numbers import OutOfRange
from proofread.latex.tokens import Refusal, Span, Token
from proofread.limits import MAX_INDEX_TUPLES
from proofread.shapes.bounds import leaves, reach
from proofread.shapes.found import IndexUse, Reach
from proofread.symbols.among import Among, Compared
from proofread.symbols.table import Range, Table
from proofread.syntax.chains import has_relation
from proofread.syntax.conditions import read_condition
from proofread.syntax.dims import as_names, to_dim
from proofread.syntax.nodes import All, IndexName, Name, Node, Relation, walk
from proofread.syntax.parser import Parser
from proofread.syntax.statements import Condition

if TYPE_CHECKING:
    from proofread.verdict.state import State


def settle(among: Among, indices: Mapping[str, IndexUse]) -> None:
    """Give a letter that nothing else bounds the range that the statement says.

    Raises:
        Refusal: ``shape-mismatch`` where it names another size than what the letter indexes.

    """
    for letter, each, span in among.ranges:
        use = indices.get(letter)
        if use is None:
            continue
        if use.last is None:
            use.first, use.last, use.source = each.first, each.last, "the formula"
        elif each.last.name is not None and use.last.name not in (None, each.last.name):
            raise Refusal("shape-mismatch", f"the index “{letter}” runs to {each.last} here "
                          f"and to {use.last} in {use.source}", span)  # fmt: skip


def reached(
    among: Among, reaches: Sequence[Reach], indices: Mapping[str, IndexUse], table: Table
) -> tuple[Compared, ...]:
    """What indices such as ``t + 1`` leave of the values of their letters.

    Raises:
        Refusal: ``shape-mismatch`` where the page says a range that leads out of what is indexed.

    """
    conditioned = frozenset[str]().union(*(each.keys for each in table.constraints))
    compared: list[Compared] = []
    for each in reaches:
        require_inside(each, _said(among, each, indices), conditioned)
        _require_some(each, indices)
        compared += [Compared(each.first, "≤", each.index), Compared(each.index, "≤", each.last)]
    return tuple(compared)


def require_inside(each: Reach, said: Mapping[str, IndexUse], conditioned: frozenset[str]) -> None:
    """Refuse an index that leaves what it indexes for some of the values that are said.

    Raises:
        Refusal: ``shape-mismatch``, with both ranges.

    """
    ends = reach(each.index, said)
    if ends is None or not leaves(*ends, each.first, each.last, conditioned):
        return
    raise _outside(each, *ends)


def _outside(each: Reach, low: Dim, high: Dim) -> Refusal:
    return Refusal(
        "shape-mismatch",
        f"the index “{as_names(each.index)}” runs from {low} to {high}, and "
        f"{each.source} from {each.first} to {each.last}",
        each.span,
    )


def _require_some(each: Reach, indices: Mapping[str, IndexUse]) -> None:
    """Refuse an index that stays outside what it indexes for all values of its letters.

    Raises:
        Refusal: ``shape-mismatch``, with both ranges.

    """
    known = {letter: use for letter, use in indices.items() if use.last is not None}
    ends = reach(each.index, known)
    if ends is None:
        return
    low, high = ends
    if any(end.unknown for end in (low, high, each.first, each.last)):
        return
    if (each.first - high - ONE).never_negative or (low - each.last - ONE).never_negative:
        raise _outside(each, low, high)


def _said(among: Among, each: Reach, indices: Mapping[str, IndexUse]) -> dict[str, IndexUse]:
    """The ranges that the page says of an index's letters, where nothing restricts them."""
    said: dict[str, IndexUse] = {}
    restricted = {name for condition in among.conditions for name in condition.names}
    for letter in each.letters - restricted:
        here, use = among.range_of(letter), indices.get(letter)
        if here is not None:
            said[letter] = IndexUse(each.span, here.first, here.last)
        elif use is not None and use.said:
            said[letter] = use
    return said


def index_tuples(
    indices: Mapping[str, IndexUse], restricted: Sequence[Compared], sizes: Mapping[str, int]
) -> list[dict[str, int]]:
    """All values of free indices.

    Raises:
        OutOfRange: where a sample's sizes ask for too many of them, or leave none.

    """
    tuples: list[dict[str, int]] = [{}]
    for name, use in sorted(indices.items(), key=lambda item: _depends(item[1])):
        found: list[dict[str, int]] = []
        for each in tuples:
            numbers = _numbers(use, sizes if not _depends(use) else with_letters(sizes, each))
            if len(found) + len(numbers) > MAX_INDEX_TUPLES:
                raise OutOfRange("too many values of the free indices")
            found += [{**each, name: k} for k in numbers]
        tuples = found
    if restricted:
        tuples = [each for each in tuples if _met(restricted, sizes, each)]
        if not tuples:
            raise OutOfRange("the free indices have no values")
    return tuples


def _depends(use: IndexUse) -> bool:
    """Whether the end of its range depends on another index: ``n_l``."""
    return use.last is not None and use.last.indexed


def _numbers(use: IndexUse, sizes: Mapping[str, int]) -> range:
    assert use.first is not None
    assert use.last is not None
    return range(use.first.evaluate(sizes), use.last.evaluate(sizes) + 1)


def _met(restricted: Sequence[Compared], sizes: Mapping[str, int], values: dict[str, int]) -> bool:
    numbers = with_letters(sizes, values)
    return all(each.met(numbers) for each in restricted)


def read_among(
    state: State, conditions: Sequence[Condition], ranges: Callable[..., dict[str, Range]]
) -> Among:
    """What the words behind a formula say of its indices."""
    said: list[tuple[str, Range, Span]] = []
    compared: list[Compared] = []
    for each in conditions:
        for letter, found in ranges(state, each.tokens, each.span).items():
            said.append((letter, found, each.span))
        compared += index_conditions(state, each.tokens, each.span)
    return Among(tuple(said), tuple(compared))


def index_conditions(state: State, tokens: Sequence[Token], span: Span) -> list[Compared]:
    """The comparisons, where the tokens compare index letters and nothing else."""
    if not has_relation(list(tokens)):
        return []
    parser = Parser([], state.table, span)
    parser.indexing = True
    try:
        condition = read_condition(parser, tokens, span)
    except Refusal:
        return []
    found: list[Compared] = []
    for part in condition.conditions if isinstance(condition, All) else (condition,):
        if not isinstance(part, Relation) or not _plain(state, part):
            return []
        left, right = to_dim(part.left), to_dim(part.right)
        if left is None or right is None:
            return []
        found.append(Compared(left, part.op, right))
    return found


def _plain(state: State, condition: Relation) -> bool:
    """Whether index letters stand in it, and beside them numbers and dimensions alone."""
    parts: list[Node] = list(walk(condition))
    names = [state.table.lookup(part.key) for part in parts if isinstance(part, Name)]
    return any(isinstance(part, IndexName) for part in parts) and all(
        symbol is not None and symbol.role == "dimension" for symbol in names
    )
