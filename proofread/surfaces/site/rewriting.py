r"""What KaTeX lacks, or renders wrongly without a word, said in what it has.

The page's source stays as it is, and so does what the engine reads and what a reader copies:
only the renderer gets this text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

# Each match is one token, so that the label in ``\\\label{x}`` is found and that in ``\\label``
# is none. The name of the last group says which kind of token it is.
_TOKEN = re.compile(
    r"""
      (?P<row> \\\\ )
    | \\[^A-Za-z]
    | (?P<comment> %[^\n]*(?:\n|\Z) )
    | \\(?: label | tag\*? | vspace\*? | cline ) \s* \{ (?P<dropped> [^{}]* ) \} [ \t]*
    | \\eqref \s* \{ (?P<equation> [^{}]* ) \}
    | \\ref \s* \{ (?P<number> [^{}]* ) \}
    | \\begin \s* \{ (?P<begin> [a-z]+\*? ) \}
    | \\end \s* \{ (?P<end> [a-z]+\*? ) \}
    | \\(?: mathbb | mathbbm | mathds ) \s* (?P<indicator> \{ \s* 1 \s* \} | 1 )
    """,
    re.VERBOSE,
)

# KaTeX counts the rows of some, which would run beside the numbers of the page, and lacks others.
_ENVIRONMENTS = {
    **{name: (rf"\begin{{{name}*}}", rf"\end{{{name}*}}")
       for name in ("align", "alignat", "equation", "gather")},
    **dict.fromkeys(("flalign", "flalign*"), (r"\begin{align*}", r"\end{align*}")),
    **dict.fromkeys(("multline", "multline*", "multlined"),
                    (r"\begin{aligned}& ", r"\end{aligned}")),
    **dict.fromkeys(("eqnarray", "eqnarray*"), (r"\begin{array}{rcl}", r"\end{array}")),
    **dict.fromkeys(("displaymath", "math", "dmath", "dmath*", "subequations"), ("{", "}")),
    "aligned*": (r"\begin{aligned}", r"\end{aligned}"),
    "psmallmatrix": (r"\left(\begin{smallmatrix}", r"\end{smallmatrix}\right)"),
    "bsmallmatrix": (r"\left[\begin{smallmatrix}", r"\end{smallmatrix}\right]"),
}  # fmt: skip

_OPERATORS = (
    "Det Diag LSE ReLU Tr Trace asinh acosh atanh acos asin atan diag erf expit expm logdet "
    "logistic logsumexp lse rank relu rg rk sgn sigmoid sign softmax softplus tr tra trace vect"
)

_RISING_DOTS = (
    r"\mathinner{\raisebox{0em}{.}\mkern2mu\raisebox{0.3em}{.}\mkern2mu\raisebox{0.6em}{.}}"
)

MACROS = {
    **{rf"\{name}": rf"\operatorname{{{name}}}" for name in _OPERATORS.split()},
    **{rf"\{name}": "" for name in ("break", "displaylimits", "noindent", "nonumber", "notag",
                                    "null", "strut")},
    r"\/": "",
    **dict.fromkeys((r"\adots", r"\iddots"), _RISING_DOTS),
    r"\bfseries": r"\bf",
    r"\ensuremath": "#1",
    r"\eqdef": r"\stackrel{\text{def}}{=}",
    r"\framebox": r"\boxed{#1}",
    r"\hdots": r"\ldots",
    r"\hfill": r"\quad",
    r"\mathbfit": r"\boldsymbol{#1}",
    r"\mbox": r"\text{#1}",
    r"\rmfamily": r"\rm",
    r"\symbf": r"\mathbf{#1}",
}  # fmt: skip
"""Commands that the engine reads and KaTeX lacks; a page that defines one itself prevails."""

# No font of KaTeX has a one with a double stroke: it would show a plain one.
_INDICATOR = r"{\mathrm{1}\mkern-4.5mu\mathrm{l}}"
_INDICATOR_MATHML = re.compile(
    r'<mn>1</mn><mspace[^>]*>(?:</mspace>)?<mi mathvariant="normal">l</mi>'
)


def rewrite(latex: str, numbers: Mapping[str, str]) -> str:
    r"""The formula as KaTeX gets it; ``numbers`` says what each label is called, as ``3.2``."""
    return translate(latex, _TOKEN, _ENVIRONMENTS, lambda match: reference(match, numbers))


def reference(match: re.Match[str], numbers: Mapping[str, str]) -> str:
    r"""The number of the label that ``\eqref`` or ``\ref`` names, as text."""
    number = numbers.get(match[match.lastgroup or 0], "?")
    return rf"\text{{({number})}}" if match.lastgroup == "equation" else rf"\text{{{number}}}"


def translate(
    latex: str, tokens: re.Pattern[str], environments: Mapping[str, tuple[str, str]],
    refer: Callable[[re.Match[str]], str],
) -> str:  # fmt: skip
    """The formula with its environments in others, its labels dropped and its references said.

    The groups of ``tokens`` are named as those of this module's; ``refer`` says a reference.
    """
    opened: list[str] = []

    def replace(match: re.Match[str]) -> str:
        kind = match.lastgroup
        token = match[kind] if kind else ""
        match kind:
            case "row" if opened and opened[-1].startswith("multline"):
                return r"\\ & \qquad "
            case "comment":
                return "\n"
            case "dropped":
                return ""
            case "equation" | "number":
                return refer(match)
            case "begin":
                opened.append(token)
                return environments[token][0] if token in environments else match[0]
            case "end":
                if opened:
                    opened.pop()
                return environments[token][1] if token in environments else match[0]
            case "indicator":
                return _INDICATOR
        return match[0]

    return tokens.sub(replace, latex)


def restore(html: str, latex: str) -> str:
    """KaTeX's HTML with the page's own LaTeX to copy, and the characters that were built.

    The site's search reads what is for the eye; what stands beside it would be read twice.
    """
    html = _INDICATOR_MATHML.sub("<mn>𝟙</mn>", html)
    html = html.replace("<math ", "<math data-search-exclude ", 1)
    head, opening, rest = html.partition('<annotation encoding="application/x-tex">')
    _, closing, tail = rest.partition("</annotation>")
    return f"{head}{opening}{escape(latex.strip(), quote=False)}{closing}{tail}"
