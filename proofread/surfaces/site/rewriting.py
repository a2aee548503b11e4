r"""What KaTeX lacks, or renders wrongly without a word, said in what it has.

The page's source stays as it is, and so does what the engine reads and what a reader copies:
only the renderer gets this text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

# Each match is one token, so that the label in ``\\\label{x}`` is found and that in ``\\label``
# is none. The name of the last group says which kind of token it is.
_TOKEN = re.compile(
    r"""
      (?P<row> \\\\ )
    | \\[^A-Za-z]
    | (?P<comment> %[^\n]*(?:\n|\Z) )
    | \\(?: label | tag\*? ) \s* \{ (?P<dropped> [^{}]* ) \} [ \t]*
    | \\eqref \s* \{ (?P<equation> [^{}]* ) \}
    | \\ref \s* \{ (?P<number> [^{}]* ) \}
    | \\begin \s* \{ (?P<begin> [a-z]+\*? ) \}
    | \\end \s* \{ (?P<end> [a-z]+\*? ) \}
    | \\(?: mathbb | mathbbm | mathds ) \s* (?P<indicator> \{ \s* 1 \s* \} | 1 )
    | \\(?P<command> [A-Za-z]+ )
    """,
    re.VERBOSE,
)

# KaTeX counts the rows of these, which would run beside the numbers of the page.
_NUMBERING = frozenset({"align", "alignat", "equation", "gather"})

_COMMANDS = {
    "mbox": r"\text",
    "hdots": r"\ldots",
    "nonumber": "",
    "notag": "",
}

# No font of KaTeX has a one with a double stroke: it would show a plain one.
_INDICATOR = r"{\mathrm{1}\mkern-4.5mu\mathrm{l}}"
_INDICATOR_MATHML = re.compile(
    r'<mn>1</mn><mspace[^>]*>(?:</mspace>)?<mi mathvariant="normal">l</mi>'
)


def rewrite(latex: str, numbers: Mapping[str, str]) -> str:
    r"""The formula as KaTeX gets it; ``numbers`` says what each label is called, as ``3.2``."""
    environments: list[str] = []

    def replace(match: re.Match[str]) -> str:
        kind = match.lastgroup
        token = match[kind] if kind else ""
        match kind:
            case "row" if environments and environments[-1].startswith("multline"):
                return r"\\ & \qquad "
            case "comment":
                return "\n"
            case "dropped":
                return ""
            case "equation":
                return rf"\text{{({numbers.get(token, '?')})}}"
            case "number":
                return rf"\text{{{numbers.get(token, '?')}}}"
            case "begin":
                environments.append(token)
                return rf"\begin{{{_environment(token)}}}" + "& " * token.startswith("multline")
            case "end":
                if environments:
                    environments.pop()
                return rf"\end{{{_environment(token)}}}"
            case "indicator":
                return _INDICATOR
            case "command":
                return _COMMANDS.get(token, match[0])
        return match[0]

    return _TOKEN.sub(replace, latex)


def _environment(name: str) -> str:
    if name in _NUMBERING:
        return f"{name}*"
    return "aligned" if name in ("multline", "multline*") else name


def restore(html: str, latex: str) -> str:
    """KaTeX's HTML with the page's own LaTeX to copy, and the characters that were built."""
    source = latex.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    html = _INDICATOR_MATHML.sub("<mn>𝟙</mn>", html)
    head, opening, rest = html.partition('<annotation encoding="application/x-tex">')
    _, closing, tail = rest.partition("</annotation>")
    return f"{head}{opening}{source.strip()}{closing}{tail}"
