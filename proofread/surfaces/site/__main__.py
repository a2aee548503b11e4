"""The step before MkDocs: what the front end needs is put in place, and all pages are checked."""

from __future__ import annotations

import sys
from pathlib import Path

from proofread.surfaces.files import CannotStart
from proofread.surfaces.pages import InternalError
from proofread.surfaces.site.addresses import public_address
from proofread.surfaces.site.checker import APP, STARTS, build
from proofread.surfaces.site.feed import write_feed
from proofread.surfaces.site.index import read_site
from proofread.surfaces.site.starts import write_starts
from proofread.surfaces.site.tag_pages import write_tag_pages
from proofread.surfaces.site.vendor import bring


def main() -> int:
    """Prepare the site in the working directory; what is wrong with its pages, the build says."""
    root = Path()
    try:
        bring(root)
        build(root)
        site = read_site(root)
        write_tag_pages(root, site)
        write_feed(root, public_address(root), site.tags)
        write_starts(root, site, root / APP / STARTS)
    except (CannotStart, InternalError) as error:
        print(error, file=sys.stderr)
        return 2
    statements = sum(len(page.statements) for page in site.pages)
    print(f"{statements} statements checked on {len(site.pages)} pages", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
