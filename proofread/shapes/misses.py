"""Names that cannot be used: undeclared ones, with what they may stand for, and outdated ones."""

from __future__ import annotations

from proofread.latex.tokens import Refusal, Span
from proofread.symbols.keys import bare_letter, display
from proofread.symbols.table import Symbol, Table


def undeclared(key: str, span: Span, table: Table) -> Refusal:
    """The refusal of an undeclared name, with near misses as its help."""
    near = near_misses(key, table)
    advice = (f"did you mean {' or '.join(near)}?",) if near else ()
    return Refusal("undeclared-symbol", f"“{key}” is not declared on this page", span, advice)


def near_misses(key: str, table: Table) -> list[str]:
    """Names of the table with the same letter, or a spelling close to ``key``."""
    letter = bare_letter(key)
    same = [other for other in table.symbols if bare_letter(other) == letter and other != key]
    if same:
        return same[:3]
    folded = [other for other in table.symbols if bare_letter(other).lower() == letter.lower()]
    if folded:
        return folded[:3]
    import difflib  # slow to load, and most pages have no such name

    return difflib.get_close_matches(key, list(table.symbols), n=2, cutoff=0.75)


def require_current(table: Table, symbol: Symbol, span: Span) -> None:
    """Refuse a symbol whose definition names what was declared anew since.

    Raises:
        Refusal: ``ambiguous``.

    """
    stale = table.stale(symbol)
    if stale is None:
        return
    old, new = stale
    raise Refusal(
        "ambiguous",
        f"“{display(old.key)}” was defined in line {old.place.line} with “{display(new.key)}”, "
        f"which was declared anew in line {new.place.line}",
        span,
        (f"define it again, {display(old.key)} := …",),
    )
