"""``proofread explain``: what a finding means, with a failing and a mended example."""

from __future__ import annotations

import argparse
import re
import sys
from difflib import get_close_matches

from proofread.rendering.cells import visible
from proofread.surfaces.explanations import explanations, first_sentence

_HEAD = re.compile(r"error\[(.*)\]:?")


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "code",
        metavar="CODE",
        nargs="?",
        help="what a finding begins with, as in error[shape-mismatch]; without it, all are listed",
    )


def run(options: argparse.Namespace) -> int:
    """Print the section of a code: 0 when there is one, 2 otherwise."""
    known = explanations()
    if options.code is None:
        width = max(map(len, known))
        for code, text in known.items():
            print(f"{code:{width}}  {first_sentence(text)}")
        return 0
    head = _HEAD.fullmatch(options.code.strip())
    code = (head[1] if head else options.code).strip().lower()
    if code in known:
        print(f"# {code}\n\n{known[code]}")
        return 0
    near = get_close_matches(code, known, n=1, cutoff=0.5)
    guess = f"; did you mean {near[0]}?" if near else ""
    print(
        f"proofread explain: no finding has the code {visible(options.code)}{guess}\n"
        "proofread explain, without a code, lists them all",
        file=sys.stderr,
    )
    return 2
