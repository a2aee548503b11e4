r"""The macros that hold in each formula of a page, as KaTeX takes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from proofread.latex.macros import DEFINING, Macro, read_definition, read_macros
from proofread.latex.tokens import Refusal, tokenize
from proofread.surfaces.files import DOCS, read_text
from proofread.surfaces.files import MACROS as MACROS_FILE
from proofread.surfaces.site.rewriting import MACROS, rewrite


def macros_of_site(root: Path) -> dict[str, str]:
    """What holds in every formula of a site."""
    file = root / DOCS / MACROS_FILE
    return macros_of(read_text(file) if file.is_file() else "")


def macros_of(text: str) -> dict[str, str]:
    """What holds in every formula, with a file of macros that says ``text``."""
    return MACROS | _bodies(read_macros(text).values())


def with_macros(
    formulas: Iterable[str], macros: dict[str, str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Each formula without the definitions in it, and what is defined where it stands."""
    for latex in formulas:
        rest, defined = take_definitions(latex)
        macros = macros | _bodies(defined)
        yield rest, macros


def _bodies(macros: Iterable[Macro]) -> dict[str, str]:
    return {f"\\{macro.name}": rewrite(macro.source, {}) for macro in macros}


def take_definitions(latex: str) -> tuple[str, list[Macro]]:
    r"""The formula without its ``\newcommand``s and the like, and the macros that these define."""
    if not any(f"\\{name}" in latex for name in DEFINING):
        return latex, []
    try:
        tokens = tokenize(latex)
        rest, macros, position, copied = "", [], 0, 0
        while position < len(tokens):
            start = tokens[position]
            if not start.is_command(*DEFINING):
                position += 1
                continue
            macro, position = read_definition(tokens, position, latex)
            rest += latex[copied : start.span.start]
            copied = tokens[position - 1].span.end
            macros.append(macro)
    except Refusal:
        return latex, []  # the engine says what is wrong with it, in better words than KaTeX
    return rest + latex[copied:], macros
