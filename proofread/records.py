"""What a check says: immutable records and nothing of their looks.

Every other module may import this one; it imports none of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["declares", "defines", "holds", "reads", "fails", "refused", "undecided"]
Kind = Literal["declaration", "definition", "claim", "expression", "prose"]
Code = Literal[
    "latex-syntax",
    "unknown-command",
    "undeclared-symbol",
    "index-clash",
    "ambiguous",
    "shape-mismatch",
    "too-large",
]
Layout = Literal["numerator", "denominator", "mixed"]

ACCEPTED: frozenset[str] = frozenset({"declares", "defines", "holds", "reads"})
VERDICTS: tuple[Verdict, ...] = (
    "declares",
    "defines",
    "holds",
    "reads",
    "fails",
    "refused",
    "undecided",
)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A character of a file: both numbers count from 1."""

    line: int
    column: int
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A stretch of a source line with what there is to say about it."""

    start: Place
    end: Place
    """One column past the last character."""
    text: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A line below the excerpt: ``sample``, ``note``, ``help`` or ``rerun``."""

    kind: Literal["sample", "note", "help", "rerun"]
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and why.

    ``code`` is one of the contract's codes, ``step-unequal`` for a link that fails,
    ``undecided``, or ``unused-definition``. ``message`` stands alone: lower case, no full stop.
    """

    code: str
    message: str
    start: Place
    end: Place
    labels: tuple[Label, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """One relation of a chain, from the term before it to the term behind it."""

    relation: str
    verdict: Verdict
    left_shape: str | None = None
    right_shape: str | None = None
    error: float | None = None
    """The largest relative difference over all samples."""
    reason: str | None = None
    """What the page gives as the reason of the step, in the page's words."""


@dataclass(frozen=True, slots=True)
class Repair:
    """An edit that was run and makes the first failing link hold."""

    kind: str
    latex: str
    """The right-hand term, as it should be written."""
    start: Place
    end: Place
    """What ``latex`` replaces, in the file."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One draw in words and numbers: ``n = 3``, ``x = (0.21, -1.3, 0.4)``, the two sides."""

    sizes: tuple[tuple[str, int], ...]
    values: tuple[tuple[str, str], ...]
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a page with its verdict."""

    line: int
    column: int
    end_line: int
    end_column: int
    display: bool
    latex: str
    kind: Kind
    verdict: Verdict
    refuted: bool = False
    """The page means the formula to be wrong."""
    label: str | None = None
    code: Code | None = None
    at: int | None = None
    """The number of the first failing link, counted from 1 over the whole block."""
    message: str | None = None
    assumptions: tuple[str, ...] = ()
    held_constant: tuple[str, ...] = ()
    samples: int = 0
    sizes: int = 0
    """How many different choices of sizes the samples were drawn over."""
    links: tuple[Link, ...] = ()
    repairs: tuple[Repair, ...] = ()
    finding: Finding | None = None
    example: Sample | None = None
    introduces: tuple[str, ...] = ()
    """The names that a declaration or definition adds, as LaTeX."""
    notes: tuple[str, ...] = ()
    """Remarks on an accepted statement: the form that was differentiated, "not refuted"."""
    piece: int = 0
    """Which piece of mathematics of the page it stands in, counted from 0."""
    expected: str | None = None
    """In a ``refuted`` admonition: what its title expects (``fails`` or a code)."""
    path: str | None = None
    """The file that it stands in, where that is an included one."""

    @property
    def accepted(self) -> bool:
        """Whether the page may stand as it is with this statement on it."""
        if self.refuted and self.kind in ("claim", "expression", "definition") and self.display:
            return self.expected in (self.verdict, self.code)
        return self.verdict in ACCEPTED


@dataclass(frozen=True, slots=True)
class SymbolRow:
    """A row of a page's symbol table as a reader sees it."""

    name: str
    shape: str
    set: str
    line: int


@dataclass(frozen=True, slots=True)
class FileReport:
    """All statements of one page."""

    path: str | None
    layout: Layout
    statements: tuple[Statement, ...]
    unused: tuple[Finding, ...] = ()
    """Definitions without a label that nothing on the page uses: an error on the site."""
    symbols: tuple[SymbolRow, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether everything in it may stand."""
        return all(statement.accepted for statement in self.statements)


@dataclass(frozen=True, slots=True)
class Report:
    """What :func:`proofread.check` returns, for one page or for many."""

    files: tuple[FileReport, ...]
    seed: int = 0
    summary: dict[str, int] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """Whether everything in it may stand."""
        return all(file.accepted for file in self.files)


def summarise(files: Iterable[FileReport]) -> dict[str, int]:
    """How often each verdict was given, prose left out."""
    counts: dict[str, int] = dict.fromkeys(VERDICTS, 0)
    for file in files:
        for statement in file.statements:
            if statement.kind != "prose":
                counts[statement.verdict] += 1
    return counts
