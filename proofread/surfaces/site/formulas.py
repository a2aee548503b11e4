"""The formulas of one page as HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

from proofread.markdown.page import Piece
from proofread.records import Place
from proofread.surfaces.site.katex import Formula, Rendered, renderer
from proofread.surfaces.site.macros import macros_of_site, with_macros
from proofread.surfaces.site.rewriting import restore, rewrite

_MATH = re.compile(r"<math.*?</math>", re.DOTALL)
_ANNOTATION = re.compile(r"<annotation.*?</annotation>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Shown:
    """A formula as it comes out: its HTML, or where and why it does not come out.

    Neither of both is there for a formula that only defines macros.
    """

    piece: Piece
    html: str = ""
    error: str | None = None
    place: Place | None = None

    @property
    def plain(self) -> str:
        """The formula as plain characters, for a table of contents."""
        return unescape(_TAG.sub("", _ANNOTATION.sub("", mathml(self.html))))


def mathml(html: str) -> str:
    """The part of KaTeX's HTML that is for screen readers."""
    match = _MATH.search(html)
    return match[0] if match else "<math></math>"


def show(pieces: Sequence[Piece], numbers: Mapping[str, str], root: Path) -> list[Shown]:
    """All formulas of a page in one go, in their order.

    A macro holds from where it is defined; ``numbers`` says what each label is called.
    """
    prepared = list(with_macros((piece.latex for piece in pieces), macros_of_site(root)))
    asked = [
        Formula(rewrite(latex, numbers), piece.display, tuple(sorted(macros.items())))
        for piece, (latex, macros) in zip(pieces, prepared, strict=True)
    ]
    answers = renderer(root).render(asked)
    return [
        _shown(piece, formula.latex, answer)
        for piece, formula, answer in zip(pieces, asked, answers, strict=True)
    ]


def _shown(piece: Piece, rewritten: str, answer: Rendered) -> Shown:
    if answer.error is not None:
        return Shown(piece, error=answer.error, place=_place(piece, rewritten, answer.position))
    if piece.latex.strip() and not rewritten.strip():
        return Shown(piece)
    return Shown(piece, restore(answer.html, piece.latex))


def _place(piece: Piece, rewritten: str, position: int | None) -> Place:
    """Where KaTeX stopped, which is known as long as nothing before it was rewritten."""
    if position is None or not piece.latex.startswith(rewritten[:position]):
        return piece.start
    return piece.place(position)


def name_as_html(latex: str, root: Path) -> str:
    """A quantity in the details of a check; a bare run of letters is one name there."""
    written = rf"\mathrm{{{latex}}}" if len(latex) > 1 and latex.isalpha() else latex
    rest, macros = next(with_macros([written], macros_of_site(root)))
    formula = Formula(rewrite(rest, {}), display=False, macros=tuple(sorted(macros.items())))
    return renderer(root).render([formula])[0].html or f"<code>{escape(latex)}</code>"


def name_as_mathml(latex: str, root: Path) -> str:
    """The MathML of a quantity in a figure."""
    html = name_as_html(latex, root)
    return mathml(html) if _MATH.search(html) else f"<math><mtext>{escape(latex)}</mtext></math>"
