"""What all pages say together: their reports, the numbers of their formulas, their labels."""

from __future__ import annotations

import hashlib
import pickle
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from mkdocs.utils import meta
from mkdocs.utils.yaml import yaml_load

from proofread.markdown.notebooks import read_file
from proofread.markdown.page import Page
from proofread.records import FileReport, Place, Statement
from proofread.rendering.cells import split_lines
from proofread.rendering.text import render_finding
from proofread.surfaces.files import DOCS, MACROS, SITE_FILE, find_pages, read_text
from proofread.surfaces.pages import CheckedPage, check_file, macros_for
from proofread.surfaces.site.answers import holds_answers
from proofread.surfaces.site.labelled import Labelled, read_labelled
from proofread.surfaces.site.macros import macros_of_site
from proofread.surfaces.side_by_side import side_by_side
from proofread.surfaces.tags import register

_CACHE = Path(".cache", "reports")
_SNIPPETS = "snippets"
_REQUIREMENTS = "requirements.txt"
_NAMED = re.compile(r"<!-- proofread: page (\S+) -->")
_TITLE = re.compile(r"^# +(.+?) *#*$", re.MULTILINE)
_CELL_TITLE = re.compile(r"^# # +(.+?) *#*$", re.MULTILINE)


def title_of(text: str) -> str | None:
    """The first heading of a text in Markdown."""
    match = _TITLE.search(text)
    return match[1] if match else None


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words, with the number of its piece where it is about one."""

    text: str
    line: int
    piece: int | None = None
    expected: bool = False
    """It is what a ``refuted`` admonition asks for."""


@dataclass(frozen=True, slots=True)
class Target:
    """A labelled formula: where it stands and what it is called."""

    label: str
    path: str
    """The page, from the folder of all pages: ``routes.md``."""
    number: str
    line: int


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page with what its check said."""

    path: str
    body: str
    """The text without front matter, which is what MkDocs hands to Markdown."""
    front: int
    """How many lines the front matter takes."""
    report: FileReport
    told: tuple[Told, ...]
    seconds: float
    """How long the check took, when it was last needed."""
    labelled: Mapping[str, Labelled] = field(default_factory=dict)
    """What its labelled formulas say, by their labels."""
    boxes: Counter[str] = field(default_factory=Counter)
    """How many admonitions of each type it has."""

    @property
    def title(self) -> str:
        """The first heading, or the path where there is none."""
        if self.is_notebook:
            match = _CELL_TITLE.search(self.body)
            return match[1] if match else self.path
        return title_of(self.body) or self.path

    @property
    def file(self) -> str:
        """The page's path as findings say it."""
        return f"{DOCS}/{self.path}"

    @property
    def is_notebook(self) -> bool:
        """Whether MkDocs hands over something else than what the file says."""
        return not self.path.endswith(".md")

    @property
    def can_be_opened(self) -> bool:
        """Whether a reader may take its text as a start, without the answers to its exercises."""
        return bool(self.statements) and not self.is_notebook and not holds_answers(self.body)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements that say something."""
        return tuple(one for one in self.report.statements if one.kind != "prose")


@dataclass(frozen=True, slots=True)
class Site:
    """All pages in the order of the navigation."""

    pages: tuple[SitePage, ...]
    labels: Mapping[str, Target]
    duplicates: tuple[tuple[Target, Target], ...] = ()
    """Labels that were given twice: the first place and the second."""
    _bodies: Mapping[str, SitePage] = field(default_factory=dict, repr=False)
    tags: register.Register | None = None
    parts: Mapping[str, str] = field(default_factory=dict)
    """Of which part of the navigation a page is, where it is of one."""

    def find(self, body: str) -> SitePage | None:
        """The page with this text; MkDocs does not tell an extension which page it converts.

        What becomes of a notebook says in a comment which one it is.
        """
        named = _NAMED.match(body)
        if named:
            return next((page for page in self.pages if page.path == named[1]), None)
        return self._bodies.get(body.strip())

    def numbers(self) -> dict[str, str]:
        """What each label is called: ``{"eq-gradient": "3.2"}``."""
        return {label: target.number for label, target in self.labels.items()}

    def named(self) -> dict[str, Place]:
        """All that has a tag: each page with mathematics and its formulas, and where they stand."""
        found: dict[str, Place] = {}
        for page in self.pages:
            if page.statements:
                found[page.path] = Place(page.front + 1, 1, page.file)
            targets = (one for one in self.labels.values() if one.path == page.path)
            found |= {one.label: Place(one.line, 1, page.file) for one in targets}
        return found


def read_site(root: Path = Path()) -> Site:
    """The site as its files are now; only what changed since the last time is checked again."""
    return _read_site(root, _state(root))


@lru_cache(maxsize=1)
def _read_site(root: Path, state: object) -> Site:  # noqa: ARG001 - the state is the cache's key
    context = _context(root)
    navigation = _navigation(root)
    paths = _paths(root, navigation)
    stored = {path: _stored(root, path, context) for path in paths}
    stale = [path for path in paths if stored[path] is None]
    fresh = dict(zip(stale, side_by_side(partial(_check, root, context), stale), strict=True))
    pages = tuple(stored[path] or fresh[path] for path in paths)
    labels: dict[str, Target] = {}
    duplicates = []
    for target in _targets(pages):
        first = labels.setdefault(target.label, target)
        if first is not target:
            duplicates.append((first, target))
    bodies = {page.body.strip(): page for page in pages}
    return Site(pages, labels, tuple(duplicates), bodies, register.read_register(root),
                _parts(navigation))  # fmt: skip


def _pages(root: Path) -> list[Path]:
    found = find_pages([str(root / DOCS)]) if (root / DOCS).is_dir() else []
    return sorted(found)


def _state(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Which files there are, how long and how old: cheap enough to ask for every page."""
    return tuple(
        (path.as_posix(), (status := path.stat()).st_mtime_ns, status.st_size)
        for path in _inputs(root)
    )


