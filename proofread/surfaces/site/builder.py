"""Completes the tree of one page: formulas, marks, references, figures, findings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from html import escape, unescape
from pathlib import Path
from posixpath import dirname, relpath
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString

from proofread.markdown.mathematics import reading_of
from proofread.records import Finding, Place, Statement
from proofread.surfaces.site import complaints, references, verdicts
from proofread.surfaces.site.cite import Citations, citations_of
from proofread.surfaces.site.corrections import corrections_of
from proofread.surfaces.site.figures import Figures
from proofread.surfaces.site.formulas import Shown, name_as_html, show
from proofread.surfaces.site.index import Site, SitePage, Target, Told
from proofread.surfaces.spelling import words_of
from proofread.surfaces.site.starts import start_name
from proofread.surfaces.site.tag_pages import TABLE
from proofread.surfaces.tags.giving import orphans, untagged

CHECKER = "check/index.md"
_START = Place(1, 1)
# What is no excerpt from the source may be broken into lines.
_SENTENCE = re.compile(r" *= ")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class PageBuilder:
    """Builds one page; ``page`` is ``None`` for a text that is no page of the site."""

    def __init__(
        self,
        md: Markdown,
        site: Site,
        page: SitePage | None,
        site_url: str = "",
        repo_url: str = "",
    ) -> None:
        self._md = md
        self._site = site
        self._page = page
        self._path = page.path if page else ""
        self._reading = reading_of(md)
        self._pieces = self._reading.pieces
        self._site_url = site_url
        self._citations: Citations | None = None
        self._corrections = corrections_of(site, page, site_url, repo_url) if page else None
        self._shown: list[Shown] = []
        self._statements: dict[int, list[Statement]] = defaultdict(list)
        self._told: dict[int | None, list[Told]] = defaultdict(list)
        if page:
            for statement in page.report.statements:
                self._statements[statement.piece].append(statement)
            for told in page.told:
                self._told[told.piece].append(told)

    def build(self, root: Element) -> None:
        """Show every formula, and complain of what is wrong with the page."""
        self._shown = show(self._pieces, self._site.numbers(), Path())
        formulas = [element for element in root.iter() if _is_formula(element)]
        parents = {child: parent for parent in root.iter() for child in parent}
        problems = Figures(self._md, self._site, self._path, self._pieces).build(root)
        texts = [complaints.about("unknown-figure", one, self._in_file()) for one in problems]
        self._label_headings(root)
        self._citations = self._citations_of(root)
        numbers = [_number(element) for element in formulas]
        for number, element in zip(numbers, formulas, strict=True):
            self._fill(number, element, parents[element])
        for element in [one for one in root.iter() if one.get("class") == "reference"]:
            self._refer(element, element.get("data-label", ""), self._place_in_text(element))
        texts += self._complain_of_the_page(set(numbers))
        self._open(root, texts)

    def _fill(self, number: int, element: Element, parent: Element) -> None:
        piece, shown = self._pieces[number], self._shown[number]
        alone = references.ALONE.fullmatch(piece.latex)
        if alone and not piece.display:
            self._refer(element, alone[1].strip(), self._in_file(piece.start, number))
            return
        findings = [_complain(told) for told in self._told[number]]
        for label, offset in references.labels_in(piece.latex):
            if label not in self._site.labels:
                place = self._in_file(piece.place(offset), number)
                findings.append(_finding(_unknown(label, place)))
        open_already = any(not told.expected for told in self._told[number])
        if shown.error is not None and not open_already:
            message = f"this formula cannot be shown: {shown.error}"
            place = self._in_file(shown.place or piece.start, number)
            findings.append(_finding(complaints.about("not-rendered", message, place)))
        element.attrib.clear()
        element.text = None
        if piece.display:
            self._display(number, element)
            if parent.tag == "p":  # a paragraph cannot hold a block
                parent.tag = "div"
                parent.set("class", "paragraph")
        else:
            self._inline(number, element, searched=parent.tag not in _HEADINGS)
        element.extend(findings)

    def _inline(self, number: int, element: Element, *, searched: bool) -> None:
        element.set("class", "formula-inline")
        state = verdicts.overall(self._statements[number])
        if state:
            element.set("data-state", state)
        if not searched:  # a title of the search is read as it is drawn
            element.text = self._html(number)
            return
        # No span: the search takes the end of any element of the same name for the end of what it
        # skips.
        drawn = SubElement(element, "var", {"data-search-exclude": ""})
        drawn.text = self._html(number)
        self._words(number, element)

    def _words(self, number: int, element: Element) -> None:
        """What the search reads of a formula, instead of the signs that it is drawn with."""
        words = SubElement(element, "code", {"class": "formula-words", "hidden": ""})
        words.text = AtomicString(words_of(self._pieces[number].latex))

    def _display(self, number: int, element: Element) -> None:
        element.tag = "div"
        element.set("class", "formula")
        if not (self._shown[number].html or self._shown[number].error):
            element.set("data-defines", self._pieces[number].latex)  # for those who take it along
        box = SubElement(element, "div", {"class": "formula-box", "data-search-exclude": ""})
        box.text = self._html(number)
        self._words(number, element)
        statements = self._statements[number]
        labels = list(dict.fromkeys(one.label for one in statements if one.label))
        if labels:
            numbers = SubElement(element, "div", {"class": "formula-numbers"})
            numbers.set("data-search-exclude", "")
        for label in labels:
            anchor = SubElement(numbers, "a", {"id": label, "href": f"#{label}"})
            anchor.set("title", "Permanent link to this formula")
            anchor.text = f"({self._site.labels[label].number})"
        self._cite(element, labels)
        shown = partial(name_as_html, root=Path())
        links = self._corrections.links(self._pieces[number], labels) if self._corrections else ""
        mark = verdicts.mark(statements, self._page.report, shown, links) if self._page else ""
        if mark:
            # The search takes the end of any element of the same name for the end of what it skips.
            check = SubElement(element, "footer", {"class": "formula-check"})
            check.set("data-search-exclude", "")
            check.text = self._md.htmlStash.store(mark)

    def _citations_of(self, root: Element) -> Citations | None:
        if self._page is None or self._site.tags is None:
            return None
        heading = next((one for one in root if one.tag == "h1"), None)
        plain = self._page.title if heading is None else unescape(self._plain(heading))
        title = " ".join(HTML_PLACEHOLDER_RE.sub("", plain).split())
        return citations_of(self._site, self._page, title, self._site_url)

    def _cite(self, element: Element, labels: Sequence[str]) -> None:
        """Put what a formula is cited by below it."""
        html = "".join(map(self._citations.of_formula, labels)) if self._citations else ""
        if html:
            box = SubElement(element, "div", {"class": "formula-cite"})
            box.text = self._md.htmlStash.store(html)

    def _html(self, number: int) -> str:
        shown = self._shown[number]
        html = shown.html or (f"<code>{escape(shown.piece.latex)}</code>" if shown.error else "")
        return self._md.htmlStash.store(html) if html else ""

    def _refer(self, element: Element, label: str, place: Place) -> None:
        if label in self._site.labels:
            references.link(element, label, self._path, self._site.labels)
            return
        element.attrib = {"class": "reference-missing"}
        element.text = "(?)"
        element.append(_finding(_unknown(label, place)))

    def _label_headings(self, root: Element) -> None:
        """Say what a heading with mathematics is called in the table of contents."""
        for heading in (one for one in root.iter() if one.tag in _HEADINGS):
            if any(_is_formula(child) for child in heading.iter()):
                heading.set("data-toc-label", " ".join(self._plain(heading).split()))

    def _plain(self, element: Element) -> str:
        if _is_formula(element):
            return self._shown[_number(element)].plain
        parts = [element.text or ""]
        for child in element:
            parts += [self._plain(child), child.tail or ""]
        return "".join(parts)

    def _place_in_text(self, element: Element) -> Place:
        r"""Where a bare ``\eqref`` stands: Markdown keeps no places, but the text is at hand."""
        asked = rf"\eqref{{{element.get('data-label')}}}"
        for line, text in enumerate((self._page.body if self._page else "").split("\n"), start=1):
            if asked in text:
                return self._in_file(Place(line, text.index(asked) + 1))
        return self._in_file()

    def _in_file(self, place: Place = _START, number: int | None = None) -> Place:
        """A place in the file, of which MkDocs hands over the text without the front matter.

        Of a notebook it hands over something else, so that the formula's own place must do.
        """
        if place.path is not None or self._page is None:
            return place
        if not self._page.is_notebook:
            return Place(place.line + self._page.front, place.column, self._page.file)
        statements = self._statements[number] if number is not None else []
        line, column = (statements[0].line, statements[0].column) if statements else (1, 1)
        return Place(line, column, self._page.file)

    def _complain_of_the_page(self, shown: set[int]) -> list[str]:
        texts = [complaints.complain(told.text) for told in self._told[None]]
        told_lines = {told.line for told in self._page.told} if self._page else set()
        for problem in self._reading.problems:
            start, end = self._in_file(problem.start), self._in_file(problem.end)
            if start.line not in told_lines:
                about = complaints.about("not-rendered", problem.message, start, end, problem.help)
                texts.append(about)
        for number, piece in enumerate(self._pieces):
            if number not in shown:
                message = "this formula does not come out as mathematics on the page"
                place = self._in_file(piece.start, number)
                texts.append(complaints.about("not-rendered", message, place))
        for first, second in self._site.duplicates:
            if self._page and second.path == self._page.path:
                texts.append(_twice(self._page, first, second))
        return texts + [complaints.tell(finding) for finding in self._tag_problems()]

    def _tag_problems(self) -> Iterator[Finding]:
        """What has no tag on this page; on the page of all tags, what is wrong with those."""
        tags = self._site.tags
        if self._page is None or tags is None:
            return
        named = self._site.named()
        file = self._page.file
        yield from untagged(tags, {one: at for one, at in named.items() if at.path == file})
        if self._path == TABLE:
            yield from tags.problems
            yield from orphans(tags, named)

    def _open(self, root: Element, texts: list[str]) -> None:
        """Below the title: what the page says as a whole, and what is wrong with it as a whole."""
        additions = [_finding(text) for text in texts]
        if self._page and self._page.statements:
            summary = Element("p", {"class": "page-check", "data-search-exclude": ""})
            summary.text = f"{verdicts.summary(self._page.report)} "
            if self._page.can_be_opened:
                address = f"{relpath(CHECKER, dirname(self._path) or '.')}"
                address += f"?page={start_name(self._path)}"
                link = SubElement(summary, "a", {"href": address})
                link.text = "Open in the checker"
            additions.insert(0, summary)
            if self._citations and (cited := self._citations.of_page()):
                box = Element("div", {"class": "page-cite"})
                box.text = self._md.htmlStash.store(cited)
                additions.insert(1, box)
                imprint = SubElement(root, "div")
                imprint.text = self._md.htmlStash.store(self._citations.imprint())
        below = next((at for at, one in enumerate(root, start=1) if one.tag == "h1"), 0)
        root[below:below] = additions


def _is_formula(element: Element) -> bool:
    return "data-piece" in element.attrib


def _number(element: Element) -> int:
    return int(element.get("data-piece", ""))


def _finding(text: str, *, expected: bool = False) -> Element:
    kind = "finding expected" if expected else "finding"
    element = Element("code", {"class": kind, "data-search-exclude": ""})
    for number, line in enumerate(text.split("\n")):
        row = SubElement(element, "span")
        row.text, row.tail = line, "\n"
        if number == 0 or _SENTENCE.match(line):
            row.set("class", "sentence")
    return element


def _complain(told: Told) -> Element:
    if told.expected:
        return _finding(told.text, expected=True)
    return _finding(complaints.complain(told.text))


def _unknown(label: str, place: Place) -> str:
    end = Place(place.line, place.column + len(r"\eqref{}") + len(label), place.path)
    return complaints.about("unknown-label", f"no formula has the label {label}", place, end)


def _twice(page: SitePage, first: Target, second: Target) -> str:
    message = f"the label {second.label} is given twice"
    note = f"the first is in {first.path}, line {first.line}"
    place = Place(second.line, 1, page.file)
    return complaints.about("duplicate-label", message, place, note=note)
