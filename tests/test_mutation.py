"""The engine checked by wrong formulas, and the tool that does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofread.diagnosis.bench import Bench
from proofread.markdown.reader import read_page
from tests.mutation import __main__ as command
from tests.mutation.equal import Equal, changed, read_list, read_lists
from tests.mutation.pages import Made, made_of

PAGE = r"""
Let $X \in \mathbb{R}^{m \times n}$, $y \in \mathbb{R}^m$, $\theta \in \mathbb{R}^n$.

$$
L = (X\theta - y)^\top (X\theta - y)
$$

$$
\frac{\partial L}{\partial \theta} = 2 X^\top (X\theta - y)
$$
"""
EQUAL = r"""
Let $x, y \in \mathbb{R}^n$.

$$
\|x - y\|^2 = x^\top x - 2 x^\top y + y^\top y
$$
"""


def made(text: str) -> list[Made]:
    return made_of(read_page(text))


def test_every_mutant_of_a_gradient_is_caught() -> None:
    found = made(PAGE)
    assert len(found) > 40
    assert {each.mutant.kind for each in found} > {"sign", "factor", "transpose", "order", "power"}
    assert [each for each in found if each.mutant.fate not in ("refuted", "refused")] == []


RELATIONS = r"""
Let $x, y \in \mathbb{R}^n$ and $A \in \mathbb{R}^{m \times n}$.

$$
x^\top y = y^\top x
$$

$$
x^\top y \le \|x\| \|y\|
$$

$$
1 + \|x\| > 0
$$

$$
\|x\|^2 \ne -1
$$

$$
A^\top A \succeq 0
$$
"""


def test_the_opposite_of_a_relation_is_refuted() -> None:
    found = [each.mutant for each in made(RELATIONS) if each.mutant.kind == "relation"]
    assert [(each.before, each.after, each.fate) for each in found] == [
        ("=", "≠", "refuted"),
        ("=", "<", "refuted"),
        ("=", ">", "refuted"),
        ("≤", ">", "refuted"),
        (">", "≤", "refuted"),
        ("≠", "=", "refuted"),
        ("⪰", "≺", "refuted"),
    ]


def test_terms_of_inequalities_are_not_edited() -> None:
    kinds = {
        each.formula: {
            other.mutant.kind for other in made(RELATIONS) if other.formula == each.formula
        }
        for each in made(RELATIONS)
    }
    assert kinds.pop(r"x^\top y = y^\top x") > {"relation", "sign"}
    assert set(map(frozenset, kinds.values())) == {frozenset({"relation"})}


PROPORTIONAL = r"""
Let $X \in \mathbb{R}^{m \times n}$, $\theta \in \mathbb{R}^n$.

$$
\nabla_\theta \|X\theta\|^2 \propto X^\top X \theta
$$
"""


def test_factors_are_no_mutants_of_what_is_proportional() -> None:
    found = made(PROPORTIONAL)
    kinds = {each.mutant.kind for each in found}
    assert kinds > {"sign", "transpose", "power"}
    assert not kinds & {"factor", "number", "relation"}
    assert {each.mutant.term for each in found} == {0, 1}
    assert {each.mutant.fate for each in found} <= {"refuted", "refused"}


def test_mutants_are_of_both_sides() -> None:
    assert {each.mutant.term for each in made(PAGE)} == {0, 1}


def test_definitions_are_not_mutated() -> None:
    assert made("Let $x \\in \\mathbb{R}^n$.\n\n$$\ns = x^\\top x\n$$\n") == []


DOTS = r"""
Let $\theta \in \mathbb{R}^n$ and $x^{(i)} \in \mathbb{R}^n$ with $i = 1, \dots, m$.

$$
\theta^\top x^{(i)} = \theta_1 x_1^{(i)} + \theta_2 x_2^{(i)} + \dots + \theta_n x_n^{(i)}
$$
"""


def test_every_mutant_is_a_formula() -> None:
    fates = {each.mutant.fate for each in made(DOTS)}
    assert fates == {"refuted", "refused"}


STARRED = r"""
Let $w^\star, u \in \mathbb{R}^n$ and $A \in \mathbb{R}^{n \times n}$.

$$
u^\top A u + (w^\star)^\top w^\star = \|w^\star\|^2 + u^\top A u
$$
"""


def test_names_with_a_superscript_are_put_in_braces() -> None:
    found = made(STARRED)
    assert any("{w^{\\star}}^\\top" in each.mutant.after for each in found)
    assert not [each for each in found if each.mutant.fate == "malformed"]


ONES = r"""
Let $X \in \mathbb{R}^{m \times n}$ and $A_{ij} = \exp(X_{ij}) / \sum_{l=1}^{n} \exp(X_{il})$.

$$
A \mathbf{1} = \mathbf{1}
$$
"""


def test_ones_take_another_size_beside_a_mutant() -> None:
    assert not [each for each in made(ONES) if each.mutant.fate == "crashed"]


SUMMED = r"""
Let $x, y \in \mathbb{R}^n$.

