"""Reports as JSON, as annotations, and what of them counts as open."""

from __future__ import annotations

import json
import math

from proofread.records import FileReport, Finding, Link, Note, Place, Repair, Report, Statement
from proofread.rendering.as_json import render_json, to_dict
from proofread.rendering.findings import finding_of
from proofread.rendering.github import render_annotation
from proofread.rendering.text import source_of
from proofread.surfaces.items import items_of
from proofread.surfaces.pages import CheckedPage

CLAIM = Statement(
    line=12,
    column=1,
    end_line=14,
    end_column=3,
    display=True,
    label="eq-gradient",
    latex="\\nabla_\\theta L = 2 X^\\top e",
    kind="claim",
    verdict="holds",
    assumptions=("X has full column rank",),
    samples=24,
    links=(Link("=", "holds", "n×1", "n×1", 1.1e-16, "chain rule"),),
    repairs=(Repair("sign", "...", Place(13, 5), Place(13, 9)),),
)


def place(line: int, column: int = 1) -> Place:
    return Place(line, column, "docs/x.md")


def statement(**changes: object) -> Statement:
    values: dict[str, object] = {
        "line": 3,
        "column": 5,
        "end_line": 3,
        "end_column": 9,
        "display": True,
        "latex": "a = b",
        "kind": "claim",
        "verdict": "fails",
    }
    return Statement(**(values | changes))  # type: ignore[arg-type]


def report(*statements: Statement, unused: tuple[Finding, ...] = ()) -> Report:
    return Report((FileReport("docs/x.md", "mixed", statements, unused),))


def test_json_has_these_keys_in_this_order() -> None:
    assert to_dict(report(CLAIM)) == {
        "version": 1,
        "files": [
            {
                "path": "docs/x.md",
                "layout": "mixed",
                "statements": [
                    {
                        "refuted": False,
                        "line": 12,
                        "column": 1,
                        "end_line": 14,
                        "end_column": 3,
                        "display": True,
                        "label": "eq-gradient",
                        "latex": "\\nabla_\\theta L = 2 X^\\top e",
                        "kind": "claim",
                        "verdict": "holds",
                        "code": None,
                        "at": None,
                        "message": None,
                        "assumptions": ["X has full column rank"],
                        "samples": 24,
                        "links": [
                            {
                                "relation": "=",
                                "verdict": "holds",
                                "left_shape": "n×1",
                                "right_shape": "n×1",
                                "error": 1.1e-16,
                                "reason": "chain rule",
                            }
                        ],
                        "repairs": [{"kind": "sign", "latex": "..."}],
                    }
                ],
            }
        ],
        "summary": {
            "declares": 0,
            "defines": 0,
            "holds": 1,
            "reads": 0,
            "fails": 0,
            "refused": 0,
            "undecided": 0,
        },
    }
    loaded = json.loads(render_json(report(CLAIM)), object_pairs_hook=list)
    assert [key for key, _ in loaded] == ["version", "files", "summary"]
    statements = dict(dict(loaded)["files"][0])["statements"]
    assert " ".join(key for key, _ in statements[0]) == (
        "refuted line column end_line end_column display label latex kind verdict code at message "
        "assumptions samples links repairs"
    )
    link = dict(statements[0])["links"][0]
    assert (
        " ".join(key for key, _ in link) == "relation verdict left_shape right_shape error reason"
    )


def test_json_is_ascii_and_the_same_each_time() -> None:
    text = render_json(report(CLAIM))
    assert text.isascii()
    assert "n\\u00d71" in text
    assert text == render_json(report(CLAIM))


def test_json_has_no_number_that_json_lacks_and_no_whole_number_for_an_error() -> None:
    links = tuple(
        Link("=", "fails", error=error) for error in (math.nan, math.inf, -math.inf, None, 0, 1)
    )
    text = render_json(report(statement(links=links)))
    found = json.loads(text)["files"][0]["statements"][0]["links"]
    assert [link["error"] for link in found] == [None, None, None, None, 0.0, 1.0]
    assert '"error": 0.0' in text
    assert "NaN" not in text
    assert "Infinity" not in text


def test_json_survives_characters_that_no_encoding_has() -> None:
    text = render_json(report(statement(latex="\ud800")))
    assert json.loads(text)["files"][0]["statements"][0]["latex"] == "\ud800"


