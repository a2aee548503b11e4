"""LaTeX to tokens: kinds, texts, spans, and what has no meaning in a formula."""

from __future__ import annotations

import pytest

from proofread.latex.tokens import Span, Token, argument_at, tokenize
from proofread.limits import MAX_FORMULA_CHARACTERS, MAX_NUMBER_DIGITS
from tests.engine import refused


def spelled(source: str) -> str:
    return " ".join(f"{token.kind}:{token.text}" for token in tokenize(source))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"2X^\top e", r"number:2 letter:X symbol:^ command:top letter:e"),
        (r"\frac{1}{2}", r"command:frac open:{ number:1 close:} open:{ number:2 close:}"),
        (r"a\\b", r"letter:a row:\ letter:b"),
        (r"\|x\|", "command:| letter:x command:|"),
        (r"3.14. .5", "number:3.14 symbol:. number:.5"),
        (
            r"\operatorname*{arg}\tag*",
            ("command:operatorname* open:{ letter:a letter:r letter:g close:} command:tag*"),
        ),
        (r"\alpha*", "command:alpha symbol:*"),
        ("x % a remark\ny", "letter:x letter:y"),
        (
            "a − b · c ≤ ∇f",
            (
                r"letter:a symbol:- letter:b command:cdot letter:c command:le "
                "command:nabla letter:f"
            ),
        ),
        ("θ", "letter:θ"),
        ("#1", "parameter:1"),
        ("", ""),
    ],
)
def test_tokens_of_a_formula(source: str, expected: str) -> None:
    assert spelled(source) == expected


def test_every_token_carries_its_stretch_of_the_source() -> None:
    source = r"  \frac {12}\theta'"
    tokens = tokenize(source)
    texts = [source[token.span.start : token.span.end] for token in tokens]
    assert texts == [r"\frac", "{", "12", "}", r"\theta", "'"]
    assert [token.spaced for token in tokens] == [True, True, False, False, False, False]
    assert [token.written for token in tokens] == texts


def test_spans_merge_to_the_smallest_that_holds_both() -> None:
    assert Span(4, 6).to(Span(1, 5)) == Span(1, 6)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("a € b", "latex-syntax at '€': the character “euro sign” has no meaning in a formula"),
        ("a \\", "latex-syntax at '\\\\': a backslash at the end"),
        (
            "1" * (MAX_NUMBER_DIGITS + 1),
            "too-large at '"
            + "1" * (MAX_NUMBER_DIGITS + 1)
            + "': the number has 401 digits, more than 400",
        ),
        (
            "x" * (MAX_FORMULA_CHARACTERS + 1),
            ("too-large at 'x': the formula has 20,001 characters, more than 20,000"),
        ),
    ],
)
def test_what_is_no_token_is_refused(source: str, message: str) -> None:
    assert refused(source, lambda: tokenize(source)) == message


def test_an_argument_is_a_group_or_one_token() -> None:
    tokens = tokenize(r"\sqrt{a{b}}c")
    inside, behind = argument_at(tokens, 1, tokens[0])
    assert ("".join(token.text for token in inside), behind) == ("a{b}", 7)
    assert argument_at(tokens, 7, tokens[0]) == ([Token("letter", "c", Span(11, 12))], 8)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (r"\sqrt", r"latex-syntax at '\\sqrt': \sqrt lacks its argument"),
        (r"\sqrt{a", "latex-syntax at '{': this brace is never closed"),
    ],
)
def test_an_argument_that_is_missing_is_refused(source: str, message: str) -> None:
    tokens = tokenize(source)
    assert refused(source, lambda: argument_at(tokens, 1, tokens[0])) == message
