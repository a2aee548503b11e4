"""Commands without a value: letters, accents, fonts, brackets, spaces, relations, big operators."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GREEK = _words(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda "
    "mu nu xi omicron pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega varSigma varOmega varLambda "
    "varPhi varPsi varTheta varGamma varDelta ell hbar imath jmath aleph wp"
)

ACCENTS = {
    "hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde",
    "widetilde": "tilde", "vec": "vec", "overrightarrow": "vec", "dot": "dot", "ddot": "ddot",
    "check": "check", "widecheck": "check", "breve": "breve", "acute": "acute", "grave": "grave",
    "mathring": "mathring", "underline": "underline",
}  # fmt: skip

BOLD = "mathbf"
FONTS = {
    "mathbf": BOLD, "boldsymbol": BOLD, "bm": BOLD, "pmb": BOLD, "symbf": BOLD, "bold": BOLD,
    "mathbfit": BOLD, "mathcal": "mathcal", "mathscr": "mathscr", "mathfrak": "mathfrak",
    "mathbb": "mathbb", "Bbb": "mathbb", "mathsf": "mathsf", "mathtt": "mathtt",
    "mathnormal": "", "mathit": "mathrm", "mathrm": "mathrm", "operatorname": "mathrm",
    "operatorname*": "mathrm", "text": "mathrm", "textrm": "mathrm", "textbf": BOLD,
    "textit": "mathrm", "mbox": "mathrm", "textsf": "mathsf", "texttt": "mathtt",
    "textnormal": "mathrm", "hbox": "mathrm", "mathop": "mathrm",
}  # fmt: skip
"""The font of a command's argument; upright names of several letters are names of their own."""

TEXT_FONTS = frozenset({"text", "textrm", "mbox", "textnormal", "hbox", "textit", "textbf"})
UPRIGHT_FONTS = frozenset(
    {"mathrm", "operatorname", "operatorname*", "mathop", "mathit"} | TEXT_FONTS
)
FONT_SWITCHES = {
    "bf": "mathbf", "rm": "mathrm", "it": "mathit", "cal": "mathcal", "sf": "mathsf",
    "tt": "mathtt", "bfseries": "mathbf", "rmfamily": "mathrm",
}  # fmt: skip

IGNORED = _words(
    ", ; : ! > quad qquad enspace enskip thinspace medspace thickspace negthinspace nobreak "
    "negmedspace negthickspace displaystyle textstyle scriptstyle scriptscriptstyle limits "
    "nolimits nonumber notag hfill mathstrut strut allowbreak break relax hline "
    "null noindent newline displaylimits mathopen mathclose mathinner mathpunct smash /"
) | {" "}
WIDE_SPACES = frozenset({"quad", "qquad", "enspace"})
IGNORED_WITH_ARGUMENT = _words(
    "label tag tag* hspace hspace* vspace vspace* phantom hphantom vphantom kern mkern mskip "
    "rule hskip cline"
)
TRANSPARENT = _words(
    "boxed fbox mathord mathbin mathrel ensuremath cancel bcancel xcancel framebox colorbox"
)
"""Commands that stand for their argument."""

SIZES = _words(
    "left right middle big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm "
    "biggm Biggm"
)

BAR_COMMANDS = frozenset({"|", "Vert", "vert", "lvert", "rvert", "lVert", "rVert"})
BRACKETS = {
    "(": ")", "[": "]", "\\{": "\\}", "\\lbrace": "\\rbrace", "\\lbrack": "\\rbrack",
    "\\langle": "\\rangle", "\\lvert": "\\rvert", "\\lVert": "\\rVert", "\\lfloor": "\\rfloor",
    "\\lceil": "\\rceil", "\\lgroup": "\\rgroup",
}  # fmt: skip

RELATIONS = {
    "=": "=", "equiv": "≡", "neq": "≠", "ne": "≠", "<": "<", ">": ">", "lt": "<", "gt": ">",
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "leqq": "≤",
    "geqq": "≥", "approx": "≈", "propto": "∝", "in": "∈", "succ": "≻", "succeq": "⪰",
    "prec": "≺", "preceq": "⪯", "coloneqq": ":=", "triangleq": ":=", "doteq": ":=",
    "coloneq": ":=", "leftarrow": "←", "gets": "←", "to": "→", "rightarrow": "→",
    "longrightarrow": "→", "implies": "⟹", "Rightarrow": "⟹", "Longrightarrow": "⟹",
    "impliedby": "⟸", "Leftarrow": "⟸", "Longleftarrow": "⟸", "iff": "⟺",
    "Leftrightarrow": "⟺", "Longleftrightarrow": "⟺", "simeq": "≈", "succcurlyeq": "⪰",
    "preccurlyeq": "⪯", "mapsto": "↦", "def": ":=", "eqdef": ":=", "cong": "≅",
    "overset": "overset", "stackrel": "overset", "stackrel*": "overset", "notin": "∉",
    "ll": "≪", "gg": "≫", "sim": "∼", "subset": "⊂", "subseteq": "⊆", "perp": "⟂",
    "mid": "|", "lesssim": "≲", "gtrsim": "≳",
}  # fmt: skip

DOTS = _words("dots ldots cdots dotsi dotsb dotsc dotsm dotso vdots ddots hdots iddots adots")

BIG_OPERATORS = {"sum": "sum", "prod": "prod"}

FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac"})

OUT_OF_SCOPE = {
    "int": "integrals", "iint": "integrals", "iiint": "integrals", "oint": "integrals",
    "lim": "limits", "limsup": "limits", "liminf": "limits", "sim": "distributions",
    "Pr": "probabilities", "mathbb{E}": "expectations", "mathbb{V}": "variances",
    "mathbb{P}": "probabilities", "mathrm{E}": "expectations", "mathrm{Var}": "variances",
    "mathrm{Cov}": "covariances", "mathrm{var}": "variances", "mathrm{cov}": "covariances",
    "mathcal{N}": "distributions", "mathrm{KL}": "divergences of distributions",
    "sup": "suprema", "inf": "infima", "bigcup": "unions", "bigcap": "intersections",
    "cup": "unions", "cap": "intersections", "setminus": "differences of sets",
    "binom": "binomial coefficients", "dbinom": "binomial coefficients",
    "Re": "complex numbers", "Im": "complex numbers", "exists": "existence statements",
    "bmod": "remainders", "pmod": "remainders", "mod": "remainders",
    "lfloor": "rounding", "lceil": "rounding", "coprod": "coproducts",
    "oplus": "direct sums", "ominus": "other sums", "bigoplus": "direct sums",
    "bigotimes": "products over an index of Kronecker type", "mathbb{C}": "complex numbers",
    "wedge": "exterior products", "otimes_": "tensor products", "infty": "infinity",
    "pm": "several signs at once", "mp": "several signs at once",
}  # fmt: skip
"""What is refused by its name, and the word for it."""

ENVIRONMENTS = _words(
    "aligned align align* split gather gather* gathered multline multline* equation equation* "
    "array alignedat alignat alignat* eqnarray eqnarray* flalign flalign* displaymath math "
    "multlined dmath dmath* aligned* subequations"
)
MATRICES = {
    "matrix": "", "bmatrix": "", "pmatrix": "", "Bmatrix": "", "vmatrix": "bars",
    "Vmatrix": "norm", "smallmatrix": "", "bsmallmatrix": "", "psmallmatrix": "",
}  # fmt: skip
CASES = frozenset({"cases", "dcases", "rcases"})

INFIX_COMMANDS = frozenset({"cdot", "times", "odot", "oslash", "otimes", "circ", "bullet", "ast"})
