"""The exercises of a page: their answers taken out, and a place to answer put in.

An exercise is an ``exercise`` admonition with a setting, a question, folded hints and a folded
answer. The engine has checked all of it when the page comes here; the page itself carries what is
given and what is asked, so that an answer can be checked against that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from posixpath import relpath
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.toc import slugify

from proofread.latex.tokens import Refusal, tokenize
from proofread.markdown.mathematics import reading_of
from proofread.markdown.page import Block, Piece
from proofread.records import Layout, Place
from proofread.surfaces.live.exercise import Exercise
from proofread.surfaces.site import complaints
from proofread.surfaces.site.formulas import name_as_html
from proofread.surfaces.site.index import SitePage
from proofread.syntax.statements import split_piece
from proofread.verdict.statement import text_of

SCRIPT = "check/app/exercises.js"
"""From the folder of all pages."""
_EXERCISE, _HINT, _ANSWER, _RESULT = "exercise", "hint", "answer", "result"
_SUMMARY = "Hint"
"""What Markdown calls a hint that has no title."""


class Incomplete(Exception):
    """An exercise that lacks something; ``advice`` says what would help."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Written:
    """An exercise as it stands on a page, with what the engine reads in it."""

    title: str
    blocks: tuple[Block, ...]
    """Each with the scopes that it is in within the exercise."""

    @property
    def is_checked(self) -> bool:
        """Whether a reader answers it here, and not in his head: that has a folded result."""
        kinds = {block.scopes[0].name for block in self.blocks if block.scopes}
        return _RESULT not in kinds or not kinds.isdisjoint({_HINT, _ANSWER})

    def read(self, layout: Layout) -> Exercise:
        """What a reader is given.

        Raises:
            Incomplete: where something is missing.

        """
        asked = self._asked()
        setting = [block for block in self.blocks
                   if not block.scopes or block.scopes[0].name not in (_HINT, _ANSWER)]  # fmt: skip
        pieces = [part for block in setting for part in block.parts if isinstance(part, Piece)]
        if _spelled(asked) not in [_spelled(piece.latex) for piece in pieces]:
            raise Incomplete(
                f"the exercise “{self.title}” does not ask for what its answer begins with",
                f"ask for ${asked}$ before the hints, as a formula by itself",
            )
        hints = self._hints()
        if not hints:
            raise Incomplete(
                f"the exercise “{self.title}” has no hint", "write at least one, as ??? hint"
            )
        return Exercise(asked, tuple(setting), hints, layout)

    def _hints(self) -> tuple[tuple[Block, ...], ...]:
        found: dict[int, list[Block]] = {}
        for block in self.blocks:
            if block.scopes and block.scopes[0].name == _HINT and block.kind != "title":
                inner = replace(block, scopes=block.scopes[1:])
                found.setdefault(block.scopes[0].number, []).append(inner)
        return tuple(tuple(found[number]) for number in sorted(found))

    def _asked(self) -> str:
        """The quantity that the answer begins with."""
        pieces = [part for block in self.blocks
                  if block.scopes and block.scopes[0].name == _ANSWER
                  for part in block.parts if isinstance(part, Piece) and part.display]  # fmt: skip
        form = "write it as ??? answer, with one displayed equation in it"
        if not pieces:
            raise Incomplete(f"the exercise “{self.title}” has no answer", form)
        asked = _left_side(pieces[0].latex)
        if len(pieces) > 1 or not asked:
            raise Incomplete(f"the answer of the exercise “{self.title}” is no equation", form)
        return asked


def written_in(blocks: Sequence[Block]) -> list[Written]:
    """The exercises of a page, in their order."""
    found: dict[int, list[Block]] = {}
    titles: dict[int, str] = {}
    for block in blocks:
        for depth, scope in enumerate(block.scopes):
            if scope.kind != "admonition" or scope.name != _EXERCISE:
                continue
            titles[scope.number] = scope.title
            inside = found.setdefault(scope.number, [])
            if block.kind != "title" or len(block.scopes) > depth + 1:
                inside.append(replace(block, scopes=block.scopes[depth + 1 :]))
            break
    return [Written(titles[number], tuple(found[number])) for number in sorted(found)]


def _left_side(latex: str) -> str:
    """What the first equation of an answer begins with; empty where it is no equation."""
    try:
        statements = split_piece(tokenize(latex)).statements
    except Refusal:
        return ""
    if not statements or not statements[0].chains or not statements[0].chains[0].relations:
        return ""
    return " ".join(text_of(latex, statements[0].chains[0].terms[0]).split())


