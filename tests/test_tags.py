"""The file of tags: what may stand in it, what is added to it, and that no line of it goes."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from proofread.records import Finding, Place
from proofread.rendering.text import render_finding, source_of
from proofread.surfaces import cli
from proofread.surfaces.git import is_complete, last_change
from proofread.surfaces.site.index import read_site
from proofread.surfaces.tags.giving import give, new_tag, orphans, untagged
from proofread.surfaces.tags.history import rewritten
from proofread.surfaces.tags.register import FILE, FORM, Register, Tag, parse, read_register
from proofread.surfaces.tags_command import problems

ROOT = Path(__file__).parent.parent
HEADER = "tag,given,names,retired,note"
LOSS = "B4K2,2026-11-21,eq-loss,,"
PAGE = "C111,2026-11-21,routes.md,,"
FORM_EXPECTED = (
    "expected a tag, which is a consonant and 3 consonants or digits, all but L, in capitals; "
)


def lines(*given: str) -> str:
    return "\n".join([HEADER, *given, ""])


def said(findings: list[Finding], text: str) -> list[str]:
    source = source_of(text, FILE)
    return [render_finding(finding, source) for finding in findings]


def test_the_file_is_read() -> None:
    register = parse(lines(LOSS, 'C111,2026-11-21,routes.md,2027-01-02,"gone, see B4K2"'))
    assert register.problems == ()
    assert register.tags == (
        Tag("B4K2", "2026-11-21", "eq-loss", "", "", 2),
        Tag("C111", "2026-11-21", "routes.md", "2027-01-02", "gone, see B4K2", 3),
    )
    assert register.of("eq-loss") == register.tags[0]
    assert register.of("routes.md") is None


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, f"the first line is not {HEADER}"),
        (f"tag,names\n{LOSS}\n", 1, f"the first line is not {HEADER}"),
        (lines("B4K2,2026-11-21,eq-loss,,one, two"), 2,
         ("expected the 5 fields tag, given, names, retired, note, found 6; "
         "a note with a comma stands in double quotation marks")),
        (lines("", LOSS), 2,
         ("expected the 5 fields tag, given, names, retired, note, found 0; "
         "a note with a comma stands in double quotation marks")),
        (lines(LOSS, 'C111,2026-11-21,eq-b,,"open'), 3,
         "a quotation mark is not closed, or stands where none may stand"),
        (lines("4BK2,2026-11-21,eq-loss,,"), 2, f"{FORM_EXPECTED}found '4BK2'"),
        (lines("BAD1,2026-11-21,eq-loss,,"), 2, f"{FORM_EXPECTED}found 'BAD1'"),
        (lines("b4k2,2026-11-21,eq-loss,,"), 2, f"{FORM_EXPECTED}found 'b4k2'"),
        (lines("B4K2,2026-02-30,eq-loss,,"), 2,
         "expected the day when the tag was given, as 2026-11-21; found '2026-02-30'"),
        (lines("B4K2,2026-11-21, ,,"), 2,
         "expected a page or a label that the tag names; found ' '"),
        (lines("B4K2,2026-11-21,eq-loss,yesterday,gone"), 2,
         "expected the day when the tag was retired, or nothing; found 'yesterday'"),
        (lines("B4K2,2026-11-21,eq-loss,2026-11-22,"), 2,
         "the tag B4K2 is retired without a note that says what became of it"),
    ],
)  # fmt: skip
def test_a_malformed_file(text: str, line: int, message: str) -> None:
    (finding,) = parse(text).problems
    assert (finding.code, finding.message) == ("malformed-tags", message)
    assert (finding.start.path, finding.start.line) == ("docs/tags.csv", line)


def test_a_tag_and_a_name_that_come_twice() -> None:
    text = lines(LOSS, "B4K2,2026-11-21,eq-other,,", "D222,2026-11-21,eq-loss,,")
    assert said(list(parse(text).problems), text) == [
        (
            "error[repeated-tag]: the tag B4K2 is given twice: to eq-loss in line 2 too\n"
            " --> docs/tags.csv:3:1\n"
            "  |\n"
            "3 |    B4K2,2026-11-21,eq-other,,\n"
            "  |    ^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "  |"
        ),
        (
            "error[repeated-tag]: the formula eq-loss has two tags: B4K2 in line 2 is the first\n"
            " --> docs/tags.csv:4:1\n"
            "  |\n"
            "4 |    D222,2026-11-21,eq-loss,,\n"
            "  |    ^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "  |"
        ),
    ]


def test_a_name_may_come_again_once_its_tag_is_retired() -> None:
    text = lines("B4K2,2026-11-21,eq-loss,2026-12-01,it was wrong", "D222,2026-12-02,eq-loss,,")
    register = parse(text)
    assert register.problems == ()
    assert register.of("eq-loss") == register.tags[1]


def test_what_has_no_tag_and_what_a_tag_has_lost() -> None:
    text = lines(LOSS, PAGE)
    named = {"routes.md": Place(1, 1, "docs/routes.md"), "eq-cost": Place(9, 1, "docs/routes.md")}
    assert said(list(orphans(parse(text), named)), text) == [
        (
            "error[lost-tag]: the tag B4K2 names eq-loss, and there is no formula with that label\n"
            " --> docs/tags.csv:2:1\n"
            "  |\n"
            "2 |    B4K2,2026-11-21,eq-loss,,\n"
            "  |    ^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "  |\n"
            "  = help: where it has another name now, write that instead, "
            "and in the note what it was\n"
            "  = help: where it is gone, write the day into the fourth field, and in the note what "
            "became of it"
        )
    ]
    (finding,) = untagged(parse(text), named)
    assert render_finding(finding, source_of("")) == (
        "error[no-tag]: the formula eq-cost has no tag\n"
        " --> docs/routes.md:9:1\n"
        "  = help: proofread tags gives it one"
    )
    (page,) = orphans(parse(text), {"eq-loss": Place(1, 1)})
    assert page.message == (
        "the tag C111 names routes.md, and there is no such page with formulas in docs/"
    )


def test_new_tags_have_the_form_and_are_never_one_that_was_given() -> None:
    first = new_tag("eq-loss", [])
    second = new_tag("eq-loss", [first])
    assert first != second
    assert new_tag("eq-loss", []) == first
    assert all(FORM.fullmatch(new_tag(f"eq-{number}", [])) for number in range(500))
    given = give(parse(lines(LOSS)), {"eq-loss": Place(1, 1), "a.md": Place(1, 1)}, "2026-11-22")
    assert [(tag.names, tag.given, tag.retired, tag.note) for tag in given] == [
        ("a.md", "2026-11-22", "", "")
    ]


# History -----------------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose main branch has two tags, and whose release 0.1 has them, too."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Test")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "test@example.org")
        monkeypatch.setenv(f"GIT_{name}_DATE", "2026-11-21T12:00:00+0000")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "docs").mkdir()
    publish(tmp_path, lines(LOSS, PAGE))
    git(tmp_path, "tag", "v0.1")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def publish(folder: Path, text: str) -> None:
    (folder / FILE).write_text(text, encoding="utf-8")
    git(folder, "add", FILE)
    git(folder, "commit", "-q", "--allow-empty", "-m", "tags")


def differences(folder: Path, *given: str) -> list[str]:
    return said(rewritten(folder, parse(lines(*given))), lines(*given))


def test_more_tags_and_moves_with_a_note_are_no_rewriting(repository: Path) -> None:
    renamed = "B4K2,2026-11-21,eq-cost,,was eq-loss"
    retired = "C111,2026-11-21,routes.md,2026-11-23,split in two: see D222"
    assert differences(repository, LOSS, PAGE, "D222,2026-11-22,eq-new,,") == []
    assert differences(repository, PAGE, LOSS) == []
    assert differences(repository, renamed, retired) == []


VANISHED = """\
error[vanished-tag]: the tag B4K2 vanished; it names eq-loss
 --> docs/tags.csv:1:1
  |
