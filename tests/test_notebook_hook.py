"""A notebook becomes Markdown: its prose, its code, and what its code puts out."""

import base64
from pathlib import PurePosixPath

import jupytext
import pytest

from proofread.surfaces.site.notebook_hook import as_markdown

PATH = PurePosixPath("notebooks/descent.py")
SVG = b'<svg height="225pt" width="300.5pt" xmlns="http://www.w3.org/2000/svg"/>'
TEXT = '<div class="jp-OutputArea-output" data-mime-type="text/plain"><pre>1 &lt; 2\n</pre></div>'
PICTURE = (
    '<div class="jp-OutputArea-output" data-mime-type="image/svg+xml">'
    f'<img src="data:image/svg+xml;base64,{base64.b64encode(SVG).decode()}"></div>'
)
STDERR = TEXT.replace("text/plain", "application/vnd.jupyter.stderr")
TABLE = '<div class="jp-OutputArea-output" data-mime-type="text/html"><table></table></div>'


def executed(*outputs: str) -> str:
    """The page that mkdocs-jupyter makes, as far as it matters here."""
    return "".join(
        f'<div class="jp-CodeCell"><div class="jp-CodeCell">{output}</div></div>'
        for output in outputs
    )


def notebook(text: str) -> list[object]:
    return list(jupytext.reads(text, fmt="py:percent").cells)


def test_prose_code_text_and_picture() -> None:
    cells = notebook(
        "# %% [markdown]\n# # Descent\n#\n# Let $x \\in \\mathbb{R}$.\n\n"
        '# %%\nprint("1 < 2")\n\n'
        '# %% alt="A falling curve."\nplt.show()\n'
    )
    text, pictures = as_markdown(cells, executed(TEXT, PICTURE), PATH)
    assert text == (
        "# Descent\n\nLet $x \\in \\mathbb{R}$.\n\n"
        '[Download this notebook](descent.ipynb){ .md-button download="descent.ipynb" }\n\n'
        '``` py\nprint("1 < 2")\n```\n\n'
        "``` { .text .notebook-output }\n1 < 2\n```\n\n"
        "``` py\nplt.show()\n```\n\n"
        "![A falling curve.](descent-1.svg){ width=401 height=300 }"
    )
    assert pictures == {"notebooks/descent-1.svg": SVG}


def test_code_cannot_close_its_block() -> None:
    cells = notebook('# %% [markdown]\n# Fences\n\n# %%\nfence = """\n```\n"""\n')
    text, _ = as_markdown(cells, executed(""), PATH)
    assert text.endswith('```` py\nfence = """\n```\n"""\n````')


def test_a_picture_needs_a_text_alternative() -> None:
    with pytest.raises(ValueError, match="cell that begins with") as error:
        as_markdown(notebook("# %%\nplt.show()\n"), executed(PICTURE), PATH)
    assert str(error.value) == (
        "the cell that begins with 'plt.show()' shows a picture without a text alternative; "
        'write it beside the marker of the cell, as in # %% alt="A falling curve."'
    )


@pytest.mark.parametrize(
    ("output", "kind"),
    [
        (TABLE, "text/html"),
        (STDERR, "application/vnd.jupyter.stderr"),
        (
            '<div class="jp-OutputArea-output"><img src="https://a.b/c.png"></div>',
            "something that is no SVG picture",
        ),
    ],
)
def test_what_cannot_be_shown_is_refused(output: str, kind: str) -> None:
    with pytest.raises(ValueError, match="cell that begins with") as error:
        as_markdown(notebook("# %%\nshow()\n"), executed(output), PATH)
    assert str(error.value).startswith(f"the cell that begins with 'show()' puts out {kind}")
    assert str(error.value).endswith("shows plain text and SVG pictures only")
