"""Pages of the site: what stands around a formula, and what keeps a page from being built."""

import logging
from collections.abc import Callable
from pathlib import Path

import markdown
import pytest

from proofread.markdown.configuration import configuration
from proofread.records import FileReport, Finding, Link, Place, Sample, Statement, SymbolRow
from proofread.surfaces.site import extension
from proofread.surfaces.site.index import Site, SitePage, Target, Told
from proofread.surfaces.site.status import unread

ROOT = Path(__file__).parent.parent
Convert = Callable[..., str]

HOLDS = Statement(
    line=3, column=1, end_line=5, end_column=2, display=True,
    latex="L = e^\\top e", kind="claim", verdict="holds", label="eq-loss",
    assumptions=("$X$ has full column rank",), held_constant=("y",), samples=24, sizes=4,
    links=(Link("=", "holds", "1×1", "1×1", 1.1e-16, "a <b>product</b>"),),
    example=Sample((("n", 3),), (("e", "(0.2, -1.3)"),), "1.7", "1.7"),
    notes=("L is taken as in line 51",),
)  # fmt: skip
TEXT = "# Page\n\n$$\nL = e^\\top e \\label{eq-loss}\n$$\n"


def page(
    text: str, *statements: Statement, front: int = 0, told: tuple[Told, ...] = ()
) -> SitePage:
    report = FileReport("docs/page.md", "numerator", statements)
    return SitePage("page.md", text, front, report, told, seconds=0.0)


@pytest.fixture
def convert(monkeypatch: pytest.MonkeyPatch) -> Convert:
    """Convert a page as MkDocs does, in a site that consists of it."""

    def run(
        built: SitePage, *targets: Target, twice: tuple[tuple[Target, Target], ...] = ()
    ) -> str:
        site = Site((built,), {target.label: target for target in targets}, twice,
                    {built.body.strip(): built})  # fmt: skip
        monkeypatch.chdir(ROOT)
        monkeypatch.setattr(extension, "read_site", lambda: site)
        extensions, settings = configuration()
        md = markdown.Markdown(
            extensions=[*extensions, "proofread.surfaces.site.extension"],
            extension_configs=settings,
        )
        return md.convert(built.body)

    return run


LOSS = Target("eq-loss", "page.md", "3.2", 4)


def test_a_displayed_formula_with_all_that_stands_around_it(convert: Convert) -> None:
    html = convert(page(TEXT, HOLDS), LOSS)
    assert (
        '<a href="#eq-loss" id="eq-loss" title="Permanent link to this formula">(3.2)</a>' in html
    )
    assert '<details class="check" data-state="holds"><summary title=' in html
    assert ">holds</summary>" in html
    for row in (
        "<dt>Samples</dt><dd>24, over 4 choices of sizes</dd>",
        "<dt>Largest relative difference</dt><dd>1.1 × 10<sup>−16</sup></dd>",
        "<dt>Assumed</dt><dd>$X$ has full column rank</dd>",
        '<dt>Held constant</dt><dd><span class="katex">',
        "<dt>Layout</dt><dd>numerator</dd>",
        "<dt>Note</dt><dd>L is taken as in line 51</dd>",
        " <code>= 3</code><br>",
        " <code>= (0.2, -1.3)</code></dd>",
        "<dt>Its left side</dt><dd><code>1.7</code></dd>",
        "<td>1×1 = 1×1</td><td>holds</td>",
        "<td>a &lt;b&gt;product&lt;/b&gt;</td>",
    ):
        assert row in html
    assert '<dt>One sample</dt><dd><span class="katex">' in html
    assert '<annotation encoding="application/x-tex">L = e^\\top e \\label{eq-loss}<' in html
    assert "1 statement: 1 holds. Derivatives are in numerator layout." in html


def test_a_definition_tells_the_shape_and_what_katex_cannot_show_stays_escaped(
    convert: Convert,
) -> None:
    statement = Statement(
        3, 1, 5, 2, True, "L = e^\\top e", "definition", "defines", introduces=("L", "\\no<b>")
    )
    report = FileReport(
        "docs/page.md", "mixed", (statement,), symbols=(SymbolRow("L", "scalar", "ℝ", 4),)
    )
    html = convert(SitePage("page.md", TEXT, 0, report, (), seconds=0.0), LOSS)
    assert "<dt>Defines</dt>" in html
    assert "</span>, scalar<br><code>\\no&lt;b&gt;</code></dd>" in html


