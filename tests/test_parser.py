"""Formulas to trees, and refusals that point at the smallest wrong part."""

from __future__ import annotations

import pytest

from proofread import check
from proofread.latex.tokens import Span, tokenize
from proofread.limits import MAX_NESTING
from proofread.syntax.ellipses import find_run
from proofread.syntax.nodes import Dots, Node
from proofread.syntax.statements import split_piece
from tests.engine import bare, page, parse, refused, shown

PAGE = page(
    r"X \in \mathbb{R}^{m \times n}",
    r"\theta \in \mathbb{R}^n",
    r"y \in \mathbb{R}^m",
    r"A, B \in \mathbb{R}^{n \times n}",
    r"v, w \in \mathbb{R}^n",
    r"a, c \in \mathbb{R}",
    r"f : \mathbb{R}^n \to \mathbb{R}",
    r"x^{(i)} \in \mathbb{R}^n, \quad i = 1, \dots, m",
    r"L(\theta) = \|X\theta - y\|^2",
)


@pytest.mark.parametrize(
    ("latex", "tree"),
    [
        # sums, products, powers
        (r"2X^\top y", "(* 2 (transpose X) y)"),
        ("-a + c", "(+ -a c)"),
        (r"\frac12 \|y\|^2", "(* (frac 1 2) (power (norm y) 2))"),
        (r"v^\top \cdot w \times 2", "(times (* (transpose v) w) 2)"),
        (r"A^{-\top} A^{1/2}", "(* (transpose (inverse A)) (power A (frac 1 2)))"),
        (r"A^{+} A^T", "(* (pinv A) (transpose A))"),
        # application or product: only the table tells
        ("f(v)^2", "(power (apply f [v]) 2)"),
        ("a(c + 1)", "(* a (grouped (+ c 1)))"),
        # elements, members, names
        ("X_{ij}", "(element X [@i @j])"),
        ("X_{i,:}", "(element X [@i .])"),
        ("x_{ij}", "(element X [@i @j])"),
        ("x^{(i)}_j", "(element (member x^{()} [@i]) [@j])"),
        ("v_1", "(element v [1])"),
        (r"\delta_{ij}", "(delta @i @j)"),
        # functions
        (r"\operatorname{tr} A B", "(tr (* A B))"),
        (r"\log a \log c", "(* (log a) (log c))"),
        ("e^a", "(exp a)"),
        (r"\mathbb{1}[a > 0]", "(indicator (relation > a 0))"),
        (
            r"\begin{cases} a & a > 0 \\ 0 & \text{otherwise} \end{cases}",
            "(cases [a 0] [(relation > a 0) .])",
        ),
        # sums over indices, and dots that stand for one
        (r"\sum_i y_i^2 + a", "(+ (big sum [i] . . . (power (element y [@i]) 2)) a)"),
        (r"\sum_{i=1}^{m} y_i", "(big sum [i] 1 m . (element y [@i]))"),
        (r"v_1 + \cdots + v_n", "(big sum […1] 1 n . (element v [@…1]))"),
        (
            r"\begin{bmatrix} v_1 & \cdots & v_n \end{bmatrix}",
            "(block [(row [(fill …1 1 n (element v [@…1]))])])",
        ),
        # derivatives
        (r"\frac{\partial L}{\partial \theta}", r"(derivative partial L [\theta])"),
        (r"\frac{\partial^2 L}{\partial \theta^2}", r"(derivative partial L [\theta \theta])"),
        (r"\partial L / \partial \theta", r"(derivative partial L [\theta])"),
        (r"\nabla_\theta L", r"(derivative nabla L [\theta])"),
        (r"\nabla f(v)^\top w", "(* (transpose (functionderivative nabla f [v] 0 1)) w)"),
        (
            r"\frac{\partial}{\partial v} (v - w)^2",
            "(derivative partial (power (grouped (+ v -w)) 2) [v])",
        ),
        ("J_f(v)", "(functionderivative jacobian f [v] 0 1)"),
        ("D f(v)[w]", "(directional f [v] w)"),
        ("d(AB)", "(differential (grouped (* A B)))"),
        (r"\left. a^2 \right|_{a = 2}", "(at (power a 2) a 2)"),
        (r"\arg\min_v f(v)", "(argmin min v (apply f [v]))"),
        # bars, products of other kinds, constants
        (r"\|v\|_1 |a|", "(* (norm_1 v) (bars a))"),
        (r"\langle v, w \rangle", "(inner v w)"),
        ("A : B", "(: A B)"),
        (r"\mathbf{1}^\top I_n v", "(* (transpose (constant ones .)) (constant identity n) v)"),
        (r"\underbrace{X}_{m \times n}", "(checked X m n)"),
    ],
)
def test_the_tree_of_a_formula(latex: str, tree: str) -> None:
    assert shown(parse(PAGE, latex)) == tree