1 |    tag,given,names,retired,note
  |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: the release v0.1 has it in line 2 as B4K2,2026-11-21,eq-loss,,
  = help: put its line back, with a day in the fourth field and a note where it names nothing any \
more"""
MOVED = """\
error[moved-tag]: the tag B4K2 moved from eq-loss to eq-cost without a note
 --> docs/tags.csv:2:1
  |
2 |    B4K2,2026-11-21,eq-cost,,
  |    ^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: the release v0.1 has it in line 2 as B4K2,2026-11-21,eq-loss,,
  = help: say in the note why both are the same, or give eq-cost a tag of its own and retire this \
one"""


def test_a_tag_that_vanished_or_moved(repository: Path) -> None:
    assert differences(repository, PAGE) == [VANISHED]
    assert differences(repository, "B4K2,2026-11-21,eq-cost,,", PAGE) == [MOVED]
    # Given to something else in the place of the old one is the same.
    assert differences(repository, PAGE, "B4K2,2026-11-21,eq-cost,,")[0].startswith(
        "error[moved-tag]: the tag B4K2 moved from eq-loss to eq-cost without a note\n"
    )


@pytest.mark.parametrize(
    ("published", "line", "message"),
    [
        (LOSS, "B4K2,2026-11-20,eq-loss,,",
         "the tag B4K2 was given on 2026-11-21, not on 2026-11-20"),
        ("B4K2,2026-11-21,eq-cost,,was eq-loss", "B4K2,2026-11-21,eq-cost,,was eq-los",
         "the note of the tag B4K2 says something else than before"),
        ("B4K2,2026-11-21,eq-cost,,was eq-loss", "B4K2,2026-11-21,eq-price,,was eq-loss",
         "the tag B4K2 moved from eq-cost to eq-price without a note"),
        ("B4K2,2026-11-21,eq-cost,,was eq-loss",
         "B4K2,2026-11-21,eq-cost,2026-11-24,was eq-loss",
         "the tag B4K2 is retired without a word in the note that says why"),
        ("B4K2,2026-11-21,eq-loss,2026-11-22,it was wrong", "B4K2,2026-11-21,eq-loss,,it was wrong",
         "the tag B4K2 was retired on 2026-11-22, and stays so"),
        ("B4K2,2026-11-21,eq-loss,2026-11-22,it was wrong",
         "B4K2,2026-11-21,eq-loss,2026-11-23,it was wrong",
         "the tag B4K2 was retired on 2026-11-22, and stays so"),
    ],
)  # fmt: skip
def test_what_was_published_stays(
    repository: Path, published: str, line: str, message: str
) -> None:
    publish(repository, lines(published, PAGE))
    assert rewritten(repository, parse(lines(published, PAGE))) == []
    (finding,) = rewritten(repository, parse(lines(line, PAGE)))
    assert (finding.message, finding.start.line) == (message, 2)


def test_what_only_the_main_branch_has_counts_and_what_a_branch_tries_does_not(
    repository: Path,
) -> None:
    publish(repository, lines(LOSS, PAGE, "D222,2026-11-22,eq-new,,"))
    git(repository, "checkout", "-q", "-b", "topic")
    publish(repository, lines(LOSS, PAGE, "D222,2026-11-22,eq-new,,", "F333,2026-11-22,eq-x,,"))
    assert differences(repository, LOSS, PAGE, "D222,2026-11-22,eq-new,,") == []
    (finding,) = differences(repository, LOSS, PAGE)
    assert re.search(
        r"note: commit [0-9a-f]{7} of 2026-11-21 on the main branch has it in line 4 as "
        r"D222,2026-11-22,eq-new,,\n", finding,
    )  # fmt: skip


def test_the_last_change_of_a_page_is_that_of_its_own_file(repository: Path) -> None:
    first = last_change(repository, FILE)
    assert first is not None
    assert (len(first.commit), first.day) == (40, "2026-11-21")
    (repository / "other.md").write_text("other", encoding="utf-8")
    git(repository, "add", "other.md")
    git(repository, "commit", "-q", "-m", "other")
    assert last_change(repository, FILE) == first
    assert last_change(repository, "other.md") not in (first, None)
    assert last_change(repository, "new.md") is None
    assert is_complete(repository)


def test_a_clone_without_its_history_is_known_as_one(repository: Path, tmp_path: Path) -> None:
    publish(repository, lines(LOSS, PAGE, "D222,2026-11-22,eq-new,,"))
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), str(shallow))
    assert not is_complete(shallow)


def test_without_a_repository_there_is_no_history(tmp_path: Path) -> None:
    assert last_change(tmp_path, FILE) is None
    assert not is_complete(tmp_path)
    assert rewritten(tmp_path, Register()) == []


def test_the_tags_of_this_site_are_in_order() -> None:
    """Compared with all of the history where the workflow runs, elsewhere with what is here."""
    if os.environ.get("GITHUB_ACTIONS") and not is_complete(ROOT):
        message = "the history of the tags is not here: fetch all of it, as with fetch-depth: 0"
        pytest.fail(message, pytrace=False)
    register = read_register(ROOT)
    assert register is not None
    assert said(problems(ROOT, read_site(ROOT).named()), "\n".join(register.lines)) == []


# The command -------------------------------------------------------------------------------------

FORMULA = "# Page\n\nLet $x \\in \\mathbb{R}^n$.\n\n$$\ns = x^\\top x\n\\label{eq-square}\n$$\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of one page, in the working directory."""
    monkeypatch.chdir(tmp_path)
    Path("mkdocs.yml").write_text("site_name: A site\n", encoding="utf-8")
    Path("docs").mkdir()
    Path("docs", "page.md").write_text(FORMULA, encoding="utf-8")
    return tmp_path


