"""The examples of ``docs/findings.md``, each with what is said about it.

``python -m tests.finding_examples`` writes what is said today into the page.
"""

from __future__ import annotations

import logging
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import markdown

from proofread.markdown.configuration import configuration
from proofread.rendering.text import render_finding
from proofread.surfaces.pages import check_file
from proofread.surfaces.site.index import read_site
from proofread.surfaces.site.katex import renderer
from proofread.surfaces.tags.register import FILE
from proofread.surfaces.tags_command import problems

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "findings.md"
_SECTION = re.compile(r"^## (?P<code>[a-z-]+)$", re.MULTILINE)
_EXAMPLE = re.compile(
    r"^``` (?P<form>md|csv)\n(?P<page>.*?)^```\n(?:\n``` text\n(?P<said>.*?)^```\n)?",
    re.MULTILINE | re.DOTALL,
)
SITE_CODES = frozenset(
    {
        "unknown-label",
        "duplicate-label",
        "not-rendered",
        "circular-pages",
        "unknown-figure",
        "incomplete-exercise",
    }
)
"""What only the build of a site finds."""
TAG_CODES = frozenset(
    {"no-tag", "lost-tag", "vanished-tag", "moved-tag", "rewritten-tag", "repeated-tag",
     "malformed-tags"}
)  # fmt: skip
"""What is found in the list of tags."""
RELEASED = """tag,given,names,retired,note
B4K2,2026-01-05,notes.md,,
C7D3,2026-01-05,eq-square,,
"""
_TAGGED = r"""Let $x \in \R^n$ and

$$
s = x^\top x \label{eq-square}
$$

$$
\nabla_x s = 2x \label{eq-gradient}
$$
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One text, and what stands below it; nothing where it is to be accepted."""

    code: str
    line: int
    page: str
    said: str


def examples(text: str) -> Iterator[Example]:
    """All examples of the page, in their order."""
    sections = list(_SECTION.finditer(text))
    for match in _EXAMPLE.finditer(text):
        code = [one["code"] for one in sections if one.start() < match.start()][-1]
        line = text.count("\n", 0, match.start()) + 1
        yield Example(code, line, match["page"], (match["said"] or "").rstrip("\n"))


def said_about(example: Example) -> str:
    """What the check, or the build of a site, says about an example as the page of a site."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            Path("docs").mkdir()
            Path("mkdocs.yml").write_text("site_name: Notes\n", encoding="utf-8")
            Path("node_modules").symlink_to(ROOT / "node_modules")
            if example.code in TAG_CODES:
                return _tagged(example.page)
            Path("docs", "notes.md").write_text(example.page, encoding="utf-8")
            return _built() if example.code in SITE_CODES else _checked()
        finally:
            os.chdir(before)


def _checked() -> str:
    page = check_file(Path("docs", "notes.md"))
    findings = [
        render_finding(finding, page.source, label=item.label)
        for item in page.items
        for finding in item.findings
    ]
    return "\n\n".join(re.sub(r"\n *= rerun: .*", "", finding) for finding in findings)


def _built() -> str:
    texts: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: texts.append(record.getMessage())  # type: ignore[method-assign]
    log = logging.getLogger("mkdocs.proofread")
    log.addHandler(handler)
    renderer.cache_clear()  # the one that is known belongs to another folder
    try:
        extensions, settings = configuration()
        names = [*extensions, "proofread.surfaces.site.extension"]
        site = read_site()
        markdown.Markdown(extensions=names, extension_configs=settings).convert(site.pages[0].body)
    finally:
        renderer(Path()).close()
        renderer.cache_clear()
        log.removeHandler(handler)
    return "\n\n".join(texts)


def _tagged(tags: str) -> str:
    """What is said about a list of tags, after a release that had another one."""
    Path("docs", "notes.md").write_text(_TAGGED, encoding="utf-8")
    register = Path(FILE)
    register.write_text(RELEASED, encoding="utf-8")
    author = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for arguments in (("init", "-q", "-b", "main"), ("add", "docs"),
                      (*author, "commit", "-q", "-m", "Begin"), ("tag", "1.0")):  # fmt: skip
        subprocess.run(["git", *arguments], check=True)
    register.write_text(tags, encoding="utf-8")
    lines = {FILE: tags.splitlines(), "docs/notes.md": _TAGGED.splitlines()}
    found = problems(Path(), read_site().named())
    return "\n\n".join(render_finding(one, lambda path: lines[str(path)]) for one in found)


def _rewritten(text: str) -> str:
    found = iter(examples(text))

    def renew(match: re.Match[str]) -> str:
        example = next(found)
        if match["said"] is None:
            return match[0]
        return f"``` {match['form']}\n{match['page']}```\n\n``` text\n{said_about(example)}\n```\n"

    return _EXAMPLE.sub(renew, text)


if __name__ == "__main__":
    PAGE.write_text(_rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
