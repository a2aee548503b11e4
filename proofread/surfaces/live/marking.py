r"""Stretches of a formula marked in its LaTeX, so that they can be found in what KaTeX makes of it.

A stretch becomes ``\htmlData{at=KEY-NUMBER}{...}``, which changes no spacing. What cannot be
enclosed (half of a group, two cells of an array) is enclosed cell by cell, or left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from proofread.latex.tokens import Refusal, Span, Token, tokenize

_OPENING = frozenset({"left", "begin"})
_CLOSING = frozenset({"right", "end"})
_UNFIT_WORDS = (
    "middle over atop choose displaystyle textstyle scriptstyle rm bf it sf tt cal "
    "bfseries rmfamily hline label tag limits nolimits nonumber notag newcommand "
    "renewcommand def providecommand DeclareMathOperator cr color"
)
_UNFIT = frozenset(_UNFIT_WORDS.split())
"""Commands that reach beyond the group that they stand in, or have no place in one."""
_TAKING_WORDS = (
    "frac dfrac tfrac cfrac binom sqrt hat widehat bar tilde widetilde vec dot ddot "
    "overline underline mathbf mathrm mathit mathsf mathcal mathbb mathfrak boldsymbol bm "
    "text mbox operatorname boxed overbrace underbrace overset underset stackrel phantom "
    "not big Big bigg Bigg bigl bigr Bigl Bigr left right begin end"
)
_TAKING = frozenset(_TAKING_WORDS.split())
"""Commands whose argument may be a single token."""


def mark(latex: str, stretches: Iterable[tuple[int, Span]], key: str) -> str:
    """The formula with as many of the stretches marked as can be, each by its number."""
    try:
        tokens = tokenize(latex)
    except Refusal:
        return latex
    starts = {token.span.start: position for position, token in enumerate(tokens)}
    ends = {token.span.end: position + 1 for position, token in enumerate(tokens)}
    inserted: list[tuple[int, int, int, str]] = []
    open_until: list[int] = []
    for number, span in sorted(stretches, key=lambda each: (each[1].start, -each[1].end)):
        first, behind = starts.get(span.start), ends.get(span.end)
        while open_until and open_until[-1] <= span.start:
            open_until.pop()
        if first is None or behind is None or (open_until and open_until[-1] < span.end):
            continue
        if behind - first > 1 and behind < len(tokens) and tokens[behind].is_symbol("^", "_", "'"):
            continue  # a script goes to the last token alone, and would go to all of them
        marked = False
        for begin, end in _cells(tokens, first, behind):
            before, after = f"\\htmlData{{at={key}-{number}}}{{", "}"
            if begin and (tokens[begin - 1].is_symbol("^", "_") or _takes(tokens[begin - 1])):
                before, after = "{" + before, after + "}"
            order = len(inserted)
            inserted.append((tokens[begin].span.start, 1, order, before))
            inserted.append((tokens[end - 1].span.end, 0, -order, after))
            marked = True
        if marked:
            open_until.append(span.end)
    parts, position = [], 0
    for place, _, _, text in sorted(inserted):
        parts += [latex[position:place], text]
        position = place
    return "".join([*parts, latex[position:]])


def _takes(token: Token) -> bool:
    return token.kind == "command" and token.text in _TAKING


def _cells(tokens: Sequence[Token], first: int, behind: int) -> Iterator[tuple[int, int]]:
    """The parts of a run of tokens that lie in one cell each, where all of it can be enclosed."""
    levels = _levels(tokens, first, behind)
    if levels is None:
        return
    cells: list[tuple[int, int]] = []
    places = range(first, behind)

    def separates(place: int) -> bool:
        token = tokens[place]
        return levels[place - first] == 0 and (token.kind == "row" or token.is_symbol("&"))

    for outside, group in groupby(places, key=separates):
        if not outside:
            found = list(group)
            cells.append((found[0], found[-1] + 1))
    for begin, end in cells:
        inner = begin
        if begin > first and tokens[begin - 1].kind == "row" and tokens[begin].is_symbol("["):
            inner = next((k + 1 for k in range(begin, end) if tokens[k].is_symbol("]")), end)
        if inner < end:
            yield inner, end


def _levels(tokens: Sequence[Token], first: int, behind: int) -> list[int] | None:
    """How deep each token stands; nothing where the run is no whole."""
    open_groups: list[str] = []
    levels = []
    for position in range(first, behind):
        token = tokens[position]
        levels.append(len(open_groups))
        if token.kind == "open" or token.is_command(*_OPENING):
            open_groups.append(token.text)
        elif token.kind == "close" or token.is_command(*_CLOSING):
            if not open_groups:
                return None
            open_groups.pop()
        elif not open_groups and token.kind == "command" and token.text in _UNFIT:
            return None
    return None if open_groups else levels
