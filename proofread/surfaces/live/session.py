"""One text after another, each read anew only from its first change on.

A page is read from top to bottom, and what a block gives depends on the blocks before it alone,
on the page's layout and on its index letters. As long as these are the same, the walk goes on
from where the two texts part.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from proofread.latex.macros import Macro, read_macros
from proofread.markdown.page import Block, Piece
from proofread.rendering.cells import split_lines
from proofread.surfaces.live.answer import answer
from proofread.surfaces.live.attempt import judge
from proofread.surfaces.live.exercise import Exercise
from proofread.surfaces.live.page import Converted, Converter
from proofread.surfaces.live.quoting import with_verdicts
from proofread.surfaces.live.walk import LiveWalker
from proofread.verdict.state import State


@dataclass(frozen=True, slots=True)
class _Step:
    """A block with the numbers of its pieces, and the walk before it was executed."""

    block: Block
    numbers: tuple[int, ...]
    before: LiveWalker


class Session:
    """What a worker keeps between two checks."""

    def __init__(self, macros: str = "") -> None:
        self._macros: Mapping[str, Macro] = read_macros(macros)
        self._macros_text = macros
        self._converter = Converter()
        self._trail: list[_Step] = []
        self._text = ""
        self._converted: Converted | None = None
        self._walker: LiveWalker | None = None

    def begin(self, text: str) -> int:
        """Take up a text; how many of its blocks are to be executed."""
        self._text = "\n".join(split_lines(text))
        self._converted = self._converter.convert(self._text)
        page = self._converted.page
        fresh = LiveWalker(page, State(page.layout, 0, dict(self._macros)))
        fresh.begin()
        kept = self._common(fresh)
        if kept == len(self._trail) and self._walker is not None and kept:
            start = self._walker
        else:
            start = self._trail[kept].before if kept else fresh
        self._trail = self._trail[:kept]
        self._walker = replace(
            start.copy(), page=page, order=fresh.order[kept:], numbers=fresh.numbers
        )
        return len(self._walker.order)

    def _common(self, fresh: LiveWalker) -> int:
        """How many blocks the texts have in common from the top."""
        if not self._trail:
            return 0
        first = self._trail[0].before
        if (first.state.layout, first.state.index_letters) != (
            fresh.state.layout, fresh.state.index_letters,
        ):  # fmt: skip
            return 0
        kept = 0
        for step, block in zip(self._trail, fresh.order, strict=False):
            if step.block != block or step.numbers != _numbers(fresh, block):
                break
            kept += 1
        return kept

    def step(self) -> bool:
        """Execute the next block; whether there is another one behind it."""
        walker = self._walker
        assert walker is not None
        if walker.order:
            block = walker.order[0]
            self._trail.append(_Step(block, _numbers(walker, block), walker.copy()))
            walker.take(block)
            walker.order = walker.order[1:]
        return bool(walker.order)

    def finish(self) -> str:
        """The answer to the text as JSON, once every block is executed."""
        assert self._walker is not None
        assert self._converted is not None
        walker = self._walker.copy()
        walker.finish()
        found = answer(self._text, self._converted, walker, self._converter.key, self._macros_text)
        return json.dumps(found, ensure_ascii=False, allow_nan=False)

    def check(self, text: str) -> str:
        """All steps at once."""
        self.begin(text)
        while self.step():
            pass
        return self.finish()

    def judge(self, request: str) -> str:
        """What there is to say of an answer to an exercise, both in JSON."""
        said = json.loads(request)
        exercise = Exercise.from_json(said["exercise"])
        return judge(exercise, said["typed"], said["opened"], macros=self._macros).to_json()

    def quote(self, text: str) -> str:
        """The text as Markdown with what the check says behind each formula."""
        self.begin(text)
        while self.step():
            pass
        assert self._walker is not None
        assert self._converted is not None
        walker = self._walker.copy()
        walker.finish()
        return with_verdicts(self._text, walker.report(), self._converted.pieces)


def _numbers(walker: LiveWalker, block: Block) -> tuple[int, ...]:
    return tuple(walker.numbers[id(part)] for part in block.parts if isinstance(part, Piece))
