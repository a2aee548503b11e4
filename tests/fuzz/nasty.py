r"""Pages that try to crash or to hang the engine, each by a name.

Every one is a page of Markdown; ``display`` and ``inline`` put a formula on one.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

SETTING = (
    r"Let $A, B, C, D, E \in \mathbb{R}^{n \times n}$, $X \in \mathbb{R}^{m \times n}$, "
    r"$x, y \in \mathbb{R}^n$ and $s, t \in \mathbb{R}$."
)

PAGES: dict[str, Callable[[], str]] = {}


def display(*formulas: str) -> str:
    """A page with the usual symbols and some displayed formulas."""
    return "\n\n".join([SETTING, *(f"$$\n{formula}\n$$" for formula in formulas)]) + "\n"


def inline(formula: str) -> str:
    return f"{SETTING}\n\nThen ${formula}$ is there.\n"


def _add(name: str, page: Callable[[], str]) -> None:
    assert name not in PAGES, name
    PAGES[name] = page


def _each(prefix: str, formulas: Iterable[str]) -> None:
    for number, formula in enumerate(formulas, start=1):
        _add(f"{prefix}-{number}", lambda formula=formula: display(formula))  # type: ignore[misc]


# Brackets that do not close, and nesting ----------------------------------------------------------

_each(
    "unbalanced",
    [
        "{", "}", "}{", "s = {t", "s = t}", "(", ")", "s = (t", "s = t)", "[", "s = [t)",
        r"\left(", r"\right)", r"\left( s \right", r"\left", r"\left\right", r"\left.", r"\big",
        r"\begin", r"\begin{", r"\begin{align}", r"\end{align}", r"\begin{align} s \end{split}",
        r"\begin{pmatrix} 1 & 2", r"\begin{}\end{}", r"\frac", r"\frac{1}", r"\frac{1}{", r"\frac}{",
        r"\sqrt", r"\sqrt[", r"\sqrt[3", r"s^", r"s_", r"s^^t", r"s__t", r"^", r"_", r"s^{", r"'",
        r"s'''''''''''''''''''", r"\sum", r"\sum_", r"\sum_{", r"\sum_{i", r"\sum_{i=}", r"\sum^{n}",
        r"\prod_{}^{}", r"\nabla", r"\nabla_", r"\partial", r"\frac{\partial}{\partial}",
        r"\frac{d}{d}", r"\frac{\partial^{}}{}", "=", "==", "= =", "s = = t", "s =", "= s", "&", r"\\",
        r"s & = \\ & \\ & = t", r"\text", r"\text{", r"\mathbb", r"\mathbb{R", "\\", "\\ ", "|", "||",
        "|||", "|s", r"\|", r"\| x", r"\lVert x", r"\{", r"\}", r"\{ s", "s,", ",", ",,", ";", ":",
        r"\overset", r"\underbrace", r"\underbrace{s}_", r"\overbrace{}^{}", r"\operatorname",
        r"\operatorname{}", r"\operatorname{tr}", r"\operatorname{tr}(", r"\label", r"\label{",
        r"\tag", r"\color", r"\limits", r"\sum\limits", r"\cdots", r"\dots + \dots", r"\in", r"s \in",
        r"\in \mathbb{R}", r"f :", r"f : \to", r"f : \mathbb{R} \to", r"\leftarrow", r"\to", r"\iff",
        r"\implies \implies", r"\Big|", r"s \Big|_{", r"s \Big|_{t = }", r"\arg\min", r"\arg\min_x",
        r"\max", r"\min_", r"\begin{cases}", r"\begin{cases} \end{cases}", r"\mathbb{1}[", r"#1", "#",
        "%", "s % t", "~", r"\newcommand", r"\def", r"\def\a", r"\def\a#", r"\def\a#9{#9}\a",
        r"\newcommand{\a}[99]{#1}\a", r"\newcommand{\a}[-1]{}\a", r"\newcommand{}{}",
        r"\renewcommand{\a}[1][x]{#1}\a", r"\mathrm{d}", r"d", r"dd", "d(", r"\mathrm{d}(",
    ],
)  # fmt: skip

_NESTS: dict[str, tuple[str, str]] = {
    "parentheses": ("(", ")"),
    "braces": ("{", "}"),
    "brackets": ("[", "]"),
    "left": (r"\left(", r"\right)"),
    "frac": (r"\frac{1}{1+", "}"),
    "numerator": (r"\frac{", "}{2}"),
    "sqrt": (r"\sqrt{1+", "}"),
    "exp": (r"\exp(", ")"),
    "power": ("s^{", "}"),
    "subscript": ("x_{", "}"),
    "transpose": ("(", r")^\top"),
    "norm": (r"\left\|", r"\right\|"),
    "bars": ("|1 + ", "|"),
    "sum": (r"\sum_{i=1}^{2} (", ")"),
    "nabla": (r"\nabla_x (", ")"),
    "partial": (r"\frac{\partial}{\partial s} (", ")"),
    "environment": (r"\begin{aligned} ", r" \end{aligned}"),
    "matrix": (r"\begin{pmatrix} ", r" \end{pmatrix}"),
    "cases": (r"\begin{cases} ", r" & s > 0 \end{cases}"),
    "text": (r"\text{", "}"),
    "bold": (r"\mathbf{", "}"),
    "hat": (r"\hat{", "}"),
    "underbrace": (r"\underbrace{", r"}_{1 \times 1}"),
    "boxed": (r"\boxed{", "}"),
    "kronecker": (r"(A \otimes ", ")"),
    "function": ("f(", ")"),
    "differential": ("d(", ")"),
    "minus": ("-(", ")"),
    "trace": (r"\operatorname{tr}(", ")"),
    "overset": (r"\overset{", "}{=}"),
    "argument": (r"\max(s, ", ")"),
}
for _name, (_open, _close) in _NESTS.items():
    for _depth in (50, 199, 300, 4000, 100_000):
        _add(
            f"nested-{_name}-{_depth}",
            lambda o=_open, c=_close, d=_depth: display("s = " + o * d + "s" + c * d),  # type: ignore[misc]
        )
    _add(
        f"nested-{_name}-never-closed",
        lambda o=_open: display("s = " + o * 900 + "s"),  # type: ignore[misc]
    )
for _depth in (50, 199, 1000, 10_000):
    _add(
        f"nested-all-{_depth}",
        lambda d=_depth: display(  # type: ignore[misc]
            "s = "
            + "".join(pair[0] for pair in list(_NESTS.values())[:8]) * (d // 8)
            + "s"
            + "".join(pair[1] for pair in list(_NESTS.values())[:8][::-1]) * (d // 8)
        ),
    )
_add("minus-signs", lambda: display("s = " + "-" * 19_000 + "s"))
_add("minus-signs-150", lambda: display("s = " + "-" * 150 + "s"))
_add("minus-signs-2000", lambda: display("s = " + "-" * 2000 + "s"))
_add("powers-upwards", lambda: display("s = s" + "^s" * 5000))
_add("powers-in-braces", lambda: display("s = " + "{s}^" * 5000 + "s"))
_add("transposes", lambda: display("A = A" + r"^{\top}" * 2000))
_add("transposes-in-brackets", lambda: display("A = " + "(" * 180 + "A" + r")^\top" * 180))
_add("primes", lambda: display("s = s" + "'" * 19_000))
_add("functions-without-brackets", lambda: display("s = " + r"\sin " * 3000 + "s"))
_add("traces-without-brackets", lambda: display("s = " + r"\operatorname{tr} " * 1000 + "A"))
_add("square-roots-without-braces", lambda: display("s = " + r"\sqrt " * 3000 + "s"))
_add("fractions-without-braces", lambda: display("s = " + r"\frac " * 3000 + "s" + "t" * 3000))
_add("accents-without-braces", lambda: display("s = " + r"\hat " * 3000 + "s"))
_add("fonts-without-braces", lambda: display("s = " + r"\mathbf " * 3000 + "s"))
_add("nablas", lambda: display("s = " + r"\nabla " * 300 + "s"))
_add("nablas-by-x", lambda: display("s = " + r"\nabla_x " * 300 + r"x^\top x"))
_add("nablas-by-x-five", lambda: display("s = " + r"\nabla_x " * 5 + r"x^\top x"))
_add("derivatives-by-s", lambda: display("s = " + r"\frac{d}{ds} " * 300 + "s^2"))
_add("derivatives-by-s-six", lambda: display("0 = " + r"\frac{d}{ds} " * 6 + "s^2"))
_add("derivatives-of-high-order", lambda: display(r"\frac{\partial^{100} s}{\partial s^{100}} = 0"))
_add("derivatives-of-higher-order", lambda: display(r"\frac{d^{10000000}}{ds^{10000000}} s = 0"))
_add(
    "mixed-derivatives",
    lambda: display(
        r"\frac{\partial^4}{\partial x_i \partial x_j \partial x_k \partial x_l} x^\top A x = 0"
    ),
)
_add("differentials", lambda: display("d" * 2000 + "s = 0"))
_add("differentials-upright", lambda: display(r"\mathrm{d} " * 500 + "s = 0"))

# Macros -------------------------------------------------------------------------------------------

_LAUGHS = r"\def\a{ha}" + "".join(
    rf"\def\{chr(98 + k)}{{{(chr(92) + chr(97 + k) + ' ') * 10}}}" for k in range(12)
)
_each(
    "macro",
    [
        r"\def\a{\a} \a",
        r"\def\a{\b} \def\b{\a} \a",
        r"\def\a{\a\a} \a",
        r"\def\a#1{\a{#1#1}} \a{s}",
        r"\def\a{s + \a} s = \a",
        r"\def\a{{\a}} \a",
        r"\newcommand{\a}{\renewcommand{\a}{\a\a}\a} \a",
        r"\def\a{\def\a{\a\a}\a} \a",
        r"\newcommand{\frac}[2]{#1#2} \frac{s}{t} = st",
        r"\renewcommand{\frac}[2]{\frac{#2}{#1}} \frac{s}{t} = \frac{t}{s}",
        r"\renewcommand{\begin}{\end} \begin{aligned} s \end{aligned}",
        r"\renewcommand{\left}{(} \left( s \right)",
        r"\def\def{\def} \def\a{s} \a",
        r"\def\sum{+} s \sum t = s + t",
        r"\def\top{T} A^\top = A",
        r"\def\s{} \s = \s",
        r"\def\a#1#2#3#4#5#6#7#8#9{#9#8#7#6#5#4#3#2#1} \a stststsss = s",
        r"\def\a#1{#1#1#1#1#1#1#1#1#1#1} \a{\a{\a{\a{\a{\a{\a{\a{s}}}}}}}}",
        r"\def\a#1{\b{#1}{#1}} \def\b#1#2{\a{#1#2}} \a{s}",
        _LAUGHS + r"\m = s",
        r"\newcommand{\R}{\R^n} x \in \R",
        r"\def\{s} \{ = s",
        r"\def\\{\\ \\} s = s \\ t = t",
        r"\def\a{}}{ s = \a t",
        r"\def\a{\begin{aligned}} \a s = s \end{aligned}",
        r"\def\a{$$} s = \a",
    ],
)
_add(
    "macro-of-many",
    lambda: display("".join(rf"\def\a{'b' * k}{{s}}" for k in range(1, 150)) + "s = s"),
)
_add(
    "macro-called-often",
    lambda: display(r"\def\a{s+s+s+s+s+s+s+s+s+s} s = " + r"\a + " * 2000 + "s"),
)
_add(
    "macro-across-formulas",
    lambda: "\n\n".join(
        [SETTING, r"$\newcommand{\a}{s}$", *[r"$\renewcommand{\a}{\a\a}$"] * 40, r"$\a = s$"]
    ),
)
_add(
    "macro-doubling-across-formulas",
    lambda: "\n\n".join(
        [SETTING, r"$\def\aa{s}$"]
        + [rf"$\def\{'a' * (k + 1)}{{\{'a' * k}\{'a' * k}}}$" for k in range(2, 40)]
        + [rf"$\{'a' * 40} = s$"]
    ),
)

# Numbers ------------------------------------------------------------------------------------------

_each(
    "number",
    [
        r"s = 10^{10^{10}}", r"s = 10^{10^{10^{10^{10}}}}", r"s = 9^{9^{9^9}}", r"s = 2^{9999}", r"s = 2^{10000}",
        r"s = 2^{-10^9}", r"s = t^{10^{100}}", r"s = t^{9999}", r"s = (1+t)^{10000}", r"A = A^{9999}",
        r"A = A^{10^{10}}", r"A = A^{-10^{10}}", r"A = A^{s}", r"A = A^{1/2}", r"A^{0} = I", r"s = e^{e^{e^{100}}}",
        r"s = e^{e^{t}}", r"s = \exp(\exp(\exp(\exp(t^2+3))))", r"s = \frac{0}{0}", r"s = \frac{1}{0}",
        r"s = 0^0", r"s = 0^{-1}", r"s = t / (t - t)", r"s = \frac{t - t}{t - t}", r"s = \log 0", r"s = \log(-1)",
        r"s = \sqrt{-1}", r"s = \sqrt{-t^2}", r"s = (-1)^{1/2}", r"s = (-t^2)^{1/2}", r"s = 1" + "0" * 5000,
        r"s = 0." + "1" * 10_000, "s = " + "1" * 19_990, "s = 1.2.3.4", "s = 1..2", "s = .5.", "s = 1,000,000", "s = 1e400",
        r"s = \infty", r"s = \infty - \infty", r"s = \infty \cdot 0", r"\infty = \infty", r"s < \infty",
        r"s = 10!", r"s = 100000000!", r"s = \binom{1000000}{500000}", r"s = \sqrt[0]{t}", r"s = \sqrt[10^9]{t}",
        r"s = \sqrt[s]{t}", r"A = \operatorname{expm}(10^{10} A)", r"A = \operatorname{expm}(100000 A)", r"A^{-1} = (0 A)^{-1}",
        r"(A - A)^{-1} = A", r"(x x^\top)^{-1} = A", r"(A - A)^{+} = A", r"\det(0 A) = 0", r"\log\det(-A^\top A) = s",
        r"\tan(\pi/2) = s", r"\lfloor s \rfloor = s", r"s \bmod t = 0", r"s = 1/3/3/3/3/3/3/3", r"s = 2^{0.1}",
        r"s = 10^{-400}", r"s + 10^{300} = s + 10^{300}", r"s 10^{300} 10^{300} = s", r"s = 10^{300} 10^{300} t", r"s = ٣ + ٤", r"s = ３",
        "s = s²", "s = ½", "s = ①", "s = Ⅷ", "s = ∞", "s = 𝟙", "s = 𝟛", "x₁ = x_1", "s = 1_000", "s = 0x10", "s = 1e5", "s = -0", "s = --1",
        r"s = 1^{1^{1^{1^{1^{1}}}}}", r"s = t^{t^{t^{t}}}", r"s = \exp(1000)", r"s = \exp(-1000)", r"\sinh(1000) = s", r"\cosh(t \cdot 10^4) = s",
    ],
)  # fmt: skip

# Sums and products --------------------------------------------------------------------------------

_each(
    "sum",
    [
        r"s = \sum_{i=1}^{10^9} i", r"s = \sum_{i=1}^{1000000000} t", r"s = \sum_{i=1}^{10^{10^{10}}} 1",
        r"s = \sum_{i=-10^9}^{10^9} i", r"s = \prod_{i=1}^{10^9} i", r"s = \prod_{i=1}^{10000} 10000", r"s = \sum_{i=1}^{10000} i",
        r"s = \sum_{i=1}^{10001} i", r"s = \sum_{i=1}^{0} i", r"s = \sum_{i=5}^{1} i", r"s = \sum_{i=1}^{\infty} 2^{-i}",
        r"s = \sum_{i=1}^{9999} \sum_{j=1}^{9999} ij", r"s = \sum_{i=1}^{100} \sum_{j=1}^{100} \sum_{k=1}^{100} \sum_{l=1}^{100} ijkl",
        r"s = \sum_{i,j,k,l,p,q,r} x_i x_j x_k x_l x_p x_q x_r", r"s = \sum_{i=1}^{n} \sum_{j=1}^{n} \sum_{k=1}^{n} \sum_{l=1}^{n} \sum_{p=1}^{n} x_i x_j x_k x_l x_p",
        r"s = \sum_{i=1}^{n^{10}} i", r"s = \sum_{i=1}^{n^{n^n}} i", r"s = \sum_{i=1}^{t} i", r"s = \sum_{i=1}^{1/2} i", r"s = \sum_{i=1}^{x} i",
        r"s = \sum_{i=1}^{i} i", r"s = \sum_{i=i}^{n} i", r"s = \sum_i \sum_i \sum_i x_i", r"s = \sum_{i \ne i} x_i", r"s = \sum_{i<j<k<l} x_i x_j x_k x_l",
        r"s = \sum_{i=1}^{10^3} \left( \sum_{j=1}^{10^3} \right) i", r"s = \sum_{i=1}^{5000} \det A", r"s = \sum_{i=1}^{10000} \det(A)^{i}",
        r"s = \sum_{i=1}^{9000} \operatorname{tr}(A^{i})", r"s = \sum_{i=1}^{9000} \operatorname{tr}(A^{-1})", r"A = \sum_{k=0}^{9999} \frac{A^k}{10^k}",
        r"s = \sum_{i=1}^{2} \sum_{j=1}^{i} \sum_{k=1}^{j} \sum_{l=1}^{k} 1", r"s = \sum_{i=1}^{n-100} i", r"s = \sum_{} s", r"s = \sum_{=} s", r"s = \sum_{i=1,j=1}^{n,m} X_{ji}",
        r"s = \sum_{1}^{n} s", r"s = \sum_{s=1}^{n} s", r"s = \sum_{n=1}^{n} n", r"s = \sum_{i=1}^n x_{i_{i_{i}}}", r"s = \sum_{x \in A} x", r"s = \prod_{i=1}^{9999} (1 + t^i)",
        r"s = \max_{i,j,k,l,p,q} x_i x_j x_k x_l x_p x_q", r"s = \sum_{i=1}^{10000} \nabla_x (x^\top A x)", r"s = \sum_{i=1}^{1000} \left\| \nabla_x (x^\top A x) \right\|",
    ],
)  # fmt: skip
_add(
    "sums-in-sums",
    lambda: display(
        "s = " + "".join(rf"\sum_{{{chr(97 + k)}=1}}^{{10}} " for k in range(18)) + "t"
    ),
)
_add(
    "sums-of-two-in-sums",
    lambda: display("s = " + "".join(rf"\sum_{{{chr(97 + k)}=1}}^{{2}} " for k in range(18)) + "t"),
)
_add("sum-signs", lambda: display("s = " + r"\sum" * 5000))
_add("sum-signs-with-index", lambda: display("s = " + r"\sum_i " * 2000 + "x_i"))
_add("products-in-products", lambda: display("s = " + r"\prod_{i=1}^{3} " * 100 + "t"))

# Sizes --------------------------------------------------------------------------------------------

_DECLARED = [
    r"P \in \mathbb{R}^{100000 \times 100000}", r"P \in \mathbb{R}^{10^{10} \times 10^{10}}", r"P \in \mathbb{R}^{n^{100} \times n^{100}}",
    r"P \in \mathbb{R}^{1000000000}", r"P \in \mathbb{R}^{10^{10^{10}}}", r"P \in \mathbb{R}^{0 \times 0}", r"P \in \mathbb{R}^{-3}", r"P \in \mathbb{R}^{1.5}",
    r"P \in \mathbb{R}^{n - n}", r"P \in \mathbb{R}^{n - 100}", r"P \in \mathbb{R}^{n/2}", r"P \in \mathbb{R}^{2 \times 2 \times 2 \times 2 \times 2 \times 2 \times 2 \times 2}",
    r"P \in \mathbb{R}^{100 \times 100 \times 100 \times 100}", r"P \in \mathbb{R}^{n \times n \times n \times n \times n \times n \times n \times n \times n}",
    r"P \in \mathbb{R}^{\mathbb{R}}", r"P \in \mathbb{R}^{P}", r"P \in \mathbb{R}^{P \times P}", r"P \in \mathbb{R}^{x}", r"P \in \mathbb{R}^{}", r"P \in \mathbb{R}^{\times}",
    r"P \in \mathbb{R}^{s}", r"P \in \mathbb{R}^\top", r"P \in O(100000)", r"P \in GL_{3000}", r"P \in \mathbb{S}^{2000}_{++}", r"P \in O(300)",
    r"P \in \Delta^{10^9}", r"P \in \{1, \dots, 10^{10}\}", r"P \in \{1, 2\}^{100000}", r"P \in [1, 0]", r"P \in (0, 0)", r"P \in [0, 10^{400}]", r"P \in [-\infty, \infty]", r"P \in P", r"P \in \{P\}", r"P \in \{\}",
    r"P : \mathbb{R}^{100000} \to \mathbb{R}^{100000}", r"P : \mathbb{R}^{P} \to P", r"P : P \to P", r"P^{(1)}, \dots, P^{(1000000)} \in \mathbb{R}^{1000}",
    r"P_1, \dots, P_{10^{10}} \in \mathbb{R}", r"P_{1}, P_2, \dots \in \mathbb{R}^n", r"P \in \mathbb{R}^{1 \times 1 \times 1}", r"P \in \mathbb{N}^{999 \times 999}", r"P \in \mathbb{R}^{141 \times 141}",
    r"P \in \mathbb{R}^{100 \times 100}", r"P \in GL_{100}", r"P \in \mathbb{S}_{++}^{100}",
]  # fmt: skip
for _number, _declared in enumerate(_DECLARED, start=1):
    _add(
        f"size-{_number}",
        lambda d=_declared: display(  # type: ignore[misc]
            d,
            "P = P",
            r"P^\top P = P P^\top",
            r"\|P\|^2 = \operatorname{tr}(P^\top P)",
            r"\nabla_P \operatorname{tr}(P^\top P) = 2P",
            r"\det(P) = 1",
            "P(P(P(P))) = P_{1}",
            r"P^{-1} P = I",
        ),
    )
_each(
    "array",
    [
        r"I_{10000} = I_{10000}", r"I_{10^9} = 0", r"\operatorname{tr}(I_{100000}) = 100000", r"\mathbf{1}_{10^8}^\top \mathbf{1}_{10^8} = 10^8", r"\mathbf{1}_{5000} \mathbf{1}_{5000}^\top = 0",
        r"\det I_{300} = 1", r"I_{141}^{-1} = I_{141}", r"I_{0} = 0", r"I_{-1} = 0", r"I_{s} = 0", r"I_{n^9} = I_{n^9}", r"I_{n^{99}} = I_{n^{99}}", r"A \otimes A \otimes A \otimes A \otimes A \otimes A \otimes A = 0",
        r"\operatorname{vec}(A \otimes A \otimes A \otimes A) = 0", r"I_{100} \otimes I_{100} \otimes I_{100} = 0", r"\det(A \otimes A \otimes A) = 1", r"(A \otimes A \otimes A)^{-1} = 0",
        r"\operatorname{expm}(A \otimes A \otimes A) = 0", r"(x x^\top \otimes x x^\top)^{1000} = 0", r"x \otimes x \otimes x \otimes x \otimes x \otimes x \otimes x \otimes x \otimes x = 0",
        r"\operatorname{diag}(\operatorname{vec}(A \otimes A)) = 0", r"\operatorname{diag}(\mathbf{1}_{10000}) = I", r"\nabla_A \det(A \otimes A) = A", r"\nabla_x^2 \det(x x^\top + A) = A", r"e_{10^9} = 0", r"x_{10^9} = 0", r"x_{1000000} = x_1", r"X_{99999,99999} = 0",
        r"x_{0} = 0", r"x_{-1} = 0", r"x_{1.5} = 0", r"x_{n^n} = 0", r"\delta_{ij} = 0", r"A^{n} = A", r"A^{n^n} = A", r"s = n^{n^{n^{n}}}", r"\frac{\partial}{\partial A} (A \otimes A) = 0",
        r"\frac{\partial (A \otimes A)_{ij}}{\partial A_{kl}} = 0", r"\frac{\partial A^{100}_{ij}}{\partial A_{kl}} = 0", r"\nabla_A \operatorname{tr}(A^{9999}) = A", r"\nabla_A \operatorname{tr}(A^{200}) = 200 (A^{199})^\top",
        r"\nabla_A^2 \operatorname{tr}(A^{50}) = A",
    ],
)  # fmt: skip
_add(
    "array-of-many-rows",
    lambda: display(r"\begin{pmatrix} " + r" \\ ".join(["1"] * 6000) + r" \end{pmatrix} = 0"),
)
_add(
    "array-of-many-columns",
    lambda: display(r"\begin{pmatrix} " + " & ".join(["1"] * 6000) + r" \end{pmatrix} = 0"),
)
_add(
    "array-of-many-entries",
    lambda: display(
        r"\begin{pmatrix} " + r" \\ ".join([" & ".join(["1"] * 60)] * 60) + r" \end{pmatrix} = 0"
    ),
)
_add(
    "array-ragged",
    lambda: display(
        r"\begin{pmatrix} "
        + r" \\ ".join(" & ".join(["1"] * k) for k in range(50))
        + r" \end{pmatrix} = 0"
    ),
)
_add(
    "array-of-ellipses",
    lambda: display(
        r"\begin{pmatrix} "
        + r" \\ ".join([r"\cdots & \vdots & \ddots"] * 100)
        + r" \end{pmatrix} = 0"
    ),
)
_add("array-of-ampersands", lambda: display(r"\begin{pmatrix} " + "&" * 15_000 + r" \end{pmatrix}"))
_add("array-of-breaks", lambda: display(r"\begin{aligned} " + r"\\" * 8_000 + r" \end{aligned}"))

# Sizes and assumptions that cannot be satisfied ---------------------------------------------------

_each(
    "impossible",
    [
        r"\text{Assume } n > n",
        r"n = n + 1",
        r"\text{let } m > n",
        r"s < s",
        r"s^2 < 0",
        r"x^\top x < 0",
        r"s \ne s",
        r"A \succ A",
        r"-A^\top A \succ 0",
        r"s > 10^{100}",
        r"s \approx t",
        r"s \approx t \text{ as } s \to 0",
    ],
)
_add(
    "impossible-sizes",
    lambda: f"{SETTING}\n\nAssume $n > m$ and $m > n$.\n\n$$\nX^\\top X = X^\\top X\n$$\n",
)
_add(
    "impossible-sizes-far",
    lambda: f"{SETTING}\n\nAssume $n > 1000000 m$.\n\n$$\nX^\\top X = X^\\top X\n$$\n",
)
_add(
    "impossible-sizes-power",
    lambda: f"{SETTING}\n\nAssume $n = m^{{50}}$.\n\n$$\nX^\\top X = X^\\top X\n$$\n",
)
_add("impossible-assumption", lambda: f"{SETTING}\n\nAssume $x^\\top x = -1$.\n\n$$\nx = 2x\n$$\n")
_add(
    "impossible-assumptions",
    lambda: (
        f"{SETTING}\n\nAssume $A^\\top A = I$ and $A = 2 A$ and $\\det A = 5$.\n\n$$\nA = 0\n$$\n"
    ),
)
_add(
    "impossible-invertible",
    lambda: "Let $X \\in \\mathbb{R}^{3 \\times 2}$ be invertible.\n\n$$\nX = X\n$$\n",
)
_add(
    "impossible-rank",
    lambda: "Let $X \\in \\mathbb{R}^{2 \\times 3}$ have full column rank.\n\n$$\nX = X\n$$\n",
)
_add(
    "assumptions-many",
    lambda: (
        SETTING
        + "\n\n"
        + "\n\n".join(f"Assume $x^\\top A x = {k}$." for k in range(100))
        + "\n\n$$\nA = A\n$$\n"
    ),
)

_CONDITIONS = (
    r"$x_i > 0$", r"$A_{ij} > 0$ for $i \ne j$", r"$x_i > 0$ for $i > 10^9$", r"$x \succ 0$",
    r"$A \prec 0$", r"$x \propto y$", r"$x \approx 0$", r"$x_{n+1} = 0$", r"$x_i = x_{i+1}$",
    r"$\sum_j A_{ij} = 1$ for all $i$", r"$x_i^\top x_j = \delta_{ij}$", r"$x_i \equiv 1$",
    r"$x_i > 0$ if $x_i < 0$", r"$x_i$ for $i \ne$", r"$x_i \in \mathbb{R}$ for $i = 2, \dots, n$",
)  # fmt: skip
for _number, _condition in enumerate(_CONDITIONS):
    for _words in ("Assume {}.", "It is {}, if {}.", "If {}, then $x_i^2 = x_i |x_i|$."):
        _text = _words.replace("{}", _condition)
        _add(
            f"condition-{_number}-{_words[:2].strip()}",
            lambda text=_text: f"{SETTING}\n\n{text}\n\n$$\n\\sum_i |x_i| = x_j\n$$\n",
        )

# Characters ---------------------------------------------------------------------------------------

_STRANGE = {
    "nul": "\x00", "bell": "\x07", "escape": "\x1b", "delete": "\x7f", "newline-unicode": "\u2028", "paragraph": "\u2029", "next-line": "\x85",
    "byte-order-mark": "\ufeff", "bidi-override": "\u202e", "bidi-isolate": "\u2067\u2069", "zero-width": "\u200b", "joiner": "\u200d", "soft-hyphen": "\xad",
    "combining": "\u0301", "zalgo": "\u0300" * 300, "lone-surrogate": "\ud800", "lone-surrogates": "\udfff\ud800", "replacement": "\ufffd",
    "private": "\ue000", "noncharacter": "\uffff", "plane-16": "\U0010ffff", "math-italic": "𝑥", "math-bold": "𝐗", "fullwidth": "＝＋（ｘ）", "arabic": "س", "emoji": "👩‍👩‍👧", "flag": "🇬🇷",
    "tab": "\t", "vertical-tab": "\v", "form-feed": "\f", "carriage-return": "\r", "crlf": "\r\n", "stx": "\x02", "etx": "\x03", "stx-etx": "\x02klzzwxh:0000\x03",
    "object": "\ufffc", "hangul": "\u1100\u1161\u11a8", "tags": "\U000e0041", "variation": "\ufe0f", "nbsp": "\xa0", "ideographic-space": "\u3000", "dotless": "ı", "sharp-s": "ẞ", "kelvin": "\u212a", "ohm": "Ω",
    "wj": "wzxhzdk:1", "entity": "&lt;&#0;&#x110000;&amp;", "tag": "<script>alert(1)</script>", "comment": "<!-- -->", "comment-open": "<!--", "backtick": "`", "backticks": "```", "dollar": r"\$", "underscore": "__", "star": "**", "pipe": "|", "bracket": "](", "footnote": "[^1]", "html": "<div>", "quote": '"\'', "admonition": "!!! note", "snippet": "--8<-- \"x\"", "brace": "{: .x }",
}  # fmt: skip
for _name, _text in _STRANGE.items():
    _add(f"character-{_name}-alone", lambda t=_text: f"{SETTING}\n\n$$\n{t}\n$$\n\n${t}$\n")  # type: ignore[misc]
    _add(
        f"character-{_name}-inside",
        lambda t=_text: (
            display(f"s{t} = {t}s", f"x_{{{t}}} = \\text{{{t}}}", f"\\{t}", f"s^{t} = t_{t}")  # type: ignore[misc]
            + f"\nText {t} with $s{t}$ and ${t}s$ {t}.\n"
        ),
    )
    _add(f"character-{_name}-often", lambda t=_text: display("s = " + f"{t} " * 2000))  # type: ignore[misc]

# Long things --------------------------------------------------------------------------------------

for _name, _text in {
    "dollars": "$", "dollar-pairs": "$$", "dollar-pairs-spaced": "$$ ", "dollars-spaced": "$ ", "dollar-lines": "$$\n\n", "braces": "{", "closing": "}", "alphas": r"\alpha", "backslashes": "\\",
    "underscores": "_", "hats": "^", "ampersands": "&", "brackets": "(", "square": "[", "parens": r"\(", "squares": r"\[", "begins": r"\begin{align}", "newlines": "\n", "spaces": " ", "quotes": "> ",
    "stars": "*", "lists": "- ", "backticks": "`", "entities": "&#", "tags": "<a>", "comments": "<!--", "nul": "\x00", "exclamation": "!!! ", "hashes": "# ", "pipes": "|", "tildes": "~", "links": "[a](", "refs": "[^1]: ",
}.items():  # fmt: skip
    _add(f"megabyte-{_name}", lambda t=_text: (t * (1_000_000 // len(t)))[:1_000_000])  # type: ignore[misc]
    _add(f"kilobytes-{_name}-in-formula", lambda t=_text: display(t * (18_000 // len(t))))  # type: ignore[misc]
    _add(f"megabyte-{_name}-in-formula", lambda t=_text: display(t * (1_000_000 // len(t))))  # type: ignore[misc]
_add("formula-of-a-megabyte", lambda: display("s = " + "s + " * 250_000 + "s"))
_add("sum-of-5000", lambda: display("s = " + "s + " * 4_900 + "s"))
_add(
    "sum-of-different", lambda: display("s = " + " + ".join(rf"x_{{{k}}}" for k in range(1, 1500)))
)
_add("product-of-5000", lambda: display("s = " + "s " * 9_000))
_add("product-of-letters", lambda: display("s = " + "st" * 9_000))
_add("product-of-matrices", lambda: display("A = " + "A " * 9_000))
_add("product-of-fractions", lambda: display("s = " + r"\frac{s}{t} " * 1_500))
_add("slashes", lambda: display("s = s" + "/t" * 5_000))
_add("dots", lambda: display("s = s" + r" \cdot t" * 2_000))
_add("kronecker-tower", lambda: display("A = A" + r" \otimes A" * 1_000))
_add("hadamard-tower", lambda: display("A = A" + r" \odot A" * 1_500))
_add("colons", lambda: display("s = A" + " : A" * 2_000))
_add("chain-of-2000", lambda: display("s = " + " = ".join(["s"] * 2_000)))
_add(
    "chain-of-2000-rows",
    lambda: display(r"\begin{aligned} s &= s " + r" \\ &= s" * 2_000 + r" \end{aligned}"),
)
_add(
    "chain-of-gradients",
    lambda: display(
        r"\begin{aligned} \nabla_x (x^\top A x) "
        + r" \\ &= (A + A^\top) x" * 600
        + r" \end{aligned}"
    ),
)
_add("chain-that-fails-everywhere", lambda: display(" = ".join(f"s + {k}" for k in range(1_000))))
_add("chain-of-inequalities", lambda: display(" < ".join(["s"] * 1_000)))
_add("statements-in-a-row", lambda: display(r" , \quad ".join(["s = s"] * 1_000)))
_add("implications", lambda: display(r" \implies ".join(["s = s"] * 500)))
_add("equivalences", lambda: display(r" \iff ".join([r"A x = y"] * 200)))
_add("route-of-2000", lambda: display(r" \to ".join(["s"] * 2_000)))
_add(
    "symbols-by-the-thousand",
    lambda: "\n\n".join(rf"$p_{{\text{{a{k}}}}} \in \mathbb{{R}}$" for k in range(3_000)),
)
_add(
    "symbols-and-their-sum",
    lambda: "\n\n".join(
        [rf"$p_{{\text{{a{k}}}}} \in \mathbb{{R}}$" for k in range(800)]
        + [
            "$$\nq = "
            + " + ".join(rf"p_{{\text{{a{k}}}}}" for k in range(800))
            + "\n$$\n\n$q = q$\n"
        ]
    ),
)
_add(
    "matrices-and-their-sizes",
    lambda: "\n\n".join(
        [
            rf"$P_{{\text{{a{k}}}}} \in \mathbb{{R}}^{{d_{{\text{{b{k}}}}} \times d_{{\text{{b{k + 1}}}}}}}$"
            for k in range(60)
        ]
        + ["$$\nQ = " + " ".join(rf"P_{{\text{{a{k}}}}}" for k in range(60)) + "\n$$\n\n$Q = Q$\n"]
    ),
)
_add("formulas-by-the-thousand", lambda: SETTING + "\n\n" + "$s = s$ " * 3_000)
_add(
    "definitions-by-the-thousand",
    lambda: (
        "$a_{\\text{v0}} \\in \\mathbb{R}$\n\n"
        + "\n\n".join(rf"$a_{{\text{{v{k + 1}}}}} = a_{{\text{{v{k}}}}} + 1$" for k in range(600))
        + "\n"
    ),
)
_add(
    "definitions-that-double",
    lambda: (
        "$a_{\\text{v0}} \\in \\mathbb{R}$\n\n"
        + "\n\n".join(
            rf"$a_{{\text{{v{k + 1}}}}} = a_{{\text{{v{k}}}}} + a_{{\text{{v{k}}}}}$"
            for k in range(200)
        )
        + "\n\n$a_{\\text{v200}} = 1$\n"
    ),
)
_add(
    "definitions-that-square",
    lambda: (
        "$a_{\\text{v0}} \\in \\mathbb{R}$\n\n"
        + "\n\n".join(rf"$a_{{\text{{v{k + 1}}}}} = a_{{\text{{v{k}}}}}^2$" for k in range(60))
        + "\n\n$a_{\\text{v60}} = 1$\n"
    ),
)
_add(
    "functions-that-double",
    lambda: (
        "$u \\in \\mathbb{R}$\n\n$$\nf_{\\text{v0}}(u) = u\n$$\n\n"
        + "\n\n".join(
            rf"$$"
            "\n"
            rf"f_{{\text{{v{k + 1}}}}}(u) = f_{{\text{{v{k}}}}}(f_{{\text{{v{k}}}}}(u))"
            "\n$$"
            for k in range(40)
        )
        + "\n\n$f_{\\text{v40}}(2) = 2$\n"
    ),
)
_add(
    "derivatives-of-derivatives",
    lambda: (
        "$u \\in \\mathbb{R}^n$\n\n$$\nf_{\\text{v0}}(u) = \\|u\\|^4\n$$\n\n"
        + "\n\n".join(
            rf"$$" "\n" rf"f_{{\text{{v{k + 1}}}}}(u) = \|\nabla f_{{\text{{v{k}}}}}(u)\|^2" "\n$$"
            for k in range(12)
        )
        + "\n\n$f_{\\text{v12}}(u) = 2$\n"
    ),
)
_add(
    "headings",
    lambda: "\n\n".join(
        "#" * (1 + k % 6) + rf" H{k}" + "\n\n$s \\in \\mathbb{R}$" for k in range(500)
    ),
)
_add("lists-in-lists", lambda: "\n".join("    " * k + "- $s \\in \\mathbb{R}$" for k in range(60)))
_add("quotes-in-quotes", lambda: "> " * 300 + "$s \\in \\mathbb{R}$\n")
_add(
    "admonitions-in-admonitions",
    lambda: (
        "\n".join("    " * k + "!!! note\n" for k in range(40))
        + "\n"
        + "    " * 40
        + "$s \\in \\mathbb{R}$\n"
    ),
)
_add(
    "table-of-formulas",
    lambda: "| a | b |\n| --- | --- |\n" + "| $s \\in \\mathbb{R}$ | $s = s$ |\n" * 500,
)

# Recursion through definitions --------------------------------------------------------------------

_RECURSIONS = {
    "function": [r"g(u) = g(u)", r"g(1) = 1"],
    "function-shifted": [r"g(u) = g(u - 1) + 1", r"g(3) = 3"],
    "function-twice": [r"g(u) = g(u - 1) + g(u - 2)", r"g(30) = 832040"],
    "name": [r"a = a"],
    "name-plus": [r"a = a + 1", r"a = 1"],
    "pair": [r"a = b", r"b = a", r"a = a", r"a = 1"],
    "pair-declared": [r"a \in \mathbb{R}", r"b := a", r"a := b", r"a = b", r"b = 1", r"a := b + a", r"a = b"],
    "triple": [r"a := s", r"b := a", r"c := b", r"a := c", r"c = a", r"a := a + b + c", r"a = 4s"],
    "redefined-often": [r"a := s"] + [r"a := a + a"] * 60 + [r"a = s"],
    "functions": [r"g(u) := u", r"h(u) := g(u)", r"g(u) := h(u)", r"g(1) = 1", r"h(g(h(g(1)))) = 1"],
    "function-of-itself": [r"g(u) := u^2", r"g(g(g(g(g(g(g(g(s)))))))) = s", r"\nabla g(g(g(s))) = 1", r"g(g) = 1"],
    "component": [r"a_i = a_i", r"a_i = a_{i-1}", r"a_1 = 0"],
    "family": [r"a^{(i)} = a^{(i-1)} + 1", r"a^{(2)} = 1", r"a^{(1)} := a^{(2)}", r"a^{(2)} := a^{(1)}", r"a^{(1)} = a^{(2)}"],
    "sequence": [r"a^{(k+1)} = a^{(k)}", r"x_{k+1} = x_k - \nabla f(x_k)", r"x^{(k+1)} = x^{(k)} - s x^{(k)}"],
    "columns": [r"Q = \begin{bmatrix} q_1 & \cdots & q_n \end{bmatrix}", r"q_1 = Q", r"Q = \begin{bmatrix} Q & \cdots & Q \end{bmatrix}"],
    "argmin": [r"u = \arg\min_u u", r"u = \arg\min_{u} (u - u)^2", r"x = \arg\min_x -x^\top x", r"x^\star = \arg\min_x x^\star"],
    "derivative": [r"a = \frac{\partial a}{\partial s}", r"a = s^2", r"a := \frac{\partial a}{\partial s}", r"a = 2s", r"a := \frac{\partial a}{\partial s}", r"a = 2"],
    "update": [r"s \leftarrow s", r"x \leftarrow x - \nabla x", r"a \leftarrow a", r"\leftarrow"],
    "size": [r"k \in \mathbb{N}", r"k := k + 1", r"P \in \mathbb{R}^{k \times k}", r"P = P", r"k = n"],
}  # fmt: skip
for _name, _formulas in _RECURSIONS.items():
    _add(f"recursion-{_name}", lambda f=tuple(_formulas): display(*f))  # type: ignore[misc]
    _add(f"recursion-{_name}-in-reverse", lambda f=tuple(_formulas[::-1]): display(*f))  # type: ignore[misc]

_FAMILIES = {
    "no-start": [r"h_t = W h_{t-1}, \quad t = 1, \dots, T", r"h_1 = 0"],
    "of-itself": [r"h_0 = x", r"h_t = h_t, \quad t = 1, \dots, T", r"h_t = h_{t-1} + h_t, \quad t = 1, \dots, T"],
    "both-ways": [r"h_0 = x", r"h_t = h_{t-1} + h_{t+1}, \quad t = 1, \dots, k", r"h_1 = 0"],
    "circle": [r"h_0 = x", r"z_k = A h_{k-1}, \quad k = 1, \dots, K", r"h_k = z_{k+1}, \quad k = 1, \dots, K - 1", r"h_1 = x", r"z_2 = x"],
    "circle-of-three": [r"h_0 = x", r"u_k = A h_{k-1}, \quad k = 1, \dots, K", r"v_k = u_{k+1}, \quad k = 1, \dots, K - 1", r"h_k = v_k + u_k, \quad k = 1, \dots, K - 1", r"\nabla_{h_1} (x^\top v_1) = x"],
    "never-closed": [r"h_0 = x", r"z_k = A h_{k-1}, \quad k = 1, \dots, K", r"y = z_1", r"\nabla_A z_1 = 0", r"h_k \in \mathbb{R}^n", r"h_1 := x", r"z_1 = x"],
    "a-billion": [r"h_0 = x", r"h_k = A h_{k-1}, \quad k = 1, \dots, 1000000000", r"h_1000000000 = x"],
    "a-billion-later": [r"h_0 = x", r"K > 10^9", r"h_k = A h_{k-1}, \quad k = 1, \dots, K", r"h_K = x"],
    "far-member": [r"h_0 = x", r"h_k = A h_{k-1}, \quad k = 1, \dots, K", r"h_{1000000000} = x", r"h_{10^{10}} = x", r"h_{-1} = x"],
    "far-back": [r"h_0 = x", r"h_k = A h_{k-1000000000}, \quad k = 1, \dots, K"],
    "many-back": [r"h_0 = x", "h_k = " + " + ".join(f"h_{{k-{j}}}" for j in range(1, 200)) + r", \quad k = 1, \dots, K"],
    "doubling": [r"h_0 = x", r"h_k = h_{2k}, \quad k = 1, \dots, K", r"h_k = h_{k-k}, \quad k = 1, \dots, K"],
    "anew": [r"h_0 = x", r"h_k = A h_{k-1}, \quad k = 1, \dots, K", r"h_0 := y", r"h_1 = A x", r"h_k := h_{k-1}"],
    "start-of-itself": [r"h_0 = h_0", r"h_0 = h_1", r"h_k = A h_{k-1}, \quad k = 1, \dots, K", r"h_0 := h_1", r"h_1 = A h_0"],
    "other-shape": [r"h_0 = x", r"h_k = x^\top h_{k-1}, \quad k = 1, \dots, K", r"h_k = h_{k-1} x^\top, \quad k = 1, \dots, K"],
    "nested-derivative": [r"h_0 = x", r"h_k = \nabla_{x} (x^\top h_{k-1}), \quad k = 1, \dots, K", r"h_k = \nabla_{h_{k-1}} (h_{k-1}^\top h_{k-1}), \quad k = 1, \dots, K", r"h_2 = 4 x"],
    "rows": [r"P_{i,:} = P_{i,:}", r"P_{i,:} = A_{i,:} P", r"P_{:,:} = A", r"P_{i,:} = A_{:,i}", r"P_{i,:} = A_{i+1,:}", r"P_{i,:,j} = A_{i,:}", r"P_{1,:} = x^\top"],
}  # fmt: skip
for _name, _formulas in _FAMILIES.items():
    _add(f"families-{_name}", lambda f=tuple(_formulas): display(*f))  # type: ignore[misc]
    _add(f"families-{_name}-in-reverse", lambda f=tuple(_formulas[::-1]): display(*f))  # type: ignore[misc]

# Many readings ------------------------------------------------------------------------------------

for _count in (3, 6, 12, 40, 200):
    _add(
        f"readings-hadamard-{_count}",
        lambda k=_count: display(  # type: ignore[misc]
            "A = A " + " ".join([r"\odot B C \odot D E"] * k)
        ),
    )
    _add(
        f"readings-nabla-{_count}",
        lambda k=_count: display(  # type: ignore[misc]
            "s = " + " + ".join([r"\nabla_x (x^\top x) x^\top x"] * k)
        ),
    )
    _add(f"readings-fraction-{_count}", lambda k=_count: display("s = " + " + ".join(["1/2s"] * k)))  # type: ignore[misc]
    _add(
        f"readings-transpose-{_count}",
        lambda k=_count: display("$T \\in \\mathbb{N}$", "A" + "^T A" * k + " = A"),
    )  # type: ignore[misc]
    _add(
        f"readings-operator-{_count}",
        lambda k=_count: display(  # type: ignore[misc]
            "s = " + " + ".join([r"\frac{\partial}{\partial s} (s) s t"] * k)
        ),
    )
    _add(f"readings-function-{_count}", lambda k=_count: display("s = " + r"s(t)(s + t)" * k))  # type: ignore[misc]
    _add(f"readings-norm-{_count}", lambda k=_count: display("s = " + "|s|" * k + "|t" + "|s|" * k))  # type: ignore[misc]
    _add(f"readings-bars-{_count}", lambda k=_count: display("s = " + "|s + t" * k + "|" * k))  # type: ignore[misc]
    _add(f"readings-log-{_count}", lambda k=_count: display("s = " + r"\log s t " * k))  # type: ignore[misc]
    _add(
        f"readings-identity-{_count}", lambda k=_count: display("A = " + "I " * k + "A" + " I" * k)
    )  # type: ignore[misc]
    _add(
        f"readings-ones-{_count}",
        lambda k=_count: display("s = " + r"\mathbf{1}^\top \mathbf{1} " * k),
    )  # type: ignore[misc]

# Ellipses and indices -----------------------------------------------------------------------------

_each(
    "ellipsis",
    [
        r"s = x_1 + \dots + x_{10^9}", r"s = x_1 + x_2 + \dots + x_n", r"s = 1 + 2 + \dots + 10^9", r"s = 1 + 2 + \dots + 9999", r"s = 1 + 2 + \dots + n^{100}",
        r"s = \dots", r"s = \dots + x_n", r"s = x_1 + \dots", r"s = x_1 + \dots + \dots + x_n", r"s = x_1 + \dots + y_n", r"s = x_n + \dots + x_1", r"s = x_1 \cdots x_n", r"s = 1 \cdot 2 \cdots 10^6",
        r"s = 1 \cdot 2 \cdots 5000", r"A = A \cdots A", r"s = x_1 + \dots + x_1", r"s = t + t^2 + \dots + t^{9999}", r"s = t + t^2 + \dots + t^{10^9}", r"s = \sum_{i=1}^n (x_1 + \dots + x_i)", r"s = 1 + 3 + \dots + 2",
        r"s = 1 - 2 + 3 - \dots + 99", r"s = \max(x_1, \dots, x_{10^9})", r"x = (x_1, \dots, x_n, \dots, x_1)^\top", r"x = (x_1, \dots, x_{1000000})^\top", r"(1, \dots, 10^9)^\top = x",
    ],
)  # fmt: skip
_add("ellipses-in-a-row", lambda: display("s = " + r"\dots " * 3_000))
_add(
    "ellipses-between-terms",
    lambda: display("s = " + r" + \dots + ".join(rf"x_{{{k}}}" for k in range(1, 400))),
)
_add(
    "ellipses-in-ellipses",
    lambda: display(
        r"s = (x_1 + \dots + x_n) + \dots + (x_1 + \dots + x_n)",
        r"s = x_1 (x_1 + \dots + x_n) + \dots + x_n (x_1 + \dots + x_n)",
    ),
)
_add(
    "ellipses-long-pattern",
    lambda: display(
        "s = " + " + ".join(f"x_{{{k}}} y_{{{k}}}" for k in range(1, 300)) + r" + \dots + x_n y_n"
    ),
)
_LETTERS = "abcdefghijklopqruvwz"
_add(
    "indices-free-20",
    lambda: display(
        " ".join(f"x_{letter}" for letter in _LETTERS)
        + " = "
        + " ".join(f"y_{letter}" for letter in _LETTERS)
    ),
)
_add("indices-free-8", lambda: display(" ".join(f"x_{c}" for c in _LETTERS[:8]) + " = 0"))
_add(
    "indices-all-letters",
    lambda: display(
        "s = " + r"\sum_{" + ",".join(_LETTERS) + "} " + " ".join(f"x_{c}" for c in _LETTERS)
    ),
)
_add(
    "indices-on-one-name",
    lambda: display("x_{" + "i" * 500 + "} = 0", "x_{" + ",".join("i" * 200) + "} = 0"),
)
_add(
    "indices-deltas",
    lambda: display(
        " ".join(rf"\delta_{{{a}{b}}}" for a, b in itertools.pairwise(_LETTERS)) + " = 0"
    ),
)
_add(
    "indices-of-derivatives",
    lambda: display(
        r"\frac{\partial A_{ij}}{\partial A_{kl}} \frac{\partial A_{pq}}{\partial A_{uv}} = 0"
    ),
)
_add("indices-of-indices", lambda: display("x_{" * 100 + "i" + "}" * 100 + " = 0"))

# Several at once ----------------------------------------------------------------------------------

_each(
    "odd",
    [
        r"A = A \tag{1} \tag{2} \label{a} \label{a} \nonumber", r"\begin{align} \begin{align} s = s \end{align} \end{align}", r"\begin{array}{" + "c" * 5000 + r"} s \end{array}",
        r"\begin{array} s \end{array}", r"s = s \\[10^9pt] t = t", r"\left. \left. s \right. \right. = s", r"\left\langle A \middle| B \right\rangle = s", r"\langle A, B \rangle = \langle \langle A, B \rangle, C \rangle", r"A : B : C : D = s",
        r"\det \det \det A = s", r"\operatorname{vec} \operatorname{vec} \operatorname{vec} A = \operatorname{vec} A", r"\operatorname{diag}(\operatorname{diag}(\operatorname{diag}(\operatorname{diag}(x)))) = x", r"\operatorname{softmax}(10^{200} x) = x", r"\operatorname{logsumexp}(10^{300} x) = s",
        r"\sigma(\sigma) = \sigma", r"\nabla_{\nabla} \nabla = \nabla", r"\partial_{\partial} = 0", r"\frac{\partial \partial}{\partial \partial} = 1", r"\frac{\partial^s x}{\partial x^s} = 0", r"\frac{\partial x}{\partial x^{10^9}} = 0", r"\nabla_{x, y, A} s = 0", r"\nabla_{x^\top x} x = 0", r"\nabla_{1} s = 0", r"\nabla_x^{100} s = 0", r"\frac{\partial s}{\partial 0} = 0",
        r"s \Big|_{s = s} = s", r"s \Big|_{s = t} \Big|_{t = s} = s", r"s^2 \Big|_{s = s^2} = s^4", r"x \Big|_{x = A} = A", r"\mathbb{1}[\mathbb{1}[s > 0] > 0] = \mathbb{1}[s > 0]", r"\max(\max, \min) = \max", r"\arg\min_x \arg\min_x x = x", r"x = \arg\min_x \|A x - y\|^2", r"\arg\max_x x^\top x = x",
        r"A \in A \in A", r"A = B \in C", r"s \le t \ge s \ne t \succ A", r"s \propto t \propto s", r"0 \propto s", r"0 \propto 0", r"s \propto 0", r"f(f(f)) = f", r"x(x)(x)(x) = x", r"\mathbb{E}[s] = s", r"\int_0^1 s \, ds = s", r"\lim_{s \to 0} s = 0", r"\Pr(s) = 1", r"s \sim \mathcal{N}(0, 1)", r"\forall s \exists t", r"\aleph_0 = s", r"\unknowncommandofours = s", r"\href{javascript:alert(1)}{s} = s", r"\input{/etc/passwd}", r"\include{x}", r"\write18{ls} = s", r"\csname a\endcsname = s", r"\catcode`\$=12 s = s", r"\expandafter\a\b", r"\let\a\b \a", r"\edef\a{\a}\a", r"\loop\repeat",
    ],
)  # fmt: skip
_add(
    "layouts",
    lambda: (
        "<!-- layout: denominator -->\n\n<!-- layout: numerator -->\n\n<!-- layout: x -->\n\n"
        + display(r"\frac{\partial x}{\partial x} = I")
    ),
)
_add("empty", lambda: "$$\n\n$$\n\n$ $\n\n$$$$\n")
_add("front-matter", lambda: "---\na: [\n---\n\n$s \\in \\mathbb{R}$\n")
_add("nothing-but-setting", lambda: SETTING)
