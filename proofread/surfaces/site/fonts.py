"""The fonts: each whole, as its package has it, and of some a small part that most pages do with.

Both are one family to the style sheets, and the ``unicode-range`` of each file says what is in it:
a browser loads the small one for the common characters, and the whole one only where a page, or
the reader's own formula in the checker, has another. Since the licences of the fonts reserve their
names for whole ones, the families have names of this site's own.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from posixpath import relpath
from string import ascii_letters

import fontTools
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from proofread.surfaces.files import CannotStart

KATEX = Path("node_modules", "katex", "dist")
_TEXT = Path("node_modules", "@fontsource-variable", "source-serif-4", "files")
_MADE = Path(".cache", "fonts")
_STYLES, _FACES = "katex.min.css", "fonts.css"
_FOLDER = "fonts"
"""In the folder of what comes from packages."""

_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_GREEK = "αβγδεζηθκλμνξπρστφχψωϕϵ"
_DELIMITERS = " ()[]{}⟨⟩"
_COMMON = {
    "Main-Regular": _ASCII + "\xa0×ˉΓΔΘΛΣΦΨΩ…′ℓ←→⟺∂∇∈−±∘∝∣∥≈≤≥≡≻⪰⊗⊘⊙⊤⊥⋅⋆⋮⋯⋱⟨⟩\ue020",
    "Main-Bold": " 01" + ascii_letters,
    "Math-Italic": " " + ascii_letters + _GREEK,
    "Math-BoldItalic": " " + ascii_letters + _GREEK,
    "AMS-Regular": " CEINPQRSZ",
    "Size1-Regular": _DELIMITERS + "∑∏",
    "Size2-Regular": _DELIMITERS + "∑∏",
    "Size3-Regular": _DELIMITERS,
    "Size4-Regular": _DELIMITERS,
}
"""Of KaTeX's fonts what the formulas of the pages are written with; the others stay whole.

Each has a space, by which a browser tells how high a line is; the last one of the upright letters
is the stroke of ``\\ne``."""
_COMMON_TEXT = _ASCII + "\xa0¶×éö–—‘’“”…−"
_WEIGHTS = (400, 700)
"""What the style sheets ask for in upright text; in italic text, hardly ever the bold."""

_FACE = re.compile(
    r"@font-face\{font-display:(?P<display>\w+);font-family:\"?KaTeX_(?P<family>\w+)\"?;"
    r"font-style:(?P<style>\w+);font-weight:(?P<weight>\d+);"
    r"src:url\(fonts/KaTeX_(?P<name>[\w-]+)\.woff2\)[^}]*\}"
)
_FAMILY = re.compile(r"\bKaTeX_(?=\w+\b(?!-))")
_OLD_NAMES = {1, 3, 4, 6}
"""By the numbers of the format: the family, the one that nothing else has, the full, PostScript's."""


@dataclass(frozen=True, slots=True)
class Font:
    """A file of a package, how the style sheets ask for it, and what its small part has."""

    source: Path
    place: str
    """Where it goes to, in the folder of what comes from packages."""
    family: str
    style: str
    weight: str
    display: str
    common: str = ""
    weights: tuple[int, int] | int | None = None
    """Where the weight varies: to what the small part is confined."""

    @property
    def small(self) -> str:
        """What the file of the small part is called."""
        slope = "-italic" if self.style == "italic" else ""
        bold = "-bold" if self.weight == "700" else ""
        return f"{self.family.lower().replace(' ', '-')}{bold}{slope}.woff2"

    def faces(self) -> Iterator[str]:
        """The rules that offer it; each character has one file, so that no other is asked for it."""
        if not self.common:
            yield self._face(self.place, self.display)
            return
        with TTFont(self.source) as font:
            characters = set(font.getBestCmap())
        common = characters & set(map(ord, self.common))
        yield self._face(self.place, "swap", characters - common)
        yield self._face(f"{_FOLDER}/{self.small}", self.display, common)

    def _face(self, place: str, display: str, characters: set[int] | None = None) -> str:
        rules = [
            f'font-family: "{self.family}"',
            f"font-style: {self.style}",
            f"font-weight: {self.weight}",
            f"font-display: {display}",
            f'src: url("{relpath(place, _FOLDER)}") format("woff2")',
        ]
        if characters is not None:
            rules.append(f"unicode-range: {', '.join(ranges(characters))}")
        return "@font-face {\n" + "".join(f"  {rule};\n" for rule in rules) + "}\n"

    def part(self) -> bytes:
        """The small part: without instructions for coarse screens, which the text has not either."""
        font = TTFont(self.source, recalcTimestamp=False)
        if self.weights is not None:
            instantiateVariableFont(font, {"wght": self.weights}, inplace=True)
        options = Options()
        options.hinting = False
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
        options.layout_features = ["kern", "liga"]
        subsetter = Subsetter(options)
        subsetter.populate(text=self.common)
        subsetter.subset(font)
        for name in font["name"].names:
            if name.nameID in _OLD_NAMES:
                name.string = self.small.removesuffix(".woff2") if name.nameID > 1 else self.family
        font.flavor = "woff2"
        made = BytesIO()
        font.save(made)
        return made.getvalue()


