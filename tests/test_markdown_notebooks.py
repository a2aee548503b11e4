"""Notebooks as pages, in both forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from proofread.markdown.notebooks import read_file, read_notebook, read_percent
from tests.markdown_pages import findings, latex, misplaced, pieces, shapes

PERCENT = '''\
# ---
# title: $x$
# ---

# %% [markdown]
# <!-- layout: denominator -->
#
# # Descent in $a$
#
# - item
#
#     $$
#     b
#       + c
#     $$

# %%
d = "$d$"  # $e$

# %% A title [markdown] tags=["x"]
#$f$ and
#	$g$

#%% [md]
r"""
Let $h$.

$$
i
$$
"""

# %% [markdown]
"""$j$ in one line"""
# %% [raw]
# $k$
'''


def _notebook(*cells: tuple[str, Any]) -> str:
    return json.dumps({"cells": [{"cell_type": kind, "source": source} for kind, source in cells]})


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_percent_form(ending: str) -> None:
    read = read_percent(PERCENT.replace("\n", ending), path="x.py")
    assert latex(read) == ["a", "b\n  + c", "f", "g", "h", "i", "j"]
    assert misplaced(read, {"x.py": PERCENT}) == []
    assert read.layout == "denominator"
    assert findings(read) == []


def test_notebook() -> None:
    read = read_notebook(
        _notebook(
            ("markdown", ["# A $a$\n", "\n", "$$\n", "b\n", "$$"]),
            ("code", "$c$"),
            ("markdown", "- $d$\n- $e$"),
            ("markdown", "!!! note\n    1. $f$"),
            ("raw", "$g$"),
        ),
        path="x.ipynb",
    )
    assert shapes(read) == [
        "heading: A <a>",
        "paragraph: [b]",
        "item: <d>",
        "item: <e>",
        "title: Note",
        "item: <f>",
    ]
    assert [(piece.lines[0].path, piece.lines[0].line) for piece in pieces(read)] == [
        ("x.ipynb#cell-1", 1),
        ("x.ipynb#cell-1", 4),
        ("x.ipynb#cell-3", 1),
        ("x.ipynb#cell-3", 2),
        ("x.ipynb#cell-4", 2),
    ]
    assert [block.group for block in read.blocks] == [0, 0, 1, 1, 0, 2]


def test_scopes_are_numbered_through_all_cells() -> None:
    read = read_notebook(_notebook(("markdown", "!!! a\n    b"), ("markdown", "!!! c\n    d")))
    assert [block.scopes[0].number for block in read.blocks] == [1, 1, 2, 2]


def test_layout_comes_before_the_first_formula_of_all_cells() -> None:
    read = read_notebook(_notebook(("markdown", "$x$"), ("markdown", "<!-- layout: numerator -->")))
    assert read.layout == "numerator"
    assert findings(read) == [
        (
            1,
            1,
            1,
            5,
            "the layout is said behind the first formula",
            "move the comment before the first formula",
        )
    ]
    assert read.problems[0].start.path == "#cell-2"


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ('{"cells":\n [}', 2, 3, "the notebook is no JSON: expecting value"),
        ("", 1, 1, "the notebook is no JSON: expecting value"),
        ("[]", 1, 1, "the notebook has no list of cells"),
        ('{"cells": {}}', 1, 1, "the notebook has no list of cells"),
        (
            "[" * 100_000,
            1,
            1,
            "the notebook has a number too long or a nesting too deep to be read",
        ),
        ("9" * 5_000, 1, 1, "the notebook has a number too long or a nesting too deep to be read"),
    ],
    ids=["syntax", "empty", "list", "cells", "nesting", "number"],
)
def test_malformed_notebook(text: str, line: int, column: int, message: str) -> None:
    read = read_notebook(text, path="x.ipynb")
    assert findings(read) == [(line, column, line, column, message, "")]
    assert read.problems[0].start.path == "x.ipynb"


def test_cells_that_are_none_are_passed_over() -> None:
    cells = [None, 3, {"cell_type": "markdown", "source": 3}, {"cell_type": "markdown"}]
    read = read_notebook(json.dumps({"cells": cells}))
    assert (read.blocks, read.problems) == ((), ())


def test_problem_in_a_cell() -> None:
    read = read_percent("# %% [markdown]\n# $$\n# a\n#\n# b\n# $$\n", path="x.py")
    assert findings(read) == [
        (
            2,
            3,
            2,
            5,
            "line 4 is blank, and ends the formula that `$$` opens",
            "take the blank line out",
        )
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "\ufeffLet $x$\r\n"),
        ("a.py", "# %% [markdown]\n# Let $x$\n"),
        ("a.ipynb", _notebook(("markdown", "Let $x$"))),
    ],
)
def test_files_are_read_by_their_names(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    read = read_file(path)
    assert shapes(read) == ["paragraph: Let <x>"]
    assert read.path == path.as_posix()


def test_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"ab\xff")
    assert findings(read_file(path)) == [
        (1, 1, 1, 1, "the file is not UTF-8 text: byte 3 does not fit", "")
    ]
