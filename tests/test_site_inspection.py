"""What no published site may have, each shown with a site that has it."""

from __future__ import annotations

import gzip
from pathlib import Path
from random import Random

import pytest

from proofread.surfaces.site import finish
from proofread.surfaces.site.addresses import own_addresses, public_address
from proofread.surfaces.site.budget import DEFAULT, EXCEPTIONS, over_budget
from proofread.surfaces.site.inspection import inspect, missing_tags
from proofread.surfaces.site.links import dead_links
from proofread.surfaces.tags.register import FILE, parse
from tests.browser.conftest import SITE

ROOT = Path(__file__).parent.parent
OWN = ("https://example.org/proofread/1.2/", "https://example.org/proofread/")


def write(site: Path, **pages: str) -> Path:
    """Write pages: ``deep__page`` stands in ``deep/page/index.html``."""
    for name, text in pages.items():
        folder = site / name.replace("__", "/") if name != "home" else site
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(text, encoding="utf-8")
    return site


def links(site: Path, *addresses: str) -> list[str]:
    """What is said of these links, which stand on a page in the folder ``deep/page``."""
    lines = [f'<a href="{address}">x</a>' for address in addresses]
    write(site, home='<h1 id="top">Home</h1><a name="old"></a>', deep__page="\n".join(lines))
    return list(dead_links(site, OWN))


@pytest.fixture
def built() -> Path:
    """The built site."""
    if not (SITE / "index.html").is_file():
        pytest.fail("there is no built site: run make site first", pytrace=False)
    return SITE


def test_nothing_is_wrong_with_the_built_site(built: Path) -> None:
    assert list(inspect(ROOT, built, own_addresses(ROOT))) == []


# Links -------------------------------------------------------------------------------------------


def test_links_that_lead_somewhere(tmp_path: Path) -> None:
    assert links(
        tmp_path, "", "#", "../../", "../..", "../../index.html", "../../?q=x#top", "../../#old",
        "../page/", "mailto:a@example.org", "data:,x", "https://example.com/nothing", "//a.org/",
        "https://example.org/proofread/1.2/deep/page/", "https://example.org/proofread/#top",
        "https://example.org/proofread", "https://example.org/elsewhere/",
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("../nothing/", "to no file"),
        ("../page/x.pdf", "to no file"),
        ("#top", "to no anchor of deep/page/index.html"),
        ("../../#Top", "to no anchor of index.html"),
        ("../../#t%C3%B6p", "to no anchor of index.html"),
        ("../../../", "out of the site"),
        ("/deep/page/", "out of the site"),
        ("https://example.org/proofread/1.2/nothing/", "to no file"),
        ("https://example.org/proofread/tag/B4K2/", "to no file"),
    ],
)
def test_links_that_lead_nowhere(tmp_path: Path, address: str, problem: str) -> None:
    said = f"deep/page/index.html:2: the link {address} leads {problem}"
    assert links(tmp_path, "../../", address) == [said]


def test_whatever_names_an_address_is_a_link(tmp_path: Path) -> None:
    home = (
        '<meta http-equiv="refresh" content="0; url=a/">\n<link rel="icon" href="b.svg">\n'
        '<script src="c.js"></script>\n<img src="d.png" srcset="e.png 1x, f.png 2x">'
    )
    assert list(dead_links(write(tmp_path, home=home))) == [
        "index.html:1: the link a/ leads to no file",
        "index.html:2: the link b.svg leads to no file",
        "index.html:3: the link c.js leads to no file",
        "index.html:4: the link d.png leads to no file",
        "index.html:4: the link e.png leads to no file",
        "index.html:4: the link f.png leads to no file",
    ]


def test_the_links_of_the_page_for_what_is_missing_count_from_the_host(tmp_path: Path) -> None:
    write(tmp_path, home="", a="")
    missing = tmp_path / "404.html"
    missing.write_text('<a href="/a/">', encoding="utf-8")
    assert list(dead_links(tmp_path)) == []
    assert list(dead_links(tmp_path, OWN)) == ["404.html:1: the link /a/ leads out of the site"]
    missing.write_text('<a href="/proofread/1.2/a/"><a href="/proofread/1.2/b/">', encoding="utf-8")
    assert list(dead_links(tmp_path, OWN)) == [
        "404.html:1: the link /proofread/1.2/b/ leads to no file"
    ]


# Tags --------------------------------------------------------------------------------------------


def test_a_tag_without_a_page_is_missing(tmp_path: Path) -> None:
    register = parse(
        "tag,given,names,retired,note\nB4K2,2026-11-21,eq-loss,,\n"
        "C111,2026-11-21,eq-old,2026-11-22,wrong\n"
    )
    write(tmp_path, tag__B4K2="")
    assert list(missing_tags(tmp_path, register)) == [
        f"{FILE}:3: the tag C111 has no page: there is no tag/C111/index.html"
    ]
    write(tmp_path, tag__C111="")
    assert list(missing_tags(tmp_path, register)) == []


def test_without_a_file_of_tags_all_are_missing(tmp_path: Path) -> None:
    assert list(inspect(tmp_path, tmp_path)) == [
        "there is no docs/tags.csv, so that no tag leads anywhere"
    ]


# Budgets -----------------------------------------------------------------------------------------


def test_a_page_over_its_budget(tmp_path: Path) -> None:
    random = Random(20)
    noise = "".join(random.choices("0123456789abcdef", k=2 * DEFAULT))
    write(tmp_path, home=noise, long=noise, short="x" * 2 * DEFAULT)
    size = len(gzip.compress(noise.encode()))
    assert size > DEFAULT
    budget = "and its budget in proofread/surfaces/site/budget.py is"
    assert list(over_budget(tmp_path, {"long/index.html": size - 1})) == [
        f"index.html has {size:,} bytes compressed, {budget} {DEFAULT:,}",
        f"long/index.html has {size:,} bytes compressed, {budget} {size - 1:,}",
    ]
    enough = dict.fromkeys(["index.html", "long/index.html"], size)
    assert list(over_budget(tmp_path, enough)) == []


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_an_exception_is_one(built: Path, name: str) -> None:
    """It goes when its page does, and shrinks with it."""
    size = len(gzip.compress((built / name).read_bytes()))
    assert size > DEFAULT
    assert EXCEPTIONS[name] < 2 * size


# The step ----------------------------------------------------------------------------------------


def test_the_step_behind_mkdocs_says_all_that_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "site", home='<a href="lost/"><a href="https://example.org/">')
    (tmp_path / "mkdocs.yml").write_text("site_url: https://example.org\n", encoding="utf-8")
    assert public_address(tmp_path) == "https://example.org/"
    assert finish.look_over(tmp_path) == 1
    assert capsys.readouterr().err == (
        "index.html:1: the link lost/ leads to no file\n"
        "there is no docs/tags.csv, so that no tag leads anywhere\n"
    )
