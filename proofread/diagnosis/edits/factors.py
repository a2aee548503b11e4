"""Edits of factors: numbers, dimension names and scalars, too many or too few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from proofread.commands.registry import FUNCTIONS
from proofread.diagnosis.edits.draft import Draft, Edit, apart, bracketed, edit, is_sum, parts
from proofread.latex.tokens import Span
from proofread.syntax.nodes import (
    Apply,
    Derivative,
    Fill,
    Grouped,
    Node,
    Num,
    Op,
    Product,
    Row,
    Sum,
    keys,
    strip,
    walk,
)

ONE = Fraction(1)
TWO = Fraction(2)
HALF = Fraction(1, 2)
FRAC = re.compile(r"\\[dtc]?frac(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Scale:
    """A number times or over a symbol."""

    number: Fraction = ONE
    up: str = ""
    down: str = ""

    @property
    def text(self) -> str:
        """The factor in LaTeX."""
        top = number_text(self.number) if self.number != 1 or not (self.up or self.down) else ""
        if self.down:
            return over(top or "1", self.down)
        return f"{top} {self.up}".strip()


def number_text(value: Fraction) -> str:
    """A number in LaTeX."""
    if value.denominator == 1:
        return str(value.numerator)
    return over(str(value.numerator), str(value.denominator))


def over(top: str, bottom: str) -> str:
    """A fraction in LaTeX."""
    return f"\\frac{{{top}}}{{{bottom}}}"


def joined(left: str, right: str) -> str:
    """Two factors side by side, with a dot between numbers."""
    dot = " \\cdot " if right[:1].isdigit() and left[-1:].isdigit() else " "
    return f"{left}{dot}{right}" if left else right


def factors(draft: Draft, symbols: tuple[str, ...]) -> Iterator[Edit]:
    """The whole term by 2 and by a half, parts of it, factors dropped; then by each symbol."""
    numbers = (Scale(TWO), Scale(HALF))
    places = list(_places(draft))
    for scale in numbers:
        yield from scaled_whole(draft, scale)
    for node in places:
        for scale in numbers:
            yield from edit("factor", _scaled(draft, node, scale))
    yield from _dropped(draft)
    scales = [each for name in symbols for each in (Scale(up=name), Scale(down=name))]
    for scale in scales:
        yield from scaled_whole(draft, scale)
    differentiated = {
        id(below)
        for node in parts(draft)
        if isinstance(node, Derivative)
        for below in walk(node.target)
    }
    for node in places:
        if id(node) not in differentiated:
            for scale in scales:
                yield from edit("factor", _scaled(draft, node, scale))


def scaled_whole(draft: Draft, scale: Scale) -> Iterator[Edit]:
    """The whole term times ``scale``."""
    node = draft.node
    words = f"the two sides differ by the factor {scale.text}"
    if isinstance(node, Sum) and len(node.terms) > 1:
        text = f"{scale.text} {bracketed(draft.text)}"
        yield Edit("factor", text, words)
    elif isinstance(node, Sum):
        yield from edit("factor", _scaled(draft, node.terms[0], scale), words)
    else:
        yield from edit("factor", _scaled(draft, node, scale), words)


def symbols_of(draft: Draft, nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """Dimension names and scalars that a factor too many or too few may be, nearest first."""
    table = draft.table
    named = frozenset[str]().union(*(keys(node) for node in nodes))
    behind = table.behind(named)
    dims = {
        name
        for key in behind
        if (symbol := table.lookup(key)) is not None
        for dim in symbol.shape.dims
        for name in dim.names
        if not name.startswith("?")
    }
    found = []
    for key, symbol in table.symbols.items():
        if symbol.definition is not None and isinstance(strip(symbol.definition.body), Num):
            continue  # a number by another name
        if symbol.family or not symbol.shape.scalar or symbol.role not in ("dimension", "value"):
            continue
        if symbol.role == "value" and not symbol.free and key not in named:
            continue
        found.append((key not in named, key not in behind and key not in dims, key))
    known = [key for _, _, key in sorted(found)]
    return tuple([*known, *sorted(dims - set(known))][:6])


# Where a factor may be missing ---------------------------------------------------------------


def _places(draft: Draft) -> Iterator[Node]:
    """The terms inside the term: of sums, and alone inside a function or as an entry."""
    for node in parts(draft):
        if isinstance(node, Sum) and apart(node.terms) and len(node.terms) > 1:
            yield from node.terms
        elif (
            isinstance(node, Op) and node.op in FUNCTIONS and node.op not in ("tr", "vec", "diag")
        ) or isinstance(node, Apply):
            yield from _bodies(node.args)
        elif isinstance(node, Row):
            yield from _bodies(tuple(cell for cell in node.cells if not isinstance(cell, Fill)))


def _bodies(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        bare = node.body if isinstance(node, Grouped) else node
        if not is_sum(bare):
            yield bare


def _scaled(draft: Draft, node: Node, scale: Scale) -> str | None:
    """The term with one part of it times ``scale``, worked into the factor that leads it."""
    members = node.factors if isinstance(node, Product) else (node,)
    if not apart(members) or not all(draft.inside(member.span) for member in members):
        return None
    first = members[0]
    if isinstance(first, Num):
        return _scaled_number(draft, members, scale)
    if isinstance(first, Op) and first.op == "frac" and FRAC.match(draft.written(first)):
        inner = _scaled_fraction(draft, first, scale)
        if inner == "1" and len(members) > 1:
            return draft.with_changes((Span(first.span.start, members[1].span.start), ""))
        return None if inner is None else draft.put(first.span, inner)
    if scale.down and any(draft.written(member).strip() == scale.down for member in members):
        return None  # dropping it says the same
    start = first.span.start
    dot = " \\cdot " if draft.source[start].isdigit() else " "
    return draft.with_changes((Span(start, start), f"{scale.text}{dot}"))


def _scaled_number(draft: Draft, members: tuple[Node, ...], scale: Scale) -> str | None:
    first = members[0]
    assert isinstance(first, Num)
    if scale.down and any(draft.written(member).strip() == scale.down for member in members):
        return None  # dropping it says the same
    new = Scale(first.value * scale.number, scale.up, scale.down)
    if new == Scale() and len(members) > 1:
        return draft.with_changes((Span(first.span.start, members[1].span.start), ""))
    return draft.put(first.span, new.text)


def _scaled_fraction(draft: Draft, node: Op, scale: Scale) -> str | None:
    top, bottom = node.args
    over_text, below = draft.written(top), draft.written(bottom)
    named = keys(node)
    if scale.up in named or scale.down in named:
        return None  # dropping it says the same
    if isinstance(bottom, Num) and bottom.value == 0:
        return None
    if isinstance(top, Num) and isinstance(bottom, Num) and not (scale.up or scale.down):
        return number_text(top.value / bottom.value * scale.number)
    number = scale.number
    lead = bottom.factors[0] if isinstance(bottom, Product) else bottom
    if number != 1 and isinstance(lead, Num) and (lead.value / number).denominator == 1:
        left = lead.value / number
        rest = draft.of(Span(lead.span.end, bottom.span.end)).strip()
        below = joined("" if left == 1 and rest else number_text(left), rest).strip()
        number = ONE
    if number != 1 and isinstance(top, Num) and (top.value * number).denominator == 1:
        over_text = number_text(top.value * number)
        number = ONE
    over_text = _times(over_text, top, Scale(Fraction(number.numerator), scale.up).text)
    below = _times(below, bottom, Scale(Fraction(number.denominator), scale.down).text)
    return over_text if below == "1" else over(over_text, below)


def _times(text: str, node: Node, factor: str) -> str:
    if factor == "1":
        return text
    if text == "1":
        return factor
    return joined(factor, bracketed(text) if is_sum(node) else text)


# Factors too many --------------------------------------------------------------------------------


def _dropped(draft: Draft) -> Iterator[Edit]:
    for node in parts(draft):
        if isinstance(node, Product) and apart(node.factors):
            for number in range(len(node.factors)):
                yield from edit("factor", _without(draft, node.factors, number),
                                _words_of_dropped(draft, node, node.factors[number]))  # fmt: skip
        elif isinstance(node, Op) and node.op in ("odot", "otimes", "oslash"):
            for number in range(2):
                yield from edit("factor", _without(draft, node.args, number))
        elif isinstance(node, Op) and node.op == "frac" and FRAC.match(draft.written(node)):
            yield from _dropped_of_fraction(draft, node)


def _words_of_dropped(draft: Draft, node: Node, factor: Node) -> str:
    if node is not draft.node or not draft.scalar(factor):
        return ""
    return f"the two sides differ by the factor {draft.written(factor)}"


def _without(draft: Draft, members: tuple[Node, ...], number: int) -> str | None:
    if number + 1 < len(members):
        gap = Span(members[number].span.start, members[number + 1].span.start)
    else:
        gap = Span(members[number - 1].span.end, members[number].span.end)
    return draft.with_changes((gap, ""))


def _dropped_of_fraction(draft: Draft, node: Op) -> Iterator[Edit]:
    top, bottom = node.args
    below = draft.written(bottom)
    if not isinstance(bottom, Product):
        text = draft.written(top)
        text = bracketed(text) if is_sum(top) else text
        yield from edit("factor", draft.put(node.span, text),
                        f"the two sides differ by the factor {below}")  # fmt: skip
    if not isinstance(top, Product | Num):
        yield from edit("factor", draft.put(top.span, "1"))
