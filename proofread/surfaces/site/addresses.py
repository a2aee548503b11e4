"""Where the pages of the site stand, as MkDocs lays them out."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from posixpath import relpath

from mkdocs.utils.yaml import yaml_load

from proofread.surfaces.files import SITE_FILE

TAGS = "tag"
"""The folder of the pages to which tags lead."""

VERSION = "MIKE_DOCS_VERSION"
"""The variable by which mike says of which version MkDocs builds the site, if of any."""


def public_address(root: Path) -> str:
    """Where the site will stand, as its settings have it; empty where they do not know."""
    with (root / SITE_FILE).open(encoding="utf-8") as file:
        return whole(yaml_load(file).get("site_url"))


def own_addresses(root: Path) -> list[str]:
    """All addresses that lead into this version of the site, that of its pages first."""
    address, version = public_address(root), os.environ.get(VERSION)
    if not address:
        return []
    return [f"{address}{version}/", address] if version else [address]


def whole(address: str | None) -> str:
    """The address of a folder, which ends with a slash; empty where there is none."""
    return f"{address.rstrip('/')}/" if address else ""


def address_of(path: str) -> str:
    """The folder of a page from that of the site: ``routes.md`` stands in ``routes``."""
    page = PurePosixPath(path).with_suffix("")
    return str(page.parent if page.name == "index" else page)


def tag_address(tag: str) -> str:
    """Where a tag leads from, whatever becomes of the page."""
    return f"{TAGS}/{tag}/"


def relative(address: str, start: str) -> str:
    """An address of the site as a link on the page ``start`` has it."""
    folder, _, anchor = address.partition("#")
    found = f"{relpath(folder or '.', address_of(start))}/"
    return f"{found}#{anchor}" if anchor else found
