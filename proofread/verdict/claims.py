"""Claims: a chain prepared, sampled, and every link judged on its own merits."""

from __future__ import annotations

from collections.abc import Sequence

from proofread.algebra.dimensions import Shape
from proofread.latex.tokens import Refusal, Span, Token
from proofread.limits import MIN_SAMPLES
from proofread.records import Layout
from proofread.shapes.inference import Inference
from proofread.symbols.dependencies import dependencies
from proofread.symbols.sets import read_set
from proofread.symbols.table import Assumption, Form
from proofread.syntax.chains import Chain
from proofread.syntax.nodes import (
    Apply,
    ArgMin,
    Derivative,
    FunctionDerivative,
    Name,
    Node,
    is_zero,
    strip,
    walk,
)
from proofread.verdict import special
from proofread.verdict.assumptions import DEFINITE
from proofread.verdict.define import vanishing_refusal
from proofread.verdict.differentials import varying_symbols
from proofread.verdict.equality import EQUALITIES, LinkResult, check_equalities, sampler_of
from proofread.verdict.inequality import search
from proofread.verdict.outcome import Outcome
from proofread.verdict.prepare import Prepared, Relate, prepare
from proofread.verdict.state import State

INEQUALITIES = frozenset({"<", ">", "≤", "≥", "≠", "≻", "⪰", "≺", "⪯"})
LAYOUTS: tuple[Layout, ...] = ("numerator", "denominator", "mixed")


def relate(chain: Chain, terms: Sequence[Node]) -> Relate:
    """A check that the two sides of every link have one shape."""

    def check(inference: Inference, shapes: list[Shape]) -> None:
        for number, relation in enumerate(chain.relations):
            left, right = terms[number], terms[number + 1]
            if relation in DEFINITE:
                _require_square(inference, relation, terms[number : number + 2])
            if is_zero(left) or is_zero(right):
                continue
            if inference.unify(shapes[number], shapes[number + 1]):
                continue
            p, q = (inference.resolved(shapes[k]) for k in (number, number + 1))
            if relation in DEFINITE and (p.scalar or q.scalar):
                continue
            advice = ("one of the two may lack a transpose",) if p == q.transposed else ()
            raise Refusal(
                "shape-mismatch",
                f"the two sides of link {number + 1} have different shapes, {p} and {q}",
                right.span,
                advice,
                ((left.span, str(p)), (right.span, str(q))),
            )

    return check


def _require_square(inference: Inference, relation: str, sides: Sequence[Node]) -> None:
    for each in sides:
        shape = inference.resolved(inference.shape(each))
        if not shape.scalar and not inference.unify(shape, shape.transposed):
            raise Refusal("shape-mismatch", f"“{relation}” compares symmetric matrices, and this "
                          f"is of shape {shape}", each.span,
                          ("write < or > where each entry is meant",))  # fmt: skip


def check_claim(
    state: State, chain: Chain, terms: list[Node], span: Span, name: str,
    small: str | None = None, extra: tuple[Assumption, ...] = (), first: int = 0,
) -> Outcome:  # fmt: skip
    """Run a chain; links before ``first`` were definitions.

    Raises:
        Refusal: where the chain cannot be read.

    """
    varying = varying_symbols(terms, state.table, span)
    prepared = _prepare(state, chain, terms, span)
    _require_no_vanishing(prepared)
    sampler = sampler_of(state, prepared, span, name, varying, extra)
    budget = state.budget(span)
    links = [
        LinkResult(relation, number, number + 1, chain.relation_spans[number],
                   reason=chain.reasons[number])
        for number, relation in enumerate(chain.relations)
    ]  # fmt: skip
    outcome = Outcome("claim", "undecided", span, links=links, prepared=prepared, sampler=sampler,
                      chain=chain, varying=varying, extra=extra, terms=terms,
                      small=small)  # fmt: skip
    equalities = []
    for number, link in enumerate(links):
        if number < first:
            link.verdict = "defines"
        elif any(isinstance(strip(terms[k]), ArgMin) for k in (number, number + 1)
                 if k < len(terms)):  # fmt: skip
            special.check_arg_min(state, prepared, link, sampler, budget)
        elif link.relation in EQUALITIES:
            equalities.append(link)
    outcome.drawn = check_equalities(prepared, equalities, sampler, budget) if equalities else None
    for number, link in enumerate(links):
        if number < first or link in equalities or link.verdict in ("holds", "fails"):
            continue
        if link.relation in INEQUALITIES:
            outcome.sizes = max(outcome.sizes, len(search(prepared, link, sampler, budget)))
        elif link.relation == "∝":
            special.check_proportional(prepared, link, sampler, budget)
        elif link.relation == "≈":
            if small is None:
                raise Refusal("ambiguous", "≈ does not say what is small", link.span,
                              ("write \\quad \\text{as } \\delta \\to 0 behind it",))  # fmt: skip
            special.check_approximate(state, prepared, link, sampler, budget, small)
        elif not any(isinstance(strip(term), ArgMin) for term in terms):
            raise Refusal("unknown-command", f"the relation “{link.relation}” is not read here",
                          link.span)  # fmt: skip
    _judge(outcome, first)
    return outcome


