"""Applications: the registered functions, and the functions that a page declares or defines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from proofread.commands.registry import FUNCTIONS, Function
from proofread.commands.typography import ACCENTS, FONT_SWITCHES, SIZES, UPRIGHT_FONTS
from proofread.latex.tokens import Refusal, Span, Token
from proofread.syntax import bigs, brackets, ellipses
from proofread.syntax.indices import index_list
from proofread.syntax.nodes import (
    Apply,
    At,
    Compose,
    Diagonal,
    Either,
    Element,
    FunctionDerivative,
    Grouped,
    Member,
    Name,
    Node,
    Num,
    Op,
    Product,
    keys,
    strip,
    walk,
)
from proofread.syntax.scripts import SupItem, descriptive_text, read_scripts

if TYPE_CHECKING:
    from proofread.syntax.parser import Parser


LONGEST_NAME = max(map(len, FUNCTIONS))


def is_function(p: Parser, node: Node) -> bool:
    """Whether the node names a function rather than a value."""
    if isinstance(node, Compose):
        return True
    if isinstance(node, Grouped):
        return is_function(p, node.body)
    if isinstance(node, Name):
        entry = p.scope.lookup(node.key)
        return entry is not None and entry.role == "function"
    return False


def compose(p: Parser, left: Node, right: Node, start: int) -> Node:
    r"""``f \circ g``, applied where parentheses follow."""
    if not is_function(p, right):
        raise Refusal("shape-mismatch", "“∘” after a function composes it with a function",
                      right.span)  # fmt: skip
    return Compose(p.cursor.since(start), left, right)


def registered_here(p: Parser) -> tuple[Function, int] | None:
    """The registered function that is named here and how many tokens its name takes."""
    token = p.cursor.peek()
    if token is not None and token.kind == "letter":
        return _plain_letters(p)
    if token is None or token.kind not in ("command", "open"):
        return None
    name, length = spelled_name(p, token)
    if not name or name not in FUNCTIONS:
        return None
    if token.kind == "command" and token.text == name:
        return FUNCTIONS[name], length
    if p.scope.lookup(name) is not None:
        return None
    return FUNCTIONS[name], length


def _plain_letters(p: Parser) -> tuple[Function, int] | None:
    """``tr(A)`` in plain letters, before a bracket and where they are no product of names."""
    length = 0
    name = ""
    while (token := p.cursor.peek(length)) is not None and token.kind == "letter":
        if length == LONGEST_NAME or (length and token.spaced):
            break
        name += token.text
        length += 1
    following = p.cursor.peek(length)
    if name not in FUNCTIONS or length < 2 or following is None:
        return None
    opens_here = following.is_symbol("(", "[") or following.is_command("left")
    known = p.scope.lookup(name) or all(p.scope.lookup(letter) for letter in name)
    return (FUNCTIONS[name], length) if opens_here and not known else None


def spelled_name(p: Parser, token: Token) -> tuple[str, int]:
    """The upright name that is written here, by a command, a font or a switch in braces."""
    if token.kind == "command" and token.text in ACCENTS:
        return "", 0
    if token.kind == "command" and token.text not in UPRIGHT_FONTS:
        return token.text, 1
    if token.kind not in ("command", "open"):
        return "", 0
    start = p.cursor.position
    p.cursor.next()
    if token.kind == "open":
        p.cursor.position = start
        inside: Sequence[Token] = p.cursor.group()
        if not inside or inside[0].kind != "command":
            p.cursor.position = start
            return "", 0
        if inside[0].text in FONT_SWITCHES and FONT_SWITCHES[inside[0].text] in UPRIGHT_FONTS:
            inside = inside[1:]
        else:
            p.cursor.position = start
            return "", 0
        text = "".join(t.text for t in inside if t.kind == "letter")
    else:
        inside = p.cursor.argument() if not p.cursor.done else []
        font = inside[0].text if len(inside) > 1 and inside[0].kind == "command" else ""
        if FONT_SWITCHES.get(font, font) in UPRIGHT_FONTS:  # \mathop{\mathrm{tr}}
            inside = [t for t in inside[1:] if t.kind not in ("open", "close")]
        text = descriptive_text([token, _brace(token, "{"), *inside, _brace(token, "}")])
        if not text:
            text = "".join(t.text for t in inside if t.kind in ("letter", "command"))
    length = p.cursor.position - start
    p.cursor.position = start
    return text, length


def _brace(token: Token, text: str) -> Token:
    return Token("open" if text == "{" else "close", text, token.span)


def call(p: Parser, function: Function, length: int) -> Node:
    """A registered function with what it applies to."""
    start = p.cursor.position
    p.cursor.position += length
    name = function.spellings[0]
    sub, sup, sub_span = read_scripts(p.cursor)
    span = p.cursor.since(start)
    if sub is not None and name in ("max", "min"):
        return p.superscripts(bigs.extreme(p, name, sub, sub_span, start), sup, span)
    node = apply_registered(p, function, start)
    if name == "log" and sub is not None:
        base = p.sub(sub, sub_span).whole()
        node = Op(node.span, "frac", (node, Op(sub_span, "log", (base,))))
    elif sub is not None and name in ("softmax", "sigmoid"):
        indices = index_list(p, sub, sub_span, 1)
        if indices is None:
            raise Refusal("latex-syntax", "this subscript is no index", sub_span)
        node = Element(node.span, node, indices)
    elif sub is not None:
        raise Refusal("latex-syntax", f"{name} has no subscript", sub_span)
    for item in sup:
        if item.kind == "inverse":
            raise Refusal("ambiguous", f"{name}^{{-1}} may be the inverse function or the "
                          "reciprocal", span)  # fmt: skip
        if item.kind == "prime":
            raise Refusal("ambiguous", f"write the derivative of {name} as a fraction", span)
    return p.superscripts(node, sup, p.cursor.since(start))


def apply_registered(p: Parser, function: Function, start: int) -> Node:
    """A registered function on what stands in brackets or follows it."""
    name = function.spellings[0]
    if p.cursor.done:
        raise Refusal("latex-syntax", f"{name} has nothing to apply to", p.cursor.behind)
    if brackets.bracket_here(p):
        args = brackets.arguments(p)
        low, high = function.arity
        if name == "diag" and len(args) > 1:
            span = p.cursor.since(start)
            return p.scripted(Diagonal(span, ellipses.fill_cells(tuple(args), span)), start)
        if not low <= len(args) <= high:
            raise Refusal("latex-syntax", f"{name} takes {low} argument"
                          f"{'' if low == 1 else 's'}, found {len(args)}",
                          p.cursor.since(start))  # fmt: skip
        node: Node = Op(p.cursor.since(start), name, tuple(args))
        return p.scripted(node, start)
    if function.takes == "brackets":
        raise Refusal("latex-syntax", f"{name} needs its argument in brackets", p.cursor.here)
    whole = function.takes == "product"
    argument = _product_argument(p) if whole else _factor_argument(p, name)
    return Op(p.cursor.since(start), name, (argument,))


def _product_argument(p: Parser) -> Node:
    saved = p.stops_at_function
    p.stops_at_function = True
    argument = p.product()
    p.stops_at_function = saved
    return argument


def _factor_argument(p: Parser, name: str) -> Node:
    """The next factor; numbers and constants before and in it count as one with it."""
    start = p.cursor.position
    token = p.cursor.peek()
    if token is not None and bigs.starts_big(token):
        return p.factor()
    constants: list[Node] = []
    while True:
        factor = p.factor()
        if not _is_constant(factor):
            break
        constants.append(factor)
        following = p.cursor.peek()
        if following is None or not p.begins_factor(following) or registered_here(p):
            return _as_product(constants, p, start)
    if constants:
        raise unclear_argument(p, name, start)
    if isinstance(factor, Op) and factor.op == "power" and name not in LINEAR:
        raise unclear_argument(p, name, start)
    following = p.cursor.peek()
    if (
        following is not None
        and p.begins_factor(following)
        and not registered_here(p)
        and not bigs.starts_big(following)
    ):
        raise unclear_argument(p, name, start)
    return factor


LINEAR = frozenset({"det", "vec", "diag", "rank", "tr"})


def _is_constant(node: Node) -> bool:
    return isinstance(node, Num) or (isinstance(node, Op) and node.op == "pi")


def _as_product(factors: list[Node], p: Parser, start: int) -> Node:
    return factors[0] if len(factors) == 1 else Product(p.cursor.since(start), tuple(factors))


def unclear_argument(p: Parser, name: str, start: int) -> Refusal:
    """The refusal of an argument whose end is not clear."""
    return Refusal(
        "ambiguous",
        f"it is not clear where the argument of {name} ends",
        p.cursor.since(start),
        (f"write the argument in parentheses, \\{name}(…)",),
    )


def named(p: Parser, node: Node, items: tuple[SupItem, ...], start: int) -> Node:
    """A name of the table: applied where it is a function, with the rest of its superscript."""
    applied = member_applied(p, node, start)
    if applied is not None:
        return p.superscripts(p.scripted(applied, start), items, p.cursor.since(start))
    element: Element | None = None
    function = node
    if isinstance(node, Element) and is_function(p, node.base):
        element, function = node, node.base
    if not is_function(p, function):
        return p.of_element(node, items, p.cursor.since(start))
    primes = sum(item.kind == "prime" for item in items)
    entry = p.scope.lookup(function.key) if isinstance(function, Name) else None
    if primes and entry is not None and not entry.of_scalar:
        primes = 0
    else:
        items = tuple(item for item in items if item.kind != "prime")
    args: tuple[Node, ...] = ()
    if p.cursor.at_symbol("(") or _sized_parenthesis(p):
        args = tuple(brackets.arguments(p))
    span = p.cursor.since(start)
    if primes:
        result: Node = FunctionDerivative(span, "prime", function, args, 0, primes)
    elif args:
        result = _applied(p, function, args, span)
    else:
        result = function
    if element is not None:
        result = Element(span, result, element.indices)
    if args:
        sub, sup, sub_span = read_scripts(p.cursor)
        if sub is not None:
            result = p.element_of(result, sub, sub_span, start)
        items = (*items, *sup)
    return p.superscripts(result, items, p.cursor.since(start))


def member_applied(p: Parser, node: Node, start: int) -> Node | None:
    """``f_i(x)`` of a family that was defined so: the member, at another point where one stands."""
    arguments = arguments_of(p, node)
    if not arguments or not (p.cursor.at_symbol("(") or _sized_parenthesis(p)):
        return None
    args = brackets.arguments(p)
    span = p.cursor.since(start)
    if len(args) != len(arguments):
        raise Refusal("latex-syntax", f"the function takes {len(arguments)} arguments, found "
                      f"{len(args)}", span)  # fmt: skip
    result = replace(node, span=span)
    for key, arg in zip(arguments, args, strict=True):
        bare = strip(arg)
        if isinstance(bare, Name) and bare.key == key:
            continue
        if keys(arg) & set(arguments) - {key}:
            raise Refusal("ambiguous", "the arguments of a family's member may not change places",
                          span)  # fmt: skip
        result = At(span, result, Name(arg.span, key), arg)
    return result


def arguments_of(p: Parser, node: Node) -> tuple[str, ...]:
    """The symbols that a member's family was defined as a function of."""
    entry = p.scope.lookup(node.family.key) if isinstance(node, Member) else None
    return entry.arguments if entry is not None else ()


