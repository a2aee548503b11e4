"""The one Markdown configuration, read by the checker and, through ``mkdocs.yml``, by the site."""

from __future__ import annotations

from typing import Any

EXTENSIONS: dict[str, dict[str, Any]] = {
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "toc": {"permalink": True},
    "pymdownx.details": {},
    "pymdownx.highlight": {},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.snippets": {
        "base_path": ["snippets"],
        "check_paths": True,
        "dedent_subsections": True,
    },
    "proofread.markdown.mathematics": {},
}
"""Each extension with its settings. ``base_path`` counts from the folder of ``mkdocs.yml``."""

SITE_ONLY: frozenset[str] = frozenset({"proofread.surfaces.site.extension"})
"""What ``mkdocs.yml`` lists besides: it shows what was found, and finds no mathematics."""


def configuration() -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The extensions in their order, and the settings of those that have any, as copies."""
    settings = {
        name: {key: list(value) if isinstance(value, list) else value for key, value in own.items()}
        for name, own in EXTENSIONS.items()
        if own
    }
    return list(EXTENSIONS), settings
