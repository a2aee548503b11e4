r"""Text and code as pdfLaTeX takes them with no more than its basic packages.

What has no form there is refused: a letter that silently drops out of a formula would be an error
in the document that nobody made.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote

from pylatexenc.latexencode import (  # type: ignore[import-untyped]
    RULE_DICT,
    UnicodeToLatexConversionRule,
    UnicodeToLatexEncoder,
)

# The old text fonts have other signs in the places of the first three.
_OWN = {
    "<": r"\textless", ">": r"\textgreater", "|": r"\textbar", '"': "''", "–": "--", "—": "---",
    "“": "``", "”": "''", "‘": "`", "’": "'", "…": r"\ldots", "\u00a0": "~",
    "✓": r"\ensuremath{\checkmark}", "✗": r"\ensuremath{\times}", "≔": r"\ensuremath{:=}",
    "⟹": r"\ensuremath{\Longrightarrow}", "⟺": r"\ensuremath{\Longleftrightarrow}",
    "«": r"\ensuremath{\ll}", "»": r"\ensuremath{\gg}", "𝟙": r"\ensuremath{\mathbf{1}}",
}  # fmt: skip

# What the encoder knows and the basic packages do not.
_LACKING = re.compile(
    r"""\\(?: DH | dh | TH | th | DJ | dj | NG | ng | k | nument | acute | arrowwave\w+
    | dblarrowupdown | DownArrowUpArrow | rightangle | rightanglearc | surfintegral | volintegral
    | clwintegral | homothetic | lazysinv | approxnotequal | tildetrpl | allequal | estimates
    | starequal | notlessgreater | notgreaterless | truestate | forcesextra | VDash | original
    | image | hermitconjmatrix | verymuch\w+ | precedesnotsimilar | udots | clockoint | sqrint
    )(?![A-Za-z])""",
    re.VERBOSE,
)
_FIXED = {"'": 13, "`": 18}
"""Where the typewriter font has the straight ones."""
_IN_CODE = dict.fromkeys("“”", '"') | {"‘": "{\\char13}", "’": "{\\char13}"}
_SPECIAL = frozenset("\\{}'`")
_SPECIAL_IN_LINE = _SPECIAL | frozenset("$&#^_~%")


class CannotWrite(Exception):
    """Something of a page has no form in LaTeX; ``sign`` is the character, where it is one."""

    def __init__(self, message: str, sign: str = "") -> None:
        super().__init__(message)
        self.sign = sign


@cache
def _encoder() -> UnicodeToLatexEncoder:
    own = UnicodeToLatexConversionRule(RULE_DICT, {ord(sign): tex for sign, tex in _OWN.items()})
    return UnicodeToLatexEncoder(
        conversion_rules=[own, "defaults"],
        replacement_latex_protection="braces-after-macro",
        unknown_char_policy="fail",
        unknown_char_warning=False,
    )


@cache
def _encoded(sign: str) -> str:
    try:
        tex: str = _encoder().unicode_to_latex(sign)
    except ValueError:
        tex = ""
    if not tex or _LACKING.search(tex):
        raise CannotWrite(f"LaTeX has no form for the character {sign} (U+{ord(sign):04X})", sign)
    return tex


def text(words: str) -> str:
    """Prose; two hyphens stay two hyphens."""
    return "".join(map(_encoded, words)).replace("{}{}", "{}").replace("--", "-{}-")


def code(words: str) -> str:
    """Code inside a line."""
    return "".join(_in_code(sign, _SPECIAL_IN_LINE) for sign in words)


def listing(words: str) -> str:
    """Code in lines of its own, for the environment ``alltt``."""
    return "".join(_in_code(sign, _SPECIAL) for sign in words.expandtabs(4))


def _in_code(sign: str, special: frozenset[str]) -> str:
    if sign in special:
        return rf"{{\char{_FIXED.get(sign, ord(sign))}}}"
    if sign == "\n" or " " <= sign <= "~":
        return sign
    return _IN_CODE.get(sign) or f"{{{_encoded(sign)}}}"


def mathematics(latex: str) -> str:
    """A formula, in which only letters from beyond ASCII need another form."""
    return "".join(sign if sign.isascii() else f"{{{_encoded(sign)}}}" for sign in latex)


def address(url: str) -> str:
    r"""A web address in the argument of ``\href``."""
    safe = quote(url, safe="%/:?#[]@!$&'()*+,;=-._~")
    return safe.replace("%", r"\%").replace("#", r"\#").replace("&", r"\&")