def test_an_inequality_is_only_not_refuted(convert: Convert) -> None:
    statement = Statement(
        3,
        1,
        5,
        2,
        True,
        "x^2 \\ge 0",
        "claim",
        "holds",
        links=(Link("\\ge", "holds", "1×1", "1×1"),),
    )
    html = convert(page("# Page\n\n$$\nx^2 \\ge 0\n$$\n", statement))
    assert ">not refuted</summary>" in html
    assert "<td>1×1 ≥ 1×1</td><td>not refuted</td>" in html
    assert "holds" not in html


def test_a_reference_links_to_the_formula(
    convert: Convert, caplog: pytest.LogCaptureFixture
) -> None:
    text = (
        "See \\eqref{eq-loss}, $\\eqref{eq-loss}$ and $L = 0 \\quad \\text{by \\eqref{eq-loss}}$.\n"
    )
    other = Target("eq-loss", "losses/other.md", "3.2", 4)
    html = convert(page(text), other)
    link = '<a class="equation-reference" href="losses/other.md#eq-loss">(3.2)</a>'
    assert html.startswith(f"<p>See {link}, {link} and ")
    assert "by\N{NO-BREAK SPACE}(3.2)</mtext>" in html
    assert caplog.messages == []


def test_a_refuted_formula_shows_its_finding_and_passes(
    convert: Convert, caplog: pytest.LogCaptureFixture
) -> None:
    finding = Finding("step-unequal", "they differ", Place(6, 5), Place(6, 10))
    statement = Statement(
        6,
        5,
        6,
        10,
        True,
        "L = e",
        "claim",
        "fails",
        refuted=True,
        expected="fails",
        finding=finding,
    )
    text = '# Page\n\n!!! refuted "fails: no square"\n\n    $$\n    L = e\n    $$\n'
    told = Told("error[step-unequal]: they differ <b>", 6, 0, expected=True)
    html = convert(page(text, statement, told=(told,)))
    assert ">refuted, as meant</summary>" in html
    assert (
        '<code class="finding expected" data-search-exclude=""><span class="sentence">'
        "error[step-unequal]: they differ &lt;b&gt;</span>\n</code>" in html
    )
    assert caplog.messages == []


def test_a_formula_that_fails_is_complained_of(
    convert: Convert, caplog: pytest.LogCaptureFixture
) -> None:
    statement = Statement(3, 1, 5, 2, True, "L = e", "claim", "fails")
    told = Told("error[step-unequal]: they differ", 3, 0)
    unused = Told("error[unused-definition]: nothing uses a", 9)
    html = convert(page("# Page\n\n$$\nL = e\n$$\n", statement, told=(told, unused)))
    assert ">fails</summary>" in html
    assert html.count('class="finding"') == 2
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * 2
    assert caplog.records[0].name == "mkdocs.proofread"
    assert caplog.messages == [told.text, unused.text]


def test_what_katex_cannot_show_is_named_with_its_place(
    convert: Convert, caplog: pytest.LogCaptureFixture
) -> None:
    html = convert(page("# Page\n\nA $x + \\foo$.\n", front=4))
    message = (
        "error[not-rendered]: this formula cannot be shown: Undefined control sequence: \\foo\n"
        " --> docs/page.md:7:8"
    )
    assert caplog.messages == [message]
    assert "Undefined control sequence: \\foo" in html


def test_mathematics_that_stays_text_is_complained_of_once(
    convert: Convert, caplog: pytest.LogCaptureFixture
) -> None:
    text = "# Page\n\n$$\nL =\n\ne\n$$\n"
    convert(page(text, front=2))
    (first, *_) = caplog.messages
    assert first.startswith("error[not-rendered]: ")
    assert " --> docs/page.md:5:1" in first
    count = len(caplog.messages)
    caplog.clear()
    told = tuple(Told(f"told of line {line}", line) for line in range(1, 10))
    convert(page(text, front=2, told=told))
    assert caplog.messages == [one.text for one in told]
    assert count


