"""Data flows one way: each room of the package imports only from itself and those before it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "proofread"
ROOMS = (
    "records",
    "limits",
    "markdown",
    "latex",
    "algebra",
    "commands",
    "syntax",
    "symbols",
    "shapes",
    "samples",
    "values",
    "verdict",
    "diagnosis",
    "checking",
    "evaluation",
    "rendering",
    "surfaces",
)
ENGINE = ROOMS[ROOMS.index("latex") : ROOMS.index("rendering")]
ENGINE_LIBRARIES = frozenset({"mpmath"})
COMPOSITION = ("__init__", "__main__")


def room_of(module: str) -> str:
    """The room of a dotted module name; the package itself is ``__init__``."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def module_of(path: Path, root: Path) -> str:
    parts = path.relative_to(root.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 2 else parts)


def imports(source: str, module: str, *, is_package: bool) -> Iterator[tuple[int, str]]:
    """Every import of a module, wherever it stands in it, as line and dotted name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                here = module.split(".") if is_package else module.split(".")[:-1]
                here = here[: len(here) - node.level + 1]
                base = ".".join([*here, *([base] if base else [])])
            if base == "proofread":
                yield from ((node.lineno, f"proofread.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, base


def breaches(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """What a module imports and must not."""
    room = room_of(module)
    if room not in ROOMS and room not in COMPOSITION:
        return [f"{module} is in no room of the list"]
    found = []
    for line, name in imports(source, module, is_package=is_package):
        top = name.split(".")[0]
        if top == "proofread":
            other = room_of(name)
            known = other in ROOMS
            if room in COMPOSITION or (room == "surfaces" and not known):
                continue
            if not known or ROOMS.index(other) > ROOMS.index(room):
                found.append(f"{module}:{line} imports {name}, which comes after {room}")
        elif top == "numpy":
            found.append(f"{module}:{line} imports numpy, which the package does without")
        elif room in ENGINE and top not in sys.stdlib_module_names | ENGINE_LIBRARIES:
            found.append(f"{module}:{line} imports {name}, which the engine does without")
    return found


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_module_imports_only_from_the_rooms_before_it(path: Path) -> None:
    module = module_of(path, PACKAGE)
    is_package = path.name == "__init__.py"
    assert breaches(path.read_text(encoding="utf-8"), module, is_package=is_package) == []


@pytest.mark.parametrize(
    ("module", "source", "message"),
    [
        (
            "proofread.shapes.rules",
            "from proofread.values import evaluate",
            "proofread.shapes.rules:1 imports proofread.values, which comes after shapes",
        ),
        (
            "proofread.shapes.rules",
            "def f():\n    import proofread.verdict.compare",
            "proofread.shapes.rules:2 imports proofread.verdict.compare, which comes after shapes",
        ),
        (
            "proofread.shapes.rules",
            "from ..surfaces import cli",
            "proofread.shapes.rules:1 imports proofread.surfaces, which comes after shapes",
        ),
        (
            "proofread.shapes.rules",
            "from .. import surfaces",
            "proofread.shapes.rules:1 imports proofread.surfaces, which comes after shapes",
        ),
        (
            "proofread.rendering.text",
            "from proofread import check",
            "proofread.rendering.text:1 imports proofread.check, which comes after rendering",
        ),
        (
            "proofread.values.floats",
            "import numpy as np",
            "proofread.values.floats:1 imports numpy, which the package does without",
        ),
        (
            "proofread.latex.tokens",
            "import yaml",
            "proofread.latex.tokens:1 imports yaml, which the engine does without",
        ),
        ("proofread.attic.old", "", "proofread.attic.old is in no room of the list"),
    ],
)
def test_wrong_import_is_caught(module: str, source: str, message: str) -> None:
    assert breaches(source, module) == [message]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("proofread.shapes.rules", "from proofread.syntax import tree\nimport math, mpmath"),
        ("proofread.shapes.rules", "from . import other\nfrom ..records import Place"),
        ("proofread.surfaces.cli", "import proofread\nfrom proofread import check\nimport yaml"),
        ("proofread.__init__", "from proofread.surfaces import cli"),
    ],
)
def test_right_imports_pass(module: str, source: str) -> None:
    assert breaches(source, module) == []
