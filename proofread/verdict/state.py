"""What a page carries from one statement to the next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from proofread.latex.macros import Macro
from proofread.latex.tokens import Span, Token
from proofread.limits import MAX_OPERATIONS
from proofread.records import Layout
from proofread.symbols.among import NOTHING, Among
from proofread.symbols.table import Table
from proofread.values.frame import Budget, Code
from proofread.verdict.letters import CONVENTIONAL


@dataclass(slots=True)
class State:
    """The table of a page, its compiled definitions, its layout and its seed."""

    layout: Layout = "mixed"
    seed: int = 0
    macros: dict[str, Macro] = field(default_factory=dict)
    table: Table = field(default_factory=Table)
    index_letters: frozenset[str] = CONVENTIONAL
    """The letters that are indices on the page, from its first statement on."""
    codes: dict[int, Code] = field(default_factory=dict)
    minimisers: dict[int, tuple[Token, ...]] = field(default_factory=dict)
    r"""The right side of ``\hat w = \arg\min_w f``, by the version of a symbol without formula."""
    awaited: frozenset[int] = frozenset()
    """Versions of families that a recursion uses and that have no formula yet."""
    line: int = 1
    """Where the statement at hand begins."""
    among: Among = NOTHING
    """What the statement at hand says of its free indices."""

    def copy(self) -> State:
        """The state as it stands; going on with one of the two leaves the other as it was."""
        return replace(
            self,
            macros=dict(self.macros),
            table=self.table.copy(),
            codes=dict(self.codes),
            minimisers=dict(self.minimisers),
        )

    def budget(self, span: Span) -> Budget:
        """The operations that one statement may take."""
        return Budget(MAX_OPERATIONS, span)
