"""Ellipses filled in from the pattern of the terms around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction

from proofread.algebra.dimensions import Dim
from proofread.latex.tokens import Refusal, Span
from proofread.syntax.nodes import (
    Big,
    Block,
    Diagonal,
    Dots,
    Fill,
    IndexName,
    Name,
    Node,
    Num,
    Op,
    Product,
    Row,
    Sum,
    rewrite,
    strip,
    walk,
)


def to_dim(node: Node) -> Dim | None:
    """An index or a bound as a polynomial in names; ``None`` where it is none."""
    node = strip(node)
    if isinstance(node, Num):
        return Dim.of(int(node.value)) if node.value.denominator == 1 else None
    if isinstance(node, Name):
        return Dim.of(node.key)
    if isinstance(node, IndexName):
        return Dim.of("@" + node.name)
    if isinstance(node, Sum | Product):
        parts = [to_dim(part) for part in (node.terms if isinstance(node, Sum) else node.factors)]
        total = Dim.of(0 if isinstance(node, Sum) else 1)
        for position, part in enumerate(parts):
            if part is None:
                return None
            if isinstance(node, Sum):
                total = total + part if node.signs[position] > 0 else total - part
            else:
                total = total * part
        return total
    return None


def from_dim(dim: Dim, span: Span) -> Node:
    """The node that :func:`to_dim` reads as ``dim``."""
    terms: list[Node] = []
    signs: list[int] = []
    for monomial, factor in dim.terms:
        names: list[Node] = [
            IndexName(span, name[1:]) if name.startswith("@") else Name(span, name)
            for name in monomial
        ]
        if abs(factor) != 1 or not names:
            names.insert(0, Num(span, Fraction(abs(factor))))
        terms.append(names[0] if len(names) == 1 else Product(span, tuple(names)))
        signs.append(1 if factor > 0 else -1)
    if not terms:
        return Num(span, Fraction(0))
    if len(terms) == 1 and signs == [1]:
        return terms[0]
    return Sum(span, tuple(terms), tuple(signs))


@dataclass(frozen=True)
class Hole(Node):
    """A place where two terms differ, by its number."""

    number: int


def merge(left: Node, right: Node, holes: list[tuple[Dim, Dim]]) -> Node | None:
    """The tree that both share, with holes where their indices differ."""
    if left == right:
        return left
    p, q = to_dim(left), to_dim(right)
    if p is not None and q is not None:
        holes.append((p, q))
        return Hole(left.span, len(holes) - 1)
    if type(left) is not type(right):
        return None
    updates: dict[str, object] = {}
    for item in fields(left):
        if item.name in ("span", "literal"):
            continue
        a, b = getattr(left, item.name), getattr(right, item.name)
        if isinstance(a, Node) and isinstance(b, Node):
            merged = merge(a, b, holes)
            if merged is None:
                return None
            updates[item.name] = merged
        elif isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
            parts = []
            for x, y in zip(a, b, strict=True):
                if isinstance(x, Node) and isinstance(y, Node):
                    part = merge(x, y, holes)
                    if part is None:
                        return None
                    parts.append(part)
                elif x == y:
                    parts.append(x)
                else:
                    return None
            updates[item.name] = tuple(parts)
        elif a != b:
            return None
    return replace(left, **updates)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Pattern:
    """A term with holes, what stands in each at the anchor, and by how much each steps."""

    body: Node
    anchor: tuple[Dim, ...]
    steps: tuple[int, ...]

    def at(self, offset: int | Dim, span: Span) -> Node:
        """The term that stands ``offset`` places behind the anchor."""
        by = Dim.of(offset) if isinstance(offset, int) else offset
        values = [
            from_dim(value + by * Dim.of(step), span)
            for value, step in zip(self.anchor, self.steps, strict=True)
        ]
        return rewrite(self.body, lambda n: values[n.number] if isinstance(n, Hole) else None)


def find_pattern(anchor: Node, last: Node, before: Node | None) -> tuple[Pattern, Dim] | None:
    """The pattern from ``anchor`` to ``last`` and how many steps lie between the two."""
    holes: list[tuple[Dim, Dim]] = []
    body = merge(anchor, last, holes)
    if body is None or not holes:
        return None
    steps = _steps(anchor, before, holes)
    if steps is None:
        return None
    distance: Dim | None = None
    for (start, end), step in zip(holes, steps, strict=True):
        if step == 0:
            return None
        gap = _divided(end - start, step)
        if gap is None or (distance is not None and gap != distance):
            return None
        distance = gap
    if distance is None:
        return None
    return Pattern(body, tuple(start for start, _ in holes), tuple(steps)), distance


def _steps(anchor: Node, before: Node | None, holes: list[tuple[Dim, Dim]]) -> list[int] | None:
    default = [-1 if start.number is None and end.number is not None else 1 for start, end in holes]
    if before is None:
        return default
    earlier: list[tuple[Dim, Dim]] = []
    if merge(before, anchor, earlier) is None:
        return default
    if len(earlier) != len(holes):
        return None
    steps = []
    for (previous, here), (start, _) in zip(earlier, holes, strict=True):
        step = (here - previous).number
        if step is None or here != start:
            return None
        steps.append(step)
    return steps


def _divided(dim: Dim, by: int) -> Dim | None:
    if any(factor % by for _, factor in dim.terms):
        return None
    return Dim(tuple((monomial, factor // by) for monomial, factor in dim.terms))


def normalized(node: Node) -> Node:
    """The term with first and zeroth powers written out, to compare with how it is printed."""
    node = strip(node)
    if isinstance(node, Op) and node.op == "power" and isinstance(node.args[1], Num):
        if node.args[1].value == 1:
            return normalized(node.args[0])
        if node.args[1].value == 0:
            return Num(node.span, Fraction(1))
    if isinstance(node, Product):
        factors = [normalized(part) for part in node.factors]
        kept = [part for part in factors if part != Num(node.span, Fraction(1))]
        if len(kept) == 1:
            return kept[0]
        if not kept:
            return Num(node.span, Fraction(1))
        return Product(node.span, tuple(kept))
    return node


def unclear(span: Span) -> Refusal:
    return Refusal(
        "ambiguous",
        "the terms around the dots don't fix a pattern",
        span,
        ("write two terms of one form before the dots and the last one behind them, or a sum",),
    )


@dataclass(frozen=True)
class Run:
    """A stretch of items that dots and their neighbours stand for."""

    start: int
    stop: int
    name: str
    lower: Node
    upper: Node
    body: Node


def expanded(node: Node) -> Node:
    """Whole powers as products, so that ``x_2^2`` has the form of ``x_2 x_n``."""

    def change(part: Node) -> Node | None:
        if isinstance(part, Op) and part.op == "power" and isinstance(part.args[1], Num):
            times = part.args[1].value
            if times in (2, 3):
                return Product(part.span, (part.args[0],) * int(times))
        return None

    return rewrite(node, change)


def find_run(items: Sequence[Node], span: Span, first_dots: int) -> Run:
    """The run around the dots at ``first_dots``, powers written out where that is needed.

    Raises:
        Refusal: ``ambiguous`` where the neighbours fix no pattern.

    """
    try:
        return _find_run(items, span, first_dots)
    except Refusal:
        return _find_run([expanded(item) for item in items], span, first_dots)


def _find_run(items: Sequence[Node], span: Span, first_dots: int) -> Run:
    """The run around the dots at ``first_dots``.

    Raises:
        Refusal: ``ambiguous`` where the neighbours fix no pattern.

    """
    behind = first_dots + 1
    middle: Node | None = None
    if behind + 1 < len(items) and isinstance(items[behind + 1], Dots):
        middle = items[behind]
        behind += 2
    if first_dots == 0 or behind >= len(items) or isinstance(items[behind], Dots):
        raise unclear(items[first_dots].span)
    anchor, last = items[first_dots - 1], items[behind]
    before = items[first_dots - 2] if first_dots >= 2 else None
    found = find_pattern(anchor, last, before)
    if found is None and before is not None:
        found = find_pattern(anchor, last, None)
        if found is not None and merge(before, found[0].at(-1, span), []) is not None:
            found = None
    if found is None:
        raise unclear(items[first_dots].span)
    pattern, distance = found
    if middle is not None and not any(merge(each, middle, []) for each in (pattern.body, anchor)):
        raise unclear(middle.span)
    start = first_dots - 1
    back = 0
    while start > 0 and normalized(items[start - 1]) == normalized(pattern.at(back - 1, span)):
        start -= 1
        back -= 1
    if start > 0 and merge(items[start - 1], anchor, []) is not None:
        raise unclear(items[start - 1].span)
    stop = behind
    while stop + 1 < len(items) and items[stop + 1] == pattern.at(distance + Dim.of(1), span):
        stop += 1
        distance = distance + Dim.of(1)
    return _run(pattern, start, stop, back, distance, span)


def _run(pattern: Pattern, start: int, stop: int, back: int, distance: Dim, span: Span) -> Run:
    name = f"…{1 + _dots_level(pattern.body)}"
    index = Dim.of("@" + name)
    if 1 in pattern.steps:
        origin = pattern.anchor[pattern.steps.index(1)]
    else:
        origin = Dim.of(1 - back)
    lower = from_dim(origin + Dim.of(back), span)
    upper = from_dim(origin + distance, span)
    body = pattern.at(index - origin, span)
    return Run(start, stop, name, lower, upper, body)


def _dots_level(body: Node) -> int:
    """How many levels of filled dots stand below; equal rows get equal names by it."""
    levels = [int(part.name[1:]) for part in walk(body)
              if isinstance(part, IndexName) and part.name.startswith("…")]  # fmt: skip
    return max(levels, default=0)


def _first_dots(items: Sequence[Node]) -> int | None:
    for position, item in enumerate(items):
        if isinstance(item, Dots):
            return position
    return None


def fill_sum(terms: tuple[Node, ...], signs: tuple[int, ...], span: Span) -> Node:
    """The sum with each run of dots turned into a sum over an index."""
    while (position := _first_dots(terms)) is not None:
        run = find_run(terms, span, position)
        if len(set(signs[run.start + 1 : run.stop + 1])) != 1:
            raise unclear(terms[position].span)
        sign = signs[run.stop]
        if signs[run.start] != sign:
            raise unclear(terms[position].span)
        total = Big(span, "sum", (run.name,), run.lower, run.upper, None, run.body)
        terms = (*terms[: run.start], total, *terms[run.stop + 1 :])
        signs = (*signs[: run.start], sign, *signs[run.stop + 1 :])
    if len(terms) == 1 and signs == (1,):
        return terms[0]
    return Sum(span, terms, signs)


def fill_product(factors: tuple[Node, ...], span: Span) -> Node:
    while (position := _first_dots(factors)) is not None:
        run = find_run(factors, span, position)
        total = Big(span, "prod", (run.name,), run.lower, run.upper, None, run.body)
        factors = (*factors[: run.start], total, *factors[run.stop + 1 :])
    return factors[0] if len(factors) == 1 else Product(span, factors)


def fill_cells(cells: tuple[Node, ...], span: Span) -> tuple[Node, ...]:
    """Cells of a row, or rows of an array, with each run of dots turned into a Fill."""
    while (position := _first_dots(cells)) is not None:
        run = find_run(cells, span, position)
        fill = Fill(span, run.name, run.lower, run.upper, run.body)
        cells = (*cells[: run.start], fill, *cells[run.stop + 1 :])
    return cells


def fill_block(rows: list[list[Node | None]], span: Span) -> Node:
    """A matrix with its dots filled in; ``None`` stands for an empty cell."""
    diagonal = _diagonal(rows, span)
    if diagonal is not None:
        return diagonal
    filled: list[Node] = []
    for row in rows:
        if all(cell is None or isinstance(cell, Dots) for cell in row):
            if len(row) == 1 and isinstance(row[0], Dots):
                filled.append(Dots(row[0].span, "vdots"))
            else:
                filled.append(Dots(span, "vdots"))
            continue
        cells = _without_vertical(row, span)
        filled.append(Row(span, fill_cells(cells, span)))
    return Block(span, fill_cells(tuple(filled), span))


def _without_vertical(row: list[Node | None], span: Span) -> tuple[Node, ...]:
    if any(cell is None for cell in row):
        raise Refusal("latex-syntax", "a matrix has an empty cell", span)
    return tuple(cell for cell in row if cell is not None)


def _is_blank(cell: Node | None) -> bool:
    return cell is None or isinstance(cell, Dots) or (isinstance(cell, Num) and cell.value == 0)


def _diagonal(rows: list[list[Node | None]], span: Span) -> Node | None:
    """A matrix with entries on its diagonal alone, dots among them."""
    count = len(rows)
    if count < 2 or any(len(row) > count for row in rows):
        return None
    grid = [[*row, *[None] * (count - len(row))] for row in rows]
    off = [grid[i][j] for i in range(count) for j in range(count) if i != j]
    on = [grid[i][i] for i in range(count)]
    if not all(_is_blank(cell) for cell in off) or any(cell is None for cell in on):
        return None
    dotted = [isinstance(cell, Dots) for cell in on]
    if not any(dotted):
        if any(cell is None for cell in off):
            return Diagonal(span, tuple(cell for cell in on if cell is not None))
        return None
    if dotted[0] or dotted[-1]:
        return None
    cells = fill_cells(tuple(cell for cell in on if cell is not None), span)
    return Diagonal(span, cells)
