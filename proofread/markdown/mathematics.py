r"""A Python-Markdown extension that finds the mathematics of a page and knows where it stands.

It reads ``$...$``, ``$$...$$``, ``\(...\)``, ``\[...\]`` and bare ``\begin{...}...\end{...}``
wherever Markdown reads text. In the tree each formula becomes an element of the class
``mathematics`` (``div`` for a displayed one that stands by itself, ``span`` otherwise, with the
class ``display`` where it is displayed), with ``data-piece`` as its number in the order of the page
and its escaped LaTeX as its text. A tree processor of a lower priority than :data:`PRIORITY` may
replace what is in these elements; :func:`reading_of` gives it the pieces.

List it behind ``pymdownx.snippets``: it replaces its preprocessor by one that keeps places.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.snippets import SnippetExtension

from proofread.markdown.blocks import Walk
from proofread.markdown.delimiters import OPENERS, Found, formula_at
from proofread.markdown.marks import CLOSE, FORMULA, NUMBER, OPEN, TOKEN, token
from proofread.markdown.problems import leftovers
from proofread.markdown.reading import MarkDelimiters, MarkOrigins, Reading, TakeOrigins
from proofread.markdown.sources import LocatedSnippets

CLASS = "mathematics"
PRIORITY = 6
"""Of the tree processor that numbers the pieces: behind ``attr_list`` (8), before ``toc`` (5)."""


def _element(reading: Reading, tag: str, found: Found) -> ElementTree.Element:
    """The element of a formula; its LaTeX comes last, when nothing can mistake it for Markdown."""
    reading.found.append(found)
    name = f"{CLASS} display" if found.display else CLASS
    return ElementTree.Element(
        tag, {"class": name, "data-piece": token(FORMULA, len(reading.found) - 1)}
    )


class FormulaBlock(BlockProcessor):
    """A block that is one displayed formula and nothing else."""

    def __init__(self, parser: BlockParser, reading: Reading) -> None:
        super().__init__(parser)
        self.reading = reading

    def _found(self, block: str) -> Found | None:
        indent = len(block) - len(block.lstrip(" "))
        found = formula_at(block, indent, self.reading.name_of, indent)
        whole = found is not None and found.display and not block[found.end :].strip()
        return found if whole else None

    def test(self, parent: ElementTree.Element, block: str) -> bool:  # noqa: ARG002 (the library's interface)
        """Whether the block is a displayed formula."""
        return self._found(block) is not None

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        """Put the formula's element into the tree."""
        block = blocks.pop(0)
        found = self._found(block)
        if found is None:
            return
        indent = len(block) - len(block.lstrip(" "))
        sibling = self.lastChild(parent)
        if indent and sibling is not None and sibling.tag in ("ul", "ol", "dl"):
            self.reading.outside_list.add(found.first)
            ElementTree.SubElement(parent, "p").text = AtomicString(block.strip())
        else:
            parent.append(_element(self.reading, "div", found))


class FormulaInText(InlineProcessor):
    """A formula in the middle of a text."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        kinds = "".join(sorted(OPENERS))
        super().__init__(f"{OPEN}[{kinds}]{NUMBER}{CLOSE}", md)
        self.reading = reading

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the library's name)
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int | None, int | None]:
        """The element of the formula that a delimiter opens, if it opens one."""
        found = formula_at(data, m.start(), self.reading.name_of)
        if found is None:
            return None, None, None
        return _element(self.reading, "span", found), found.start, found.end


class UnmarkCode(Treeprocessor):
    """Indented code is as its author wrote it, before it is highlighted."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        super().__init__(md)
        self.reading = reading

    def run(self, root: ElementTree.Element) -> None:
        """Restore all code blocks."""
        for code in root.iterfind(".//pre/code"):
            if code.text and TOKEN.search(code.text):
                self.reading.in_code.update(self.reading.tokens(code.text))
                code.text = AtomicString(self.reading.restore(code.text))


class NumberPieces(Treeprocessor):
    """Last: pieces in the order of the page, its blocks, and what stayed text."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        super().__init__(md)
        self.reading = reading

    def run(self, root: ElementTree.Element) -> None:
        """Walk the tree as it is read."""
        walk = Walk(self.md, self.reading)
        walk.page(root)
        self.reading.blocks, self.reading.places = walk.blocks, walk.places
        self.reading.problems += leftovers(self.reading, walk)


class MathematicsExtension(Extension):
    """The mathematics of a page."""

    def __init__(self, **configs: Any) -> None:
        super().__init__(**configs)
        self.reading = Reading()
        self.snippets: LocatedSnippets | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        """Register all processors."""
        md.registerExtension(self)
        reading = self.reading
        if "$" not in md.ESCAPED_CHARS:
            md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$"]
        for extension in md.registeredExtensions:
            if isinstance(extension, SnippetExtension):
                self.snippets = LocatedSnippets(extension.getConfigs(), md)
                md.preprocessors.register(self.snippets, "snippet", 32)
        md.preprocessors.register(MarkOrigins(md, reading, self.snippets), "mark_origins", 40)
        md.preprocessors.register(TakeOrigins(md, reading, self.snippets), "take_origins", 31.5)
        md.preprocessors.register(MarkDelimiters(md, reading), "mark_delimiters", 24)
        md.parser.blockprocessors.register(FormulaBlock(md.parser, reading), "formula", 79.9)
        md.inlinePatterns.register(FormulaInText(md, reading), "formula", 189.9)
        md.treeprocessors.register(UnmarkCode(md, reading), "unmark_code", 31)
        md.treeprocessors.register(NumberPieces(md, reading), "number_pieces", PRIORITY)

    def reset(self) -> None:
        """Begin a new page."""
        self.reading.reset()


def reading_of(md: Markdown) -> Reading:
    """What the last conversion of this instance found out."""
    for extension in md.registeredExtensions:
        if isinstance(extension, MathematicsExtension):
            return extension.reading
    raise LookupError("the extension proofread.markdown.mathematics is not in use")


def makeExtension(**configs: Any) -> MathematicsExtension:  # noqa: N802 (the library's name)
    """What Python-Markdown calls."""
    return MathematicsExtension(**configs)