def ranges(characters: Iterable[int]) -> Iterator[str]:
    """The characters as a style sheet names them: ``U+41-5A``."""
    for _, run in groupby(enumerate(sorted(characters)), lambda one: one[1] - one[0]):
        first, *others = [character for _, character in run]
        yield f"U+{first:X}-{others[-1]:X}" if others else f"U+{first:X}"


def make(root: Path) -> Iterator[tuple[Path, Path]]:
    """Each file of the fonts and of KaTeX's styles, with its place in the folder of the packages.

    What is made depends on the packages and on this file alone, so that it is made again only when
    one of them changed.
    """
    fonts = fonts_of(root)
    made, stamp = root / _MADE, root / _MADE / "key"
    key = _key(root, fonts)
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != key:
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        for font in _split(fonts):
            (made / font.small).write_bytes(font.part())
        faces = "".join(face for font in fonts for face in font.faces())
        (made / _FACES).write_text(faces, encoding="utf-8")
        (made / _STYLES).write_text(styles(_katex(root)), encoding="utf-8")
        stamp.write_text(key, encoding="utf-8")
    yield made / _STYLES, Path("katex", _STYLES)
    yield made / _FACES, Path(_FOLDER, _FACES)
    yield from ((made / font.small, Path(_FOLDER, font.small)) for font in _split(fonts))
    yield from ((font.source, Path(font.place)) for font in fonts)


def fonts_of(root: Path) -> list[Font]:
    """All fonts of the site: of its text, and of its formulas."""
    return [*_of_text(root), *_of_katex(root)]


def _katex(root: Path) -> str:
    return installed(root / KATEX / _STYLES).read_text(encoding="utf-8")


def _split(fonts: Iterable[Font]) -> Iterator[Font]:
    return (font for font in fonts if font.common)


def _of_text(root: Path) -> Iterator[Font]:
    lightest, boldest = _WEIGHTS
    for style, weight, common, weights in (
        ("normal", f"{lightest} {boldest}", _COMMON_TEXT, _WEIGHTS),
        ("italic", f"{lightest}", _COMMON_TEXT, lightest),
        ("italic", f"{lightest + 1} {boldest}", "", None),
    ):
        name = f"source-serif-4-latin-wght-{style}.woff2"
        family = "Proofread Serif"
        source, place = root / _TEXT / name, f"{_FOLDER}/{name}"
        yield Font(source, place, family, style, weight, "optional", common, weights)


def _of_katex(root: Path) -> Iterator[Font]:
    """What KaTeX's own style sheet asks for."""
    katex = _katex(root)
    found = list(_FACE.finditer(katex))
    if len(found) != katex.count("@font-face") or not found:
        raise CannotStart(f"{root / KATEX / _STYLES} does not name its fonts as it was expected to")
    for one in found:
        name = f"KaTeX_{one['name']}.woff2"
        yield Font(
            source=root / KATEX / "fonts" / name,
            place=f"katex/fonts/{name}",
            family=f"Proofread {one['family']}",
            style=one["style"],
            weight=one["weight"],
            display=one["display"],
            common=_COMMON.get(one["name"], ""),
        )


def styles(katex: str) -> str:
    """KaTeX's style sheet with the families by their own names, and without the files of fonts."""
    return _FAMILY.sub("Proofread ", _FACE.sub("", katex))


def _key(root: Path, fonts: Iterable[Font]) -> str:
    digest = hashlib.sha256(fontTools.version.encode())
    for path in [Path(__file__), root / KATEX / _STYLES, *(font.source for font in fonts)]:
        digest.update(installed(path).read_bytes())
    return digest.hexdigest()


def installed(source: Path) -> Path:
    """A file that a package should have brought."""
    if not source.is_file():
        raise CannotStart(f"there is no {source}: npm ci installs it, and make site runs that")
    return source
