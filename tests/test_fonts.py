"""The fonts of the site: a small part of each for most pages, and the whole for all others."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from proofread.surfaces.files import CannotStart
from proofread.surfaces.site.fonts import KATEX, Font, fonts_of, make, ranges, styles

ROOT = Path(__file__).parent.parent
TEXT = "Proofread Serif"
FONTS = fonts_of(ROOT)
SPLIT = [font for font in FONTS if font.common]


@pytest.fixture(scope="module")
def made() -> dict[str, Path]:
    """What is made, by its place."""
    return {place.as_posix(): source for source, place in make(ROOT)}


def characters(path: Path) -> set[int]:
    with TTFont(path) as font:
        return set(font.getBestCmap())


def read(text: str) -> set[int]:
    """The characters of a ``unicode-range``."""
    found: set[int] = set()
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", text):
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def rules(faces: str) -> list[dict[str, str]]:
    """Each rule of a style sheet of fonts, by what it says."""
    bodies = re.findall(r"@font-face \{\n(.*?)\}\n", faces, re.DOTALL)
    assert len(bodies) == faces.count("@font-face")
    return [dict(re.findall(r"^  ([\w-]+): (.*);$", body, re.MULTILINE)) for body in bodies]


def test_characters_are_named_in_runs() -> None:
    assert list(ranges({0x41, 0x43, 0x42, 0x20, 0x2212})) == ["U+20", "U+41-43", "U+2212"]
    assert list(ranges([])) == []
    assert read("U+20, U+41-43") == {0x20, 0x41, 0x42, 0x43}


def test_the_small_parts_and_what_the_fonts_lack_of_them() -> None:
    lacking = {font.small: set(font.common) - set(map(chr, characters(font.source)))
               for font in SPLIT}  # fmt: skip
    assert {name: found for name, found in lacking.items() if found} == {
        "proofread-main.woff2": {"`"}
    }
    assert sorted(lacking) == [
        "proofread-ams.woff2",
        "proofread-main-bold.woff2",
        "proofread-main.woff2",
        "proofread-math-bold-italic.woff2",
        "proofread-math-italic.woff2",
        "proofread-serif-italic.woff2",
        "proofread-serif.woff2",
        "proofread-size1.woff2",
        "proofread-size2.woff2",
        "proofread-size3.woff2",
        "proofread-size4.woff2",
    ]
    assert all(" " in font.common for font in SPLIT)


def test_the_rules_of_one_font(made: dict[str, Path]) -> None:
    assert """\
