"""Operations on matrices: products of all kinds, transposes, inverses, traces, norms."""

from __future__ import annotations

from proofread.algebra import linear
from proofread.algebra import matrices as m
from proofread.algebra.dimensions import ONE, SCALAR, Shape, Unifier
from proofread.algebra.matrices import Value
from proofread.algebra.numbers import Field, Undefined
from proofread.commands.registry import (
    LEVEL_COLON,
    LEVEL_ELEMENTWISE,
    AmbiguousError,
    ShapeError,
    function,
    infix,
    operation,
    plain,
    same_shape,
    square,
)


def _scalar_of_any(_: Unifier, _shapes: list[Shape]) -> Shape:
    return SCALAR


def _scalar_of_square(unifier: Unifier, shapes: list[Shape]) -> Shape:
    square(unifier, shapes)
    return SCALAR


def _transposed(_: Unifier, shapes: list[Shape]) -> Shape:
    shape = shapes[0]
    if len(shape.dims) != 2:
        raise ShapeError(f"an array of order {len(shape.dims)} has no transpose")
    return shape.transposed


operation("transpose", _transposed, plain(m.transpose))
operation("inverse", square, linear.inverse)
operation("pinv", _transposed, linear.pseudo_inverse)
operation("sqrtm", square, linear.square_root, total=False)

function("tr", "trace", "Tr", "Trace", "tra", shape=_scalar_of_square, value=plain(m.trace),
         takes="product")  # fmt: skip
function("det", "Det", shape=_scalar_of_square, value=linear.determinant)
function("logdet", shape=_scalar_of_square, total=False,
         value=lambda field, x: field.log(linear.determinant(field, x)))  # fmt: skip
function("expm", shape=square, value=linear.exponential, takes="brackets")


def _stacked(unifier: Unifier, shapes: list[Shape]) -> Shape:
    shape = unifier.shape(shapes[0])
    return Shape((shape.rows * shape.columns, ONE))


function("vec", "vect", shape=_stacked, value=plain(m.stack))


def _diagonal(unifier: Unifier, shapes: list[Shape]) -> Shape:
    shape = unifier.shape(shapes[0])
    if shape.vector or shape.scalar:
        return Shape((shape.rows, shape.rows))
    if shape.row:
        return Shape((shape.columns, shape.columns))
    square(unifier, shapes)
    return Shape((shape.rows, ONE))


function("diag", "Diag", shape=_diagonal, value=plain(m.diagonal))
function("rank", "rk", "rg", shape=_scalar_of_any, smooth=False,
         value=lambda field, x: field.num(linear.rank(x)))  # fmt: skip


def _elementwise_shape(unifier: Unifier, shapes: list[Shape]) -> Shape:
    left, right = (unifier.shape(shape) for shape in shapes)
    if left.scalar != right.scalar:
        raise ShapeError(f"element by element needs equal shapes, not {left} and {right}")
    return same_shape(unifier, shapes)


def _quotient(field: Field, x: Value, y: Value) -> Value:
    return m.zip_entries(field.divide, x, y)


infix("odot", "circ", "ast", "*", shape=_elementwise_shape, level=LEVEL_ELEMENTWISE,
      value=plain(m.entrywise))  # fmt: skip
infix("oslash", shape=_elementwise_shape, value=_quotient, level=LEVEL_ELEMENTWISE)


def _times_shape(unifier: Unifier, shapes: list[Shape]) -> Shape:
    for shape in shapes:
        if not unifier.shape(shape).scalar:
            raise ShapeError(
                f"× stands between numbers and scalars only, not with {unifier.shape(shape)}",
                "a product of matrices is written without a sign, A \\otimes B is Kronecker's",
            )
    return SCALAR


operation("times", _times_shape, plain(m.multiply))


def _kronecker_shape(unifier: Unifier, shapes: list[Shape]) -> Shape:
    left, right = (unifier.shape(shape) for shape in shapes)
    return Shape((left.rows * right.rows, left.columns * right.columns))


infix("otimes", shape=_kronecker_shape, value=plain(m.kronecker), level=LEVEL_ELEMENTWISE)


def _inner_shape(unifier: Unifier, shapes: list[Shape]) -> Shape:
    _elementwise_shape(unifier, shapes)
    return SCALAR


