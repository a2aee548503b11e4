"""How long a page may be: its HTML in bytes as it stands in the file, not compressed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

DEFAULT = 120_000
"""What a page may have that is not named below."""

# Formulas are drawn when the site is built, so that a page with hundreds of them is long.
EXCEPTIONS: Mapping[str, int] = {
    "element-by-element/index.html": 500_000,
    "errata/index.html": 1_200_000,
    "exercises/index.html": 600_000,
    "formulas/index.html": 220_000,
    "four-conventions/index.html": 300_000,
    "matrix-form/index.html": 550_000,
    "notation/index.html": 300_000,
    "notebooks/gradient-descent/index.html": 180_000,
    "print/index.html": 3_500_000,
    "routes/index.html": 550_000,
    "rule-by-rule/index.html": 700_000,
    "total-differential/index.html": 320_000,
}


def over_budget(site: Path, exceptions: Mapping[str, int] = EXCEPTIONS) -> Iterator[str]:
    """A sentence for each page that is longer than it may be."""
    for page in sorted(site.rglob("*.html")):
        name = page.relative_to(site).as_posix()
        size, budget = page.stat().st_size, exceptions.get(name, DEFAULT)
        if size > budget:
            yield (
                f"{name} has {size:,} bytes, and its budget in "
                f"proofread/surfaces/site/budget.py is {budget:,}"
            )