def test_the_command_gives_tags_and_then_has_nothing_to_do(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["tags"]) == 0
    out, err = capsys.readouterr()
    page, square = new_tag("page.md", []), new_tag("eq-square", [])
    assert (out, err) == (f"{page} page.md\n{square} eq-square\ndocs/tags.csv: 2 tags given\n", "")
    header, *given = Path(FILE).read_text(encoding="utf-8").splitlines()
    assert header == HEADER
    assert [re.sub(r"\d{4}-\d\d-\d\d", "DAY", line) for line in given] == [
        f"{page},DAY,page.md,,",
        f"{square},DAY,eq-square,,",
    ]
    before = Path(FILE).read_bytes()
    assert cli.main(["tags"]) == 0
    assert capsys.readouterr().out == "docs/tags.csv: 0 tags given\n"
    assert Path(FILE).read_bytes() == before
    assert cli.main(["tags", "--check"]) == 0
    assert capsys.readouterr().out == "docs/tags.csv: every tag is in order\n"


def test_the_command_gives_nothing_while_something_is_wrong(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(FILE).write_text(lines(LOSS), encoding="utf-8")
    assert cli.main(["tags"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("error[lost-tag]: the tag B4K2 names eq-loss, and there is no formula")
    assert out.endswith("\n\ndocs/tags.csv: 1 finding\n")
    assert Path(FILE).read_text(encoding="utf-8") == lines(LOSS)
    assert cli.main(["tags", "--check"]) == 1
    assert capsys.readouterr().out.endswith(
        "error[no-tag]: the formula eq-square has no tag\n"
        " --> docs/page.md:5:1\n  |\n5 |    $$\n  |    ^\n  |\n"
        "  = help: proofread tags gives it one\n\n"
        "docs/tags.csv: 3 findings\n"
    )


def test_where_there_is_no_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["tags", str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        f"proofread tags: there is no mkdocs.yml in {tmp_path.as_posix()}: "
        "no site has its tags here\n"
    )