infix(":", shape=_inner_shape, value=plain(m.inner), level=LEVEL_COLON)
operation("inner", _inner_shape, plain(m.inner))


def _scalar_of_vector(unifier: Unifier, shapes: list[Shape]) -> Shape:
    shape = unifier.shape(shapes[0])
    if shape.matrix:
        raise AmbiguousError(
            f"this norm of a matrix ({shape}) has several readings",
            "\\|A\\|_F is the Frobenius norm",
        )
    return SCALAR


operation("norm", _scalar_of_any, m.norm_2)
operation("norm_2", _scalar_of_vector, m.norm_2)
operation("norm_1", _scalar_of_vector, plain(m.norm_1), smooth=False)
operation("norm_inf", _scalar_of_vector, plain(m.norm_infinity), smooth=False)


def _bars_shape(unifier: Unifier, shapes: list[Shape]) -> Shape:
    shape = unifier.shape(shapes[0])
    if shape.scalar:
        return SCALAR
    if shape.vector or shape.row:
        raise AmbiguousError(
            f"single bars around a vector ({shape}) have two readings",
            "\\|x\\| is the norm; write \\lvert x_i \\rvert for each element",
        )
    return _scalar_of_square(unifier, shapes)


def _bars(field: Field, x: Value) -> Value:
    return linear.determinant(field, x) if type(x) is m.Matrix else m.absolute(x)


operation("bars", _bars_shape, _bars, smooth=False)


def _quotient_shape(unifier: Unifier, shapes: list[Shape]) -> Shape:
    top, bottom = (unifier.shape(shape) for shape in shapes)
    if not bottom.scalar:
        raise ShapeError(
            f"a fraction's denominator is a scalar, not {bottom}",
            "\\oslash divides element by element, A^{-1} is the inverse",
        )
    return top


def _divide(field: Field, x: Value, y: Value) -> Value:
    bottom = field.nonzero(y)
    if type(x) is m.Matrix:
        return m.Matrix(x.r, x.c, [entry / bottom for entry in x.a])
    return x / bottom


operation("frac", _quotient_shape, _divide)


def _power_shape(unifier: Unifier, shapes: list[Shape]) -> Shape:
    base, exponent = (unifier.shape(shape) for shape in shapes)
    if exponent.matrix and base.scalar:
        raise AmbiguousError(
            f"a power with a matrix ({exponent}) as its exponent has two readings",
            "\\operatorname{expm}(A) is the matrix exponential",
            "write the elements, e^{A_{ij}}, where each element is meant",
        )
    if not exponent.scalar:
        if base.scalar:
            return exponent
        raise ShapeError(f"the exponent is a scalar, not {exponent}")
    if base.scalar:
        return base
    if len(base.dims) == 2 and unifier.unify(base.rows, base.columns):
        return base
    kind = "vector" if base.vector or base.row else "matrix"
    raise ShapeError(
        f"only a scalar or a square matrix has powers, not a {kind} of shape {base}",
        "x \\odot x squares each element, \\|x\\|^2 is the square of the norm",
    )


def _power(field: Field, x: Value, exponent: Value) -> Value:
    if type(x) is m.Matrix:
        whole = int(exponent.real)
        if exponent != whole:
            if exponent * 2 != int((exponent * 2).real):
                raise Undefined("a matrix has whole and half powers only")
            root = linear.square_root(field, x)
            return linear.whole_power(field, root, int((exponent * 2).real))
        return linear.whole_power(field, x, whole)
    if type(exponent) is m.Matrix:
        return m.map_entries(lambda entry: field.power(x, entry), exponent)
    return field.power(x, exponent)


operation("power", _power_shape, _power)


def _letter_power_shape(unifier: Unifier, shapes: list[Shape]) -> Shape:
    base = unifier.shape(shapes[0])
    if not base.scalar and len(base.dims) == 2 and base.rows == base.columns:
        raise AmbiguousError(
            "the exponent is a symbol of the page, and this may be a power or a transpose",
            "write the transpose as ^\\top",
        )
    return _power_shape(unifier, shapes)


operation("letter_power", _letter_power_shape, _power)
