"""Sums of products of letters: the algebra that the random identities are made with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

SIDES = ("m", "n", "k")
LETTERS: dict[tuple[str, str], str] = {
    ("m", "n"): "AB", ("n", "k"): "CH", ("k", "m"): "FG", ("m", "m"): "MU", ("n", "n"): "NV",
    ("k", "k"): "KT", ("n", "1"): "xu", ("m", "1"): "yv", ("k", "1"): "zw",
}  # fmt: skip
INVERTIBLE = "PQR"
"""These are n×n."""
SCALARS = "abc"
VARIABLE = "X"
"""This is m×n."""


@dataclass(frozen=True)
class Factor:
    """A letter, perhaps inverted, perhaps transposed, perhaps with a ``d`` before it."""

    letter: str
    transposed: bool = False
    inverse: bool = False
    differential: bool = False

    @property
    def turned(self) -> Factor:
        return replace(self, transposed=not self.transposed)

    def __str__(self) -> str:
        script = {(False, False): "", (True, False): "^\\top", (False, True): "^{-1}",
                  (True, True): "^{-\\top}"}[self.transposed, self.inverse]  # fmt: skip
        return ("d" if self.differential else "") + self.letter + script


Word = tuple[Factor, ...]


@dataclass(frozen=True)
class Term:
    """A number times letters for scalars times a word."""

    number: Fraction
    scalars: tuple[str, ...]
    word: Word

    def times(self, other: Term) -> Term:
        return Term(
            self.number * other.number, self.scalars + other.scalars, self.word + other.word
        )

    @property
    def turned(self) -> Term:
        return replace(self, word=turned(self.word))


Sum = tuple[Term, ...]


def turned(word: Word) -> Word:
    """The transpose of a word."""
    return tuple(factor.turned for factor in reversed(word))


def product(*sums: Sum) -> Sum:
    """All terms of a product of sums."""
    result: Sum = (Term(Fraction(1), (), ()),)
    for each in sums:
        result = tuple(left.times(right) for left in result for right in each)
    return result


def written(terms: Sequence[Term]) -> str:
    """A sum as LaTeX."""
    text = ""
    for term in terms:
        sign = "-" if term.number < 0 else "+" if text else ""
        text += f" {sign} " if text else sign
        number = abs(term.number)
        parts = [] if number == 1 and (term.scalars or term.word) else [_number(number)]
        text += " ".join([*parts, *term.scalars, *map(str, term.word)])
    return text


def _number(number: Fraction) -> str:
    if number.denominator == 1:
        return str(number.numerator)
    return f"\\frac{{{number.numerator}}}{{{number.denominator}}}"


def bracketed(terms: Sequence[Term]) -> str:
    """A sum as a factor."""
    return f"({written(terms)})"


# Random ones --------------------------------------------------------------------------------------


@st.composite
def factors(draw: DrawFn, rows: str, columns: str) -> Factor:
    options = [Factor(letter) for letter in LETTERS.get((rows, columns), "")]
    options += [Factor(letter, True) for letter in LETTERS.get((columns, rows), "")]
    return draw(st.sampled_from(options))


@st.composite
def words(draw: DrawFn, rows: str, columns: str, most: int = 3) -> Word:
    """A word of some shape; now and then an outer product is in it."""
    least = 2 if rows == columns == "1" else 1
    count = draw(st.integers(least, max(least, most)))
    path = [rows]
    for _ in range(count - 1):
        narrow = "1" in (path[-1], columns)
        path.append(draw(st.sampled_from(SIDES if narrow else (*SIDES, *SIDES, "1"))))
    path.append(columns)
    return tuple(draw(factors(a, b)) for a, b in pairwise(path))


NUMBERS = st.sampled_from([Fraction(1)] * 4 + [Fraction(2), Fraction(3), Fraction(1, 2)])


@st.composite
def terms(draw: DrawFn, word: Word) -> Term:
    sign = draw(st.sampled_from([1, 1, -1]))
    scalars = tuple(draw(st.sampled_from([(), (), (), ("a",), ("b",)])))
    return Term(sign * draw(NUMBERS), scalars, word)


@st.composite
def sums(draw: DrawFn, rows: str, columns: str, count: int, most: int = 2) -> Sum:
    return tuple(draw(terms(draw(words(rows, columns, most)))) for _ in range(count))


def shuffled(draw: DrawFn, parts: Iterable[Term]) -> Sum:
    return tuple(draw(st.permutations(list(parts))))


# Rules of derivatives -----------------------------------------------------------------------------


def gradient(parts: Iterable[Term], letter: str) -> Sum:
    """By the letter, of scalars or of the traces of words: P X Q gives (Q P) transposed."""
    found = []
    for term in parts:
        for place, factor in enumerate(term.word):
            if factor.letter == letter:
                rest = term.word[place + 1 :] + term.word[:place]
                found.append(replace(term, word=rest if factor.transposed else turned(rest)))
    return tuple(found)


def differential(parts: Iterable[Term]) -> Sum:
    """The product rule, every letter varying; that of an inverse has both inverses around it."""
    found = []
    for term in parts:
        for place, factor in enumerate(term.word):
            moved: Word = (Factor(factor.letter, factor.transposed, False, True),)
            sign = 1
            if factor.inverse:
                moved, sign = (factor, *moved, factor), -1
            word = term.word[:place] + moved + term.word[place + 1 :]
            found.append(replace(term, number=sign * term.number, word=word))
    return tuple(found)
