"""Shapes of applications, derivatives and differentials, and the form that is differentiated."""

from __future__ import annotations

from proofread.algebra.dimensions import ONE, SCALAR, Shape
from proofread.latex.tokens import Refusal
from proofread.shapes.inference import Inference, rule
from proofread.shapes.misses import require_current, undeclared
from proofread.shapes.variables import Variable, variable_of
from proofread.symbols.dependencies import dependencies
from proofread.symbols.keys import display
from proofread.symbols.table import Signature, Symbol
from proofread.syntax.nodes import (
    Apply,
    ArgMin,
    At,
    Compose,
    Derivative,
    Differential,
    Directional,
    FunctionDerivative,
    Grouped,
    Name,
    Node,
    is_zero,
    rewrite,
)

# Functions -------------------------------------------------------------------------------------


def signature_of(i: Inference, function: Node) -> Signature:
    """Domains and codomain of a function of the page, or of several composed."""
    if isinstance(function, Grouped):
        return signature_of(i, function.body)
    if isinstance(function, Compose):
        outer, inner = signature_of(i, function.outer), signature_of(i, function.inner)
        if len(outer.domains) != 1 or not i.unify(outer.domains[0], inner.codomain):
            raise Refusal(
                "shape-mismatch",
                f"the inner function gives {i.resolved(inner.codomain)} and the outer one takes "
                f"{i.resolved(outer.domains[0])}",
                function.span,
            )
        return Signature(inner.domains, outer.codomain)
    if not isinstance(function, Name):
        raise Refusal("shape-mismatch", "a function is expected here", function.span)
    symbol = i.table.lookup(function.key)
    if symbol is None:
        raise undeclared(function.key, function.span, i.table)
    require_current(i.table, symbol, function.span)
    if symbol.signature is None:
        raise Refusal("shape-mismatch", f"“{display(function.key)}” is no function", function.span)
    return symbol.signature


def _argument_shapes(i: Inference, node: Node, function: Node, args: tuple[Node, ...],
                     signature: Signature) -> list[Shape]:  # fmt: skip
    """Shapes of the arguments; those of the formal ones where none are written."""
    if not args:
        symbol = i.table.lookup(function.key) if isinstance(function, Name) else None
        if symbol is None or not symbol.formals:
            raise Refusal("shape-mismatch", "the function lacks its argument", node.span)
        return list(signature.domains)
    if len(args) != len(signature.domains):
        name = display(function.key) if isinstance(function, Name) else "the function"
        raise i.mismatch(node, f"“{name}” takes {len(signature.domains)} arguments, not "
                         f"{len(args)}")  # fmt: skip
    return [i.shape(arg) for arg in args]


@rule(Apply)
def _apply(i: Inference, node: Apply) -> Shape:
    """A scalar function acts on each element; others need arguments of their domain's shape."""
    signature = signature_of(i, node.function)
    shapes = _argument_shapes(i, node, node.function, node.args, signature)
    if len(shapes) == 1 and signature.domains[0].scalar and signature.codomain.scalar:
        return shapes[0]
    for arg, shape, domain in zip(node.args, shapes, signature.domains, strict=True):
        _require_domain(i, arg, shape, domain)
    return signature.codomain


def _require_domain(i: Inference, arg: Node, shape: Shape, domain: Shape) -> None:
    if is_zero(arg):
        i.out.shapes[id(arg)] = domain
    elif not i.unify(shape, domain):
        raise i.mismatch(
            arg,
            f"the argument has the shape {i.resolved(shape)}, and the function takes "
            f"{i.resolved(domain)}",
        )


# Derivatives -----------------------------------------------------------------------------------


@rule(Derivative)
def _derivative(i: Inference, node: Derivative) -> Shape:
    variables = [variable_of(by) for by in node.by]
    shapes = [_variable_shape(i, variable) for variable in variables]
    target = _form(i, node, variables[0])
    shape = i.resolved(i.shape(target))
    _require_occurrence(i, node, target, variables)
    if len(variables) == 1:
        return first_order(i, node, node.style, shape, shapes[0])
    return _higher_order(i, node, shape, shapes)


