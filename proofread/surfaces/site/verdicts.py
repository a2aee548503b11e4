"""The mark beside a displayed formula, and what opens behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape

from proofread.records import FileReport, Link, Statement, SymbolRow

ShowName = Callable[[str], str]
"""The HTML of a quantity from its LaTeX."""

#: What each state of a formula is called; the style sheet has a sign for each.
NAMES = {
    "declares": "declared",
    "defines": "defined",
    "reads": "well formed",
    "holds": "holds",
    "not-refuted": "not refuted",
    "refuted": "refuted, as meant",
    "fails": "fails",
    "refused": "refused",
    "undecided": "undecided",
    "unexpected": "not refuted as meant",
}

_ORDER = ("unexpected", "fails", "refused", "undecided", "refuted", "not-refuted", "holds",
          "defines", "declares", "reads")  # fmt: skip

_INEQUALITIES = frozenset(
    {"<", ">", "≤", "≥", "≠", r"\le", r"\ge", r"\leq", r"\geq", r"\ne", r"\neq", r"\lt", r"\gt"}
)


def state(statement: Statement) -> str:
    """A statement's state in the words of a page; an inequality's "holds" is "not refuted"."""
    if statement.refuted and statement.expected:
        return "refuted" if statement.accepted else "unexpected"
    if statement.verdict == "holds" and _is_open(statement):
        return "not-refuted"
    return statement.verdict


def _is_open(statement: Statement) -> bool:
    return any(link.relation in _INEQUALITIES for link in statement.links)


def overall(statements: Iterable[Statement]) -> str | None:
    """The state of a block: that of its worst statement, or of the one that says the most."""
    states = {state(statement) for statement in statements if statement.kind != "prose"}
    return next((name for name in _ORDER if name in states), None)


def mark(
    statements: Sequence[Statement], report: FileReport, show: ShowName, links: str = ""
) -> str:
    """The mark of a displayed block with its details, or nothing where the block says nothing.

    ``links`` is the HTML of what stands below the details.
    """
    telling = [statement for statement in statements if statement.kind != "prose"]
    name = overall(telling)
    if name is None:
        return ""
    alone = len(telling) == 1
    parts = (_details(statement, report, show, alone=alone) for statement in telling)
    return (
        f'<details class="check" data-state="{name}">'
        f'<summary title="How this was checked">{NAMES[name]}</summary>'
        f'<div class="check-details">{"".join(parts)}{links}</div></details>'
    )


def summary(report: FileReport) -> str:
    """What there is to say of a whole page, in one line."""
    states = Counter(state(one) for one in report.statements if one.kind != "prose")
    counts = [_counted(states[name], *words) for name, words in _SUMMARY.items() if states[name]]
    total = _counted(sum(states.values()), "statement", "statements")
    return f"{total}: {', '.join(counts)}. Derivatives are in {report.layout} layout."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


_SUMMARY = {
    "declares": ("declared", "declared"),
    "defines": ("defined", "defined"),
    "holds": ("holds", "hold"),
    "not-refuted": ("not refuted", "not refuted"),
    "reads": ("well formed", "well formed"),
    "refuted": ("refuted as meant", "refuted as meant"),
}


def _details(statement: Statement, report: FileReport, show: ShowName, *, alone: bool) -> str:
    rows = "".join(
        f"<div><dt>{term}</dt><dd>{text}</dd></div>"
        for term, text in _rows(statement, report, show)
    )
    links = _links(statement)
    heading = "" if alone else _heading(statement)
    return f"<section>{heading}{links}<dl>{rows}</dl></section>"


def _heading(statement: Statement) -> str:
    latex = " ".join(statement.latex.split())
    return f"<p><code>{escape(latex)}</code> {NAMES[state(statement)]}</p>"


def _rows(statement: Statement, report: FileReport, show: ShowName) -> Iterator[tuple[str, str]]:
    if statement.introduces:
        lines = range(statement.line, statement.end_line + 1)
        rows = {row.name: row for row in report.symbols if row.line in lines}
        names = (_introduced(name, rows.get(name), show) for name in statement.introduces)
        yield ("Declares" if statement.kind == "declaration" else "Defines"), "<br>".join(names)
    if statement.refuted and statement.expected:
        yield "Expected", escape(statement.expected)
    if statement.message:
        yield "Found", escape(statement.message)
    if statement.samples:
        yield "Samples", _samples(statement)
    errors = [link.error for link in statement.links if link.error is not None]
    if errors:
        yield "Largest relative difference", number(max(errors))
    if statement.samples:
        yield "Assumed", escape("; ".join(statement.assumptions)) or "nothing"
    if statement.held_constant:
        yield "Held constant", ", ".join(map(show, statement.held_constant))
    if statement.samples:
        yield "Layout", report.layout
    if statement.notes:
        yield "Note", "; ".join(escape(note) for note in statement.notes)
    yield from _example(statement, show)


def _introduced(name: str, row: SymbolRow | None, show: ShowName) -> str:
    return f"{show(name)}, {escape(row.shape)}" if row else show(name)


def _samples(statement: Statement) -> str:
    if not statement.sizes:
        return str(statement.samples)
    choices = "choice" if statement.sizes == 1 else "choices"
    return f"{statement.samples}, over {statement.sizes} {choices} of sizes"


def _example(statement: Statement, show: ShowName) -> Iterator[tuple[str, str]]:
    sample = statement.example
    if sample is None:
        return
    given = [(name, str(size)) for name, size in sample.sizes] + list(sample.values)
    if given:
        lines = (f"{show(name)} <code>= {escape(value)}</code>" for name, value in given)
        yield "One sample", "<br>".join(lines)
    yield "Its left side", f"<code>{escape(sample.left)}</code>"
    yield "Its right side", f"<code>{escape(sample.right)}</code>"


def _links(statement: Statement) -> str:
    """A table of the links, where there is more to say than that the only one holds."""
    links = statement.links
    if len(links) < 2 and not any(link.reason or link.left_shape for link in links):
        return ""
    rows = "".join(_link(count, link) for count, link in enumerate(links, start=1))
    return (
        '<table class="links"><thead><tr><th>Step</th><th>Shapes</th><th>Verdict</th>'
        f"<th>Difference</th><th>Reason given</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _link(count: int, link: Link) -> str:
    relation = escape(_RELATIONS.get(link.relation, link.relation))
    shapes = f"{link.left_shape or '?'} {relation} {link.right_shape or '?'}"
    known = link.left_shape or link.right_shape
    cells = (
        str(count),
        shapes if known else relation,
        NAMES[link_state(link)],
        "" if link.error is None else number(link.error),
        escape(link.reason or ""),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def link_state(link: Link) -> str:
    """A link's state in the words of a page."""
    open_still = link.verdict == "holds" and link.relation in _INEQUALITIES
    return "not-refuted" if open_still else link.verdict


_RELATIONS = {
    r"\le": "≤", r"\leq": "≤", r"\ge": "≥", r"\geq": "≥", r"\ne": "≠", r"\neq": "≠",
    r"\lt": "<", r"\gt": ">", r"\equiv": "≡", r"\approx": "≈", r"\propto": "∝", r"\in": "∈",
    r"\coloneqq": "≔", ":=": "≔", r"\triangleq": "≜", r"\succ": "≻", r"\succeq": "⪰",
    r"\implies": "⟹", r"\iff": "⟺", r"\leftarrow": "←", r"\to": "→", r"\rightarrow": "→",
}  # fmt: skip


def number(value: float) -> str:
    """A difference as a reader writes it, as HTML: ``1.1 × 10<sup>−16</sup>``."""
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 1e4:
        return f"{value:.2g}"
    mantissa, exponent = f"{value:.1e}".split("e")
    power = str(int(exponent)).replace("-", "−")
    return f"{mantissa} × 10<sup>{power}</sup>"
