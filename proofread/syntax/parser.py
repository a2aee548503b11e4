"""A Pratt parser for formulas: sums, products and powers, asking the table what a name is."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proofread.commands.registry import INFIXES, LEVEL_COLON, LEVEL_ELEMENTWISE
from proofread.commands.typography import BAR_COMMANDS, SIZES
from proofread.latex.tokens import Refusal, Span, Token
from proofread.limits import MAX_NESTING
from proofread.syntax import atoms, bigs, brackets, derivatives, ellipses, functions, operators
from proofread.syntax.cursor import Cursor, closes, is_dots
from proofread.syntax.indices import index_list
from proofread.syntax.nodes import (
    Dots,
    Either,
    Element,
    Node,
    Num,
    Op,
    Product,
    Sum,
    walk,
)
from proofread.syntax.scope import Scope
from proofread.syntax.scripts import SupItem, read_scripts

MAX_CHOICES = 4
"""Operators of one term whose operands can be grouped in two ways."""
DOT_PRODUCTS = ("cdot", "times", "bullet")
BAR_STARTS = BAR_COMMANDS | SIZES


ON_MATRIX = frozenset({"transpose", "letter", "prime", "inverse", "pinv"})
"""Superscripts that belong to the matrix where an element of it is named."""


class Parser:
    """Parses one run of tokens without a relation at its top level."""

    def __init__(
        self, tokens: Sequence[Token], scope: Scope, end: Span, parent: Parser | None = None
    ) -> None:
        self.cursor = Cursor(atoms.in_font(tokens), end)
        self.scope = scope
        self.bound: dict[str, Span] = dict(parent.bound) if parent else {}
        """Letters that a sum around this place binds."""
        self.introduced: dict[str, Span] = parent.introduced if parent else {}
        """Index letters that stand in a subscript here, free or bound."""
        self.binders: list[tuple[str, Span]] = parent.binders if parent else []
        """Every letter that a sum anywhere in the statement binds."""
        self.indexing = False
        self.depth: int = parent.depth if parent else 0
        """How many factors this place stands in."""
        self.bars: list[str] = []
        self.columns: bool = parent.columns if parent else False
        """Whether lower-case letters with one index are being declared as columns here."""
        self.stops_at_operator = False
        self.stops_at_function = False

    def introduce(self, name: str, span: Span) -> None:
        """Note an index letter that a subscript introduces."""
        self.introduced.setdefault(name, span)

    def sub(self, tokens: Sequence[Token], span: Span) -> Parser:
        """A parser for an argument of its own."""
        inner = Parser(tokens, self.scope, span, self)
        inner.indexing = self.indexing
        return inner

    def whole(self) -> Node:
        """The expression that all tokens are."""
        if self.cursor.done:
            raise Refusal("latex-syntax", "an operand is missing here", self.cursor.end)
        node = self.sum()
        token = self.cursor.peek()
        if token is not None:
            raise self.unexpected(token)
        return node

    def unexpected(self, token: Token) -> Refusal:
        """The refusal of a token that cannot stand here."""
        written = token.written
        if token.kind == "close" or closes(token) or token.is_command("right"):
            return Refusal("latex-syntax", f"“{written}” closes nothing", token.span)
        if token.is_command("mid") or token.is_symbol("|"):
            return Refusal("unknown-command", "conditional densities are not read", token.span)
        if token.kind == "row":
            return Refusal("latex-syntax", "a new row where none can stand", token.span)
        return Refusal("latex-syntax", f"“{written}” is not expected here", token.span)

    # Sums -------------------------------------------------------------------------------------

    def sum(self) -> Node:
        """Terms with their signs, ellipses filled in."""
        start = self.cursor.position
        terms: list[Node] = []
        signs: list[int] = []
        sign = 1
        if mark := self.cursor.accept_symbol("+", "-"):
            sign = -1 if mark.text == "-" else 1
        while True:
            terms.append(self.term())
            signs.append(sign)
            mark = self.cursor.accept_symbol("+", "-")
            if mark is None:
                break
            sign = -1 if mark.text == "-" else 1
            if self.cursor.done or self.at_end_of_term():
                raise Refusal("latex-syntax", f"“{mark.text}” has no operand behind it", mark.span)
        span = self.cursor.since(start)
        if len(terms) == 1 and signs == [1]:
            return terms[0]
        return ellipses.fill_sum(tuple(terms), tuple(signs), span)

    def at_end_of_term(self) -> bool:
        """Whether the term ends here."""
        token = self.cursor.peek()
        return (
            token is None
            or token.kind in ("close", "row")
            or closes(token)
            or token.is_symbol("+", "-", ",", ";", "&", "=", "<", ">")
            or token.is_command("right", "end")
            or (bool(self.bars) and brackets.closes_bars(self, token))
        )

    def term(self) -> Node:
        """One term, which may be an ellipsis."""
        token = self.cursor.peek()
        if token is not None and is_dots(token):
            after = self.cursor.peek(1)
            if after is None or after.is_symbol("+", "-", ",", ")", "]", ";") or closes(after):
                self.cursor.next()
                return Dots(token.span, token.text)
        return self.infix(LEVEL_COLON)

    def infix(self, level: int) -> Node:
        """Operators that bind looser than juxtaposition, by their level."""
        if level > LEVEL_ELEMENTWISE:
            return self.product()
        start = self.cursor.position
        next_level = LEVEL_ELEMENTWISE if level == LEVEL_COLON else level + 1
        left = self.infix(next_level)
        mixed: str | None = None
        while True:
            token = self.cursor.peek()
            if token is None or token.kind not in ("command", "symbol"):
                return left
            found = INFIXES.get(token.text)
            if found is None or found.level != level:
                return left
            if token.text == ":" and self._defining_colon():
                return left
            self.cursor.next()
            if self.at_end_of_term():
                raise Refusal("latex-syntax", "an operator without its operand", token.span)
            right = self.infix(next_level)
            if found.operation == "odot" and functions.is_function(self, left):
                left = functions.compose(self, left, right, start)
                continue
            span = self.cursor.since(start)
            plain = Op(span, found.operation, (left, right))
            if mixed is not None and mixed != found.operation and level == LEVEL_ELEMENTWISE:
                left = self._other_grouping(plain, left, right, found.operation)
            else:
                left = self._tighter(plain, left, right, found.operation, span)
            mixed = found.operation
            if sum(isinstance(part, Either) for part in walk(left)) > MAX_CHOICES:
                raise Refusal("too-large", f"more than {2**MAX_CHOICES} ways to group the factors",
                              span, ("write brackets",))  # fmt: skip

    def _defining_colon(self) -> bool:
        after = self.cursor.peek(1)
        return after is not None and after.is_symbol("=")

    def _other_grouping(self, plain: Op, left: Node, right: Node, operation: str) -> Node:
        """``A ⊙ B ⊗ C``: no rule says which goes first."""
        if not isinstance(left, Op) or len(left.args) != 2:
            return plain
        first, second = left.args
        other = Op(plain.span, left.op, (first, Op(plain.span, operation, (second, right))))
        return Either(plain.span, (plain, other), ("from left to right", "from right to left"))

    def _tighter(self, plain: Op, left: Node, right: Node, operation: str, span: Span) -> Node:
        r"""The other grouping of ``A \odot B C``, where juxtaposition binds looser."""
        if operation in (":", "inner"):
            return plain
        lefts = left.factors if isinstance(left, Product) else (left,)
        rights = right.factors if isinstance(right, Product) else (right,)
        if len(lefts) == len(rights) == 1:
            return plain
        middle = Op(span, operation, (lefts[-1], rights[0]))
        factors = (*lefts[:-1], middle, *rights[1:])
        other = Product(span, factors)
        return Either(
            span, (plain, other), ("the product is taken first", "the product is taken last")
        )

    # Products ---------------------------------------------------------------------------------

    def product(self) -> Node:
        r"""Factors side by side, or with ``\cdot``, ``\times`` and ``/`` between them."""
        start = self.cursor.position
        factors: list[Node] = []
        while True:
            operator = operators.operator_here(self)
            if operator is not None:
                if factors and self.stops_at_operator:
                    break
                factors = [operator(self, tuple(factors), start)]
                if not self._more():
                    break
                continue
            token = self.cursor.peek()
            if token is None:
                raise Refusal("latex-syntax", "an operand is missing here", self.cursor.end)
            if is_dots(token):
                self.cursor.next()
                factors.append(Dots(token.span, token.text))
            else:
                factors.append(self.factor())
            if slash := self.cursor.accept_symbol("/"):
                factors = [self._slash(factors, slash, start)]
            if self.cursor.at_command("times"):
                factors = [self._times(factors, start)]
            if not self._more():
                break
        node = self._joined(factors, start)
        return node if self.stops_at_operator else self._at(node, start)

    def _times(self, factors: list[Node], start: int) -> Node:
        r"""``\times`` stands between scalars only."""
        left = self._joined(factors, start)
        while self.cursor.at_command("times"):
            self.step_over_dot()
            left = Op(self.cursor.since(start), "times", (left, self.factor()))
        return left

    def _joined(self, factors: list[Node], start: int) -> Node:
        if len(factors) == 1 and not isinstance(factors[0], Dots):
            return factors[0]
        return ellipses.fill_product(tuple(factors), self.cursor.since(start))

    def _more(self) -> bool:
        r"""Whether another factor follows; steps over ``\cdot`` and ``\times``."""
        if self.step_over_dot():
            return True
        return self.more_here()

    def step_over_dot(self) -> bool:
        """Step over a sign of multiplication; whether one stood here."""
        mark = self.cursor.accept_command(*DOT_PRODUCTS)
        if mark is not None and self.at_end_of_term() and not self.cursor.at_symbol("-", "+"):
            raise Refusal("latex-syntax", "an operator without its operand", mark.span)
        return mark is not None

    def more_here(self) -> bool:
        """Whether another factor follows, with a dot before it or not."""
        token = self.cursor.peek()
        return token is not None and (token.is_command(*DOT_PRODUCTS) or self.begins_factor(token))

    def begins_factor(self, token: Token) -> bool:
        """Whether a token begins another factor."""
        if token.kind in ("letter", "number", "open"):
            return not (self.stops_at_function and functions.registered_here(self))
        if token.kind == "symbol":
            if token.text == "|":
                return not brackets.closes_bars(self, token) and not brackets.evaluates(self)
            return token.text in "(["
        if token.kind != "command":
            return False
        if self.stops_at_function and functions.registered_here(self):
            return False
        return not (
            closes(token)
            or token.text in INFIXES
            or token.text in ("right", "end", "middle", "mid", "cdot", "times", "bullet")
            or (token.text in BAR_STARTS and brackets.closes_bars(self, token))
            or brackets.evaluates(self)
            or token.text in atoms.NOT_OPERANDS
        )

    def _slash(self, factors: list[Node], slash: Token, start: int) -> Node:
        """``a / b``: all that stands before it over the one factor behind it."""
        if self.at_end_of_term():
            raise Refusal("latex-syntax", "“/” has no operand behind it", slash.span)
        top = self._joined(factors, start)
        derivative = derivatives.inline_fraction(self, top, start)
        if derivative is not None:
            return derivative
        bottom = self.factor()
        span = self.cursor.since(start)
        node = Op(span, "frac", (top, bottom))
        token = self.cursor.peek()
        if token is None or not self.begins_factor(token) or bigs.starts_big(token):
            return node
        rest = self.product()
        after = self.cursor.since(start)
        wide = Op(after, "frac", (top, Product(after, (bottom, *_factors(rest)))))
        close = Product(after, (node, *_factors(rest)))
        return Either(after, (close, wide), ("the fraction ends before the next factor",
                                             "the fraction takes all that follows"))  # fmt: skip

    def _at(self, node: Node, start: int) -> Node:
        r"""``f(x) \Big|_{x = a}``."""
        while brackets.evaluates(self):
            node = brackets.evaluation(self, node, start)
        return node

    # Factors ----------------------------------------------------------------------------------

    def factor(self) -> Node:
        r"""An atom with its scripts; a sign may stand before it behind ``\cdot``."""
        if self.depth > MAX_NESTING:
            raise Refusal("too-large", f"more than {MAX_NESTING} levels of nesting",
                          self.cursor.here)  # fmt: skip
        self.depth += 1
        try:
            if sign := self.cursor.accept_symbol("-"):
                inner = self.factor()
                return Sum(sign.span.to(inner.span), (inner,), (-1,))
            return atoms.atom(self)
        finally:
            self.depth -= 1

    def scripted(self, node: Node, start: int) -> Node:
        """The node with the scripts that follow it."""
        sub, sup, sub_span = read_scripts(self.cursor)
        if sub is not None:
            node = self.element_of(node, sub, sub_span, start)
        return self.of_element(node, sup, self.cursor.since(start))

    def of_element(self, node: Node, items: Sequence[SupItem], span: Span) -> Node:
        """Scripts of an element: ``A^{-1}_{ij}`` is an element of the inverse."""
        items = list(items)
        whole = isinstance(node, Element) and len(node.indices) == 2 and None not in node.indices
        while whole and items and items[0].kind in ON_MATRIX:
            assert isinstance(node, Element)
            base = self._superscript(node.base, items.pop(0), span)
            node = Element(span, base, node.indices)
        if whole and items and items[0].kind == "power" and isinstance(node, Element):
            return self.superscripts(self._power_of_element(node, items.pop(0), span), items, span)
        return self.superscripts(node, items, span)

    def _power_of_element(self, node: Element, item: SupItem, span: Span) -> Node:
        """``A_{ij}^2`` is the square of the element; ``A^2_{ij}`` may be one of the square."""
        squared = self._superscript(node, item, span)
        first = next(index for index in node.indices if index is not None)
        if not item.tokens or item.tokens[0].span.start > first.span.start:
            return squared
        element = Element(span, self._superscript(node.base, item, span), node.indices)
        words = ("an element of the matrix's power", "the power of an element")
        return Either(span, (element, squared), words, fallback=True)

    def element_of(self, node: Node, sub: tuple[Token, ...], sub_span: Span, start: int) -> Node:
        """An element of what stands before the subscript."""
        indices = index_list(self, sub, sub_span, 0)
        if indices is None:
            raise Refusal("latex-syntax", "this subscript is no index", sub_span)
        return Element(self.cursor.since(start), node, indices)

    def superscripts(self, node: Node, items: Sequence[SupItem], span: Span) -> Node:
        """What a superscript does to a value: transposes, inverses and powers."""
        for item in items:
            node = self._superscript(node, item, span)
        return node

    def _superscript(self, node: Node, item: SupItem, span: Span) -> Node:
        if item.kind in ("transpose", "prime"):
            return Op(span, "transpose", (node,))
        if item.kind == "inverse":
            return Op(span, "inverse", (node,))
        if item.kind == "pinv":
            return Op(span, "pinv", (node,))
        if item.kind == "letter":
            return self._letter_power(node, item, span)
        if item.kind == "power":
            return self.power(node, item.tokens, span)
        if item.kind in ("index", "bracket"):
            raise Refusal(
                "ambiguous",
                "a superscript in parentheses is an index, and this is no family",
                span,
                ("write a power without the parentheses",),
            )
        raise Refusal("latex-syntax", "this superscript belongs to a name", span)

    def _letter_power(self, node: Node, item: SupItem, span: Span) -> Node:
        entry = self.scope.lookup(item.text)
        transposed = Op(span, "transpose", (node,))
        if item.text in self.bound:
            return self.power(node, item.tokens, span)
        if entry is None and item.text not in self.introduced:
            return transposed
        power = self.power(node, item.tokens, span)
        return Op(span, "letter_power", power.args) if isinstance(power, Op) else power

    def power(self, node: Node, tokens: Sequence[Token], span: Span) -> Node:
        """A power with these tokens as its exponent."""
        if not tokens:
            raise Refusal("latex-syntax", "an empty superscript", span)
        exponent = self.sub(tokens, span).whole()
        return Op(span, "power", (node, exponent))

    def number(self) -> Node:
        """The number here."""
        token = self.cursor.next()
        following = self.cursor.peek()
        if following is not None and following.kind == "number":
            raise Refusal("latex-syntax", "two numbers side by side", following.span)
        if self.cursor.at_symbol("_"):
            raise Refusal("latex-syntax", "a number has no subscript", token.span)
        return Num(token.span, Fraction(token.text))


def _factors(node: Node) -> tuple[Node, ...]:
    return node.factors if isinstance(node, Product) else (node,)