def _variable_shape(i: Inference, variable: Variable) -> Shape:
    symbol = i.table.lookup(variable.key)
    if symbol is not None and symbol.role in ("dimension", "function", "index"):
        raise Refusal("ambiguous", "a derivative is taken by a symbol that can vary",
                      variable.part.span)  # fmt: skip
    shape = i.resolved(i.shape(variable.part))
    if variable.transposed:
        shape = shape.transposed
    if variable.stacked:
        shape = Shape((shape.rows * shape.columns, ONE))
    return shape


def _form(i: Inference, node: Derivative, variable: Variable) -> Node:
    """The target, with each defined symbol in the latest form in which the variable occurs."""
    symbol = i.table.lookup(variable.key)
    if symbol is None or symbol.definition is None:
        return node.target

    def change(part: Node) -> Node | None:
        if isinstance(part, Apply | FunctionDerivative):
            function = part.function
            symbol = i.table.lookup(function.key) if isinstance(function, Name) else None
            is_value = (
                isinstance(part, Apply)
                and symbol is not None
                and part.args == tuple(Name(part.span, key) for key in symbol.formals)
            )
            return _latest(i, function, variable.key) if is_value else None
        if isinstance(part, Name) and part.key != variable.key:
            return _latest(i, part, variable.key)
        return None

    target = rewrite(node.target, change)
    if target is not node.target:
        i.out.rewritten[id(node)] = target
        i.out.keep.append(target)
    return target


def _latest(i: Inference, name: Node, key: str) -> Node | None:
    if not isinstance(name, Name):
        return None
    for form in reversed(i.table.forms.get(name.key, ())):
        if key in dependencies(form.node, i.table):
            i.out.notes.append(
                f"“{display(name.key)}” was taken as {form.text} (line {form.line}) for the "
                f"derivative by “{display(key)}”"
            )
            return form.node
    return None


def _require_occurrence(
    i: Inference, node: Derivative, target: Node, variables: list[Variable]
) -> None:
    behind = dependencies(target, i.table)
    for variable in variables:
        if variable.key in behind:
            continue
        symbol = i.table.lookup(variable.key)
        if symbol is not None and symbol.definition is not None:
            raise Refusal(
                "ambiguous",
                f"“{display(variable.key)}” does not occur in what is differentiated, in none of "
                "the forms that the page gives it",
                node.span,
                (f"state the form that contains {display(variable.key)} before",),
            )
        i.out.vanishing.append(node)


def first_order(i: Inference, node: Node, style: str, target: Shape, by: Shape) -> Shape:
    """The shape under the page's layout.

    Raises:
        Refusal: ``ambiguous`` where the derivative is no matrix.

    """
    if len(target.dims) != 2 or len(by.dims) != 2:
        raise _no_matrix(node, target, by)
    if style == "nabla":
        if not target.scalar:
            raise Refusal(
                "ambiguous",
                f"∇ of what is no scalar ({target}) has two readings, the Jacobian and its "
                "transpose",
                node.span,
                ("write \\frac{\\partial y}{\\partial x} under a layout, or J_f",),
            )
        return by
    if target.scalar:
        return by.transposed if i.layout == "numerator" else by
    if by.scalar:
        return target.transposed if i.layout == "denominator" else target
    if target.vector and by.vector:
        if i.layout == "denominator":
            return Shape((by.rows, target.rows))
        return Shape((target.rows, by.rows))
    raise _no_matrix(node, target, by)


STACKED = "\\frac{\\partial \\operatorname{vec}(Y)}{\\partial \\operatorname{vec}(X)}"