def _applied(p: Parser, function: Node, args: tuple[Node, ...], span: Span) -> Node:
    r"""``\sigma(t)``; where the function's own value stands inside, it may be a factor as well."""
    applied = Apply(span, function, args)
    if len(args) != 1 or not _names_value_of(function, args[0]):
        return applied
    if p.cursor.at_symbol("^", "_"):
        raise Refusal("ambiguous", READ_TWO_WAYS, span, CHOOSE)
    product = Product(span, (function, Grouped(args[0].span, args[0])))
    return Either(span, (applied, product), ("the function of the bracket", "a product"))


READ_TWO_WAYS = "this is the function of the bracket, or its value times the bracket"
CHOOSE = (r"write the arguments, \sigma(t)(1 - \sigma(t)), or a dot, \sigma \cdot (1 - \sigma)",)


def _names_value_of(function: Node, inside: Node) -> bool:
    """Whether the function stands in an expression without its arguments."""
    names = applied = 0
    for part in walk(inside):
        names += part == replace(function, span=part.span)
        if isinstance(part, Apply | FunctionDerivative) and part.args:
            applied += part.function == replace(function, span=part.function.span)
    return names > applied


def _sized_parenthesis(p: Parser) -> bool:
    token, after = p.cursor.peek(), p.cursor.peek(1)
    return (
        token is not None
        and after is not None
        and token.kind == "command"
        and token.text in SIZES
        and after.is_symbol("(")
    )
