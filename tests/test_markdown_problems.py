"""Mathematics that stays text: each kind with its place, its whole message and its help."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofread.markdown import read_page
from tests.markdown_pages import findings, latex

BAR = r"write `\lvert x \rvert` for `|x|`, `\lVert x \rVert` for `||x||`, `\mid` for a bar"
CASES = {
    "blank line": (
        "We have\n\n$$\na\n\nb\n$$\n",
        [
            (
                3,
                1,
                3,
                3,
                "line 5 is blank, and ends the formula that `$$` opens",
                "take the blank line out",
            ),
        ],
    ),
    "blank line in brackets": (
        "\\[\na\n\nb\n\\]\n",
        [
            (
                1,
                1,
                1,
                3,
                "line 3 is blank, and ends the formula that `\\[` opens",
                "take the blank line out",
            ),
        ],
    ),
    "blank line in an environment": (
        "\\begin{align}\na\n\nb\n\\end{align}\n",
        [
            (
                1,
                1,
                1,
                14,
                "line 3 is blank, and ends the formula that `\\begin{align}` opens",
                "take the blank line out",
            ),
        ],
    ),
    "text before": (
        "We have $$\na\n$$\n",
        [
            (
                1,
                9,
                1,
                11,
                "`$$` has text before it on its line",
                "put `$$` on a line of its own",
            ),
        ],
    ),
    "text behind": (
        "$$\na\n$$ and so\n",
        [
            (
                3,
                1,
                3,
                3,
                "`$$` has text behind it on its line",
                "put `$$` on a line of its own",
            ),
        ],
    ),
    "text before an environment": (
        "so \\begin{align}\na\n\\end{align}\n",
        [
            (
                1,
                4,
                1,
                17,
                "`\\begin{align}` has text before it on its line",
                "put `\\begin{align}` on a line of its own",
            ),
        ],
    ),
    "text behind brackets": (
        "\\[\na\n\\] and\n",
        [
            (
                3,
                1,
                3,
                3,
                "`\\]` has text behind it on its line",
                "put `\\]` on a line of its own",
            ),
        ],
    ),
    "unclosed display": (
        "$$\na\n\nMore $x$.\n\n$$\nb\n$$\n",
        [
            (
                1,
                1,
                1,
                3,
                "`$$` has no partner",
                "close the formula with `$$`",
            ),
        ],
    ),
    "unclosed dollar": (
        "Let $\\alpha be\n\nand $x$\n",
        [
            (
                1,
                5,
                1,
                6,
                "`$` has no partner",
                "close the formula with `$`, or write `\\$` for a dollar",
            ),
        ],
    ),
    "unclosed dollar before a letter": (
        "Let $x be\n",
        [
            (
                1,
                5,
                1,
                6,
                "`$` has no partner",
                "close the formula with `$`, or write `\\$` for a dollar",
            ),
        ],
    ),
    "a displayed formula that lost a dollar before it": (
        "$\ny = x\n$$\n\nMore.\n",
        [
            (
                1,
                1,
                1,
                2,
                "`$` alone on its line delimits no formula",
                "write `$$`",
            ),
        ],
    ),
    "a displayed formula that lost two dollars": (
        "$\ny = x\n$\n\nMore.\n",
        [
            (
                1,
                1,
                1,
                2,
                "`$` alone on its line delimits no formula",
                "write `$$`",
            ),
        ],
    ),
    "a displayed formula that lost a dollar behind it": (
        "$$\ny = x\n$\n\nMore.\n",
        [
            (
                1,
                1,
                1,
                3,
                "`$$` has no partner",
                "close the formula with `$$`",
            ),
            (
                3,
                1,
                3,
                2,
                "`$` alone on its line delimits no formula",
                "write `$$`",
            ),
        ],
    ),
    "unclosed environment": (
        "\\begin{align}\na &= b\n",
        [
            (
                1,
                1,
                1,
                14,
                "`\\begin{align}` has no `\\end{align}` behind it",
                "close the formula with `\\end{align}`",
            ),
        ],
    ),
    "end alone": (
        "a\n\\end{align}\n",
        [
            (
                2,
                1,
                2,
                12,
                "`\\end{align}` has no `\\begin{align}` before it",
                "open the formula with `\\begin{align}`",
            ),
        ],
    ),
    "unclosed brackets": (
        "a \\(b and \\[c\n",
        [
            (
                1,
                3,
                1,
                5,
                "`\\(` has no `\\)` behind it",
                "close the formula with `\\)`",
            ),
            (
                1,
                11,
                1,
                13,
                "`\\[` has no `\\]` behind it",
                "close the formula with `\\]`",
            ),
        ],
    ),
    "closing brackets alone": (
        "a\\) and b\\]\n",
        [
            (
                1,
                2,
                1,
                4,
                "`\\)` has no `\\(` before it",
                "a bracket that is no mathematics needs no backslash",
            ),
            (
                1,
                10,
                1,
                12,
                "`\\]` has no `\\[` before it",
                "a bracket that is no mathematics needs no backslash",
            ),
        ],
    ),
    "space behind": (
        "Let $ \\alpha $ be\n",
        [
            (
                1,
                5,
                1,
                6,
                "`$` with a space behind it opens no formula",
                "write `$x$`, without spaces inside the dollars",
            ),
        ],
    ),
    "space before": (
        "Let $x $ be\n",
        [
            (
                1,
                8,
                1,
                9,
                "`$` with a space before it closes no formula",
                "write `$x$`, without spaces inside the dollars",
            ),
        ],
    ),
    "nothing inside": (
        "$$\n$$\n",
        [
            (
                1,
                1,
                2,
                3,
                "there is nothing between `$$` and `$$`",
                "write a formula between them, or take both out",
            ),
        ],
    ),
    "two-space list": (
        "- item\n\n  $$\n  a\n  $$\n\n- other $x$\n",
        [
            (
                3,
                3,
                3,
                5,
                "a formula indented by 2 spaces stands outside of its list",
                "indent it by 4 spaces for each level of the list",
            ),
        ],
    ),
    "one-space list": (
        "1. item\n\n $$a$$\n",
        [
            (
                3,
                2,
                3,
                4,
                "a formula indented by 1 space stands outside of its list",
                "indent it by 4 spaces for each level of the list",
            ),
        ],
    ),
    "bar in a table": (
        "| a | b |\n| - | - |\n| $|x|$ | $y$ |\n| $z$ | $a | b$ |\n",
        [
            (
                3,
                4,
                3,
                5,
                "`|` inside a formula ends the cell of the table",
                BAR,
            ),
            (
                4,
                12,
                4,
                13,
                "`|` inside a formula ends the cell of the table",
                BAR,
            ),
        ],
    ),
    "double bar in a table": (
        "| a |\n| - |\n| $$||x||$$ |\n",
        [
            (
                3,
                5,
                3,
                6,
                "`|` inside a formula ends the cell of the table",
                BAR,
            ),
        ],
    ),
    "raw html": (
        "<div>\n$x$ and $$y$$\n</div>\n",
        [
            (
                2,
                1,
                2,
                4,
                "mathematics inside raw HTML stays text",
                "give the tag the attribute `markdown`, or leave the HTML out",
            ),
            (
                2,
                9,
                2,
                14,
                "mathematics inside raw HTML stays text",
                "give the tag the attribute `markdown`, or leave the HTML out",
            ),
        ],
    ),
    "tag in text": (
        'Text <img alt="$x$"> more\n',
        [
            (
                1,
                16,
                1,
                19,
                "mathematics inside raw HTML stays text",
                "give the tag the attribute `markdown`, or leave the HTML out",
            ),
        ],
    ),
    "alternative text": (
        "![see $x$](a.png)\n",
        [
            (
                1,
                7,
                1,
                10,
                "this mathematics does not appear on the page",
                "alternative texts, titles and addresses hold no mathematics",
            ),
        ],
    ),
    "title of a link": (
        '[a](b.md "about $x$")\n',
        [
            (
                1,
                17,
                1,
                20,
                "this mathematics does not appear on the page",
                "alternative texts, titles and addresses hold no mathematics",
            ),
        ],
    ),
    "lazy line": (
        "!!! note\n    $$\n    a\nb\n    $$\n",
        [
            (
                2,
                5,
                2,
                7,
                "line 4 is indented less than the `$$` above it",
                "indent all lines of a formula alike",
            ),
        ],
    ),
    "several": (
        "a $\\alpha\n\n$$\nb\n\nc\n$$\n\nd $$\ne\n$$\n",
        [
            (
                1,
                3,
                1,
                4,
                "`$` has no partner",
                "close the formula with `$`, or write `\\$` for a dollar",
            ),
            (
                3,
                1,
                3,
                3,
                "line 5 is blank, and ends the formula that `$$` opens",
                "take the blank line out",
            ),
            (
                9,
                3,
                9,
                5,
                "`$$` has text before it on its line",
                "put `$$` on a line of its own",
            ),
        ],
    ),
    "unknown layout": (
        "Text.\n\n<!-- layout: row -->\n",
        [
            (
                3,
                1,
                3,
                5,
                "unknown layout `row`",
                "write one of numerator, denominator, mixed",
            ),
        ],
    ),
    "late layout": (
        "Let $x$.\n\n<!-- layout: numerator -->\n",
        [
            (
                3,
                1,
                3,
                5,
                "the layout is said behind the first formula",
                "move the comment before the first formula",
            ),
        ],
    ),
    "second layout": (
        "<!-- layout: numerator -->\n\n<!-- layout: denominator -->\n",
        [
            (
                3,
                1,
                3,
                5,
                "the layout is said twice",
                "a page has one layout: take one of the comments out",
            ),
        ],
    ),
    "six-space list in list": (
        "- a\n    - b\n\n      $$\n      c\n      $$\n",
        [
            (
                4,
                7,
                4,
                9,
                "a formula indented by 6 spaces stands outside of its list",
                "indent it by 4 spaces for each level of the list",
            ),
        ],
    ),
    "list in list": (
        "- a\n    - b\n\n  $$\n  c\n  $$\n",
        [
            (
                4,
                3,
                4,
                5,
                "a formula indented by 2 spaces stands outside of its list",
                "indent it by 4 spaces for each level of the list",
            ),
        ],
    ),
    "backticks": (
        "Let $a `b` c$ be\n",
        [
            (
                1,
                5,
                1,
                14,
                "the formula between these `$` stays text",
                "take out what is no mathematics in it: code, a comment, a footnote",
            ),
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_problem(name: str) -> None:
    text, expected = CASES[name]
    assert findings(read_page(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $6, from $9-$10.\n",
        "It costs 5$ and 6$ in all, 7$.\n",
        "\\$x and \\\\(a) and 5\\$.\n",
        "`$x` and `` `$$ `` and `\\begin{a}` and `\\(`\n",
        "    $$\n    code\n\n    \\[\n",
        "```\n$$\n\n\\begin{x}\n```\n",
        "<!-- $$ \\begin{a} -->\n\nText <!-- $x --> more.\n",
        "<pre>$x$ $$</pre>\n\n<script>$(x)</script>\n",
        "<p>costs $5</p>\n",
        "[a](http://x.org/$b)\n\n[c]: http://x.org/$d\n",
        "---\ntitle: $$ and $x\n---\n",
        "---\n# comment $x\n\n'a b': $\nc:\n  - $x\n...\n",
    ],
)
def test_no_mathematics(text: str) -> None:
    read = read_page(text)
    assert (latex(read), findings(read)) == ([], [])


@pytest.fixture
def project(tmp_path: Path) -> str:
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets" / "a.md").write_text("$$\na\n\nb\n$$\n", encoding="utf-8")
    (tmp_path / "snippets" / "b.md").write_text('--8<-- "missing.md"\n', encoding="utf-8")
    (tmp_path / "snippets" / "c.md").write_bytes(b"\xff")
    (tmp_path / "secret.md").write_text("$s$\n", encoding="utf-8")
    return str(tmp_path / "x.md")


def _located(text: str, project: str | None) -> list[tuple[str | None, int, int, int, str, str]]:
    return [
        (
            problem.start.path and Path(problem.start.path).name,
            problem.start.line,
            problem.start.column,
            problem.end.column,
            problem.message,
            problem.help,
        )
        for problem in read_page(text, path=project).problems
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '$x$\n\n    --8<-- "no.md"\n',
            ("x.md", 3, 13, 18, "the included file `no.md` does not exist"),
        ),
        ("--8<--\nno.md\n--8<--\n", ("x.md", 2, 1, 6, "the included file `no.md` does not exist")),
        ('--8<-- "b.md"\n', ("b.md", 1, 9, 19, "the included file `missing.md` does not exist")),
        (
            '--8<-- "../secret.md"\n',
            ("x.md", 1, 9, 21, "the included file `../secret.md` does not exist"),
        ),
        (
            '--8<-- "c.md"\n',
            ("x.md", 1, 9, 13, "the included file `snippets/c.md` cannot be read as text"),
        ),
        (
            '--8<-- "a.md:part"\n',
            ("x.md", 1, 9, 18, "the included section `part` does not exist in its file"),
        ),
        ('--8<-- ":part"\n', ("x.md", 1, 9, 14, "the included file has no name")),
    ],
)
def test_missing_include(project: str, text: str, expected: tuple[str, int, int, int, str]) -> None:
    assert _located(text, project) == [(*expected, "paths count from `snippets/`")]


def test_problem_in_an_included_file(project: str) -> None:
    assert _located('Text\n\n--8<-- "a.md"\n', project) == [
        (
            "a.md",
            1,
            1,
            3,
            "line 3 is blank, and ends the formula that `$$` opens",
            "take the blank line out",
        )
    ]


def test_text_of_no_project_includes_nothing() -> None:
    assert _located('--8<-- "a.md"\n', None) == [
        (
            None,
            1,
            9,
            13,
            "the included file `a.md` does not exist",
            "paths count from the folder of a project, and this text is in none",
        )
    ]
