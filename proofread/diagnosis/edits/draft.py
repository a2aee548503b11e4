"""A term with its source, and edits of it as stretches of text that are replaced."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from proofread.algebra.dimensions import Shape
from proofread.latex.tokens import Refusal, Span, Token, tokenize
from proofread.symbols.table import Table
from proofread.syntax.cursor import depths
from proofread.syntax.nodes import (
    Big,
    Derivative,
    Element,
    Fill,
    Member,
    Name,
    Node,
    Num,
    Op,
    Sum,
    walk,
)

SCRIPTS = frozenset({"transpose", "inverse", "pinv", "power"})
"""Operations written as a superscript: what they apply to may have their span."""

Change = tuple[Span, str]


@dataclass(frozen=True, slots=True)
class Edit:
    """A term as it would read after one edit."""

    kind: str
    text: str
    words: str = ""
    """How the two sides differ, where the edit says it simply."""


@dataclass(slots=True)
class Draft:
    """One term of a chain, ready to be edited.

    ``shapes`` has the shape of each node by its identity; ``others`` are the other terms of the
    chain, whose parts may be missing in this one.
    """

    source: str
    span: Span
    node: Node
    table: Table
    shapes: Mapping[int, Shape]
    others: tuple[Node, ...] = ()
    scripted: frozenset[Span] = field(init=False)
    indexed: frozenset[int] = field(init=False)
    """The identities of nodes that stand in the source only with their indices."""
    variables: frozenset[int] = field(init=False)
    """Those of nodes that something is differentiated by."""
    transpose: str = field(init=False)
    """How this page writes a transpose."""

    def __post_init__(self) -> None:
        self.scripted = frozenset(
            part.span for part in walk(self.node) if isinstance(part, Op) and part.op in SCRIPTS
        )
        self.indexed = frozenset(
            id(part.base if isinstance(part, Element) else part.family)
            for part in walk(self.node)
            if isinstance(part, Element | Member)
            and part.span == (part.base if isinstance(part, Element) else part.family).span
        )
        self.variables = frozenset(
            id(below)
            for part in walk(self.node)
            if isinstance(part, Derivative)
            for variable in part.by
            for below in walk(variable)
        )
        found = re.search(r"\^(\\top|\\intercal|T\b|\{?\\(?:mathrm|mathsf|rm|sf)\W*T\}*)",
                          self.source)  # fmt: skip
        self.transpose = found.group() if found else "^\\top"

    @property
    def text(self) -> str:
        """The term as it stands."""
        return self.source[self.span.start : self.span.end]

    def of(self, span: Span) -> str:
        """The source of a stretch."""
        return self.source[span.start : span.end]

    def written(self, node: Node) -> str:
        """The source of a node."""
        return self.of(node.span)

    def inside(self, span: Span) -> bool:
        """Whether a stretch is part of the term."""
        return self.span.start <= span.start < span.end <= self.span.end

    def shape(self, node: Node) -> Shape | None:
        """The shape of a node; ``None`` for what has none of its own."""
        return self.shapes.get(id(node))

    def fixed(self, node: Node) -> bool:
        """Whether a node cannot have a superscript of its own, or has one already."""
        return (
            node.span in self.scripted
            or id(node) in self.indexed
            or id(node) in self.variables
            or self.source[node.span.end :].lstrip()[:1] == "^"
        )

    def scalar(self, node: Node) -> bool:
        """Whether a node is known to be a scalar."""
        shape = self.shape(node)
        if shape is not None:
            return len(shape.dims) == 2 and shape.scalar
        if isinstance(node, Name):
            symbol = self.table.lookup(node.key)
            return symbol is not None and symbol.order == 0
        if isinstance(node, Op) and node.op == "frac":
            return all(self.scalar(part) for part in node.args)
        return isinstance(node, Num)

    def transposed(self, name: str) -> str:
        """A name with the page's transpose behind it: two superscripts need braces."""
        return f"{{{name}}}{self.transpose}" if "^" in name else f"{name}{self.transpose}"

    def with_changes(self, *changes: Change) -> str | None:
        """The term's text with stretches replaced.

        ``None`` where they overlap, lie outside, or cut through a group: several letters in one
        font share its braces.
        """
        ordered = sorted(changes, key=lambda change: (change[0].start, change[0].end))
        text, position = "", self.span.start
        for span, new in ordered:
            if span.start < position or span.end > self.span.end:
                return None
            if not balanced(self.of(span)):
                return None
            text = spaced(spaced(text, self.source[position : span.start]), new)
            position = span.end
        return spaced(text, self.source[position : self.span.end]).strip()

    def put(self, span: Span, new: str) -> str | None:
        """One stretch replaced, in braces where a command or a script takes it as its argument."""
        if len(new) > 1 and _takes_an_argument(self.source[self.span.start : span.start]):
            new = f"{{{new}}}"
        return self.with_changes((span, new))

    def operand(self, node: Node) -> Span:
        """The stretch of a node without the superscript that an operation around it put there."""
        written_on = node.span in self.scripted and not (
            isinstance(node, Op) and node.op in SCRIPTS
        )
        if not written_on and not (isinstance(node, Name) and "^" not in node.key):
            return node.span
        script = script_of(self.of(node.span))
        if script is None:
            return node.span
        return Span(node.span.start, node.span.start + script.start)


