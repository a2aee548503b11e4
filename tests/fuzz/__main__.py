"""The whole corpus of nasty inputs, page by page: prints what has no answer, and the counts."""

from __future__ import annotations

import sys

from tests.fuzz.nasty import PAGES
from tests.fuzz.watch import Watch


def main() -> int:
    """Check every page; the status is 1 where one crashed, hung or was left without a word."""
    bad = 0
    with Watch() as watch:
        for name, page in PAGES.items():
            found = watch.check(page())
            if found.died is not None or found.silent:
                bad += 1
                print(f"{name}: {found.died or 'no word on ' + found.silent[0]}")
    print(f"{len(PAGES) - bad} passed, {bad} failed")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
