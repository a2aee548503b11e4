r"""A formula of a page as a formula of an article.

It stays as written but for what depends on the page around it: its number and its label are set
behind it, and an environment that numbers its lines by itself becomes one that does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from proofread.latex.macros import Macro
from proofread.surfaces.site.macros import take_definitions
from proofread.surfaces.site.paper.characters import mathematics
from proofread.surfaces.site.rewriting import MACROS, reference, translate

_TOKEN = re.compile(
    r"""
      (?P<row> \\\\ )
    | \\(?: label | tag\*? ) \s* \{ (?P<dropped> [^{}]* ) \} [ \t]*
    | \\eqref \s* \{ (?P<equation> [^{}]* ) \}
    | \\ref \s* \{ (?P<number> [^{}]* ) \}
    | \\begin \s* \{ (?P<begin> [A-Za-z]+\*? ) \}
    | \\end \s* \{ (?P<end> [A-Za-z]+\*? ) \}
    | \\(?: mathbb | mathbbm | mathds ) \s* (?P<indicator> \{ \s* 1 \s* \} | 1 )
    | \\[^A-Za-z]
    """,
    re.VERBOSE,
)
_BLANK = re.compile(r"\n\s*\n")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_NOTHING = ("", "")

_ENVIRONMENTS = {
    **{name: (rf"\begin{{{inner}}}", rf"\end{{{inner}}}")
       for inner, names in {"aligned": "align align* aligned* flalign flalign*",
                            "alignedat": "alignat alignat*", "gathered": "gather gather*",
                            "cases": "dcases"}.items()
       for name in names.split()},
    **dict.fromkeys(("multline", "multline*", "multlined"),
                    (r"\begin{aligned}& ", r"\end{aligned}")),
    **dict.fromkeys(("eqnarray", "eqnarray*"), (r"\begin{array}{rcl}", r"\end{array}")),
    **dict.fromkeys(("equation", "equation*", "displaymath", "math", "dmath", "dmath*",
                     "subequations"), _NOTHING),
    "rcases": (r"\left.\begin{aligned}", r"\end{aligned}\right\}"),
    "psmallmatrix": (r"\left(\begin{smallmatrix}", r"\end{smallmatrix}\right)"),
    "bsmallmatrix": (r"\left[\begin{smallmatrix}", r"\end{smallmatrix}\right]"),
}  # fmt: skip

#: Commands that pages use beside those of ``MACROS``, and that the basic packages lack.
_LACKING = {
    **{rf"\{name}": r"{\ooalign{\hfil$\diagup$\hfil\cr$#1$}}"
       for name in ("bcancel", "cancel", "xcancel")},
    r"\argmax": r"\operatorname*{arg\,max}",
    r"\argmin": r"\operatorname*{arg\,min}",
    r"\color": r"\mathord{\vphantom{#1}}",
    r"\colorbox": r"{\vphantom{#1}#2}",
    r"\coloneq": ":=",
    r"\coloneqq": r"\mathrel{:=}",
    r"\gt": ">",
    r"\lt": "<",
    r"\omicron": "o",
    r"\textcolor": r"{\vphantom{#1}#2}",
    r"\widecheck": r"\check{#1}",
}  # fmt: skip


def whole(latex: str) -> str:
    """The formula without empty lines around and inside it, which LaTeX takes for paragraphs."""
    return _BLANK.sub("\n", latex.strip())


def rewrite(latex: str, labels: Mapping[str, str], numbers: Mapping[str, str]) -> str:
    r"""The formula for an article that has the ``labels``; ``numbers`` has those of other pages.

    ``labels`` says under which name a label of the article is known there.
    """

    def refer(match: re.Match[str]) -> str:
        label = match[match.lastgroup or 0]
        if label in labels:
            return match[0].replace(label, labels[label])
        return reference(match, numbers)

    return mathematics(whole(translate(latex, _TOKEN, _ENVIRONMENTS, refer)))


def inline(latex: str) -> str:
    """A formula in the text."""
    end = "\n" if "%" in latex else ""  # a comment would take what follows
    return f"${latex}{end}$"


def displayed(latex: str, named: Sequence[tuple[str, str]]) -> str:
    """A formula by itself; ``named`` has its labels with their numbers, of which one is its own."""
    lines = [r"\[", latex]
    if named:
        numbers = ", ".join(number for _, number in named)
        lines.append(rf"\tag{{{numbers}}}\label{{{named[0][0]}}}")
    return "\n".join([*lines, r"\]"])


def separate(latex: str) -> tuple[str, str]:
    """The formula without its definitions of macros, and these as a document has them."""
    rest, macros = take_definitions(latex)
    return rest, "\n".join(map(definition, macros))


def definition(macro: Macro) -> str:
    """A macro as LaTeX defines it, whether LaTeX has one of that name or not."""
    arity = f"[{macro.arity}]" if macro.arity else ""
    default = f"[{''.join(token.text for token in macro.default)}]" if macro.default else ""
    body = mathematics(macro.source)
    return rf"\DeclareRobustCommand{{\{macro.name}}}{arity}{default}{{{body}}}"


def preamble(formulas: Iterable[str], macros: Mapping[str, Macro]) -> Iterator[str]:
    """The definitions that some formulas need: the site's macros, then what LaTeX lacks."""
    needed: set[str] = set()
    waiting = [name for latex in formulas for name in _COMMAND.findall(latex)]
    own = MACROS | _LACKING
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            body = macros[name].source if name in macros else own.get(f"\\{name}", "")
            waiting += _COMMAND.findall(body)
    for name in sorted(needed):
        if name in macros:
            yield definition(macros[name])
        elif f"\\{name}" in own:
            body = own[f"\\{name}"]
            arity = max((int(digit) for digit in re.findall(r"#(\d)", body)), default=0)
            count = f"[{arity}]" if arity else ""
            yield rf"\providecommand{{\{name}}}{count}{{{body}}}"
