r"""The index of all formulas: what each is filed under, and how it is shown and searched for."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest

from proofread.markdown import read_page
from proofread.markdown.configuration import configuration
from proofread.records import FileReport, Statement
from proofread.surfaces.site import extension
from proofread.surfaces.site.classes import KINDS, LAYOUTS, OBJECTS, Classes
from proofread.surfaces.site.index import Site, SitePage, Target, read_site
from proofread.surfaces.site.labelled import Labelled, read_labelled
from proofread.surfaces.spelling import words_of
from proofread.surfaces.tags.register import parse

ROOT = Path(__file__).parent.parent

SETTING = r"""Let $X \in \mathbb{R}^{m \times n}$, $y \in \mathbb{R}^m$, $\theta \in \mathbb{R}^n$,
$t \in \mathbb{R}$, $A \in \mathbb{R}^{n \times n}$ and $W \in \mathbb{R}^{n \times k}$.

$$
e = X\theta - y
$$

$$
L = e^\top e
$$
"""


def read(latex: str, layout: str = "mixed") -> Labelled:
    """What is read in a formula behind the setting."""
    text = f"<!-- layout: {layout} -->\n\n{SETTING}\n$$\n{latex} \\label{{eq-it}}\n$$\n"
    return read_labelled(read_page(text), {}, {})["eq-it"]


@pytest.mark.parametrize(
    ("latex", "layout", "classes"),
    [
        (r"\nabla_\theta L = 2 X^\top e", "numerator",
         Classes("vector", "n×1", "gradient", ("product",), "gradient form", "scalar by n×1")),
        (r"\frac{\partial L}{\partial \theta} = 2 e^\top X", "numerator",
         Classes("vector", "1×n", "gradient", ("product",), "numerator", "scalar by n×1")),
        (r"\frac{\partial L}{\partial \theta} = 2 X^\top e", "denominator",
         Classes("vector", "n×1", "gradient", ("product",), "denominator", "scalar by n×1")),
        (r"\frac{\partial L}{\partial \theta} = 2 X^\top e", "mixed",
         Classes("vector", "n×1", "gradient", ("product",), "gradient form", "scalar by n×1")),
        (r"\frac{\partial e}{\partial \theta} = X", "mixed",
         Classes("matrix", "m×n", "Jacobian", (), "numerator", "m×1 by n×1")),
        (r"\frac{\partial e}{\partial \theta} = X^\top", "denominator",
         Classes("matrix", "n×m", "Jacobian", (), "denominator", "m×1 by n×1")),
        (r"\nabla_\theta^2 L = 2 X^\top X", "mixed",
         Classes("matrix", "n×n", "Hessian", ("product",), "gradient form",
                 "scalar by n×1, n×1")),
        (r"\frac{\partial^2 L}{\partial \theta \, \partial \theta^\top} = 2 X^\top X", "mixed",
         Classes("matrix", "n×n", "Hessian", ("product",), "gradient form",
                 "scalar by n×1, 1×n")),
        (r"\frac{\partial L}{\partial \theta_1} = 2 \sum_{i=1}^m e_i x_{i1}", "numerator",
         Classes("scalar", "scalar", "derivative", ("sum",), "none", "scalar by scalar")),
        (r"\frac{\partial (t \theta)}{\partial t} = \theta", "mixed",
         Classes("vector", "n×1", "derivative", (), "numerator", "n×1 by scalar")),
        (r"\mathrm{d}L = 2 e^\top X \, \mathrm{d}\theta", "numerator",
         Classes("scalar", "scalar", "differential", ("product",))),
        (r"f = \operatorname{tr}(A^{-1}) + \log\det(A A^\top)", "mixed",
         Classes("scalar", "scalar", "definition",
                 ("trace", "inverse", "log", "determinant", "product"))),
        (r"\nabla_W \operatorname{tr}(W^\top A W) = (A + A^\top) W", "denominator",
         Classes("matrix", "n×k", "gradient", ("trace", "product"), "gradient form",
                 "scalar by n×k")),
        (r"L = \lVert X\theta - y \rVert^2", "mixed",
         Classes("scalar", "scalar", "identity", ("norm", "product"))),
    ],
)  # fmt: skip
def test_what_a_formula_is_filed_under(latex: str, layout: str, classes: Classes) -> None:
    assert read(latex, layout).classes == classes


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\nabla_\theta L = X^\top \nabla_e L", r"\nabla_\theta L = X^\top \nabla_e L"),
        (
            (
                r"\begin{aligned} \nabla_\theta L &= X^\top \nabla_e L \\ &= 2 X^\top e"
                r" && \text{(why)} \\ &= 2 X^\top (X\theta - y) \end{aligned}"
            ),
            r"\nabla_\theta L = \cdots = 2 X^\top (X\theta - y)",
        ),
        (
            r"\begin{aligned} L &= e^\top e - 2t \\ &\quad + 2t \end{aligned}",
            r"\begin{aligned} L &= e^\top e - 2t \\ &\quad + 2t \end{aligned} \label{eq-it}",
        ),
        (
            r"\begin{bmatrix} L \\ L \end{bmatrix} = \begin{bmatrix} e^\top e \\ L \end{bmatrix}",
            r"\begin{bmatrix} L \\ L \end{bmatrix} = \begin{bmatrix} e^\top e \\ L \end{bmatrix}",
        ),
    ],
)
def test_a_formula_in_one_line(latex: str, shown: str) -> None:
    assert read(latex).latex.strip() == shown


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"\nabla_{W} L &= 2 \mathbf{W}", "nabla_W L = 2 W"),
        (r"\nabla_\theta L = 2 X^\top (X\theta - y)", "nabla_theta L = 2 X^top (X theta - y)"),
        (
            r"\frac{\partial \hat{y}_{ij}}{\partial x} \; = \left[ x_{12} \right] \label{eq-a}",
            "frac{partial hat{y}_{ij}}{partial x} = [ x_12]",
        ),
        (
            r"\begin{aligned} a &= b && \text{(by parts)} \\ &= c \end{aligned}",
            "a = b (by parts) = c",
        ),
        (r"\begin{bmatrix} a & b \\[1em] c & d \end{bmatrix} := M, \qquad n = 2",
         "a b c d := M, n = 2"),
        (r"\operatorname{tr}(A)", "tr(A)"),
        (r"X \in \R^{n}", "X in R^n"),
        (r"\nabla_{\boldsymbol{\theta}} L_{\text{half mean}}", "nabla_theta L_{half mean}"),
        (r"\mathrm{d}W^\top X\mathrm{d}\theta", "dW^top X d theta"),
        (r"{ \broken", "{ broken"),
    ],
)  # fmt: skip
def test_the_words_of_a_formula(latex: str, words: str) -> None:
    assert words_of(latex) == words


# The page ----------------------------------------------------------------------------------------

ROW = Labelled(
    r"\nabla_x s = 2x",
    (),
    "nabla_x s = 2x",
    Classes("vector", "n×1", "gradient", ("product",), "gradient form", "scalar by n×1"),
)
TAGS = parse(
    "tag,given,names,retired,note\nB4K2,2026-11-21,eq-<b>-grad,,\nC111,2026-11-21,parts/page.md,,\n"
)


def converted(monkeypatch: pytest.MonkeyPatch, row: Labelled) -> str:
    """The index of a site with one formula on one page."""
    monkeypatch.chdir(ROOT)
    label = "eq-<b>-grad"
    statement = Statement(3, 1, 5, 2, True, row.latex, "claim", "holds", label=label)
    report = FileReport("docs/parts/page.md", "mixed", (statement,))
    page = SitePage("parts/page.md", "# A <page>\n", 0, report, (), 0.0, {label: row})
    body = "# All\n\n<!-- proofread: formulas -->\n"
    own = SitePage("formulas.md", body, 0, FileReport("docs/formulas.md", "mixed", ()), (), 0.0)
    labels = {label: Target(label, "parts/page.md", "1.1", 4)}
    site = Site((page, own), labels, (), {body.strip(): own}, TAGS)
    monkeypatch.setattr(extension, "read_site", lambda: site)
    extensions, settings = configuration()
    names = [*extensions, "proofread.surfaces.site.extension"]
    return markdown.Markdown(extensions=names, extension_configs=settings).convert(body)


def test_the_row_of_a_formula(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    html = converted(monkeypatch, ROW)
    group = html[html.index("<tbody>") : html.index("</tbody>")].replace("\n", "")
    assert group.startswith(
        '<tbody><tr class="formula-index-page">'
        '<th colspan="5" data-search-exclude="" scope="rowgroup">'
        '<a href="parts/page.md">A &lt;page&gt;</a></th>'
        '<td data-column="tag" data-search-exclude="">'
        '<a href="../tag/C111/"><code>C111</code></a></td></tr>'
        '<tr data-layout="gradient form" data-object="vector" data-operation="gradient;product">'
        '<td><h2 id="eq-&lt;b&gt;-grad" class="formula-index-name">'
        '<a href="../parts/page/#eq-&lt;b&gt;-grad">&lt;b&gt; grad</a></h2>'
        '<p class="formula-index-words" hidden><code>nabla_x s = 2x</code>, '
        "gradient, vector, B4K2, A &lt;page&gt;</p>"
        '<div class="formula-box" data-search-exclude=""><span class="katex-display">'
    )
    cells = group[group.rindex('<td data-column="object"') :]
    assert cells == (
        '<td data-column="object" data-search-exclude="">vector</td>'
        '<td data-column="operation" data-search-exclude="">gradient; product</td>'
        '<td data-column="layout" data-search-exclude="">gradient form</td>'
        '<td data-column="shapes" data-search-exclude="">scalar by n×1 → n×1</td>'
        '<td data-column="tag" data-search-exclude="">'
        '<a href="../tag/B4K2/"><code>B4K2</code></a></td></tr>'
    )
    assert caplog.messages == []


def test_the_form_asks_for_what_there_is_and_is_shown_by_its_script(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    html = converted(monkeypatch, ROW)
    form = html[html.index("<form") : html.index("</form>")]
    assert form.startswith('<form class="formula-index-filter" data-search-exclude="" hidden="">')
    assert form.count("<option") == 3 + 1 + 2 + 1
    assert (
        '<select name="operation"><option value="">any</option>'
        '<optgroup label="The formula gives"><option value="gradient">gradient</option></optgroup>'
        '<optgroup label="There is in it"><option value="product">product</option></optgroup>'
    ) in form.replace("\n", "")
    assert '<script src="../assets/formula-index.js" type="module"></script>' in html


def test_a_formula_that_cannot_be_shown_in_the_index_stops_the_build(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    row = Labelled(r"\nabla_x s = 2x & <b>", ROW.macros, ROW.words, ROW.classes)
    html = converted(monkeypatch, row)
    assert r"<code>\nabla_x s = 2x &amp; &lt;b&gt;</code>" in html
    (said,) = caplog.messages
    assert said.splitlines()[:2] == [
        "error[not-rendered]: this formula cannot be shown in the index: Expected 'EOF', got '&'",
        " --> docs/parts/page.md:4:1",
    ]


def test_every_label_of_this_site_is_filed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    site = read_site()
    filed = {label: row for page in site.pages for label, row in page.labelled.items()}
    assert set(filed) == set(site.labels)
    assert filed
    for label, row in filed.items():
        assert row.classes.object in OBJECTS, label
        assert row.classes.kind in KINDS, label
        assert row.classes.layout in LAYOUTS, label
