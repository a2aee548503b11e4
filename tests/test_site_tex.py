"""Each page as LaTeX: it says what the page says, names where it is from, and compiles."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from proofread.commands.known import known_commands
from proofread.commands.typography import CASES, ENVIRONMENTS, MATRICES
from proofread.latex.macros import read_macros
from proofread.surfaces.files import CannotStart
from proofread.surfaces.site.citations import Work
from proofread.surfaces.site.index import read_site
from proofread.surfaces.site.paper import characters, mathematics
from proofread.surfaces.site.paper.characters import CannotWrite
from proofread.surfaces.site.paper.document import document
from proofread.surfaces.site.paper.names import built_file, file_name
from proofread.surfaces.site.paper.pages import read_soup
from proofread.surfaces.site.paper.taken import write_paper
from proofread.surfaces.site.rewriting import MACROS

ROOT = Path(__file__).parent.parent
SITE = ROOT / "site"
IMPRINT = (
    '<p class="page-imprint" data-day="2026-11-21" data-authors="The authors">'
    'Proofread, tag B4K2, version 0.1.0, CC BY 4.0. <a href="../tag/B4K2/">here</a></p>'
)
CANONICAL = '<link rel="canonical" href="https://example.org/p/">'
SITE_MACROS = read_macros(r"\newcommand{\R}{\mathbb{R}} \newcommand{\v}[1]{\boldsymbol{#1}}")


def inline(latex: str) -> str:
    return f'<span class="formula-inline"><math><annotation>{latex}</annotation></math></span>'


def displayed(latex: str, labels: dict[str, str] | None = None) -> str:
    anchors = "".join(f'<a id="{name}">({number})</a>' for name, number in (labels or {}).items())
    numbers = f'<div class="formula-numbers">{anchors}</div>' if anchors else ""
    return (
        f'<div class="formula"><div class="formula-box"><annotation>{latex}</annotation></div>'
        f'{numbers}<footer class="formula-check"><details '
        'class="check"><summary>holds</summary><p>No word of it.</p></details></footer></div>'
    )


def written(body: str, head: str = CANONICAL) -> str:
    html = f"<head>{head}</head><article><h1>A title</h1>{body}{IMPRINT}</article>"
    return document(read_soup(html), {"eq-there": "7.1", "eq-a": "3.1", "eq-b": "3.2"}, SITE_MACROS)


def body_of(body: str, head: str = CANONICAL) -> str:
    """What stands below the title."""
    return (
        written(body, head).partition("\\thispagestyle{fancy}\n\n")[2].partition("\n\n\\end{doc")[0]
    )


def compiles(folder: Path, *sources: Path) -> str:
    """What pdfLaTeX says where it stops at one of some documents, or nothing."""
    if shutil.which("pdflatex") is None:
        message = "the test needs LaTeX: on Debian, apt-get install texlive-latex-base"
        if os.environ.get("CI"):
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    for source in sources:
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", str(source)]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        if done.returncode:
            return done.stdout.decode("utf-8", "replace")
    return ""


# The pages of the site ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def documents() -> dict[str, Path]:
    if not (SITE / "index.html").is_file():
        pytest.fail("there is no built site: run make site first", pytrace=False)
    pages = [page for page in read_site(ROOT).pages if page.statements]
    return {page.path: SITE / Path(built_file(page.path)).parent / file_name(page.path)
            for page in pages}  # fmt: skip


def test_every_page_with_mathematics_compiles(documents: dict[str, Path], tmp_path: Path) -> None:
    assert len(documents) > 10
    assert compiles(tmp_path, *documents.values()) == ""
    for path in documents.values():
        log = (tmp_path / path.with_suffix(".log").name).read_text("utf-8", "replace")
        assert "undefined" not in log.replace("There were undefined references", ""), path


def test_every_page_names_its_tag_and_version(documents: dict[str, Path]) -> None:
    register = read_site(ROOT).tags
    assert register is not None
    for path, file in documents.items():
        tag = register.of(path)
        assert tag is not None
        text = file.read_text(encoding="utf-8")
        assert f"tag {tag.tag}, version 0.1.0" in text, path
        assert "CC BY 4.0" in text, path
        assert f'href="{file_name(path)}" download' in (file.parent / "index.html").read_text()


def test_a_wrong_formula_would_not_compile(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.tex"
    wrong.write_text(written(displayed(r"\unheardof")), encoding="utf-8")
    assert "Undefined control sequence" in compiles(tmp_path, wrong)


# What is known of LaTeX --------------------------------------------------------------------------


def test_every_command_that_pages_may_use_is_known(tmp_path: Path) -> None:
    names = {name for name in known_commands() if not name.endswith("*")} - {"relax"}
    names |= {name[1:] for name in MACROS if name[1].isalpha()}
    text = written("".join(inline(f"\\{name}") for name in sorted(names)))
    preamble, _, _ = text.partition(r"\begin{document}")
    checks = [
        rf"\ifcsname {name}\endcsname\else\errmessage{{no {name}}}\fi" for name in sorted(names)
    ]
    lines = [preamble, r"\begin{document}", *checks, r"x\end{document}"]
    (tmp_path / "known.tex").write_text("\n".join(lines), encoding="utf-8")
    assert compiles(tmp_path, tmp_path / "known.tex") == ""


def test_every_environment_compiles(tmp_path: Path) -> None:
    named = sorted(ENVIRONMENTS | set(MATRICES) | CASES)
    given = {"array": "{cc}", "alignat": "{1}", "alignat*": "{1}", "alignedat": "{1}"}
    words = "equation displaymath math gather gathered multline multlined dmath"
    one_column = set(words.split())
    one_column |= {f"{name}*" for name in one_column} | {"subequations"}
    formulas = [
        displayed(
            rf"\begin{{{name}}}{given.get(name, '')} a {'' if name in one_column else '&amp;'} = b"
            rf"\label{{eq-{number}}} \end{{{name}}}",
            {f"eq-{number}": f"1.{number}"},
        )
        for number, name in enumerate(named)
    ]
    file = tmp_path / "environments.tex"
    file.write_text(written("".join(formulas)), encoding="utf-8")
    assert compiles(tmp_path, file) == ""


def test_letters_of_many_alphabets_compile(tmp_path: Path) -> None:
    letters = "äéñçøåßŁłőθΣ×−≤≥→⟹∇∈∞…–—“”‘’«»<>|\"'`~^_#$%&{}\\✓€½²₁ℝ𝟙"
    file = tmp_path / "letters.tex"
    body = characters.text(letters).replace("\\", "\\")
    html = f"<p>{letters.replace('&', '&amp;').replace('<', '&lt;')}</p>"
    listing = f"<pre><code>{html[3:-4]}\n</code></pre><p><code>{html[3:-4]}</code></p>"
    text = written(html + listing + inline(r"\text{é} + θ"))
    assert body in text
    file.write_text(text, encoding="utf-8")
    assert compiles(tmp_path, file) == ""


# What becomes of a page --------------------------------------------------------------------------


def test_formulas_keep_their_numbers_and_are_referred_to() -> None:
    link = '<p>See <a href="#eq-a">(3.1)</a> and <a href="../there/#eq-there">(7.1)</a>.</p>'
    assert body_of(displayed("a = b\n\\label{eq-a}", {"eq-a": "3.1"}) + link) == (
        "% holds\n\\[\na = b\n\\tag{3.1}\\label{eq-a}\n\\]\n\n"
        "See \\eqref{eq-a} and \\href{https://example.org/there/\\#eq-there}{(7.1)}."
    )


def test_a_block_with_two_labels_has_both_numbers_and_one_name() -> None:
    labels = {"eq-a": "3.1", "eq-b": "3.2"}
    latex = r"\begin{align} a &amp;= b \label{eq-a} \\ c &amp;= d \label{eq-b} \end{align}"
    assert body_of(displayed(latex, labels) + '<p><a href="#eq-b">(3.2)</a></p>') == (
        "% holds\n\\[\n\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}\n"
        "\\tag{3.1, 3.2}\\label{eq-a}\n\\]\n\n\\hyperref[eq-a]{(3.2)}"
    )


def test_a_formula_refers_to_others_here_and_there() -> None:
    referring = inline(r"\eqref{eq-a} \eqref{eq-there}")
    found = body_of(displayed("a", {"eq-a": "3.1"}) + f"<p>{referring}</p>")
    assert found.endswith(r"$\eqref{eq-a} \text{(7.1)}$")


def test_a_page_without_an_address_has_no_links_to_others() -> None:
    assert body_of('<p><a href="../there/">There</a></p>', "") == "There"


def test_lists_boxes_tabs_code_and_notes() -> None:
    html = """
