"""What the elements of a built page are to somebody who writes them down elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Comment, Tag
from bs4.element import NavigableString

HEADINGS = {
    "h1": "",
    "h2": r"\section*",
    "h3": r"\subsection*",
    "h4": r"\subsubsection*",
    "h5": r"\paragraph*",
    "h6": r"\subparagraph*",
}
"""The first is the title, which the document has by itself."""

LEFT_OUT = (
    ".headerlink, .md-content__button, .page-cite, .formula-cite, .attempt, .exercise-progress, "
    ".footnote, .footnote-backref, .page-imprint, .page-check a, script, style, noscript, form, "
    "button, input, template"
)
"""What is about the page itself or works on the screen alone."""

_BLOCKS = frozenset(
    "address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr img main nav noscript ol p pre section table ul".split()
)


def classes(node: Tag) -> frozenset[str]:
    """The classes of an element."""
    return frozenset(node.get_attribute_list("class")) - {None}


def is_left_out(node: Tag) -> bool:
    """Whether the element has no business on paper; the details of a check have none, either."""
    return node.css.match(f"{LEFT_OUT}, .formula-check")


def is_block(node: Tag) -> bool:
    """Whether the element stands by itself; a formula may do so in the middle of a text."""
    return node.name in _BLOCKS or not classes(node).isdisjoint({"finding"})


def annotation(node: Tag) -> str:
    """The LaTeX of a formula as its page has it."""
    found = node.find("annotation")
    return found.get_text() if found else ""


def words(node: Tag) -> str:
    """The text of an element in one line; mathematics as the characters of its MathML."""
    return " ".join("".join(_strings(node)).split())


def _strings(node: Tag) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, NavigableString):
            yield "" if isinstance(child, Comment) else str(child)
        elif isinstance(child, Tag) and child.name != "annotation":
            if classes(child).isdisjoint({"katex-html", "headerlink"}):
                yield from _strings(child)
