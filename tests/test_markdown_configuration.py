"""The site reads Markdown as the checker does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from proofread.markdown import configuration
from proofread.markdown.configuration import SITE_ONLY

SITE = Path(__file__).parent.parent / "mkdocs.yml"


class Loader(yaml.SafeLoader):
    """Reads MkDocs' own tags as nothing."""


Loader.add_multi_constructor("!", lambda *_: None)


def listed(text: str) -> list[tuple[str, dict[str, Any]]]:
    """The extensions of a configuration of MkDocs, without those that only the site has."""
    found: list[tuple[str, dict[str, Any]]] = []
    for entry in yaml.load(text, Loader)["markdown_extensions"]:
        named = entry if isinstance(entry, dict) else {entry: {}}
        found += [(name, own or {}) for name, own in named.items() if name not in SITE_ONLY]
    return found


def ours() -> list[tuple[str, dict[str, Any]]]:
    names, settings = configuration()
    return [(name, settings.get(name, {})) for name in names]


def test_the_site_says_the_same() -> None:
    assert listed(SITE.read_text(encoding="utf-8")) == ours()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - tables\n", ""),
        ("      alternate_style: true\n", "      alternate_style: false\n"),
        ("  - proofread.markdown.mathematics\n", "  - pymdownx.arithmatex\n"),
    ],
)
def test_a_difference_is_noticed(old: str, new: str) -> None:
    text = SITE.read_text(encoding="utf-8")
    assert old in text
    assert listed(text.replace(old, new)) != ours()


def test_copies_are_independent() -> None:
    configuration()[1]["pymdownx.snippets"]["base_path"].append("x")
    assert configuration()[1]["pymdownx.snippets"]["base_path"] == ["snippets"]
