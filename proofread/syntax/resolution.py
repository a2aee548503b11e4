"""What a name with its scripts means: asks the table, in the order that the contract gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from proofread.latex.tokens import Refusal, Token
from proofread.syntax.cursor import split_commas
from proofread.syntax.indices import Indices, index_list
from proofread.syntax.names import Base, RawName
from proofread.syntax.nodes import (
    Delta,
    Element,
    IndexName,
    Member,
    Name,
    Node,
    Op,
    Unknown,
)
from proofread.syntax.scope import Entry
from proofread.syntax.scripts import SupItem, descriptive_text, literal_text

if TYPE_CHECKING:
    from proofread.syntax.parser import Parser


def resolve(p: Parser, raw: RawName) -> tuple[Node, tuple[SupItem, ...]]:
    """The node that a name stands for, and what its superscript says besides."""
    node, rest = _resolved(p, raw)
    if rest and len(rest) == len(raw.sup):
        node = replace(node, span=raw.without_sup)
    return node, rest


def _resolved(p: Parser, raw: RawName) -> tuple[Node, tuple[SupItem, ...]]:
    node, rest = _resolve(p, raw)
    if isinstance(node, Unknown) and (square := p.scope.lookup(square_key(node))):
        return _of_square(raw, square, rest)
    if isinstance(node, Name) and rest and p.scope.lookup(square_key(node)):
        raise Refusal(
            "ambiguous",
            f"the square of “{node.key}” was introduced by itself, and “{node.key}” was, too",
            raw.span,
        )
    return node, rest


def square_key(node: Name | Unknown) -> str:
    r"""The key of a square that was introduced as a quantity of its own, like ``\sigma^2``."""
    key = node.literal or node.key if isinstance(node, Unknown) else node.key
    return f"{key}^{{2}}"


def _of_square(
    raw: RawName, square: Entry, rest: tuple[SupItem, ...]
) -> tuple[Node, tuple[SupItem, ...]]:
    """A power of a name of which the page knows the square; the name alone is its root."""
    name = Name(raw.span, square.key)
    if rest and rest[0].kind == "power" and len(rest[0].tokens) <= 2:
        *sign, number = rest[0].tokens
        if number.text.isdigit() and int(number.text) % 2 == 0:
            half = replace(number, text=str(int(number.text) // 2))
            plain = not sign and half.text == "1"
            return name, rest[1:] if plain else (replace(rest[0], tokens=(*sign, half)), *rest[1:])
    return Op(raw.span, "sqrt", (name,)), rest


def _resolve(p: Parser, raw: RawName) -> tuple[Node, tuple[SupItem, ...]]:
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
    """The key of a name with its subscript written out."""
    text = descriptive_text(sub) or literal_text(sub)
    return f"{key}_{{{text}}}" if text else ""


def _is_bound(p: Parser, sub: Sequence[Token]) -> bool:
    return len(sub) == 1 and sub[0].written in p.bound


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
    opening, closing = ("(", ")") if index.kind == "index" else ("[", "]")
    mark = opening + closing
    literal = literal_text(index.tokens)
    for candidate in (key, _bolded(raw.base, key)):
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
            if indices is not None and sub is not None and len(indices) < entry.arity:
                missing = entry.arity - len(indices)  # ``x_j^{(i)}``: one above, one below
                below = index_list(p, sub, raw.sub_span, missing)
                indices, sub = (*indices, *(below or ())), None
            members = _all_given(indices) if indices is not None else None
            if members is None or len(members) != entry.arity:
                raise Refusal("ambiguous", f"“{raw.base.key}” needs {_count(entry.arity)}, and "
                              "its superscript says something else", raw.span)  # fmt: skip
            base = Member(raw.span, Name(raw.span, family), members)
        if sub is None:
            return base
        return _element(p, raw, base, entry, sub)
    inner = index_list(p, index.tokens, raw.span, 1)
    more = index_list(p, sub, raw.sub_span, 1) if sub else ()
    family = f"{key}^{{{mark}}}"
    named = f"{key}^{{{opening}{literal}{closing}}}" if literal else family
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
        found = _element_of_other_letter(p, raw, key, sub)
        if found is not None:
            return found
    delta = _delta(p, raw, key, sub)
    if delta is not None:
        return delta
    indices = index_list(p, sub, raw.sub_span, 0)
    literal = key_with_sub(key, sub)
    if indices:
        return Unknown(raw.span, key + "_{}", key + "_{}", indices, literal or key)
    return Unknown(raw.span, literal or key)


def _element_of_other_letter(
    p: Parser, raw: RawName, key: str, sub: tuple[Token, ...]
) -> Node | None:
    """``x_{ij}`` of ``X``, and ``w_1`` of the bold letter."""
    for other in _other_letters(raw.base, key):
        entry = p.scope.lookup(other)
        if entry is None or entry.role == "function":
            continue
        found = _indexed(p, raw, Name(raw.span, other), entry, sub)
        if found is None:
            continue
        if entry.order != 2 or not isinstance(found, Element) or len(found.indices) != 1:
            return found
        if p.columns:
            return None
        columns = f"\\begin{{bmatrix}} {key}_1 & \\cdots & {key}_n \\end{{bmatrix}}"
        raise Refusal(
            "ambiguous",
            f"“{key}” with one index may be a row or a column of “{other}”",
            raw.span,
            (f"declare the columns: {other} = {columns}",),
        )
    return None


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
    if _two_indices(sub) and (family.order or _has_matrix(p, raw.base)):
        member = None
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
        leading = _all_given(indices[: family.arity]) if indices is not None else None
        if indices is None or len(indices) != total or leading is None:
            return Unknown(raw.span, key_with_sub(key, sub) or key)
        base = Member(raw.span, Name(raw.span, key + "_{}"), leading)
        return Element(raw.span, base, indices[family.arity :])
    numbers = _all_given(member)
    if numbers is None:
        raise Refusal("ambiguous", f"“{key}” is a family, and “:” names no member", raw.span)
    return Member(raw.span, Name(raw.span, key + "_{}"), numbers)


def _two_indices(sub: tuple[Token, ...]) -> bool:
    """``11``, ``1m`` and ``n2``, which nobody writes for a number or a product as one index."""
    if len(sub) == 1:
        return sub[0].kind == "number" and len(sub[0].text) == 2
    if len(sub) != 2:
        return False
    first, second = sub
    if first.kind == "letter":
        return second.kind == "number" and len(second.text) == 1
    return first.kind == "number" and first.text == "1" and second.kind == "letter"


def _all_given(indices: Indices) -> tuple[Node, ...] | None:
    """The indices, where none of them stands for a whole range."""
    given = tuple(index for index in indices if index is not None)
    return given if len(given) == len(indices) else None


def _indexed(
    p: Parser, raw: RawName, base: Node, entry: Entry, sub: tuple[Token, ...]
) -> Node | None:
    """An element of ``base``, where the subscript can be indices of it."""
    if entry.order == 0:
        return None
    indices = index_list(p, sub, raw.sub_span, entry.order)
    if indices is None:
        return None
    if len(indices) == 1 and _is_word(p, indices[0]):
        return None
    return Element(raw.span, base, indices)


def _is_word(p: Parser, index: Node | None) -> bool:
    """A lone capital that no index or dimension is called is part of the name."""
    return isinstance(index, IndexName) and index.name.isupper() and index.name not in p.bound


def _other_letters(base: Base, key: str) -> list[str]:
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
