"""Notes of other people, in the forms in which they are written: what is said about them.

Beside each file of ``tests/elsewhere/`` stands what ``proofread check`` prints;
``python -m tests.test_elsewhere`` writes what it prints today.
"""

from __future__ import annotations

import io
import os
import shutil
from contextlib import redirect_stdout
from pathlib import Path
from textwrap import dedent

import pytest

from proofread.markdown import Page
from proofread.markdown.notebooks import read_file
from proofread.markdown.notes import read_notes
from proofread.markdown.tex import read_tex
from proofread.surfaces import cli
from tests.markdown_pages import findings, latex, pieces, shapes

FOLDER = Path(__file__).parent / "elsewhere"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".txt")


def printed(name: str) -> str:
    """What the command prints about a file in the working directory."""
    said = io.StringIO()
    with redirect_stdout(said):
        assert cli.main(["check", name]) == 1
    return said.getvalue()


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is part of no site, with all files."""
    folder = tmp_path / "notes"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.txt"))
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_is_said_about_a_file(notes: Path, file: Path) -> None:
    expected = file.with_suffix(f"{file.suffix}.txt").read_text(encoding="utf-8")
    assert printed(file.name) == expected


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_formula_is_where_its_place_says(notes: Path, file: Path) -> None:
    if file.suffix == ".ipynb":
        pytest.skip("its cells are no lines of the file")
    lines = Path(file.name).read_text(encoding="utf-8").split("\n")
    for piece in pieces(read_file(file.name)):
        for text, place in zip(piece.latex.split("\n"), piece.lines, strict=True):
            word = (text.split() or [""])[0]
            if not word.startswith(r"\label"):
                assert lines[place.line - 1][place.column - 1 :].lstrip().startswith(word), text
        for place, ends in ((piece.start, "$\\`:"), (piece.end, "$])}`:")):
            assert lines[place.line - 1][place.column - 1] in ends, piece


def test_a_folder_of_notes_is_checked_in_one_go(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "."]) == 1
    assert f"on {len(FILES)} pages: " in capsys.readouterr().out.splitlines()[-1]


def tex(text: str) -> Page:
    return read_tex(dedent(text).removeprefix("\n"), path="notes.tex")


def markdown(text: str) -> Page:
    return read_notes(dedent(text).removeprefix("\n"))


def test_what_is_no_text_of_a_document() -> None:
    read = tex(r"""
        $before$ \newcommand{\x}{x}
        \begin{document}
        \title{$a$}\maketitle See \cite[p.~$b$]{c} and \ref{d}. \verb+$e$+ % $f$
        \begin{verbatim}
        \end{document} $g$
        \end{verbatim}
        \begin{tikzpicture}[x=1cm] $h$ \end{tikzpicture}
        Costs 5\,\% or \$5.\\[2pt] But $i$.
        \end{document}
        """)
    assert latex(read) == [r"\newcommand{\x}{x}", "i"]
    assert findings(read) == []


def test_the_blocks_of_a_document() -> None:
    read = tex(r"""
        % layout: numerator
        \section[short]{On $a$}
        Text with \emph{a word} and \(b\),
          % in between
        which goes on.\footnote{With $c$.}

        \begin{example}[Two]
          Let $d$\par be
          \[ e \]
        \end{example}
        \begin{enumerate} \item[(i)] $f$ \item $g$ \end{enumerate}
        \begin{gather*}
          h \text{ if $i$}
        \end{gather*}
        """)
    assert read.layout == "numerator"
    assert shapes(read) == [
        "comment: layout: numerator",
        "heading: On <a>",
        "paragraph: Text with a word and <b>,\nwhich goes on.",
        "paragraph: With <c>.",
        "paragraph: Let <d>",
        "paragraph: be\n[e]",
        "item: <f>",
        "item: <g>",
        "paragraph: [\\begin{gather*}\nh \\text{ if $i$}\n\\end{gather*}]",
    ]
    assert read.blocks[1].level == 2
    assert [scope.name for scope in read.blocks[5].scopes] == ["example"]
    assert read.blocks[6].group == read.blocks[7].group != 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a $b", (1, 3, 1, 4, "`$` has no partner", "")),
        ("a \\[b", (1, 3, 1, 5, "`\\[` has no `\\]` behind it", "")),
        ("a \\]", (1, 3, 1, 5, "`\\]` has no `\\[` before it", "")),
        ("$$a\n\nb$$", (1, 1, 1, 3, "line 2 is blank, and ends the formula that `$$` opens", "")),
        (
            "\\begin{align}a",
            (1, 1, 1, 14, "`\\begin{align}` has no `\\end{align}` behind it",
             "close it with `\\end{align}`"),
        ),
    ],
)  # fmt: skip
def test_a_formula_that_does_not_end(text: str, problem: tuple[object, ...]) -> None:
    assert findings(tex(text))[0] == problem


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("{math}`a` and $`b`$", ["paragraph: <a> and  <b>"]),
        ("```{math}\na\n\nb\n```", ["paragraph: [a]", "paragraph: [b]"]),
        ("```{math}\na", ["paragraph: [a]"]),
        ("```{python}\n$a$\n```\n$b$", ["paragraph: <b>"]),
        ("```{figure} x.png\n$a$\n```\n$b$", ["paragraph: <b>"]),
        ("~~~\n:::\n$$ (a)\n~~~\n$b$", ["paragraph: <b>"]),
        (":::: theorem\n$a$\n::::", ["paragraph: <a>"]),
        ("::: {.callout-tip}\n## T\n:::{note}\n$a$\n:::\n:::", ["heading: T", "paragraph: <a>"]),
        ("$$a$$ (eq:b)", ["paragraph: [a\n\\label{eq:b}]"]),
        ("- a\n\n   $$\n   b\n   $$\n\nc", ["item: a", "paragraph: [b]", "paragraph: c"]),
        ("- a\n\n    $$\n    b\n    $$", ["item: a", "item: [b]"]),
        ("Costs $5 (a) or $6.", ["paragraph: Costs $5 (a) or $6."]),
    ],
)
def test_dialects_of_markdown(text: str, blocks: list[str]) -> None:
    read = read_notes(text)
    assert shapes(read) == blocks
    assert findings(read) == []


@pytest.mark.parametrize("part", ["\\footnote{", "\\section{", "\\[{", "\\begin{align}", "{", "$"])
def test_a_file_that_leaves_everything_open_is_refused_or_read(part: str) -> None:
    read = read_tex("Text " + part * 9000, path="notes.tex")
    assert read.problems or shapes(read) == ["paragraph: Text"]


@pytest.mark.parametrize("line", ["``` %sx", "$$ %s(", "::: {%s", "{math}`%s", ":a: %sx", "(\\#%s"])
def test_a_long_line_is_read(line: str) -> None:
    for filling in (" ", "`", "$", "{math}"):
        read_notes("```{math}\n" + line % (filling * (50_000 // len(filling))))


@pytest.mark.parametrize("text", ["{math}`a+b` and $c$ $`d`$", "  $$a$$ (e)", "1) {math}` b`"])
def test_places_in_changed_lines(text: str) -> None:
    for piece in pieces(read_notes(text)):
        first, *_ = piece.latex.split("\n")
        assert text[piece.lines[0].column - 1 :].startswith(first)


def test_a_scope_ends_with_its_directive() -> None:
    read = markdown("""
        ````{exercise} A "name"
        :label: x

        $a$

        ```{hint}
        $b$
        ```
        ````
        $c$
        """)
    assert shapes(read) == ["title: A 'name'", "paragraph: <a>", "paragraph: <b>", "paragraph: <c>"]
    assert [[scope.name for scope in block.scopes] for block in read.blocks] == [
        ["exercise"], ["exercise"], ["exercise"], []
    ]  # fmt: skip


if __name__ == "__main__":
    os.chdir(FOLDER)
    for one in FILES:
        text = printed(one.name)
        Path(f"{one.name}.txt").write_text(text, encoding="utf-8")
