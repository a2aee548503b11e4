"""Print what the check costs, beside SymPy's reading of the same formulas and the site's build.

    python -m tests.benchmarks [--no-sympy] [--no-others] [--no-site] [--no-browser]

Numbers are of one core and of this machine; nothing is asserted.
"""

from __future__ import annotations

import argparse
import platform

from tests.benchmarks import browser, build, engine, gradients, reading, scaling, stages


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--no-sympy", action="store_true", help="leave SymPy out")
    parser.add_argument("--no-others", action="store_true", help="leave other checkers out")
    parser.add_argument("--no-site", action="store_true", help="leave the site's build out")
    parser.add_argument("--no-browser", action="store_true", help="leave the browser out")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}\n")
    checked = engine.measure()
    stages.measure()
    scaling.measure()
    if not options.no_others:
        gradients.measure()
    if not options.no_sympy:
        reading.measure(checked)
    if not options.no_site:
        build.measure()
    if not options.no_browser:
        browser.measure()


main()
