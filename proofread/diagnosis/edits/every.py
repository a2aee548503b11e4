"""All edits of a term, most plausible first."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from proofread.diagnosis.edits.draft import Draft, Edit
from proofread.diagnosis.edits.factors import factors, symbols_of
from proofread.diagnosis.edits.indices import indices, numbers, sums
from proofread.diagnosis.edits.powers import powers
from proofread.diagnosis.edits.products import orders, transposes
from proofread.diagnosis.edits.signs import signs
from proofread.diagnosis.edits.symbols import symbols
from proofread.diagnosis.edits.terms import dropped_terms, missing_terms, with_term


def all_edits(draft: Draft) -> Iterator[Edit]:
    """Every edit of the term, each text once."""
    seen = {draft.text}
    for edit in _in_order(draft):
        if edit.text not in seen:
            seen.add(edit.text)
            yield edit


def _in_order(draft: Draft) -> Iterator[Edit]:
    yield from signs(draft)
    yield from factors(draft, symbols_of(draft, (draft.node, *draft.others)))
    yield from transposes(draft)
    yield from powers(draft)
    yield from orders(draft)
    yield from indices(draft)
    yield from symbols(draft)
    yield from numbers(draft)
    yield from dropped_terms(draft)
    for term in missing_terms(draft):
        yield with_term(draft, Fraction(1), term)
    yield from sums(draft)