def _spelled(latex: str) -> list[tuple[str, str]]:
    """What a formula says, however it is spaced."""
    try:
        tokens = [token for statement in split_piece(tokenize(latex)).statements
                  for token in statement.tokens]  # fmt: skip
    except Refusal:
        return []
    return [(token.kind, token.text) for token in tokens]


# The tree ----------------------------------------------------------------------------------------


def build(md: Markdown, root: Element, page: SitePage | None) -> None:
    """Make something to answer of each exercise that has an answer; complain of incomplete ones."""
    layout: Layout = page.report.layout if page else "mixed"
    names: set[str] = set()
    all_written = written_in(reading_of(md).blocks)
    for element, written in zip(_elements(root), all_written, strict=True):
        if not written.is_checked:
            continue
        name = slugify(written.title, "-")
        try:
            exercise = written.read(layout)
            if name in names:
                raise Incomplete(
                    f"two exercises are called “{written.title}”",
                    "what a reader has solved is remembered by the title",
                )
        except Incomplete as problem:
            complaints.about("incomplete-exercise", str(problem), _place(written, page),
                             note=problem.advice)  # fmt: skip
            continue
        names.add(name)
        _rebuild(md, element, name, exercise)
    if names:
        root.append(_script(page))
        below = (at for at, one in enumerate(root, start=1) if _opens(one))
        root.insert(max(below, default=0), _progress(len(names)))


def _elements(root: Element) -> list[Element]:
    return [one for one in root.iter() if _is(one, _EXERCISE) and "".join(one.itertext())]


def _is(element: Element, kind: str) -> bool:
    classes = (element.get("class") or "").split()
    return kind in classes and (element.tag == "details" or "admonition" in classes)


def _place(written: Written, page: SitePage | None) -> Place:
    """The line with the title, which Markdown does not tell."""
    if page is None:
        return Place(1, 1)
    for line, text in enumerate(page.body.split("\n"), start=1):
        if _EXERCISE in text and f'"{written.title}"' in text:
            column = text.index(written.title) + 1
            return Place(line + page.front, column, page.file)
    return Place(1, 1, page.file)


def _rebuild(md: Markdown, element: Element, name: str, exercise: Exercise) -> None:
    """Number the hints, and put a form in the place of the answer."""
    hints = [one for one in element if _is(one, _HINT)]
    for number, hint in enumerate(hints, start=1):
        for summary in hint.iter("summary"):
            if summary.text == _SUMMARY and len(hints) > 1:
                summary.text = f"{_SUMMARY} {number} of {len(hints)}"
    element.set("id", name)
    answer = next(one for one in element if _is(one, _ANSWER))
    place = list(element).index(answer)
    element.remove(answer)
    # What is wrong with the answer is shown to its author, and no reader gets a page with that.
    findings = [one for one in answer.iter("code") if "finding" in (one.get("class") or "")]
    for part in (*findings, _attempt(md, name, exercise)):
        element.insert(place, part)


def _attempt(md: Markdown, name: str, exercise: Exercise) -> Element:
    box = Element("div", {"class": "attempt", "data-search-exclude": ""})
    box.set("data-exercise", exercise.to_json())
    without = SubElement(box, "noscript")
    SubElement(without, "p").text = "To check an answer here, the page needs JavaScript."
    form = SubElement(box, "form")
    label = SubElement(form, "label", {"for": f"{name}-answer"})
    asked = SubElement(label, "span", {"class": "formula-inline"})
    asked.text = md.htmlStash.store(name_as_html(f"{exercise.asked} =", Path()))
    SubElement(form, "textarea", {
        "id": f"{name}-answer", "rows": "1", "spellcheck": "false", "autocomplete": "off",
        "autocapitalize": "off", "placeholder": "LaTeX: result or steps",
    })  # fmt: skip
    button = SubElement(form, "button", {"type": "submit", "class": "md-button"})
    button.text = "Check"
    SubElement(box, "div", {"class": "attempt-said", "aria-live": "polite"})
    return box


def _opens(element: Element) -> bool:
    """Whether it stands above all that the page says."""
    return element.tag == "h1" or element.get("class") == "page-check"


def _progress(count: int) -> Element:
    line = Element("p", {"class": "exercise-progress", "data-search-exclude": ""})
    line.text = f"{count} exercises." if count > 1 else ""
    return line


def _script(page: SitePage | None) -> Element:
    """The module that makes the forms work; its address counts from the page's own."""
    path = page.path.removesuffix(".md") if page else "index"
    address = "/".join(part for part in path.split("/") if part != "index")
    return Element("script", {"type": "module", "src": relpath(SCRIPT, address or ".")})
