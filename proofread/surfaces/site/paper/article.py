"""The elements of a page's article as LaTeX.

The page is read as the build left it, with everything included and every link resolved; so what
the document says is what the site says. An element that has no form here ends the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from textwrap import wrap
from urllib.parse import urldefrag, urljoin

from bs4 import Comment, Tag
from bs4.element import NavigableString, PageElement

from proofread.surfaces.site.paper import characters, mathematics
from proofread.surfaces.site.paper.characters import CannotWrite
from proofread.surfaces.site.paper.parts import (
    HEADINGS,
    annotation,
    classes,
    is_block,
    is_left_out,
    words,
)
from proofread.surfaces.site.paper.tables import table

_WRAPPED = {
    "em": "emph", "i": "emph", "strong": "textbf", "b": "textbf", "code": "texttt",
    "kbd": "texttt", "sup": "textsuperscript", "sub": "textsubscript",
}  # fmt: skip
_TRANSPARENT = frozenset({"span", "small", "abbr", "mark", "label", "summary", "u", "del", "ins"})


@dataclass(slots=True)
class Article:
    """Writes one page; ``page`` is its public address, where the site knows where it stands."""

    page: str
    numbers: Mapping[str, str]
    """What each label of the site is called."""
    labels: Mapping[str, str]
    """The labels of this page, each with the one that the document knows it by."""
    notes: Mapping[str, Tag]
    """The footnotes by their id."""
    linked: frozenset[str]
    """The places of this page to which it links itself."""
    formulas: list[str] = field(default_factory=list)
    """What was written of mathematics; the document defines what stands there."""

    def blocks(self, parent: Tag) -> str:
        """What an element holds: paragraphs of all that stands in lines, and other blocks."""
        return "\n\n".join(self._parts(parent.children))

    def _parts(self, nodes: Iterable[PageElement]) -> Iterator[str]:
        line: list[str] = []
        for node in nodes:
            if isinstance(node, Tag) and is_block(node):
                yield from _paragraph(line)
                line = []
                if block := self._block(node).strip("\n"):
                    yield block
            else:
                line.append(self._inline(node))
        yield from _paragraph(line)

    def _block(self, node: Tag) -> str:
        if is_left_out(node):
            return ""
        named = classes(node)
        if node.name in HEADINGS:
            return self._heading(node)
        if "formula" in named:
            return self._formula(node)
        if "routes-figure" in named or node.name == "img":
            return self._picture(node)
        if "admonition" in named or node.name == "details":
            return self._box(node, named)
        if "tabbed-set" in named:
            return self._tabs(node)
        if "highlight" in named or "finding" in named or node.name == "pre":
            return self._listing(node)
        match node.name:
            case "ul" | "ol":
                return self._list(node)
            case "dl":
                return self._definitions(node)
            case "table":
                return table(node, self.blocks)
            case "blockquote":
                return _environment("quote", self.blocks(node))
            case "hr":
                return r"\par\noindent\hrulefill\par"
        return self._marked(node) + self.blocks(node)

    def title(self, heading: Tag) -> str:
        """The title of the document."""
        return self._line(heading)

    def _heading(self, node: Tag) -> str:
        command = HEADINGS[node.name]
        written = self._line(node)
        plain = characters.text(words(node))
        title = written if written == plain else rf"\texorpdfstring{{{written}}}{{{plain}}}"
        return f"{command}{{{title}}}{self._marked(node)}" if command else ""

    def _marked(self, node: Tag) -> str:
        """A place to which the page links; the name of a formula is set with the formula."""
        name = str(node.get("id") or "")
        return rf"\phantomsection\label{{{name}}}" if name in self.linked - set(self.labels) else ""

    def _formula(self, node: Tag) -> str:
        state = node.select_one(".check > summary")
        parts = [f"% {words(state)}" if state else ""]
        written = [annotation(one) for one in node.select(".formula-box")]
        for latex in [*filter(None, written), *node.get_attribute_list("data-defines")]:
            rest, definitions = mathematics.separate(latex or "")
            parts.append(characters.mathematics(definitions))
            self.formulas.append(definitions)
            if rest.strip():
                named = [(str(one["id"]), words(one).strip("()"))
                         for one in node.select(".formula-numbers a[id]")]  # fmt: skip
                parts.append(mathematics.displayed(self._rewritten(rest), named))
        formula = "\n".join(filter(None, parts))
        findings = (self._listing(one) for one in node.select(".finding"))
        return "\n\n".join([formula, *findings])

    def _rewritten(self, latex: str) -> str:
        self.formulas.append(latex)
        return mathematics.rewrite(latex, self.labels, self.numbers)

    def _picture(self, node: Tag) -> str:
        drawn = node if node.name == "img" else node.find("svg")
        told = str((drawn and (drawn.get("alt") or drawn.get("aria-label"))) or "").rstrip(".")
        where = self._link(self.page, "the page") if self.page else "the page"
        said = f": {characters.text(told)}" if told else ""
        return rf"\emph{{Figure on {where}{said}.}}"

    def _box(self, node: Tag, named: frozenset[str]) -> str:
        title = node.find(["p", "summary"], recursive=False)
        if title and title.name == "p" and "admonition-title" not in classes(title):
            title = None
        said = self._line(title) if title else ""
        kind = "wrong on purpose" if "refuted" in named else "".join(sorted(named - _BOXES)[:1])
        if kind and kind.capitalize() != said:
            said = f"{kind.capitalize()}: {said}" if said else kind.capitalize()
        inside = "\n\n".join(self._parts(one for one in node.children if one is not title))
        return self._marked(node) + _environment("remarkbox", inside, said)

    def _tabs(self, node: Tag) -> str:
        names = [self._line(one) for one in node.select(".tabbed-labels > label")]
        blocks = node.select(".tabbed-content > .tabbed-block")
        pairs = zip(names, blocks, strict=True)
        return "\n\n".join(_environment("remarkbox", self.blocks(one), name) for name, one in pairs)

    def _listing(self, node: Tag) -> str:
        name = node.find(class_="filename")
        lines = node if node.name in ("pre", "code") else node.find("pre")
        source = "\n".join(_wrapped(lines)) if isinstance(lines, Tag) else ""
        written = characters.listing(source.strip("\n"))
        title = rf"\noindent\texttt{{{characters.code(words(name))}}}" if name else ""
        return f"{title}\n\\begin{{alltt}}\\footnotesize\n{written}\n\\end{{alltt}}"

    def _list(self, node: Tag) -> str:
        name = "enumerate" if node.name == "ol" else "itemize"
        items = (rf"\item {self.blocks(item)}" for item in node.find_all("li", recursive=False))
        return _environment(name, "\n".join(items))

    def _definitions(self, node: Tag) -> str:
        items = []
        for child in node.find_all(["dt", "dd"], recursive=False):
            term = child.name == "dt"
            items.append(rf"\item[{{{self._line(child)}}}]" if term else self.blocks(child))
        return _environment("description", "\n".join(items))

    def _line(self, node: Tag) -> str:
        return " ".join("".join(map(self._inline, node.children)).split())

    def _inline(self, node: PageElement) -> str:
        if isinstance(node, NavigableString):
            return "" if isinstance(node, Comment) else characters.text(str(node))
        if not isinstance(node, Tag) or is_left_out(node):
            return ""
        if "formula-inline" in classes(node) or "arithmatex" in classes(node):
            return mathematics.inline(self._rewritten(annotation(node)))
        if node.name == "sup" and node.find(class_="footnote-ref"):
            return self._note(node)
        if node.name in _WRAPPED:
            inside = characters.code(node.get_text()) if node.name == "code" else self._line(node)
            return rf"\{_WRAPPED[node.name]}{{{inside}}}"
        match node.name:
            case "a":
                return self._anchor(node)
            case "br":
                return r"\newline "
            case name if name in _TRANSPARENT:
                return "".join(map(self._inline, node.children))
        raise CannotWrite(f"LaTeX has no form for the element <{node.name}>")

    def _note(self, node: Tag) -> str:
        link = node.find("a")
        name = urldefrag(str(link.get("href"))).fragment if isinstance(link, Tag) else ""
        note = self.notes.get(name)
        return rf"\footnote{{{self.blocks(note)}}}" if note else ""

    def _anchor(self, node: Tag) -> str:
        target, said = str(node.get("href") or ""), self._line(node)
        place = target.removeprefix("#")
        if target.startswith("#") and place in self.labels:
            number = words(node).strip("()")
            if place == self.labels[place] and number == self.numbers.get(place):
                return rf"\eqref{{{place}}}"
            return rf"\hyperref[{self.labels[place]}]{{{said}}}"
        if target.startswith("#"):
            return rf"\hyperref[{place}]{{{said}}}" if place in self.linked else said
        return self._link(urljoin(self.page, target), said)

    def _link(self, target: str, said: str) -> str:
        """A link that works from a file on anybody's disk; the text alone, where none does."""
        return rf"\href{{{characters.address(target)}}}{{{said}}}" if "://" in target else said


_COLUMNS = 78
_BOXES = frozenset({"admonition", "inline", "end", "hint", "highlight"})


def _wrapped(lines: Tag) -> Iterator[str]:
    """The lines of a listing; those that are sentences are no wider than the paper."""
    sentences = {one.get_text() for one in lines.select(".sentence")}
    for line in lines.get_text().split("\n"):
        if line in sentences:
            yield from wrap(line, _COLUMNS, subsequent_indent="      ", drop_whitespace=False)
        else:
            yield line


def _paragraph(line: list[str]) -> Iterator[str]:
    written = "\n".join(one.strip() for one in "".join(line).split("\n") if one.strip())
    if written:
        yield written


def _environment(name: str, inside: str, argument: str | None = None) -> str:
    opening = f"\\begin{{{name}}}" + (f"{{{argument}}}" if argument is not None else "")
    return f"{opening}\n{inside}\n\\end{{{name}}}"
