"""One statement executed: what kind it is, and then its verdict."""

from __future__ import annotations

from collections.abc import Sequence

from proofread.algebra.numbers import DOUBLES
from proofread.latex.tokens import Refusal, Span
from proofread.symbols.among import NOTHING
from proofread.symbols.sets import is_set
from proofread.symbols.table import Assumption
from proofread.syntax.chains import Chain, chain_of, has_relation
from proofread.syntax.cursor import split_commas
from proofread.syntax.nodes import (
    ArgMin,
    Derivative,
    Differential,
    FunctionDerivative,
    Name,
    Node,
    Unknown,
    keys,
    strip,
    walk,
)
from proofread.syntax.parser import Parser
from proofread.syntax.statements import Condition, RawStatement
from proofread.syntax.words import QUANTIFIERS
from proofread.verdict import declaring, define, ranges
from proofread.verdict.among import index_conditions, read_among
from proofread.verdict.assumptions import assume, require_comparison
from proofread.verdict.claims import add_forms, check_claim, relate
from proofread.verdict.comparison import side
from proofread.verdict.conditions import check_implication
from proofread.verdict.declaring import BOUNDS
from proofread.verdict.defining import definition
from proofread.verdict.equality import sampler_of
from proofread.verdict.outcome import Outcome
from proofread.verdict.prepare import Prepared, prepare
from proofread.verdict.prose import says_nothing
from proofread.verdict.routes import check_route
from proofread.verdict.state import State
from proofread.verdict.statement import Statement, text_of
from proofread.verdict.terms import parse_terms

PASSING = frozenset({"if", "whenever", "provided"})
"""Words whose assumption ends with their sentence."""
LOCAL = QUANTIFIERS | {"if", "when", "whenever", "provided", "provided that", "assuming",
                      "such that", "s.t.", "subject to"}  # fmt: skip
"""Words behind a formula whose condition holds for that formula alone."""
UNREAD_RELATIONS = {
    "∼": "distributions", "⊂": "inclusions of sets", "⊆": "inclusions of sets",
    "⟂": "statements of orthogonality or independence", "∉": "statements of not being a member",
    "≪": "comparisons of magnitude", "≫": "comparisons of magnitude", "≲": "rough inequalities",
    "≳": "rough inequalities", "≅": "isomorphisms", "↦": "maps given by an arrow",
}  # fmt: skip


def execute(state: State, statement: Statement) -> Outcome:
    """The outcome of one statement.

    Raises:
        Refusal: where it cannot be read.

    """
    raw = statement.raw
    state.among = NOTHING
    if not raw.chains:
        return _conditions_alone(state, raw)
    if not any(mark == "∈" for chain in raw.chains for mark in chain.relations):
        state.among = read_among(state, raw.conditions, ranges.read_ranges)
    if raw.joins:
        return check_implication(state, statement, execute)
    chain = raw.chains[0]
    for mark, span in zip(chain.relations, chain.relation_spans, strict=True):
        if mark in UNREAD_RELATIONS:
            raise Refusal("unknown-command", f"{UNREAD_RELATIONS[mark]} are not read", span)
    if not chain.relations:
        return _expression(state, statement, chain)
    for rule in KINDS:
        outcome = rule(state, statement, chain)
        if outcome is not None:
            return outcome
    return _claim(state, statement, chain)


def _conditions_alone(state: State, raw: RawStatement) -> Outcome:
    found = ranges.index_ranges(state, raw.conditions)
    if found:
        return ranges.declare_indices(state, raw, found)
    return Outcome("prose", "reads", raw.span)


def _expression(state: State, statement: Statement, chain: Chain) -> Outcome:
    raw = statement.raw
    tokens = chain.terms[0]
    if says_nothing(state, tokens, statement.display):
        if raw.conditions:
            _conditions_alone(state, raw)
        return Outcome("prose", "reads", raw.span)
    nodes = parse_terms(state, [tokens], raw.span)
    prepared = prepare(state, nodes, None, raw.span)
    if prepared.shaped.vanishing:
        raise define.vanishing_refusal(prepared.shaped.vanishing[0])
    _evaluate_once(state, prepared, raw.span, statement.name)
    return Outcome("expression", "reads", raw.span, prepared=prepared, chain=chain, terms=nodes)


def _evaluate_once(state: State, prepared: Prepared, span: Span, name: str) -> None:
    """Run an expression at one sample, so that what is too large is refused."""
    sampler = sampler_of(state, prepared, span, name)
    budget = state.budget(span)
    if any(isinstance(part, ArgMin | Differential) for t in prepared.terms for part in walk(t)):
        return
    for sample in sampler.samples(1, budget):
        side(prepared, 0, sample, DOUBLES, budget)