def test_unknown_and_repeated_labels(convert: Convert, caplog: pytest.LogCaptureFixture) -> None:
    again = Target("eq-loss", "page.md", "1.1", 4)
    html = convert(
        page(TEXT + "\nSee \\eqref{eq-lost} and $\\eqref{eq-gone}$.\n", HOLDS),
        LOSS,
        twice=((LOSS, again),),
    )
    heads = [text.splitlines()[:2] for text in caplog.messages]
    assert sorted(heads) == [
        ["error[duplicate-label]: the label eq-loss is given twice", " --> docs/page.md:4:1"],
        ["error[unknown-label]: no formula has the label eq-gone", " --> docs/page.md:7:25"],
        ["error[unknown-label]: no formula has the label eq-lost", " --> docs/page.md:7:5"],
    ]
    assert "  = note: the first is in page.md, line 4" in "\n".join(caplog.messages)
    assert html.count('class="reference-missing"') == 2


def test_a_figure_of_the_routes(convert: Convert, caplog: pytest.LogCaptureFixture) -> None:
    text = (
        "- $\\theta_1 \\to e_1 \\to L$\n- $\\theta_1 \\to e_2 \\to L$\n\n"
        "<!-- proofread: routes -->\n"
    )
    html = convert(page(text))
    assert 'role="img" aria-label="Routes: θ1 to e1 to L; θ1 to e2 to L"' in html
    assert html.count("<rect ") == 4
    assert html.count('class="routes-way"') == 4
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("routes", "no list of routes stands beside the comment that asks for one"),
        (
            "rutes",
            (
                "nothing is known as rutes: "
                "expected figures, formulas, glossary, licences, map, routes, status, tags or "
                "unread"
            ),
        ),
    ],
)
def test_a_figure_that_cannot_be_made(
    convert: Convert, caplog: pytest.LogCaptureFixture, comment: str, message: str
) -> None:
    convert(page(f"# Page\n\n<!-- proofread: {comment} -->\n"))
    assert [text.splitlines()[0] for text in caplog.messages] == [
        f"error[unknown-figure]: {message}"
    ]


def test_the_status_counts_every_page(convert: Convert) -> None:
    html = convert(page("# Status\n\n<!-- proofread: status -->\n", HOLDS, HOLDS))
    assert '<th scope="row"><a href="page.md">Status</a></th>' in html
    assert (
        "<td>2</td><td>0</td><td>0</td><td>2</td><td>0</td><td>0</td><td>0</td><td>2</td><td>48</td>"
        in html
    )


def test_the_status_says_what_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "tests" / "cases").mkdir(parents=True)
    listed = tmp_path / "tests" / "cases" / "LEFT_OUT.md"
    listed.write_text("# Cases\n\n`- 01.md:12 why`\n", encoding="utf-8")
    (nothing,) = unread(tmp_path)
    assert nothing.text == (
        "Of the formulas that the engine’s tests hold, it answers all as it should."
    )
    listed.write_text("# Cases\n\n- 01.md:12 answers `holds`\n", encoding="utf-8")
    said, box = unread(tmp_path)
    assert said.text == ("The engine’s tests keep 1 formula that it does not answer as it should:")
    assert ["".join(item.itertext()) for item in box] == ["01.md:12 answers `holds`"]


def test_mathematics_in_a_heading_is_plain_in_the_contents(convert: Convert) -> None:
    built = page("# The gradient $\\nabla_\\theta L$ of it\n")
    convert(built)
    md = markdown.Markdown(
        extensions=[*configuration()[0], "proofread.surfaces.site.extension"],
        extension_configs=configuration()[1],
    )
    md.convert(built.body)
    assert md.toc_tokens[0]["name"] == "The gradient ∇θL of it"  # type: ignore[attr-defined]


def test_page_macros_hold_from_where_they_are_defined(
    convert: Convert, caplog: pytest.LogCaptureFixture
) -> None:
    html = convert(page("A $\\newcommand{\\half}{\\frac12}$ and $\\half$.\n"))
    assert "<mfrac>" in html
    assert caplog.messages == []
    convert(page("B $\\half$ and $\\newcommand{\\half}{\\frac12}$.\n"))
    assert len(caplog.messages) == 1
