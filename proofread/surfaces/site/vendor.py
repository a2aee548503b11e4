"""Files of the front-end packages, copied to where MkDocs takes them up."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from proofread.surfaces.files import DOCS
from proofread.surfaces.site.fonts import KATEX, installed, make
from proofread.surfaces.site.licences import licence_files

_FOLDER = Path(DOCS, "assets", "vendor")
_COPY_TEX = "copy-tex.min.js"


def bring(root: Path) -> None:
    """Copy what changed; a file that is the same stays, so that no server reloads for it."""
    for source, target in _files(root):
        if not target.is_file() or target.read_bytes() != installed(source).read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _files(root: Path) -> Iterator[tuple[Path, Path]]:
    vendor = root / _FOLDER
    yield root / KATEX / "contrib" / _COPY_TEX, vendor / "katex" / _COPY_TEX
    yield from ((source, vendor / name) for source, name in make(root))
    yield from licence_files(root)
