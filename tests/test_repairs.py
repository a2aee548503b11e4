"""What is offered for a wrong formula: edits that were run, most plausible first."""

from __future__ import annotations

import pytest

from proofread import check
from proofread.checking import Walker
from proofread.diagnosis import bench, repairs
from proofread.diagnosis.bench import Bench
from proofread.diagnosis.edits.draft import Draft, Edit, script_of
from proofread.diagnosis.edits.every import in_families
from proofread.latex.tokens import Span, tokenize
from proofread.markdown.reader import read_page
from proofread.records import Statement
from proofread.symbols.table import Table
from proofread.verdict.execute import parse_terms
from proofread.verdict.prepare import prepare
from proofread.verdict.state import State

SQUARED = r"""
Let $X \in \mathbb{R}^{m \times n}$, $y, z \in \mathbb{R}^m$, $w \in \mathbb{R}^n$, $\lambda > 0$.

$$
L = \frac{1}{m} \|Xw - y\|^2
$$

"""
SQUARE = r"""
Let $A, B, C \in \mathbb{R}^{n \times n}$, $x \in \mathbb{R}^n$, $a > 0$ and $b > 0$.

"""


def last(text: str) -> Statement:
    return check(text).files[0].statements[-1]


def displayed(setting: str, formula: str) -> str:
    return f"{setting}$$\n{formula}\n$$\n"


@pytest.mark.parametrize(
    ("setting", "formula", "kind", "latex", "words"),
    [
        (
            SQUARED,
            r"\nabla_w L = \frac{2}{m} X^\top (y - Xw)",
            "sign",
            r"-\frac{2}{m} X^\top (y - Xw)",
            "the two sides differ in sign",
        ),
        (
            SQUARED,
            r"\nabla_w L = \frac{2}{m} (X^\top X w + X^\top y)",
            "sign",
            r"\frac{2}{m} (X^\top X w - X^\top y)",
            "",
        ),
        (
            SQUARED,
            r"\nabla_w L = \frac{1}{m} X^\top (Xw - y)",
            "factor",
            r"\frac{2}{m} X^\top (Xw - y)",
            "the two sides differ by the factor 2",
        ),
        (
            SQUARED,
            r"\nabla_w L = 2 X^\top (Xw - y)",
            "factor",
            r"\frac{2}{m} X^\top (Xw - y)",
            r"the two sides differ by the factor \frac{1}{m}",
        ),
        (
            SQUARED,
            r"\nabla_w L = \frac{2}{n} X^\top (Xw - y)",
            "symbol",
            r"\frac{2}{m} X^\top (Xw - y)",
            "",
        ),
        (
            SQUARED,
            r"\nabla_w L = \frac{2}{m} X^\top (Xw - z)",
            "symbol",
            r"\frac{2}{m} X^\top (Xw - y)",
            "",
        ),
        (
            SQUARED,
            r"\nabla_w \left( L + \lambda \|w\|^2 \right) = \frac{2}{m} X^\top (Xw - y)",
            "term",
            r"\frac{2}{m} X^\top (Xw - y) + 2 \lambda w",
            r"the two sides differ by 2 \lambda w",
        ),
        (
            SQUARED,
            r"\|Xw\|^2 = w^\top X^\top X w + y^\top y",
            "term",
            r"w^\top X^\top X w",
            r"the two sides differ by y^\top y",
        ),
        (SQUARED, r"L = \frac{1}{m} \|Xw - y\|", "power", r"\frac{1}{m} \|Xw - y\|^2", ""),
        (SQUARE, r"\nabla_x (x^\top A x) = A x + A x", "transpose", r"A^\top x + A x", ""),
        (SQUARE, r"(AB)^\top = A^\top B^\top", "order", r"B^\top A^\top", ""),
        (
            SQUARE,
            r"\operatorname{tr}(A^\top B) = \sum_{i,j} A_{ij} B_{ji}",
            "index",
            r"\sum_{i,j} A_{ji} B_{ji}",
            "",
        ),
        (SQUARE, r"x^\top x = \sum_{i} x_i^3", "power", r"\sum_{i} x_i^2", ""),
        (SQUARE, r"(a + b)^2 = a^2 + 3ab + b^2", "number", r"a^2 + 2ab + b^2", ""),
        (SQUARE, r"A x \propto -A x", "sign", r"A x", "the two sides differ in sign"),
    ],
)
def test_first_repair(setting: str, formula: str, kind: str, latex: str, words: str) -> None:
    found = last(displayed(setting, formula))
    assert found.verdict == "fails"
    assert found.finding is not None
    assert (found.repairs[0].kind, found.repairs[0].latex) == (kind, latex)
    texts = [note.text for note in found.finding.notes]
    assert f"write {latex} (verified: {kind})" in texts
    assert [text for text in texts if text.startswith("the two sides differ")] == [words] * bool(
        words
    )


