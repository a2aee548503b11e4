r"""Sets as they are written: ``\mathbb{R}^{m \times n}``, ``\{0, 1\}^n``, ``O(n)``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod

from proofread.algebra.dimensions import ONE, SCALAR, Dim, Indexed, Shape
from proofread.commands.typography import FONT_SWITCHES, FONTS
from proofread.latex.tokens import Refusal, Span, Token
from proofread.limits import MAX_ARRAY_ENTRIES
from proofread.symbols.counts import with_counts_named
from proofread.symbols.table import REAL, SetSpec, Table
from proofread.syntax.cursor import Cursor, depths, lone_dots, split_commas
from proofread.syntax.dims import as_names, to_dim
from proofread.syntax.nodes import IndexName, Name, Node, Num, Sum, Unknown, rewrite, walk
from proofread.syntax.parser import Parser


@dataclass(slots=True)
class ReadSet:
    """A set with the shape of its members, and the dimension names that it introduces.

    ``counted`` has the families of sizes that it introduces, ``n_l``, with the members it names.
    """

    spec: SetSpec
    shape: Shape
    fresh: dict[str, Span] = field(default_factory=dict)
    counted: dict[str, list[Dim]] = field(default_factory=dict)


def require_size(dims: Sequence[Dim], span: Span) -> None:
    """Refuse sizes that are known to be less than one, or too many entries in all."""
    known = [dim.number for dim in dims if dim.number is not None]
    for number in known:
        if number < 1:
            raise Refusal("shape-mismatch", f"a size is at least 1, found {number}", span)
    if prod(known) > MAX_ARRAY_ENTRIES:
        raise Refusal("too-large", f"an array of more than {MAX_ARRAY_ENTRIES:,} entries", span)


def is_set(tokens: Sequence[Token]) -> bool:
    """Whether the tokens begin like a set."""
    if not tokens:
        return False
    letter, _ = _set_letter(Cursor(tokens, tokens[-1].span))
    if letter:
        return True
    first = tokens[0]
    return (
        first.is_command("{", "lbrace", "Delta")
        or first.is_symbol("[", "(")
        or (first.kind == "letter" and "".join(t.text for t in tokens[:2]) in ("GL", "O("))
    )


def read_set(
    tokens: Sequence[Token], table: Table, span: Span, letters: Collection[str] = ()
) -> ReadSet:
    """The set that the tokens name.

    ``letters`` are the indices of the family that is declared: a new size with one of them below
    it is a size of its members.

    Raises:
        Refusal: where they name none that is known.

    """
    cursor = Cursor(tokens, span)
    reader = _Reader(cursor, table, span, letters)
    result = reader.read()
    if not cursor.done:
        token = cursor.next()
        raise Refusal("latex-syntax", "this does not belong to a set that is known", token.span)
    return result


def _set_letter(cursor: Cursor) -> tuple[str, int]:
    r"""The letter of ``\mathbb{R}`` and its likes, and how many tokens it takes."""
    start = cursor.position
    token = cursor.peek()
    letter = ""
    if token is not None and token.kind == "command":
        if token.text in FONTS and FONTS[token.text] in ("mathbb", "mathbf", "mathrm", "mathcal"):
            cursor.next()
            if not cursor.done:
                inside = cursor.argument()
                text = "".join(t.text for t in inside)
                if text in ("R", "N", "Z", "S", "C", "Q", "O", "GL", "SO"):
                    letter = text
                    if FONTS[token.text] in ("mathrm", "mathcal") and text in "RNZSCQ":
                        letter = "" if FONTS[token.text] == "mathcal" else letter
        elif token.text in ("R", "N", "Z", "S", "reals", "Re", "RR", "Reals"):
            cursor.next()
            letter = "R" if token.text in ("reals", "Re", "RR", "Reals") else token.text
    elif token is not None and token.kind == "open":
        inside = cursor.group()
        if len(inside) == 2 and FONT_SWITCHES.get(inside[0].text) and inside[1].text in "RNZS":
            letter = inside[1].text
        elif inside and inside[0].kind == "command" and inside[0].text in FONTS:
            letter, _ = _set_letter(Cursor(inside, token.span))
    length = cursor.position - start
    cursor.position = start
    return letter, length


class _Reader:
    def __init__(self, cursor: Cursor, table: Table, span: Span, letters: Collection[str]) -> None:
        self.cursor = cursor
        self.table = table
        self.span = span
        self.letters = letters
        self.fresh: dict[str, Span] = {}
        self.counted: dict[str, list[Dim]] = {}

    def read(self) -> ReadSet:
        letter, length = _set_letter(self.cursor)
        if letter:
            self.cursor.position += length
            return self._lettered(letter)
        token = self.cursor.peek()
        if token is None:
            raise Refusal("latex-syntax", "a set is missing here", self.span)
        if token.is_command("{", "lbrace"):
            return self._finite()
        if token.is_symbol("[", "("):
            return self._interval()
        if token.is_command("Delta"):
            return self._simplex()
        if token.kind == "letter":
            return self._group()
        raise Refusal("ambiguous", "this set is not known", token.span)

    def _lettered(self, letter: str) -> ReadSet:
        if letter in ("O", "GL", "SO"):
            return self._group_of(letter)
        sub, sup, sub_span = self._scripts()
        if letter == "S":
            return self._symmetric(sub, sup)
        if letter in ("C", "Q"):
            word = "complex numbers" if letter == "C" else "rational numbers"
            raise Refusal("unknown-command", f"{word} are not read", self.span)
        shape = self._shape(sup)
        sign = "".join(token.text for token in sub)
        if letter in ("N", "Z"):
            low = Fraction(1) if letter == "N" or sign in ("+", "++") else Fraction(-9)
            if letter == "N" and sign == "0":
                low = Fraction(0)
            return self._done(SetSpec("whole", low, None, text=f"{'ℕ' if letter == 'N' else 'ℤ'}"),
                              shape)  # fmt: skip
        if not sign:
            return self._done(REAL, shape)
        if sign in ("++", ">0"):
            return self._done(SetSpec("interval", Fraction(0), None, text="positive"), shape)
        if sign in ("+", "ge0", "geq0", "≥0"):
            return self._done(
                SetSpec("interval", Fraction(0), None, (True, False), text="nonnegative"), shape
            )
        raise Refusal("ambiguous", "this subscript of the set is not known", sub_span)

    def _done(self, spec: SetSpec, shape: Shape) -> ReadSet:
        require_size(shape.dims, self.span)
        return ReadSet(spec, shape, self.fresh, self.counted)

    def _scripts(self) -> tuple[list[Token], list[Token], Span]:
        sub: list[Token] = []
        sup: list[Token] = []
        span = self.cursor.here
        while self.cursor.at_symbol("_", "^"):
            if self.cursor.next().text == "_":
                where = self.cursor.position
                sub = self.cursor.argument()
                span = self.cursor.since(where)
            else:
                sup = self.cursor.argument()
        return sub, sup, span

    def _symmetric(self, sub: list[Token], sup: list[Token]) -> ReadSet:
        if not sup:
            raise Refusal("ambiguous", "the set of symmetric matrices needs its size", self.span)
        n = self.dim(sup)
        sign = "".join(token.text for token in sub)
        if sign not in ("", "+", "++"):
            raise Refusal("ambiguous", "this subscript of the set is not known", self.span)
        words = {"": "symmetric", "+": "positive semidefinite", "++": "positive definite"}
        return self._done(SetSpec("symmetric", sign=sign, text=words[sign]), Shape((n, n)))

    def _group(self) -> ReadSet:
        first = self.cursor.next()
        if first.text == "O" and self.cursor.at_symbol("("):
            return self._group_of("O")
        second = self.cursor.peek()
        if first.text == "G" and second is not None and second.text == "L":
            self.cursor.next()
            return self._group_of("GL")
        raise Refusal("ambiguous", "this set is not known", first.span)

    def _group_of(self, letter: str) -> ReadSet:
        if self.cursor.at_symbol("_"):
            self.cursor.next()
            n = self.dim(self.cursor.argument())
            if self.cursor.at_symbol("("):
                self._parenthesis()
        elif self.cursor.at_symbol("("):
            n = self.dim(list(split_commas(self._parenthesis())[0]))
        else:
            raise Refusal("ambiguous", "the group needs its size", self.span)
        if letter == "SO":
            raise Refusal("ambiguous", "this set is not known", self.span)
        spec = (
            SetSpec("orthogonal", text="orthogonal")
            if letter == "O"
            else SetSpec("invertible", text="invertible")
        )
        return self._done(spec, Shape((n, n)))

    def _parenthesis(self) -> list[Token]:
        opening = self.cursor.next()
        inside: list[Token] = []
        depth = 1
        while not self.cursor.done:
            token = self.cursor.next()
            depth += token.is_symbol("(") - token.is_symbol(")")
            if depth == 0:
                return inside
            inside.append(token)
        raise Refusal("latex-syntax", "“(” is never closed", opening.span)

    def _simplex(self) -> ReadSet:
        self.cursor.next()
        sub, sup, _ = self._scripts()
        if not (sub or sup):
            raise Refusal("ambiguous", "the simplex needs its dimension", self.span)
        n = self.dim(sup or sub) + Dim.of(1)
        return self._done(SetSpec("simplex", text="probability simplex"), Shape((n, ONE)))

    def _until(self, *closing: str) -> list[Token]:
        opening = self.cursor.next()
        inside: list[Token] = []
        while not self.cursor.done:
            token = self.cursor.next()
            if token.text in closing and token.kind in ("symbol", "command"):
                self.closing = token.text
                return inside
            inside.append(token)
        raise Refusal("latex-syntax", "this bracket is never closed", opening.span)

    def _finite(self) -> ReadSet:
        inside = self._until("}", "rbrace")
        parts = split_commas(inside)
        _, sup, _ = self._scripts()
        shape = self._shape(sup)
        dotted = [k for k, part in enumerate(parts)
                  if lone_dots(part)]  # fmt: skip
        if dotted:
            first = self.number(parts[0])
            last = self.dim(list(parts[-1]))
            if first not in (0, 1) or (last.number is not None and last.number < 1):
                raise Refusal("ambiguous", "a range of numbers begins at 0 or 1", self.span)
            return self._done(SetSpec("range", low=first, upper=last, text=f"1 to {last}"), shape)
        choices = tuple(self.number(part) for part in parts)
        text = "{" + ", ".join(str(choice) for choice in choices) + "}"
        return self._done(SetSpec("choices", choices=choices, text=text), shape)

    def _interval(self) -> ReadSet:
        closed_low = self.cursor.at_symbol("[")
        inside = self._until("]", ")")
        parts = split_commas(inside)
        if len(parts) != 2:
            raise Refusal("ambiguous", "an interval has two ends", self.span)
        low, high = self._end(parts[0]), self._end(parts[1])
        _, sup, _ = self._scripts()
        spec = SetSpec("interval", low, high, (closed_low, self.closing == "]"), text="interval")
        return self._done(spec, self._shape(sup))

    def _end(self, tokens: Sequence[Token]) -> Fraction | None:
        return None if any(t.is_command("infty") for t in tokens) else self.number(tokens)

    def number(self, tokens: Sequence[Token]) -> Fraction:
        node = Parser(tokens, self.table, self.span).whole()
        sign = 1
        if isinstance(node, Sum) and len(node.terms) == 1:
            sign, node = node.signs[0], node.terms[0]
        if isinstance(node, Num):
            return sign * node.value
        raise Refusal("ambiguous", "a number is expected here", self.span)

    def _shape(self, sup: list[Token]) -> Shape:
        if not sup:
            return SCALAR
        levels = depths(sup)
        parts: list[list[Token]] = [[]]
        for token, level in zip(sup, levels, strict=True):
            if level == 0 and (token.is_command("times") or token.is_symbol(",")):
                parts.append([])
            else:
                parts[-1].append(token)
        dims = [self.dim(part) for part in parts]
        return Shape((dims[0], ONE)) if len(dims) == 1 else Shape(tuple(dims))

    def dim(self, tokens: Sequence[Token]) -> Dim:
        """A dimension; names that the table lacks become dimensions."""
        while tokens and tokens[0].kind == "open" and tokens[-1].kind == "close":
            tokens = tokens[1:-1]
        if not tokens:
            raise Refusal("latex-syntax", "a dimension is missing here", self.span)
        if len(tokens) > 1 and all(t.is_symbol("|") for t in (tokens[0], tokens[-1])):
            raise Refusal("ambiguous", "a dimension is a name, a number or a sum of them",
                          tokens[0].span)  # fmt: skip
        parser = Parser(tokens, self.table, self.span)
        parser.indexing = True
        node = parser.whole()
        return self.dim_of(node)

    def dim_of(self, node: Node) -> Dim:
        def named(part: Node) -> Node | None:
            if isinstance(part, Unknown):
                return self._size_of_member(part) or Name(part.span, part.literal or part.key)
            return None

        node = with_counts_named(node, self.table)
        node = rewrite(node, named)  # a name with its subscript, ``d_k``, before its parts are met
        for part in walk(node):
            key = self._key(part)
            if key is None or isinstance(key, Indexed):
                continue
            entry = self.table.lookup(key)
            if entry is None:
                self.fresh[key] = part.span
            elif not (entry.role == "dimension" or (entry.whole and entry.free)):
                raise Refusal(
                    "ambiguous",
                    f"“{key}” is no dimension: it was introduced as something else",
                    part.span,
                )
        dim = to_dim(node)
        if dim is None:
            raise Refusal("ambiguous", "a dimension is a name, a number or a sum of them",
                          node.span)  # fmt: skip
        return as_names(dim)

    def _size_of_member(self, node: Unknown) -> Node | None:
        """A size that the index of the declared family tells from others."""
        index = to_dim(node.indices[0]) if len(node.indices) == 1 and node.indices[0] else None
        if index is None or not {"@" + letter for letter in self.letters} & index.names:
            return None
        self.counted.setdefault(node.base, []).append(index)
        return Name(node.span, Indexed(node.base, index))

    @staticmethod
    def _key(part: Node) -> str | None:
        if isinstance(part, IndexName):
            return part.name
        if isinstance(part, Name):
            return part.key
        return None