def _inputs(root: Path) -> Iterator[Path]:
    docs = root / DOCS
    yield from _pages(root)
    named = (docs / MACROS, root / SITE_FILE, root / _REQUIREMENTS, root / register.FILE)
    yield from (path for path in named if path.is_file())
    snippets = (root / _SNIPPETS).rglob("*")
    yield from sorted(path for path in snippets if path.suffix in (".py", ".md"))


def _context(root: Path) -> bytes:
    """What every report depends on besides its page: the engine, the macros, what is included.

    Where these files lie does not count, nor how the folder of the site is called.
    """
    package = Path(__file__).parents[2]
    others = {*_pages(root), root / register.FILE}
    inputs = (path for path in _inputs(root) if path not in others)
    engine = [(path.relative_to(package), path) for path in sorted(package.rglob("*.py"))]
    digest = hashlib.sha256()
    for name, path in [*engine, *((path.relative_to(root), path) for path in inputs)]:
        digest.update(name.as_posix().encode())
        digest.update(path.read_bytes())
    return digest.digest()


def _navigation(root: Path) -> Any:
    with (root / SITE_FILE).open(encoding="utf-8") as file:
        return yaml_load(file).get("nav") or []


def _paths(root: Path, navigation: Any) -> list[str]:
    """All pages, those of the navigation first and in its order."""
    docs = root / DOCS
    present = [path.relative_to(docs).as_posix() for path in _pages(root)]
    listed = [path for path in _flatten(navigation) if path in present]
    return listed + [path for path in present if path not in listed]


def _parts(navigation: Any) -> dict[str, str]:
    """The part of each page that stands in one."""
    return {
        path: title
        for item in navigation
        if isinstance(item, dict)
        for title, inside in item.items()
        if isinstance(inside, list)
        for path in _flatten(inside)
    }


def _flatten(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    else:
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _flatten(item)


def _text(root: Path, path: str) -> str:
    return "\n".join(split_lines(read_text(root / DOCS / path)))


def _key(context: bytes, text: str) -> bytes:
    return hashlib.sha256(context + text.encode()).digest()


def _store(root: Path, path: str) -> Path:
    return root / _CACHE / f"{path.replace('/', '--')}.pickle"


def _stored(root: Path, path: str, context: bytes) -> SitePage | None:
    """The page with its report, as long as nothing changed that it depends on."""
    store, key = _store(root, path), _key(context, _text(root, path))
    known = store.read_bytes() if store.is_file() else b""
    if not known.startswith(key):  # what another version stored may be unreadable
        return None
    page: SitePage = pickle.loads(known[len(key) :])
    return page


def _check(root: Path, context: bytes, path: str) -> SitePage:
    """The page with its report, which is stored for the next time."""
    file, text = root / DOCS / path, _text(root, path)
    start = time.perf_counter()
    checked = check_file(file)
    seconds = time.perf_counter() - start
    body, _ = meta.get_data(text)
    front = text.count("\n") - body.count("\n")
    told = tuple(_tell(checked))
    read = read_file(file)
    has_labels = any(one.label for one in checked.report.statements)
    labelled = _labelled(root, file, read) if has_labels else {}
    page = SitePage(path, body, front, checked.report, told, seconds, labelled, _boxes(read))
    store = _store(root, path)
    store.parent.mkdir(parents=True, exist_ok=True)
    store.write_bytes(_key(context, text) + pickle.dumps(page))
    return page


def _labelled(root: Path, file: Path, page: Page) -> dict[str, Labelled]:
    return read_labelled(page, macros_for(file) or {}, macros_of_site(root))


def _boxes(page: Page) -> Counter[str]:
    scopes = {scope for block in page.blocks for scope in block.scopes}
    return Counter(scope.name for scope in scopes if scope.kind == "admonition")


def _tell(checked: CheckedPage) -> Iterator[Told]:
    for statement in checked.report.statements:
        if statement.accepted and statement.refuted and statement.finding:
            text = render_finding(statement.finding, checked.source, label=statement.label)
            yield Told(text, statement.line, statement.piece, expected=True)
    for item in checked.items:
        for finding in item.findings:
            text = render_finding(finding, checked.source, label=item.label)
            yield Told(text, finding.start.line, item.piece)


def _targets(pages: Iterable[SitePage]) -> Iterator[Target]:
    """The labelled formulas; one displayed block may hold several statements with one label."""
    for number, page in enumerate(pages, start=1):
        places = {
            (statement.label, statement.piece): statement.line
            for statement in reversed(page.report.statements)
            if statement.label
        }
        ordered = sorted(places.items(), key=lambda item: item[1])
        for count, ((label, _), line) in enumerate(ordered, start=1):
            yield Target(label, page.path, f"{number}.{count}", line)