def test_repair_says_which_stretch_it_replaces() -> None:
    text = displayed(SQUARED, r"\nabla_w L = \frac{1}{m} X^\top (Xw - y)")
    repair = last(text).repairs[0]
    line = text.split("\n")[repair.start.line - 1]
    assert line[repair.start.column - 1 : repair.end.column - 1] == r"\frac{1}{m} X^\top (Xw - y)"


def test_no_repair_where_no_single_edit_helps() -> None:
    found = last(displayed(SQUARE, "A B C = C"))
    assert found.verdict == "fails"
    assert found.repairs == ()


def test_repairs_that_make_the_whole_chain_hold_come_first() -> None:
    found = last(displayed(SQUARE, r"\nabla_x (x^\top x) = x = 2 x"))
    assert found.at == 1
    assert [repair.latex for repair in found.repairs] == ["2 x"]


def test_earlier_links_stay_right() -> None:
    """The left side of a later link is the right side of the link before it."""
    found = last(displayed(SQUARE, "x^\\top x = \\|x\\|^2 = x^\\top A^\\top B x"))
    assert found.at == 2
    assert all(repair.start.column > 20 for repair in found.repairs)


def test_another_layout_is_named() -> None:
    found = last(displayed(SQUARE, r"\frac{\partial (A x)}{\partial x} = A^\top"))
    assert found.finding is not None
    texts = [note.text for note in found.finding.notes]
    assert "equal under the denominator layout; this page's is mixed" in texts


@pytest.mark.parametrize(
    ("formula", "kind", "latex"),
    [
        (r"\nabla_w L = \frac{2}{m} X (Xw - y)", "transpose", r"\frac{2}{m} X^\top (Xw - y)"),
        (r"\nabla_w L = \frac{2}{m} (Xw - y) X^\top", "order", r"\frac{2}{m} X^\top (Xw - y)"),
        (
            r"\nabla_w L = \frac{2}{m} (Xw - y)^\top X",
            "transpose",
            r"(\frac{2}{m} (Xw - y)^\top X)^\top",
        ),
    ],
)
def test_shapes_that_do_not_fit_get_what_would(formula: str, kind: str, latex: str) -> None:
    found = last(displayed(SQUARED, formula))
    assert (found.verdict, found.code) == ("refused", "shape-mismatch")
    assert found.finding is not None
    assert (found.repairs[0].kind, found.repairs[0].latex) == (kind, latex)
    texts = [note.text for note in found.finding.notes]
    assert f"write {latex} (verified: {kind})" in texts


def test_shapes_that_no_single_edit_mends_get_no_repair() -> None:
    found = last(displayed(SQUARED, r"\nabla_w L = X X (Xw - y)"))
    assert (found.code, found.repairs) == ("shape-mismatch", ())


def test_page_is_as_it_was_after_trying(monkeypatch: pytest.MonkeyPatch) -> None:
    walkers: list[tuple[object, ...]] = []

    def snapshot(table: Table) -> tuple[object, ...]:
        return (dict(table.symbols), dict(table.forms), dict(table.known), dict(table.overlay),
                list(table.assumptions), list(table.constraints))  # fmt: skip

    find = repairs.find_repairs

    def watched(state: State, *rest: object) -> object:
        before = snapshot(state.table)
        result = find(state, *rest)  # type: ignore[arg-type]
        walkers.append((before, snapshot(state.table)))
        return result

    monkeypatch.setattr("proofread.diagnosis.report.find_repairs", watched)
    page = read_page(displayed(SQUARED, r"\nabla_w L = X^\top (Xw - I y)"))
    Walker(page, State(page.layout, 0, {})).run()
    assert len(walkers) == 1
    assert walkers[0][0] == walkers[0][1]


def test_nothing_is_offered_without_operations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "REPAIR_OPERATIONS", 0)
    assert last(displayed(SQUARED, r"\nabla_w L = \frac{1}{m} X^\top (Xw - y)")).repairs == ()


def test_a_defect_while_trying_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> float:
        raise AssertionError("a defect")

    monkeypatch.setattr(Bench, "differs", broken)
    found = last(displayed(SQUARED, r"\nabla_w L = \frac{1}{m} X^\top (Xw - y)"))
    assert (found.verdict, found.repairs) == ("fails", ())