<ol><li>One</li><li>Two<ul><li>Deep</li></ul></li></ol>
<div class="admonition refuted"><p class="admonition-title">fails: the sign</p><p>No.</p></div>
<details class="result"><summary>Answer</summary><p>Yes.</p></details>
<div class="tabbed-set"><input><div class="tabbed-labels"><label>A</label><label>B</label></div>
<div class="tabbed-content"><div class="tabbed-block"><p>a</p></div>
<div class="tabbed-block"><p>b</p></div></div></div>
<div class="highlight"><span class="filename">a_b.py</span><pre><code>x = {'k': 1}
</code></pre></div>
<dl><dt>Term</dt><dd>What it is</dd></dl><blockquote><p>Said</p></blockquote><hr>
<p>A note.<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup> <strong>b</strong>
<em>c</em> <code>$d_1$</code></p>
<div class="footnote"><ol><li id="fn:1"><p>Below.
<a class="footnote-backref">x</a></p></li></ol></div>
"""
    assert body_of(html) == (
        r"""\begin{enumerate}
\item One
\item Two

\begin{itemize}
\item Deep
\end{itemize}
\end{enumerate}

\begin{remarkbox}{Wrong on purpose: fails: the sign}
No.
\end{remarkbox}

\begin{remarkbox}{Result: Answer}
Yes.
\end{remarkbox}

