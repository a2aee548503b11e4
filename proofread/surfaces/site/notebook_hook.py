"""Make the page of a notebook like every other page: the one MkDocs hook of this site.

mkdocs-jupyter runs the notebook, but its page bypasses Python-Markdown and brings styles and
scripts of its own. Here the outputs are taken from that page, the notebook is written down as
Markdown with its outputs in between, and MkDocs renders that as it renders every page. So formulas
are checked and rendered, code is highlighted, and links are followed as everywhere else.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import jupytext
from bs4 import BeautifulSoup, Tag
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

_SVG = re.compile(r"data:image/svg\+xml;base64,(.+)", re.DOTALL)
_SIZE = re.compile(
    rb"<svg\b[^>]*?\b(width|height)=\"([\d.]+)pt\"[^>]*?\b(width|height)=\"([\d.]+)pt\""
)
_PIXELS_A_POINT = 96 / 72


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Offer each notebook for download."""
    for file in list(files):
        if _is_notebook(file):
            name = str(PurePosixPath(file.src_uri).with_suffix(".ipynb"))
            content = jupytext.writes(_read(file), fmt="ipynb")
            files.append(File.generated(config, name, content=content))
    return files


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Render a notebook through the site's own Markdown instead."""
    if not _is_notebook(page.file):
        return html
    try:
        text, pictures = as_markdown(_read(page.file).cells, html, PurePosixPath(page.file.src_uri))
    except ValueError as error:
        raise PluginError(f"{page.file.src_uri}: {error}") from None
    for name, content in pictures.items():
        files.append(File.generated(config, name, content=content))
    page.markdown = f"<!-- proofread: page {page.file.src_uri} -->\n\n{text}"
    Page.render(page, config, files)
    return page.content or ""


def as_markdown(
    cells: Sequence[Any], html: str, path: PurePosixPath
) -> tuple[str, dict[str, bytes]]:
    """Write a notebook as Markdown, and say which pictures it shows, by their path in the site.

    ``html`` is the page that mkdocs-jupyter made of it, which has the outputs; ``path`` is that of
    the notebook in the site. What cannot be shown is a ``ValueError``.
    """
    outputs = iter(_outputs(html))
    pictures: dict[str, bytes] = {}
    parts = []
    for cell in cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        elif cell.cell_type == "code":
            parts.append(_fenced(cell.source, "py"))
            parts.extend(_shown(output, cell, path, pictures) for output in next(outputs))
    name = path.with_suffix(".ipynb").name
    parts.insert(1, f'[Download this notebook]({name}){{ .md-button download="{name}" }}')
    return "\n\n".join(parts), pictures


def _is_notebook(file: File) -> bool:
    return file.is_documentation_page() and file.src_uri.endswith(".py")


def _read(file: File) -> Any:
    return jupytext.read(Path(file.abs_src_path or ""))


def _outputs(html: str) -> list[list[Tag]]:
    """List what each code cell put out, in order, as mkdocs-jupyter shows it."""
    cells = BeautifulSoup(html, "html.parser").select(".jp-CodeCell > .jp-CodeCell")
    return [cell.select(".jp-OutputArea-output") for cell in cells]


def _shown(output: Tag, cell: Any, path: PurePosixPath, pictures: dict[str, bytes]) -> str:
    """Write one output as Markdown: text as it is, a picture as a file of the site."""
    picture = output.find("img")
    found = _SVG.fullmatch(str(picture["src"])) if isinstance(picture, Tag) else None
    if found:
        alternative = cell.metadata.get("alt")
        if not alternative:
            raise ValueError(
                f"{_named(cell)} shows a picture without a text alternative; "
                'write it beside the marker of the cell, as in # %% alt="A falling curve."'
            )
        name = f"{path.stem}-{len(pictures) + 1}.svg"
        content = base64.b64decode(found[1])
        pictures[str(path.with_name(name))] = content
        return f"![{alternative}]({name}){_size(content)}"
    kind = output.get("data-mime-type")
    if kind == "text/plain" and output.pre:
        return _fenced(output.pre.get_text(), "{ .text .notebook-output }")
    raise ValueError(
        f"{_named(cell)} puts out {kind or 'something that is no SVG picture'}; "
        "a notebook of this site shows plain text and SVG pictures only"
    )


def _size(picture: bytes) -> str:
    """Say how large a picture of matplotlib is, so that nothing moves when it arrives."""
    found = _SIZE.search(picture)
    if not found:
        return ""
    points = {found[1].decode(): float(found[2]), found[3].decode(): float(found[4])}
    pixels = {name: round(value * _PIXELS_A_POINT) for name, value in points.items()}
    return f"{{ width={pixels['width']} height={pixels['height']} }}"


def _named(cell: Any) -> str:
    return f"the cell that begins with {str(cell.source).partition(chr(10))[0]!r}"


def _fenced(text: str, header: str) -> str:
    """Put text into a fenced block that it cannot close itself."""
    runs = [len(run) for run in re.findall(r"`{3,}", text)]
    fence = "`" * (max(runs, default=2) + 1)
    return f"{fence} {header}\n{text.rstrip()}\n{fence}"
