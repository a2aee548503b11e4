"""Random pages from those that exist: formulas cut into tokens and put together otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[A-Za-z]|\d+|\$\$?|\s+|.", re.DOTALL)
DISPLAYED = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
INLINE = re.compile(r"(?<![\\$])\$([^$\n]+)\$(?!\$)")
ODD = (
    "\x00", "\u202e", "\u0301", "\ud800", "\ufeff", "𝑥", "²", "{" * 40, "}" * 40, "(" * 60, r"\left(" * 30,
    "10^{10^{10}}", r"\sum_{i=1}^{10^9}", r"\def\a{\a\a}\a", r"\frac", r"\nabla_", "^", "_", "&", r"\\", "$",
    r"\begin{aligned}", r"\end{aligned}", r"\mathbb{R}^{99999 \times 99999}", r"\cdots", r"\dots", "'", "|", r"\|",
    r"\odot", r"\otimes", "d", r"\mathrm{d}", r"\partial", r"\operatorname{", r"\newcommand{\frac}{", "#1", "%", "~",
    r"^\top", "^{-1}", "^{1/2}", r"\ne", r"\le", r"\succ", r"\propto", r"\in", r"\to", r"\iff", r"\leftarrow", r"\Big|_{x=0}",
    "0", "-1", "1e9", "99999", r"\infty", r"I_{9999}", r"\quad", ",", ";", ":", r"\arg\min_x", r"\begin{cases}", "\n", "\n\n", " & ",
)  # fmt: skip
"""What is put between tokens."""
MAX_CHARACTERS = 4_000
"""Of a page that libFuzzer grows."""


@cache
def pages() -> tuple[str, ...]:
    """The sections of the cases and of the site's pages."""
    texts: list[str] = []
    for folder in ("tests/cases", "docs"):
        for file in sorted((ROOT / folder).glob("*.md")):
            text = file.read_text(encoding="utf-8")
            texts += [part for part in re.split(r"(?m)^(?=## )", text) if "$" in part]
    return tuple(texts)


@cache
def formulas() -> tuple[tuple[str, ...], ...]:
    """All their formulas, in tokens."""
    found = [
        match.group(1)
        for text in pages()
        for pattern in (DISPLAYED, INLINE)
        for match in pattern.finditer(text)
    ]
    return tuple(tuple(TOKEN.findall(formula)) for formula in dict.fromkeys(found))


def _slice(tokens: Sequence[str], rng: Random) -> tuple[int, int]:
    start = rng.randrange(len(tokens) + 1)
    return start, min(len(tokens), start + 1 + int(rng.expovariate(0.4)))


def mutated(tokens: Sequence[str], rng: Random) -> list[str]:
    """The tokens after one edit."""
    result = list(tokens)
    start, end = _slice(result, rng)
    match rng.randrange(8):
        case 0:
            del result[start:end]
        case 1:
            result[start:start] = result[start:end] * rng.choice((1, 1, 2, 9, 60))
        case 2 if result:
            other = rng.randrange(len(result))
            here = min(start, len(result) - 1)
            result[here], result[other] = result[other], result[here]
        case 3:
            donor = rng.choice(formulas())
            first, last = _slice(donor, rng)
            result[start:end] = donor[first:last]
        case 4:
            donor = rng.choice(formulas())
            first, last = _slice(donor, rng)
            result[start:start] = donor[first:last]
        case 5:
            result[start:end] = [rng.choice(ODD)]
        case 6:
            result.insert(start, rng.choice(ODD))
        case _:
            result[start:end] = reversed(result[start:end])
    return result


def random_bytes(rng: Random) -> str:
    """A page of bytes, most of them from those that mean something."""
    alphabet = "$$$$\\\\{}()[]^_&=+-|'\",:;<>!#%~ \n\n\tabdeijknxyXAW0129"
    size = int(rng.expovariate(1 / 120))
    data = "".join(
        rng.choice(alphabet) if rng.random() < 0.95 else chr(rng.randrange(0x3000))
        for _ in range(size)
    )
    return f"$x \\in \\mathbb{{R}}^n$\n\n$$\n{data}\n$$\n" if rng.random() < 0.6 else data


def edited(page: str, rng: Random) -> str:
    """A page of which one or more formulas were edited."""
    places = [m.span(1) for pattern in (DISPLAYED, INLINE) for m in pattern.finditer(page)]
    chosen = rng.sample(places, min(len(places), rng.choice((1, 1, 1, 2, 4))))
    for start, end in sorted(chosen, reverse=True):
        tokens = TOKEN.findall(page[start:end])
        for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
            tokens = mutated(tokens, rng)
        page = page[:start] + "".join(tokens) + page[end:]
    return page


def mutated_page(rng: Random) -> str:
    """A page of which formulas, or the text itself, were edited, or one of bytes."""
    page = rng.choice(pages())
    kind = rng.random()
    if kind < 0.08:
        return random_bytes(rng)
    if kind < 0.2:
        tokens: Sequence[str] = TOKEN.findall(page)
        for _ in range(rng.choice((1, 1, 2, 5, 20))):
            tokens = mutated(tokens, rng)
        return "".join(tokens)
    return edited(page, rng)
