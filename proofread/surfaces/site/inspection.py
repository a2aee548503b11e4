"""What no published site may have: a dead link, a tag that leads nowhere, a page too long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from proofread.surfaces.site.addresses import tag_address
from proofread.surfaces.site.budget import over_budget
from proofread.surfaces.site.links import dead_links
from proofread.surfaces.tags.register import FILE, Register, read_register


def inspect(root: Path, site: Path, own: Sequence[str] = ()) -> Iterator[str]:
    """A sentence for everything that is wrong with the built site.

    ``own`` are the addresses at which it will stand, the one of its pages first.
    """
    yield from dead_links(site, own)
    yield from missing_tags(site, read_register(root))
    yield from over_budget(site)


def missing_tags(site: Path, register: Register | None) -> Iterator[str]:
    """A sentence for each tag that was given and has no page; the pages lead on, which is a link.

    That every page and formula has a tag is what the build itself asks.
    """
    if register is None:
        yield f"there is no {FILE}, so that no tag leads anywhere"
        return
    for tag in register.tags:
        name = f"{tag_address(tag.tag)}index.html"
        if not (site / name).is_file():
            yield f"{FILE}:{tag.line}: the tag {tag.tag} has no page: there is no {name}"
