"""Versions of a small site are published for real, into a repository of this test."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
import yaml
from playwright.sync_api import Browser, Route, expect

from proofread.surfaces.files import CannotStart
from proofread.surfaces.site.links import dead_links
from proofread.surfaces.site.publish import BRANCH, version_of
from tests.browser import conftest

ROOT = conftest.ROOT
ADDRESS = "https://example.org/proofread/"
COMMAND = "-m proofread.surfaces.site.publish"
LINKED = ("snippets", "proofread", "tests", "node_modules", "package.json", "package-lock.json",
          "requirements.txt", "pyproject.toml", "CITATION.cff", "LICENSE")  # fmt: skip
PAGES = {
    "index.md": "# Home\n\nLet $x \\in \\mathbb{R}$.\n\n$$\nx + x = 2x \\label{eq-double}\n$$\n",
    "tag/index.md": "# Tags\n\n<!-- proofread: tags -->\n",
    "check/index.md": "# Check yours\n",
    "licences.md": "# Licences\n",
}
TAGS = "tag,given,names,retired,note\nB4K2,2026-11-21,eq-double,,\nC111,2026-11-21,index.md,,\n"
LATER = TAGS + "D222,2026-11-22,eq-old,2026-11-22,nobody needed it\n"


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


class Repository:
    """A clone with a small site, and where it is pushed to."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.remote = folder / "clone", folder / "remote"
        self.remote.mkdir()
        git(self.remote, "init", "-q", "--bare")
        git(folder, "clone", "-q", str(self.remote), "clone")
        for name in LINKED:
            (self.folder / name).symlink_to(ROOT / name)
        cache = self.folder / ".cache"
        shutil.copytree(ROOT / ".cache", cache, ignore=shutil.ignore_patterns("reports"))
        settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        settings = re.sub(r"^nav:\n(?:  .*\n)+", "", settings, flags=re.MULTILINE)
        (self.folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
        built = shutil.ignore_patterns("*.md", "*.py", "*.csv", "feed.xml", "????")
        shutil.copytree(ROOT / "docs", self.folder / "docs", ignore=built)
        for name, text in PAGES.items():
            (self.folder / "docs" / name).write_text(text, encoding="utf-8")
        (self.folder / "docs" / "macros.tex").touch()
        for key, value in (("user.name", "A"), ("user.email", "a@example.org")):
            git(self.folder, "config", key, value)

    def commit(self, tags: str) -> None:
        (self.folder / "docs" / "tags.csv").write_text(tags, encoding="utf-8")
        git(self.folder, "add", "docs/tags.csv", "mkdocs.yml")
        git(self.folder, "commit", "-q", "-m", "x")

    def publish(self, ref: str, address: str = ADDRESS) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *COMMAND.split(), ref], cwd=self.folder, capture_output=True,
            text=True, check=False, env={**os.environ, "SITE_URL": address},
        )  # fmt: skip

    def served(self, folder: Path) -> Path:
        """What the host serves, which follows the links of the file system."""
        git(self.folder.parent, "clone", "-q", "-b", BRANCH, str(self.remote), "branch")
        hidden = shutil.ignore_patterns(".git")
        shutil.copytree(self.folder.parent / "branch", folder, ignore=hidden)
        return folder


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases and the main branch, of which each has a tag more, or a later commit."""
    folder = tmp_path_factory.mktemp("published")
    repository = Repository(folder)
    for tags, refs in (
        (TAGS, ["refs/tags/v1.2.0", "refs/tags/v1.10.1"]),
        (LATER, ["refs/tags/v1.2.1", "refs/heads/main"]),
    ):
        repository.commit(tags)
        for ref in refs:
            done = repository.publish(ref)
            assert done.returncode == 0, done.stdout + done.stderr
    return repository.served(folder / "served")


def test_all_versions_are_there(served: Path) -> None:
    versions = json.loads((served / "versions.json").read_text(encoding="utf-8"))
    assert [(one["version"], one["aliases"]) for one in versions] == [
        ("dev", []), ("1.10", ["latest"]), ("1.2", []),
    ]  # fmt: skip
    latest, newest = ((served / one / "index.html").read_bytes() for one in ("latest", "1.10"))
    assert latest == newest
    assert (served / ".nojekyll").is_file()
    for version in ("dev", "1.10", "1.2"):
        page = (served / version / "index.html").read_text(encoding="utf-8")
        assert f'<link rel="canonical" href="{ADDRESS}{version}/">' in page
        assert '"version": {"provider": "mike"}' in page


def test_every_published_page_has_its_policy(served: Path) -> None:
    pages = list(served.rglob("*.html"))
    assert len(pages) > 20
    policy = '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src'
    assert [page for page in pages if policy not in page.read_text(encoding="utf-8")] == []


def test_no_published_link_is_dead(served: Path) -> None:
    assert list(dead_links(served, [ADDRESS])) == []


def led(served: Path, page: str) -> str:
    text = (served / page / "index.html").read_text(encoding="utf-8")
    assert "<script" not in text
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', text)
    assert found is not None
    return found[1]


def test_a_tag_outlives_the_versions(served: Path) -> None:
    assert led(served, ".") == "latest/"
    assert led(served, "tag/B4K2") == "../../latest/tag/B4K2/"
    assert led(served, "latest/tag/B4K2") == "../../#eq-double"
    assert led(served, "tag") == "../latest/tag/"
    assert led(served, "tag/D222") == "../../dev/tag/D222/"  # no release knows it
    assert "retired" in (served / "dev/tag/D222/index.html").read_text(encoding="utf-8")


def test_the_feed_and_the_page_for_what_is_missing_stand_at_the_root(served: Path) -> None:
    found = feedparser.parse((served / "feed.xml").read_text(encoding="utf-8"))
    assert [one.link for one in found.entries] == [f"{ADDRESS}tag/D222/"]
    home = (served / "1.2" / "index.html").read_text(encoding="utf-8")
    assert (
        f'type="application/rss+xml" title="Proofread: corrections" href="{ADDRESS}feed.xml"'
        in (home)
    )
    missing = (served / "404.html").read_text(encoding="utf-8")
    assert 'href="/proofread/1.10/tag/"' in missing


@pytest.fixture
def view(served: Path, browser: Browser) -> Iterator[conftest.View]:
    """The published site in a browser, at its own address."""

    def host(route: Route) -> None:
        path = served / urlsplit(route.request.url).path.removeprefix("/proofread/")
        file = path / "index.html" if path.is_dir() else path
        found = file.is_file()
        route.fulfill(status=200 if found else 404, path=file if found else served / "404.html")

    with browser.new_context() as context:
        context.route("https://example.org/**", host)
        opened = conftest.View(context.new_page(), ADDRESS)
        opened.watch()
        yield opened


def test_a_tag_leads_to_the_latest_version(view: conftest.View) -> None:
    view.page.goto(f"{ADDRESS}tag/B4K2/")
    view.page.wait_for_url(f"{ADDRESS}latest/#eq-double")


def test_a_reader_chooses_a_version(view: conftest.View) -> None:
    view.page.goto(f"{ADDRESS}latest/", wait_until="networkidle")
    chosen = view.page.locator(".md-version__current")
    expect(chosen).to_have_text("1.10")
    chosen.hover(force=True)  # what opens covers it
    others = view.page.locator(".md-version__link")
    expect(others).to_have_text(["dev", "1.10", "1.2"])
    others.last.click()
    view.page.wait_for_url(f"{ADDRESS}1.2/**")
    expect(chosen).to_have_text("1.2")
    view.page.wait_for_load_state("networkidle")
    assert "\n".join(view.troubles) == ""


def test_the_version_of_a_branch_or_a_release() -> None:
    assert version_of("refs/heads/main") == "dev"
    assert version_of("refs/tags/v1.10.3") == "1.10"
    for ref in ("", "main", "refs/heads/other", "refs/tags/v1", "refs/tags/v1.2.3-rc1"):
        with pytest.raises(CannotStart) as refused:
            version_of(ref)
        assert str(refused.value) == (
            f"expected refs/heads/main or a release such as refs/tags/v1.2.3; found {ref!r}"
        )


def test_nothing_is_published_that_is_wrong(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(TAGS)
    done = repository.publish("refs/heads/main", address="")
    assert done.returncode == 2
    assert done.stderr == "a published site knows its address: set SITE_URL\n"
    page = repository.folder / "docs" / "index.md"
    page.write_text(PAGES["index.md"].replace("2x", "3x"), encoding="utf-8")
    done = repository.publish("refs/heads/main")
    assert done.returncode == 2
    assert done.stderr.endswith("nothing is published: mkdocs build --strict failed\n")
    page.write_text(PAGES["index.md"] + '\n<a href="lost/">Lost</a>\n', encoding="utf-8")
    done = repository.publish("refs/heads/main")
    assert done.returncode == 2
    assert re.search(r"\nindex\.html:\d+: the link lost/ leads to no file\n", done.stderr)
    assert done.stderr.endswith("\nnothing is published: proofread.surfaces.site.finish failed\n")
    assert git(repository.remote, "branch", "--list") == ""


def test_the_workflow_publishes_with_this_command() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f'\npublish: $(INSTALLED) $(FRONT)\n\t$(BIN)/python {COMMAND} "$$REF"\n' in makefile
    workflow = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["publish"]["steps"]
    assert [step["run"] for step in steps if step.get("env", {}).get("REF")] == ["make publish"]