$$
x^\top y = \sum_{i=1}^{n} x_i y_i
$$
"""


def test_bounds_that_are_wrong_are_refused() -> None:
    codes = {
        each.mutant.after: each.mutant.code for each in made(SUMMED) if "sum" in each.mutant.after
    }
    for bounds in ("_{i=1}^{n + 1}", "_{i=0}^{n}", "_{i=1}^{n^2}"):
        assert codes[f"\\sum{bounds} x_i y_i"] == "shape-mismatch"


def test_mutants_that_are_equal_survive() -> None:
    survivors = [each for each in made(EQUAL) if each.mutant.fate == "survived"]
    assert [(each.mutant.kind, each.mutant.after) for each in survivors] == [
        ("sign", r"\|y - x\|^2"),
    ]


def test_an_engine_that_finds_all_equal_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Bench, "differs", lambda *_: 0.0)
    verdicts = Bench.verdicts
    monkeypatch.setattr(
        Bench, "verdicts",
        lambda bench, term, _, name: verdicts(bench, term, bench.chain.terms[term], name),
    )  # fmt: skip
    related = Bench.related
    monkeypatch.setattr(
        Bench, "related", lambda bench, _, name: related(bench, bench.relation, name)
    )
    found = made(PAGE)
    assert {each.mutant.fate for each in found} == {"survived"}


def test_change() -> None:
    assert changed("2 X^\\top e", "2 X e") == "2 X[^\\top -> ] e"
    assert changed("a" * 40 + "b", "a" * 40 + "c") == "a" * 24 + "[b -> c]"


def listing(reason: str, *mutants: str) -> str:
    shown = ", ".join(f"'{each}'" for each in mutants)
    return f"""
[[formula]]
page = 'x.md'
latex = 'a = b'
[[formula.equal]]
reason = '{reason}'
mutants = [{shown}]
"""


def test_list() -> None:
    assert read_list(listing("b is c", "2: [b -> c]")) == {
        Equal("x.md", "a = b", "2: [b -> c]"): "b is c"
    }
    assert Equal.of("x.md", "a = b", 1, "b", "c") == Equal("x.md", "a = b", "2: [b -> c]")


def test_reason_that_is_missing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no reason is given for mutants of a = b"):
        read_list(listing(" ", "2: [b -> c]"))


def test_mutant_that_is_listed_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"listed twice for a = b: 2: \[b -> c\]"):
        read_list(listing("b is c", "2: [b -> c]", "2: [b -> c]"))


SURVIVOR = r"1: \|[x - y -> y - x]\|^2"
FORMULA = r"\|x - y\|^2 = x^\top x - 2 x^\top y + y^\top y"


def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    equal: str,
) -> tuple[int, str]:  # fmt: skip
    page = tmp_path / "page.md"
    page.write_text(EQUAL, encoding="utf-8")
    written = equal.replace("x.md", page.as_posix())
    (tmp_path / "equal.toml").write_text(written, encoding="utf-8")
    monkeypatch.setattr(command, "LISTS", tmp_path)
    return command.main([str(page)]), capsys.readouterr().out.replace(page.as_posix(), "x.md")


def test_command_names_a_survivor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = run(tmp_path, monkeypatch, capsys, "")
    assert status == 1
    assert out.startswith("[1/1] x.md: ")
    assert " 0 equal, 1 surviving, " in out
    assert f"  x.md:5: {FORMULA}\n    survived, sign: {SURVIVOR}\n" in out


def test_command_accepts_what_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    equal = listing("a norm", SURVIVOR).replace("a = b", FORMULA)
    status, out = run(tmp_path, monkeypatch, capsys, equal)
    assert status == 0
    assert " 1 equal, 0 surviving, score 100.0 %" in out


def test_command_complains_of_a_stale_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    equal = listing("a norm", SURVIVOR, "1: [x -> z]").replace("a = b", FORMULA)
    status, out = run(tmp_path, monkeypatch, capsys, equal)
    assert status == 1
    assert f"x.md: listed, but no mutant that survives: 1: [x -> z]\n  of {FORMULA}\n" in out


def test_command_complains_of_an_entry_for_a_page_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = listing("b is c", "2: [b -> c]").replace("x.md", "gone.md")
    equal = listing("a norm", SURVIVOR).replace("a = b", FORMULA) + gone
    status, out = run(tmp_path, monkeypatch, capsys, equal)
    assert status == 1
    assert "gone.md: listed, but no mutant that survives: 2: [b -> c]\n  of a = b\n" in out


def test_formula_without_mutants_is_an_error() -> None:
    with pytest.raises(ValueError, match="no mutants are listed for a = b"):
        read_list("[[formula]]\npage = 'x.md'\nlatex = 'a = b'\n")


def test_a_page_in_two_lists_is_an_error(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(listing("a norm", SURVIVOR), encoding="utf-8")
    with pytest.raises(ValueError, match="another list") as error:
        read_lists(tmp_path)
    assert str(error.value) == "b.toml speaks of pages of another list: ['x.md']"


def test_the_lists_of_the_site_are_readable() -> None:
    assert len(read_lists(command.LISTS)) > 100
