"""Pages as tests: what is collected, how one is named and run, and what a failure looks like."""

from __future__ import annotations

import pytest

PAGE = r"""# A page

Let $x \in \mathbb{R}^n$.

$$
\nabla_x (x^\top x) = 2x \label{eq-right}
$$

$$
\nabla_x (x^\top x) = x \label{eq-wrong}
$$

$$
\nabla_x (x^\top x) = 2x
$$
"""
BOOK = r"""# %% [markdown]
# Let $x \in \mathbb{R}^n$.
#
# $$
# \nabla_x (x^\top x) = 2x \label{eq-book}
# $$

# %%
raise SystemExit("a page is not imported")
"""


@pytest.fixture
def site(pytester: pytest.Pytester) -> pytest.Pytester:
    """A site of one page and one notebook beside tests of its own."""
    for name, text in {
        "mkdocs.yml": "",
        "conftest.py": "pytest_plugins = ('proofread.surfaces.collection',)\n",
        "pytest.ini": "[pytest]\ntestpaths = tests docs\n",
        "tests/test_own.py": "def test_own():\n    pass\n",
        "docs/page.md": PAGE,
        "docs/book.py": BOOK,
        "docs/plain.py": "raise SystemExit('nor is anything else')\n",
        "notes/other.md": PAGE,
    }.items():
        path = pytester.path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return pytester


def run(site: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return site.runpytest("-p", "no:cacheprovider", *arguments)


def test_pages_are_collected_beside_the_tests(site: pytest.Pytester) -> None:
    result = run(site, "--collect-only", "-q")
    names = [line for line in result.outlines if "::" in line]
    assert names == [
        "tests/test_own.py::test_own",
        "docs/book.py::line-2",
        "docs/book.py::eq-book",
        "docs/page.md::line-3",
        "docs/page.md::eq-right",
        "docs/page.md::eq-wrong",
        "docs/page.md::line-13",
    ]


def test_failure_is_the_finding_and_no_traceback(site: pytest.Pytester) -> None:
    result = run(site, "docs/page.md::eq-wrong")
    result.assert_outcomes(failed=1)
    text = result.stdout.str()
    result.stdout.fnmatch_lines(
        [
            "*docs/page.md::eq-wrong*",
            "error[[]step-unequal[]]: *",
            "* --> docs/page.md:10:*",
            "10 | *= x*",
            '   = rerun: pytest "docs/page.md::eq-wrong"',
        ]
    )
    assert "Traceback" not in text
    assert "collection.py" not in text


@pytest.mark.parametrize("name", ["docs/page.md::eq-right", "docs/book.py::eq-book"])
def test_one_formula_runs_by_its_name(site: pytest.Pytester, name: str) -> None:
    run(site, name).assert_outcomes(passed=1)


def test_whole_run(site: pytest.Pytester) -> None:
    run(site).assert_outcomes(passed=6, failed=1)


def test_page_is_checked_once(site: pytest.Pytester) -> None:
    site.makeconftest(
        """
        import proofread
        pytest_plugins = ("proofread.surfaces.collection",)
        real = proofread.check_page
        def check(page, **options):
            print("checked", page.path)
            return real(page, **options)
        proofread.check_page = check
        """
    )
    result = site.runpytest_subprocess("-s", "-p", "no:cacheprovider", "docs/page.md")
    assert result.stdout.str().count("checked docs/page.md") == 1


def test_definition_that_nothing_uses_fails(site: pytest.Pytester) -> None:
    (site.path / "docs/page.md").write_text("Let $x \\in \\mathbb{R}^n$ and $q = 2x$.\n")
    result = run(site, "docs/page.md::unused-line-1")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["error[[]unused-definition[]]: *", "* --> docs/page.md:1:*"])


def test_page_that_cannot_be_read_is_an_error_without_traceback(site: pytest.Pytester) -> None:
    (site.path / "docs/page.md").write_bytes(b"abc\xe9")
    result = run(site, "docs/page.md")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["docs/page.md is not UTF-8 text: byte 4 does not fit"])
    assert "Traceback" not in result.stdout.str()


def test_two_formulas_of_one_line_have_two_names(site: pytest.Pytester) -> None:
    text = "Let $x \\in \\mathbb{R}^n$ and $z \\in \\mathbb{R}^n$.\n"
    (site.path / "docs/page.md").write_text(text)
    result = run(site, "--collect-only", "-q", "docs/page.md")
    names = [line for line in result.outlines if "::" in line]
    assert names == ["docs/page.md::line-1", "docs/page.md::line-1-2"]
