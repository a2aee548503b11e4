"""The figure of the routes by which one quantity reaches another, as SVG in the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from xml.etree import ElementTree

Route = tuple[str, ...]
"""The LaTeX of each quantity on the way."""

_ARROW = re.compile(r"\\(?:to|rightarrow|longrightarrow)(?![A-Za-z])")
_MATH = "{http://www.w3.org/1998/Math/MathML}"

_COLUMN, _ROW = 150, 64
_WIDTH, _HEIGHT, _MARGIN = 64, 40, 8

_ACCENTS = {"^": "\u0302", "ˉ": "\u0304", "~": "\u0303", "˙": "\u0307", "⃗": "\u20d7"}


def read_route(latex: str) -> Route | None:
    """The quantities of a route, or ``None`` where the formula is none."""
    nodes = tuple(node.strip() for node in _ARROW.split(latex))
    return nodes if len(nodes) > 1 and all(nodes) else None


@dataclass(frozen=True, slots=True)
class _Node:
    name: str
    x: float
    y: float


def draw(routes: Sequence[Route], mathml: Callable[[str], str]) -> str:
    """The figure of some routes; ``mathml`` gives the MathML of a quantity."""
    nodes = {node.name: node for node in _place(routes)}
    names = {name: ElementTree.fromstring(mathml(name)) for name in nodes}
    edges = dict.fromkeys(pair for route in routes for pair in pairwise(route))
    width = max(node.x for node in nodes.values()) + _WIDTH / 2 + _MARGIN
    height = max(node.y for node in nodes.values()) + _HEIGHT / 2 + _MARGIN
    spoken = "; ".join(" to ".join(_plain(names[name]) for name in route) for route in routes)
    lines = "".join(_edge(nodes[start], nodes[end]) for start, end in edges)
    boxes = "".join(_box(node, names[name]) for name, node in nodes.items())
    return (
        f'<svg class="routes" role="img" aria-label="{escape(f"Routes: {spoken}")}" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}">'
        f"{lines}{boxes}</svg>"
    )


def _place(routes: Sequence[Route]) -> Iterator[_Node]:
    """A column for each step, as far right as the longest way there; rows in order of mention."""
    column: dict[str, int] = {}
    for _ in routes:
        for route in routes:
            for before, name in zip((None, *route), route, strict=False):
                reached = column[before] + 1 if before is not None else 0
                column[name] = max(column.get(name, 0), reached)
    by_column: dict[int, list[str]] = {}
    for name, number in column.items():
        by_column.setdefault(number, []).append(name)
    rows = max(len(names) for names in by_column.values())
    for number, names in by_column.items():
        for row, name in enumerate(names):
            x = _MARGIN + _WIDTH / 2 + number * _COLUMN
            y = _MARGIN + _HEIGHT / 2 + (row + (rows - len(names)) / 2) * _ROW
            yield _Node(name, x, y)


def _edge(start: _Node, end: _Node) -> str:
    left, right = start.x + _WIDTH / 2 + 3, end.x - _WIDTH / 2 - 3
    bend = (left + right) / 2
    return (
        f'<path class="routes-way" d="M{left:g} {start.y:g}C{bend:g} {start.y:g} '
        f'{bend:g} {end.y:g} {right - 6:g} {end.y:g}"/>'
        f'<path class="routes-tip" d="M{right - 8:g} {end.y - 4.5:g}l8 4.5-8 4.5z"/>'
    )


def _box(node: _Node, math: ElementTree.Element) -> str:
    x, y = node.x - _WIDTH / 2, node.y - _HEIGHT / 2
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{_WIDTH}" height="{_HEIGHT}" rx="8"/>'
        f'<text x="{node.x:g}" y="{node.y + 6:g}" text-anchor="middle">{_text(_body(math))}</text>'
    )


def _body(math: ElementTree.Element) -> ElementTree.Element:
    return next(iter(math.iter(f"{_MATH}semantics")))[0]


def _plain(math: ElementTree.Element) -> str:
    return " ".join("".join(_body(math).itertext()).split())


def _text(element: ElementTree.Element) -> str:
    """MathML of a name as SVG text: letters, accents, subscripts and superscripts."""
    tag = element.tag.removeprefix(_MATH)
    children = list(element)
    match tag:
        case "mi":
            upright = element.get("mathvariant") in ("normal", "bold")
            word = len(element.text or "") > 1
            style = "" if upright or word else ' font-style="italic"'
            return f"<tspan{style}>{escape(element.text or '')}</tspan>"
        case "msub":
            return _text(children[0]) + _shifted(children[1], 5)
        case "msup":
            return _text(children[0]) + _shifted(children[1], -7)
        case "msubsup":
            return "".join(
                (_text(children[0]), _shifted(children[1], 5), _shifted(children[2], -7))
            )
        case "mover":
            accent = "".join(children[1].itertext())
            letter = "".join(children[0].itertext())
            return f'<tspan font-style="italic">{escape(letter + _ACCENTS.get(accent, ""))}</tspan>'
        case "annotation":
            return ""
    return "".join(_text(child) for child in children) or escape(element.text or "")


def _shifted(element: ElementTree.Element, shift: float) -> str:
    """A subscript or superscript; the empty tspan behind it brings the line back."""
    return (
        f'<tspan dy="{shift}" font-size="70%">{_text(element)}</tspan>'
        f'<tspan dy="{-shift}">&#8203;</tspan>'
    )
