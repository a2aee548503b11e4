"""Families of random identities; each draws both sides and what the page defines before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.properties.polynomials import (
    INVERTIBLE,
    SIDES,
    VARIABLE,
    Factor,
    Term,
    Word,
    bracketed,
    differential,
    factors,
    gradient,
    product,
    shuffled,
    sums,
    terms,
    turned,
    words,
    written,
)


@dataclass(frozen=True)
class Identity:
    """Two terms that are equal, and the definitions that they rest on."""

    left: str
    right: str
    defined: dict[str, str] = field(default_factory=dict)


FAMILIES: dict[str, SearchStrategy[Identity]] = {}
Family = Callable[[DrawFn], Identity]
SIDE = st.sampled_from(SIDES)


def family(function: Family) -> Family:
    FAMILIES[function.__name__.strip("_")] = st.composite(function)()
    return function


def _one(word: Word) -> Term:
    return Term(Fraction(1), (), word)


def _text(word: Word) -> str:
    return written([_one(word)])


def _traced(term: Term) -> Term:
    """A number times the trace of a word."""
    return replace(term, word=(Factor(f"\\operatorname{{tr}}({_text(term.word)})"),))


@family
def _expand(draw: DrawFn) -> Identity:
    rows, inner, columns = draw(SIDE), draw(SIDE), draw(st.sampled_from([*SIDES, "1"]))
    left, right = draw(sums(rows, inner, 2)), draw(sums(inner, columns, draw(st.integers(1, 2))))
    expanded = shuffled(draw, product(left, right))
    return Identity(bracketed(left) + " " + bracketed(right), written(expanded))


@family
def _transpose(draw: DrawFn) -> Identity:
    parts = draw(sums(draw(SIDE), draw(st.sampled_from([*SIDES, "1"])), 2, 3))
    return Identity(
        bracketed(parts) + "^\\top", written(shuffled(draw, [term.turned for term in parts]))
    )


@family
def _trace(draw: DrawFn) -> Identity:
    side = draw(SIDE)
    parts = draw(sums(side, side, draw(st.integers(1, 2)), 4))
    cycled = []
    for term in parts:
        place = draw(st.integers(0, len(term.word) - 1))
        word = term.word[place:] + term.word[:place]
        cycled.append(_traced(replace(term, word=turned(word) if draw(st.booleans()) else word)))
    return Identity(f"\\operatorname{{tr}}{bracketed(parts)}", written(cycled))


def _with_x(draw: DrawFn) -> Word:
    """A scalar with ``x`` in it once or twice."""
    x = Factor("x")
    kind = draw(st.integers(0, 2))
    if kind == 0:
        return (x.turned, *draw(words("n", "1", 2)))
    if kind == 1:
        return (*draw(words("1", "n", 2)), x)
    return (x.turned, *draw(words("n", "n", 2)), x)


@family
def _gradient(draw: DrawFn) -> Identity:
    parts = tuple(draw(terms(_with_x(draw))) for _ in range(draw(st.integers(1, 2))))
    operator = draw(st.sampled_from(["\\nabla_x f", "\\frac{\\partial f}{\\partial x}"]))
    right = written(shuffled(draw, gradient(parts, "x")))
    return Identity(operator, right, {"f": written(parts)})


@family
def _hessian(draw: DrawFn) -> Identity:
    x = Factor("x")
    number = draw(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(-2)]))
    word = draw(words("n", "n", 2))
    if "x" in {factor.letter for factor in word}:
        word = (Factor("N"),)
    parts = (Term(number, (), word), Term(number, (), turned(word)))
    quadratic = Term(number, (), (x.turned, *word, x))
    return Identity("\\nabla_x^2 f", written(shuffled(draw, parts)), {"f": written([quadratic])})


@family
def _norm(draw: DrawFn) -> Identity:
    rows = draw(st.sampled_from(["m", "k"]))
    inner = draw(words(rows, "n", 2))
    if "x" in {factor.letter for factor in inner}:
        inner = (draw(factors(rows, "n")),)
    target = draw(factors(rows, "1"))
    sign = draw(st.sampled_from([1, -1]))
    residual = (_one((*inner, Factor("x"))), Term(Fraction(sign), (), (target,)))
    scale, factor = draw(st.sampled_from([("", "2 "), ("\\frac{1}{2} ", ""),
                                          ("\\frac{1}{n} ", "\\frac{2}{n} ")]))  # fmt: skip
    return Identity(
        "\\nabla_x f",
        f"{factor}{_text(turned(inner))} {bracketed(residual)}",
        {"f": f"{scale}\\|{written(residual)}\\|^2"},
    )


@family
def _trace_gradient(draw: DrawFn) -> Identity:
    x = Factor(VARIABLE)
    kind = draw(st.integers(0, 2))
    if kind == 0:
        side = draw(SIDE)
        word = (*draw(words(side, "m", 2)), x, *draw(words("n", side, 2)))
    elif kind == 1:
        side = draw(SIDE)
        word = (*draw(words(side, "n", 2)), x.turned, *draw(words("m", side, 2)))
    else:
        word = (x.turned, *draw(words("m", "m", 2)), x, *draw(words("n", "n", 1)))
    part = draw(terms(word))
    return Identity(
        f"\\nabla_{VARIABLE} f",
        written(shuffled(draw, gradient([part], VARIABLE))),
        {"f": written([_traced(part)])},
    )


@family
def _differential(draw: DrawFn) -> Identity:
    if draw(st.booleans()):
        word: Word = (draw(factors(draw(SIDE), "n")), Factor("P", inverse=True),
                      *draw(words("n", draw(st.sampled_from([*SIDES, "1"])), 1)))  # fmt: skip
    else:
        word = draw(words(draw(SIDE), draw(SIDE), 3))
    parts = differential([_one(word)])
    return Identity(f"d({_text(word)})", written(shuffled(draw, parts)))


@family
def _kronecker(draw: DrawFn) -> Identity:
    if draw(st.booleans()):
        rows, columns = draw(SIDE), draw(SIDE)
        left, right = draw(words(rows, "m", 2)), draw(words("n", columns, 2))
        return Identity(
            f"\\operatorname{{vec}}({_text(left)} {VARIABLE} {_text(right)})",
            f"(({_text(turned(right))}) \\otimes ({_text(left)})) "
            f"\\operatorname{{vec}}({VARIABLE})",
        )
    first, second = draw(words("m", "n", 1)), draw(words("n", "m", 1))
    third, fourth = draw(words("n", "m", 1)), draw(words("m", "n", 1))
    return Identity(
        f"({_text(first)} \\otimes {_text(second)}) ({_text(third)} \\otimes {_text(fourth)})",
        f"({_text(first + third)}) \\otimes ({_text(second + fourth)})",
    )


@st.composite
def _invertible(draw: DrawFn) -> Word:
    letters = draw(st.lists(st.sampled_from(INVERTIBLE), min_size=2, max_size=3))
    return tuple(Factor(letter, draw(st.booleans()), draw(st.booleans())) for letter in letters)


@family
def _inverse(draw: DrawFn) -> Identity:
    word = draw(_invertible())
    inverse = tuple(
        Factor(each.letter, each.transposed, not each.inverse) for each in reversed(word)
    )
    if draw(st.booleans()):
        return Identity(f"({_text(word)})^{{-1}}", _text(inverse))
    other = draw(words("n", "n", 2))
    return Identity(f"({_text(word)})^{{-1}} {_text(word)} {_text(other)}", _text(other))


@family
def _determinant(draw: DrawFn) -> Identity:
    word = draw(_invertible())
    parts = [f"\\det({each.letter})" + ("^{-1}" if each.inverse else "") for each in word]
    return Identity(f"\\det({_text(word)})", " ".join(draw(st.permutations(parts))))


@family
def _hadamard(draw: DrawFn) -> Identity:
    rows, columns = draw(st.permutations(SIDES))[:2]
    p, q = draw(words(rows, columns, 2)), draw(words(rows, columns, 2))
    if draw(st.booleans()):
        return Identity(
            f"(({_text(p)}) \\odot ({_text(q)}))^\\top",
            f"({_text(turned(q))}) \\odot ({_text(turned(p))})",
        )
    left, right = draw(factors(rows, "1")), draw(factors(columns, "1"))
    return Identity(
        f"{left.turned} (({_text(p)}) \\odot ({_text(q)})) {right}",
        f"\\operatorname{{tr}}(\\operatorname{{diag}}({left}) {_text(p)} "
        f"\\operatorname{{diag}}({right}) {_text(turned(q))})",
    )


def _indexed(factor: Factor, row: str, column: str) -> str:
    indices = column + row if factor.transposed else row + column
    return f"{factor.letter}_{{{indices}}}" if len(indices) > 1 else f"{factor.letter}_{indices}"


@family
def _indices(draw: DrawFn) -> Identity:
    """A product by its entries: of a matrix, of a vector, or of a number."""
    rows, columns = draw(SIDE), draw(st.sampled_from([*SIDES, "1"]))
    middle = [draw(SIDE) for _ in range(draw(st.integers(1, 2)))]
    path = [rows, *middle, columns]
    word = tuple(draw(factors(a, b)) for a, b in pairwise(path))
    letters = ["i", *"lpq"[: len(middle)], "" if columns == "1" else "j"]
    bound, left = letters[1:-1], f"({_text(word)})_{{{letters[0]}{letters[-1]}}}"
    if columns == "1" and draw(st.booleans()):
        head = draw(factors("1", rows))
        word, letters = (head, *word), ["", *letters]
        bound, left = letters[1:-1], _text(word)
    body = " ".join(_indexed(each, a, b) for each, a, b in zip(word, letters, letters[1:],
                                                             strict=False))  # fmt: skip
    return Identity(left, f"\\sum_{{{','.join(bound)}}} {body}")


@family
def _chain_rule(draw: DrawFn) -> Identity:
    rows = draw(SIDE)
    weight = draw(factors(rows, "1"))
    inner = draw(words(rows, "n", 2))
    if {"x", weight.letter} & {factor.letter for factor in inner} or weight.letter == "x":
        rows, weight, inner = "m", Factor("y"), (Factor("A"),)
    outer, slope, sign = draw(st.sampled_from([("\\exp", "\\exp", ""), ("\\sin", "\\cos", ""),
                                               ("\\cos", "\\sin", "-")]))  # fmt: skip
    argument = _text((*inner, Factor("x")))
    return Identity(
        "\\nabla_x f",
        f"{sign}{_text(turned(inner))} ({weight} \\odot {slope}({argument}))",
        {"f": f"{weight.turned} {outer}({argument})"},
    )
