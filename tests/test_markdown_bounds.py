"""Whatever is typed is read at a bounded cost, or not read, and the page says so."""

from __future__ import annotations

import random

import pytest

from proofread.markdown import read_page
from tests.markdown_pages import findings, misplaced

PAGE = "make several pages of it"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("$" * 1_000_000, 1, "the page has more than 200,000 characters, and is not read"),
        (
            "a\n\n" + "$x$ " * 5_001,
            3,
            "the page has more than 10,000 delimiters of formulas, and is not read",
        ),
        (
            "a\n\n" + "[" * 1_001,
            3,
            "the paragraph has more than 1,000 opening brackets, and is not read",
        ),
        ("word " * 20_001, 1, "the paragraph has more than 100,000 characters, and is not read"),
        ("a\n" + "<a " * 2_001, 2, "the page has more than 2,000 tags, and is not read"),
        (
            "# a\n" * 2_001,
            2_001,
            "the page has more than 2,000 headings and containers, and is not read",
        ),
        ("> " * 41 + "a", 1, "the line is nested deeper than 40 levels, and is not read"),
        ("a\n\n" + "- " * 100_000, 3, "the page has more than 200,000 characters, and is not read"),
        ("a\n\n" + "- " * 41 + "a", 3, "the line is nested deeper than 40 levels, and is not read"),
        (
            "".join(" " * 4 * depth + "1. a\n" for depth in range(50)),
            41,
            "the line is nested deeper than 40 levels, and is not read",
        ),
    ],
    ids=lambda value: value[:12].replace("\n", " ") if isinstance(value, str) else None,
)
def test_too_much(text: str, line: int, message: str) -> None:
    read = read_page(text)
    line = 1 if "200,000" in message else line
    assert findings(read) == [(line, 1, line, 1, message, PAGE)]
    assert read.blocks == ()


def test_what_the_library_gives_up_on() -> None:
    text = "Term\n: a\n" * 1_900
    assert findings(read_page(text)) == [
        (1, 1, 1, 1, "the page is nested too deep, and is not read", PAGE)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\\(" * 4_000,
        "\\begin{a}\n" * 4_000,
        "\\begin{a}\n" * 2_000 + "\\end{a}\n" * 2_000,
        "$$\n" * 4_000,
        "`" * 20_000,
        "*a **b " * 3_000,
        "&a;" * 5_000,
        "\\" * 20_000,
        "|" * 20_000,
        "a|b\n-|-\n" + "$x|y$|\n" * 2_000,
        "<" * 20_000,
        "\x00\u202e\ud800\ufdd0" * 10_000,
        "\r" * 20_000,
        "\t" * 20_000,
    ],
    ids=lambda text: repr(text[:9]),
)
def test_hostile_texts_are_read(text: str) -> None:
    read_page(text)


ALPHABET = [
    "$", "$$", "\\(", "\\)", "\\[", "\\]", "\\begin{align}", "\\end{align}", "\n", "\n\n", "    ",
    "\t", "  ", "- ", "> ", "1. ", "# ", "|", "| - |\n", "`", "```\n", "*", "_", "\\", "<", ">",
    "&", "<!-- ", " -->", "!!! note\n    ", '=== "a"\n    ', "??? x\n", "[", "](", ")", "[^1]",
    "[^1]: ", "x", "\\alpha ", "^2", "{", "}", "{: .a }", ": ", "<div markdown>\n", "</div>\n",
    "\r", "é", "\u2028", "\x0b", "--8<-- ", '"a"',
]  # fmt: skip


@pytest.mark.parametrize("seed", range(300))
def test_random_texts_are_read_with_right_places(seed: int) -> None:
    random.seed(seed)
    text = "".join(random.choices(ALPHABET, k=random.randint(5, 80)))
    read = read_page(text)
    source = text.replace("\r\n", "\n").replace("\r", "\n")
    assert misplaced(read, {None: source}) == [], f"seed {seed}: {text!r}"
