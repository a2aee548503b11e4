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


def in_families(draft: Draft) -> Iterator[Iterator[Edit]]:
    """The edits by family, most plausible first; a missing term needs a sample to be found."""
    yield signs(draft)
    yield factors(draft, symbols_of(draft, (draft.node, *draft.others)))
    yield transposes(draft)
    yield powers(draft)
    yield orders(draft)
    yield indices(draft)
    yield symbols(draft)
    yield numbers(draft)
    yield dropped_terms(draft)
    yield sums(draft)


def _in_order(draft: Draft) -> Iterator[Edit]:
    for family in in_families(draft):
        yield from family
    for term in missing_terms(draft):
        yield with_term(draft, Fraction(1), term)