def _prepare(state: State, chain: Chain, terms: list[Node], span: Span) -> Prepared:
    try:
        return prepare(state, terms, relate(chain, terms), span)
    except Refusal as refusal:
        if refusal.code == "shape-mismatch":
            refusal.help = (*refusal.help, *_layout_help(state, chain, terms, span))
        raise


def _layout_help(state: State, chain: Chain, terms: list[Node], span: Span) -> tuple[str, ...]:
    """Layouts under which the shapes would fit."""
    if not any(
        isinstance(part, Derivative | FunctionDerivative) for t in terms for part in walk(t)
    ):
        return ()
    fitting = []
    for layout in LAYOUTS:
        if layout == state.layout:
            continue
        try:
            prepare(state, terms, relate(chain, terms), span, layout)
        except Refusal:
            continue
        fitting.append(layout)
    if not fitting:
        return ()
    names = " and the ".join(fitting)
    return (f"the shapes fit under the {names} layout, this page's is {state.layout}",)


def _require_no_vanishing(prepared: Prepared) -> None:
    """A derivative by a symbol that does not occur is zero only against a literal zero."""
    for node in prepared.shaped.vanishing:
        for number, term in enumerate(prepared.terms):
            if strip(term) is not node:
                continue
            neighbours = [prepared.terms[k] for k in (number - 1, number + 1)
                          if 0 <= k < len(prepared.terms)]  # fmt: skip
            if neighbours and all(is_zero(other) for other in neighbours):
                break
        else:
            raise vanishing_refusal(node)


def _judge(outcome: Outcome, first: int) -> None:
    links = outcome.links[first:]
    outcome.samples = max((link.agreed + link.differed for link in links), default=0)
    outcome.sizes = max([outcome.sizes, *(len(link.sizes) for link in links)])
    if any(link.verdict == "fails" for link in links):
        outcome.verdict = "fails"
    elif all(link.verdict == "holds" for link in links):
        outcome.verdict = "holds"
    else:
        outcome.verdict = "undecided"
        outcome.message = _why_undecided(outcome)


def _why_undecided(outcome: Outcome) -> str:
    assert outcome.sampler is not None
    drawn = max((link.agreed for link in outcome.links), default=0)
    if drawn >= MIN_SAMPLES:
        return "both sides are undefined at all but a few of the sizes"
    if outcome.drawn is not None and outcome.drawn.samples:
        return f"both sides are undefined at all but {drawn} of the samples"
    return "no sample satisfies the assumptions"


def add_forms(state: State, outcome: Outcome, texts: Sequence[str], line: int) -> None:
    """What a claim that holds teaches: other forms of the defined quantities in it."""
    if outcome.prepared is not None and outcome.prepared.indices:
        return
    if any(link.relation not in EQUALITIES for link in outcome.links):
        return
    terms = outcome.terms
    for position, term in enumerate(terms):
        key = _quantity(state, term)
        if key is None:
            continue
        for other, form in enumerate(terms):
            if other == position or isinstance(strip(form), Name | ArgMin) or is_zero(form):
                continue
            if key in dependencies(form, state.table):
                continue
            state.table.add_form(key, Form(form, texts[other], line))


def _quantity(state: State, node: Node) -> str | None:
    """The defined symbol that a term is, by itself or as a function at its own arguments."""
    bare = strip(node)
    if isinstance(bare, Apply) and isinstance(bare.function, Name):
        symbol = state.table.lookup(bare.function.key)
        bares = [strip(arg) for arg in bare.args]
        formals = tuple(arg.key for arg in bares if isinstance(arg, Name))
        if symbol is not None and symbol.definition is not None and symbol.formals == formals:
            return symbol.key
        return None
    if isinstance(bare, Name):
        symbol = state.table.lookup(bare.key)
        if symbol is not None and symbol.definition is not None and symbol.role != "index":
            return bare.key
    return None


def check_set_claim(
    state: State, chain: Chain, terms: list[Node], in_set: Sequence[Token], span: Span, name: str
) -> Outcome:
    r"""``A^\top A \in \mathbb{S}^n``: a claim about a shape and a set."""
    found = read_set(in_set, state.table, span)
    if found.fresh:
        key, where = next(iter(found.fresh.items()))
        raise Refusal("undeclared-symbol", f"“{key}” is not declared on this page", where)

    def check(inference: Inference, shapes: list[Shape]) -> None:
        for shape in shapes:
            if not inference.unify(shape, found.shape):
                raise Refusal(
                    "shape-mismatch",
                    f"the shape is {inference.resolved(shape)}, and the members of the set have "
                    f"{found.shape}",
                    terms[0].span,
                    (),
                    ((terms[0].span, str(inference.resolved(shape))),),
                )

    prepared = prepare(state, terms, check, span)
    sampler = sampler_of(state, prepared, span, name)
    budget = state.budget(span)
    link = LinkResult("∈", 0, 0, chain.relation_spans[-1], reason=chain.reasons[-1])
    special.check_membership(prepared, link, found.spec, sampler, budget)
    outcome = Outcome("claim", "undecided", span, links=[link], prepared=prepared,
                      sampler=sampler, chain=chain, terms=terms)  # fmt: skip
    _judge(outcome, 0)
    return outcome
