r"""Names introduced as minimisers: ``\hat w = \arg\min_w f``, before a formula for them is known.

Such a name has a shape and no value. The first equation with it on the left is a claim about the
minimum, and gives it its value.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from proofread.latex.tokens import Span
from proofread.symbols.dependencies import dependencies
from proofread.symbols.table import REAL, Definition, Symbol, Traits, next_version
from proofread.syntax.chains import Chain
from proofread.syntax.nodes import ArgMin, Node, strip
from proofread.values.frame import Code, Frame
from proofread.verdict.outcome import Outcome
from proofread.verdict.prepare import prepare
from proofread.verdict.ranges import place
from proofread.verdict.state import State
from proofread.verdict.targets import Target
from proofread.verdict.terms import parse_terms


def introduces_minimiser(target: Target, body: Node) -> bool:
    """Whether a plain name is said to be a minimiser."""
    plain = target.formals is None and not target.letters and not target.square
    return plain and isinstance(strip(body), ArgMin)


def introduce(state: State, target: Target, chain: Chain, body: Node, span: Span) -> Outcome:
    """The name with the shape of what is varied."""
    shape = prepare(state, [body], None, span).shapes[0]
    symbol = Symbol(target.key, "value", shape, REAL, place(state), next_version(),
                    definition=Definition(body))  # fmt: skip
    behind = dependencies(body, state.table)
    state.table.introduce(symbol)
    state.codes[symbol.version] = Code(_no_value, behind, Traits(), 1)
    state.table.traits[symbol.version] = Traits()
    state.minimisers[symbol.version] = tuple(chain.terms[1])
    return Outcome("definition", "defines", span, chain=chain, key=symbol.key,
                   introduces=(symbol.key,))  # fmt: skip


def _no_value(_: Frame) -> NoReturn:
    raise AssertionError("a minimiser without a formula is refused before it is evaluated")


def terms_of_formula(state: State, chain: Chain, key: str, span: Span) -> list[Node]:
    r"""The terms of the claim that a formula is the minimum: the ``\arg\min`` first."""
    symbol = state.table.symbols[key]
    here = chain.terms[0][0].span.to(chain.terms[0][-1].span)
    tokens = [replace(token, span=here) for token in state.minimisers[symbol.version]]
    return parse_terms(state, [tokens, *chain.terms[1:]], span)
