"""One identity on a page of its own: what the engine says of it, and what NumPy does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from proofread import check
from proofread.checking import Placed, Walker
from proofread.diagnosis.bench import Bench
from proofread.diagnosis.edits.every import all_edits
from proofread.diagnosis.repairs import draft_of
from proofread.latex.tokens import Span
from proofread.markdown.reader import read_page
from proofread.verdict.outcome import Outcome
from proofread.verdict.state import State
from proofread.verdict.statement import Statement
from tests.properties.arrays import Array, Mismatch, Unread, World
from tests.properties.identities import Identity
from tests.properties.polynomials import INVERTIBLE, LETTERS, SCALARS, VARIABLE
from tests.properties.witness import Reader, tuples

SIZES = ({"m": 3, "n": 2, "k": 4}, {"m": 2, "n": 4, "k": 3}, {"m": 4, "n": 3, "k": 2})
CLEARLY_DIFFERENT, CLEARLY_EQUAL = 1e-5, 1e-8
Opinion = Literal["equal", "different", "unsure"]

SHAPES: dict[str, tuple[str, str]] = {
    **{letter: shape for shape, letters in LETTERS.items() for letter in letters},
    **dict.fromkeys(INVERTIBLE, ("n", "n")),
    **dict.fromkeys(SCALARS, ("1", "1")),
    VARIABLE: ("m", "n"),
}


def _letters(identity: Identity) -> list[str]:
    """All letters of the shapes that the identity has letters of."""
    text = " ".join([identity.left, identity.right, *identity.defined.values()])
    text = re.sub(r"\\operatorname\{\w+\}|\\[A-Za-z]+|_\{[^}]*\}|_\w", " ", text)
    groups = [*LETTERS.values(), INVERTIBLE, SCALARS, VARIABLE]
    return [letter for group in groups if set(group) & set(text) for letter in group]


def _set(letter: str) -> str:
    rows, columns = SHAPES[letter]
    if letter in INVERTIBLE:
        return "GL_n"
    if columns == "1":
        return "\\mathbb{R}" if rows == "1" else f"\\mathbb{{R}}^{rows}"
    return f"\\mathbb{{R}}^{{{rows} \\times {columns}}}"


def page_of(identity: Identity) -> str:
    """The page that declares the letters, defines what is defined, and claims the identity."""
    sets: dict[str, list[str]] = {}
    for letter in _letters(identity):
        sets.setdefault(_set(letter), []).append(letter)
    declared = ", ".join(f"${', '.join(letters)} \\in {each}$" for each, letters in sets.items())
    formulas = [f"{name} = {text}" for name, text in identity.defined.items()]
    formulas.append(f"{identity.left} = {identity.right}")
    return "\n\n".join([f"Let {declared}.", *(f"$$\n{formula}\n$$" for formula in formulas)])


def verdict_of(identity: Identity, seed: int = 0) -> str:
    """What the engine says of the identity."""
    return check(page_of(identity), seed=seed).files[0].statements[-1].verdict


@dataclass(slots=True)
class _Last(Walker):
    """Keeps the outcome of the last statement."""

    last: tuple[Outcome, Statement] | None = field(default=None)

    def _record(
        self, placed: Placed, outcome: Outcome, statement: Statement | None, links_before: int,
        labels: dict[int, str], span: Span,
    ) -> None:  # fmt: skip
        Walker._record(self, placed, outcome, statement, links_before, labels, span)
        if statement is not None:
            self.last = outcome, statement


def edits_of(identity: Identity) -> list[str]:
    """All single edits of the right side."""
    page = read_page(page_of(identity))
    walker = _Last(page, State(page.layout))
    walker.run()
    assert walker.last is not None
    bench = Bench.of(walker.state, *walker.last, 1)
    assert bench is not None
    try:
        return [edit.text for edit in all_edits(draft_of(bench, 1))]
    finally:
        bench.restore()


# The witness --------------------------------------------------------------------------------------


def _world(names: Mapping[str, object], sizes: Mapping[str, int], rng: np.random.Generator,
           varying: set[str]) -> World:  # fmt: skip
    def drawn(letter: str) -> Array:
        rows, columns = (sizes.get(side, 1) for side in SHAPES[letter])
        while True:
            found = rng.uniform(-2, 2, (rows, columns))
            if letter not in INVERTIBLE or abs(np.linalg.det(found)) > 0.5:
                return found

    values = {letter: drawn(letter) for letter in names}
    values |= {name: np.array([[float(size)]]) for name, size in sizes.items()}
    towards = {
        letter: rng.uniform(-2, 2, values[letter].shape) if letter in varying
        else np.zeros(values[letter].shape)
        for letter in names
    }  # fmt: skip
    return World(values, sizes, towards)


def opinion(identity: Identity) -> Opinion:
    """What NumPy says of the identity; shapes that don't fit are different."""
    names = dict.fromkeys(_letters(identity))
    rng = np.random.default_rng(20_251_121)
    try:
        sides = [
            Reader(text, names, identity.defined).term() for text in (identity.left, identity.right)
        ]
        varying = sides[0].varying | sides[1].varying
        uses = {
            letter: sides[0].uses.get(letter, []) + sides[1].uses.get(letter, [])
            for letter in sorted(sides[0].free | sides[1].free)
        }
        worst = 0.0
        for sizes in SIZES:
            world = _world(names, sizes, rng, varying)
            gap = size = 0.0
            for index in tuples(uses, world):
                here = World(world.values, sizes, world.towards, index)
                left, right = (side.run(here) for side in sides)
                if left.shape != right.shape:
                    return "different"
                gap = max(gap, float(np.abs(left - right).max()))
                size = max(size, float(np.abs(left).max()), float(np.abs(right).max()))
            worst = max(worst, gap / size if size else 0.0)
    except Unread:
        return "unsure"
    except Mismatch:
        return "different"
    if worst > CLEARLY_DIFFERENT:
        return "different"
    return "equal" if worst < CLEARLY_EQUAL else "unsure"
