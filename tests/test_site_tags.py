"""Tags and citations on the pages of the site, and the pages behind tags."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path

import markdown
import pytest

from proofread.markdown.configuration import configuration
from proofread.records import FileReport, Statement
from proofread.surfaces.site import extension
from proofread.surfaces.site.addresses import address_of, relative, tag_address
from proofread.surfaces.site.index import Site, SitePage, Target
from proofread.surfaces.site.licences import licence_files, works
from proofread.surfaces.site.tag_pages import in_words, write_tag_pages
from proofread.surfaces.tags.register import Register, parse

ROOT = Path(__file__).parent.parent
TEXT = "# The `loss` $L$\n\n$$\nL = e^\\top e \\label{eq-loss}\n$$\n"
HOLDS = Statement(3, 1, 5, 2, True, "L = e^\\top e", "claim", "holds", label="eq-loss", piece=1)
HEADER = "tag,given,names,retired,note\n"
TAGS = parse(f"{HEADER}B4K2,2026-11-21,eq-loss,,\nC111,2026-11-21,parts/page.md,,\n")
Convert = Callable[..., str]


def site_of(text: str, tags: Register, path: str = "parts/page.md", *, labels: bool = True) -> Site:
    report = FileReport(f"docs/{path}", "mixed", (HOLDS,) if labels else ())
    page = SitePage(path, text, 0, report, (), seconds=0.0)
    found = {"eq-loss": Target("eq-loss", path, "3.2", 4)} if labels else {}
    return Site((page,), found, (), {text.strip(): page}, tags)


@pytest.fixture
def convert(monkeypatch: pytest.MonkeyPatch) -> Convert:
    """Convert the only page of a site as MkDocs does."""

    def run(site: Site, site_url: str = "") -> str:
        monkeypatch.chdir(ROOT)
        monkeypatch.setattr(extension, "read_site", lambda: site)
        extensions, settings = configuration()
        name = "proofread.surfaces.site.extension"
        md = markdown.Markdown(
            extensions=[*extensions, name],
            extension_configs=settings | {name: {"site_url": site_url}},
        )
        return md.convert(site.pages[0].body)

    return run


def test_cite_stands_beside_the_page_and_the_formula(
    convert: Convert, caplog: pytest.LogCaptureFixture
) -> None:
    html = convert(site_of(TEXT, TAGS), "https://example.org/calculus")
    page, formula = html.split('<div class="page-cite">')[1].split('<div class="formula-cite">')
    assert page.startswith(
        '<details class="cite"><summary title="Cite this page">cite <code>C111</code></summary>'
        '<div class="cite-forms" data-search-exclude><p>The tag <a href="../../tag/C111/">C111</a> '
        "leads to this page wherever it moves.</p><p>BibTeX</p><pre><code>@misc{proofread-C111,\n"
    )
    assert formula.startswith(
        '<details class="cite"><summary title="Cite this formula">cite <code>B4K2</code></summary>'
    )
    for name in ("BibTeX", "BibLaTeX", "CSL-JSON", "RIS", "Plain text", "Markdown"):
        assert f"<p>{name}</p><pre><code>" in page
        assert f"<p>{name}</p><pre><code>" in formula
    assert "  title        = {The loss L: loss},\n" in formula
    assert "  url          = {https://example.org/calculus/tag/B4K2/}\n" in formula
    assert "(https://example.org/calculus/tag/B4K2/ " in unescape(formula)
    assert caplog.messages == []


def test_a_title_never_becomes_html(convert: Convert) -> None:
    text = TEXT.replace("The `loss`", "A `</code><script>` <b>bold</b> &")
    html = convert(site_of(text, TAGS))
    assert "<script>" not in html
    assert r"  title        = {A \ensuremath{<}/code\ensuremath{>}" in unescape(html)
    assert "<pre><code>[A &lt;/code&gt;&lt;script&gt; bold &amp; L](" in html.replace("\\", "")


def test_without_a_file_of_tags_nothing_is_cited(
    convert: Convert, caplog: pytest.LogCaptureFixture
) -> None:
    site = site_of(TEXT, TAGS)
    html = convert(Site(site.pages, site.labels, (), {TEXT.strip(): site.pages[0]}))
    assert "cite" not in html
    assert caplog.messages == []


def test_what_has_no_tag_stops_the_build(
    convert: Convert, caplog: pytest.LogCaptureFixture
) -> None:
    html = convert(site_of(TEXT, Register()))
    assert [text.splitlines()[:2] for text in caplog.messages] == [
        ["error[no-tag]: the page parts/page.md has no tag", " --> docs/parts/page.md:1:1"],
        ["error[no-tag]: the formula eq-loss has no tag", " --> docs/parts/page.md:4:1"],
    ]
    assert html.count('class="finding"') == 2
    assert "cite" not in html


def test_what_is_wrong_with_the_file_of_tags_stands_on_the_page_of_all_tags(
    convert: Convert, caplog: pytest.LogCaptureFixture
) -> None:
    tags = parse(f"{HEADER}B4K2,2026-11-21,eq-lost,,\nB4K,2026-11-21,eq-short,,\n")
    text = "# Tags\n\n<!-- proofread: tags -->\n"
    html = convert(site_of(text, tags, "tag/index.md", labels=False))
    assert [said.splitlines()[:2] for said in caplog.messages] == [
        [("error[malformed-tags]: expected a tag, which is a consonant and 3 consonants or digits, "
         "all but L, in capitals; found 'B4K'"), " --> docs/tags.csv:3:1"],
        ["error[lost-tag]: the tag B4K2 names eq-lost, and there is no formula with that label",
         " --> docs/tags.csv:2:1"],
    ]  # fmt: skip
    assert html.count('class="finding"') == 2


def test_the_table_of_all_tags(convert: Convert) -> None:
    tags = parse(
        f"{HEADER}B4K2,2026-11-21,eq-loss,,was <b>\nD222,2026-11-20,eq-old,2026-11-21,see B4K2\n"
    )
    text = f"{TEXT}\n<!-- proofread: tags -->\n"
    html = convert(site_of(text, tags, "tag/page.md"))
    assert (
        '<tr id="B4K2"><th scope="row"><code>B4K2</code></th>'
        '<td><a href="page.md#eq-loss">loss, formula (3.2) of “The `loss` $L$”</a></td>'
        "<td>2026-11-21</td><td>was &lt;b&gt;</td></tr>"
        '<tr id="D222"><th scope="row"><code>D222</code></th><td><code>eq-old</code></td>'
        "<td>2026-11-20</td><td>Retired on 2026-11-21: see B4K2</td></tr>"
    ) in html.replace("\n", "")


def test_the_page_of_a_tag_leads_to_the_formula(tmp_path: Path) -> None:
    write_tag_pages(tmp_path, site_of(TEXT, TAGS))
    formula = (tmp_path / "docs/tag/B4K2/index.html").read_text(encoding="utf-8")
    page = (tmp_path / "docs/tag/C111/index.html").read_text(encoding="utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../../parts/page/#eq-loss">' in formula
    assert '<meta http-equiv="refresh" content="0; url=../../parts/page/">' in page
    assert "<script" not in formula + page
    assert (
        '<p>This tag names <a href="../../parts/page/#eq-loss">'
        "loss, formula (3.2) of “The `loss` $L$”</a>.</p>"
    ) in formula


def test_a_tag_survives_the_rename_of_its_page(tmp_path: Path) -> None:
    write_tag_pages(tmp_path, site_of(TEXT, TAGS, "renamed.md"))
    formula = (tmp_path / "docs/tag/B4K2/index.html").read_text(encoding="utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../../renamed/#eq-loss">' in formula


def test_a_retired_tag_keeps_a_page_that_says_what_became_of_it(tmp_path: Path) -> None:
    tags = parse(
        f"{HEADER}B4K2,2026-11-21,eq-loss,,\n"
        "D222,2026-11-20,eq-old,2026-11-21,wrong <sign>: see B4K2 and F333\n"
        "G444,2026-11-20,old.md,2026-11-22,split\n"
    )
    write_tag_pages(tmp_path, site_of(TEXT, tags))
    formula = (tmp_path / "docs/tag/D222/index.html").read_text(encoding="utf-8")
    assert (
        "<h1>Tag D222 is retired</h1>\n"
        "<p>It was given to the formula eq-old on 2026-11-20, "
        "and nothing has had it since 2026-11-21.</p>\n"
        '<p>wrong &lt;sign&gt;: see <a href="../B4K2/">B4K2</a> and F333</p>\n'
    ) in formula
    assert "refresh" not in formula
    page = (tmp_path / "docs/tag/G444/index.html").read_text(encoding="utf-8")
    assert "<p>It was given to the page old.md on 2026-11-20, and nothing" in page


def test_pages_of_tags_that_are_not_in_the_file_go_and_the_table_stays(tmp_path: Path) -> None:
    folder = tmp_path / "docs" / "tag"
    (folder / "F333").mkdir(parents=True)
    (folder / "index.md").write_text("# Tags\n", encoding="utf-8")
    write_tag_pages(tmp_path, site_of(TEXT, TAGS))
    assert sorted(path.name for path in folder.iterdir()) == ["B4K2", "C111", "index.md"]
    written = (folder / "B4K2" / "index.html").stat().st_mtime_ns
    write_tag_pages(tmp_path, site_of(TEXT, TAGS))
    assert (folder / "B4K2" / "index.html").stat().st_mtime_ns == written


def test_addresses() -> None:
    assert [address_of(path) for path in ("index.md", "check/index.md", "notebooks/a.py")] == [
        ".", "check", "notebooks/a",
    ]  # fmt: skip
    assert relative(tag_address("B4K2"), "index.md") == "tag/B4K2/"
    assert relative(tag_address("B4K2"), "notebooks/a.py") == "../../tag/B4K2/"
    assert in_words("eq-squared-error") == "squared error"
    assert in_words("eq-") == "eq-"


# Licences ----------------------------------------------------------------------------------------


def test_the_licences_of_what_goes_with_the_site() -> None:
    found = {work.name: work.licence for work in works(ROOT)}
    assert {name: found[name] for name in ("katex", "pyodide", "@codemirror/view", "mpmath")} == {
        "katex": "MIT", "pyodide": "MPL-2.0", "@codemirror/view": "MIT", "mpmath": "BSD-3-Clause",
    }  # fmt: skip
    assert found["@fontsource-variable/source-serif-4"] == "OFL-1.1"
    assert found["mkdocs-material"] == "MIT"
    assert not {"esbuild", "axe-core", "commander", "ws", "@types/emscripten"} & set(found)
    targets = {target.relative_to(ROOT).as_posix(): text for text, target in licence_files(ROOT)}
    folder = "docs/assets/vendor/licences"
    for name, first in {
        "proofread/LICENSE": "MIT License",
        "katex/LICENSE": "The MIT License (MIT)",
        "pyodide/LICENSE": "Mozilla Public License Version 2.0",
        "pyodide/LICENSE-PYTHON": "A. HISTORY OF THE SOFTWARE",
    }.items():
        text = targets[f"{folder}/{name}.txt"].read_text(encoding="utf-8")
        assert text.startswith(first)


def test_the_texts_are_those_of_the_licence_that_the_file_and_the_footer_name() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("MIT License\n")
    assert "(CC BY 4.0)" in licence
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license">CC BY 4.0</a>' in (
        settings
    )
    footer = (ROOT / "proofread/surfaces/site/theme/partials/copyright.html").read_text("utf-8")
    assert 'rel="license">MIT</a>' in footer
