"""What a name with its scripts means: asks the table, in the order that the contract gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from proofread.latex.tokens import Refusal, Span, Token
from proofread.syntax.names import Base, RawName, SupItem, descriptive_text, literal_text
from proofread.syntax.nodes import (
    Delta,
    Element,
    IndexName,
    Member,
    Name,
    Node,
    Num,
    Op,
    Product,
    Sum,
    Unknown,
    walk,
)
from proofread.syntax.scope import Entry

if TYPE_CHECKING:
    from proofread.syntax.parser import Parser

Indices = tuple[Node | None, ...]


def resolve(p: Parser, raw: RawName) -> tuple[Node, tuple[SupItem, ...]]:
    """The node that a name stands for, and what its superscript says besides."""
    key = raw.base.key
    rest: list[SupItem] = []
    index: SupItem | None = None
    for item in raw.sup:
        if item.kind == "star" or item.kind == "text":
            key += f"^{{{item.text}}}"
        elif item.kind in ("index", "bracket") and index is None and not rest:
            index = item
        elif item.kind == "prime" and not rest and p.scope.lookup(key + "'"):
            key += "'"
        else:
            rest.append(item)
    sub = raw.sub
    if sub is not None:
        whole = key_with_sub(key, sub)
        if whole and index is None and p.scope.lookup(whole) and not _is_bound(p, sub):
            return Name(raw.span, whole), tuple(rest)
        word = descriptive_text(sub)
        if word:
            key, sub = f"{key}_{{{word}}}", None
        else:
            key, sub = _split_descriptive(key, sub)
    if index is not None:
        return _family_member(p, raw, key, index, sub), tuple(rest)
    if sub is None:
        return _plain(p, raw, key), tuple(rest)
    return _subscripted(p, raw, key, sub), tuple(rest)


def key_with_sub(key: str, sub: Sequence[Token]) -> str:
    text = descriptive_text(sub) or literal_text(sub)
    return f"{key}_{{{text}}}" if text else ""


def _is_bound(p: Parser, sub: Sequence[Token]) -> bool:
    return len(sub) == 1 and sub[0].text in p.bound


def _split_descriptive(key: str, sub: tuple[Token, ...]) -> tuple[str, tuple[Token, ...] | None]:
    r"""``_{\text{train}, i}``: the word goes to the name, the rest are indices."""
    parts = split_commas(sub)
    words = [part for part in parts if descriptive_text(part)]
    if not words or len(words) == len(parts):
        return key, sub
    rest: list[Token] = []
    for part in parts:
        if part not in words:
            if rest:
                rest.append(Token("symbol", ",", part[0].span))
            rest.extend(part)
    return f"{key}_{{{','.join(map(descriptive_text, words))}}}", tuple(rest)


def split_commas(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind == "open" or token.is_symbol("(", "["):
            depth += 1
        elif token.kind == "close" or token.is_symbol(")", "]"):
            depth -= 1
        if token.is_symbol(",", ";") and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return [tuple(part) for part in parts]


def _plain(p: Parser, raw: RawName, key: str) -> Node:
    name = raw.base.letter
    if key == name and name in p.bound:
        return IndexName(raw.span, name)
    entry = p.scope.lookup(key)
    if entry is not None:
        if entry.role == "index":
            p.introduce(key, raw.span)
            return IndexName(raw.span, key)
        return Name(raw.span, key)
    if p.indexing and key == name and not raw.base.accents and not raw.base.font:
        p.introduce(name, raw.span)
        return IndexName(raw.span, name)
    return Unknown(raw.span, key)


def _family_member(
    p: Parser, raw: RawName, key: str, index: SupItem, sub: tuple[Token, ...] | None
) -> Node:
    mark = "()" if index.kind == "index" else "[]"
    literal = literal_text(index.tokens)
    for candidate in (key, _bolded(raw.base, key)):
        opening, closing = mark
        named = f"{candidate}^{{{opening}{literal}{closing}}}"
        entry = p.scope.lookup(named) if literal else None
        base: Node
        if entry is not None:
            base = Name(raw.span, named)
        else:
            family = f"{candidate}^{{{mark}}}"
            entry = p.scope.lookup(family)
            if entry is None:
                continue
            indices = index_list(p, index.tokens, raw.span, entry.arity)
            if indices is None or None in indices:
                raise Refusal("ambiguous", f"“{raw.base.key}” needs {_count(entry.arity)}, and "
                              "its superscript says something else", raw.span)  # fmt: skip
            base = Member(raw.span, Name(raw.span, family), indices)  # type: ignore[arg-type]
        if sub is None:
            return base
        return _element(p, raw, base, entry, sub)
    inner = index_list(p, index.tokens, raw.span, 1)
    more = index_list(p, sub, raw.sub_span, 1) if sub else ()
    family = f"{key}^{{{mark}}}"
    named = f"{key}^{{{mark[0]}{literal}{mark[1]}}}" if literal else family
    if sub is not None:
        named = key_with_sub(named, sub)
    return Unknown(raw.span, family, family, (*(inner or ()), *(more or ())), named)


def _bolded(base: Base, key: str) -> str:
    return key.replace(base.key, replace(base, font="mathbf").key, 1)


def _count(number: int) -> str:
    return "one index" if number == 1 else f"{number} indices"


def _element(p: Parser, raw: RawName, base: Node, entry: Entry, sub: tuple[Token, ...]) -> Node:
    expected = max(entry.order, 1)
    indices = index_list(p, sub, raw.sub_span, expected)
    if indices is None:
        return Unknown(raw.span, key_with_sub(raw.base.key, sub) or raw.base.key)
    if entry.order == 0:
        raise Refusal("shape-mismatch", f"“{raw.base.key}” is a scalar and has no elements",
                      raw.span)  # fmt: skip
    return Element(raw.span, base, indices)


def _subscripted(p: Parser, raw: RawName, key: str, sub: tuple[Token, ...]) -> Node:
    entry = p.scope.lookup(key)
    family = p.scope.lookup(key + "_{}")
    if family is not None:
        if entry is not None and entry.order == 1 and key + "_{}" not in entry.made_of:
            raise Refusal(
                "ambiguous",
                f"“{key}” names a vector and a family, so that this is an element or a member",
                raw.span,
            )
        return _sub_member(p, raw, key, family, sub)
    if entry is not None and entry.role == "function":
        return _function_element(p, raw, key, entry, sub)
    if entry is not None and entry.order > 0:
        found = _indexed(p, raw, Name(raw.span, key), entry, sub)
        if found is not None:
            return found
    if entry is None:
        for other in _other_letters(p, raw.base, key):
            other_entry = p.scope.lookup(other)
            if other_entry is None or other_entry.role == "function":
                continue
            found = _indexed(p, raw, Name(raw.span, other), other_entry, sub)
            if found is None:
                continue
            if other_entry.order == 2 and isinstance(found, Element) and len(found.indices) == 1:
                if p.columns:
                    break
                raise Refusal(
                    "ambiguous",
                    f"“{key}” with one index may be a row or a column of “{other}”",
                    raw.span,
                    (
                        f"declare the columns: {other} = \\begin{{bmatrix}} {key}_1 & \\cdots & "
                        f"{key}_n \\end{{bmatrix}}",
                    ),
                )
            return found
    delta = _delta(p, raw, key, sub)
    if delta is not None:
        return delta
    indices = index_list(p, sub, raw.sub_span, 0)
    literal = key_with_sub(key, sub)
    if indices:
        return Unknown(raw.span, key + "_{}", key + "_{}", indices, literal or key)
    return Unknown(raw.span, literal or key)


def _function_element(
    p: Parser, raw: RawName, key: str, entry: Entry, sub: tuple[Token, ...]
) -> Node:
    """``f_i``: an element of what the function gives; its arguments follow."""
    indices = index_list(p, sub, raw.sub_span, max(entry.order, 1))
    if indices is None:
        return Unknown(raw.span, key_with_sub(key, sub) or key)
    return Element(raw.span, Name(raw.span, key), indices)


def _has_matrix(p: Parser, base: Base) -> bool:
    upper = p.scope.lookup(base.letter.upper())
    return upper is not None and upper.order == 2


def _sub_member(p: Parser, raw: RawName, key: str, family: Entry, sub: tuple[Token, ...]) -> Node:
    total = family.arity + family.order
    member = index_list(p, sub, raw.sub_span, family.arity)
    if len(sub) == 1 and sub[0].kind == "number" and len(sub[0].text) == 2:
        member = None  # two digits are two indices where the letter's matrix has two
        if not _has_matrix(p, raw.base):
            member = index_list(p, sub, raw.sub_span, family.arity)
    if member is None or len(member) != family.arity:
        indices = index_list(p, sub, raw.sub_span, total)
        upper = p.scope.lookup(raw.base.letter.upper())
        if upper is not None and upper.order == 2 and indices and len(indices) == 2:
            raise Refusal(
                "ambiguous",
                f"“{key}” with two indices may be an element of “{raw.base.letter.upper()}” or of "
                f"the member “{key}_i” of the family",
                raw.span,
                (f"write {raw.base.letter.upper()}_{{ij}} or [{key}_i]_j",),
            )
        if indices is None or len(indices) != total or None in indices[: family.arity]:
            return Unknown(raw.span, key_with_sub(key, sub) or key)
        base = Member(raw.span, Name(raw.span, key + "_{}"), indices[: family.arity])  # type: ignore[arg-type]
        return Element(raw.span, base, indices[family.arity :])
    if None in member:
        raise Refusal("ambiguous", f"“{key}” is a family, and “:” names no member", raw.span)
    return Member(raw.span, Name(raw.span, key + "_{}"), member)  # type: ignore[arg-type]


def _indexed(
    p: Parser, raw: RawName, base: Node, entry: Entry, sub: tuple[Token, ...]
) -> Node | None:
    """An element of ``base``, where the subscript can be indices of it."""
    if entry.order == 0:
        return None
    indices = index_list(p, sub, raw.sub_span, entry.order)
    if indices is None:
        return None
    if len(indices) == 1 and _is_word(p, indices[0], sub):
        return None
    return Element(raw.span, base, indices)


def _is_word(p: Parser, index: Node | None, sub: tuple[Token, ...]) -> bool:
    """A lone capital that no index or dimension is called is part of the name."""
    return isinstance(index, IndexName) and index.name.isupper() and index.name not in p.bound


def _other_letters(p: Parser, base: Base, key: str) -> list[str]:
    """Keys of the arrays whose element a lower-case or plain letter may name."""
    letters = []
    if not base.font:
        letters.append(replace(base, font="mathbf"))
    if len(base.letter) == 1 and base.letter.islower():
        upper = replace(base, letter=base.letter.upper())
        letters.append(upper)
        if not base.font:
            letters.append(replace(upper, font="mathbf"))
    elif base.letter.startswith("\\") and base.letter[1:2].islower():
        letters.append(replace(base, letter="\\" + base.letter[1:].capitalize()))
    return [key.replace(base.key, other.key, 1) for other in letters]


def _delta(p: Parser, raw: RawName, key: str, sub: tuple[Token, ...]) -> Node | None:
    if key != "\\delta":
        return None
    indices = index_list(p, sub, raw.sub_span, 2)
    if indices is None or len(indices) != 2 or indices[0] is None or indices[1] is None:
        return None
    return Delta(raw.span, indices[0], indices[1])


def index_list(p: Parser, tokens: Sequence[Token], span: Span, expected: int) -> Indices | None:
    """The indices in a subscript; ``None`` where it holds something else.

    ``expected`` is how many the thing has, 0 where that is open: it decides between the product
    ``2n`` and the two indices ``ij``.
    """
    tokens = [t for t in tokens if not t.is_command(",", ";", " ", "!", ":")]
    parts = split_commas(tokens)
    if len(parts) == 1 and expected != 1:
        singles = _singles(parts[0])
        if singles is not None and (len(singles) == expected or (expected == 0)):
            parts = singles
    indices: list[Node | None] = []
    introduced = dict(p.introduced)
    for part in parts:
        node = _index(p, part, span)
        if node is False:
            p.introduced.clear()
            p.introduced.update(introduced)
            return None
        indices.append(node)  # type: ignore[arg-type]
    return tuple(indices)


def _singles(tokens: Sequence[Token]) -> list[tuple[Token, ...]] | None:
    """Each letter or digit by itself, where nothing else stands there."""
    parts: list[tuple[Token, ...]] = []
    for token in tokens:
        if token.kind == "number" and token.text.isdigit():
            parts.extend((Token("number", digit, token.span),) for digit in token.text)
        elif (
            token.kind == "letter"
            or token.is_symbol(":")
            or token.is_command("cdot")
            or (token.kind == "command" and token.text in ("ell", "alpha", "beta", "mu", "nu"))
        ):
            parts.append((token,))
        elif token.is_symbol("'"):
            return None
        else:
            return None
    return parts


def _index(p: Parser, tokens: Sequence[Token], span: Span) -> Node | bool | None:
    """One index; ``None`` for a whole range, ``False`` for no index."""
    if len(tokens) == 1 and (tokens[0].is_symbol(":", "*") or tokens[0].is_command("cdot", "ast")):
        return None
    if not tokens or any(t.kind == "command" and t.text not in ALLOWED for t in tokens):
        return False
    sub = p.sub(tokens, span)
    sub.indexing = True
    try:
        node = sub.sum()
    except Refusal:
        return False
    if not sub.cursor.done:
        return False
    for part in walk(node):
        if isinstance(part, Name):
            entry = p.scope.lookup(part.key)
            if entry is None or not (entry.role == "dimension" or entry.whole):
                return False
        elif (
            (isinstance(part, Op) and part.op not in ("grouped",))
            or isinstance(part, Element | Unknown)
            or (isinstance(part, Num) and part.value.denominator != 1)
            or (isinstance(part, Product) and not any(isinstance(f, Num) for f in part.factors))
        ):
            return False
    return simplify_index(node)


ALLOWED = frozenset({"ell", "alpha", "beta", "mu", "nu", "kappa", "tau", "pi", "sigma", "cdot"})


def simplify_index(node: Node) -> Node:
    """Whole-number arithmetic in an index, so that ``1 + 1`` is ``2``."""
    if isinstance(node, Sum) and all(isinstance(term, Num) for term in node.terms):
        total = sum(
            (sign * term.value for sign, term in zip(node.signs, node.terms, strict=True)
             if isinstance(term, Num)),
            Fraction(0),
        )  # fmt: skip
        return Num(node.span, total)
    return node
