"""What is behind "cite": whole, readable by programs, and the same as the file of citation."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from bibtexparser.entrypoint import parse_string
from mkdocs.utils.yaml import yaml_load

from proofread.surfaces.git import Change
from proofread.surfaces.site.citations import (
    FORMS,
    Cited,
    Work,
    biblatex,
    bibtex,
    csl,
    markdown,
    plain,
    read_work,
    ris,
)

ROOT = Path(__file__).parent.parent
WORK = Work("Proofread: a site", ("The authors",), "0.1.0", "2026-11-01")
CITED = Cited(
    "B4K2",
    "The gradient: squared error",
    "https://example.org/tag/B4K2/",
    Change("0123456789abcdef", "2026-11-21"),
    WORK,
)
LOCAL = replace(CITED, address="tag/B4K2/", change=None)
HARD = replace(CITED, title="∇θL, 50% & “{a}_b” #1 ~ \\ $x$ ^ é – A*[b]")
MARKS = "Tag B4K2, version 0.1.0, changed 2026-11-21, commit 0123456789, CC BY 4.0"


def test_bibtex() -> None:
    assert (
        bibtex(CITED)
        == f"""\
@misc{{proofread-B4K2,
  author       = {{{{The authors}}}},
  title        = {{The gradient: squared error}},
  howpublished = {{Proofread: a site}},
  year         = {{2026}},
  month        = nov,
  note         = {{{MARKS}}},
  url          = {{https://example.org/tag/B4K2/}}
}}"""
    )


def test_biblatex() -> None:
    assert (
        biblatex(CITED)
        == f"""\
@online{{proofread-B4K2,
  author     = {{{{The authors}}}},
  title      = {{The gradient: squared error}},
  titleaddon = {{Proofread: a site}},
  date       = {{2026-11-21}},
  version    = {{0.1.0}},
  note       = {{{MARKS}}},
  url        = {{https://example.org/tag/B4K2/}}
}}"""
    )


def test_csl() -> None:
    assert json.loads(csl(CITED)) == [
        {
            "id": "proofread-B4K2",
            "type": "webpage",
            "title": "The gradient: squared error",
            "container-title": "Proofread: a site",
            "author": [{"literal": "The authors"}],
            "issued": {"date-parts": [[2026, 11, 21]]},
            "version": "0.1.0",
            "number": "B4K2",
            "note": MARKS,
            "URL": "https://example.org/tag/B4K2/",
        }
    ]


def test_ris() -> None:
    assert (
        ris(CITED)
        == f"""\
TY  - ELEC
ID  - proofread-B4K2
AU  - The authors
TI  - The gradient: squared error
T2  - Proofread: a site
PY  - 2026
DA  - 2026/11/21
ET  - 0.1.0
N1  - {MARKS}
UR  - https://example.org/tag/B4K2/
ER  - """
    )


def test_for_people() -> None:
    assert plain(CITED) == (
        "The authors (2026). The gradient: squared error. In: Proofread: a site. "
        f"{MARKS}. https://example.org/tag/B4K2/"
    )
    assert markdown(CITED) == (
        "[The gradient: squared error](https://example.org/tag/B4K2/ "
        '"Proofread, tag B4K2, version 0.1.0, changed 2026-11-21, commit 0123456789, CC BY 4.0")'
    )
    assert markdown(HARD).startswith(
        "[∇θL, 50% & “{a}\\_b” #1 ~ \\\\ \\$x\\$ ^ é – A\\*\\[b\\]](https:"
    )


def test_without_history_and_without_an_address() -> None:
    assert bibtex(LOCAL).endswith("note         = {Tag B4K2, version 0.1.0, CC BY 4.0}\n}")
    assert "month        = nov" in bibtex(LOCAL)
    assert "URL" not in json.loads(csl(LOCAL))[0]
    assert "UR  - " not in ris(LOCAL)
    assert markdown(LOCAL).startswith("[The gradient: squared error](tag/B4K2/ ")


@pytest.mark.parametrize("cited", [CITED, LOCAL, HARD])
def test_each_form_names_tag_version_and_licence(cited: Cited) -> None:
    for name, form in FORMS:
        text = form(cited)
        assert cited.tag in text, name
        assert "version 0.1.0" in text, name
        assert "CC BY 4.0" in text, name
        assert ("2026-11-21" in text and "0123456789" in text) == (cited.change is not None), name


@pytest.mark.parametrize("entry", [bibtex, biblatex])
@pytest.mark.parametrize("cited", [CITED, LOCAL, HARD])
def test_a_library_reads_the_entries(entry: type, cited: Cited) -> None:
    library = parse_string(entry(cited))
    assert library.failed_blocks == []
    (read,) = library.entries
    assert read.key == "proofread-B4K2"
    assert read.fields_dict["author"].value == "{The authors}"
    assert read.fields_dict["note"].value.startswith("Tag B4K2, version 0.1.0")


#: Of the type ``online`` in the data model of BibLaTeX (its manual, section 2.1): what an entry
#: must have, and what it may have.
ONLINE_REQUIRED = ("author", "title", "date", "url")
ONLINE_OPTIONAL = frozenset({"addendum", "note", "organization", "subtitle", "titleaddon",
                             "urldate", "version"})  # fmt: skip


def problems_of_online(entry: str) -> list[str]:
    """What BibLaTeX would ignore, or miss, in an entry for something on line."""
    (read,) = parse_string(entry).entries
    fields = read.fields_dict
    missing = [f"lacks {name}" for name in ONLINE_REQUIRED if name not in fields]
    known = {*ONLINE_REQUIRED, *ONLINE_OPTIONAL}
    wrong = [f"has {name}" for name in fields if name not in known]
    wrong += [] if read.entry_type == "online" else [f"is of the type {read.entry_type}"]
    day = fields["date"].value if "date" in fields else ""
    wrong += [] if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else [f"is of the day {day!r}"]
    return missing + wrong


def test_the_entry_for_biblatex_has_the_fields_of_its_type() -> None:
    assert problems_of_online(biblatex(CITED)) == []
    assert problems_of_online(biblatex(HARD)) == []
    assert problems_of_online(biblatex(LOCAL)) == ["lacks url"]  # the site has no address there


def test_a_field_that_biblatex_does_not_know_would_be_found() -> None:
    entry = biblatex(CITED).replace("date  ", "year  ").replace("@online", "@misc")
    assert problems_of_online(entry) == [
        "lacks date", "has year", "is of the type misc", "is of the day ''",
    ]  # fmt: skip


def test_the_library_would_find_a_broken_entry() -> None:
    assert parse_string(bibtex(CITED).replace("{0.1", "{{0.1")[:-1]).failed_blocks


def test_several_people_are_named_by_bibtex_rules() -> None:
    work = replace(WORK, authors=("Doe, Jane", "The others"))
    assert "author       = {Doe, Jane and {The others}}" in bibtex(replace(CITED, work=work))


DOCUMENT = r"""\documentclass{article}
\begin{document}
See \cite{proofread-B4K2} and \cite{proofread-C111}.
\bibliographystyle{plain}
\bibliography{cited}
\end{document}
"""


def test_a_document_that_cites_it_compiles(tmp_path: Path) -> None:
    if shutil.which("pdflatex") is None or shutil.which("bibtex") is None:
        message = "the test needs LaTeX: on Debian, apt-get install texlive-latex-base"
        if os.environ.get("CI"):
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    entries = f"{bibtex(CITED)}\n\n{bibtex(replace(HARD, tag='C111'))}\n"
    (tmp_path / "cited.bib").write_text(entries, encoding="utf-8")
    (tmp_path / "paper.tex").write_text(DOCUMENT, encoding="utf-8")
    latex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"]
    said = ""
    for command in (latex, ["bibtex", "paper"], latex, latex):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        said = done.stdout.decode("utf-8", "replace")
        assert done.returncode == 0, said
        assert command is latex or "Warning" not in said, said
    assert "Warning" not in said
    bibliography = (tmp_path / "paper.bbl").read_text(encoding="utf-8")
    assert r"50\% \&" in bibliography
    assert (tmp_path / "paper.pdf").stat().st_size > 5_000


# The file of citation ----------------------------------------------------------------------------


def problems_of(text: str) -> list[str]:
    """What is wrong with a file of citation by the schema of its format."""
    schemas = files("check_jsonschema") / "builtin_schemas" / "vendor"
    schema = json.loads((schemas / "citation-file-format.json").read_text(encoding="utf-8"))
    data = json.loads(json.dumps(yaml_load(text), default=str))
    validator = jsonschema.validators.validator_for(schema)(schema)
    return [error.message for error in validator.iter_errors(data)]


def test_the_file_of_citation_is_valid() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert problems_of(text) == []
    assert problems_of(text.replace("cff-version: 1.2.0\n", "")) == [
        "'cff-version' is a required property"
    ]


def test_the_file_of_citation_says_what_the_package_says() -> None:
    work = read_work(ROOT)
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert work.version == package["version"]
    assert list(work.authors) == [author["name"] for author in package["authors"]]
    assert yaml_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["license"] == "MIT"
