"""The package by itself: built, installed beside what it declares to need, typed, and run."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import venv
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
NOTES = ROOT / "tests" / "elsewhere"
SCRIPT = """
import proofread

report = proofread.check(r"Let $x \\in \\mathbb{R}^n$, and $\\nabla_x (x^\\top x) = 2x$.")
reveal_type(report.accepted)
first = report.files[0].statements[-1]
reveal_type(first.verdict)
print(first.verdict)
"""


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def needed(name: str, found: set[str] | None = None) -> set[str]:
    """A package and all that it says to need, and so on."""
    found = set() if found is None else found
    if name not in found:
        found.add(name)
        for text in distribution(name).requires or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                needed(requirement.name, found)
    return found


def bring(name: str, target: Path) -> None:
    """Copy an installed package, without any download."""
    found = distribution(name)
    for file in found.files or ():
        if ".." not in file.parts and file.suffix != ".pyc":
            path = target / file
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(found.locate_file(file)), path)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as pip builds it, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    done = run(
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps",
        "--no-build-isolation", "--wheel-dir", folder, ROOT, cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def bin_folder(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment that holds the package and what it declares to need, nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    (packages,) = folder.glob("lib/python*/site-packages")
    for name in needed("proofread") - {"proofread"}:
        bring(name, packages)
    done = run(
        sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "install", "--quiet",
        "--no-index", "--disable-pip-version-check", wheel, cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "bin"


def test_the_wheel_holds_what_the_commands_need(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    for name in ("py.typed", "surfaces/findings.md", "surfaces/derivation.md"):
        assert f"proofread/{name}" in names
    assert {name.split("/")[0] for name in names} == {
        "proofread", re.sub(r"-py3.*", ".dist-info", wheel.name)
    }  # fmt: skip


def test_the_commands_run(bin_folder: Path, tmp_path: Path) -> None:
    shutil.copy(NOTES / "gradients.tex", tmp_path)
    done = run(bin_folder / "proofread", "check", "gradients.tex", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (NOTES / "gradients.tex.txt").read_text(encoding="utf-8")
    done = run(bin_folder / "proofread", "explain", "shape-mismatch", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# shape-mismatch\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("nav:\n  - Derivations:\n      - a.md\n")
    done = run(bin_folder / "proofread", "new", "derivation", "A title", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    done = run(bin_folder / "proofread", "check", "docs", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_public_functions_are_typed(bin_folder: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    done = run(
        sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--python-executable",
        bin_folder / "python", script, cwd=tmp_path,
    )  # fmt: skip
    assert re.findall(r"Revealed type is \"(.*)\"", done.stdout)[0].endswith("bool"), done.stdout
    assert done.stdout.endswith("Success: no issues found in 1 source file\n")
    plain = SCRIPT.replace("reveal_type", "str")
    assert run(bin_folder / "python", "-c", plain, cwd=tmp_path).stdout == "holds\n"


def test_the_hook_takes_the_files_that_can_be_checked() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"].split()[0] in distribution("proofread").entry_points.names
    wanted = re.compile(hook["files"])
    for path in NOTES.iterdir():
        assert bool(wanted.search(path.name)) == (path.suffix != ".txt")


def test_actions_are_pinned_by_commit() -> None:
    files = [*(ROOT / ".github").rglob("*.yml")]
    uses = [line for path in files for line in re.findall(r"uses: (.*)", path.read_text())]
    assert len(uses) >= 5
    for line in uses:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


@pytest.mark.parametrize(("paths", "status"), [("notes.md\n\n  \nquarto.qmd\n", 1), ("none", 2)])
def test_the_action_checks_what_it_is_given(
    bin_folder: Path, tmp_path: Path, paths: str, status: int
) -> None:
    """Its last step runs here as it would there."""
    text = (ROOT / ".github" / "actions" / "check" / "action.yml").read_text(encoding="utf-8")
    step = yaml.safe_load(text)["runs"]["steps"][-1]
    (tmp_path / "proofread").symlink_to(bin_folder.parent)
    environment = {"RUNNER_TEMP": str(tmp_path), "PATHS": paths, "PATH": "/usr/bin:/bin"}
    shutil.copytree(NOTES, tmp_path / "notes")
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]], cwd=tmp_path / "notes", env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == status
    if status == 1:
        files = re.findall(r"^::error file=(\S+?),", done.stdout, re.MULTILINE)
        assert files == ["notes.md", "notes.md", "quarto.qmd"]
    else:
        assert done.stderr == "proofread check: no such file or folder: none\n"
