"""An independent reading of the formulas that the property tests write, evaluated with NumPy.

Nothing here comes from the engine: the small grammar is read again, derivatives are complex steps
of NumPy's own functions. What the grammar lacks is ``Unread``: then the witness has nothing to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from tests.properties.arrays import (
    FUNCTIONS,
    TRANSPOSE,
    Array,
    Mismatch,
    Run,
    Unread,
    World,
    kron,
    multiplied,
    odot,
    raised,
)

STEP = 1e-30
WIDE_STEP = 1e-3
TOKEN = re.compile(r"\s*(\\operatorname\{\w+\}|\\[A-Za-z]+|\\.|\d+|[A-Za-z]|.)")
NEXT = {"+", "-", "=", ")", "}", "]", "", ",", "\\odot", "\\otimes",
                         "\\right", "\\rVert"}  # fmt: skip


@dataclass
class Term:
    """One side of an equation."""

    run: Run
    uses: dict[str, list[tuple[Run, int]]]
    """The arrays and axes that each index letter runs over."""
    free: set[str]
    varying: set[str]
    """The symbols whose differentials are written, or that stand inside of ``d(...)``."""


class Reader:
    """Reads one term."""

    def __init__(self, text: str, names: Mapping[str, object], defined: Mapping[str, str]) -> None:
        self.tokens = [found.group(1) for found in TOKEN.finditer(text.strip())]
        self.at = 0
        self.names, self.defined = names, defined
        self.uses: dict[str, list[tuple[Run, int]]] = {}
        self.bound: set[str] = set()
        self.free: set[str] = set()
        self.varying: set[str] = set()
        self.seen: list[set[str]] = []
        self.in_norm = False

    def term(self) -> Term:
        run = self.sum()
        if self.peek():
            raise Unread(self.peek())
        return Term(run, self.uses, self.free, self.varying)

    # Tokens --------------------------------------------------------------------------------------

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        token = self.peek()
        if wanted and token not in wanted:
            raise Unread(f"{token!r} for {wanted}")
        self.at += 1
        return token

    def group(self) -> list[str]:
        """The tokens of an argument."""
        if self.peek() != "{":
            return [self.take()]
        depth, found = 0, []
        while True:
            token = self.take()
            depth += {"{": 1, "}": -1}.get(token, 0)
            found.append(token)
            if not token:
                raise Unread("braces")
            if depth == 0:
                return found[1:-1]

    def bracket(self) -> Run:
        """A sum in round brackets."""
        if self.peek() == "\\left":
            self.take()
            self.take("(")
            inner = self.sum()
            self.take("\\right")
            self.take(")")
            return inner
        self.take("(")
        inner = self.sum()
        self.take(")")
        return inner

    # Sums and products ---------------------------------------------------------------------------

    def sum(self) -> Run:
        negative = self.peek() == "-"
        if self.peek() in "+-" and self.peek():
            self.take()
        parts = [(-1 if negative else 1, self.elementwise())]
        while self.peek() in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            parts.append((sign, self.elementwise()))

        def run(w: World) -> Array:
            total = parts[0][0] * parts[0][1](w)
            for sign, part in parts[1:]:
                other = part(w)
                if other.shape != total.shape:
                    raise Mismatch
                total = total + sign * other
            return total

        return run

    def elementwise(self) -> Run:
        left, count = self.product()
        while self.peek() in ("\\odot", "\\otimes"):
            combine = odot if self.take() == "\\odot" else kron
            right, other = self.product()
            if count > 1 or other > 1:
                raise Unread("another grouping may fit")
            left, count = combine(left, right), 2
        return left

    def product(self) -> tuple[Run, int]:
        """The product, and how many factors that are no numbers it has."""
        factors: list[Run] = []
        count = 0
        while self.peek() not in NEXT and not (self.peek() == "\\|" and self.in_norm):
            if self.peek() in ("\\cdot", "\\,"):
                self.take()
                continue
            count += not self.peek().isdigit()
            derivative = self.peek() in ("\\nabla", "d")
            factors.append(self.scripted())
            if derivative and self.peek() not in NEXT and self.tokens[self.at - 1] == ")":
                raise Unread("factors behind an operator")
        if not factors:
            raise Unread("no factor")
        return (factors[0] if len(factors) == 1 else multiplied(factors)), count

    # Factors -------------------------------------------------------------------------------------

    def scripted(self) -> Run:
        start = self.at
        base = self.base()
        d_of_letter = self.tokens[start] == "d" and self.at == start + 2
        indexable = self.tokens[self.at - 1] in (")", "]") or self.at == start + 1
        operator = self.tokens[start] in ("\\nabla", "d") and not d_of_letter
        while self.peek() in ("^", "_"):
            if self.take() == "_":
                if not indexable or operator:
                    raise Unread("index")
                base = self.element(base, self.group())
                indexable = False
                continue
            exponent = self.group()
            if operator and exponent != [TRANSPOSE]:
                raise Unread("power of an operator")
            base = raised(base, exponent)
        return base

    def base(self) -> Run:
        token = self.peek()
        if token in ("(", "\\left"):
            return self.bracket()
        if token == "[":
            self.take()
            inner = self.sum()
            self.take("]")
            if self.peek() != "_":
                raise Unread("square brackets")
            return inner
        self.take()
        if token.isdigit():
            number = np.array([[float(token)]])
            return lambda w: number
        if token in FUNCTIONS:
            function, inner = FUNCTIONS[token], self.bracket()
            return lambda w: function(inner(w))
        if token in ("\\frac", "\\tfrac"):
            return self.fraction()
        if token in ("\\|", "\\lVert"):
            self.in_norm, outside = True, self.in_norm
            inner = self.sum()
            self.take("\\|", "\\rVert")
            self.in_norm = outside
            return lambda w: np.sqrt(np.sum(inner(w) ** 2)).reshape(1, 1)
        if token == "\\sum":
            return self.big()
        if token == "\\nabla":
            return self.nabla()
        if token == "d":
            return self.differential()
        if token == "I" and self.peek() == "_":
            self.take()
            (name,) = self.group()
            return lambda w: np.eye(w.sizes[name])
        return self.name(token)

    def name(self, token: str) -> Run:
        for seen in self.seen:
            seen.add(token)
        if token in self.defined:
            reader = Reader(self.defined[token], self.names, self.defined)
            inner = reader.term()
            if inner.free or inner.varying:
                raise Unread(token)
            return inner.run
        if token not in self.names and token not in "mnk":
            raise Unread(token)
        return lambda w: w.values[token]

    def fraction(self) -> Run:
        if self.tokens[self.at : self.at + 2] == ["{", "\\partial"]:
            name, by = self.group()[1:], self.group()[1:]
            if len(name) != 1 or len(by) != 1 or by[0] not in self.names:
                raise Unread("derivative")
            inner = self.name(name[0])
            return lambda w: gradient(inner, by[0], w)
        parts = []
        for _ in range(2):
            self.take("{")
            parts.append(self.sum())
            self.take("}")

        def run(w: World) -> Array:
            top, bottom = (part(w) for part in parts)
            if bottom.shape != (1, 1):
                raise Mismatch
            return np.asarray(top / bottom)

        return run

    # Indices -------------------------------------------------------------------------------------

    def element(self, base: Run, written: list[str]) -> Run:
        letters = [token for token in written if token != ","]
        if any(not letter.isalpha() or letter in self.names for letter in letters):
            raise Unread("index")
        for axis, letter in enumerate(letters):
            self.uses.setdefault(letter, []).append((base, axis))
            if letter not in self.bound:
                self.free.add(letter)

        def run(w: World) -> Array:
            array = base(w)
            if len(letters) == 1:
                if array.shape[1] != 1:
                    raise Mismatch
                places = (w.index[letters[0]], 0)
            elif len(letters) == 2 and 1 not in array.shape:
                places = (w.index[letters[0]], w.index[letters[1]])
            else:
                raise Mismatch
            if any(place >= size for place, size in zip(places, array.shape, strict=True)):
                raise Mismatch
            return array[places].reshape(1, 1)

        return run

    def big(self) -> Run:
        self.take("_")
        head = self.group()
        upper: list[str] = []
        if self.peek() == "^":
            self.take()
            upper = self.group()
        letters = [token for token in head if token.isalpha()]
        explicit = "=" in head
        if explicit and (len(letters) != 1 or head[-2:] != ["=", "1"] or not upper):
            raise Unread("bounds")
        if set(letters) & (self.bound | self.free | set(self.names)):
            raise Unread("clash")
        bound = self.bound
        self.bound = bound | set(letters)
        body, _ = self.product()
        self.bound = bound
        uses = {letter: self.uses.pop(letter, []) for letter in letters}

        def run(w: World) -> Array:
            total: Array | None = None
            for index in tuples(uses, w):
                if explicit:
                    last = _bound(upper, w)
                    size = next(iter(_sizes(uses[letters[0]], w)), None)
                    if len(upper) == 1 and last != size:
                        raise Mismatch
                    if index[letters[0]] >= last:
                        continue
                    if size is not None and last > size:
                        raise Mismatch
                value = body(replace(w, index={**w.index, **index}))
                total = value if total is None else total + value
            if total is None:
                raise Mismatch
            return total

        return run

    # Derivatives ---------------------------------------------------------------------------------

    def nabla(self) -> Run:
        self.take("_")
        (by,) = self.group()
        if by not in self.names:
            raise Unread("variable")
        second = self.peek() == "^"
        if second:
            self.take()
            if self.group() != ["2"]:
                raise Unread("order")
        inner = self.bracket() if self.peek() in ("(", "\\left") else self.name(self.take())
        return lambda w: (hessian if second else gradient)(inner, by, w)

    def differential(self) -> Run:
        if self.peek() not in ("(", "\\left"):
            letter = self.take()
            if letter not in self.names:
                raise Unread("differential")
            self.varying.add(letter)
            return lambda w: w.towards[letter]
        self.seen.append(set())
        inner = self.bracket()
        self.varying |= self.seen.pop() & set(self.names)

        def run(w: World) -> Array:
            moved = {key: w.values[key] + 1j * STEP * way for key, way in w.towards.items()}
            return inner(replace(w, values={**w.values, **moved})).imag / STEP

        return run


def gradient(inner: Run, by: str, w: World) -> Array:
    """By complex steps."""
    start = w.values[by]
    result = np.zeros(start.shape)
    for place in np.ndindex(*start.shape):
        moved = start.astype(complex)
        moved[place] += 1j * STEP
        value = inner(replace(w, values={**w.values, by: moved}))
        if value.shape != (1, 1):
            raise Mismatch
        result[place] = value[0, 0].imag / STEP
    return result


def hessian(inner: Run, by: str, w: World) -> Array:
    """By central differences of the gradient: exact for a quadratic."""
    start = w.values[by]
    if start.shape[1] != 1:
        raise Unread("Hessian by a matrix")
    columns = []
    for place in np.ndindex(*start.shape):
        ends = []
        for sign in (1, -1):
            moved = start.copy()
            moved[place] += sign * WIDE_STEP
            ends.append(gradient(inner, by, replace(w, values={**w.values, by: moved})))
        columns.append((ends[0] - ends[1]) / (2 * WIDE_STEP))
    return np.hstack(columns)


def _bound(upper: list[str], w: World) -> int:
    if len(upper) == 1 and upper[0] in w.sizes:
        return w.sizes[upper[0]]
    if len(upper) == 3 and upper[0] in w.sizes and upper[2].isdigit():
        return w.sizes[upper[0]] + (1 if upper[1] == "+" else -1) * int(upper[2])
    raise Unread("bound")


def _sizes(uses: list[tuple[Run, int]], w: World) -> set[int]:
    return {base(w).shape[axis] for base, axis in uses}


def tuples(uses: Mapping[str, list[tuple[Run, int]]], w: World) -> Iterator[dict[str, int]]:
    """All values of some indices; those of one letter must agree on its range."""
    ranges = []
    for letter in uses:
        sizes = _sizes(uses[letter], w)
        if not sizes:
            raise Unread("an index of nothing")
        if len(sizes) > 1:
            raise Mismatch
        ranges.append(sizes.pop())
    for values in np.ndindex(*ranges):
        yield dict(zip(uses, values, strict=True))
