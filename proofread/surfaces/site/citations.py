"""How a page or a formula is cited, in the forms that programs and people read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.utils.yaml import yaml_load
from pylatexenc.latexencode import unicode_to_latex  # type: ignore[import-untyped]

from proofread.surfaces.files import CannotStart, read_text
from proofread.surfaces.git import Change

FILE = "CITATION.cff"
LICENCE = "CC BY 4.0"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHORT = 10
"""Characters of a commit in what people read."""


@dataclass(frozen=True, slots=True)
class Work:
    """The site as a whole, as its file of citation says it."""

    title: str
    authors: tuple[str, ...]
    version: str
    released: str


def read_work(root: Path) -> Work:
    """What the file of citation says; a citation and that file can't differ."""
    data: dict[str, Any] = yaml_load(read_text(root / FILE))
    try:
        authors = tuple(_author(one) for one in data["authors"])
        return Work(data["title"], authors, str(data["version"]), str(data["date-released"]))
    except (KeyError, TypeError) as error:
        raise CannotStart(f"{FILE} does not say what a citation needs: {error}") from None


def _author(author: dict[str, str]) -> str:
    return (
        author["name"] if "name" in author else f"{author['family-names']}, {author['given-names']}"
    )


@dataclass(frozen=True, slots=True)
class Cited:
    """A page or a formula with all that a citation says of it."""

    tag: str
    title: str
    address: str
    """Where its tag leads from: whole where the site knows where it stands."""
    change: Change | None
    """The last one of the page; none where there is no history."""
    work: Work

    @property
    def day(self) -> str:
        """When it was written as it is."""
        return self.change.day if self.change else self.work.released

    @property
    def is_public(self) -> bool:
        """Whether the address is one that others can follow."""
        return "://" in self.address

    @property
    def marks(self) -> str:
        """What tells this version of it from every other."""
        parts = [f"tag {self.tag}", f"version {self.work.version}"]
        if self.change:
            parts += [f"changed {self.change.day}", f"commit {self.change.commit[:_SHORT]}"]
        return ", ".join([*parts, LICENCE])

    @property
    def key(self) -> str:
        """What a document cites it by."""
        return f"proofread-{self.tag}"


def bibtex(cited: Cited) -> str:
    """An entry for BibTeX, in which every character stands as LaTeX writes it."""
    fields = {
        "author": _authors(cited),
        "title": f"{{{_tex(cited.title)}}}",
        "howpublished": f"{{{_tex(cited.work.title)}}}",
        "year": f"{{{cited.day[:4]}}}",
        "month": _MONTHS[int(cited.day[5:7]) - 1],
        "note": f"{{{_tex(_capital(cited.marks))}}}",
    }
    return _entry("misc", cited, fields)


def biblatex(cited: Cited) -> str:
    """An entry for BibLaTeX, which knows versions, dates and addresses."""
    fields = {
        "author": _authors(cited),
        "title": f"{{{_tex(cited.title)}}}",
        "titleaddon": f"{{{_tex(cited.work.title)}}}",
        "date": f"{{{cited.day}}}",
        "version": f"{{{_tex(cited.work.version)}}}",
        "note": f"{{{_tex(_capital(cited.marks))}}}",
    }
    return _entry("online", cited, fields)


def csl(cited: Cited) -> str:
    """CSL-JSON, which citation managers and Pandoc read."""
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "webpage",
        "title": cited.title,
        "container-title": cited.work.title,
        "author": [{"literal": name} for name in cited.work.authors],
        "issued": {"date-parts": [[int(part) for part in cited.day.split("-")]]},
        "version": cited.work.version,
        "number": cited.tag,
        "note": _capital(cited.marks),
    }
    if cited.is_public:
        item["URL"] = cited.address
    lines = (f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
             for name, value in item.items())  # fmt: skip
    return "[{\n" + ",\n".join(lines) + "\n}]"


def ris(cited: Cited) -> str:
    """RIS, which the older citation managers read."""
    lines = [
        ("TY", "ELEC"),
        ("ID", cited.key),
        *(("AU", name) for name in cited.work.authors),
        ("TI", cited.title),
        ("T2", cited.work.title),
        ("PY", cited.day[:4]),
        ("DA", cited.day.replace("-", "/")),
        ("ET", cited.work.version),
        ("N1", _capital(cited.marks)),
        *([("UR", cited.address)] if cited.is_public else ()),
    ]
    return "\n".join([*(f"{name}  - {text}" for name, text in lines), "ER  - "])


def plain(cited: Cited) -> str:
    """A sentence for a list of references."""
    names = "; ".join(cited.work.authors)
    return (
        f"{names} ({cited.day[:4]}). {cited.title}. In: {cited.work.title}. "
        f"{_capital(cited.marks)}. {cited.address}"
    )


def markdown(cited: Cited) -> str:
    """A link for notes and for questions and answers."""
    text = re.sub(r"([\\\[\]`*_$<>])", r"\\\1", cited.title)
    return f'[{text}]({cited.address} "Proofread, {cited.marks}")'


FORMS: tuple[tuple[str, Callable[[Cited], str]], ...] = (
    ("BibTeX", bibtex),
    ("BibLaTeX", biblatex),
    ("CSL-JSON", csl),
    ("RIS", ris),
    ("Plain text", plain),
    ("Markdown", markdown),
)


def _entry(kind: str, cited: Cited, fields: dict[str, str]) -> str:
    if cited.is_public:
        fields = fields | {"url": f"{{{cited.address}}}"}
    width = max(map(len, fields))
    lines = [f"  {name:<{width}} = {value}" for name, value in fields.items()]
    return f"@{kind}{{{cited.key},\n" + ",\n".join(lines) + "\n}"


def _authors(cited: Cited) -> str:
    """Names of persons as they are; the name of a group in braces of its own."""
    names = (_tex(name) for name in cited.work.authors)
    return f"{{{' and '.join(name if ', ' in name else f'{{{name}}}' for name in names)}}}"


def _tex(text: str) -> str:
    encoded: str = unicode_to_latex(text, unknown_char_policy="replace")
    return encoded


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
