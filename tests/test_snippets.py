"""The functions of ``snippets/``: each agrees with its formula and with numerical derivatives.

A function is tied to a formula by the comment ``# formula <label>`` above it. Its value is compared
with what the engine computes from the LaTeX of that formula, and derivatives also with the complex
step, all on the same random arrays.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import proofread
from proofread.latex.macros import read_macros
from tests.snippet_cases import SEED, SNIPPETS, Array, cases, derivative

DOCS = Path(__file__).parents[1] / "docs"
TOLERANCE = 1e-10


@dataclass(frozen=True)
class Tie:
    """A function, where it stands, and the label of the formula that it computes."""

    file: str
    function: str
    label: str

    def __str__(self) -> str:
        return f"{self.file}:{self.function}"


def read_ties(file: str, text: str) -> list[Tie]:
    """Read the functions of a file; each has a section of its name and begins with its label."""
    ties = []
    rest = text
    for section in re.finditer(
        r"# --8<-- \[start:(?P<name>\w+)\]\n(?P<body>.*?)# --8<-- \[end:(?P=name)\]\n",
        text,
        re.DOTALL,
    ):
        rest = rest.replace(section[0], "")
        name, body = section["name"], section["body"]
        label = re.match(r"# formula (\S+)\n", body)
        functions = [
            node.name for node in ast.parse(body).body if isinstance(node, ast.FunctionDef)
        ]
        if not label:
            raise ValueError(
                f"{file}:{name} does not begin with a comment such as '# formula eq-loss'"
            )
        if functions != [name]:
            raise ValueError(f"{file}:{name} holds {functions}, expected {name} alone")
        ties.append(Tie(file, name, label[1]))
    outside = [node.name for node in ast.walk(ast.parse(rest)) if isinstance(node, ast.FunctionDef)]
    if outside:
        raise ValueError(f"{file}: {outside[0]} stands in no section, so no page can show it")
    return ties


def shown(pages: Iterable[str]) -> set[str]:
    """Which sections the pages show, as in ``squared_error.py:gradient``."""
    marks = r'^\s*--8<--\s+"(?P<section>[\w./-]+\.py:\w+)"\s*$'
    return {mark["section"] for page in pages for mark in re.finditer(marks, page, re.MULTILINE)}


def is_derivative(latex: str) -> bool:
    """Whether the left side of a statement is a derivative."""
    left = re.sub(r"\\begin\{\w+\*?\}|\\label\{[^}]*\}|&", "", latex).lstrip()
    quotient = r"\\[cdt]?frac\s*\{\s*(\\partial|d\b|\\mathrm\{d\})"
    return bool(re.match(rf"\\nabla|\\partial|\\text\{{grad\}}|{quotient}", left))


def problems(ties: Iterable[Tie], sections: set[str], formulas: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with how functions, pages and labelled formulas belong together.

    ``formulas`` has the LaTeX of each labelled statement.
    """
    known = list(ties)
    for tie in known:
        if str(tie) not in sections:
            yield f"no page shows {tie}"
        if tie.label not in formulas:
            yield f"{tie} is tied to {tie.label}, and no formula has that label"
    for section in sorted(sections - {str(tie) for tie in known}):
        yield f"a page shows {section}, and there is no such function"
    for label in sorted(formulas.keys() - {tie.label for tie in known}):
        if is_derivative(formulas[label]):
            yield f"the gradient {label} has no function in snippets/"


@cache
def all_ties() -> tuple[Tie, ...]:
    files = sorted(SNIPPETS.rglob("*.py"))
    return tuple(
        tie
        for file in files
        for tie in read_ties(file.relative_to(SNIPPETS).as_posix(), file.read_text("utf-8"))
    )


@cache
def macros() -> Mapping[str, object]:
    return read_macros((DOCS / "macros.tex").read_text("utf-8"))


@cache
def pages() -> Mapping[str, str]:
    return {str(path): path.read_text("utf-8") for path in sorted(DOCS.rglob("*.md"))}


@cache
def formulas() -> Mapping[str, str]:
    """The LaTeX of each labelled statement of the site."""
    return {
        statement.label: statement.latex
        for path, text in pages().items()
        for statement in proofread.check(text, path=path, macros=macros()).files[0].statements
        if statement.label
    }


def page_of(label: str) -> str:
    return next(text for text in pages().values() if rf"\label{{{label}}}" in text)


def difference(left: Array, right: Array) -> float:
    assert np.shape(left) == np.shape(right)
    return float(np.max(np.abs(left - right)) / np.max(np.abs(right)))


