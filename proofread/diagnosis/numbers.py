"""Numbers as a reader wants them: four digits, small arrays written out."""

from __future__ import annotations

from proofread.algebra.matrices import Matrix, Members, Tensor, Value, entries
from proofread.verdict.comparison import Compared
from proofread.verdict.newton import difference

MOST_ENTRIES = 9


def number(value: object) -> str:
    """Four significant digits of a number's real part."""
    real = float(value.real)  # type: ignore[attr-defined]
    if real == int(real) and abs(real) < 1e6:
        return str(int(real))
    return f"{real:.4g}"


def array(value: Value) -> str:
    """A value in brackets; long ones are cut."""
    if type(value) is Matrix:
        if len(value.a) > MOST_ENTRIES:
            shown = ", ".join(number(entry) for entry in value.a[:4])
            return f"({shown}, …; {value.r}×{value.c})"
        if value.c == 1:
            return "(" + ", ".join(number(entry) for entry in value.a) + ")"
        rows = [value.a[k : k + value.c] for k in range(0, len(value.a), value.c)]
        return "[" + "; ".join(", ".join(number(entry) for entry in row) for row in rows) + "]"
    if type(value) is Members:
        return (
            "{"
            + ", ".join(array(item) for item in value.items[:4])
            + (", …}" if len(value.items) > 4 else "}")
        )
    if type(value) is Tensor:
        return f"({', '.join(number(entry) for entry in value.a[:4])}, …)"
    return number(value)


def worst_entry(compared: Compared) -> tuple[str, str, str]:
    """Where two sides differ most: the entry's name and both numbers."""
    assert compared.left is not None
    assert compared.right is not None
    best = (-1.0, "", "", "")
    for p, q in zip(compared.left, compared.right, strict=True):
        gaps = difference(p, q)
        lefts, rights = entries(p), entries(q)
        for k, gap in enumerate(gaps):
            size = abs(float(gap.real))
            if size > best[0]:
                left = lefts[k] if len(lefts) > 1 else lefts[0]
                right = rights[k] if len(rights) > 1 else rights[0]
                best = (size, _entry_name(p if len(lefts) > 1 else q, k), number(left),
                        number(right))  # fmt: skip
    return best[1], best[2], best[3]


def _entry_name(value: Value, k: int) -> str:
    if type(value) is not Matrix:
        return ""
    if value.c == 1 or value.r == 1:
        return f"entry [{k + 1}]: "
    return f"entry [{k // value.c + 1}, {k % value.c + 1}]: "
