r"""Notes in other dialects of Markdown, as this project's own: MyST, Quarto, R Markdown.

Only what tells a formula, code and text apart is changed: directives and fenced divisions, cells
of code, labels behind a formula, other delimiters, and formulas that stand a little indented.
The end of each line that is kept as it was gives the places, however much its start changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from proofread.markdown.page import Page
from proofread.markdown.reader import (
    make_page,
    read_lines,
    root_of,
    source_lines,
    without_front_matter,
)
from proofread.markdown.sources import TAB, Origin

_FENCE = re.compile(r"(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,}|:{3,})(?P<info>.*)$")
_DIRECTIVE = re.compile(r"\{(?P<name>[\w:-]+)[ ,]*(?P<rest>[^}]*)\}[ \t]*(?P<title>.*)$")
_ATTRIBUTES = re.compile(r"\{[^}]*\}$")
_CLASS = re.compile(r"\.([\w-]+)")
_TITLE = re.compile(r"(?:title|name)=\"([^\"]*)\"|(?:title|name)='([^']*)'")
_OPTION = re.compile(r"[ \t]*:(?P<key>[\w-]+):(?P<value>.*)$")
_LABEL_BEHIND = re.compile(
    r"\$\$[ \t]*(?:\((?P<myst>[\w:.-]+)\)|\{#(?P<quarto>[\w:.-]+)[^}]*\})[ \t]*$"
)
_BOOKDOWN_LABEL = re.compile(r"\(\\#(?P<label>[\w:-]+)\)")
_ROLE = re.compile(r"\{math\}(?P<ticks>`+)(?P<latex>[^`]+)(?P=ticks)")
_TICKS = re.compile(r"\$`(?P<latex>[^`]+)`\$")
_REFERENCE = re.compile(r"\{(?:eq|ref|numref|prf:ref|cite[\w:]*|doc|term)\}`[^`]*`")
_DOLLARS = re.compile(r"(?<!\\)\$\$")

_TEXT_NAMES = """
    admonition assumption attention axiom caution conclusion conjecture corollary danger
    definition details dropdown error example exercise hint hypothesis important lemma margin
    mistake note observation proof property proposition refuted remark seealso sidebar solution
    tab-item tab-set theorem tip topic warning