def nested(value: Array | Sequence[Array]) -> object:
    """As lists of numbers: the members of a family may have different sizes."""
    if isinstance(value, list):
        return [nested(member) for member in value]
    return np.asarray(value).tolist()


@pytest.mark.parametrize("tie", all_ties(), ids=str)
def test_a_function_agrees_with_its_formula(tie: Tie) -> None:
    case = cases(tie.file)[tie.function]
    values = {name: nested(value) for name, value in case.symbols.items()}
    terms = proofread.evaluate(page_of(tie.label), tie.label, values, macros=macros())
    assert terms
    for term in terms:
        assert difference(case.value, np.reshape(term, np.shape(case.value))) < TOLERANCE, (
            f"{tie} and {tie.label} differ (seed {SEED})"
        )


@pytest.mark.parametrize("tie", all_ties(), ids=str)
def test_a_derivative_agrees_with_the_complex_step(tie: Tie) -> None:
    case = cases(tie.file)[tie.function]
    if is_derivative(formulas()[tie.label]):
        assert case.numerical is not None, f"{tie} is a derivative and has no numerical one here"
    if case.numerical is not None:
        assert difference(case.value, case.numerical) < TOLERANCE, (
            f"{tie} and its numerical derivative differ (seed {SEED})"
        )


def test_functions_pages_and_formulas_belong_together() -> None:
    assert list(problems(all_ties(), shown(pages().values()), formulas())) == []


TIE = Tie("loss.py", "gradient", "eq-gradient")
FORMULA = {"eq-gradient": r"\nabla_\theta L = 2 X^\top e"}


def test_a_function_that_no_page_shows() -> None:
    assert list(problems([TIE], set(), FORMULA)) == ["no page shows loss.py:gradient"]


def test_a_tie_to_a_label_that_does_not_exist() -> None:
    assert list(problems([TIE], {"loss.py:gradient"}, {})) == [
        "loss.py:gradient is tied to eq-gradient, and no formula has that label"
    ]


def test_a_labelled_gradient_without_a_function() -> None:
    found = problems([], set(), FORMULA | {"eq-loss": "L = e^2"})
    assert list(found) == ["the gradient eq-gradient has no function in snippets/"]


def test_a_section_that_does_not_exist() -> None:
    assert list(problems([], shown(['``` py\n--8<-- "loss.py:value"\n```\n']), {})) == [
        "a page shows loss.py:value, and there is no such function"
    ]


def test_a_function_without_a_section() -> None:
    with pytest.raises(ValueError, match="no section") as error:
        read_ties("loss.py", "def loss(x):\n    return x\n")
    assert str(error.value) == "loss.py: loss stands in no section, so no page can show it"


def test_a_function_without_a_label() -> None:
    text = "# --8<-- [start:loss]\ndef loss(x):\n    return x\n# --8<-- [end:loss]\n"
    with pytest.raises(ValueError, match="formula") as error:
        read_ties("loss.py", text)
    assert str(error.value) == (
        "loss.py:loss does not begin with a comment such as '# formula eq-loss'"
    )


def test_a_section_with_another_function() -> None:
    text = (
        "# --8<-- [start:loss]\n# formula eq-loss\ndef lost(x):\n    return x\n"
        "# --8<-- [end:loss]\n"
    )
    with pytest.raises(ValueError, match="expected") as error:
        read_ties("loss.py", text)
    assert str(error.value) == "loss.py:loss holds ['lost'], expected loss alone"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\nabla_\theta L = 2e", True),
        (r"\begin{aligned} \frac{\partial L}{\partial e} &= 2e \end{aligned}", True),
        (r"\cfrac{d}{dz} h(z) = 1", True),
        (r"\frac{1}{n} \nabla L = e", False),
        (r"\mathrm{d}L = \operatorname{tr}(\mathrm{d}W^\top G)", False),
        (r"L = \nabla_x f", False),
    ],
)
def test_what_counts_as_a_derivative(latex: str, expected: bool) -> None:
    assert is_derivative(latex) is expected


def test_a_wrong_function_differs_from_the_complex_step() -> None:
    data, theta = np.random.default_rng(SEED).normal(size=(2, 4, 4))
    right = derivative(lambda t: np.sum((data @ t) ** 2), theta[0])
    assert difference(2 * data.T @ data @ theta[0], right) < TOLERANCE
    assert difference(-2 * data.T @ data @ theta[0], right) > 1
    assert difference(data.T @ data @ theta[0], right) > 0.4
