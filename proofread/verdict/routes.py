"""Routes: each quantity depends directly on the one before it, and a list has all of them."""

from __future__ import annotations

from fractions import Fraction

from proofread.algebra.matrices import largest
from proofread.algebra.numbers import DOUBLES
from proofread.latex.tokens import Refusal, Span
from proofread.limits import MIN_SAMPLES
from proofread.records import Verdict
from proofread.shapes.variables import variable_of
from proofread.symbols.dependencies import dependencies
from proofread.syntax.chains import Chain
from proofread.syntax.nodes import Derivative, Element, Name, Node, Num, keys, strip
from proofread.values.compiler import Compiler
from proofread.verdict.equality import LinkResult, sampler_of
from proofread.verdict.outcome import Outcome
from proofread.verdict.prepare import prepare
from proofread.verdict.sampler import UNSTABLE
from proofread.verdict.state import State


def check_route(state: State, chain: Chain, nodes: list[Node], span: Span, name: str) -> Outcome:
    """Every arrow leads from a quantity to one whose formula names it."""
    prepared = prepare(state, nodes, None, span)
    links = [
        LinkResult("→", number, number + 1, chain.relation_spans[number],
                   reason=chain.reasons[number])
        for number in range(len(nodes) - 1)
    ]  # fmt: skip
    for link in links:
        before, after = nodes[link.left], nodes[link.right]
        if depends_directly(state, before, after, span, f"{name}|{link.left}"):
            link.verdict, link.agreed, link.confirmed = "holds", MIN_SAMPLES, True
        else:
            link.verdict, link.differed = "fails", 1
            link.note = "this quantity does not depend directly on the one before it"
    verdict: Verdict = "fails" if any(link.verdict == "fails" for link in links) else "holds"
    return Outcome("claim", verdict, span, links=links, prepared=prepared, chain=chain,
                   terms=nodes, samples=MIN_SAMPLES, sizes=3)  # fmt: skip


def depends_directly(
    state: State, before: Node, after: Node, span: Span, name: str, *, by_claims: bool = True
) -> bool:
    """Whether a formula of ``after`` names ``before``, and changes with it.

    Its formulas are its definition and (``by_claims``) what the page claims it to be equal to.
    """
    source = variable_of(before)
    target = variable_of(after)
    symbol = state.table.lookup(target.key)
    if symbol is None or symbol.definition is None:
        return False
    bodies = [symbol.definition.body]
    if by_claims:
        bodies += [form.node for form in state.table.forms.get(target.key, ())]
    if not any(source.key in keys(body) for body in bodies):
        return False
    derivative = Derivative(span, "partial", after, (before,))
    try:
        prepared = prepare(state, [derivative], None, span)
    except Refusal as refusal:
        if refusal.code == "ambiguous":
            return source.key in dependencies(after, state.table)
        raise
    run = Compiler(state.table, prepared.shaped, state.layout).run(derivative)
    sampler = sampler_of(state, prepared, span, name)
    budget = state.budget(span)
    for sample in sampler.samples(MIN_SAMPLES, budget):
        try:
            if largest(run(sample.frame(DOUBLES, budget))) > 1e-12:
                return True
        except UNSTABLE:
            continue
    return False


def missing_routes(state: State, routes: list[list[Node]], span: Span) -> list[str]:
    """Routes between the ends of a list's routes that the list lacks, as text."""
    listed = {tuple(_stop(node) for node in route) for route in routes}
    missing: list[str] = []
    for route in routes:
        for position in range(1, len(route) - 1):
            for other in _others(state, route[position]):
                candidate = [*route[:position], other, *route[position + 1 :]]
                stops = tuple(_stop(node) for node in candidate)
                if stops in listed or any(" → ".join(stops) == text for text in missing):
                    continue
                element = isinstance(strip(other), Element)
                if all(
                    depends_directly(state, candidate[k], candidate[k + 1], span, "missing",
                                     by_claims=element or k not in (position - 1, position))
                    for k in range(len(candidate) - 1)
                ):  # fmt: skip
                    missing.append(" → ".join(stops))
    return missing


def _stop(node: Node) -> str:
    bare = strip(node)
    if isinstance(bare, Element):
        base = strip(bare.base)
        indices = ",".join(
            str(index.value) if isinstance(index, Num) else "?" for index in bare.indices
        )
        return f"{base.key if isinstance(base, Name) else '?'}_{indices}"
    return bare.key if isinstance(bare, Name) else "?"


def _others(state: State, node: Node) -> list[Node]:
    """The other elements of the vector that a stop is an element of, or the other quantities."""
    bare = strip(node)
    if isinstance(bare, Name):
        return [
            Name(bare.span, key)
            for key, symbol in state.table.symbols.items()
            if symbol.definition is not None and symbol.role == "value" and not symbol.family
        ]
    if not isinstance(bare, Element) or len(bare.indices) != 1:
        return []
    base = strip(bare.base)
    symbol = state.table.lookup(base.key) if isinstance(base, Name) else None
    count = symbol.shape.rows.number if symbol is not None else None
    if count is None:
        return []
    return [
        Element(bare.span, bare.base, (Num(bare.span, Fraction(k)),)) for k in range(1, count + 1)
    ]