\begin{remarkbox}{A}
a
\end{remarkbox}

\begin{remarkbox}{B}
b
\end{remarkbox}

\noindent\texttt{a{\char95}b.py}
\begin{alltt}\footnotesize
x = {\char123}{\char13}k{\char13}: 1{\char125}
\end{alltt}

\begin{description}
\item[{Term}]
What it is
\end{description}

\begin{quote}
Said
\end{quote}

\par\noindent\hrulefill\par

A note.\footnote{Below.} \textbf{b}
\emph{c} \texttt{{\char36}d{\char95}1{\char36}}"""
    )


def test_a_table_has_columns_as_wide_as_what_they_hold() -> None:
    html = "<table><tr><th>a</th><th>b</th></tr><tr><td>long words</td><td>c</td></tr></table>"
    column = r">{\raggedright\arraybackslash}p{\dimexpr%s\linewidth-2\tabcolsep\relax}"
    assert body_of(html) == "\n".join(
        (
            rf"\begin{{longtable}}{{@{{}}{column % '0.714'}{column % '0.286'}@{{}}}}",
            r"\hline",
            "\\textbf{a} &\n\\textbf{b} \\\\",
            r"\hline\endhead",
            "long words &\nc \\\\",
            r"\hline",
            r"\end{longtable}",
        )
    )


def test_pictures_are_told_and_headings_with_mathematics_are_outlined() -> None:
    html = f'<p><img src="a.svg" alt="Four curves."></p><h2 id="b">The {inline("x_1")}</h2>'
    assert body_of(html) == (
        "\\emph{Figure on \\href{https://example.org/p/}{the page}: Four curves.}\n\n"
        r"\section*{\texorpdfstring{The $x_1$}{The}}"
    )


def test_only_macros_that_are_used_come_along() -> None:
    text = written(displayed(r"\v{x} = \rank(A)"))
    assert r"\DeclareRobustCommand{\v}[1]{\boldsymbol{#1}}" in text
    assert r"\providecommand{\rank}{\operatorname{rank}}" in text
    assert r"\R" not in text


def test_macros_of_the_page_hold_from_where_they_stand() -> None:
    box = r'<div class="formula" data-defines="\newcommand{\half}{\tfrac12}"></div>'
    assert body_of(box + displayed(r"\newcommand{\W}{W} \half \W")) == (
        "\\DeclareRobustCommand{\\half}{\\tfrac12}\n\n"
        "% holds\n\\DeclareRobustCommand{\\W}{W}\n\\[\n\\half \\W\n\\]"
    )


def test_a_formula_is_an_article_s_formula() -> None:
    assert mathematics.rewrite("a\n\n\n+ b", {}, {}) == "a\n+ b"
    assert mathematics.rewrite(r"\mathbb{1} \mathbb{R}", {}, {}) == (
        r"{\mathrm{1}\mkern-4.5mu\mathrm{l}} \mathbb{R}"
    )
    assert mathematics.rewrite(r"a \tag{*} \\\label{b} c", {}, {}) == r"a \\c"
    assert mathematics.inline("a % b") == "$a % b\n$"


# What has no form --------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["龍", "ð", "⦿"])
def test_a_character_without_a_form_is_refused(sign: str) -> None:
    with pytest.raises(CannotWrite) as error:
        characters.text(f"a {sign} b")
    assert str(error.value) == (f"LaTeX has no form for the character {sign} (U+{ord(sign):04X})")


def test_an_element_without_a_form_is_refused() -> None:
    with pytest.raises(CannotWrite) as error:
        written("<p><video></video></p>")
    assert str(error.value) == "LaTeX has no form for the element <video>"


def test_the_build_says_where_the_character_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "macros.tex").write_text("", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("nav: [a.md]\n", encoding="utf-8")
    (tmp_path / "docs" / "a.md").write_text(
        "# A\n\nLet $x \\in \\mathbb{R}$ be 龍.\n", encoding="utf-8"
    )
    built = tmp_path / "site" / "a"
    built.mkdir(parents=True)
    html = f"<article><h1>A</h1><p>be 龍</p>{IMPRINT}</article>"
    (built / "index.html").write_text(html, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotStart) as error:
        write_paper(Path(), Path("site"), read_site(Path()), Work("", (), "", ""))
    assert str(error.value) == (
        "docs/a.md, line 3: LaTeX has no form for the character 龍 (U+9F8D)"
    )
