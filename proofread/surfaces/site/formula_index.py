"""The table of all labelled formulas and tagged pages, and the form that filters it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from posixpath import dirname, relpath
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown

from proofread.records import Place
from proofread.surfaces.site import complaints
from proofread.surfaces.site.addresses import address_of, relative, tag_address
from proofread.surfaces.site.classes import KINDS, LAYOUTS, OBJECTS
from proofread.surfaces.site.index import Site, SitePage, Target
from proofread.surfaces.site.katex import Formula, renderer
from proofread.surfaces.site.labelled import Labelled
from proofread.surfaces.site.rewriting import restore, rewrite
from proofread.surfaces.site.tag_pages import in_words

SCRIPT = "assets/formula-index.js"
_COLUMNS = ("formula", "object", "operation", "layout", "shapes", "tag")


def table(md: Markdown, site: Site, path: str) -> Iterator[Element]:
    """The form, which its script shows, and a group of rows for each page with a tag."""
    index = _Index(md, site, path)
    rows = [row for page in site.pages for row in page.labelled.values()]
    yield _form(rows)
    box = Element("div", {"class": "formula-index", "role": "region"})
    box.set("aria-label", "All formulas")
    whole = SubElement(box, "table", {"class": "formula-index-table"})
    head = SubElement(SubElement(whole, "thead", {"data-search-exclude": ""}), "tr")
    for column in _COLUMNS:
        SubElement(head, "th", {"scope": "col"}).text = column
    for page in site.pages:
        if page.statements:
            whole.append(index.group(page))
    yield box
    address = relative(SCRIPT, path).removesuffix("/")
    yield Element("script", {"type": "module", "src": address})


class _Index:
    """Makes the rows of one page of the site, the one on ``path``."""

    def __init__(self, md: Markdown, site: Site, path: str) -> None:
        self._stash = md.htmlStash.store
        self._site = site
        self._path = path

    def group(self, page: SitePage) -> Element:
        """A row for a page, and one for each of its labelled formulas."""
        group = Element("tbody")
        head = SubElement(group, "tr", {"class": "formula-index-page"})
        name = SubElement(head, "th", {"scope": "rowgroup", "colspan": str(len(_COLUMNS) - 1)})
        name.set("data-search-exclude", "")
        link = SubElement(name, "a", {"href": relpath(page.path, dirname(self._path) or ".")})
        link.text = page.title
        self._tag(head, page.path)
        targets = [one for one in self._site.labels.values() if one.path == page.path]
        for target in targets:
            if target.label in page.labelled:
                group.append(self._row(page, target, page.labelled[target.label]))
        return group

    def _row(self, page: SitePage, target: Target, formula: Labelled) -> Element:
        classes = formula.classes
        row = Element("tr", {
            "data-object": classes.object,
            "data-operation": ";".join((classes.kind, *classes.uses)),
            "data-layout": classes.layout,
        })  # fmt: skip
        cell = SubElement(row, "td")
        cell.text = self._stash(self._heading(page, target, formula))
        box = SubElement(cell, "div", {"class": "formula-box", "data-search-exclude": ""})
        box.text = self._stash(self._formula(page, target, formula))
        uses = ", ".join(classes.uses)
        shapes = " → ".join(filter(None, (classes.derived, classes.shape)))
        for column, text in zip(
            _COLUMNS[1:],
            (classes.object, f"{classes.kind}; {uses}" if uses else classes.kind, classes.layout,
             shapes),
            strict=False,
        ):  # fmt: skip
            other = SubElement(row, "td", {"data-column": column, "data-search-exclude": ""})
            other.text = text
        self._tag(row, target.label)
        return row

    def _heading(self, page: SitePage, target: Target, formula: Labelled) -> str:
        """The name of a formula, which the search finds, and its words, which only that reads."""
        address = relative(f"{address_of(target.path)}#{target.label}", self._path)
        tag = self._site.tags.of(target.label) if self._site.tags else None
        filed = (formula.classes.kind, formula.classes.object, tag.tag if tag else "")
        return (
            f'<h2 id="{escape(target.label)}" class="formula-index-name">'
            f'<a href="{escape(address)}">{escape(in_words(target.label))}</a></h2>'
            f'<p class="formula-index-words" hidden><code>{escape(formula.words)}</code>, '
            f"{escape(', '.join(filter(None, filed)))}, {escape(page.title)}</p>"
        )

    def _formula(self, page: SitePage, target: Target, formula: Labelled) -> str:
        asked = Formula(rewrite(formula.latex, self._site.numbers()), True, formula.macros)
        answer = renderer(Path()).render([asked])[0]
        if answer.error is None:
            return restore(answer.html, formula.latex)
        message = f"this formula cannot be shown in the index: {answer.error}"
        complaints.about("not-rendered", message, Place(target.line, 1, page.file))
        return f"<code>{escape(formula.latex)}</code>"

    def _tag(self, row: Element, names: str) -> None:
        cell = SubElement(row, "td", {"data-column": "tag", "data-search-exclude": ""})
        tag = self._site.tags.of(names) if self._site.tags else None
        if tag:
            address = escape(relative(tag_address(tag.tag), self._path))
            cell.text = self._stash(f'<a href="{address}"><code>{tag.tag}</code></a>')


def _form(rows: Sequence[Labelled]) -> Element:
    """What the table can be filtered by; without its script, all of the table is there."""
    form = Element("form", {"class": "formula-index-filter", "hidden": ""})
    form.set("data-search-exclude", "")
    objects = {row.classes.object for row in rows}
    kinds = {row.classes.kind for row in rows}
    uses = sorted({use for row in rows for use in row.classes.uses}, key=str.lower)
    layouts = {row.classes.layout for row in rows}
    _options(_select(form, "object"), (one for one in OBJECTS if one in objects))
    operation = _select(form, "operation")
    group = SubElement(operation, "optgroup", {"label": "The formula gives"})
    _options(group, (one for one in KINDS if one in kinds))
    _options(SubElement(operation, "optgroup", {"label": "There is in it"}), uses)
    _options(_select(form, "layout"), (one for one in LAYOUTS if one in layouts))
    label = SubElement(form, "label")
    SubElement(label, "span").text = "text"
    SubElement(label, "input", {
        "type": "search", "name": "text", "autocomplete": "off", "spellcheck": "false",
        "placeholder": r"name, LaTeX or tag",
    })  # fmt: skip
    SubElement(form, "button", {"type": "reset"}).text = "Show all"
    SubElement(form, "p", {"class": "formula-index-count", "role": "status"})
    return form


def _select(form: Element, name: str) -> Element:
    label = SubElement(form, "label")
    SubElement(label, "span").text = name
    select = SubElement(label, "select", {"name": name})
    SubElement(select, "option", {"value": ""}).text = "any"
    return select


def _options(select: Element, values: Iterable[str]) -> None:
    for value in values:
        SubElement(select, "option", {"value": value}).text = value
