"""The pages of the site, as the tests name them."""

from pathlib import Path

from proofread.surfaces.files import find_pages

_DOCS = Path(__file__).parents[2] / "docs"

PAGES = sorted(path.relative_to(_DOCS).as_posix() for path in find_pages([str(_DOCS)]))
"""From the folder of all pages: ``routes.md``."""

WITH_EXERCISES = "exercises.md"
"""The page whose answers are checked and not shown."""

WITH_ONE_EXERCISE = "linear-models/ridge.md"
"""A page that ends with a single one."""

WITH_FORMULAS = "routes.md"
"""A page with formulas of every kind: wide ones, labelled ones, wrong ones, and a figure."""
