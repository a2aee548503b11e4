r"""Plain LaTeX as a page: its text as blocks, its mathematics as pieces, each with its place.

Nothing is typeset: of the commands of a text only those count that begin a paragraph, a heading
or an item, and definitions of macros, which become pieces of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from proofread.markdown.bounds import too_much
from proofread.markdown.page import Block, Page, Piece, Problem, Scope
from proofread.markdown.reader import make_page, source_lines
from proofread.markdown.reading import Reading
from proofread.markdown.sources import origins_of
from proofread.markdown.texmath import (
    ENVIRONMENTS,
    Source,
    environment_end,
    formula_end,
    group_end,
)

MAX_LOOKED_THROUGH = 10_000_000
"""Characters that may be looked through in search of the ends of formulas and groups."""
_NESTED = "the file is nested too deeply, or leaves too much open, to be read"
_TOKEN = re.compile(
    r"""
      (?P<blank> \n [ \t]* (?: \n [ \t]* )+ )
    | (?P<comment> % [^\n]* )
    | \\begin \s* \{ (?P<begin> [^{}\n]* ) \}
    | \\end \s* \{ (?P<end> [^{}\n]* ) \}
    | (?P<row> \\\\ (?: \*? \[ [^\]\n]* \] )? )
    | (?P<opener> \$\$ | \$ | \\\[ | \\\( )
    | (?P<closer> \\\] | \\\) )
    | \\ (?P<command> [A-Za-z@]+ \*? )
    | (?P<escape> \\ (?s: . ) )
    | (?P<sign> [{}&~] | `` | '' )
    """,
    re.VERBOSE,
)
_DEFINING = frozenset(
    {"newcommand", "renewcommand", "providecommand", "def", "DeclareMathOperator",
     "newcommand*", "renewcommand*", "providecommand*", "DeclareMathOperator*"}
)  # fmt: skip
_HEADINGS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4,
             "paragraph": 5, "subparagraph": 6}  # fmt: skip
_SILENT_NAMES = """
    addbibresource author bibliography bibliographystyle cite citep citet cref date
    DeclarePairedDelimiter documentclass eqref geometry graphicspath hspace hypersetup
    include includegraphics input label newenvironment newlength newtheorem pagestyle ref
    setcounter setlength thispagestyle theoremstyle title usepackage url vspace
"""
_SILENT = frozenset(_SILENT_NAMES.split())
"""Commands of which the arguments are no text."""
_SKIPPED_NAMES = """
    algorithm algorithmic comment filecontents lstlisting minted thebibliography tikzpicture
    verbatim Verbatim
"""
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_LISTS = frozenset({"itemize", "enumerate", "description"})
_SCOPES = frozenset({"example", "exercise"})
"""What is introduced in them ends with them."""
_ARGUMENTS = re.compile(r"(?:[ \t]*\[[^\]]*\])?")
_SAID = re.compile(r"%+\s*(layout\s*:.*)")


def read_tex(text: str, *, path: str | None = None) -> Page:
    """Read the text of a LaTeX file; of what stands before its document, the macros count."""
    lines = source_lines(text)
    reader = _Reader(Source("\n".join(lines), path))
    refused = too_much(lines, origins_of(lines, path))
    if refused:
        reader.reading.problems.append(refused)
    else:
        reader.read()
    return make_page(path, reader.reading)


class _TooMuch(Exception):
    """Reading on would cost more than it could be worth."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the document a text stands."""

    block: Block = field(default_factory=lambda: Block("paragraph", ()))
    environment: str = ""


