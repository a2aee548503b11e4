"""Names that have no formula yet, minimisers and parts of a recursion: nothing can rest on them."""

from __future__ import annotations

from collections.abc import Sequence

from proofread.latex.tokens import Refusal
from proofread.symbols.dependencies import dependencies
from proofread.symbols.keys import display
from proofread.syntax.nodes import Name, Node, walk
from proofread.verdict.state import State


def waiting(state: State, key: str) -> bool:
    """Whether the page has called a name a minimiser, and given no formula for it."""
    symbol = state.table.lookup(key)
    return symbol is not None and symbol.version in state.minimisers


def awaited(state: State, key: str) -> bool:
    """Whether a recursion uses a family that has no formula yet."""
    symbol = state.table.lookup(key)
    return symbol is not None and symbol.version in state.awaited


def require_formulas(state: State, terms: Sequence[Node]) -> None:
    """Refuse what rests on a minimiser, or a part of a recursion, without a formula.

    Raises:
        Refusal: ``ambiguous``, at the first name that does.

    """
    for term in terms:
        for part in walk(term):
            if isinstance(part, Name):
                for key in sorted(dependencies(part, state.table) | {part.key}):
                    if awaited(state, key):
                        raise Refusal(
                            "ambiguous",
                            f"“{display(key)}” is used by a recursion, and the page gives no "
                            "formula for it so far",
                            part.span,
                            (f"say first what it is: {display(key)} = …",),
                        )
                    if waiting(state, key):
                        raise Refusal(
                            "ambiguous",
                            f"“{key}” is a minimiser, and the page gives no formula for it so far",
                            part.span,
                            (f"say first what it is: {key} = …",),
                        )
