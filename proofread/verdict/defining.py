"""Which statements are definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from proofread.latex.tokens import Refusal, Span, Token
from proofread.symbols.table import Symbol
from proofread.syntax.chains import Chain
from proofread.syntax.nodes import Big, Name, Node, walk
from proofread.syntax.parser import Parser
from proofread.verdict import define, minimisers, recursions
from proofread.verdict.claims import add_forms, check_claim
from proofread.verdict.define import NO_FAMILIES
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State
from proofread.verdict.statement import Statement, text_of
from proofread.verdict.targets import Target, read_target
from proofread.verdict.terms import parse_terms
from proofread.verdict.waiting import require_formulas, waiting
from proofread.verdict.words import DEFINING

DEFINES = frozenset({":=", "≡"})


def definition(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    """An equation that introduces what stands on its left; ``None`` for any other."""
    mark = chain.relations[0]
    if mark not in ("=", *DEFINES):
        return None
    raw = statement.raw
    try:
        target = read_target(chain.terms[0], state.table)
    except Refusal:
        if mark == ":=":
            raise
        target = None
    target = target or recursions.awaited_target(state, chain.terms[0])
    if target is not None and waiting(state, target.key) and target.formals is None:
        return _minimum(state, statement, chain, target)
    declared = _redefines(state, statement, chain, target, mark)
    if declared is not None and mark == "=":
        columns = _columns(state, statement, chain)
        if columns is not None:
            return columns
    if target is None or not (target.fresh or declared is not None or mark == ":="):
        return _columns(state, statement, chain) if mark == "=" else None
    defined_anew = declared if declared is not None and declared.definition is None else None
    families = recursions.presumed(state, target, chain.terms[1])
    terms = _definition_terms(state, chain, target, families)
    if minimisers.introduces_minimiser(target, terms[1]):
        return _minimiser(state, statement, chain, target, terms[1])
    symbol = define.define(state, target, terms[1], raw.span, defined_anew, families)
    outcome = Outcome("definition", "defines", raw.span, chain=chain, key=symbol.key,
                      introduces=(symbol.key,), terms=terms)  # fmt: skip
    if len(chain.relations) > 1:
        outcome = _rest_of_chain(state, statement, chain, outcome)
    return outcome


def _minimiser(
    state: State, statement: Statement, chain: Chain, target: Target, body: Node
) -> Outcome:
    r"""``\hat w = \arg\min_w f``, and in the same chain perhaps what it comes to."""
    outcome = minimisers.introduce(state, target, chain, body, statement.raw.span)
    if len(chain.relations) == 1:
        return outcome
    known = replace(chain, terms=[chain.terms[0], *chain.terms[2:]], relations=chain.relations[1:])
    [_, value] = _definition_terms(state, known, target)
    require_formulas(state, [value])
    define.define(state, target, value, statement.raw.span)
    return _rest_of_chain(state, statement, chain, outcome)


def _minimum(state: State, statement: Statement, chain: Chain, target: Target) -> Outcome:
    """The formula for a name that was called a minimiser: a claim, and its definition."""
    span = statement.raw.span
    terms = minimisers.terms_of_formula(state, chain, target.key, span)
    outcome = check_claim(state, chain, terms, span, statement.name)
    symbol = define.define(state, target, terms[1], span)
    outcome.key, outcome.introduces = symbol.key, (symbol.key,)
    return outcome


def _definition_terms(
    state: State, chain: Chain, target: Target, families: Mapping[str, Symbol] = NO_FAMILIES
) -> list[Node]:
    """The first two terms; the formal arguments and the families of a recursion count as known."""
    span = chain.terms[0][0].span
    symbol = state.table.lookup(target.key)
    declared = symbol.signature if symbol is not None else None
    if target.formals is not None:
        state.table.overlay = define.formal_keys(state, target, declared)
    state.table.overlay |= families
    try:
        nodes = parse_terms(state, [chain.terms[1]], span)
    finally:
        state.table.overlay = {}
    left = Name(chain.terms[0][0].span.to(chain.terms[0][-1].span), target.key)
    for letter in target.letters:
        _require_no_binding(chain, letter, nodes[0])
    return [left, nodes[0]]


def _require_no_binding(chain: Chain, letter: str, body: Node) -> None:
    """The index of a definition by components may not be bound inside it."""
    for part in walk(body):
        if isinstance(part, Big) and letter in part.names:
            raise Refusal(
                "index-clash",
                f"the index “{letter}” is bound here and stands free on the left",
                part.span,
                (f"use another letter below the operator than “{letter}”",),
                ((chain.terms[0][0].span, "free here"),),
            )


def _redefines(
    state: State, statement: Statement, chain: Chain, target: Target | None, mark: str
) -> Symbol | None:
    """The declared symbol that an equation gives its formula.

    After *let*, *where* or *define*, or where a function was declared by a signature.
    """
    if target is None or target.fresh:
        return None
    symbol = state.table.lookup(target.key)
    if symbol is None:
        return None
    if mark == ":=":
        return symbol
    if not symbol.free or target.key in state.table.used:
        return None
    mode = statement.context.mode or statement.raw.intro
    if symbol.role == "function" and target.formals is not None and mark == "=":
        fits = _plain_arguments(state, target) and not _mentions(chain, state, target.key)
        return symbol if fits else None
    if mode in DEFINING and symbol.role == "value" and target.formals is None and not symbol.family:
        if _mentions(chain, state, target.key):
            return None
        return symbol
    return None


def _plain_arguments(state: State, target: Target) -> bool:
    assert target.formals is not None
    for tokens in target.formals:
        try:
            found = read_target(tokens, state.table)
        except Refusal:
            return False
        if found is None:
            return False
    return True


def _mentions(chain: Chain, state: State, key: str) -> bool:
    """Whether the right side names what stands on the left."""
    for term in chain.terms[1:2]:
        try:
            node = Parser(list(term), state.table, term[0].span).whole()
        except Refusal:
            continue
        if any(isinstance(part, Name) and part.key == key for part in walk(node)):
            return True
    return False


def _rest_of_chain(state: State, statement: Statement, chain: Chain, outcome: Outcome) -> Outcome:
    """The links behind a definition are claims."""
    nodes = parse_terms(state, chain.terms, statement.raw.span)
    result = check_claim(state, chain, nodes, statement.raw.span, statement.name, first=1)
    result.kind, result.defines_first = "definition", True
    result.key, result.introduces = outcome.key, outcome.introduces
    if result.verdict == "holds":
        add_forms(state, result, [text_of(statement.source, term) for term in chain.terms],
                  state.line)  # fmt: skip
    return result


def _columns(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    r"""``X = [x_1 \cdots x_n]`` where the columns are fresh."""
    if len(chain.terms) != 2:
        return None
    for left, right in ((0, 1), (1, 0)):
        begin = next(iter(chain.terms[right]), None)
        if begin is None or not (begin.is_command("begin", "left") or begin.is_symbol("[", "(")):
            continue
        try:
            nodes = [_with_columns(state, chain.terms[k], chain.span) for k in (left, right)]
        except Refusal:
            return None
        found = define.columns_of(state.table, nodes[0], nodes[1])
        if found is None:
            continue
        key, first, last, columns = found
        symbol = define.define_columns(state, nodes[0], key, first, last, columns,
                                       statement.raw.span)  # fmt: skip
        return Outcome("definition", "defines", statement.raw.span, chain=chain,
                       key=symbol.key, introduces=(symbol.key,), terms=nodes)  # fmt: skip
    return None


def _with_columns(state: State, tokens: Sequence[Token], span: Span) -> Node:
    parser = Parser(list(tokens), state.table, span)
    parser.columns = True
    return parser.whole()
