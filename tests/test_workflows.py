"""What runs on GitHub: it is well formed, pinned by commit, and may do no more than it must."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

GITHUB = Path(__file__).parent.parent / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
ACTIONS = sorted((GITHUB / "actions").glob("*/action.yml"))
#: The only job that may write anything: it pushes the published site.
MAY_WRITE = {"publish": {"contents": "write"}}
READS = {"contents": "read"}


def unpinned(text: str) -> Iterator[str]:
    """A sentence for each action that is not named by a commit, with its version beside it."""
    for line in text.splitlines():
        used = re.match(r"\s*(?:- )?uses:\s*(.*)", line)
        if used and not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used[1]):
            yield f"{used[1]} is not pinned by commit, with its version behind it"


def too_much(workflow: dict[str, Any]) -> Iterator[str]:
    """A sentence for each job that says nothing of what it may do, or may do more than it must."""
    if workflow.get("permissions") != {}:
        yield "the workflow does not begin with permissions: {}"
    for name, job in workflow["jobs"].items():
        allowed, given = MAY_WRITE.get(name, READS), job.get("permissions")
        if given != allowed:
            yield f"the job {name} has the permissions {given}, and needs {allowed}"
        for step in job["steps"]:
            keeps = step.get("with", {}).get("persist-credentials") is not False
            if "actions/checkout@" in step.get("uses", "") and keeps and name not in MAY_WRITE:
                yield f"the job {name} keeps the credentials of the checkout"
            if "${{" in step.get("run", ""):
                yield f"the job {name} puts an expression into a command: pass it through env"


def valid(kind: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "check-jsonschema", "--builtin-schema", kind]
    return subprocess.run([*command, *paths], capture_output=True, text=True, check=False)


def test_there_are_some() -> None:
    assert [path.name for path in WORKFLOWS] == ["audit.yml", "site.yml"]
    assert [path.parent.name for path in ACTIONS] == ["check"]


def test_they_are_well_formed(tmp_path: Path) -> None:
    for kind, paths in (("workflows", WORKFLOWS), ("actions", ACTIONS)):
        done = valid(f"vendor.github-{kind}", *paths)
        assert done.returncode == 0, done.stdout
    wrong = tmp_path / "wrong.yml"
    wrong.write_text("on: push\njobs:\n  a:\n    stepz: []\n", encoding="utf-8")
    assert valid("vendor.github-workflows", wrong).returncode == 1


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: path.parent.name)
def test_every_action_is_pinned(path: Path) -> None:
    assert list(unpinned(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_job_may_do_more_than_it_must(path: Path) -> None:
    assert list(too_much(yaml.safe_load(path.read_text(encoding="utf-8")))) == []


def test_an_action_by_its_version_is_not_pinned() -> None:
    commit = "0123456789" * 4
    text = f"- uses: a/b@v4\n- uses: a/b@{commit[:8]} # v1.2.3\n- uses: a/b@{commit}\n"
    said = "is not pinned by commit, with its version behind it"
    assert list(unpinned(f"{text}  uses: a/b@{commit} # v1.2.3")) == [
        f"a/b@v4 {said}", f"a/b@{commit[:8]} # v1.2.3 {said}", f"a/b@{commit} {said}",
    ]  # fmt: skip


def test_what_a_job_may_do_without_need_is_named() -> None:
    steps = [{"uses": "actions/checkout@x"}, {"run": "echo ${{ github.ref }}"}]
    jobs = {"a": {"steps": steps}, "publish": {"permissions": "write-all", "steps": []}}
    assert list(too_much({"jobs": jobs})) == [
        "the workflow does not begin with permissions: {}",
        "the job a has the permissions None, and needs {'contents': 'read'}",
        "the job a keeps the credentials of the checkout",
        "the job a puts an expression into a command: pass it through env",
        "the job publish has the permissions write-all, and needs {'contents': 'write'}",
    ]
