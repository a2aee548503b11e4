"""A page as blocks: their order, kinds, texts, groups and scopes, and the layout."""

from __future__ import annotations

import pytest

from proofread.markdown import Piece, Scope, read_page
from tests.markdown_pages import findings, page, shapes


def test_order_and_kinds() -> None:
    read = page(
        """
        # The *gradient* of $L$

        Let $x_i$ be the **columns** of $X$:

        $$
        X
        $$

        <!-- holds -->

        We have
        $$
        a
        $$
        with `code $c$` and [a link](x.md) &amp; \\*stars\\*,<br>so $$b$$.

        Term
        :   Said of $t$

        | a | $b$ |
        | - | - |
        | $c$ | d |

        - one $d$
            - two
        - three

            $$
            e
            $$

        > Quoted.
        """
    )
    assert shapes(read) == [
        "heading: The gradient of <L>",
        "paragraph: Let <x_i> be the columns of <X>:",
        "paragraph: [X]",
        "comment: holds",
        "paragraph: We have\n[a]\nwith code $c$ and a link & *stars*,so [b].",
        "term: Term",
        "paragraph: Said of <t>",
        "cell: a",
        "cell: <b>",
        "cell: <c>",
        "cell: d",
        "item: one <d>",
        "item: two",
        "item: three",
        "item: [e]",
        "paragraph: Quoted.",
    ]
    assert [block.level for block in read.blocks] == [1] + [0] * 15
    assert [block.group for block in read.blocks] == [0] * 7 + [1] * 4 + [2, 3, 2, 2, 0]


def test_heading_levels() -> None:
    read = page("# a\n\n## b\n\nc\n===\n\n###### d\n")
    assert [(block.kind, block.level) for block in read.blocks] == [
        ("heading", 1),
        ("heading", 2),
        ("heading", 1),
        ("heading", 6),
    ]


def test_footnotes_come_last_in_the_order_of_their_definitions() -> None:
    read = page("A[^a] $x$.\n\n[^b]: B $z$.\n\n[^a]: A $w$.\n\nB[^b] $y$.\n")
    assert shapes(read) == [
        "paragraph: A <x>.",
        "paragraph: B <y>.",
        "item: B <z>.",
        "item: A <w>.",
    ]


def test_comments() -> None:
    read = page(
        """
        $$
        a
        $$
        <!-- first -->

        <!-- second
        line -->
        <!-- third $x$ -->

        Text <!-- not by itself --> more.

        - item

            <!-- fourth $y$ -->
        """
    )
    assert shapes(read) == [
        "paragraph: [a]",
        "comment: first",
        "comment: second\nline",
        "comment: third $x$",
        "paragraph: Text  more.",
        "item: item",
        "comment: fourth $y$",
    ]
    assert findings(read) == []


def test_code_is_no_block() -> None:
    read = page("Text\n\n    code $x$\n\n```\nmore $$\n```\n\n`inline $y$`\n")
    assert shapes(read) == ["paragraph: Text", "paragraph: inline $y$"]


def test_scopes() -> None:
    read = page(
        """
        Before.

        !!! refuted "shape-mismatch"
            $$
            a
            $$

            === "First *way*"
                $b$

            === "Second"
                ??? example
                    $c$

        !!! setting
            $d$

        ???+ mistake "A `code` title"
            e
        """
    )
    refuted = Scope("admonition", "refuted", "shape-mismatch", 1)
    first, second = Scope("tab", "First way", "First way", 2), Scope("tab", "Second", "Second", 3)
    example = Scope("admonition", "example", "Example", 4)
    setting = Scope("admonition", "setting", "Setting", 5)
    mistake = Scope("admonition", "mistake", "A code title", 6)
    assert list(zip(shapes(read), (block.scopes for block in read.blocks), strict=True)) == [
        ("paragraph: Before.", ()),
        ("title: shape-mismatch", (refuted,)),
        ("paragraph: [a]", (refuted,)),
        ("title: First way", (refuted, first)),
        ("title: Second", (refuted, second)),
        ("paragraph: <b>", (refuted, first)),
        ("title: Example", (refuted, second, example)),
        ("paragraph: <c>", (refuted, second, example)),
        ("title: Setting", (setting,)),
        ("paragraph: <d>", (setting,)),
        ("title: A code title", (mistake,)),
        ("paragraph: e", (mistake,)),
    ]


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("Let $x$.\n", "mixed"),
        ("<!-- layout: numerator -->\n\nLet $x$.\n", "numerator"),
        ("# A\n\nText.\n\n<!--layout:denominator-->\n\n$x$\n", "denominator"),
        ("<!-- layout: mixed -->\n", "mixed"),
        ("<!-- layout: row -->\n", "mixed"),
        ("Text <!-- layout: numerator --> more.\n", "mixed"),
        ("    <!-- layout: numerator -->\n", "mixed"),
    ],
)
def test_layout(text: str, layout: str) -> None:
    assert read_page(text).layout == layout


def test_empty_pages() -> None:
    for text in ("", "\n\n", "---\na: b\n---\n", "---\na: b\n---"):
        read = read_page(text, path="x.md")
        assert (read.path, read.layout, read.blocks, read.problems) == ("x.md", "mixed", (), ())


def test_a_rule_at_the_top_begins_no_front_matter() -> None:
    assert shapes(read_page("---\nLet $x$ be\n\n---\n")) == ["paragraph: Let <x> be"]


def test_page_keeps_nothing_of_the_page_before() -> None:
    first = read_page("!!! note\n    - $x$[^1]\n\n[^1]: $y$\n")
    assert read_page("!!! note\n    - $x$[^1]\n\n[^1]: $y$\n") == first


def test_private_characters_of_a_page_are_replaced() -> None:
    read = read_page("a\ufdd0\ufdd5\ufde0\ufdd1 \x02wzxhzdk:0\x03 \x00 \ud800 $x$\n")
    assert shapes(read) == [
        "paragraph: a\ufffd\ufffd\ufffd\ufffd \ufffdwzxhzdk:0\ufffd \ufffd \ufffd <x>"
    ]
    piece = read.blocks[0].parts[1]
    assert isinstance(piece, Piece)
    assert piece.lines[0].column == 24
