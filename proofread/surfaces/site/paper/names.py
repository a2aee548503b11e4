"""What the files that can be taken along are called."""

from __future__ import annotations

from pathlib import PurePosixPath

from proofread.surfaces.site.addresses import address_of


def file_name(path: str) -> str:
    """The document of a page, in the folder of that page: ``routes.tex``."""
    return f"{PurePosixPath(path).stem}.tex"


def built_file(path: str) -> str:
    """The page as it is built, from the folder of the site."""
    return str(PurePosixPath(address_of(path), "index.html"))