def test_what_one_sample_lets_through_is_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the quick look says that all is equal, fresh samples still refuse wrong edits."""
    monkeypatch.setattr(Bench, "differs", lambda *_: 0.0)
    monkeypatch.setattr(Bench, "ratio", lambda *_: None)
    found = last(displayed(SQUARED, r"\nabla_w L = \frac{1}{m} X^\top (Xw - y)"))
    assert [repair.latex for repair in found.repairs] == [r"\frac{2}{m} X^\top (Xw - y)"]


# The edits themselves ----------------------------------------------------------------------------


def edits(formula: str, family: int, setting: str = SQUARE) -> list[str]:
    page = read_page(setting)
    walker = Walker(page, State(page.layout, 0, {}))
    walker.run()
    span = Span(0, len(formula))
    nodes = parse_terms(walker.state, [tokenize(formula)], span)
    shapes = prepare(walker.state, nodes, None, span).shaped.shapes
    draft = Draft(formula, span, nodes[0], walker.state.table, shapes)
    found: list[Edit] = list(list(in_families(draft))[family])
    return list(dict.fromkeys(edit.text for edit in found))


@pytest.mark.parametrize(
    ("formula", "family", "expected"),
    [
        ("a - b", 0, ["-a + b", "-a - b", "a + b", "b - a"]),
        ("2 a", 0, ["-2 a"]),
        ("-2 a", 0, ["2 a"]),
        (r"\exp(a)", 0, [r"-\exp(a)", r"\exp(-a)"]),
        ("A B^\\top", 2, ["A^\\top B^\\top", "A B", "(A B^\\top)^\\top"]),
        ("A^{-1} x", 2, ["A^{-\\top} x", "A^{-1} x^\\top", "(A^{-1} x)^\\top"]),
        ("A^{-\\top}", 2, ["A^{-1}"]),
        (r"\|x\|", 3, [r"\|x\|^2"]),
        ("a^3", 3, ["a", "a^2", "a^4"]),
        ("A B C", 4, ["B A C", "A C B", "C B A"]),
        (r"A \otimes B", 4, [r"B \otimes A"]),
        (r"\sum_{i,j} A_{ij} x_i", 5, [
            r"\sum_{i,j} A_{ji} x_i", r"\sum_{i,j} A_{jj} x_i", r"\sum_{i,j} A_{ii} x_i",
            r"\sum_{i,j} A_{ij} x_j"]),
        ("A x", 6, ["B x", "C x"]),
        ("2 a + 1", 7, ["3 a + 1", "1 a + 1", "2 a + 2", "2 a + 0"]),
        ("a - b + 1", 8, ["-b + 1", "a + 1", "a - b"]),
        (r"\sum_{i=1}^{n} x_i", 9, [
            "x_i", r"\sum_{i=1}^{n - 1} x_i", r"\sum_{i=1}^{n + 1} x_i"]),
    ],
)  # fmt: skip
def test_edits_of_a_family(formula: str, family: int, expected: list[str]) -> None:
    assert edits(formula, family) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a b", ["2 a b", r"\frac{1}{2} a b", "b", "a"]),
        ("2 a", ["4 a", "a"]),
        (r"\frac{1}{n} a", [r"\frac{2}{n} a", r"\frac{1}{2 n} a", "a", r"\frac{1}{n}", "1 a"]),
        (r"\frac12 a", ["a", r"\frac{1}{4} a", r"\frac12", "1 a"]),
        (r"a / b", [r"2 a / b", r"\frac{1}{2} a / b"]),
    ],
)
def test_edits_of_factors_by_numbers(formula: str, expected: list[str]) -> None:
    found = [text for text in edits(formula, 1) if text in expected]
    assert set(found) == set(expected)


@pytest.mark.parametrize(
    ("text", "script"),
    [("X^\\top", "^\\top"), ("x_1^{2}", "^{2}"), ("x^2_1", None), (r"\|w^2\|", None), ("x", None)],
)
def test_last_superscript(text: str, script: str | None) -> None:
    found = script_of(text)
    assert (text[found.start : found.end] if found else None) == script


def helps(page: str) -> list[str]:
    """The help offered for the last statement."""
    finding = check(page).files[0].statements[-1].finding
    assert finding is not None
    return [note.text for note in finding.notes if note.kind == "help"]


def test_a_repair_of_the_left_side_says_so() -> None:
    declared = r"Let $A \in \mathbb{R}^{m \times n}$ and $a, b \in \mathbb{R}$."
    assert helps(
        declared + "\n\n" + r"$$ \operatorname{tr}(A A) = \operatorname{tr}(A A^\top) $$"
    ) == [
        "it would fit with the first transposed or the second transposed",
        r"on the left, write \operatorname{tr}(A^\top A) (verified: transpose)",
        r"on the left, write \operatorname{tr}(A A^\top) (verified: transpose)",
    ]
    assert helps(declared + "\n\n" + "$$ a + b = a - b $$")[0] == ("write a + b (verified: sign)")


def test_a_repair_is_offered_once() -> None:
    """Turning the factors and transposing the product come to the same here."""
    found = helps(
        r"Let $W, X \in \mathbb{R}^{m \times n}$ and $E \in \mathbb{R}^{m \times n}$."
        "\n\n"
        r"$$ \operatorname{tr}(W^\top E) = \operatorname{tr}(WE) $$"
    )
    assert len(found) == len(set(found)) > 1
