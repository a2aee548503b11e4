"""The step behind MkDocs: a policy for every page, the copy without a network, and a last look.

The server that reloads goes without both: nothing that it shows should be kept.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from posixpath import relpath

from proofread.surfaces.files import CannotStart
from proofread.surfaces.site.addresses import own_addresses
from proofread.surfaces.site.checker import CHECK, bundle_service_worker
from proofread.surfaces.site.citations import read_work
from proofread.surfaces.site.index import read_site
from proofread.surfaces.site.inspection import inspect
from proofread.surfaces.site.paper.archive import NAME, write_archive
from proofread.surfaces.site.paper.taken import write_paper

SITE = Path("site")
_HEAD = '<meta charset="utf-8">'
_INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_ASSET = re.compile(
    r'<(?:script|link)\b[^>]*?(?:src|href)="(?P<path>[^":?#]+\.(?:js|css|woff2|svg))"'
)
_SERVICE_WORKER = "sw.js"
_STYLED = ' style="'
_KATEX = 'class="katex'
_FONTS = ("assets/vendor/katex/fonts", "assets/vendor/fonts")


def policy_of(html: str, *, checker: bool) -> str:
    """What a page may load and run: what the site itself serves, and its own inline scripts."""
    scripts = ["'self'", *_hashes(html), *(["'wasm-unsafe-eval'"] if checker else [])]
    rules = {
        "default-src": ["'none'"],
        "script-src": scripts,
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    if _KATEX in html:  # KaTeX places its glyphs with style attributes
        rules["style-src-attr"] = ["'unsafe-inline'"]
    return "; ".join(f"{name} {' '.join(dict.fromkeys(values))}" for name, values in rules.items())


def _hashes(html: str) -> Iterator[str]:
    for match in _INLINE.finditer(html):
        attributes = match["attributes"]
        if " src=" in attributes or "application/json" in attributes:
            continue
        digest = hashlib.sha256(match["code"].encode()).digest()
        yield f"'sha256-{base64.b64encode(digest).decode()}'"


def seal(page: Path, version: str | None) -> None:
    """Write the policy into a page, and on the checker's the version of what belongs to it."""
    html = page.read_text(encoding="utf-8")
    page.write_text(with_policy(html, page.as_posix(), version), encoding="utf-8")


def with_policy(html: str, name: str, version: str | None = None) -> str:
    """A page with its policy; ``name`` is what it is called where that cannot be."""
    if _HEAD not in html:
        raise CannotStart(f"{name} does not say its character set where it is expected")
    if _STYLED in html and _KATEX not in html:
        raise CannotStart(f"{name} has style attributes that KaTeX does not ask for")
    metas = [
        f'<meta http-equiv="Content-Security-Policy" '
        f'content="{policy_of(html, checker=version is not None)}">'
    ]
    if version is not None:
        metas.append(f'<meta name="proofread-version" content="{version}">')
    return html.replace(_HEAD, "".join([_HEAD, *metas]), 1)


def files_of(pages: Iterable[Path], site: Path) -> list[str]:
    """All files that the checker's pages need, from the folder of the checker."""
    found = {path for path in (site / CHECK).rglob("*") if path.is_file()}
    for folder in _FONTS:
        found.update((site / folder).glob("*.woff2"))
    for page in pages:
        for match in _ASSET.finditer(page.read_text(encoding="utf-8")):
            found.add((page.parent / match["path"]).resolve().relative_to(site.resolve()))
    names = {_name(path, site) for path in found}
    return sorted(name for name in names if name != _SERVICE_WORKER)


def _name(path: Path, site: Path) -> str:
    inside = path.relative_to(site) if path.is_relative_to(site) else path
    name = relpath(inside.as_posix(), CHECK)
    if name.endswith("index.html"):
        return name.removesuffix("index.html") or "./"
    return name


def version_of(names: Iterable[str], site: Path) -> str:
    """A version that changes with any of the files."""
    digest = hashlib.sha256()
    for name in names:
        path = site / CHECK / name
        file = path / "index.html" if path.is_dir() else path
        digest.update(name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def look_over(root: Path) -> int:
    """Say all that is wrong with the finished site, and how the step ends."""
    problems = list(inspect(root, root / SITE, own_addresses(root)))
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def main() -> int:
    """Finish the site that MkDocs has just built."""
    try:
        root = Path()
        work = read_work(root)
        taken = write_paper(root, SITE, read_site(root), work)
        checkers = sorted((SITE / CHECK).rglob("index.html"))
        names = files_of(checkers, SITE)
        version = version_of(names, SITE)
        for page in sorted(SITE.rglob("*.html")):
            seal(page, version if page in checkers else None)
        bundle_service_worker(root, SITE / CHECK, version, names)
        archive = write_archive(SITE, work)
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{taken} pages can be taken along as LaTeX", file=sys.stderr)
    print(f"{NAME} has {archive:,} bytes", file=sys.stderr)
    print(f"{len(names)} files work without a network, as version {version}", file=sys.stderr)
    return look_over(root)


if __name__ == "__main__":
    sys.exit(main())
