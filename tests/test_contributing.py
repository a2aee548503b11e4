"""What newcomers are told to do: the commands exist, and the forms are filled in from the site."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from proofread.surfaces import cli

ROOT = Path(__file__).parent.parent
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
NAMES = ["missing-derivation.yml", "unreadable-notation.yml", "wrong-formula.yml"]
_INPUTS = {"input", "textarea", "checkboxes"}


def commands(text: str) -> list[list[str]]:
    """The words of each line of the code for a shell."""
    blocks = re.findall(r"^``` ?sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]


def fields(name: str) -> dict[str, str]:
    """The kinds of the fields of a form, by their names."""
    form = yaml.safe_load((FORMS / name).read_text(encoding="utf-8"))
    return {part["id"]: part["type"] for part in form["body"] if part["type"] in _INPUTS}


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/contributing.md", "README.md"])
def test_the_commands_that_are_named_exist(page: str) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    known = {command.name for command in cli.COMMANDS}
    found = commands((ROOT / page).read_text(encoding="utf-8"))
    assert found
    for words in found:
        if words[0] == "make":
            assert set(words[1:]) <= set(targets), words
        elif words[0].endswith("proofread"):
            assert words[1] in known, words


def test_a_newcomer_can_follow_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    ours = [words[1:] for words in commands(text) if words and words[0].endswith("proofread")]
    assert [words[0] for words in ours] == ["new", "check"]
    assert [cli.main(words) for words in ours] == [0, 0]


@pytest.mark.parametrize("name", NAMES)
def test_a_form_is_one(name: str) -> None:
    form = yaml.safe_load((FORMS / name).read_text(encoding="utf-8"))
    assert set(form) == {"name", "description", "title", "labels", "body"}
    named = [part["id"] for part in form["body"] if part["type"] in _INPUTS]
    assert len(named) == len(set(named))
    for part in form["body"]:
        assert set(part) <= {"type", "id", "attributes", "validations"}
        if part["type"] != "markdown":
            assert isinstance(part["attributes"]["label"], str)
    required = [part for part in form["body"] if part.get("validations", {}).get("required")]
    assert required


def test_these_are_all_forms() -> None:
    assert sorted(path.name for path in FORMS.glob("*.yml")) == ["config.yml", *NAMES]
