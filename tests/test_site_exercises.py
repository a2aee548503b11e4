"""Exercises as the build makes them: nothing may be missing, and no answer gets onto the page."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import markdown
import pytest

from proofread.markdown.configuration import configuration
from proofread.surfaces.live.exercise import Exercise
from proofread.surfaces.site.index import read_site

ROOT = Path(__file__).parents[1]
SITE_EXTENSION = "proofread.surfaces.site.extension"

TITLE = '!!! exercise "A sum"\n'
SETTING = r"""
    Let $x, c \in \mathbb{R}^n$ and $s = \|x - c\|^2$.
    What is $\nabla_x s$?
"""
HINT = """
    ??? hint

        Differentiate the squares.
"""
ANSWER = r"""
    ??? answer

        $$
        \nabla_x s = 2 (x - c)
        $$
"""
INLINE = r"""
    ??? answer

        It is $\nabla_x s = 2 (x - c)$.
"""
WHOLE = TITLE + SETTING + HINT + ANSWER


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with nothing on it yet."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("nav:\n  - page.md\n", encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def built(site: Path, text: str) -> str:
    """The page with this text, as the build converts it."""
    (site / "docs" / "page.md").write_text(f"# Page\n\n{text}", encoding="utf-8")
    [page] = read_site().pages
    extensions, settings = configuration()
    settings["pymdownx.snippets"]["base_path"] = []
    md = markdown.Markdown(extensions=[*extensions, SITE_EXTENSION], extension_configs=settings)
    html = md.convert(page.body)
    assert isinstance(html, str)
    return html


def carried(html: str) -> list[Exercise]:
    found = re.findall(r'data-exercise="([^"]*)"', html)
    return [Exercise.from_json(unescape(one)) for one in found]


def test_a_whole_exercise_becomes_a_form_without_its_answer(
    site: Path, caplog: pytest.LogCaptureFixture
) -> None:
    html = built(site, WHOLE)
    assert caplog.messages == []
    [exercise] = carried(html)
    assert exercise.asked == r"\nabla_x s"
    assert len(exercise.hints) == 1
    assert 'id="a-sum"' in html
    assert '<details class="hint">' in html
    assert "<noscript><p>To check an answer here, the page needs JavaScript.</p></noscript>" in html
    assert '<script src="../check/app/exercises.js" type="module"></script>' in html
    assert '<p class="exercise-progress" data-search-exclude=""></p>' in html
    assert "2 (x - c)" not in unescape(html)
    assert "answer</summary>" not in html.lower()


def test_several_exercises_are_counted(site: Path) -> None:
    html = built(site, WHOLE + WHOLE.replace("A sum", "Another sum"))
    assert len(carried(html)) == 2
    assert '<p class="exercise-progress" data-search-exclude="">2 exercises.</p>' in html


def test_several_hints_are_numbered_unless_they_have_titles(site: Path) -> None:
    named = HINT.replace("??? hint", '??? hint "The squares"')
    html = built(site, TITLE + SETTING + HINT + named + HINT + ANSWER)
    summaries = re.findall(r'<details class="hint">\s*<summary>(.*?)</summary>', html)
    assert summaries == ["Hint 1 of 3", "The squares", "Hint 3 of 3"]


def test_a_page_without_exercises_loads_nothing_for_them(site: Path) -> None:
    html = built(site, r"Let $x \in \mathbb{R}$.")
    assert "exercise" not in html


def test_an_exercise_with_a_folded_result_is_left_as_it_is(
    site: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folded = TITLE + SETTING + ANSWER.replace("answer", "result")
    html = built(site, folded)
    assert caplog.messages == []
    assert carried(html) == []
    assert '<details class="result">' in html
    assert "exercises.js" not in html


def test_a_wrong_answer_fails_the_build_and_its_author_sees_why(
    site: Path, caplog: pytest.LogCaptureFixture
) -> None:
    html = built(site, WHOLE.replace("2 (x - c)", "2 (x + c)"))
    expected = r"""
error[step-unequal]: the two sides of link 1 differ in 6 of 6 samples
  --> docs/page.md:15:22
   |
15 |    \nabla_x s = 2 (x + c)
   |    ----------   ^^^^^^^^^ n×1, not equal to the term before it
   |    |
   |    n×1
   |
""".strip()
    [message] = caplog.messages
    assert message.startswith(expected)
    assert message.endswith(
        '\n   = help: write 2 (x - c) (verified: sign)\n   = rerun: pytest "docs/page.md::line-14"'
    )
    assert 'class="finding"' in html


@pytest.mark.parametrize(
    ("text", "message", "note"),
    [
        (TITLE + SETTING + HINT,
         "the exercise “A sum” has no answer",
         "write it as ??? answer, with one displayed equation in it"),
        (TITLE + SETTING,
         "the exercise “A sum” has no answer",
         "write it as ??? answer, with one displayed equation in it"),
        (TITLE + SETTING + ANSWER,
         "the exercise “A sum” has no hint",
         "write at least one, as ??? hint"),
        (TITLE + SETTING.replace(r"What is $\nabla_x s$?", "What is its gradient?") + HINT + ANSWER,
         "the exercise “A sum” does not ask for what its answer begins with",
         r"ask for $\nabla_x s$ before the hints, as a formula by itself"),
        (TITLE + SETTING + HINT + ANSWER.replace("= 2 (x - c)", ""),
         "the answer of the exercise “A sum” is no equation",
         "write it as ??? answer, with one displayed equation in it"),
        (TITLE + SETTING + HINT + INLINE,
         "the exercise “A sum” has no answer",
         "write it as ??? answer, with one displayed equation in it"),
    ],
)  # fmt: skip
def test_an_incomplete_exercise_is_an_error(
    site: Path, caplog: pytest.LogCaptureFixture, text: str, message: str, note: str
) -> None:
    html = built(site, text)
    assert caplog.messages == [f"""\
error[incomplete-exercise]: {message}
 --> docs/page.md:3:15
  |
3 |    !!! exercise "A sum"
  |                  ^
  |
  = note: {note}"""]  # fmt: skip
    assert carried(html) == []


def test_two_exercises_of_one_name_are_an_error(
    site: Path, caplog: pytest.LogCaptureFixture
) -> None:
    built(site, f"{WHOLE}\n{WHOLE}")
    [message] = caplog.messages
    assert message.startswith("error[incomplete-exercise]: two exercises are called “A sum”\n")
    assert message.endswith("= note: what a reader has solved is remembered by the title")


def test_what_a_page_carries_survives_any_text(site: Path) -> None:
    odd = SETTING.replace("Let", 'Let *us* say “<b>” & "quote" that for')
    [exercise] = carried(built(site, TITLE + odd + HINT + ANSWER))
    again = Exercise.from_json(exercise.to_json())
    assert again == exercise
    assert json.loads(exercise.to_json())["layout"] == "mixed"
