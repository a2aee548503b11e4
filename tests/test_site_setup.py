"""What the site and its set-up are made of: pinned, from this site alone, and named once."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from proofread.markdown.configuration import EXTENSIONS, SITE_ONLY
from proofread.surfaces.site.vendor import bring

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "docs" / "assets"
KINDS = ("question", "setting", "route", "result", "mistake", "refuted", "exercise", "example")


def test_the_site_reads_markdown_as_the_checker_does() -> None:
    listed = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]
    settings: dict[str, object] = {}
    for item in listed:
        settings |= {item: {}} if isinstance(item, str) else item
    assert [name for name in settings if name not in SITE_ONLY] == list(EXTENSIONS)
    assert {name: own for name, own in settings.items() if name not in SITE_ONLY} == EXTENSIONS
    assert set(settings) - set(EXTENSIONS) == SITE_ONLY


def test_the_lock_file_names_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text, "write it with npm install --omit-lockfile-registry-resolved"
    packages = json.loads(text)["packages"]
    assert all("integrity" in entry for name, entry in packages.items() if name)


def unpinned(text: str) -> list[str]:
    """The requirements that do not say which version they mean, or not by which files it comes."""
    lines = text.replace("\\\n", " ").splitlines()
    wanted = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    pinned = re.compile(r"[\w.-]+==[\w.]+( ; [^#]*?)?( +--hash=sha256:[0-9a-f]{64})+")
    return [line for line in wanted if not pinned.fullmatch(line.strip())]


def test_every_requirement_is_pinned_with_its_files() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert unpinned(text) == []
    assert "://" not in text
    digest = "0" * 64
    wrong = ["a>=1", "a==1", f"a==1 --hash=md5:{digest}", "--index-url=x"]
    right = f"a==1 ; sys_platform == 'x' \\\n    --hash=sha256:{digest}\n    # via b\n"
    assert unpinned("\n".join([*wrong, right])) == wrong


def test_every_package_that_is_named_is_pinned() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = [*settings["project"]["dependencies"], *settings["build-system"]["requires"]]
    named += [text for group in settings["dependency-groups"].values() for text in group]
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE):
        versions.setdefault(canonicalize_name(name), []).append(version)
    for one in map(Requirement, named):
        found = versions.get(canonicalize_name(one.name), [])
        assert found, f"{one.name} is not pinned: make lock does it"
        assert all(map(one.specifier.contains, found)), one


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_passage_has_its_colours_and_its_icon(kind: str) -> None:
    style = (ASSETS / "admonitions.css").read_text(encoding="utf-8")
    assert len(re.findall(rf"^ +--kind-{kind}: #[0-9a-f]{{6}};$", style, re.MULTILINE)) == 2
    assert len(re.findall(rf"^ +--icon-{kind}: url", style, re.MULTILINE)) == 1
    assert f".{kind} {{ --kind: var(--kind-{kind}); --icon: var(--icon-{kind}); }}" in style


def test_two_fonts_are_preloaded_from_the_site() -> None:
    page = (ROOT / "proofread/surfaces/site/theme/main.html").read_text(encoding="utf-8")
    preloaded = re.findall(r"rel=\"preload\" href=\"{{ '(assets/vendor/[^']+)' \| url }}\"", page)
    assert len(preloaded) == page.count("preload") == 2
    bring(ROOT)
    assert all((ROOT / "docs" / path).is_file() for path in preloaded)


def test_bringing_the_same_files_again_changes_nothing() -> None:
    bring(ROOT)
    before = {path: path.stat().st_mtime_ns for path in (ASSETS / "vendor").rglob("*")}
    bring(ROOT)
    assert {path: path.stat().st_mtime_ns for path in (ASSETS / "vendor").rglob("*")} == before
