"""One link of a claim with samples, to try edits of its terms on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from proofread.algebra.matrices import Value, entries, largest
from proofread.algebra.numbers import DOUBLES
from proofread.latex.macros import expand
from proofread.latex.tokens import Refusal, Span, Token, tokenize
from proofread.limits import REPAIR_OPERATIONS
from proofread.syntax.chains import Chain
from proofread.syntax.cursor import depths
from proofread.syntax.nodes import (
    ArgMin,
    Derivative,
    Either,
    FunctionDerivative,
    IndexName,
    strip,
    walk,
)
from proofread.syntax.statements import split_piece
from proofread.values.frame import Budget, Frame
from proofread.verdict.claims import check_claim, relate
from proofread.verdict.comparison import Side, relative, side
from proofread.verdict.differentials import varying_symbols
from proofread.verdict.equality import EQUALITIES, sampler_of
from proofread.verdict.newton import difference
from proofread.verdict.outcome import Outcome
from proofread.verdict.prepare import Prepared, prepare
from proofread.verdict.sampler import Sample
from proofread.verdict.state import State
from proofread.verdict.statement import Statement
from proofread.verdict.terms import parse_terms

NEARLY = 1e-5
"""Relative to the larger side: two sides that differ by more are different, without more ado."""
CANCELLED = 1e-9
"""Relative to the largest intermediate term: what is left where two terms cancel."""
SIMPLE = frozenset({1, 2, 3, 4, 6, 8})
"""Denominators of a factor that a finding may name."""

Tokens = Sequence[Token]


def tokens_of(state: State, text: str) -> list[Token]:
    """The tokens of one term.

    Raises:
        Refusal: where the text is not one term.

    """
    tokens, _ = expand(tokenize(text), state.macros, text)
    raw = split_piece(tokens)
    if len(raw.statements) == 1:
        statement = raw.statements[0]
        if len(statement.chains) == 1 and not statement.conditions and not statement.intro:
            chain = statement.chains[0]
            if not chain.relations:
                return list(chain.terms[0])
    raise Refusal("latex-syntax", "this is not one term", Span(0, len(text)))


@dataclass(slots=True)
class Bench:
    """Tries other terms in the place of one of a link's two.

    What is tried leaves the page as it was: see :meth:`restore`.
    """

    state: State
    outcome: Outcome
    statement: Statement
    chain: Chain
    left: int
    right: int
    relation: str
    budget: Budget
    known: dict[str, object]
    samples: dict[object, tuple[Sample, dict[int, Side]] | None] = field(default_factory=dict)

    @staticmethod
    def of(state: State, outcome: Outcome, statement: Statement, failing: int) -> Bench | None:
        """The bench for a link; ``None`` where its two sides are no terms of a chain."""
        link = outcome.links[failing - 1]
        chain = outcome.chain
        if chain is None or link.right >= len(chain.terms) or link.left == link.right:
            return None
        if len(outcome.terms) != len(chain.terms):
            return None
        budget = Budget(REPAIR_OPERATIONS, outcome.span)
        return Bench(state, outcome, statement, chain, link.left, link.right, link.relation,
                     budget, dict(state.table.known))  # fmt: skip

    def restore(self) -> None:
        """Forget what edited formulas told of open dimensions."""
        self.state.table.known = dict(self.known)  # type: ignore[arg-type]
        self.state.table.overlay = {}

    def span_of(self, term: int) -> Span:
        """The stretch of source that a term of the chain is."""
        tokens = self.chain.terms[term]
        return tokens[0].span.to(tokens[-1].span)

    @property
    def compares(self) -> bool:
        """Whether the link compares two values, so that one sample refutes most edits."""
        terms = (self.outcome.terms[self.left], self.outcome.terms[self.right])
        return self.relation in EQUALITIES and not any(
            isinstance(strip(term), ArgMin) for term in terms
        )

    @property
    def differentiates(self) -> bool:
        """Whether a derivative that layouts differ in stands in the chain."""
        return any(
            isinstance(part, Derivative | FunctionDerivative) and part.style == "partial"
            for node in self.outcome.terms
            for part in walk(node)
        )

    # One sample, double precision ----------------------------------------------------------------

    def prepared(self, known: Sequence[int], tokens: Tokens | None = None) -> Prepared:
        """Terms of the chain, and one more, compiled as if an equation stood between all of them.

        Raises:
            Refusal: where they cannot be.

        """
        span = self.outcome.span
        terms = [list(self.chain.terms[number]) for number in known]
        if tokens is not None:
            terms.append(list(tokens))
            self.budget.spend(len(tokens) * (10 + max(depths(tokens), default=0)))  # reading them
        links = len(terms) - 1
        chain = Chain(terms, ["="] * links, [span] * links, [None] * links, span)
        if any(self._indexed(number) for number in known):
            nodes = parse_terms(self.state, terms, span)
        else:  # nothing in one term changes what a letter of another one means
            nodes = [self.outcome.terms[number] for number in known]
            nodes += parse_terms(self.state, terms[len(known) :], span)
        parts = [part for node in nodes for part in walk(node)]
        choices = sum(isinstance(part, Either) for part in parts)
        self.budget.spend(10 * len(parts) * choices)  # each choice is prepared by itself
        return prepare(self.state, nodes, relate(chain, nodes), span)

    def _indexed(self, term: int) -> bool:
        return any(isinstance(part, IndexName) for part in walk(self.outcome.terms[term]))

    def sides(self, prepared: Prepared, fixed: Sequence[int]) -> list[Side] | None:
        """The values of all terms at one sample.

        The first of them are the chain's terms ``fixed``, which do not change.
        """
        varying = varying_symbols(prepared.terms, self.state.table, self.outcome.span)
        key = self._key(prepared, varying, fixed)
        if key not in self.samples:
            self.samples[key] = self._sample(prepared, varying, fixed)
        found = self.samples[key]
        if found is None:
            return None
        sample, known = found
        return [
            known[number] if number in known
            else side(prepared, number, sample, DOUBLES, self.budget)
            for number in range(len(prepared.terms))
        ]  # fmt: skip

    def _key(
        self, prepared: Prepared, varying: frozenset[str], fixed: Sequence[int]
    ) -> tuple[object, ...]:
        ranges = tuple((name, use.first, use.last) for name, use in prepared.indices.items())
        shapes = tuple(prepared.shapes[: len(fixed)])  # that of \mathbf{1} is what fits the rest
        values = (ranges, prepared.among)
        return (self.state.layout, prepared.keys, varying, values, tuple(fixed), shapes)

    def _sample(
        self, prepared: Prepared, varying: frozenset[str], fixed: Sequence[int]
    ) -> tuple[Sample, dict[int, Side]] | None:
        name = f"edits|{self.statement.name}"
        sampler = sampler_of(self.state, prepared, self.outcome.span, name, varying,
                             self.outcome.extra)  # fmt: skip
        for _ in range(6):
            sizes = sampler.sizes()
            sample = sampler.draw(sizes, self.budget) if sizes is not None else None
            if sample is None:
                continue
            known = {
                number: side(prepared, number, sample, DOUBLES, self.budget)
                for number in range(len(fixed))
            }
            if all(each.values is not None for each in known.values()):
                return sample, known
        return None

    def differs(self, term: int, tokens: Tokens) -> float | None:
        """The relative difference of the link with other tokens for one of its terms.

        Raises:
            Refusal: where they don't fit.

        """
        other = self.left if term == self.right else self.right
        prepared = self.prepared((other,), tokens)
        if prepared.shaped.vanishing:
            return None
        found = self.sides(prepared, (other,))
        if found is None or found[1].values is None:
            return None
        if relative(found[0], found[1], tracked=True) <= CANCELLED:
            return 0.0
        return relative(found[0], found[1], tracked=False)

    def ratio(self, term: int) -> tuple[float, Frame] | None:
        """The number by which a term must be multiplied to equal the other one at a sample.

        The sample's frame comes with it.

        Raises:
            Refusal: where they cannot be read together.

        """
        other = self.left if term == self.right else self.right
        prepared = self.prepared((other, term))
        found = self.sides(prepared, (other,))
        if found is None or found[0].values is None or found[1].values is None:
            return None
        ratio = proportion(_entries(found[0].values), _entries(found[1].values))
        varying = varying_symbols(prepared.terms, self.state.table, self.outcome.span)
        sample = self.samples[self._key(prepared, varying, (other,))]
        assert sample is not None
        return None if ratio is None else (ratio, sample[0].frame(DOUBLES, self.budget))

    def share(self, term: int, extra: Tokens) -> Fraction | None:
        """The simple number of times that ``extra`` is missing from a term.

        Raises:
            Refusal: where it doesn't fit.

        """
        other = self.left if term == self.right else self.right
        prepared = self.prepared((other, term), extra)
        if prepared.shapes[1] != prepared.shapes[2]:
            return None
        found = self.sides(prepared, (other, term))
        if found is None or any(each.values is None for each in found):
            return None
        target, own, missing = (each.values or [] for each in found)
        gap = [x for p, q in zip(target, own, strict=True) for x in difference(p, q)]
        ratio = proportion(gap, _entries(missing))
        return None if ratio is None else simple(ratio)

    # The engine's own verdict --------------------------------------------------------------------

    def verdicts(self, term: int, tokens: Tokens, name: str) -> Outcome:
        """The whole chain run on fresh samples with other tokens for one term.

        Raises:
            Refusal: where it cannot be read.

        """
        terms = [list(each) for each in self.chain.terms]
        terms[term] = list(tokens)
        return self._run(terms, self.chain.relations, name)

    def related(self, relation: str, name: str) -> Outcome:
        """The whole chain run on fresh samples with another relation for the link's.

        Raises:
            Refusal: where it cannot be read.

        """
        relations = list(self.chain.relations)
        relations[self.left] = relation
        return self._run(self.chain.terms, relations, name)

    def _run(self, terms: list[list[Token]], relations: list[str], name: str) -> Outcome:
        chain = Chain(terms, relations, self.chain.relation_spans, self.chain.reasons,
                      self.chain.span)  # fmt: skip
        span = self.outcome.span
        nodes = parse_terms(self.state, terms, span)
        return check_claim(self.state, chain, nodes, span, f"{name}|{self.statement.name}",
                           self.outcome.small, self.outcome.extra,
                           first=1 if self.outcome.defines_first else 0)  # fmt: skip

    def reads_so_in_place(self, term: int, text: str, tokens: Tokens) -> bool:
        """Whether the page with ``text`` in the term's place reads as what was run."""
        span, source = self.span_of(term), self.statement.source
        edited = source[: span.start] + text + source[span.end :]
        found, _ = expand(tokenize(edited), self.state.macros, edited)
        start = self.statement.raw.span.start
        for statement in split_piece(found).statements:
            if statement.span.start == start and len(statement.chains) == 1:
                terms = list(self.chain.terms)
                terms[term] = list(tokens)
                return [spelled(each) for each in statement.chains[0].terms] == [
                    spelled(each) for each in terms
                ]
        return False


def spelled(tokens: Tokens) -> list[tuple[str, str]]:
    """What tokens say, wherever they stand."""
    return [(token.kind, token.text) for token in tokens]


def _entries(values: Sequence[Value]) -> list[Value]:
    return [entry for value in values for entry in entries(value)]


def proportion(left: Sequence[Value], right: Sequence[Value]) -> float | None:
    """The number that ``left`` is a multiple of ``right`` by, entry by entry."""
    if len(left) != len(right) or not left:
        return None
    where = max(range(len(right)), key=lambda k: abs(right[k].real))
    if right[where].real == 0:
        return None
    ratio = float(left[where].real / right[where].real)
    size = max(largest(entry) for entry in left)
    near = all(
        abs(p.real - ratio * q.real) <= 1e-7 * size for p, q in zip(left, right, strict=True)
    )
    return ratio if near and 1e-9 < abs(ratio) < 1e9 else None


def simple(ratio: float) -> Fraction | None:
    """The fraction of small numbers that a number is."""
    found = Fraction(ratio).limit_denominator(8)
    if found.denominator not in SIMPLE or abs(found.numerator) > 24 or not found:
        return None
    return found if abs(float(found) - ratio) <= 1e-7 * abs(ratio) else None
