"""``proofread tags``: give a tag to what has none, or check that no tag was lost."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from proofread.records import Finding, Place
from proofread.rendering.cells import split_lines, visible
from proofread.rendering.text import render_finding
from proofread.surfaces.files import SITE_FILE, CannotStart, read_text
from proofread.surfaces.pages import InternalError
from proofread.surfaces.tags.giving import add, orphans, untagged
from proofread.surfaces.tags.history import rewritten
from proofread.surfaces.tags.meaning import changed
from proofread.surfaces.tags.register import FILE, HEADER, parse, read_register


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "site", metavar="SITE", nargs="?", default=".", help=f"the folder with {SITE_FILE}"
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="give none; compare with the main branch and with every release",
    )


def run(options: argparse.Namespace) -> int:
    """Give tags, or check them: 0 all is well, 1 something is wrong, 2 nothing could be done."""
    root = Path(options.site)
    try:
        named = _named(root)
        findings = problems(root, named, missing=options.check)
        if options.check or findings:
            return _report(root, findings)
        _add(root, named)
    except (CannotStart, InternalError) as error:
        print(f"proofread tags: {visible(str(error))}", file=sys.stderr)
        return 2
    return 0


def problems(root: Path, named: dict[str, Place], *, missing: bool = True) -> list[Finding]:
    """All that is wrong with the tags of a site, those that are missing too where asked."""
    register = read_register(root) or parse(",".join(HEADER))
    found = [*register.problems, *orphans(register, named), *rewritten(root, register)]
    found += changed(root, register)
    return [*found, *(untagged(register, named) if missing else ())]


def _named(root: Path) -> dict[str, Place]:
    if not (root / SITE_FILE).is_file():
        raise CannotStart(
            f"there is no {SITE_FILE} in {root.as_posix()}: no site has its tags here"
        )
    try:
        from proofread.surfaces.site.index import read_site
    except ModuleNotFoundError as error:
        raise CannotStart(f"a site with tags is built with {error.name}, which is not installed") \
            from None  # fmt: skip
    return read_site(root).named()


def _add(root: Path, named: dict[str, Place]) -> None:
    given = add(root, named)
    for tag in given:
        print(f"{tag.tag} {tag.names}")
    print(f"{FILE}: {len(given)} {'tag' if len(given) == 1 else 'tags'} given")


def _report(root: Path, findings: Sequence[Finding]) -> int:
    for finding in findings:
        print(render_finding(finding, lambda path: _lines(root, path)))
        print()
    count = f"{len(findings)} {'finding' if len(findings) == 1 else 'findings'}"
    print(f"{FILE}: {count if findings else 'every tag is in order'}")
    return 1 if findings else 0


def _lines(root: Path, path: str | None) -> Sequence[str]:
    try:
        return split_lines(read_text(root / path)) if path else ()
    except CannotStart:
        return ()
