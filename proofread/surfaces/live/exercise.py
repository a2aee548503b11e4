"""An exercise as a page carries it: what is given and what is asked, and never the answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from proofread.markdown.page import Block, Piece, Scope
from proofread.records import Layout, Place

GIVEN = "the setting"
"""What places in it are called."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """What a reader is given; the answer is no part of it."""

    asked: str
    """The quantity that the answer equals, as LaTeX."""
    setting: tuple[Block, ...]
    hints: tuple[tuple[Block, ...], ...] = ()
    layout: Layout = "mixed"

    def to_json(self) -> str:
        """The exercise as a page carries it."""
        return json.dumps({
            "asked": self.asked,
            "layout": self.layout,
            "setting": [_written(block) for block in self.setting],
            "hints": [[_written(block) for block in hint] for hint in self.hints],
        }, ensure_ascii=False)  # fmt: skip

    @staticmethod
    def from_json(text: str) -> Exercise:
        """The exercise that a page carries."""
        said = json.loads(text)
        hints = tuple(tuple(map(_block, hint)) for hint in said["hints"])
        return Exercise(said["asked"], tuple(map(_block, said["setting"])), hints, said["layout"])


def _written(block: Block) -> dict[str, Any]:
    parts = [[part.latex, part.display] if isinstance(part, Piece) else part
             for part in block.parts]  # fmt: skip
    scopes = [[scope.kind, scope.name, scope.title, scope.number] for scope in block.scopes]
    return {"kind": block.kind, "parts": parts, "scopes": scopes, "group": block.group}


def _block(said: Mapping[str, Any]) -> Block:
    parts = tuple(part if isinstance(part, str) else _given_piece(*part) for part in said["parts"])
    scopes = tuple(Scope(*scope) for scope in said["scopes"])
    return Block(said["kind"], parts, scopes, group=said["group"])


def _given_piece(latex: str, display: bool) -> Piece:
    lines = tuple(Place(k + 1, 1, GIVEN) for k in range(latex.count("\n") + 1))
    return Piece(latex, display, lines, lines[0], lines[-1])