def _route(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    if not all(mark == "→" for mark in chain.relations):
        return None
    raw = statement.raw
    last = chain.terms[-1]
    if len(chain.terms) == 2 and (
        last[0].kind == "number" or last[0].is_command("infty") or last[0].is_symbol("+")
    ):
        return Outcome("prose", "reads", raw.span)
    if any(is_set(term) for term in chain.terms):
        return Outcome("prose", "reads", raw.span)
    nodes = parse_terms(state, chain.terms, raw.span)
    return check_route(state, chain, nodes, raw.span, statement.name)


def _update(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    r"""``\theta \leftarrow ...`` claims that its sides have one shape, and nothing else."""
    if chain.relations != ["←"]:
        return None
    raw = statement.raw
    nodes = parse_terms(state, chain.terms, raw.span)
    prepared = prepare(state, nodes, relate(chain, nodes), raw.span)
    return Outcome("expression", "reads", raw.span, prepared=prepared, chain=chain, terms=nodes)


def _claim(state: State, statement: Statement, chain: Chain) -> Outcome:
    raw = statement.raw
    nodes = parse_terms(state, chain.terms, raw.span)
    if _assumes(state, statement, chain, nodes):
        passing = (statement.context.mode or raw.intro) in PASSING
        text = text_of(statement.source, raw.tokens)
        prepare(state, nodes, relate(chain, nodes), raw.span)
        return assume(state, raw, nodes, chain.relations, text, passing=passing,
                      pointwise=passing and not statement.context.quantified)  # fmt: skip
    small, extra = _behind_the_formula(state, statement, raw.conditions)
    outcome = check_claim(state, chain, nodes, raw.span, statement.name, small, extra)
    if outcome.verdict == "holds" and not extra:
        add_forms(state, outcome, [text_of(statement.source, term) for term in chain.terms],
                  state.line)  # fmt: skip
    return outcome


def _assumes(state: State, statement: Statement, chain: Chain, nodes: Sequence[Node]) -> bool:
    """Whether the sentence makes it an assumption: on free symbols only."""
    keys = {part.key for node in nodes for part in walk(node) if isinstance(part, Name)}
    symbols = [state.table.lookup(key) for key in keys]
    if any(isinstance(part, Unknown) for node in nodes for part in walk(node)):
        return False
    if any(
        isinstance(part, Derivative | FunctionDerivative | Differential)
        for node in nodes for part in walk(node)
    ):  # fmt: skip
        return False
    dims_only = bool(symbols) and all(
        symbol is not None and symbol.role == "dimension" for symbol in symbols
    )
    if dims_only and all(mark in BOUNDS for mark in chain.relations) and not statement.display:
        return True
    context = statement.context
    mode = context.mode if context.close or not statement.display else ""
    if not (mode or statement.raw.intro) or not keys:
        return False
    return all(symbol is not None and symbol.free for symbol in symbols)


def _behind_the_formula(
    state: State, statement: Statement, conditions: Sequence[Condition]
) -> tuple[str | None, tuple[Assumption, ...]]:
    """What ``as δ → 0`` and ``if A = A^T`` behind a formula say of it."""
    small: str | None = None
    extra: list[Assumption] = list(statement.local)
    for condition in conditions:
        if condition.word == "as" or any(t.is_command("to", "rightarrow") for t in
                                         condition.tokens):  # fmt: skip
            small = _small_symbol(state, condition)
        elif condition.word in LOCAL and not _of_indices(state, condition):
            extra += _local_assumptions(state, statement, condition)
    return small, tuple(extra)


def _of_indices(state: State, condition: Condition) -> bool:
    """Whether the condition speaks of indices alone, or is none."""
    tokens, span = condition.tokens, condition.span
    return bool(
        not has_relation(list(tokens))
        or ranges.read_ranges(state, tokens, span)
        or index_conditions(state, tokens, span)
    )


def _small_symbol(state: State, condition: Condition) -> str:
    arrow = next((k for k, t in enumerate(condition.tokens) if t.is_command("to", "rightarrow")),
                 None)  # fmt: skip
    if arrow is None:
        raise Refusal("ambiguous", "“as” needs what goes to zero, \\delta \\to 0", condition.span)
    tokens = [t for t in condition.tokens[:arrow] if not (t.is_symbol("|") or t.is_command("|"))]
    node = strip(Parser(tokens, state.table, condition.span).whole())
    target = condition.tokens[arrow + 1 :]
    if not (len(target) == 1 and target[0].text == "0"):
        raise Refusal("ambiguous", "≈ is read as something goes to 0", condition.span)
    if not isinstance(node, Name):
        raise Refusal("ambiguous", "what goes to zero is a symbol of the page", condition.span)
    symbol = state.table.lookup(node.key)
    if symbol is None or not symbol.free:
        raise Refusal("ambiguous", "what goes to zero is a free symbol", condition.span)
    return node.key


def _local_assumptions(
    state: State, statement: Statement, condition: Condition
) -> list[Assumption]:
    """``s > 0, t > 0`` and ``0 < s < 1``: each relation by itself."""
    found: list[Assumption] = []
    for part in split_commas(list(condition.tokens)):
        chain = chain_of(list(part)) if part else None
        if chain is None or not chain.relations:
            raise Refusal("ambiguous", "the condition behind the formula is not understood",
                          condition.span)  # fmt: skip
        nodes = parse_terms(state, chain.terms, condition.span)
        for number, op in enumerate(chain.relations):
            require_comparison(op, condition.span)
            left, right = nodes[number], nodes[number + 1]
            found.append(Assumption("=" if op == "≡" else op, left, right,
                                    text_of(statement.source, part), keys(left) | keys(right),
                                    passing=True, pointwise=True, among=state.among))  # fmt: skip
    return found


KINDS = (
    declaring.signature, declaring.index_range, declaring.membership, definition, _route, _update,
    declaring.bounds,
)  # fmt: skip
"""What a chain may be other than a claim, asked in this order."""
