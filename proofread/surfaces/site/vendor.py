"""Files of the front-end packages, copied to where MkDocs takes them up."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from proofread.surfaces.files import DOCS, CannotStart
from proofread.surfaces.site.licences import licence_files

_FOLDER = Path(DOCS, "assets", "vendor")
_KATEX = Path("node_modules", "katex")
_FONT = Path("node_modules", "@fontsource-variable", "source-serif-4")


def bring(root: Path) -> None:
    """Copy what changed; a file that is the same stays, so that no server reloads for it."""
    for source, target in _files(root):
        if not source.is_file():
            raise CannotStart(f"there is no {source}: npm ci installs it, and make site runs that")
        if not target.is_file() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _files(root: Path) -> Iterator[tuple[Path, Path]]:
    katex, font, vendor = root / _KATEX, root / _FONT, root / _FOLDER
    for name in ("katex.min.css", "contrib/copy-tex.min.js"):
        yield katex / "dist" / name, vendor / "katex" / Path(name).name
    for path in sorted((katex / "dist" / "fonts").glob("*.woff2")):
        yield path, vendor / "katex" / "fonts" / path.name
    for style in ("normal", "italic"):
        name = f"source-serif-4-latin-wght-{style}.woff2"
        yield font / "files" / name, vendor / "fonts" / name
    yield from licence_files(root)
