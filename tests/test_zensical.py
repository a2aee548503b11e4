"""The same sources in another generator: what comes out is the same, but for what is listed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from bs4 import BeautifulSoup, Tag

from proofread.surfaces.files import find_pages
from proofread.surfaces.site.addresses import address_of
from proofread.surfaces.site.feed import write_feed
from proofread.surfaces.site.links import dead_links
from tests.browser.conftest import SITE

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
BIN = Path(sys.executable).parent
LINKED = ("snippets", "proofread", "tests", "node_modules", "package.json", "package-lock.json",
          "requirements.txt", "pyproject.toml", "CITATION.cff", "LICENSE", ".git")  # fmt: skip
#: What the site has on every page, by what to look for and what to compare of it.
COMPARED = {
    "formulas": ("annotation", None),
    "verdict marks": ("details.check > summary", None),
    "verdicts": ("[data-state]", "data-state"),
    "numbers": (".formula-numbers > a", None),
    "tags": ("details.cite > summary > code", None),
    "findings": ("code.finding", None),
    "anchors": ("[id]:not([id^=__])", "id"),
}
#: What is said of a link that leads nowhere.
DEAD = re.compile(r"(?P<file>\S+):\d+: the link (?P<address>\S+) leads ")
ADDRESS = "https://example.org/"


def build(folder: Path, generator: str) -> subprocess.CompletedProcess[str]:
    command = [BIN / generator, "build", "--strict"]
    env = {**os.environ, "SITE_URL": ADDRESS}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def link(folder: Path) -> None:
    """Make a folder one from which the site can be built, but for its pages and its settings."""
    for name in LINKED:
        (folder / name).symlink_to(ROOT / name)
    (folder / ".cache").mkdir()
    for path in (ROOT / ".cache").glob("katex.sqlite3*"):
        shutil.copy(path, folder / ".cache")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as Zensical builds it."""
    if not (SITE / "index.html").is_file():
        pytest.fail("there is no built site: run make site first", pytrace=False)
    folder = tmp_path_factory.mktemp("zensical")
    link(folder)
    shutil.copytree(DOCS, folder / "docs")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    if (ROOT / ".cache" / "reports").is_dir():
        shutil.copytree(ROOT / ".cache" / "reports", folder / ".cache" / "reports")
    write_feed(folder, ADDRESS, None)
    done = build(folder, "zensical")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def pages() -> dict[str, str]:
    """What each page of the sources is called, by its file on the site."""
    found = {"404.html": "404"}
    for path in sorted(find_pages([str(DOCS)])):
        name = path.relative_to(DOCS).as_posix()
        file = (Path(address_of(name)) / "index.html").as_posix()
        text = path.read_text(encoding="utf-8")
        title = r"^# # (.+)$" if name.endswith(".py") else r"^# (.+)$"
        heading = re.search(title, text, re.MULTILINE)
        found[file] = heading[1] if heading else name
    for path in sorted((DOCS / "tag").glob("*/index.html")):
        found[path.relative_to(DOCS).as_posix()] = path.parent.name
    return found


@cache
def facts(page: Path) -> dict[str, list[str]]:
    """All that is compared of a page, in its order."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    content = soup.select_one("article") or soup
    return {
        name: [_fact(one, attribute) for one in content.select(selector)]
        for name, (selector, attribute) in COMPARED.items()
    }


def _fact(element: Tag, attribute: str | None) -> str:
    return str(element[attribute]) if attribute else " ".join(element.get_text().split())


def differences(here: Path, there: Path) -> Iterator[str]:
    """What the sites do not have in common, in a sentence each."""
    notebooks = {file for file in pages() if file.startswith("notebooks/")}
    missing = {file for file in pages() if not (there / file).is_file()}
    if notebooks <= missing:
        yield "The notebooks are missing, since Zensical runs none."
        missing -= notebooks
    for file, title in pages().items():
        if file in missing:
            yield f"The page “{title}” is missing."
        if not (there / file).is_file():
            continue
        ours, theirs = facts(here / file), facts(there / file)
        yield from (f"{file} has other {one}." for one in COMPARED if ours[one] != theirs[one])


def other_links(here: Path, there: Path) -> Iterator[str]:
    """What became of the links, most of which are no more than one folder off."""
    off = False
    for said in dead_links(there, [ADDRESS]):
        found = DEAD.match(said)
        assert found is not None
        address, html = found["address"], (here / found["file"]).read_text(encoding="utf-8")
        target = normpath(join(dirname(found["file"]), address))
        if address.startswith("../") and f'"{escape(address[3:])}"' in html:
            off = True
        elif (here / target).exists() and not (there / target).exists():
            # A page that is missing is listed already; the rest is written by the step behind the
            # generator, whichever that was.
            continue
        else:
            yield said
    if off:
        yield (
            "Links behind a mark and behind *cite*, and the script of the exercises, are looked "
            "for in another folder, since Zensical takes them for links between sources."
        )


def lenience(folder: Path) -> Iterator[str]:
    """Whether a formula that fails stops the build, as it does with MkDocs."""
    link(folder)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(r"^nav:\n(?:  .*\n)+", "", settings, flags=re.MULTILINE)
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (folder / "docs" / "check").mkdir(parents=True)
    (folder / "docs" / "check" / "index.md").write_text("# Check yours\n", encoding="utf-8")
    text = "# Page\n\nLet $x \\in \\mathbb{R}$.\n\n$$\n(x + 1)^2 = x^2 + 1\n$$\n"
    (folder / "docs" / "index.md").write_text(text, encoding="utf-8")
    ours, theirs = build(folder, "mkdocs"), build(folder, "zensical")
    said = "error[step-unequal]: "
    assert said in ours.stderr
    assert ours.returncode == 1
    if theirs.returncode == 0:
        where = "in the log" if said in theirs.stdout + theirs.stderr else ""
        page = (folder / "site" / "index.html").read_text(encoding="utf-8")
        where += " and on the page" if said in page else ""
        yield (
            "A formula that fails does not stop the build, even a strict one: "
            f"what is wrong stands {where}."
        )


def listed() -> list[str]:
    """What the page on the status says that cannot be had."""
    text = (DOCS / "status.md").read_text(encoding="utf-8")
    section = text.partition("\n## With another generator\n")[2].partition("\n## ")[0]
    return re.findall(r"^- (.+)$", section, re.MULTILINE)


def test_what_cannot_be_had_is_listed_and_nothing_else(other: Path, tmp_path: Path) -> None:
    found = [*differences(SITE, other), *lenience(tmp_path), *other_links(SITE, other)]
    assert found == listed()


def test_every_kind_of_fact_is_there_to_be_compared() -> None:
    found = [facts(SITE / file) for file in pages()]
    assert {name for page in found for name in page if page[name]} == set(COMPARED)


def test_a_page_that_differs_is_named(other: Path, tmp_path: Path) -> None:
    changed = tmp_path / "site"
    shutil.copytree(other, changed)
    page = changed / "routes" / "index.html"
    html = page.read_text(encoding="utf-8")
    page.write_text(html.replace(">holds</summary>", ">fails</summary>", 1), encoding="utf-8")
    shutil.rmtree(changed / "status")
    assert list(differences(SITE, changed)) == [
        "The notebooks are missing, since Zensical runs none.",
        "routes/index.html has other verdict marks.",
        "The page “Status” is missing.",
    ]