@pytest.mark.parametrize(
    ("latex", "tree"),
    [
        (
            "a/2c",
            (
                "(either [(* (frac a 2) c) (frac a (* 2 c))] [the fraction ends before the next "
                "factor the fraction takes all that follows] False)"
            ),
        ),
        (
            r"A \odot B A",
            (
                "(either [(odot A (* B A)) (* (odot A B) A)] [the product is taken first "
                "the product is taken last] False)"
            ),
        ),
    ],
)
def test_two_readings_are_both_kept(latex: str, tree: str) -> None:
    assert shown(bare(latex, PAGE)) == tree


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        ("a +", "latex-syntax at '+': “+” has no operand behind it"),
        ("* a", "latex-syntax at '*': “*” has no operand before it"),
        ("(a + c", "latex-syntax at '(': “(” is never closed"),
        ("a)", "latex-syntax at ')': “)” closes nothing"),
        (r"\left( a \right]", r"latex-syntax at '\\left( a \\right]': “(” is closed by “]”"),
        (r"\|a", r"latex-syntax at '\\|': this bar is never closed"),
        ("2 3", "latex-syntax at '3': two numbers side by side"),
        ("v_i_j", "latex-syntax at '_': a second subscript"),
        (r"\foo a", r"unknown-command at '\\foo': \foo is not a command that is read here"),
        (
            r"\alpa",
            (
                r"unknown-command at '\\alpa': \alpa is not a command that is read here; "
                r"did you mean \alpha?"
            ),
        ),
        (r"\int a", r"unknown-command at '\\int': integrals are not read"),
        (
            r"\begin{foo} a \end{foo}",
            r"unknown-command at '\\begin': the environment “foo” is not read",
        ),
        (
            r"\log a c",
            (
                r"ambiguous at 'a': it is not clear where the argument of log ends; "
                r"write the argument in parentheses, \log(…)"
            ),
        ),
        (
            r"\det^{-1} A",
            (
                r"ambiguous at '\\det^{-1}': det^{-1} may be the inverse function or the "
                "reciprocal"
            ),
        ),
        (
            "x_i",
            (
                "ambiguous at 'x_i': “x” with one index may be a row or a column of “X”; declare "
                r"the columns: X = \begin{bmatrix} x_1 & \cdots & x_n \end{bmatrix}"
            ),
        ),
        (
            r"\sum v_i",
            (
                r"ambiguous at '\\sum': \sum does not say what it runs over; write the index "
                r"below it, \sum_{i}"
            ),
        ),
        (r"\sum_{i=1} v_i", "ambiguous at '{i=1}': \\sum has a lower bound and no upper one"),
        (
            r"\sum_i \sum_i v_i",
            (
                "index-clash at 'i': the index “i” is bound here and already by an "
                "operator around it"
            ),
        ),
        (
            r"v_1 + \cdots + w_n",
            (
                r"ambiguous at '\\cdots': the terms around the dots don't fix a "
                "pattern; write two terms of one form before the dots and the last one behind "
                "them, or a sum"
            ),
        ),
        (
            r"\nabla (a + c)",
            (
                r"ambiguous at '\\nabla (a + c)': ∇ does not say by what, and what "
                r"follows is no function; write the variable below it, \nabla_x"
            ),
        ),
        (
            r"\frac{\partial^2 L}{\partial \theta}",
            (
                r"latex-syntax at '\\frac{\\partial^2 L}"
                r"{\\partial \\theta}': the derivative is of order 2 above and 1 below"
            ),
        ),
        (
            "d v^2",
            (
                "ambiguous at 'v^2': d before a name with a power has two readings; write d(…) "
                "around what it applies to"
            ),
        ),
        ("q + a", "undeclared-symbol at 'q': “q” is not declared on this page"),
        (
            r"\sum_{n} v_n",
            (
                "index-clash at 'n': the index “n” is also a dimension: “v” has it; use "
                "another letter for the index than “n”"
            ),
        ),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_is_wrong(latex: str, message: str) -> None:
    assert refused(latex, lambda: parse(PAGE, latex)) == message


@pytest.mark.parametrize("depth", [MAX_NESTING + 1, 20 * MAX_NESTING])
def test_nesting_has_an_end(depth: int) -> None:
    latex = "(" * depth + "a" + ")" * depth
    text = f"$a \\in \\mathbb{{R}}$\n\n$$\n{latex} = a\n$$\n"
    statement = check(text).files[0].statements[-1]
    assert (statement.verdict, statement.code) == ("refused", "too-large")


def test_dots_at_the_edge_have_no_pattern() -> None:
    span = Span(0, 1)
    items: list[Node] = [Dots(span, "dots"), bare("a")]
    assert refused("…", lambda: find_run(items, span, 0)).startswith("ambiguous at '…'")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("a = b", "a|b : ="),
        (r"a &= b \\ &= c", "a|b|c : = ="),
        (r"a = b \\ c = d", "a|b : =;c|d : ="),
        (r"a = b, \quad c = d", "a|b : =;c|d : ="),
        (r"a = b \text{ and } c = d", "a|b : =;c|d : ="),
        (r"a = b \\ + c", "a|b+c : ="),
        (r"a \overset{\text{def}}{=} b", "a|b : :="),
        (r"a = b \quad \text{(the chain rule)}", "a|b : = (the chain rule)"),
        (r"\begin{aligned} a &= b \\ &\le c \end{aligned}", "a|b|c : = ≤"),
    ],
)
def test_the_statements_of_a_piece(latex: str, expected: str) -> None:
    found = []
    for statement in split_piece(tokenize(latex)).statements:
        chain = statement.chains[0]
        terms = "|".join("".join(token.written for token in term) for term in chain.terms)
        reasons = "".join(f" ({reason})" for reason in chain.reasons if reason)
        found.append(f"{terms} : {' '.join(chain.relations)}{reasons}")
    assert ";".join(found) == expected