def _no_matrix(node: Node, target: Shape, by: Shape) -> Refusal:
    return Refusal(
        "ambiguous",
        f"the derivative of an array of shape {target} by one of shape {by} is no matrix",
        node.span,
        (
            "write it with all its indices, \\frac{\\partial Y_{ij}}{\\partial X_{kl}}",
            f"or with \\operatorname{{vec}}, {STACKED}",
        ),
    )


def _higher_order(i: Inference, node: Derivative, target: Shape, by: list[Shape]) -> Shape:
    if all(shape.scalar for shape in by):
        return first_order(i, node, "partial", target, SCALAR)
    if not target.scalar:
        raise _no_matrix(node, target, by[0])
    if len(by) == 2:
        left, right = by
        if left.scalar or right.scalar:
            return right if left.scalar else left
        if left.vector and right.row:
            return Shape((left.rows, right.columns))
        if left.vector and right.vector and node.by[0] == node.by[1]:
            return Shape((left.rows, right.rows))
    raise Refusal(
        "ambiguous",
        "a second derivative by arrays of these shapes has several readings",
        node.span,
        ("write it with indices, or \\partial x \\, \\partial y^\\top",),
    )


@rule(FunctionDerivative)
def _function_derivative(i: Inference, node: FunctionDerivative) -> Shape:
    signature = signature_of(i, node.function)
    shapes = _argument_shapes(i, node, node.function, node.args, signature)
    domain, codomain = signature.domains[node.which], signature.codomain
    if node.style == "prime":
        if not domain.scalar:
            raise Refusal("ambiguous", "a prime is the derivative of a function of one scalar",
                          node.span)  # fmt: skip
        if codomain.scalar:
            return shapes[0]
        _require_domain(i, node.args[0] if node.args else node, shapes[0], domain)
        return codomain
    for arg, shape, each in zip(node.args, shapes, signature.domains, strict=False):
        _require_domain(i, arg, shape, each)
    if node.style == "jacobian":
        if not (codomain.vector or codomain.scalar) or not (domain.vector or domain.scalar):
            raise _no_matrix(node, codomain, domain)
        return Shape((codomain.rows, domain.rows))
    if node.style == "hessian":
        if not codomain.scalar or not (domain.vector or domain.scalar):
            raise _no_matrix(node, codomain, domain)
        return Shape((domain.rows, domain.rows))
    return first_order(i, node, node.style, codomain, domain)


@rule(Directional)
def _directional(i: Inference, node: Directional) -> Shape:
    signature = signature_of(i, node.function)
    shapes = _argument_shapes(i, node, node.function, node.args, signature)
    for arg, shape, domain in zip(node.args, shapes, signature.domains, strict=True):
        _require_domain(i, arg, shape, domain)
    _require_domain(i, node.direction, i.shape(node.direction), signature.domains[0])
    return signature.codomain


@rule(Differential)
def _differential(i: Inference, node: Differential) -> Shape:
    return i.shape(node.target)


@rule(At)
def _at(i: Inference, node: At) -> Shape:
    variable = variable_of(node.variable)
    if not isinstance(variable.part, Name):
        raise Refusal("ambiguous", "only a whole symbol can be set to a value", node.variable.span)
    where, value = i.shape(node.variable), i.shape(node.value)
    if is_zero(node.value):
        i.out.shapes[id(node.value)] = where
    elif not i.unify(where, value):
        raise i.mismatch(node.value, f"the value has the shape {i.resolved(value)}, the variable "
                         f"{i.resolved(where)}")  # fmt: skip
    return i.shape(node.target)


@rule(ArgMin)
def _arg_min(i: Inference, node: ArgMin) -> Shape:
    body = i.resolved(i.shape(node.body))
    if not body.scalar:
        raise i.mismatch(node.body, f"only a scalar has a smallest value, not {body}")
    variable = variable_of(node.variable)
    symbol: Symbol | None = i.table.lookup(variable.key)
    if symbol is not None and variable.key not in dependencies(node.body, i.table):
        raise Refusal("ambiguous", "the variable does not occur in what is minimised", node.span)
    return i.shape(node.variable)
