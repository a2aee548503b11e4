"""What a reader may start from in the checker: questions of others, and the pages of the site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from markdown import Markdown
from pymdownx.snippets import SnippetPreprocessor

from proofread.markdown.configuration import EXTENSIONS
from proofread.surfaces.files import write_if_changed
from proofread.surfaces.site.answers import without_answers
from proofread.surfaces.site.index import Site, title_of

_QUESTIONS = Path(__file__).parents[1] / "browser" / "starts"
_FIRST = ("mean-squared-error", "cost-function", "gradients")
"""The questions in the order in which they are offered."""


def start_name(path: str) -> str:
    """What the checker calls a page of the site."""
    return path.removesuffix(".md").replace("/", "-")


def line_in_start(root: Path, body: str, line: int) -> int:
    """Where a line of a page's text stands in what the checker gets of it."""
    above = "\n".join(body.split("\n")[: line - 1]).lstrip("\n")
    return _with_includes(above, root).count("\n") + 1 if above else 1


def write_starts(root: Path, site: Site, folder: Path) -> None:
    """Write all texts, and their list, where the checker's page fetches them."""
    texts = [*_questions(), *_pages(root, site)]
    folder.mkdir(parents=True, exist_ok=True)
    for name, _, _, text in texts:
        write_if_changed(folder / f"{name}.txt", text)
    listed = [{"id": name, "group": group, "title": title} for name, group, title, _ in texts]
    write_if_changed(folder / "starts.json", json.dumps(listed, ensure_ascii=False))


def _questions() -> Iterator[tuple[str, str, str, str]]:
    for name in _FIRST:
        text = (_QUESTIONS / f"{name}.md").read_text(encoding="utf-8")
        yield name, "Questions as they were asked", title_of(text) or name, text


def _pages(root: Path, site: Site) -> Iterator[tuple[str, str, str, str]]:
    for page in site.pages:
        if page.can_be_opened:
            text = _with_includes(without_answers(page.body).lstrip("\n"), root)
            yield start_name(page.path), "From this site", page.title, text


def _with_includes(text: str, root: Path) -> str:
    """The text with what it includes written out: a reader's browser has no files."""
    settings = {**EXTENSIONS["pymdownx.snippets"]}
    settings["base_path"] = [str(root / base) for base in settings["base_path"]]
    md = Markdown(
        extensions=["pymdownx.snippets"], extension_configs={"pymdownx.snippets": settings}
    )
    snippets = md.preprocessors["snippet"]
    assert isinstance(snippets, SnippetPreprocessor)
    lines: list[str] = snippets.run(text.split("\n"))
    return "\n".join(lines) + "\n"
