"""The site's build with the check and without, in a copy, so that no cache is touched."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.engine import ROOT
from tests.benchmarks.table import row, seconds, title

_COPIED = ("docs", "snippets", "proofread", "mkdocs.yml")
_LINKED = ("node_modules", ".venv")
_OURS = "proofread.surfaces.site"


def _copy(folder: Path) -> None:
    ignore = shutil.ignore_patterns("__pycache__")
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignore)
        else:
            shutil.copy(source, folder / name)
    for name in _LINKED:
        (folder / name).symlink_to(ROOT / name)


def _run(folder: Path, *arguments: str) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - start


def _site(folder: Path) -> float:
    """All steps of ``make site``."""
    built = _run(folder, _OURS) + _run(folder, "mkdocs", "build", "--strict", "--quiet")
    return built + _run(folder, f"{_OURS}.finish")


def _without_ours(folder: Path) -> str:
    """The name of a configuration without what this project adds: no check and no KaTeX."""
    lines = (folder / "mkdocs.yml").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if _OURS not in line and "surfaces/site/" not in line]
    kept = [line for line in kept if not line.startswith(("strict:", "hooks:"))]
    (folder / "plain.yml").write_text("".join(kept), encoding="utf-8")
    return "plain.yml"


def measure() -> None:
    """Print how long the site takes to build."""
    title("The site, wall time")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _copy(folder)
        row("from nothing", seconds(_site(folder)))
        row("again, with nothing changed", seconds(_site(folder)))
        page = next(iter(sorted((folder / "docs").glob("*.md"))))
        with page.open("a", encoding="utf-8") as file:
            file.write("\nOne more sentence.\n")
        row(f"again, with {page.name} changed", seconds(_site(folder)))
        plain = _without_ours(folder)
        build = ("mkdocs", "build", "--quiet", "--config-file", plain, "--site-dir", "plain")
        row("without the check and without KaTeX", seconds(_run(folder, *build)))
