"""What the extension leaves in the tree, for the site to render."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from proofread.markdown.mathematics import PRIORITY, reading_of
from proofread.markdown.reader import converter


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "Let $x_1 < y_2$",
            '<p>Let <span class="mathematics" data-piece="0">x_1 &lt; y_2</span></p>',
        ),
        (
            "$$\na &= b &lt; *c*\n$$",
            '<div class="mathematics display" data-piece="0">a &amp;= b &amp;lt; *c*</div>',
        ),
        (
            "So $$a$$ is",
            '<p>So <span class="mathematics display" data-piece="0">a</span> is</p>',
        ),
        (
            "$<b>x</b>$",
            '<p><span class="mathematics" data-piece="0">&lt;b&gt;x&lt;/b&gt;</span></p>',
        ),
        (
            "$$\n\\frac{a}\n{b}\n$$",
            '<div class="mathematics display" data-piece="0">\\frac{a}\n{b}</div>',
        ),
        ("`$x$` costs $5 or \\$6", "<p><code>$x$</code> costs $5 or $6</p>"),
        ("`a<b $x$`", "<p><code>a&lt;b $x$</code></p>"),
        ('[a](b?$c "d")', '<p><a href="b?$c" title="d">a</a></p>'),
        (
            "Text <b title='a$ b'>$y$</b>",
            '<p>Text <b title=\'a$ b\'><span class="mathematics" data-piece="0">y</span></b></p>',
        ),
        ("$$\na", "<p>$$\na</p>"),
    ],
)
def test_html(text: str, html: str) -> None:
    assert converter(None).convert(text) == html


def test_indented_code_is_highlighted_as_written() -> None:
    html = converter(None).convert("    #!python\n    x = '$$' + \"\\\\(\"\n")
    assert "$$" in html
    assert "\ufdd0" not in html


@pytest.mark.parametrize(
    "text",
    [
        '*x*{: .mathematics data-piece="7" } and $y$',
        '<p class="mathematics" data-piece="7" markdown>$y$</p>',
        '<span class="mathematics" data-piece="7"></span> $y$',
    ],
)
def test_attributes_of_a_page_pass_for_no_formula(text: str) -> None:
    md = converter(None)
    html = md.convert(text)
    assert [piece.latex for piece in reading_of(md).pieces] == ["y"]
    assert html.count('data-piece="0"') == 1


class Renderer(Treeprocessor):
    """Fills in each formula, as a site does."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if "data-piece" in element.attrib:
                piece = reading_of(self.md).pieces[int(element.attrib.pop("data-piece"))]
                element.text = f"({piece.latex} at {piece.start.line})"


def test_a_renderer_finds_its_pieces_in_order() -> None:
    md = converter(None)
    md.treeprocessors.register(Renderer(md), "renderer", PRIORITY - 0.5)
    html = md.convert("# $h$\n\n[^1] $a$\n\n[^1]: $c$\n\n$$\nb\n$$\n")
    assert [piece.latex for piece in reading_of(md).pieces] == ["h", "a", "b", "c"]
    for filled in ("(h at 1)", "(a at 3)", "(b at 7)", "(c at 5)"):
        assert filled in html


def test_an_instance_can_be_used_again() -> None:
    md = converter(None)
    md.convert("$a$ and $$\n")
    md.reset()
    md.convert("Let $b$.\n")
    assert [piece.latex for piece in reading_of(md).pieces] == ["b"]
    assert reading_of(md).problems == []


def test_without_the_extension_there_is_no_reading() -> None:
    with pytest.raises(
        LookupError, match=r"the extension proofread\.markdown\.mathematics is not in use"
    ):
        reading_of(Markdown())
