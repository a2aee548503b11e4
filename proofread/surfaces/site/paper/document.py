"""A page as a LaTeX document that compiles by itself: its macros, its text, where it is from."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from string import Template

from bs4 import BeautifulSoup, Tag

from proofread.latex.macros import Macro
from proofread.surfaces.files import CannotStart, read_text
from proofread.surfaces.site.index import SitePage
from proofread.surfaces.site.paper import characters, mathematics
from proofread.surfaces.site.paper.article import Article
from proofread.surfaces.site.paper.characters import CannotWrite
from proofread.surfaces.site.paper.names import file_name
from proofread.surfaces.site.paper.pages import Built
from proofread.surfaces.site.paper.parts import words

_FRAME = Template((files(__package__) / "article.tex").read_text(encoding="utf-8"))
_LINKS = 'a[href^="#"]:not(.headerlink)'


def write_document(
    root: Path, built: Path, one: Built, numbers: Mapping[str, str], macros: Mapping[str, Macro]
) -> None:
    """Put a document beside a page; ``numbers`` has every label of the site."""
    try:
        written = document(one.soup, numbers, macros)
    except CannotWrite as error:
        raise CannotStart(f"{_place(root, one.page, error.sign)}: {error}") from None
    (built / one.address / file_name(one.page.path)).write_text(written, encoding="utf-8")


def document(
    soup: BeautifulSoup, numbers: Mapping[str, str], macros: Mapping[str, Macro]
) -> str:
    """The document of a built page; ``numbers`` has every label of the site."""
    content = soup.find("article")
    imprint = soup.select_one(".page-imprint")
    heading = content.find("h1") if content else None
    if content is None or imprint is None or heading is None:
        raise CannotWrite("the page has no title, or does not say what it is cited by")
    public = soup.find("link", rel="canonical")
    article = Article(
        page=str(public["href"]) if public else "",
        numbers=numbers,
        labels=_labels(content),
        notes={str(note["id"]): note for note in content.select(".footnote li[id]")},
        linked=frozenset(str(link["href"])[1:] for link in content.select(_LINKS)),
    )
    title, body = article.title(heading), article.blocks(content)
    return _FRAME.substitute(
        title=title,
        plain=characters.text(words(heading)),
        date=str(imprint["data-day"]),
        imprint=article.blocks(imprint),
        author=characters.text(str(imprint["data-authors"])),
        macros="\n".join(mathematics.preamble(article.formulas, macros)),
        body=body,
    )


def _labels(content: Tag) -> dict[str, str]:
    """Each label with the one under which the document knows the formula: its first."""
    found: dict[str, str] = {}
    for numbers in content.select(".formula-numbers"):
        names = [str(one["id"]) for one in numbers.select("a[id]")]
        found |= dict.fromkeys(names, names[0])
    return found


def _place(root: Path, page: SitePage, sign: str) -> str:
    """Where a character stands: on the page itself, or in what it includes."""
    for path in (root / page.file, *sorted((root / "snippets").rglob("*.*"))):
        for number, line in enumerate(read_text(path).split("\n"), start=1):
            if sign and sign in line:
                return f"{path.relative_to(root).as_posix()}, line {number}"
    return page.file
