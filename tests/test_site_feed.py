"""The feed of corrections: what is in it, when it was said, and that programs can read it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import feedparser
import pytest

from proofread.surfaces.site.addresses import whole
from proofread.surfaces.site.feed import corrections, feed, paragraph, write_feed
from proofread.surfaces.tags.register import FILE, Register, parse

ADDRESS = "https://example.org/proofread/"
HEADER = "tag,given,names,retired,note\n"
GIVEN = f"{HEADER}B4K2,2026-11-01,eq-loss,,\nC111,2026-11-01,old.md,,\n"
CORRECTED = GIVEN.replace("eq-loss,,", "eq-loss,,a sign < was wrong")
RETIRED = CORRECTED.replace("old.md,,", "old.md,2026-11-03,see B4K2").replace(
    "was wrong", "was wrong; renamed"
)


def commit(root: Path, text: str, day: int) -> None:
    (root / "docs").mkdir(exist_ok=True)
    (root / FILE).write_text(text)
    when = f"2026-11-{day:02}T12:00:00+01:00"
    names = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": when,
             "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
             "GIT_COMMITTER_DATE": when}  # fmt: skip
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run(["git", *words], cwd=root, env={**os.environ, **names}, check=True)


def read(root: Path) -> Register:
    return parse((root / FILE).read_text(encoding="utf-8"))


def entries(text: str) -> list[tuple[str, str, str, str]]:
    found = feedparser.parse(text)
    assert not found.bozo, found
    assert found.version == "rss20"
    assert found.feed.link == ADDRESS
    assert {"href": f"{ADDRESS}feed.xml", "rel": "self", "type": "application/rss+xml"} in [
        dict(link) for link in found.feed.links
    ]
    return [(one.title, one.link, one.description, one.published) for one in found.entries]


def test_each_correction_has_its_tag_its_words_and_its_time(tmp_path: Path) -> None:
    for text, day in ((GIVEN, 1), (CORRECTED, 2), (RETIRED, 3)):
        commit(tmp_path, text, day)
    text = feed(corrections(tmp_path, read(tmp_path)), ADDRESS)
    assert entries(text) == [
        ("The tag B4K2: the formula eq-loss", f"{ADDRESS}tag/B4K2/", "renamed",
         "Tue, 03 Nov 2026 12:00:00 +0100"),
        ("The tag C111 is retired: the page old.md", f"{ADDRESS}tag/C111/", "see B4K2",
         "Tue, 03 Nov 2026 12:00:00 +0100"),
        ("The tag B4K2: the formula eq-loss", f"{ADDRESS}tag/B4K2/", "a sign &lt; was wrong",
         "Mon, 02 Nov 2026 12:00:00 +0100"),
    ]  # fmt: skip
    assert feedparser.parse(text).feed.updated == "Tue, 03 Nov 2026 12:00:00 +0100"
    names = [one.id for one in feedparser.parse(text).entries]
    assert len(set(names)) == 3
    assert all("/" not in name for name in names)


def test_what_git_does_not_know_has_the_day_from_the_file(tmp_path: Path) -> None:
    commit(tmp_path, GIVEN, 1)
    (tmp_path / FILE).write_text(CORRECTED.replace("old.md,,", "old.md,2026-11-03,see B4K2"))
    text = feed(corrections(tmp_path, read(tmp_path)), ADDRESS)
    assert [entry[2:] for entry in entries(text)] == [
        ("see B4K2", "Tue, 03 Nov 2026 00:00:00 +0000"),
        ("a sign &lt; was wrong", "Sun, 01 Nov 2026 00:00:00 +0000"),
    ]
    (tmp_path / ".git").rename(tmp_path / "gone")
    assert feed(corrections(tmp_path, read(tmp_path)), ADDRESS) == text


def test_without_corrections_the_feed_is_empty_and_still_one(tmp_path: Path) -> None:
    commit(tmp_path, GIVEN, 1)
    assert entries(feed(corrections(tmp_path, read(tmp_path)), ADDRESS)) == []


def test_a_program_would_say_of_a_feed_that_is_none() -> None:
    with pytest.raises(AssertionError):
        entries(feed([], ADDRESS).replace("</channel>", ""))


def test_a_site_that_does_not_know_its_address_has_no_feed(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    path = tmp_path / "docs" / "feed.xml"
    write_feed(tmp_path, ADDRESS, Register())
    assert entries(path.read_text(encoding="utf-8")) == []
    write_feed(tmp_path, "", Register())
    assert not path.exists()
    write_feed(tmp_path, "", None)


def test_the_page_of_all_tags_says_where_the_feed_is() -> None:
    (known,), (unknown,) = paragraph(ADDRESS), paragraph("")
    assert [link.get("href") for link in known] == [f"{ADDRESS}feed.xml"]
    assert "".join(known.itertext()) == (
        "Whoever wants to hear of corrections subscribes to the feed of notes, "
        "which names each by its tag."
    )
    assert unknown.text == (
        "The published site has a feed of these notes; "
        "this copy does not know where it stands, and has none."
    )


def test_an_address_ends_with_a_slash() -> None:
    assert [whole(one) for one in ("https://a.org", "https://a.org/", "", None)] == [
        "https://a.org/", "https://a.org/", "", "",
    ]  # fmt: skip