def balanced(text: str) -> bool:
    """Whether every brace of a text has its other one in it."""
    depth = 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


def spaced(left: str, right: str) -> str:
    """Two stretches side by side, such that a command's name ends where it did."""
    space = " " if right[:1].isalpha() and re.search(r"\\[A-Za-z]+\Z", left) else ""
    return left + space + right


_ARGUMENT = re.compile(r"(?:\^|_|\\(?:[dtc]?frac|sqrt)(?:\s+|\s*(?:\d|\{[^{}]*\}))?)\s*\Z")


def _takes_an_argument(before: str) -> bool:
    return _ARGUMENT.search(before) is not None


def script_of(text: str) -> Span | None:
    """Where the last superscript stands, ``^`` included, where the text ends with one."""
    try:
        tokens = tokenize(text)
    except Refusal:
        return None
    levels = depths(tokens)
    marks = [k for k, token in enumerate(tokens) if token.is_symbol("^") and levels[k] == 0]
    if not marks or marks[-1] + 1 >= len(tokens):
        return None
    end = _argument_end(tokens, marks[-1] + 1)
    if end != len(tokens):
        return None
    return Span(tokens[marks[-1]].span.start, len(text))


def _argument_end(tokens: list[Token], start: int) -> int:
    """One past the argument that begins at ``start``: a group, or one token."""
    if tokens[start].kind != "open":
        return start + 1
    depth = 0
    for position in range(start, len(tokens)):
        depth += {"open": 1, "close": -1}.get(tokens[position].kind, 0)
        if depth == 0:
            return position + 1
    return len(tokens) + 1


def apart(nodes: tuple[Node, ...]) -> bool:
    """Whether the stretches of nodes follow each other, as they do where the page wrote them."""
    return all(left.span.end <= right.span.start for left, right in itertools.pairwise(nodes))


def parts(draft: Draft) -> Iterator[Node]:
    """The nodes of the term that stand in its source, outermost first, none of a kind twice."""
    seen: set[tuple[type, Span, str]] = set()
    patterns = {part.span for part in walk(draft.node) if isinstance(part, Big | Fill)}
    for node in walk(draft.node):
        key = (type(node), node.span, getattr(node, "op", ""))
        if key in seen or not draft.inside(node.span):
            continue
        if node.span in patterns and not isinstance(node, Big | Fill):
            continue  # a bound that stands nowhere: dots brought it
        seen.add(key)
        yield node


def edit(kind: str, text: str | None, words: str = "") -> Iterator[Edit]:
    """The edit, where there is a text."""
    if text is not None:
        yield Edit(kind, text, words)


def appended(draft: Draft, node: Node, script: str) -> str | None:
    """The term with a superscript behind one of its nodes."""
    text = draft.written(node)
    return draft.put(node.span, text + script) if balanced(text) else None


def bracketed(text: str) -> str:
    """The text in round brackets that grow with it; plain ones where rows break inside."""
    if "&" in text or "\\\\" in text:
        return f"({text})"
    tall = "\\frac" in text or "\\sum" in text or "\\left" in text
    return f"\\left( {text} \\right)" if tall else f"({text})"


def is_sum(node: Node) -> bool:
    """Whether a node needs brackets to be a factor."""
    return isinstance(node, Sum)
