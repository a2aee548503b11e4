"""The form of a finding: whole messages, character by character."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofread.records import Finding, Label, Note, Place
from proofread.rendering.cells import lay_out, split_lines, visible
from proofread.rendering.text import render_finding, source_of

PATH = "docs/quadratic-forms.md"
PAGE = (
    "\n" * 40
    + r"""    \frac{\partial}{\partial x}\, x^\top A x
    &= 2 A x
"""
)
FINDING = Finding(
    "step-unequal",
    "the two sides of link 2 differ in 20 of 20 samples",
    Place(42, 8, PATH),
    Place(42, 13, PATH),
    (
        Label(Place(41, 5, PATH), Place(41, 45, PATH), "n×1"),
        Label(Place(42, 8, PATH), Place(42, 13, PATH), "n×1, not equal to the line above", True),
    ),
    (
        Note("sample", "n = 3, entry [1]: left -0.2209, right -0.1006, relative difference 0.54"),
        Note("note", "equal in 20 of 20 samples when A is symmetric"),
        Note("help", r"write (A + A^\top) x (verified)"),
        Note("rerun", 'pytest "docs/quadratic-forms.md::eq-quadratic-gradient"'),
    ),
)
WHOLE = r"""error[step-unequal]: the two sides of link 2 differ in 20 of 20 samples
  --> docs/quadratic-forms.md:42:8  (eq-quadratic-gradient)
   |
41 |    \frac{\partial}{\partial x}\, x^\top A x
   |    ---------------------------------------- n×1
42 |    &= 2 A x
   |       ^^^^^ n×1, not equal to the line above
   |
   = sample: n = 3, entry [1]: left -0.2209, right -0.1006, relative difference 0.54
   = note: equal in 20 of 20 samples when A is symmetric
   = help: write (A + A^\top) x (verified)
   = rerun: pytest "docs/quadratic-forms.md::eq-quadratic-gradient"
"""


def at(line: int, column: int, end: int, text: str = "", *, primary: bool = False) -> Label:
    return Label(Place(line, column), Place(line, end), text, primary)


def rendered(page: str, *labels: Label, notes: tuple[Note, ...] = ()) -> str:
    """What is shown of a finding at the first of some labels, its first line left out."""
    first = labels[0]
    finding = Finding("ambiguous", "two readings", first.start, first.end, labels, notes)
    head, rest = render_finding(finding, source_of(page)).split("\n", 1)
    assert head == "error[ambiguous]: two readings"
    return rest + "\n"


def test_finding_in_the_form_of_the_style_guide() -> None:
    shown = render_finding(FINDING, source_of(PAGE, PATH), label="eq-quadratic-gradient")
    assert shown + "\n" == WHOLE


def test_without_source_the_excerpt_is_left_out() -> None:
    finding = replace(FINDING, notes=FINDING.notes[:1])
    assert render_finding(finding, lambda path: ()) == (
        "error[step-unequal]: the two sides of link 2 differ in 20 of 20 samples\n"
        "  --> docs/quadratic-forms.md:42:8\n"
        "   = sample: n = 3, entry [1]: left -0.2209, right -0.1006, relative difference 0.54"
    )


def test_labels_on_one_line_hang_below_each_other() -> None:
    assert rendered(
        "A x + B y = c",
        at(1, 1, 4, "m×1", primary=True),
        at(1, 7, 10, "n×1"),
        at(1, 13, 14, "scalar"),
    ) == (
        """ --> <text>:1:1
  |
1 |    A x + B y = c
  |    ^^^   ---   - scalar
  |    |     |
  |    |     n×1
  |    m×1
  |
"""
    )


def test_labels_that_overlap_stand_in_rows_of_their_own() -> None:
    assert rendered("A x + B y", at(1, 7, 8, "here", primary=True), at(1, 1, 10, "m×1")) == (
        """ --> <text>:1:7
  |
1 |    A x + B y
  |          ^ here
  |    --------- m×1
  |
"""
    )


def test_finding_without_a_primary_label_underlines_its_own_place() -> None:
    finding = Finding("undeclared-symbol", "q is new", Place(1, 5), Place(1, 6))
    assert render_finding(finding, source_of("Let $q$")) == (
        """error[undeclared-symbol]: q is new
 --> <text>:1:5
  |
1 |    Let $q$
  |        ^
  |"""
    )


def test_place_behind_the_end_of_a_line_is_one_cell_wide() -> None:
    assert rendered("a +", at(1, 4, 4, "nothing to add", primary=True)) == (
        """ --> <text>:1:4
  |
1 |    a +
  |       ^ nothing to add
  |
"""
    )


def test_place_behind_the_end_of_the_file() -> None:
    assert rendered("a", at(3, 1, 1, "gone", primary=True)) == (
        """ --> <text>:3:1
  |
3 |
  |    ^ gone
  |
"""
    )


def test_span_over_lines_is_underlined_on_each_and_named_at_its_end() -> None:
    page = "  a = b\n\n  + c\n  + d"
    label = Label(Place(1, 7), Place(4, 6), "one term", True)
    assert rendered(page, label) == (
        """ --> <text>:1:7
  |
1 |    a = b
  |        ^
2 |
3 |    + c
  |    ^^^
4 |    + d
  |    ^^^ one term
  |
"""
    )


def test_long_span_shows_its_first_and_last_lines() -> None:
    page = "\n".join(f"row {number}" for number in range(1, 12))
    assert rendered(page, Label(Place(1, 1), Place(11, 7), "all", True)) == (
        """  --> <text>:1:1
   |
 1 |    row 1
   |    ^^^^^
 2 |    row 2
   |    ^^^^^
...
10 |    row 10
   |    ^^^^^^
11 |    row 11
   |    ^^^^^^ all
   |
