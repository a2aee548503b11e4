"""The checker in the browser: the engine packed, its page bundled, all put where MkDocs finds it.

What is built depends on the files that go into it alone, so that it is built again only when one
of them changed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from proofread.surfaces.files import DOCS, MACROS, CannotStart
from proofread.surfaces.site.katex import NODE

_SOURCES = Path(__file__).parents[1] / "browser"
_PACKAGE = Path(__file__).parents[2]
CHECK = "check"
"""The folder of the checker's pages, in the sources and on the site."""
APP = Path(DOCS, CHECK, "app")
STARTS = "starts"
"""The folder in there that does not belong to the program."""
_MADE = Path(".cache", "checker")
_NODE_MODULES = Path("node_modules")
_PYODIDE = _NODE_MODULES / "pyodide"
_PYODIDE_FILES = ("pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
_LIBRARIES = ("mpmath", "Markdown", "pymdown-extensions")
_LEFT_OUT = ("mpmath/tests/", "/test/", "_db.py")
_FIRST = "without_network.py"
"""Imported by itself, before the package."""
_PAGE = ("page/entry.ts", "page/exercises.ts", "page/checker.css")
_SITE_MODULES = ("__init__", "macros", "rewriting", "verdicts")
"""Of the site's room, what the checker renders formulas and marks with."""
_SURFACES = ("__init__", "files", "items", "live/", "site/")


def build(root: Path) -> None:
    """Put the checker in place, built anew where its sources changed."""
    key = _key(root)
    made, stamp = root / _MADE, root / _MADE / "key"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != key:
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        _build(root)
        stamp.write_text(key, encoding="utf-8")
    _bring(made / "app", root / APP)


def _build(root: Path) -> None:
    app = root / _MADE / "app"
    app.mkdir()
    snapshot = _snapshot(root, app)
    pyodide = _copy_pyodide(root, app)
    fetched = [app / snapshot, *(app / pyodide / name for name in _PYODIDE_FILES[1:])]
    engine = {
        "pyodide": f"{pyodide}/",
        "snapshot": snapshot,
        "total": sum(path.stat().st_size for path in fetched),
        "lock": _lock(root),
        "macros": (root / DOCS / MACROS).read_text(encoding="utf-8"),
    }
    known: dict[str, object] = {"ENGINE": engine}
    worker = _bundle(root, ["worker/worker.ts"], app, known, names="[name]-[hash]")
    _bundle(root, _PAGE, app, {"WORKER": worker})


def _bring(source: Path, target: Path) -> None:
    """Copy what is new, and take away what is not made any more."""
    wanted = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    for name in wanted:
        if not (target / name).is_file() or not _same(source / name, target / name):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, target / name)
    for path in list(target.rglob("*")):
        name = path.relative_to(target)
        if path.is_file() and name not in wanted and name.parts[0] != STARTS:
            path.unlink()


def _same(one: Path, other: Path) -> bool:
    same_size = one.stat().st_size == other.stat().st_size
    return same_size and one.read_bytes() == other.read_bytes()


def bundle_service_worker(root: Path, folder: Path, version: str, files: list[str]) -> None:
    """Write the script that keeps some files in the reader's browser."""
    known: dict[str, object] = {"VERSION": version, "FILES": files}
    _bundle(root, ["worker/service-worker.ts"], folder, known, names="sw")


def _key(root: Path) -> str:
    digest = hashlib.sha256()
    package = root / "package-lock.json"
    inputs = [*_source_files(), package, root / "requirements.txt", root / DOCS / MACROS]
    for path in [*inputs, *(path for path, _ in _own_python())]:
        if path.is_file():
            digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _source_files() -> list[Path]:
    return sorted(path for path in _SOURCES.rglob("*") if path.is_file())


# The engine ---------------------------------------------------------------------------------------


def _snapshot(root: Path, app: Path) -> str:
    """The memory of a Python that has imported the engine; its name changes with what is in it."""
    packed, made = root / _MADE / "engine.zip", root / _MADE / "snapshot"
    with ZipFile(packed, "w") as archive:
        for path, name in sorted(_python_files(), key=lambda each: each[1]):
            archive.writestr(ZipInfo(name), path.read_bytes())
    _node(root, [str(_SOURCES / "snapshot.mjs"), str(packed), str(made)])
    name = f"engine-{hashlib.sha256(made.read_bytes()).hexdigest()[:8]}.bin"
    shutil.copyfile(made, app / name)
    return name


def _python_files() -> Iterator[tuple[Path, str]]:
    yield from _own_python()
    yield _PACKAGE / "surfaces" / "live" / _FIRST, _FIRST
    for library in _LIBRARIES:
        found = distribution(library)
        for file in found.files or ():
            name = file.as_posix()
            if file.suffix == ".py" and not any(part in name for part in _LEFT_OUT):
                yield Path(str(found.locate_file(file))), name


def _own_python() -> Iterator[tuple[Path, str]]:
    for path in sorted(_PACKAGE.rglob("*.py")):
        name = path.relative_to(_PACKAGE).as_posix()
        if _runs_in_a_browser(name):
            yield path, f"{_PACKAGE.name}/{name}"


def _runs_in_a_browser(name: str) -> bool:
    if not name.startswith("surfaces/"):
        return True
    inside = name.removeprefix("surfaces/")
    if inside.startswith("site/"):
        return inside.removeprefix("site/").removesuffix(".py") in _SITE_MODULES
    return inside.startswith(_SURFACES)


# Pyodide ------------------------------------------------------------------------------------------


def _copy_pyodide(root: Path, app: Path) -> str:
    package = json.loads((root / _PYODIDE / "package.json").read_text(encoding="utf-8"))
    folder = f"pyodide-{package['version']}"
    (app / folder).mkdir()
    for name in _PYODIDE_FILES:
        shutil.copyfile(root / _PYODIDE / name, app / folder / name)
    return folder


def _lock(root: Path) -> str:
    """Pyodide's list of packages without any: the checker needs none of them."""
    lock = json.loads((root / _PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))
    return json.dumps({**lock, "packages": {}})


# The bundles --------------------------------------------------------------------------------------


def _bundle(
    root: Path, entries: Sequence[str], folder: Path, known: dict[str, object],
    names: str = "[name]",
) -> str:  # fmt: skip
    """Bundle some entries; the name of the first one's file."""
    meta = root / ".cache" / "bundle.json"
    arguments = [
        str(_NODE_MODULES / "esbuild" / "bin" / "esbuild"),
        *(str(_SOURCES / entry) for entry in entries),
        "--bundle", "--charset=utf8", "--format=esm", "--splitting", "--minify", "--target=es2022",
        "--platform=browser", "--external:node:*", "--log-level=warning", "--legal-comments=eof",
        f"--outdir={folder}", f"--entry-names={names}",
        "--chunk-names=[name]-[hash]", f"--metafile={meta}",
        *(f"--define:{name}={json.dumps(value)}" for name, value in known.items()),
    ]  # fmt: skip
    _node(root, arguments)
    outputs = json.loads(meta.read_text(encoding="utf-8"))["outputs"]
    first = Path(entries[0]).stem
    return next(Path(name).name for name, one in outputs.items()
                if Path(one.get("entryPoint", "")).stem == first)  # fmt: skip


def _node(root: Path, arguments: list[str]) -> None:
    done = subprocess.run([NODE, *arguments], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode or done.stderr:
        raise CannotStart(f"the checker cannot be built:\n{done.stderr or done.stdout}")
