"""What executing one statement gave, before it is put in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from proofread.latex.tokens import Refusal, Span
from proofread.records import Kind, Verdict
from proofread.symbols.table import Assumption
from proofread.syntax.chains import Chain
from proofread.syntax.nodes import Node
from proofread.verdict.equality import Drawn, LinkResult
from proofread.verdict.prepare import Prepared
from proofread.verdict.sampler import Sampler


@dataclass(slots=True)
class Outcome:
    """One statement with its verdict and all that a report or a repair needs of it."""

    kind: Kind
    verdict: Verdict
    span: Span
    refusal: Refusal | None = None
    links: list[LinkResult] = field(default_factory=list)
    prepared: Prepared | None = None
    sampler: Sampler | None = None
    drawn: Drawn | None = None
    chain: Chain | None = None
    introduces: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    assumptions: tuple[str, ...] = ()
    held_constant: tuple[str, ...] = ()
    varying: frozenset[str] = frozenset()
    extra: tuple[Assumption, ...] = ()
    small: str | None = None
    """What goes to zero, where the page says so."""
    defines_first: bool = False
    """Whether the first link of the chain is a definition."""
    terms: list[Node] = field(default_factory=list)
    sizes: int = 0
    samples: int = 0
    key: str | None = None
    """The symbol that it introduces."""
    message: str | None = None

    @property
    def failing(self) -> int | None:
        """The first failing link, counted from 1 over this statement."""
        for number, link in enumerate(self.links, start=1):
            if link.verdict == "fails":
                return number
        return None


def refused(kind: Kind, refusal: Refusal, span: Span) -> Outcome:
    """The outcome of a statement that cannot be read."""
    return Outcome(kind, "refused", span, refusal)