class _Reader:
    """One walk through a file."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.reading = Reading()
        self._stack = [_Place()]
        self._parts: list[str | Piece] = []
        self._notes: list[tuple[int, int]] = []
        self._numbers = 0
        self._looked_through = 0
        self._silent = r"\begin{document}" in self.text

    def read(self) -> None:
        """Read the whole file."""
        try:
            self._range(0, len(self.text))
            self._flush()
        except (_TooMuch, RecursionError):
            start = self.source.place(0)
            self.reading = Reading(problems=[Problem(_NESTED, start, start)])

    def _spend(self, characters: int) -> None:
        """Count what was looked through in search of an end."""
        self._looked_through += characters
        if self._looked_through > MAX_LOOKED_THROUGH:
            raise _TooMuch

    # The walk.

    def _range(self, position: int, stop: int) -> None:
        while position < stop:
            match = _TOKEN.search(self.text, position, stop)
            if match is None:
                self._say(self.text[position:stop])
                return
            self._say(self.text[position : match.start()])
            position = self._token(match, stop)

    def _token(self, match: re.Match[str], stop: int) -> int:
        """Take one token; the position behind all that belongs to it."""
        kind = match.lastgroup
        if kind == "begin":
            return self._begin(match, stop)
        if kind == "end":
            self._end(match["end"])
        elif kind == "opener" and not self._silent:
            return self._formula(match, stop)
        elif kind == "command":
            return self._command(match, stop)
        elif kind == "blank":
            self._flush()
        elif kind == "comment":
            self._comment(match)
        elif kind == "closer" and not self._silent:
            opener = {r"\]": r"\[", r"\)": r"\("}[match[0]]
            self._complain(match, f"`{match[0]}` has no `{opener}` before it", "")
        elif kind in ("row", "sign"):
            self._say({"{": "", "}": ""}.get(match[0], " "))
        elif kind == "escape":
            self._say(match[0][1])
        return match.end()

    def _say(self, text: str) -> None:
        if self._silent or not text:
            return
        if self._parts and isinstance(self._parts[-1], str):
            self._parts[-1] += text
        else:
            self._parts.append(text)

    def _comment(self, match: re.Match[str]) -> None:
        said = _SAID.match(match[0])
        if said:
            self._block(Block("comment", (said[1].strip(),)), match.start())

    # Environments.

    def _begin(self, match: re.Match[str], stop: int) -> int:
        name = match["begin"].strip()
        plain = name.removesuffix("*")
        if name == "document":
            self._silent = False
        elif self._silent:
            return match.end()
        elif plain in ENVIRONMENTS or plain in _SKIPPED:
            return self._whole(match, name, stop)
        else:
            self._flush()
            title = _ARGUMENTS.match(self.text, match.end(), stop)
            self._enter(plain, title[0].strip(" \t[]") if title else "")
            return title.end() if title else match.end()
        return match.end()

    def _whole(self, match: re.Match[str], name: str, stop: int) -> int:
        """An environment that is a formula, or no text at all."""
        end = environment_end(self.text, match.start(), name, stop)
        self._spend((end or stop) - match.start())
        if end is None:
            advice = f"close it with `\\end{{{name}}}`"
            self._complain(match, f"`{match[0]}` has no `\\end{{{name}}}` behind it", advice)
            return match.end()
        if name.removesuffix("*") in ENVIRONMENTS:
            self._parts.append(self.source.piece(match.start(), end, match.start(), end, True))
        return end

    def _enter(self, name: str, title: str) -> None:
        block = self._stack[-1].block
        if name in _LISTS:
            block = replace(block, group=self._number())
        elif name in _SCOPES:
            scope = Scope("admonition", name, title, self._number())
            block = replace(block, scopes=(*block.scopes, scope))
        self._stack.append(_Place(replace(block, kind="paragraph"), name))

    def _end(self, name: str) -> None:
        if self._silent:
            return
        self._flush()
        plain = name.strip().removesuffix("*")
        if any(place.environment == plain for place in self._stack[1:]):
            while self._stack.pop().environment != plain:
                pass

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    # Formulas.

    def _formula(self, match: re.Match[str], stop: int) -> int:
        opener = match[0]
        found = formula_end(self.text, match.end(), opener, stop)
        self._spend((stop if isinstance(found, str) else found[1]) - match.end())
        if isinstance(found, str):
            self._complain(match, found, "")
            return match.end()
        inside, end = found
        if self.text[match.end() : inside].strip():
            display = opener in ("$$", r"\[")
            self._parts.append(self.source.piece(match.start(), end, match.end(), inside, display))
        return end

    # Commands.

    def _command(self, match: re.Match[str], stop: int) -> int:
        name = match["command"]
        plain = name.removesuffix("*")
        if name in _DEFINING:
            return self._definition(match, stop)
        if plain in _SILENT:
            return self._behind_arguments(match.end(), stop)
        if self._silent:
            return match.end()
        if plain in _HEADINGS:
            return self._heading(match, _HEADINGS[plain], stop)
        if plain == "item":
            self._flush()
            self._stack[-1] = replace(
                self._stack[-1], block=replace(self._stack[-1].block, kind="item")
            )
            return self._behind(_ARGUMENTS, match.end(), stop)
        if plain == "par":
            self._flush()
        elif plain == "verb" and match.end() < stop:
            closing = self.text.find(self.text[match.end()], match.end() + 1, stop)
            return closing + 1 if closing >= 0 else match.end()
        elif plain in ("footnote", "marginpar"):
            end = self._group_end(match.end(), stop)
            if end is not None:
                self._notes.append((match.end() + 1, end - 1))
                return end
        return match.end()

    def _definition(self, match: re.Match[str], stop: int) -> int:
        """A definition of a macro is a piece that says nothing, and the engine keeps it."""
        position = self._behind(_NAME, match.end(), stop)
        position = self._behind(_PARAMETERS, position, stop)
        end = self._group_end(position, stop)
        if end is None:
            return match.end()
        piece = self.source.piece(match.start(), end, match.start(), end, False)
        if self._silent:
            self._block(Block("paragraph", (piece,)), match.start())
        else:
            self._parts.append(piece)
        return end

    def _heading(self, match: re.Match[str], level: int, stop: int) -> int:
        self._flush()
        start = self._behind(_ARGUMENTS, match.end(), stop)
        end = self._group_end(start, stop)
        if end is None:
            return match.end()
        before = self._stack[-1]
        self._stack[-1] = replace(before, block=Block("heading", (), before.block.scopes, level))
        self._range(start + 1, end - 1)
        self._flush()
        self._stack[-1] = before
        return end

    def _behind_arguments(self, position: int, stop: int) -> int:
        while position < stop:
            behind = self._behind(_ARGUMENTS, position, stop)
            end = self._group_end(behind, stop)
            if end is None:
                return behind
            position = end
        return position

    def _group_end(self, position: int, stop: int) -> int | None:
        end = group_end(self.text, position, stop)
        opens = self.text[position : position + 1] == "{"
        self._spend((end or stop) - position if opens else 0)
        return end

    def _behind(self, pattern: re.Pattern[str], position: int, stop: int) -> int:
        match = pattern.match(self.text, position, stop)
        return match.end() if match else position

    # Blocks.

    def _flush(self) -> None:
        parts, self._parts = self._parts, []
        kept = _trimmed(parts)
        if kept:
            self._block(replace(self._stack[-1].block, parts=kept), None)
        notes, self._notes = self._notes, []
        for start, end in notes:
            self._range(start, end)
            self._flush()

    def _block(self, block: Block, position: int | None) -> None:
        self.reading.blocks.append(block)
        self.reading.places.append(None if position is None else self.source.place(position))

    def _complain(self, match: re.Match[str], message: str, advice: str) -> None:
        start = self.source.place(match.start())
        end = self.source.place(match.end())
        self.reading.problems.append(Problem(message, start, end, advice))


_NAME = re.compile(r"\s*(?:\{\s*\\(?:[A-Za-z@]+|.)\s*\}|\\(?:[A-Za-z@]+|.))")
_PARAMETERS = re.compile(r"(?:\s*\[[^\]]*\])*(?:#\d)*\s*")


def _trimmed(parts: list[str | Piece]) -> tuple[str | Piece, ...]:
    """The parts with single spaces and line ends, without those around them."""
    found = [
        re.sub(r"[ \t]+", " ", re.sub(r"\s*\n\s*", "\n", part)) if isinstance(part, str) else part
        for part in parts
    ]
    if found and isinstance(found[0], str):
        found[0] = found[0].lstrip()
    if found and isinstance(found[-1], str):
        found[-1] = found[-1].rstrip()
    return tuple(part for part in found if part != "")
