"""Which factors of a product belong together: products of matrices, and scalars among them."""

from __future__ import annotations

from proofread.algebra.dimensions import SCALAR, Shape, Unifier
from proofread.latex.tokens import Refusal
from proofread.syntax.nodes import Product

Plan = int | tuple["Plan", "Plan"]
"""A factor by its number, or the product of two plans."""

MAX_GROUPED = 40


def grouping(unifier: Unifier, node: Product, shapes: list[Shape]) -> tuple[Shape, Plan]:
    """The shape of a product and the order to multiply in.

    From left to right where that fits; otherwise any grouping in which a run of factors makes a
    scalar. All groupings that fit have one value, because scalars commute with everything.
    """
    shape = shapes[0]
    plan: Plan = 0
    for number in range(1, len(shapes)):
        combined = pair(unifier, shape, shapes[number])
        if combined is None:
            break
        shape, plan = combined, (plan, number)
    else:
        return shape, plan
    if len(shapes) <= MAX_GROUPED:
        found = _search(unifier, shapes)
        if found is not None:
            return found
    left, right = unifier.shape(shape), unifier.shape(shapes[number])
    before = node.factors[0].span.to(node.factors[number - 1].span)
    raise Refusal(
        "shape-mismatch",
        f"the product of {left} and {right} does not fit",
        before.to(node.factors[number].span),
        _advice(left, right),
        ((before, str(left)), (node.factors[number].span, str(right))),
    )


def pair(unifier: Unifier, left: Shape, right: Shape) -> Shape | None:
    """The shape of a product of two, where they fit."""
    left, right = unifier.shape(left), unifier.shape(right)
    if left == SCALAR:
        return right
    if right == SCALAR:
        return left
    if len(left.dims) != 2 or len(right.dims) != 2:
        return None
    if not unifier.unify(left.columns, right.rows):
        return None
    return unifier.shape(Shape((left.rows, right.columns)))


def _search(unifier: Unifier, shapes: list[Shape]) -> tuple[Shape, Plan] | None:
    """Any grouping that fits, shorter runs first."""
    best: dict[tuple[int, int], tuple[Shape, Plan]] = {
        (k, k + 1): (shape, k) for k, shape in enumerate(shapes)
    }
    count = len(shapes)
    for length in range(2, count + 1):
        for start in range(count - length + 1):
            stop = start + length
            for middle in range(stop - 1, start, -1):
                left, right = best.get((start, middle)), best.get((middle, stop))
                if left is None or right is None:
                    continue
                shape = pair(unifier, left[0], right[0])
                if shape is not None:
                    best[start, stop] = (shape, (left[1], right[1]))
                    break
    return best.get((0, count))


def _advice(left: Shape, right: Shape) -> tuple[str, ...]:
    """The products of the two, or of their transposes, that would fit."""
    fits = []
    for word, p, q in (
        ("the first transposed", left.transposed, right),
        ("the second transposed", left, right.transposed),
        ("the other order", right, left),
    ):
        if len(left.dims) == len(right.dims) == 2 and p.columns == q.rows:
            fits.append(word)
    return (f"it would fit with {' or '.join(fits)}",) if fits else ()
