"""Which page builds on which, as the pages say it in their settings, and the map of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from posixpath import dirname, normpath, relpath
from textwrap import wrap
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown

from proofread.records import Place
from proofread.surfaces.site import complaints
from proofread.surfaces.site.addresses import address_of, relative
from proofread.surfaces.site.index import Site, SitePage

_SENTENCE = re.compile(r"^[ \t]*Builds on (?P<links>.*)$", re.MULTILINE)
_LINK = re.compile(r"\]\((?P<path>[^)#\s]+\.md)(?:#[^)]*)?\)")

_WIDTH, _HEIGHT, _MARGIN = 136, 44, 8
_COLUMN, _ROW, _LINE = 190, 54, 13
_LETTERS, _LINES = 22, 3
_SWEEPS = 8

Prerequisites = Mapping[str, tuple[str, ...]]
"""For each page that builds on others or is built upon, the pages that it builds on."""


class Circular(Exception):
    """Pages that build on each other in a circle; ``pages`` begins and ends with the same."""

    def __init__(self, pages: Sequence[str]) -> None:
        super().__init__(" builds on ".join(pages))
        self.pages = tuple(pages)


def prerequisites_of(page: SitePage) -> tuple[str, ...]:
    """The pages that a page's sentence ``Builds on [..](..)`` links to, from the folder of all."""
    sentence = _SENTENCE.search(page.body)
    if not sentence:
        return ()
    folder = dirname(page.path)
    paths = (normpath(f"{folder}/{link['path']}") for link in _LINK.finditer(sentence["links"]))
    return tuple(dict.fromkeys(path.removeprefix("/") for path in paths))


def read_prerequisites(site: Site) -> Prerequisites:
    """All of them, in the order of the navigation; a link that leads nowhere is told elsewhere."""
    present = {page.path for page in site.pages}
    found = {
        page.path: tuple(path for path in prerequisites_of(page) if path in present)
        for page in site.pages
    }
    used = {path for paths in found.values() for path in paths}
    return {path: paths for path, paths in found.items() if paths or path in used}


def depths(prerequisites: Prerequisites) -> dict[str, int]:
    """How many pages a reader must know before each page, along the longest way.

    Raises:
        Circular: where there is no such number.
    """
    found: dict[str, int] = {}

    def depth(path: str, way: tuple[str, ...]) -> int:
        if path in way:
            raise Circular((*way[way.index(path) :], path))
        if path not in found:
            below = (depth(one, (*way, path)) for one in prerequisites[path])
            found[path] = 1 + max(below, default=-1)
        return found[path]

    for path in prerequisites:
        depth(path, ())
    return found


def figure(md: Markdown, site: Site, path: str) -> Iterator[Element]:
    """The map for the page ``path``, and the same in words."""
    prerequisites = read_prerequisites(site)
    try:
        columns = depths(prerequisites)
    except Circular as circle:
        message = f"these pages build on each other in a circle: {circle}"
        file = next(page.file for page in site.pages if page.path == circle.pages[0])
        complaints.about("circular-pages", message, Place(1, 1, file))
        return
    titles = {page.path: page.title for page in site.pages if page.path in prerequisites}
    box = Element("div", {"class": "map", "data-search-exclude": "", "tabindex": "0"})
    box.set("role", "region")
    box.set("aria-label", "The map of the pages")
    box.text = md.htmlStash.store(_draw(prerequisites, columns, titles, path))
    yield box
    yield _in_words(prerequisites, titles, path)


def _in_words(prerequisites: Prerequisites, titles: Mapping[str, str], here: str) -> Element:
    """The list of all pages, each with those that it builds on."""
    box = Element("ul", {"class": "map-words"})
    for path, below in prerequisites.items():
        item = SubElement(box, "li")
        _link(item, path, titles, here).tail = " builds on " if below else " builds on no other."
        for number, one in enumerate(below, start=1):
            rest = len(below) - number
            _link(item, one, titles, here).tail = ", " if rest > 1 else " and " if rest else "."
    return box


def _link(parent: Element, path: str, titles: Mapping[str, str], here: str) -> Element:
    link = SubElement(parent, "a", {"href": relpath(path, dirname(here) or ".")})
    link.text = titles[path]
    return link


# The drawing -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Node:
    path: str
    x: float
    y: float


def _draw(
    prerequisites: Prerequisites, columns: Mapping[str, int], titles: Mapping[str, str], here: str
) -> str:
    nodes = {node.path: node for node in _place(prerequisites, columns)}
    width = max((node.x for node in nodes.values()), default=0) + _WIDTH + _MARGIN
    height = max((node.y for node in nodes.values()), default=0) + _HEIGHT + _MARGIN
    ways = "".join(
        _way(nodes[below], nodes[path]) for path, paths in prerequisites.items() for below in paths
    )
    boxes = "".join(_box(node, titles[path], here) for path, node in nodes.items())
    return (
        f'<svg class="map-figure" role="group" aria-label="What builds on what" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}">'
        f"{ways}{boxes}</svg>"
    )


def _place(prerequisites: Prerequisites, columns: Mapping[str, int]) -> Iterator[_Node]:
    """A column for each depth, in which a page stands near those that it builds on."""
    stacks: dict[int, list[str]] = {}
    for path, column in columns.items():
        stacks.setdefault(column, []).append(path)
    beside: dict[str, list[str]] = {path: list(paths) for path, paths in prerequisites.items()}
    for path, paths in prerequisites.items():
        for below in paths:
            beside[below].append(path)
    tallest = max(map(len, stacks.values()), default=0)
    height = {
        path: row + (tallest - len(stack)) / 2
        for stack in stacks.values()
        for row, path in enumerate(stack)
    }
    for _ in range(_SWEEPS):
        for column in sorted(stacks):
            stack = stacks[column]
            stack.sort(key=lambda path: _mean([height[one] for one in beside[path]]))
            shift = (tallest - len(stack)) / 2
            height |= {path: row + shift for row, path in enumerate(stack)}
    for column, stack in stacks.items():
        for path in stack:
            yield _Node(path, _MARGIN + column * _COLUMN, _MARGIN + height[path] * _ROW)


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def _way(start: _Node, end: _Node) -> str:
    left, right = start.x + _WIDTH, end.x
    top, bottom = start.y + _HEIGHT / 2, end.y + _HEIGHT / 2
    bend = (left + right) / 2
    return (
        f'<path class="map-way" d="M{left:g} {top:g}C{bend:g} {top:g} '
        f'{bend:g} {bottom:g} {right:g} {bottom:g}"/>'
    )


def _box(node: _Node, title: str, here: str) -> str:
    lines = wrap(title, _LETTERS)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]} …"]
    middle = node.y + _HEIGHT / 2 - (len(lines) - 1) * _LINE / 2 + 4
    text = "".join(
        f'<tspan x="{node.x + _WIDTH / 2:g}" y="{middle + row * _LINE:g}">{escape(line)}</tspan>'
        for row, line in enumerate(lines)
    )
    part = escape(dirname(node.path) or "first")
    return (
        f'<a href="{escape(relative(address_of(node.path), here))}" class="map-page" '
        f'data-part="{part}"><title>{escape(title)}</title>'
        f'<rect x="{node.x:g}" y="{node.y:g}" width="{_WIDTH}" height="{_HEIGHT}" rx="6"/>'
        f'<text text-anchor="middle">{text}</text></a>'
    )
