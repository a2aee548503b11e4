"""What KaTeX lacks is rewritten, and everything that the engine reads can be shown."""

from pathlib import Path

import pytest

from proofread.commands.known import known_commands
from proofread.commands.typography import CASES, ENVIRONMENTS, MATRICES
from proofread.surfaces.site.katex import CannotRender, Formula, Renderer, renderer
from proofread.surfaces.site.rewriting import MACROS, restore, rewrite

ROOT = Path(__file__).parent.parent
NUMBERS = {"eq-loss": "3.2"}


def render(latex: str, *, display: bool = True) -> str:
    """The HTML of a formula; what cannot be rendered fails the test."""
    answer = renderer(ROOT).render(
        [Formula(rewrite(latex, NUMBERS), display, tuple(MACROS.items()))]
    )[0]
    assert answer.error is None, f"{latex}: {answer.error}"
    return restore(answer.html, latex)


@pytest.mark.parametrize(
    ("written", "rewritten"),
    [
        (r"a = b \label{eq-loss}", "a = b "),
        (r"a \\\label{eq-loss} b", r"a \\b"),
        (r"a \\label b", r"a \\label b"),
        (r"a \tag{4} b", "a b"),
        (r"\text{by \eqref{eq-loss}}", r"\text{by \text{(3.2)}}"),
        (r"\ref{eq-loss}", r"\text{3.2}"),
        (r"\mathbb{1}[x]", r"{\mathrm{1}\mkern-4.5mu\mathrm{l}}[x]"),
        (r"\mathbb{R}", r"\mathbb{R}"),
        (r"\begin{align} a &= b \end{align}", r"\begin{align*} a &= b \end{align*}"),
        (r"\begin{align*} a \end{align*}", r"\begin{align*} a \end{align*}"),
        (
            r"\begin{multline} a \\ \begin{matrix} b \\ c \end{matrix} \end{multline}",
            r"\begin{aligned}&  a \\ & \qquad  \begin{matrix} b \\ c \end{matrix} \end{aligned}",
        ),
        ("a % the loss\n+ b % the rest", "a \n+ b \n"),
        (r"50\% of \$3", r"50\% of \$3"),
    ],
)
def test_rewritten(written: str, rewritten: str) -> None:
    assert rewrite(written, NUMBERS) == rewritten
    assert rewrite(rewritten, NUMBERS) == rewritten, "what is rewritten stays as it is"


def test_rows_are_not_numbered_by_katex() -> None:
    raw = renderer(ROOT).render([Formula(r"\begin{align} a &= b \end{align}", True)])[0]
    assert "eqn-num" in raw.html, "KaTeX does number them"
    assert "eqn-num" not in render(r"\begin{align} a &= b \end{align}")


def test_the_indicator_is_one_character_for_screen_readers() -> None:
    assert "<mn>𝟙</mn>" in render(r"\mathbb{1}[x > 0]")


def test_the_page_s_own_latex_is_what_is_copied() -> None:
    html = render("a < b & c \\label{eq-loss}".replace("& ", ""))
    assert r"a &lt; b c \label{eq-loss}</annotation>" in html
    assert html.count("<annotation ") == 1


@pytest.mark.parametrize(
    ("latex", "error", "position"),
    [
        (r"\frac{a", "Unexpected end of input in a macro argument, expected '}'", 7),
        (r"a + \foo", r"Undefined control sequence: \foo", 4),
        (r"\href{a}{b}", "a command that is switched off", None),
        (r"\text{∂}", "Unrecognized Unicode character", 0),
    ],
)
def test_what_cannot_be_shown(latex: str, error: str, position: int | None) -> None:
    answer = renderer(ROOT).render([Formula(latex, True)])[0]
    assert answer.html == ""
    assert error in str(answer.error)
    assert position is None or answer.position is not None


def test_macros_reach_katex() -> None:
    macros = (("\\norm", r"\lVert #1 \rVert"),)
    answer = renderer(ROOT).render([Formula(r"\norm{x}", False, macros)])[0]
    assert answer.error is None
    assert "∥" in answer.html


def test_what_was_rendered_once_is_looked_up(tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    first = Renderer(tmp_path)
    html = first.render([Formula("x", False), Formula("x", False)])
    first.close()
    second = Renderer(tmp_path)
    assert second.render([Formula("x", False)]) == html[:1]
    assert second._process is None, "no Node process was needed"
    second.close()


def test_without_katex_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CannotRender, match="run make site, which installs it"):
        Renderer(tmp_path)


_SPECIAL = {
    "begin": r"\begin{matrix} x \end{matrix}",
    "end": r"\begin{matrix} x \end{matrix}",
    "cline": r"\begin{array}{c} x \\ \cline{1-1} y \end{array}",
    "def": r"x \overset{\text{def}}{=} y",
    "hline": r"\begin{array}{c} x \\ \hline y \end{array}",
    "left": r"\left( x \right)",
    "right": r"\left( x \right)",
    "middle": r"\left( x \middle| y \right)",
    "mkern": r"x \mkern3mu y",
    "mskip": r"x \mskip3mu y",
    "rule": r"\rule{1em}{1em}",
}
_FORMS = (
    r"x \{} y", r"\{} x", r"\{}{{x}}", r"\{}{{x}}{{y}}", r"\{}{{1em}} x", r"x \{}1em y",
    r"\sum\{}_i x", r"\{}( x", r"{{\{} x}}", r"\{}{{red}}{{x}}", r"\text{{\{} x}}",
)  # fmt: skip


def _renders(latex: str) -> bool:
    formula = Formula(rewrite(latex, {}), True, tuple(MACROS.items()))
    return renderer(ROOT).render([formula])[0].error is None


@pytest.mark.parametrize("command", known_commands())
def test_every_command_that_the_engine_reads_can_be_shown(command: str) -> None:
    forms = [_SPECIAL[command]] if command in _SPECIAL else [f.format(command) for f in _FORMS]
    assert any(_renders(form) for form in forms), f"KaTeX cannot show \\{command} in any form"


@pytest.mark.parametrize("name", sorted({*ENVIRONMENTS, *MATRICES, *CASES}))
def test_every_environment_that_the_engine_reads_can_be_shown(name: str) -> None:
    argument = {"array": "{cc}", "alignedat": "{1}", "alignat": "{1}", "alignat*": "{1}"}
    single = not name.startswith(("align", "array", "flalign", "split", "eqnarray"))
    columns = "x" if single else "x & = y" if name.startswith("eqnarray") else "x & y"
    latex = rf"\begin{{{name}}}{argument.get(name, '')} {columns} \end{{{name}}}"
    assert "eqn-num" not in render(latex)


def test_a_command_that_nobody_knows_cannot_be_shown() -> None:
    assert not any(_renders(form.format("nobodyknows")) for form in _FORMS)