"""
    )


def test_single_line_between_labels_is_shown_and_more_are_not() -> None:
    page = "a\nb\nc\nd\ne\nf"
    labels = (at(1, 1, 2, "", primary=True), at(3, 1, 2), at(6, 1, 2))
    assert rendered(page, *labels) == (
        """ --> <text>:1:1
  |
1 |    a
  |    ^
2 |    b
3 |    c
  |    -
...
6 |    f
  |    -
  |
"""
    )


def test_tabs_wide_and_combining_characters_keep_underlines_below() -> None:
    page = "\t\\text{矢量} y\u0302 = z"
    column = page.index("y") + 1
    end = len(page) + 1
    assert rendered(page, at(1, column, column + 2, "ŷ", primary=True), at(1, end - 1, end)) == (
        """ --> <text>:1:12
  |
1 |    \\text{矢量} y\u0302 = z
  |                ^   -
  |                |
  |                ŷ
  |
"""
    )


def test_invisible_characters_are_made_visible() -> None:
    page = "a \u202e+ b\x1b[31m \u200bc"
    assert rendered(page, at(1, 14, 15, "c", primary=True)) == (
        """ --> <text>:1:14
  |
1 |    a <U+202E>+ b<U+001B>[31m <U+200B>c
  |                                      ^ c
  |
"""
    )


def test_invisible_characters_of_texts_are_made_visible() -> None:
    finding = Finding("ambiguous", "a\x1bb", Place(1, 1, "x\x07.md"), Place(1, 2, "x\x07.md"))
    noted = replace(finding, notes=(Note("help", "c\u202ed\nand on"),))
    assert render_finding(noted, lambda path: (), label="l\x00") == (
        "error[ambiguous]: a<U+001B>b\n"
        " --> x<U+0007>.md:1:1  (l<U+0000>)\n"
        "  = help: c<U+202E>d\n"
        "          and on"
    )


def test_long_line_is_shown_around_its_labels() -> None:
    page = "a + " * 100 + "b = c" + " + d" * 100
    assert rendered(page, at(1, 401, 402, "n×1", primary=True), at(1, 5, 6, "far")) == (
        f""" --> <text>:1:401
  |
1 |    {"a + " * 25} …
  |        - far
1 |    … {" a +" * 12} b = c{" + d" * 11} + …
  |                                                       ^ n×1
  |
"""
    )


def test_label_longer_than_the_window_is_cut() -> None:
    page = "a" * 300
    assert rendered(page, at(1, 1, 301, "all", primary=True)) == (
        f""" --> <text>:1:1
  |
1 |    {"a" * 100} …
  |    {"^" * 100} all
  |
"""
    )


def test_label_in_an_included_file_has_an_excerpt_of_its_own() -> None:
    lines = {"page.md": ["a = b"], "part.md": ["", "b = c"]}
    finding = Finding(
        "index-clash",
        "i twice",
        Place(1, 5, "page.md"),
        Place(1, 6, "page.md"),
        (Label(Place(2, 1, "part.md"), Place(2, 2, "part.md"), "defined here"),),
    )
    assert render_finding(finding, lambda path: lines[path or ""]) == (
        """error[index-clash]: i twice
 --> page.md:1:5
  |
1 |    a = b
  |        ^
 ::: part.md:2:1
  |
2 |    b = c
  |    - defined here
  |"""
    )


def test_colours_wrap_the_plain_text_and_change_nothing_else() -> None:
    plain = render_finding(FINDING, source_of(PAGE, PATH))
    coloured = render_finding(FINDING, source_of(PAGE, PATH), colour=True)
    assert coloured.startswith("\x1b[1;31merror[step-unequal]\x1b[0m\x1b[1m: the two sides")
    assert "\x1b[1;31m^^^^^\x1b[0m \x1b[1;31mn×1, not equal to the line above\x1b[0m" in coloured
    stripped = coloured
    for code in ("\x1b[1;31m", "\x1b[1;34m", "\x1b[1m", "\x1b[0m"):
        stripped = stripped.replace(code, "")
    assert stripped == plain


def test_lines_are_those_of_markdown() -> None:
    assert split_lines("a\r\nb\rc\nd\u2028e\x0bf") == ["a", "b", "c", "d\u2028e\x0bf"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ŷ 矢", "plain ŷ 矢"),
        ("\ud800", "<U+D800>"),
        ("\u2066x\u2069", "<U+2066>x<U+2069>"),
        ("a\nb", "a<U+000A>b"),
        ("\u00ad", "<U+00AD>"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_cells_of_a_line() -> None:
    line = lay_out("a\t矢e\u0301b")
    assert line.starts == (0, 1, 4, 6, 7, 7, 8)
    assert [line.cell(column) for column in (1, 2, 3, 4, 6, 7, 9)] == [0, 1, 4, 6, 7, 8, 10]


PLACES = st.tuples(st.integers(1, 9), st.integers(1, 150))
LABELS = st.tuples(PLACES, PLACES, st.text(max_size=9), st.booleans())


@given(
    page=st.lists(st.text(max_size=140), max_size=8).map("\n".join),
    labels=st.lists(LABELS, max_size=4),
    message=st.text(),
)
def test_any_finding_in_any_page_can_be_shown(
    page: str,
    labels: list[tuple[tuple[int, int], tuple[int, int], str, bool]],
    message: str,
) -> None:
    made = tuple(
        Label(Place(*min(start, end)), Place(*max(start, end)), text, primary)
        for start, end, text, primary in labels
    )
    finding = Finding("ambiguous", message, Place(1, 1), Place(1, 2), made)
    shown = render_finding(finding, source_of(page))
    assert shown.startswith("error[ambiguous]: " + visible(message))
    assert all(character == "\n" or visible(character) == character for character in shown)