def test_annotation_escapes_what_github_reads() -> None:
    finding = Finding(
        "step-unequal",
        "100% wrong: a, b",
        Place(3, 5, "docs/a,b:c%.md"),
        Place(4, 2, "docs/a,b:c%.md"),
        notes=(Note("sample", "left 1\r\nright 2"), Note("help", "write -x (verified)")),
    )
    assert render_annotation(finding) == (
        "::error file=docs/a%2Cb%3Ac%25.md,line=3,col=5,endLine=4,title=step-unequal::"
        "100%25 wrong: a, b%0Asample: left 1%0Aright 2%0Ahelp: write -x (verified)"
    )


def test_annotation_cannot_be_broken_out_of() -> None:
    finding = Finding("ambiguous", "a\n::stop-commands::x\x1b[2J", Place(1, 1), Place(1, 2))
    assert render_annotation(finding, "p.md") == (
        "::error file=p.md,line=1,col=1,endLine=1,title=ambiguous::"
        "a%0A::stop-commands::x<U+001B>[2J"
    )


def test_annotation_of_a_cell_names_the_notebook() -> None:
    start = Place(3, 5, "docs/x.ipynb#cell-2")
    assert render_annotation(Finding("ambiguous", "two readings", start, start)) == (
        "::error file=docs/x.ipynb,title=ambiguous::cell 2, line 3, column 5: two readings"
    )


def test_items_are_formulas_by_label_or_line() -> None:
    late = Finding("ambiguous", "two readings", place(9), place(9, 4))
    text = Finding("latex-syntax", "stays text", place(3, 8), place(3, 9))
    unused = Finding("unused-definition", "nothing uses q", place(5), place(5, 2))
    file = report(
        statement(verdict="holds"),
        statement(verdict="holds", column=9),
        statement(verdict="undecided", message="too few samples", piece=1),
        statement(line=9, verdict="refused", finding=late, label="eq-late", piece=2),
        statement(line=10, verdict="holds", label="eq-later", piece=2),
        statement(verdict="refused", finding=text, piece=-1),
        statement(verdict="refused", finding=text, piece=-1, column=7),
        unused=(unused,),
    ).files[0]
    shown = [
        (item.name, item.line, [finding.message for finding in item.findings])
        for item in items_of(file)
    ]
    assert shown == [
        ("line-3", 3, []),
        ("line-3-2", 3, ["too few samples"]),
        ("eq-late", 9, ["two readings"]),
        ("eq-later", 10, []),
        ("line-3-3", 3, ["stays text"]),
        ("line-3-4", 3, ["stays text"]),
        ("unused-line-5", 5, ["nothing uses q"]),
    ]


def checked_page(*, in_site: bool) -> CheckedPage:
    late = Finding("ambiguous", "two readings", place(9), place(9, 4))
    unused = Finding("unused-definition", "nothing uses q", place(5), place(5, 2))
    wrong = statement(line=9, verdict="refused", finding=late, label="eq-late")
    return CheckedPage(report(wrong, unused=(unused,)).files[0], source_of("a"), in_site)


def test_findings_of_a_site_say_how_to_run_the_formula_again() -> None:
    shown = [
        (label, finding.message, finding.notes[-1].text)
        for finding, label in checked_page(in_site=True).findings
    ]
    assert shown == [
        (None, "nothing uses q", 'pytest "docs/x.md::unused-line-5"'),
        ("eq-late", "two readings", 'pytest "docs/x.md::eq-late"'),
    ]


def test_page_of_no_site_may_define_what_it_does_not_use() -> None:
    found = checked_page(in_site=False).findings
    assert [(label, finding.message, finding.notes) for finding, label in found] == [
        ("eq-late", "two readings", ())
    ]


def test_refutation_that_holds_is_a_finding() -> None:
    wrong = statement(verdict="holds", refuted=True, expected="fails")
    assert finding_of(wrong, "docs/x.md") == Finding(
        "refuted",
        "the title expects fails, but the formula holds",
        Place(3, 5, "docs/x.md"),
        Place(3, 9, "docs/x.md"),
    )


def test_refutation_by_another_code_is_a_finding_that_says_both() -> None:
    finding = Finding("undeclared-symbol", "q is not declared", place(3, 7), place(3, 8))
    wrong = statement(
        verdict="refused",
        code="undeclared-symbol",
        refuted=True,
        expected="shape-mismatch",
        finding=finding,
    )
    assert finding_of(wrong, "docs/x.md") == Finding(
        "refuted",
        "the title expects shape-mismatch, but the formula is refused with undeclared-symbol: "
        "q is not declared",
        place(3, 7),
        place(3, 8),
    )


def test_refutation_that_is_met_is_no_finding() -> None:
    met = statement(refuted=True, expected="fails")
    (item,) = items_of(report(met).files[0])
    assert item.findings == ()
