"""How long a page may be: its HTML in bytes as it is served, compressed."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path

DEFAULT = 45_000
"""What a page may have that is not named below: some forty formulas, drawn when it was built."""

EXCEPTIONS: Mapping[str, int] = {
    "errata/index.html": 80_000,
    "formulas/index.html": 150_000,
    "print/derivations/index.html": 130_000,
    "print/foundations/index.html": 300_000,
    "print/linear-models/index.html": 180_000,
    "print/classification/index.html": 170_000,
    "print/gaussians/index.html": 120_000,
    "print/networks/index.html": 250_000,
    "print/factorisations-and-implicit-functions/index.html": 130_000,
}


def over_budget(site: Path, exceptions: Mapping[str, int] = EXCEPTIONS) -> Iterator[str]:
    """A sentence for each page that is longer than it may be."""
    for page in sorted(site.rglob("*.html")):
        name = page.relative_to(site).as_posix()
        size, budget = len(gzip.compress(page.read_bytes())), exceptions.get(name, DEFAULT)
        if size > budget:
            yield (
                f"{name} has {size:,} bytes compressed, and its budget in "
                f"proofread/surfaces/site/budget.py is {budget:,}"
            )
