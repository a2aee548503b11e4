"""What kind of formula it is, told by its syntax tree and the shapes in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from proofread.algebra.dimensions import Shape
from proofread.commands.registry import FUNCTIONS
from proofread.latex.tokens import Refusal
from proofread.shapes.inference import Inference
from proofread.syntax.nodes import (
    Big,
    Derivative,
    Differential,
    FunctionDerivative,
    Node,
    Op,
    Product,
    strip,
    walk,
)
from proofread.verdict.state import State

OBJECTS = ("scalar", "vector", "matrix")
"""What the two sides of a formula are."""
KINDS = ("gradient", "Jacobian", "Hessian", "derivative", "differential", "definition", "identity")
"""What a formula gives: each has one of them."""
LAYOUTS = ("numerator", "denominator", "gradient form", "none")

_WORDS = {
    "tr": "trace", "det": "determinant", "logdet": "determinant", "inverse": "inverse",
    "pinv": "inverse", "inner": "inner product", ":": "inner product", "norm": "norm",
    "norm_1": "norm", "norm_2": "norm", "norm_inf": "norm", "otimes": "Kronecker product",
    "odot": "elementwise product", "oslash": "elementwise quotient",
}  # fmt: skip
"""Operations that are called otherwise than the engine calls them."""
_BIGS = {"sum": "sum", "prod": "product", "max": "max", "min": "min"}
_NAMED = frozenset(function.operation for function in FUNCTIONS.values())


@dataclass(frozen=True, slots=True)
class Classes:
    """What a formula is filed under."""

    object: str = ""
    shape: str = ""
    kind: str = "identity"
    uses: tuple[str, ...] = ()
    """The operations in it, in their order."""
    layout: str = "none"
    derived: str = ""
    """The shapes of what is differentiated and of what it is differentiated by."""


@dataclass(frozen=True, slots=True)
class _Derived:
    kind: str
    layout: str
    shapes: str = ""


def classify(state: State, terms: Sequence[Node], *, is_definition: bool) -> Classes:
    """File a formula with these terms, of which the first says what it is about."""
    found = next((found for term in terms if (found := _derived(state, term))), None)
    shape = next((shape for term in terms if (shape := _shape(state, term))), None)
    kind = "definition" if is_definition else "identity"
    filed = Classes(
        object=_object(shape) if shape else "",
        shape=str(shape) if shape else "",
        kind=found.kind if found else kind,
        uses=tuple(dict.fromkeys(use for term in terms for use in _uses(state, term))),
    )
    return replace(filed, layout=found.layout, derived=found.shapes) if found else filed


def _object(shape: Shape) -> str:
    if shape.scalar:
        return "scalar"
    return "vector" if shape.vector or shape.row else "matrix"


def _shape(state: State, node: Node) -> Shape | None:
    inference = Inference(state.table, state.layout)
    try:
        return inference.resolved(inference.shape(node))
    except Refusal:
        return None


# Derivatives -------------------------------------------------------------------------------------


def _derived(state: State, term: Node) -> _Derived | None:
    """What a term is as a whole, where that is a derivative."""
    node = strip(term)
    if isinstance(node, Differential):
        return _Derived("differential", "none")
    if isinstance(node, FunctionDerivative):
        return _of_function(state, node)
    if isinstance(node, Op) and node.op in ("transpose", "vec"):
        return _derived(state, node.args[0])
    if not isinstance(node, Derivative):
        return None
    target = _shape(state, node.target)
    by = [_shape(state, variable) for variable in node.by]
    if target is None or any(shape is None for shape in by):
        return _Derived("derivative", "none")
    variables = [shape for shape in by if shape is not None]
    between = f"{target} by {', '.join(map(str, variables))}"
    return _Derived(*_sort(state, node.style, target, variables), between)


def _sort(state: State, style: str, target: Shape, by: Sequence[Shape]) -> tuple[str, str]:
    """The kind of a derivative and the layout that it is written in."""
    if target.scalar and all(shape.scalar for shape in by):
        return "derivative", "none"
    if len(by) > 1:
        return ("Hessian" if target.scalar else "derivative"), "gradient form"
    kind = _first_order(target, by[0])
    if style == "nabla":
        return kind, "gradient form"
    if style == "jacobian":
        return kind, "numerator"
    if state.layout != "mixed":
        return kind, state.layout
    return kind, "gradient form" if kind == "gradient" else "numerator"


def _first_order(target: Shape, by: Shape) -> str:
    if target.scalar:
        return "gradient"
    return "derivative" if by.scalar else "Jacobian"


def _of_function(state: State, node: FunctionDerivative) -> _Derived:
    shape = _shape(state, node)
    if node.style == "hessian" or (node.order > 1 and shape is not None and not shape.scalar):
        return _Derived("Hessian", "gradient form")
    if shape is None or shape.scalar:
        return _Derived("derivative", "none")
    if node.style == "nabla":
        return _Derived("gradient", "gradient form")
    return _Derived("Jacobian", "numerator" if state.layout == "mixed" else state.layout)


# What is in it -----------------------------------------------------------------------------------


def _uses(state: State, term: Node) -> Iterator[str]:
    for node in walk(term):
        if isinstance(node, Op):
            name = _WORDS.get(node.op, node.op if node.op in _NAMED else "")
            yield from [name] if name else []
        elif isinstance(node, Big):
            yield _BIGS[node.op]
        elif isinstance(node, Product) and _is_matrix_product(state, node.factors):
            yield "product"


def _is_matrix_product(state: State, factors: Iterable[Node]) -> bool:
    shapes = [_shape(state, factor) for factor in factors]
    return sum(shape is not None and not shape.scalar for shape in shapes) > 1
