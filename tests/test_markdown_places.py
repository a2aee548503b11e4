"""Each formula stands in the source just where its places say, in whatever it is contained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from proofread.markdown import read_page
from proofread.records import Place
from tests.markdown_pages import latex, misplaced, page, pieces

CONTAINERS = {
    "paragraph": (
        "Let $X_1$ and\n$y_{2}$ *be* $z*w*z$.\n\n$$\na\n  &= b \\\\\n&= c\n$$\n",
        ["X_1", "y_{2}", "z*w*z", "a\n  &= b \\\\\n&= c"],
    ),
    "inside a paragraph": (
        "We have\n$$\nx\n$$\nwhere $$y$$ and $$ z $$.\n",
        ["x", "y", "z"],
    ),
    "over two lines": ("Here $a +\nb$ ends.\n", ["a +\nb"]),
    "heading": ("# The $L_2$ norm\n\nThe $L_1$ norm\n---\n", ["L_2", "L_1"]),
    "brackets": ("\\(x\\) and \\[y\\]\n\n\\[\nz \\\\[2pt]\nw\n\\]\n", ["x", "y", "z \\\\[2pt]\nw"]),
    "bare environments": (
        (
            "Then\n\\begin{align*}\na &= b\n\\end{align*}\nand\n\n"
            "\\begin{equation}\n\\begin{split}\nc\n\\end{split}\n\\end{equation}\n"
        ),
        [
            "\\begin{align*}\na &= b\n\\end{align*}",
            "\\begin{equation}\n\\begin{split}\nc\n\\end{split}\n\\end{equation}",
        ],
    ),
    "list": (
        (
            "- one $a$\n- two\n\n    $$\n    b\n      c\n    $$\n\n"
            "    1. three $d$\n\n        $$\n        e\n        $$\n\n- four:\n  $$\n  f\n  $$\n"
        ),
        ["a", "b\n  c", "d", "e", "f"],
    ),
    "quotation": ("> Let $a$\n>\n> $$\n> b\n> > c\n> $$\n\n> - $d$\n", ["a", "b\n> c", "d"]),
    "table": (
        "| $a$ | b |\n| --- | --- |\n| $\\lvert x \\rvert$ | $\\|y\\|$ |\n| `|` $c$ | $$d$$ |\n",
        ["a", "\\lvert x \\rvert", "\\|y\\|", "c", "d"],
    ),
    "admonition": (
        (
            '!!! refuted "fails for $k$"\n    $$\n    a\n    = b\n    $$\n\n    - $c$\n\n'
            '??? note "More $d$"\n    $e$\n\n    !!! example\n        $$\n        f\n        $$\n'
        ),
        ["k", "a\n= b", "c", "d", "e", "f"],
    ),
    "tabs": (
        '=== "One $a$"\n\n    $b$\n\n=== "Two"\n\n    $$\n    c\n    d\n    $$\n',
        ["a", "b", "c\nd"],
    ),
    "footnote": (
        "Text[^1] $a$.\n\n[^1]: Note $b$ and\n\n    $$\n    c\n    $$\n\nMore $d$.\n",
        ["a", "d", "b", "c"],
    ),
    "definition list": ("Term $a$\n:   Says $b$\n\n    $$\n    c\n    $$\n", ["a", "b", "c"]),
    "link": ("[the $a$](x.md) and **bold $b$** and [c $d$][e]\n\n[e]: f.md\n", ["a", "b", "d"]),
    "markdown in html": (
        (
            '<div class="x" markdown>\nLet $a$\n\n$$\nb\n$$\n\n</div>\n\n'
            '<figure markdown="span">$c$</figure>\n'
        ),
        ["a", "b", "c"],
    ),
    "behind code": (
        (
            "```python\nx = '$$'\ny\n```\n\n$a$\n\n> ~~~~\n> ```\n> $\n> ~~~~\n\n"
            "    indented $$\n\n$$\nb\n$$\n\n"
            "!!! note\n    ``` bash\n    echo $x\n\n    ```\n    $c$\n"
        ),
        ["a", "b", "c"],
    ),
    "behind comments": ("<!-- $\n\nb -->\n\n$a$ <!-- $x$ --> $b$\n", ["a", "b"]),
    "front matter": ('---\ntitle: "$x$"\n\ntags: [a]\n---\nLet $a$\n', ["a"]),
    "behind empty fences": (
        "```\n```\n\n$a$\n\n```\n\n```\n\n$b$\n\n> ~~~\n> ~~~\n\n$c$\n",
        ["a", "b", "c"],
    ),
    "tabulators": ("- one\n\n\t$$\n\ta\tb\n\t\tc\n\t$$\n\nx\t$d\te$\n", ["a\tb\n\tc", "d\te"]),
    "looks like markup": (
        (
            "Then\n$$\n- a\n> b\n# c\n: d\n***\n1. e\n$$\n"
            "so $a<b$ and $c>d$ and $f_1*g*h_2$ &amp; $&i$.\n"
        ),
        ["- a\n> b\n# c\n: d\n***\n1. e", "a<b", "c>d", "f_1*g*h_2", "&i"],
    ),
    "html inside": ("$x <b> y$ and $a <!-- b$ and $c</p>$\n", ["x <b> y", "a <!-- b", "c</p>"]),
    "escapes": ("\\$5 and \\\\ $a\\$b$ and \\\\$c$\n", ["a\\$b", "c"]),
    "nested dollars": ("$$\nx \\text{ if $y$}\n$$\n", ["x \\text{ if $y$}"]),
    "letters of any kind": ("naïve 𝒳 😀 $a$ אבג $b$\n", ["a", "b"]),
}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("name", CONTAINERS)
def test_places(name: str, ending: str) -> None:
    text, expected = CONTAINERS[name]
    read = read_page(text.replace("\n", ending), path="x.md")
    assert [problem.message for problem in read.problems] == []
    assert latex(read) == expected
    assert misplaced(read, {"x.md": text}) == []


def test_a_wrong_place_is_noticed() -> None:
    text = "Let $x$.\n"
    read = read_page(text)
    block = read.blocks[0]
    piece = replace(pieces(read)[0], lines=(Place(1, 5),), start=Place(1, 4))
    wrong = replace(read, blocks=(replace(block, parts=(piece,)),))
    assert misplaced(wrong, {None: text}) == [
        "'x' is not at Place(line=1, column=5, path=None)",
        "no delimiter at Place(line=1, column=4, path=None)",
    ]


def test_start_and_end_are_those_of_the_delimiters() -> None:
    read = page(
        r"""
        A $x$, \(y\).

        $$
        z
        $$

        \begin{align}
        w
        \end{align}
        """
    )
    assert [
        (piece.start.line, piece.start.column, piece.end.line, piece.end.column, piece.display)
        for piece in pieces(read)
    ] == [(1, 3, 1, 5, False), (1, 8, 1, 12, False), (3, 1, 5, 2, True), (7, 1, 9, 11, True)]


def test_place_of_a_character() -> None:
    piece = pieces(read_page("- a\n\n    $$\n    b\n    c + d\n    $$\n"))[0]
    assert piece.latex == "b\nc + d"
    assert piece.place(piece.latex.index("d")) == Place(5, 9)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "docs").mkdir()
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets" / "part.md").write_text(
        "Included $a$.\r\n\r\n$$\r\nb\r\n$$\r\n", encoding="utf-8"
    )
    (tmp_path / "snippets" / "code.py").write_text(
        dedent(
            '''
            # --8<-- [start:other]
            import this
            # --8<-- [end:other]
            def f():
                """Doc.

                # --8<-- [start:doc]
                Returns $c$, that is

                $$
                d
                    e
                $$
                # --8<-- [end:doc]
                """
            '''
        ),
        encoding="utf-8",
    )
    (tmp_path / "snippets" / "outer.md").write_text(
        'Outer $f$\n\n--8<-- "part.md"\n\n$g$\n', encoding="utf-8"
    )
    return tmp_path


def _read_in(project: Path, text: str) -> tuple[list[str], list[str]]:
    path = str(project / "docs" / "x.md")
    files: dict[str | None, str] = {
        file.name: file.read_text(encoding="utf-8") for file in (project / "snippets").iterdir()
    }
    read = read_page(text, path=path)
    assert read.problems == ()
    return latex(read), misplaced(
        read, {**files, f"snippets/{path}": text, path: text} | _named(files)
    )


def _named(files: dict[str | None, str]) -> dict[str | None, str]:
    return {f"snippets/{name}": text for name, text in files.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('$x$\n\n--8<-- "part.md"\n\n$y$\n', ["x", "a", "b", "y"]),
        ('!!! note\n    --8<-- "part.md"\n\n$y$\n', ["a", "b", "y"]),
        ('- item\n\n    --8<-- "code.py:doc"\n\n- $y$\n', ["c", "d\n    e", "y"]),
        ('--8<-- "outer.md"\n\n$y$\n', ["f", "a", "b", "g", "y"]),
        ("--8<--\npart.md\n\ncode.py:doc\n--8<--\n\n$y$\n", ["a", "b", "c", "d\n    e", "y"]),
        ('--8<-- "part.md:3:5"\n\n$y$\n', ["b", "y"]),
        ('``` python\n--8<-- "code.py"\n```\n\n$y$\n', ["y"]),
    ],
)
def test_places_of_included_files(project: Path, text: str, expected: list[str]) -> None:
    assert _read_in(project, text) == (expected, [])


def test_included_places_name_the_file(project: Path) -> None:
    read = read_page('--8<-- "code.py:doc"\n', path=str(project / "docs" / "x.md"))
    assert [piece.lines for piece in pieces(read)] == [
        (Place(9, 14, "snippets/code.py"),),
        (Place(12, 5, "snippets/code.py"), Place(13, 5, "snippets/code.py")),
    ]
