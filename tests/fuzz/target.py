"""The fuzz target: pages that libFuzzer grows, guided by what they reach in the engine.

    python -m tests.fuzz.target FOUND FOLDER [LIBFUZZER OPTION...] CORPUS

Half of the mutations are libFuzzer's own, of bytes; the other half are those of formulas. What
goes wrong is written to the folder ``FOUND`` and the run goes on.
"""

from __future__ import annotations

import hashlib
import signal
import sys
import traceback
from pathlib import Path
from random import Random
from types import FrameType

import atheris

ROOMS = ("checking", "latex", "syntax", "symbols", "shapes", "verdict")
"""Arithmetic, if it were followed too, would take most of the time and show little."""

with atheris.instrument_imports(include=[f"proofread.{room}" for room in ROOMS]):
    from proofread.diagnosis import bench
    from proofread.verdict import state
    from tests.fuzz.mutator import edited, pages
    from tests.fuzz.nasty import PAGES
    from tests.fuzz.watch import SECONDS, answer

OPERATIONS = 300_000
"""Of a statement, and of the repairs of one: less than the engine allows, so that no page is slow."""
SHORT = 1_000
"""Characters of a page to begin with: what is short is grown fast."""
SLOWER = 4
"""How many times longer a page may take here: what counts its branches costs time itself."""


class Hangs(BaseException):
    """Not an ``Exception``, so that nothing catches it."""


def _hangs(number: int, frame: FrameType | None) -> None:
    raise Hangs


def complaint(text: str) -> str | None:
    """What is wrong with the answer to a page, if anything."""
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS * SLOWER)
    try:
        found = answer(text)
    except BaseException:
        return traceback.format_exc(limit=-8)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return f"no word on {found.silent[0]}" if found.silent else None


def write_corpus(folder: Path) -> None:
    """The pages to begin with: those of the site, the cases, and the nasty ones, all short."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [*pages(), *(page() for page in PAGES.values())]
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        if len(data) <= SHORT:
            (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _mutate(data: bytes, size: int, seed: int) -> bytes:
    rng = Random(seed)
    if rng.random() < 0.5:
        return bytes(atheris.Mutate(data, size))
    return edited(_text(data), rng).encode("utf-8", "replace")[:size]


def main() -> None:
    state.MAX_OPERATIONS = bench.REPAIR_OPERATIONS = OPERATIONS
    found, corpus = Path(sys.argv[1]), Path(sys.argv[-1])
    write_corpus(corpus)

    def run(data: bytes) -> None:
        text = _text(data)
        wrong = complaint(text)
        if wrong:
            name = hashlib.sha1(data).hexdigest()[:12]
            (found / f"{name}.md").write_bytes(data)
            print(f"{found / name}.md: {wrong}", flush=True)

    signal.signal(signal.SIGVTALRM, _hangs)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], run, custom_mutator=_mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
