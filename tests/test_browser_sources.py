"""The TypeScript of the checker: its types, its lint, and what its bundles may hold."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from proofread.surfaces.site.katex import NODE

ROOT = Path(__file__).parent.parent
BROWSER = ROOT / "proofread" / "surfaces" / "browser"
MODULES = ROOT / "node_modules"


def run(*arguments: str | Path, folder: Path = BROWSER) -> tuple[int, str]:
    done = subprocess.run(
        [NODE, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("project", ["page", "worker"])
def test_the_types_are_right(project: str) -> None:
    assert run(MODULES / "typescript" / "bin" / "tsc", "-p", project) == (0, "")


def test_a_wrong_type_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "wrong.ts").write_text("export const number: number = 'x';\n", encoding="utf-8")
    base = (BROWSER / "tsconfig.base.json").as_posix()
    config = f'{{"extends": "{base}", "include": ["."]}}'
    (tmp_path / "tsconfig.json").write_text(config, encoding="utf-8")
    status, said = run(MODULES / "typescript" / "bin" / "tsc", "-p", ".", folder=tmp_path)
    assert status != 0
    assert "Type 'string' is not assignable to type 'number'" in said


def test_the_lint_is_clean() -> None:
    assert run(MODULES / "eslint" / "bin" / "eslint.js", "--max-warnings=0", ".") == (0, "")


def test_the_lint_would_see_what_is_wrong(tmp_path: Path) -> None:
    shutil.copytree(BROWSER, tmp_path / "browser")
    (tmp_path / "node_modules").symlink_to(MODULES)
    wrong = tmp_path / "browser" / "page" / "wrong.ts"
    wrong.write_text("export var wrong = 1 as any;\n", encoding="utf-8")
    eslint = MODULES / "eslint" / "bin" / "eslint.js"
    status, said = run(eslint, "page/wrong.ts", folder=tmp_path / "browser")
    assert status == 1
    assert {"no-var", "@typescript-eslint/no-explicit-any"} <= set(said.split())


@pytest.mark.parametrize("word", ["innerHTML", "outerHTML =", "insertAdjacentHTML", "eval("])
def test_no_source_turns_text_into_markup(word: str) -> None:
    sources = [path for path in BROWSER.rglob("*.ts") if word in path.read_text(encoding="utf-8")]
    assert sources == []
