"""Run in an environment with SymPy: read formulas from standard input, print what it took."""

from __future__ import annotations

import json
import signal
import sys
import time
import warnings
from types import FrameType

from sympy.parsing.latex import parse_latex


class GivenUp(BaseException):
    """Not an ``Exception``, so that no parser catches it."""


def _give_up(number: int, frame: FrameType | None) -> None:
    raise GivenUp


def main() -> None:
    backend, patience = sys.argv[1], int(sys.argv[2])
    warnings.simplefilter("ignore")
    parse_latex("x", backend=backend)
    signal.signal(signal.SIGALRM, _give_up)
    read = given_up = 0
    formulas = json.load(sys.stdin)
    start = time.process_time()
    for formula in formulas:
        signal.alarm(patience)
        try:
            parse_latex(formula, backend=backend)
            read += 1
        except GivenUp:
            given_up += 1
        except Exception:  # whatever it cannot read counts as not read
            continue
        finally:
            signal.alarm(0)
    spent = time.process_time() - start
    json.dump({"read": read, "given_up": given_up, "seconds": spent}, sys.stdout)


main()
