"""Which statements are declarations."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proofread.algebra.dimensions import SCALAR
from proofread.latex.tokens import Refusal, Span, Token
from proofread.symbols.sets import ReadSet, is_set
from proofread.symbols.table import SetSpec
from proofread.syntax.chains import Chain
from proofread.syntax.cursor import is_dots, is_letter, lone_dots, split_commas
from proofread.syntax.nodes import Num
from proofread.syntax.parser import Parser
from proofread.syntax.statements import RawStatement
from proofread.verdict import declare, ranges
from proofread.verdict.claims import check_set_claim
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State
from proofread.verdict.statement import Statement
from proofread.verdict.targets import Target, declared_name, read_target
from proofread.verdict.terms import parse_terms
from proofread.verdict.words import Context

BOUNDS = frozenset({"<", ">", "≤", "≥"})


INDEX_LETTERS = frozenset("ijklmnpqrst")
r"""Letters that ``i \in \{1, \dots, m\}`` makes an index rather than a number."""


def signature(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    """``f : A → B``."""
    if chain.relations != ["→"]:
        return None
    before = chain.terms[0]
    colons = [k for k, token in enumerate(before) if token.is_symbol(":")]
    if len(colons) != 1 or not is_set(before[colons[0] + 1 :]):
        return None
    return declare.declare_function(
        state, statement.raw, before[: colons[0]], before[colons[0] + 1 :], chain.terms[1]
    )


def index_range(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    r"""``i = 1, \dots, m`` on letters that mean nothing else."""
    raw = statement.raw
    tokens = [token for term, mark in zip(chain.terms, [*chain.relations, ""], strict=True)
              for token in [*term, *_mark_token(mark, term)]]  # fmt: skip
    dotted = any(is_dots(token) for token in tokens)
    double = chain.relations == ["≤", "≤"]
    if not (dotted and chain.relations in (["="], ["∈"])) and not double:
        return None
    letters = chain.terms[1 if double else 0]
    if not all(is_letter(token) or token.is_symbol(",") for token in letters):
        return None
    names = [token.written for token in letters if is_letter(token)]
    if chain.relations == ["∈"] and (
        statement.context.mode == "let" or not all(name in INDEX_LETTERS for name in names)
    ):
        return None
    for name in names:
        symbol = state.table.lookup(name)
        if symbol is not None and symbol.role != "index":
            return None
    if double and declare.number_of(Parser(chain.terms[0], state.table, raw.span).whole()) is None:
        return None
    found = ranges.read_ranges(state, tokens, raw.span)
    if not found:
        return None
    return ranges.declare_indices(state, raw, found)


def _mark_token(mark: str, term: Sequence[Token]) -> list[Token]:
    if not mark:
        return []
    span = term[-1].span if term else Span(0, 0)
    if mark == "=":
        return [Token("symbol", "=", span)]
    return [Token("command", {"∈": "in", "≤": "le"}.get(mark, mark), span)]


def membership(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    """``x ∈ S``: a declaration of what is fresh, a claim about what is not."""
    if chain.relations != ["∈"]:
        return None
    raw, context = statement.raw, statement.context
    names, in_set = chain.terms
    if _declares(state, names, context, raw):
        return declare.declare_members(state, raw, names, in_set, context)
    nodes = [
        node for part in split_commas(list(names))
        for node in parse_terms(state, [list(part)], raw.span)
    ]  # fmt: skip
    return check_set_claim(state, chain, nodes, in_set, raw.span, statement.name)


def _declares(state: State, names: Sequence[Token], context: Context, raw: RawStatement) -> bool:
    """Whether the names are to be introduced: all fresh, or declared anew after *let*."""
    fresh: list[bool] = []
    letting = context.mode == "let" or raw.intro == "let"
    for part in split_commas(list(names)):
        if lone_dots(part):
            continue
        if part and (
            _is_named_with_a_mark(state, part, letting) or (letting and _is_a_root(state, part))
        ):
            fresh.append(True)
            continue
        try:
            target = read_target(part, state.table)
        except Refusal:
            if _names_a_new_family(state, part):
                fresh.append(True)
                continue
            return False
        if target is None or target.formals is not None:
            return False
        fresh.append(target.fresh)
    return all(fresh) or letting


def _names_a_new_family(state: State, part: Sequence[Token]) -> bool:
    """``x_1`` or ``x_i`` where only the matrix ``X`` is known: until now a row or a column."""
    try:
        key, base, _ = declared_name(part, state.table)
    except Refusal:
        return False
    return bool(base) and state.table.lookup(key) is None and state.table.lookup(base) is None


def _is_a_root(state: State, part: Sequence[Token]) -> bool:
    """Whether only the square of the name is known."""
    try:
        key = declared_name(part, state.table)[0]
    except Refusal:
        return False
    return state.table.lookup(key) is None and state.table.lookup(f"{key}^{{2}}") is not None


def _is_named_with_a_mark(state: State, part: Sequence[Token], letting: bool) -> bool:
    r"""``x'`` and ``\theta_0``: a prime or a number makes another name where it is declared."""
    try:
        key, base, indices = declared_name(part, state.table)
    except Refusal:
        return False
    if state.table.lookup(key) is not None:
        return False
    if part[-1].is_symbol("'"):
        return True
    if not base or len(indices) != 1 or not isinstance(indices[0], Num):
        return False
    return letting or indices[0].value == 0


def bounds(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    r"""``\lambda > 0`` and ``0 < \alpha < 1`` on a fresh name."""
    if not all(mark in BOUNDS for mark in chain.relations) or len(chain.relations) > 2:
        return None
    raw = statement.raw
    where = 1 if len(chain.terms) == 3 else None
    targets: list[Target | None] = []
    for number, term in enumerate(chain.terms):
        if where is not None and number != where:
            targets.append(None)
            continue
        targets.append(_fresh_target(state, term))
    found = [k for k, target in enumerate(targets) if target is not None]
    dotted = [k for k, term in enumerate(chain.terms) if any(is_dots(token) for token in term)]
    if len(found or dotted) != 1:
        return None
    position = (found or dotted)[0]
    interval = _interval(state, chain, position, raw.span)
    if interval is None:
        return None
    target = targets[position]
    if target is not None:
        return declare.declare_bounded(state, raw, target, interval)
    names = chain.terms[position]
    if not _declares(state, names, statement.context, raw):
        return None
    return declare.declare_listed(state, raw, names, ReadSet(interval, SCALAR), statement.context)


def _interval(state: State, chain: Chain, position: int, span: Span) -> SetSpec | None:
    """What the numbers of the chain bound the term at ``position`` by."""
    low: Fraction | None = None
    high: Fraction | None = None
    closed = [False, False]
    for number, mark in enumerate(chain.relations):
        other = number + 1 if number == position else number
        value = declare.number_of(Parser(chain.terms[other], state.table, span).whole())
        if value is None:
            return None
        above = (mark in ("<", "≤")) == (number == position)
        if above:
            high, closed[1] = value, mark in ("≤", "≥")
        else:
            low, closed[0] = value, mark in ("≤", "≥")
    return declare.interval(low, high, (closed[0], closed[1]))


def _fresh_target(state: State, term: Sequence[Token]) -> Target | None:
    """The fresh name that a bounded term is."""
    try:
        target = read_target(term, state.table)
    except Refusal:
        return None
    fresh = target is not None and target.fresh and target.formals is None
    return target if fresh else None
