"""Where the time of a check goes: reading, shapes, samples, evaluation, each apart.

A timer interrupts the check every millisecond of processor time and notes whose turn it is.
"""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path
from types import FrameType

from proofread.surfaces.files import find_pages
from proofread.surfaces.pages import check_file
from tests.benchmarks.table import row, title

EVERY = 0.001
STAGES = {
    "diagnosis": "findings and repairs",
    "samples": "samples", "verdict/sampler": "samples", "verdict/newton": "samples",
    "shapes": "shapes",
    "values": "evaluation", "algebra": "evaluation", "commands": "evaluation",
    "latex": "parsing", "syntax": "parsing", "symbols": "parsing",
    "markdown": "Markdown",
}  # fmt: skip
"""By the room that is at work; of several on the stack, the first one named here."""
REST = "all else"


def _stage(frame: FrameType | None) -> str:
    rooms = set()
    while frame is not None:
        name = frame.f_code.co_filename
        if "/proofread/" in name:
            parts = Path(name.rpartition("/proofread/")[2]).with_suffix("").parts
            rooms |= {parts[0], "/".join(parts[:2])}
        frame = frame.f_back
    return next((stage for room, stage in STAGES.items() if room in rooms), REST)


def measure() -> None:
    """Print the share of each stage."""
    counts: Counter[str] = Counter()

    def note(number: int, frame: FrameType | None) -> None:
        counts[_stage(frame)] += 1

    title("Where the time goes, on the site's pages")
    before = signal.signal(signal.SIGPROF, note)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        for path in find_pages(["docs"]):
            check_file(path)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    for stage in (*dict.fromkeys(STAGES.values()), REST):
        row(stage, f"{counts[stage] / counts.total():.1%}")