"""
_TEXT = frozenset(_TEXT_NAMES.split())
"""Directives that hold text; all others hold code or a picture."""
_SCOPES = frozenset({"example", "exercise", "refuted", "mistake"})
"""What is introduced in them ends with them."""


def read_notes(text: str, *, path: str | None = None, root: str | None = None) -> Page:
    """Read a page in any of these dialects."""
    lines = without_front_matter(source_lines(text))
    translation = _Translation(path)
    translation.run(lines)
    texts = [line for line, _ in translation.lines]
    origins = [origin for _, origin in translation.lines]
    return make_page(path, read_lines(texts, origins, root or root_of(path)))


@dataclass(slots=True)
class _Open:
    """A directive or a division that is still open."""

    fence: str
    deeper: bool = False
    """Its content stands in an admonition."""
    fresh: bool = True
    """Only options have been met so far."""


@dataclass(slots=True)
class _Formula:
    """A directive ``math`` that is still open."""

    fence: str
    row: int
    column: int
    label: str = ""
    groups: list[list[tuple[str, Origin]]] = field(default_factory=lambda: [[]])


class _Translation:
    """The lines of one text, one after the other."""

    def __init__(self, path: str | None) -> None:
        self.path = path
        self._source: Sequence[str] = ()
        self.lines: list[tuple[str, Origin]] = []
        self._code: str = ""
        self._formula: _Formula | None = None
        self._stack: list[_Open] = []
        self._inside = False
        """Whether the line stands in a displayed formula."""
        self._shifted = False
        """Whether the lines of that formula lose their indentation."""

    def run(self, lines: Sequence[str]) -> None:
        """Translate all of them."""
        self._source = lines
        for row, line in enumerate(lines, 1):
            self._line(row, line)
        if self._formula:
            self._end_formula(self._formula, len(lines))

    def _line(self, row: int, line: str) -> None:
        if self._code:
            self._keep(row, line)
            if self._closes(line, self._code):
                self._code = ""
        elif self._formula:
            self._formula_line(self._formula, row, line)
        elif not self._fence(row, line) and not self._option(line):
            self._prose(row, line)

    # Fences.

    def _fence(self, row: int, line: str) -> bool:
        match = _FENCE.match(line)
        if match is None or self._inside:
            return False
        if self._stack and self._closes(line, self._stack[-1].fence):
            self._stack.pop()
            self._blank(row)
            return True
        fence, info = match["fence"], match["info"].strip()
        name, title = _named(fence, info)
        if name == "math":
            self._formula = _Formula(fence, row, match.start("fence") + 1)
        elif name in _TEXT or (fence.startswith(":") and name):
            self._open(row, fence, name, title)
        elif fence.startswith(":"):
            self._blank(row)
        else:
            self._code = fence
            self._keep(row, line[: match.start("info")] if info.startswith("{") else line)
        return True

    def _open(self, row: int, fence: str, name: str, title: str) -> None:
        name = self._class_of(row) or name
        deeper = name in _SCOPES
        self._blank(row)
        if deeper:
            head = f'!!! {name} "{title.replace(chr(34), chr(39)) or name}"'
            self._emit(head, Origin(self.path, row, len(head) + 1))
            self._blank(row)
        self._stack.append(_Open(fence, deeper))

    def _class_of(self, row: int) -> str:
        """The class among the options of the directive in a row, where it begins a scope."""
        for line in self._source[row:]:
            option = _OPTION.match(line)
            if option is None:
                return ""
            if option["key"] == "class" and option["value"].strip() in _SCOPES:
                return option["value"].strip()
        return ""

    def _closes(self, line: str, fence: str) -> bool:
        bare = line.strip()
        return len(bare) >= len(fence) and set(bare) == {fence[0]}

    def _option(self, line: str) -> bool:
        """An option of the directive that has just been opened."""
        if not self._stack or not self._stack[-1].fresh:
            return False
        self._stack[-1].fresh = bool(_OPTION.match(line)) or not line.strip()
        return self._stack[-1].fresh and bool(line.strip())

    # A directive that is a formula.

    def _formula_line(self, formula: _Formula, row: int, line: str) -> None:
        option = _OPTION.match(line)
        if self._closes(line, formula.fence):
            self._end_formula(formula, row)
        elif option and not any(formula.groups):
            label = option["key"] == "label"
            formula.label = option["value"].strip() if label else formula.label
        elif line.strip():
            text = line.strip()
            formula.groups[-1].append((text, Origin(self.path, row, len(line.rstrip()) + 1)))
        elif formula.groups[-1]:
            formula.groups.append([])

    def _end_formula(self, formula: _Formula, row: int) -> None:
        self._formula = None
        groups = [group for group in formula.groups if group]
        start, end = (
            Origin(self.path, each, formula.column + len("$$")) for each in (formula.row, row)
        )
        for count, group in enumerate(groups, 1):
            label = [(rf"\label{{{formula.label}}}", group[-1][1])] if formula.label else []
            body = group + (label if count == len(groups) else [])
            self._blank(formula.row)
            for text, origin in [("$$", start), *body, ("$$", end)]:
                self._emit(text, origin)
            self._blank(formula.row)

    # Everything else.

    def _prose(self, row: int, line: str) -> None:
        text = _TICKS.sub(_dollars, _ROLE.sub(_dollars, line))
        text = _REFERENCE.sub(lambda match: " " * len(match[0]), text)
        text = _BOOKDOWN_LABEL.sub(lambda match: rf"\label{{{match['label']}}}", text)
        label = _LABEL_BEHIND.search(text)
        if label:
            self._labelled(row, text[: label.start()], label["myst"] or label["quarto"])
            return
        origin = Origin(self.path, row, len(text) + 1)
        self._emit(self._dedented(text if line[:1].isspace() else text.lstrip()), origin)

    def _labelled(self, row: int, before: str, label: str) -> None:
        """The end of a displayed formula with its label, which moves into it."""
        behind = Origin(self.path, row, len(before) + len("$$") + 1)
        if before.strip():
            self._emit(self._dedented(before), Origin(self.path, row, len(before) + 1))
        self._emit(rf"\label{{{label}}}", behind)
        self._emit(self._dedented(" " * (len(before) - len(before.lstrip())) + "$$"), behind)

    def _moved(self, text: str) -> str:
        return text.lstrip() if self._shifted else text

    def _dedented(self, text: str) -> str:
        """The line without its indentation, where a formula has one that no list here would."""
        odd = len(_DOLLARS.findall(text)) % 2 == 1
        if self._inside:
            self._inside = bool(text.strip()) and not odd
            return self._moved(text)
        begins = text.lstrip().startswith("$$")
        indent = len(text.expandtabs(TAB)) - len(text.expandtabs(TAB).lstrip())
        self._shifted = begins and indent % TAB != 0
        self._inside = odd
        return self._moved(text)

    def _keep(self, row: int, line: str) -> None:
        self._emit(line, Origin(self.path, row, len(line) + 1))

    def _blank(self, row: int) -> None:
        self.lines.append(("", Origin(self.path, row, 1)))

    def _emit(self, text: str, origin: Origin) -> None:
        depth = sum(each.deeper for each in self._stack)
        self.lines.append((" " * (TAB * depth) + text if text.strip() else "", origin))


def _dollars(match: re.Match[str]) -> str:
    """A formula as long as what it replaces: what stands in it and behind it keeps its place."""
    latex = match["latex"].strip()
    before = match.start("latex") + match["latex"].index(latex) - match.start() - 1
    return f"{' ' * before}${latex}$".ljust(len(match[0]))


def _named(fence: str, info: str) -> tuple[str, str]:
    """What a fence opens, and its title; the name is empty for plain code and for a closing."""
    said = next((one for match in _TITLE.finditer(info) for one in match.groups() if one), "")
    directive = _DIRECTIVE.match(info)
    if directive:
        return directive["name"].rpartition(":")[2], directive["title"] or said
    if not fence.startswith(":"):
        return ("math" if info == "math" else ""), ""
    classes = _CLASS.findall(info)
    known = next((name for name in classes if name in _SCOPES), "")
    if known or _ATTRIBUTES.search(info):
        return known or "division", said
    return (info.split() or [""])[0], said
