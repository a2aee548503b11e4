"""The command as people run it: what it prints, where, and its exit status."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import proofread
from proofread.records import FileReport, Finding, Place
from proofread.surfaces import cli, pages
from proofread.surfaces.files import find_pages
from proofread.surfaces.progress import Progress
from proofread.surfaces.sources import source_of_file

ROOT = Path(__file__).parent.parent
RIGHT = r"""# Right

Let $x \in \mathbb{R}^n$.

$$
\nabla_x (x^\top x) = 2x
$$
"""
WRONG = RIGHT.replace("= 2x", "= x")
ENDINGS = ".md, .ipynb, .py, .qmd, .Rmd or .tex"
UNUSED = "Let $x \\in \\mathbb{R}^n$ and $q = 2x$.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path


def check(*arguments: str) -> int:
    return cli.main(["check", *arguments])


def run(*arguments: str, cwd: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "proofread", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, **options
    )


def test_accepted_page(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("right.md").write_text(RIGHT)
    assert check("right.md") == 0
    out, err = capsys.readouterr()
    assert out == "2 statements on 1 page: 1 declared, 1 hold; all accepted\n"
    assert err == ""


def test_wrong_page_ends_with_the_finding_and_the_summary(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("wrong.md").write_text(WRONG)
    assert check("wrong.md") == 1
    out, err = capsys.readouterr()
    assert out.startswith("error[step-unequal]: ")
    assert " --> wrong.md:6:" in out
    assert r"6 |    \nabla_x (x^\top x) = x" in out
    assert out.endswith("\n\n2 statements on 1 page: 1 declared, 1 fail; 1 finding\n")
    assert "\x1b" not in out
    assert err == ""


def test_summary_counts_what_is_refuted_on_purpose_by_itself(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = '!!! refuted "fails: half of it"'
    formula = "\n".join(f"    {line}".rstrip() for line in WRONG.split("\n")[4:7])
    Path("page.md").write_text(f"Let $x \\in \\mathbb{{R}}^n$.\n\n{title}\n\n{formula}\n")
    assert check("page.md") == 0
    assert capsys.readouterr().out == (
        "2 statements on 1 page: 1 declared, 1 refuted as meant; all accepted\n"
    )


def test_json(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("wrong.md").write_text(WRONG)
    assert check("--format", "json", "wrong.md") == 1
    out, err = capsys.readouterr()
    report = json.loads(out)
    assert report["version"] == 1
    assert [file["path"] for file in report["files"]] == ["wrong.md"]
    verdicts = [found["verdict"] for found in report["files"][0]["statements"]]
    assert verdicts == ["declares", "fails"]
    assert report["summary"]["fails"] == 1
    assert err == ""


def test_github(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("wrong.md").write_text(WRONG)
    assert check("--format", "github", "wrong.md") == 1
    out, _ = capsys.readouterr()
    assert out.startswith("::error file=wrong.md,line=6,col=")
    assert out.count("\n") == 1


def test_seed_changes_samples_and_no_verdict(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("wrong.md").write_text(WRONG)
    outputs = []
    for seed in ("0", "0", "1"):
        assert check("--seed", seed, "wrong.md") == 1
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
    assert outputs[0] != outputs[2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.md"], "proofread check: no such file or folder: missing.md\n"),
        (
            ["notes.txt"],
            f"proofread check: notes.txt is no page: its name must end in {ENDINGS}\n",
        ),
        (
            ["empty"],
            f"proofread check: no page in the folder empty: looked for {ENDINGS}\n",
        ),
        (
            ["latin.md"],
            "proofread check: latin.md is not UTF-8 text: byte 4 does not fit\n",
        ),
        (["x\x1b.md"], "proofread check: no such file or folder: x<U+001B>.md\n"),
    ],
)
def test_what_cannot_be_started(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    Path("notes.txt").write_text("")
    Path("empty").mkdir()
    Path("latin.md").write_bytes("abc\xe9".encode("latin-1"))
    assert check(*arguments) == 2
    assert capsys.readouterr() == ("", message)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: PATH"),
        (["--loud", "a.md"], "unrecognized arguments: --loud"),
        (
            ["--seed", "-1", "a.md"],
            "argument --seed: expected a whole number of 0 or more, found '-1'",
        ),
        (
            ["--seed", "1.5", "a.md"],
            "argument --seed: expected a whole number of 0 or more, found '1.5'",
        ),
        (["--format", "xml", "a.md"], "argument --format: invalid choice: 'xml'"),
    ],
)
def test_unknown_options(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        check(*arguments)
    assert caught.value.code == 2
    assert message in capsys.readouterr().err


def test_unreadable_macros_are_placed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("docs").mkdir()
    Path("mkdocs.yml").write_text("")
    Path("docs/macros.tex").write_text("\\newcommand{\\R}{\\mathbb{R}}\n  oops\n")
    Path("docs/page.md").write_text(RIGHT)
    assert check("docs/page.md") == 2
    macros = (here / "docs/macros.tex").as_posix()
    assert capsys.readouterr().err == (
        f"proofread check: cannot read the macros at {macros}:2:3: "
        "only macro definitions may stand here\n"
    )


def test_macros_of_the_site_are_known(here: Path) -> None:
    Path("docs/deep").mkdir(parents=True)
    Path("mkdocs.yml").write_text("")
    Path("docs/macros.tex").write_text("\\newcommand{\\Reals}{\\mathbb{R}}\n")
    Path("docs/deep/page.md").write_text(RIGHT.replace("\\mathbb{R}", "\\Reals"))
    assert check("docs") == 0


def test_unused_definition_is_an_error_on_a_site_alone(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("docs").mkdir()
    Path("docs/page.md").write_text(UNUSED)
    assert check("docs") == 0
    Path("mkdocs.yml").write_text("")
    capsys.readouterr()
    assert check("docs") == 1
    assert capsys.readouterr().out.startswith("error[unused-definition]: ")
    assert check("--format", "json", "docs") == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["summary"]["defines"] == 1
    assert err.startswith("error[unused-definition]: ")


def test_pages_of_folders(here: Path) -> None:
    for name in (
        "docs/b.md",
        "docs/a.md",
        "docs/deep/c.ipynb",
        "docs/.hidden/x.md",
        "docs/node_modules/x.md",
        "docs/site/x.md",
        "docs/.venv/x.md",
        "docs/env/pyvenv.cfg",
        "docs/env/x.md",
        "docs/.x.md",
        "docs/notes.txt",
    ):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("")
    Path("docs/plain.py").write_text("x = 1\n")
    Path("docs/book.py").write_text("# %% [markdown]\n# Text\n")
    found = [path.as_posix() for path in find_pages(["docs", "docs/a.md", "docs/plain.py"])]
    assert found == ["docs/a.md", "docs/b.md", "docs/book.py", "docs/deep/c.ipynb", "docs/plain.py"]


def test_notebook_in_percent_form(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cell = "".join(f"# {line}".rstrip() + "\n" for line in WRONG.splitlines())
    Path("book.py").write_text(f"# %% [markdown]\n{cell}\n# %%\nx = 1\n")
    Path("plain.py").write_text("x = 1\n")
    assert check("plain.py") == 0
    assert capsys.readouterr().out == "0 statements on 1 page; all accepted\n"
    assert check("book.py") == 1
    assert " --> book.py:7:" in capsys.readouterr().out


def test_notebook_shows_the_cell(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cells = [
        {"cell_type": "code", "source": "x = 1"},
        {"cell_type": "markdown", "source": WRONG.splitlines(keepends=True)},
    ]
    Path("book.ipynb").write_text(json.dumps({"cells": cells}))
    assert check("book.ipynb") == 1
    out = capsys.readouterr().out
    assert " --> book.ipynb#cell-2:6:" in out
    assert r"6 |    \nabla_x (x^\top x) = x" in out


def test_notebook_that_is_none(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("book.ipynb").write_text("{")
    assert check("book.ipynb") == 1
    assert "the notebook is no JSON" in capsys.readouterr().out


def crash(*arguments: object, **options: object) -> None:
    error = ZeroDivisionError("deep inside")
    error.add_note("at the formula in line 6, column 1")
    raise error


def test_crash_of_the_engine_is_told_apart(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("right.md").write_text(RIGHT)
    monkeypatch.setattr(proofread, "check_page", crash)
    monkeypatch.setattr(pages.tempfile, "tempdir", str(here))
    assert check("right.md") == 2
    (kept,) = here.glob("proofread-*.txt")
    assert capsys.readouterr().err == (
        "proofread check: internal error in right.md: ZeroDivisionError, "
        "at the formula in line 6, column 1; "
        f"this is a bug in proofread, please report it with the file {kept}\n"
    )
    assert "deep inside" in kept.read_text()


def test_place_in_an_included_file_is_shown_from_that_file(here: Path) -> None:
    Path("page.md").write_text("")
    Path("part.md").write_text("\nb = c\n")
    place = Place(2, 1, "part.md")
    report = FileReport("page.md", "mixed", ())
    page = pages.CheckedPage(report, source_of_file(Path("page.md"), None), in_site=False)
    finding = Finding("ambiguous", "x", place, place)
    assert page.source(finding.start.path) == ["", "b = c", ""]
    assert page.source("gone.md") == ()


def test_quiet_when_nobody_reads_on(here: Path) -> None:
    Path("wrong.md").write_text(
        WRONG + "\n" + "\n\n".join(["$$\n\\nabla_x (x^\\top x) = x\n$$"] * 20)
    )
    command = f"'{sys.executable}' -m proofread check wrong.md | head -n 1"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, shell=True, cwd=here, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("error[step-unequal]: ")
    assert done.stderr == ""


def test_module_runs(here: Path) -> None:
    (here / "right.md").write_text(RIGHT)
    done = run("check", "right.md", cwd=here)
    assert (done.returncode, done.stderr) == (0, "")


def test_interrupt_is_quiet(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    Path("right.md").write_text(RIGHT)
    monkeypatch.setattr(proofread, "check_page", interrupt)
    assert check("right.md") == 130
    assert capsys.readouterr() == ("", "")


def in_terminal(arguments: list[str], cwd: Path, **variables: str) -> str:
    """What the command prints on a terminal, both streams together."""
    master, slave = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **variables}
    command = [sys.executable, "-m", "proofread", *arguments]
    with subprocess.Popen(command, cwd=cwd, env=environment, stdout=slave, stderr=slave):
        os.close(slave)
        out = b""
        while True:
            try:
                part = os.read(master, 4096)
            except OSError:
                part = b""
            if not part:
                break
            out += part
    os.close(master)
    return out.decode()


def test_colours_on_a_terminal_unless_they_are_not_wanted(here: Path) -> None:
    (here / "wrong.md").write_text(WRONG)
    assert "\x1b[1;31merror[step-unequal]\x1b[0m" in in_terminal(["check", "wrong.md"], here)
    assert "\x1b[" not in in_terminal(["check", "wrong.md"], here, NO_COLOR="1").replace(
        "\x1b[K", ""
    )


class Terminal:
    """Keeps what is written to it and says that it is a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass


def test_progress_shows_after_a_while_and_is_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("proofread.surfaces.progress._PATIENCE", 0.0)
    stream = Terminal()
    with Progress(stream, 2) as progress:  # type: ignore[arg-type]
        progress.step(1, "a.md")
        while "a.md" not in stream.text:
            time.sleep(0.001)
        progress.step(2, "b.md")
    assert stream.text.endswith(
        "\r\x1b[Kchecking 1 of 2: a.md\r\x1b[Kchecking 2 of 2: b.md\r\x1b[K"
    )


def test_short_run_shows_no_progress() -> None:
    stream = Terminal()
    with Progress(stream, 1) as progress:  # type: ignore[arg-type]
        progress.step(1, "a.md")
    assert stream.text == ""
