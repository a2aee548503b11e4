"""What git knows of a folder; nothing where there is no git, or no repository."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MAIN = ("origin/main", "main")


@dataclass(frozen=True, slots=True)
class Change:
    """A commit and the day on which it was made."""

    commit: str
    day: str


@dataclass(frozen=True, slots=True)
class Version:
    """A file as it was published: what the version is called, its revision, and the text."""

    name: str
    revision: str
    text: str


def ask(root: Path, *arguments: str) -> str | None:
    """What git answers, or nothing where it fails."""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def last_change(root: Path, path: str) -> Change | None:
    """The commit that changed a file last."""
    answer = (ask(root, "log", "-1", "--format=%H %cs", "--", path) or "").split()
    return Change(*answer) if answer else None


def is_complete(root: Path) -> bool:
    """Whether the folder has all of its history: a shallow clone has not."""
    return (ask(root, "rev-parse", "--is-shallow-repository") or "").strip() == "false"


def history(root: Path, path: str) -> Iterator[tuple[str, str]]:
    """Every version that a file had, the oldest first, with the time of its commit.

    There is none where the folder does not have all of its history.
    """
    log = ask(root, "log", "--reverse", "--format=%H %cI", "--", path) if is_complete(root) else ""
    for line in (log or "").splitlines():
        commit, time = line.split()
        text = ask(root, "show", f"{commit}:./{path}")
        if text is not None:
            yield time, text


def published(root: Path, path: str) -> Iterator[Version]:
    """Every version of a file that was ever published.

    Those are the releases, and all that the main branch has had, one after the other.
    """
    seen: set[str] = set()
    for name, revision in _revisions(root, path):
        blob = ask(root, "rev-parse", "--verify", "--quiet", f"{revision}:./{path}")
        if blob and blob not in seen:
            seen.add(blob)
            yield Version(name, revision, read_blob(root, blob.strip()))


def read_blob(root: Path, blob: str) -> str:
    """The text of a file that git keeps."""
    return ask(root, "cat-file", "blob", blob) or ""


def files_at(root: Path, revision: str, folder: str) -> dict[str, str]:
    """The files below a folder at a revision, each with the name of its blob."""
    listed = (ask(root, "ls-tree", "-r", "-z", revision, "--", f"{folder}/") or "").split("\0")
    entries = [line.partition("\t") for line in listed if line]
    return {path: entry.split()[-1] for entry, _, path in entries}


def _revisions(root: Path, path: str) -> Iterator[tuple[str, str]]:
    for tag in (ask(root, "tag", "--list") or "").split():
        yield f"the release {tag}", f"refs/tags/{tag}"
    for branch in _MAIN:
        commits = ask(root, "log", "--first-parent", "--format=%H %h %cs", branch, "--", path)
        for line in (commits or "").splitlines():
            commit, short, day = line.split()
            yield f"commit {short} of {day} on the main branch", commit
