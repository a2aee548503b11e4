"""Publishes the site as one of several versions, on the branch that GitHub Pages serves.

A release ``v1.2.3`` is the version ``1.2``, and the newest of them is called ``latest``, too;
the main branch is the version ``dev``. What stands beside the versions survives them all: the
pages behind the tags, the feed, and the page for what is missing.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from posixpath import relpath

from mike import commands, git_utils

from proofread.surfaces.files import CannotStart
from proofread.surfaces.git import ask
from proofread.surfaces.site.addresses import TAGS, VERSION, public_address, tag_address
from proofread.surfaces.site.feed import NAME as FEED
from proofread.surfaces.site.finish import SITE, with_policy

BRANCH = "gh-pages"
REMOTE = "origin"
MAIN, LATEST = "dev", "latest"
_RELEASE = re.compile(r"refs/tags/v(\d+\.\d+)\.\d+")
_STEPS = (
    ("proofread.surfaces.site",),
    ("mkdocs", "build", "--strict"),
    ("proofread.surfaces.site.finish",),
)
# Files that are asked for at the root: by the host, and by the theme where there is a feed.
_OF_LATEST = ("404.html", "sitemap.xml")


def version_of(ref: str) -> str:
    """What the version is called that a branch or a release makes."""
    release = _RELEASE.fullmatch(ref)
    if release:
        return release[1]
    if ref == "refs/heads/main":
        return MAIN
    raise CannotStart(
        f"expected refs/heads/main or a release such as refs/tags/v1.2.3; found {ref!r}"
    )


def publish(ref: str) -> None:
    """Build the site as the version that ``ref`` makes, and send it to where it is served."""
    version = version_of(ref)
    if not public_address(Path()):
        raise CannotStart("a published site knows its address: set SITE_URL")
    _build(version)
    ask(Path(), "fetch", "--quiet", REMOTE, f"{BRANCH}:refs/remotes/{REMOTE}/{BRANCH}")
    git_utils.update_from_upstream(REMOTE, BRANCH)
    settings = {"site_dir": str(SITE), "use_directory_urls": True}
    aliases = [LATEST] if _is_newest(version) else []
    with commands.deploy(
        settings, version, aliases=aliases, update_aliases=True, branch=BRANCH, allow_empty=True
    ):
        pass  # it is built already
    message = f"What stands beside the versions, after {version}"
    with git_utils.Commit(BRANCH, message, allow_empty=True) as commit:
        commit.delete_files([TAGS])
        for file in list(_beside()):
            commit.add_file(file)
    git_utils.push_branch(REMOTE, BRANCH)


def _build(version: str) -> None:
    """Build the site with its address and the list of versions to choose from."""
    env = {**os.environ, VERSION: version, "VERSIONED": "true"}
    for step in _STEPS:
        done = subprocess.run([sys.executable, "-m", *step], env=env, check=False)
        if done.returncode:
            raise CannotStart(f"nothing is published: {' '.join(step)} failed")


def _is_newest(version: str) -> bool:
    """Whether no later release is published; the main branch is none."""
    released = [one for one in _published() if one != MAIN]
    return version != MAIN and all(_order(one) <= _order(version) for one in released)


def _order(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _published() -> dict[str, set[str]]:
    """The versions that are there, with what else they are called."""
    return {str(one.version): one.aliases for one in commands.list_versions(BRANCH)}


def _beside() -> Iterator[git_utils.FileInfo]:
    """The files at the root: they lead on to the latest version, or to what is newer than it."""
    published = _published()
    default = LATEST if any(LATEST in aliases for aliases in published.values()) else MAIN
    real = next((one for one, aliases in published.items() if LATEST in aliases), MAIN)
    newest = MAIN if MAIN in published else real
    yield _leads("index.html", f"{default}/", "Proofread")
    yield _leads(f"{TAGS}/index.html", f"{default}/{TAGS}/", "Tags")
    released = set(_tags(real))
    for tag in sorted(released.union(_tags(newest))):
        page = tag_address(tag)
        version = default if tag in released else newest
        yield _leads(f"{page}index.html", f"{version}/{page}", f"Tag {tag}")
    for name, version in (*((one, real) for one in _OF_LATEST), (FEED, newest)):
        yield git_utils.FileInfo(name, git_utils.read_file(BRANCH, f"{version}/{name}"))


def _tags(version: str) -> list[str]:
    """The tags that have a page in a version."""
    folders = ask(Path(), "ls-tree", "-d", "--name-only", f"{BRANCH}:{version}/{TAGS}")
    return (folders or "").split()


def _leads(page: str, target: str, title: str) -> git_utils.FileInfo:
    """A page that leads on without a script; both are named from the root."""
    link = escape(f"{relpath(target, page.rpartition('/')[0] or '.')}/")
    html = _PAGE.format(title=escape(title), link=link)
    return git_utils.FileInfo(page, with_policy(html, page))


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="canonical" href="{link}">
<meta http-equiv="refresh" content="0; url={link}">
<link rel="icon" href="data:,">
</head>
<body>
<p><a href="{link}">{title}</a></p>
</body>
</html>
"""


def main(arguments: Sequence[str]) -> int:
    """Publish the branch or the release that is named."""
    try:
        publish(*arguments[:1] or [""])
    except (CannotStart, git_utils.GitError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
