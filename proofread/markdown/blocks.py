"""From the tree of a page to its blocks, in the order in which a reader reads them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from typing import Literal
from xml.etree import ElementTree

from markdown import Markdown
from markdown.util import AMP_SUBSTITUTE, AtomicString

from proofread.markdown.delimiters import Found
from proofread.markdown.marks import PIECE, number
from proofread.markdown.page import Block, BlockKind, Piece, Scope
from proofread.markdown.reading import Reading
from proofread.records import Place

_STASHED = re.compile(r"\x02wzxhzdk:(\d+)\x03")
_ESCAPED = re.compile(r"\x02(\d+)\x03")
_PLACEHOLDER = re.compile("\x02[^\x02\x03]*\x03")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_FORMULA = re.compile(f'<span[^>]*data-piece="{PIECE.pattern}"[^>]*></span>')
_RAW_CODE = re.compile(r"<(pre|code|script|style|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_HEADING = re.compile(r"h([1-6])$")
_SPACES = re.compile(r"[ \t]*\n[ \t]*")


@dataclass(frozen=True, slots=True)
class _Context:
    """Where in the page a text stands."""

    kind: BlockKind = "paragraph"
    scopes: tuple[Scope, ...] = ()
    level: int = 0
    group: int = 0
    in_code: bool = False


@dataclass(slots=True)
class Left:
    """A delimiter that is still text at the end, and whether that is in a table."""

    index: int
    in_cell: bool


@dataclass
class _Run:
    """The block that is being filled."""

    parts: list[str | Piece] = field(default_factory=list)
    comments: list[tuple[str, Place | None]] = field(default_factory=list)

    def text(self, text: str) -> None:
        if self.parts and isinstance(self.parts[-1], str):
            self.parts[-1] += text
        elif text:
            self.parts.append(text)


class Walk:
    """One walk over the final tree: numbers the pieces, restores what is text, makes the blocks."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        self.md = md
        self.reading = reading
        self.blocks: list[Block] = []
        self.places: list[Place | None] = []
        """Where each block stands that is a comment."""
        self._comments: dict[int, Place] = {}
        self.left: list[Left] = []
        self.shown: set[int] = set()
        """The delimiters of the pieces on the page, and those inside of them."""
        self._scopes = 0
        self._groups = 0
        self._run = _Run()

    def page(self, root: ElementTree.Element) -> None:
        """Walk the whole tree."""
        self._unmark_raw_html()
        self._content(root, _Context())
        self._flush(_Context())

    # One element.

    def _content(self, element: ElementTree.Element, context: _Context) -> None:
        """The text of an element and its children in order."""
        element.text = self._text(element.text, context)
        for child in element:
            self._child(child, context)
            child.tail = self._text(child.tail, context)

    def _child(self, element: ElementTree.Element, context: _Context) -> None:
        formula = PIECE.fullmatch(element.attrib.pop("data-piece", "") or "")
        for name, value in element.attrib.items():
            element.set(name, self.reading.restore(value or ""))
        tag = element.tag
        names = _classes(element)
        if formula:
            self._piece(element, self.reading.found[number(formula["number"])], context)
        elif tag == "pre":
            self._flush(context)
            self._content(element, replace(context, in_code=True))
            self._run = _Run()
        elif tag == "code":
            self._content(element, replace(context, in_code=True))
        elif not self.md.is_block_level(tag) and tag not in ("summary", "label"):
            self._inline(element, tag, names, context)
        elif "tabbed-set" in names:
            self._flush(context)
            self._tabs(element, context)
        else:
            self._flush(context)
            self._container(element, self._inside(element, tag, names, context))

    def _container(self, element: ElementTree.Element, context: _Context) -> None:
        self._content(element, context)
        self._flush(context)

    def _inline(
        self, element: ElementTree.Element, tag: str, names: list[str], context: _Context
    ) -> None:
        if tag == "br":
            self._run.text("\n")
        elif "footnote-ref" in names or "footnote-backref" in names or tag == "input":
            return
        else:
            self._content(element, context)

    def _piece(self, element: ElementTree.Element, found: Found, context: _Context) -> None:
        piece = self.reading.piece(found)
        element.set("data-piece", str(len(self.reading.pieces)))
        element.text = AtomicString(html.escape(piece.latex, quote=False))
        self.reading.pieces.append(piece)
        self.shown.update(range(found.first, found.last + 1))
        alone = element.tag == "div"
        if alone:
            self._flush(context)
        self._run.parts.append(piece)
        if alone:
            self._flush(context)

    # Where an element's content stands.

    def _inside(
        self, element: ElementTree.Element, tag: str, names: list[str], context: _Context
    ) -> _Context:
        heading = _HEADING.match(tag)
        if heading:
            return replace(context, kind="heading", level=int(heading[1]), group=0)
        if tag in ("ul", "ol", "table"):
            self._groups += 1
            return replace(context, group=self._groups)
        if tag in ("summary", "label") or "admonition-title" in names:
            return replace(context, kind="title")
        simple: dict[str, BlockKind] = {"li": "item", "td": "cell", "th": "cell", "dt": "term"}
        if tag in simple:
            return replace(context, kind=simple[tag])
        if tag == "dd":
            return replace(context, kind="paragraph", group=0)
        if tag == "details" or "admonition" in names:
            kind = next((name for name in names if name != "admonition"), "")
            titles = [
                self._plain(child)
                for child in element
                if child.tag == "summary" or "admonition-title" in _classes(child)
            ]
            return self._scope(context, "admonition", kind, "".join(titles[:1]))
        return context

    def _scope(
        self, context: _Context, kind: Literal["admonition", "tab"], name: str, title: str
    ) -> _Context:
        self._scopes += 1
        scope = Scope(kind, name, title, self._scopes)
        return replace(context, kind="paragraph", group=0, scopes=(*context.scopes, scope))

    def _tabs(self, tabs: ElementTree.Element, context: _Context) -> None:
        """A set of tabs: all labels come first, then what each of them shows."""
        labels = [label for part in tabs if "tabbed-labels" in _classes(part) for label in part]
        shown = [block for part in tabs if "tabbed-content" in _classes(part) for block in part]
        scopes = [self._scope(context, "tab", title, title) for title in map(self._plain, labels)]
        for label, inner in zip(labels, scopes, strict=True):
            self._container(label, replace(inner, kind="title"))
        for block, inner in zip(shown, scopes, strict=True):
            self._container(block, inner)

    # Text.

    def _plain(self, element: ElementTree.Element) -> str:
        """The text of an element without what formulas it holds."""
        return " ".join(self._prose(self.reading.restore("".join(element.itertext()))).split())

    def _prose(self, text: str) -> str:
        """A text with the library's own escapes undone, without raw HTML."""
        text = _STASHED.sub(self._entity, text.replace(AMP_SUBSTITUTE, "&"))
        text = _ESCAPED.sub(lambda match: chr(int(match[1])), text)
        return _PLACEHOLDER.sub("", text)

    def _entity(self, match: re.Match[str]) -> str:
        """The character that an entity put away as raw HTML stands for; nothing for a tag."""
        raw = self._raw_html(int(match[1]))
        return html.unescape(raw) if raw.startswith("&") else ""

    def _raw_html(self, key: int) -> str:
        stash = self.md.htmlStash.rawHtmlBlocks
        raw = stash[key] if key < len(stash) else ""
        return raw if isinstance(raw, str) else ""

    def _text(self, text: str | None, context: _Context) -> str | None:
        """A text with its delimiters restored; its prose goes to the block."""
        if not text:
            return text
        for index in self.reading.tokens(text):
            if context.in_code:
                self.reading.in_code.add(index)
            else:
                self.left.append(Left(index, context.kind == "cell"))
        restored = self.reading.restore(text)
        for match in _STASHED.finditer(restored):
            self._raw(int(match[1]))
        prose = self._prose(restored)
        self._run.text(html.unescape(prose) if context.in_code else prose)
        return AtomicString(restored) if isinstance(text, AtomicString) else restored

    def _raw(self, key: int) -> None:
        """Note a comment that is put away as raw HTML."""
        comment = _COMMENT.fullmatch(self._raw_html(key).strip())
        if comment:
            self._run.comments.append((comment[1].strip(), self._comments.get(key)))

    def _unmark_raw_html(self) -> None:
        """Restore what is put away as raw HTML, and note the delimiters in it."""
        reading, stash = self.reading, self.md.htmlStash.rawHtmlBlocks
        for key, raw in enumerate(stash):
            if not isinstance(raw, str):
                continue
            inside = self._inside_raw(raw)
            tokens = reading.tokens(raw)
            within = {index for one in inside for index in range(one.first, one.last + 1)}
            if raw.lstrip().startswith("<!--") and tokens:
                self._comments[key] = reading.delimiters[tokens[0]].place
                reading.in_code.update(tokens, within)
            else:
                reading.in_html.update(reading.tokens(_RAW_CODE.sub("", raw)), within)
                reading.in_code.update(set(tokens) - reading.in_html)
            stash[key] = reading.restore(_FORMULA.sub(self._source, raw))

    def _source(self, match: re.Match[str]) -> str:
        return self.reading.source(self.reading.found[number(match["number"])])

    def _inside_raw(self, raw: str) -> list[Found]:
        """The formulas that were read in what then turned out to be raw HTML."""
        found = self.reading.found
        return [found[number(match["number"])] for match in _FORMULA.finditer(raw)]

    # Blocks.

    def _flush(self, context: _Context) -> None:
        """End the block; comments count where there is nothing else in it."""
        run, self._run = self._run, _Run()
        parts = _trimmed(run.parts)
        if parts:
            level = context.level if context.kind == "heading" else 0
            group = context.group if context.kind in ("item", "cell") else 0
            self.blocks.append(Block(context.kind, parts, context.scopes, level, group))
            self.places.append(None)
            return
        for comment, place in run.comments:
            self.blocks.append(Block("comment", (comment,), context.scopes))
            self.places.append(place)


def _classes(element: ElementTree.Element) -> list[str]:
    return (element.get("class") or "").split()


def _trimmed(parts: list[str | Piece]) -> tuple[str | Piece, ...]:
    """The parts without the spaces around them, line breaks as single newlines."""
    found = [_SPACES.sub("\n", part) if isinstance(part, str) else part for part in parts]
    if found and isinstance(found[0], str):
        found[0] = found[0].lstrip()
    if found and isinstance(found[-1], str):
        found[-1] = found[-1].rstrip()
    return tuple(part for part in found if part != "")