@font-face {
  font-family: "Proofread Size3";
  font-style: normal;
  font-weight: 400;
  font-display: swap;
  src: url("../katex/fonts/KaTeX_Size3-Regular.woff2") format("woff2");
  unicode-range: U+2F, U+5C, U+A0, U+2C6, U+2DC, U+302-303, U+221A, U+2308-230B;
}
@font-face {
  font-family: "Proofread Size3";
  font-style: normal;
  font-weight: 400;
  font-display: block;
  src: url("proofread-size3.woff2") format("woff2");
  unicode-range: U+20, U+28-29, U+5B, U+5D, U+7B, U+7D, U+27E8-27E9;
}
""" in made["fonts/fonts.css"].read_text(encoding="utf-8")


def test_each_character_of_a_font_is_in_one_of_its_files(made: dict[str, Path]) -> None:
    offered: dict[tuple[str, str, str], list[set[int]]] = defaultdict(list)
    for rule in rules(made["fonts/fonts.css"].read_text(encoding="utf-8")):
        (name,) = re.findall(r'^url\("(?:\.\./katex/fonts/)?([\w-]+\.woff2)"\)', rule["src"])
        place = "katex/fonts/" if name.startswith("KaTeX") else "fonts/"
        inside = characters(made[place + name])
        asked = read(rule["unicode-range"]) if "unicode-range" in rule else inside
        assert asked <= inside, name
        key = (rule["font-family"], rule["font-style"], rule["font-weight"])
        offered[key].append(asked)
    for font in FONTS:
        parts = offered.pop((f'"{font.family}"', font.style, font.weight))
        assert len(parts) == (2 if font.common else 1)
        assert sum(map(len, parts)) == len(set().union(*parts))
        assert set().union(*parts) == characters(font.source)
    assert offered == {}


@pytest.mark.parametrize("font", SPLIT, ids=lambda font: font.small)
def test_a_small_part_is_drawn_as_the_whole(made: dict[str, Path], font: Font) -> None:
    with TTFont(made[f"fonts/{font.small}"]) as part, TTFont(font.source) as whole:
        assert set(part.getBestCmap()) >= set(map(ord, font.common)) & set(whole.getBestCmap())
        for one in ("ascent", "descent", "lineGap"):
            assert getattr(part["hhea"], one) == getattr(whole["hhea"], one)
        assert part["head"].unitsPerEm == whole["head"].unitsPerEm
        for character, name in part.getBestCmap().items():
            assert _drawn(part, name) == _drawn(whole, whole.getBestCmap()[character])


def _drawn(font: TTFont, name: str) -> tuple[int, object]:
    """How wide a glyph is, and its lines: of a font that varies, at the weight of the text."""
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return font["hmtx"][name][0], pen.value


@pytest.mark.parametrize("font", SPLIT, ids=lambda font: font.small)
def test_a_small_part_has_another_name_and_the_same_licence(
    made: dict[str, Path], font: Font
) -> None:
    with TTFont(made[f"fonts/{font.small}"]) as part, TTFont(font.source) as whole:
        names = {one.nameID: one.toUnicode() for one in part["name"].names}
        given = {one.nameID: one.toUnicode() for one in whole["name"].names}
    stem = font.small.removesuffix(".woff2")
    assert [names[number] for number in (1, 3, 4, 6)] == [font.family, stem, stem, stem]
    assert not any(re.search(r"Source|KaTeX", names[number]) for number in (1, 2, 3, 4, 6))
    for number in (0, 13, 14):  # whose it is, the licence, and where that is
        assert names.get(number) == given.get(number)
    assert names[14] == "http://scripts.sil.org/OFL"


def test_the_weights_of_the_text() -> None:
    asked = {(font.style, font.weight): font.weights for font in FONTS if font.family == TEXT}
    assert asked == {
        ("normal", "400 700"): (400, 700),
        ("italic", "400"): 400,
        ("italic", "401 700"): None,
    }


def test_a_small_part_of_the_text_varies_as_it_is_asked_for(made: dict[str, Path]) -> None:
    with TTFont(made["fonts/proofread-serif.woff2"]) as font:
        (axis,) = font["fvar"].axes
        assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 700)
    with TTFont(made["fonts/proofread-serif-italic.woff2"]) as font:
        assert "fvar" not in font


def test_the_styles_of_katex_name_the_families_of_the_site(made: dict[str, Path]) -> None:
    face = (
        '@font-face{font-display:block;font-family:"KaTeX_Main";font-style:normal;font-weight:400;'
        'src:url(fonts/KaTeX_Main-Regular.woff2) format("woff2")}'
    )
    assert styles(f"{face}.katex{{font:normal 1.21em KaTeX_Main,serif}}") == (
        ".katex{font:normal 1.21em Proofread Main,serif}"
    )
    text = made["katex/katex.min.css"].read_text(encoding="utf-8")
    assert "KaTeX_" not in text
    assert "@font-face" not in text
    asked = set(re.findall(r"Proofread \w+", text))
    assert asked == {font.family for font in FONTS} - {TEXT}


def test_fonts_that_are_made_again_are_the_same(made: dict[str, Path]) -> None:
    font = next(font for font in SPLIT if font.small == "proofread-serif.woff2")
    assert made["fonts/proofread-serif.woff2"].read_bytes() == font.part()


def test_a_style_sheet_that_names_its_fonts_otherwise_is_an_error(tmp_path: Path) -> None:
    sheet = tmp_path / KATEX / "katex.min.css"
    sheet.parent.mkdir(parents=True)
    for text in ("", "@font-face{src:url(fonts/KaTeX_Main-Regular.woff2)}"):
        sheet.write_text(text, encoding="utf-8")
        with pytest.raises(CannotStart) as caught:
            fonts_of(tmp_path)
        assert str(caught.value) == f"{sheet} does not name its fonts as it was expected to"


def test_what_is_not_installed_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotStart) as caught:
        list(make(tmp_path))
    missing = tmp_path / KATEX / "katex.min.css"
    assert str(caught.value) == (
        f"there is no {missing}: npm ci installs it, and make site runs that"
    )
