"""One statement executed: what kind it is, and then its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from proofread.algebra.numbers import DOUBLES
from proofread.latex.tokens import Refusal, Span, Token
from proofread.shapes.misses import undeclared
from proofread.symbols.sets import is_set, read_set
from proofread.symbols.table import Assumption, Symbol
from proofread.syntax.chains import Chain, chain_of
from proofread.syntax.cursor import is_dots, lone_dots, split_commas
from proofread.syntax.nodes import (
    ArgMin,
    Big,
    Derivative,
    Differential,
    FunctionDerivative,
    IndexName,
    Name,
    Node,
    Num,
    Unknown,
    rewrite,
    strip,
    walk,
)
from proofread.syntax.parser import Parser
from proofread.syntax.statements import Condition, RawStatement, wide_space_inside
from proofread.syntax.words import is_prose
from proofread.syntax.words import words_at as words_of
from proofread.verdict import declare, define
from proofread.verdict.claims import add_forms, check_claim, check_set_claim, relate
from proofread.verdict.comparison import side
from proofread.verdict.conditions import check_implication
from proofread.verdict.equality import sampler_of
from proofread.verdict.outcome import Outcome
from proofread.verdict.prepare import Prepared, prepare
from proofread.verdict.routes import check_route
from proofread.verdict.state import State
from proofread.verdict.targets import Target, declared_name, read_target
from proofread.verdict.words import DEFINING, Context

DEFINES = frozenset({":=", "≡"})
BOUNDS = frozenset({"<", ">", "≤", "≥"})
PASSING = frozenset({"if", "whenever", "provided"})
"""Words whose assumption ends with their sentence."""
UNREAD_RELATIONS = {
    "∼": "distributions", "⊂": "inclusions of sets", "⊆": "inclusions of sets",
    "⟂": "statements of orthogonality or independence", "∉": "statements of not being a member",
    "≪": "comparisons of magnitude", "≫": "comparisons of magnitude", "≲": "rough inequalities",
    "≳": "rough inequalities", "≅": "isomorphisms", "↦": "maps given by an arrow",
}  # fmt: skip
INDEX_LETTERS = frozenset("ijklmnpqrst")
r"""Letters that ``i \in \{1, \dots, m\}`` makes an index rather than a number."""


@dataclass(slots=True)
class Statement:
    """A statement with its source, ready to be executed."""

    raw: RawStatement
    source: str
    context: Context
    name: str
    """Seeds its samples."""
    display: bool
    local: list[Assumption] = field(default_factory=list)


def text_of(source: str, tokens: Sequence[Token]) -> str:
    """The source that tokens stand for."""
    if not tokens:
        return ""
    return source[tokens[0].span.start : tokens[-1].span.end]


def execute(state: State, statement: Statement) -> Outcome:
    """The outcome of one statement.

    Raises:
        Refusal: where it cannot be read.

    """
    raw = statement.raw
    if not raw.chains:
        return _conditions_alone(state, raw)
    if raw.joins:
        return check_implication(state, statement, parse_terms)
    chain = raw.chains[0]
    for mark, span in zip(chain.relations, chain.relation_spans, strict=True):
        if mark in UNREAD_RELATIONS:
            raise Refusal("unknown-command", f"{UNREAD_RELATIONS[mark]} are not read", span)
    if not chain.relations:
        return _expression(state, statement, chain)
    for rule in (_signature, _index_range, _membership, _definition, _route, _update, _bounds):
        outcome = rule(state, statement, chain)
        if outcome is not None:
            return outcome
    return _claim(state, statement, chain)


def _conditions_alone(state: State, raw: RawStatement) -> Outcome:
    ranges = declare.index_ranges(state, raw.conditions)
    if ranges:
        return declare.declare_indices(state, raw, ranges)
    return Outcome("prose", "reads", raw.span)


# Terms -------------------------------------------------------------------------------------------


def parse_terms(state: State, terms: Sequence[Sequence[Token]], span: Span) -> list[Node]:
    """The trees of a chain's terms.

    Raises:
        Refusal: also ``index-clash``, where a bound index stands free beside it or is a dimension.

    """
    first = Parser([], state.table, span)
    nodes = []
    for tokens in terms:
        where = tokens[0].span.to(tokens[-1].span) if tokens else span
        wide = wide_space_inside(tokens)
        if wide is not None:
            raise Refusal(
                "ambiguous",
                "a wide space between two formulas may separate or multiply them",
                wide,
                ("write a comma before it to separate them",),
            )
        nodes.append(_resolve_indices(first.sub(list(tokens), where).whole(), first))
    _require_declared(state, nodes)
    _check_clashes(state, first, nodes)
    return nodes


def _require_declared(state: State, nodes: Sequence[Node]) -> None:
    """An undeclared name is reported before anything that is wrong with indices or shapes."""
    for node in nodes:
        for part in walk(node):
            if isinstance(part, Unknown):
                raise undeclared(part.literal or part.key, part.span, state.table)


def _resolve_indices(node: Node, parser: Parser) -> Node:
    """Letters that a subscript introduced, where they stand as numbers too."""

    def change(part: Node) -> Node | None:
        if isinstance(part, Unknown) and not part.base and part.key in parser.introduced:
            return IndexName(part.span, part.key)
        return None

    return rewrite(node, change)


def _check_clashes(state: State, parser: Parser, nodes: Sequence[Node]) -> None:
    for name, span in parser.binders:
        if name in parser.introduced:
            raise Refusal(
                "index-clash",
                f"the index “{name}” is bound here and stands free elsewhere in the formula",
                span,
                (f"use another letter below the operator than “{name}”",),
                ((parser.introduced[name], "free here"),),
            )
        symbol = state.table.lookup(name)
        if symbol is None or symbol.role not in ("dimension", "value"):
            continue
        if symbol.role == "dimension":
            owner = _owner_of(state, name, nodes)
            if owner:
                raise Refusal(
                    "index-clash",
                    f"the index “{name}” is also a dimension: {owner}",
                    span,
                    (f"use another letter for the index than “{name}”",),
                )


def _owner_of(state: State, name: str, nodes: Sequence[Node]) -> str:
    """Where a formula has the dimension ``name``: written in it, or in the shape of a symbol."""
    for node in nodes:
        for part in walk(node):
            if not isinstance(part, Name):
                continue
            if part.key == name:
                return "the formula writes it"
            symbol = state.table.lookup(part.key)
            if symbol is None:
                continue
            dims = [*symbol.shape.dims]
            for each in symbol.family:
                dims += [each.first, each.last]
            if any(name in dim.names for dim in dims):
                return f"“{part.key}” has it"
    return ""


# Expressions --------------------------------------------------------------------------------------


def _expression(state: State, statement: Statement, chain: Chain) -> Outcome:
    raw = statement.raw
    tokens = chain.terms[0]
    prose = _prose(state, tokens, statement.display)
    if prose:
        if raw.conditions:
            _conditions_alone(state, raw)
        return Outcome("prose", "reads", raw.span)
    nodes = parse_terms(state, [tokens], raw.span)
    prepared = prepare(state, nodes, None, raw.span)
    if prepared.shaped.vanishing:
        raise define.vanishing_refusal(prepared.shaped.vanishing[0])
    _evaluate_once(state, prepared, raw.span, statement.name)
    return Outcome("expression", "reads", raw.span, prepared=prepared, chain=chain, terms=nodes)


def _evaluate_once(state: State, prepared: Prepared, span: Span, name: str) -> None:
    """Run an expression at one sample, so that what is too large is refused."""
    sampler = sampler_of(state, prepared, span, name)
    sizes = sampler.sizes()
    budget = state.budget(span)
    sample = sampler.draw(sizes, budget) if sizes is not None else None
    parts = [part for term in prepared.terms for part in walk(term)]
    if sample is not None and not any(isinstance(part, ArgMin | Differential) for part in parts):
        side(prepared, 0, sample, DOUBLES, budget)


def _prose(state: State, tokens: Sequence[Token], display: bool) -> bool:
    """Words, a lone number, a mention of a name, a shape or an ordinal say nothing."""
    if not tokens:
        return True
    if all(token.kind == "number" or token.is_symbol("-", "+", ".", ",") for token in tokens):
        return True
    if any(token.is_command("times") for token in tokens) and _is_size(state, tokens):
        return True
    if _is_ordinal(tokens):
        return True
    if lone_dots(tokens):
        return True
    if all(token.kind == "command" and token.text in ("text", "mathrm", "mbox")
           for token in tokens[:1]) and len(tokens) > 1:  # fmt: skip
        words, end = words_of(tokens, 0)
        if end == len(tokens) and is_prose(words, True, True):
            return True
    if is_set(tokens) and tokens[0].kind == "command" and not display:
        try:
            read_set(tokens, state.table, tokens[0].span)
        except Refusal:
            return False
        return True
    if display:
        return False
    return _is_mention(state, tokens)


def _is_size(state: State, tokens: Sequence[Token]) -> bool:
    r"""``m \times n``: dimensions and numbers alone."""
    for token in tokens:
        if token.is_command("times") or token.kind == "number" or token.is_symbol("+", "-"):
            continue
        if token.kind == "letter":
            symbol = state.table.lookup(token.text)
            if symbol is None or symbol.role == "dimension":
                continue
        return False
    return True


def _is_ordinal(tokens: Sequence[Token]) -> bool:
    r"""``i^{\text{th}}`` and ``k^{th}``."""
    tail = "".join(token.text for token in tokens[1:] if token.kind in ("letter", "command"))
    return (
        len(tokens) > 2
        and tokens[1].is_symbol("^")
        and (
            tail.removeprefix("text")
            .removeprefix("mathrm")
            .removeprefix("textrm")
            .removeprefix("rm")
            in ("th", "st", "nd", "rd")
        )
    )


def _is_mention(state: State, tokens: Sequence[Token]) -> bool:
    """A lone name that the table lacks, also with an index, or a list of them."""
    parts = split_commas(list(tokens))
    for part in parts:
        if lone_dots(part):
            continue
        if not part:
            return False
        try:
            target = read_target(part, state.table)
        except Refusal as refusal:
            if refusal.code == "ambiguous":
                continue
            return False
        if target is None:
            if len(part) == 1 and part[0].kind == "letter":
                continue
            return False
        symbol = state.table.lookup(target.key)
        if not target.fresh and not (
            symbol is not None and len(parts) >= 1 and (target.formals is None)
        ):
            return False
    return True


# Declarations ------------------------------------------------------------------------------------


def _signature(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    if chain.relations != ["→"]:
        return None
    before = chain.terms[0]
    colons = [k for k, token in enumerate(before) if token.is_symbol(":")]
    if len(colons) != 1 or not is_set(before[colons[0] + 1 :]):
        return None
    return declare.declare_function(
        state, statement.raw, before[: colons[0]], before[colons[0] + 1 :], chain.terms[1]
    )


def _index_range(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    r"""``i = 1, \dots, m`` on letters that mean nothing else."""
    raw = statement.raw
    tokens = [token for term, mark in zip(chain.terms, [*chain.relations, ""], strict=True)
              for token in [*term, *_mark_token(mark, term)]]  # fmt: skip
    dotted = any(is_dots(token) for token in tokens)
    double = chain.relations == ["≤", "≤"]
    if not (dotted and chain.relations in (["="], ["∈"])) and not double:
        return None
    letters = chain.terms[1 if double else 0]
    if not all(token.kind == "letter" or token.is_symbol(",") or token.is_command("ell")
               for token in letters):  # fmt: skip
        return None
    names = [token.text for token in letters if token.kind == "letter"]
    if chain.relations == ["∈"] and (
        statement.context.mode == "let" or not all(name in INDEX_LETTERS for name in names)
    ):
        return None
    for name in names:
        symbol = state.table.lookup(name)
        if symbol is not None and symbol.role != "index":
            return None
    if double and declare.number_of(Parser(chain.terms[0], state.table, raw.span).whole()) is None:
        return None
    ranges = declare.read_ranges(state, tokens, raw.span)
    if not ranges:
        return None
    return declare.declare_indices(state, raw, ranges)


def _mark_token(mark: str, term: Sequence[Token]) -> list[Token]:
    if not mark:
        return []
    span = term[-1].span if term else Span(0, 0)
    if mark == "=":
        return [Token("symbol", "=", span)]
    return [Token("command", {"∈": "in", "≤": "le"}.get(mark, mark), span)]


def _membership(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    if chain.relations != ["∈"]:
        return None
    raw, context = statement.raw, statement.context
    names, in_set = chain.terms
    if _declares(state, names, context, raw):
        return declare.declare_members(state, raw, names, in_set, context)
    nodes = [
        node for part in split_commas(list(names))
        for node in parse_terms(state, [list(part)], raw.span)
    ]  # fmt: skip
    return check_set_claim(state, chain, nodes, in_set, raw.span, statement.name)


def _declares(state: State, names: Sequence[Token], context: Context, raw: RawStatement) -> bool:
    """Whether the names are to be introduced: all fresh, or declared anew after *let*."""
    fresh: list[bool] = []
    letting = context.mode == "let" or raw.intro == "let"
    for part in split_commas(list(names)):
        if lone_dots(part):
            continue
        if part and _is_named_with_a_mark(state, part, letting):
            fresh.append(True)
            continue
        try:
            target = read_target(part, state.table)
        except Refusal:
            return False
        if target is None or target.formals is not None:
            return False
        fresh.append(target.fresh)
    return all(fresh) or letting


def _is_named_with_a_mark(state: State, part: Sequence[Token], letting: bool) -> bool:
    r"""``x'`` and ``\theta_0``: a prime or a number makes another name where it is declared."""
    try:
        key, base, indices = declared_name(part, state.table)
    except Refusal:
        return False
    if state.table.lookup(key) is not None:
        return False
    if part[-1].is_symbol("'"):
        return True
    numbered = bool(base) and len(indices) == 1 and isinstance(indices[0], Num)
    return numbered and (letting or indices[0] == Num(indices[0].span, Fraction(0)))  # type: ignore[union-attr]


def _bounds(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    r"""``\lambda > 0`` and ``0 < \alpha < 1`` on a fresh name."""
    if not all(mark in BOUNDS for mark in chain.relations) or len(chain.relations) > 2:
        return None
    raw = statement.raw
    where = 1 if len(chain.terms) == 3 else None
    targets: list[Target | None] = []
    for number, term in enumerate(chain.terms):
        if where is not None and number != where:
            targets.append(None)
            continue
        try:
            target = read_target(term, state.table)
        except Refusal:
            target = None
        targets.append(target if target is not None and target.fresh else None)
    found = [k for k, target in enumerate(targets) if target is not None]
    if len(found) != 1:
        return None
    position = found[0]
    target = targets[position]
    assert target is not None
    low: Fraction | None = None
    high: Fraction | None = None
    closed = [False, False]
    for number, mark in enumerate(chain.relations):
        other = number + 1 if number == position else number
        value = declare.number_of(Parser(chain.terms[other], state.table, raw.span).whole())
        if value is None:
            return None
        above = (mark in ("<", "≤")) == (number == position)
        if above:
            high, closed[1] = value, mark in ("≤", "≥")
        else:
            low, closed[0] = value, mark in ("≤", "≥")
    return declare.declare_bounded(state, raw, target, low, high, (closed[0], closed[1]))


# Definitions -------------------------------------------------------------------------------------


def _definition(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    mark = chain.relations[0]
    if mark not in ("=", *DEFINES):
        return None
    raw = statement.raw
    try:
        target = read_target(chain.terms[0], state.table)
    except Refusal:
        if mark == ":=":
            raise
        target = None
    declared = _redefines(state, statement, chain, target, mark)
    if declared is not None and mark == "=":
        columns = _columns(state, statement, chain)
        if columns is not None:
            return columns
    if target is None or not (target.fresh or declared is not None or mark == ":="):
        return _columns(state, statement, chain) if mark == "=" else None
    defined_anew = declared if declared is not None and declared.definition is None else None
    terms = _definition_terms(state, chain, target)
    symbol = define.define(state, target, terms[1], raw.span, defined_anew)
    outcome = Outcome("definition", "defines", raw.span, chain=chain, key=symbol.key,
                      introduces=(symbol.key,), terms=terms)  # fmt: skip
    if len(chain.relations) > 1:
        outcome = _rest_of_chain(state, statement, chain, outcome)
    return outcome


def _definition_terms(state: State, chain: Chain, target: Target) -> list[Node]:
    """The first two terms; the formal arguments count as known."""
    span = chain.terms[0][0].span
    symbol = state.table.lookup(target.key)
    signature = symbol.signature if symbol is not None else None
    if target.formals is not None:
        formals = define.formal_keys(state, target, signature)
        state.table.overlay = dict(formals)
    try:
        nodes = parse_terms(state, [chain.terms[1]], span)
    finally:
        state.table.overlay = {}
    left = Name(chain.terms[0][0].span.to(chain.terms[0][-1].span), target.key)
    for letter in target.letters:
        _require_no_binding(chain, letter, nodes[0])
    return [left, nodes[0]]


def _require_no_binding(chain: Chain, letter: str, body: Node) -> None:
    """The index of a definition by components may not be bound inside it."""
    for part in walk(body):
        if isinstance(part, Big) and letter in part.names:
            raise Refusal(
                "index-clash",
                f"the index “{letter}” is bound here and stands free on the left",
                part.span,
                (f"use another letter below the operator than “{letter}”",),
                ((chain.terms[0][0].span, "free here"),),
            )


def _redefines(
    state: State, statement: Statement, chain: Chain, target: Target | None, mark: str
) -> Symbol | None:
    """The declared symbol that an equation gives its formula.

    After *let*, *where* or *define*, or where a function was declared by a signature.
    """
    if target is None or target.fresh:
        return None
    symbol = state.table.lookup(target.key)
    if symbol is None:
        return None
    if mark == ":=":
        return symbol
    if not symbol.free or target.key in state.table.used:
        return None
    mode = statement.context.mode or statement.raw.intro
    if symbol.role == "function" and target.formals is not None and mark == "=":
        return (
            symbol
            if not _mentions(chain, state, target.key) and (_plain_arguments(state, target))
            else None
        )
    if mode in DEFINING and symbol.role == "value" and target.formals is None and not symbol.family:
        if _mentions(chain, state, target.key):
            return None
        return symbol
    return None


def _plain_arguments(state: State, target: Target) -> bool:
    assert target.formals is not None
    for tokens in target.formals:
        try:
            found = read_target(tokens, state.table)
        except Refusal:
            return False
        if found is None:
            return False
    return True


def _mentions(chain: Chain, state: State, key: str) -> bool:
    """Whether the right side names what stands on the left."""
    for term in chain.terms[1:2]:
        try:
            node = Parser(list(term), state.table, term[0].span).whole()
        except Refusal:
            continue
        if any(isinstance(part, Name) and part.key == key for part in walk(node)):
            return True
    return False


def _rest_of_chain(state: State, statement: Statement, chain: Chain, outcome: Outcome) -> Outcome:
    """The links behind a definition are claims."""
    nodes = parse_terms(state, chain.terms, statement.raw.span)
    result = check_claim(state, chain, nodes, statement.raw.span, statement.name, first=1)
    result.kind, result.defines_first = "definition", True
    result.key, result.introduces = outcome.key, outcome.introduces
    if result.verdict == "holds":
        add_forms(state, result, [text_of(statement.source, term) for term in chain.terms],
                  state.line)  # fmt: skip
    return result


def _columns(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    r"""``X = [x_1 \cdots x_n]`` where the columns are fresh."""
    if len(chain.terms) != 2:
        return None
    for left, right in ((0, 1), (1, 0)):
        begin = next(iter(chain.terms[right]), None)
        if begin is None or not (begin.is_command("begin", "left") or begin.is_symbol("[", "(")):
            continue
        try:
            nodes = [_with_columns(state, chain.terms[k], chain.span) for k in (left, right)]
        except Refusal:
            return None
        found = define.columns_of(state.table, nodes[0], nodes[1])
        if found is None:
            continue
        key, first, last, columns = found
        symbol = define.define_columns(state, nodes[0], key, first, last, columns,
                                       statement.raw.span)  # fmt: skip
        return Outcome("definition", "defines", statement.raw.span, chain=chain,
                       key=symbol.key, introduces=(symbol.key,), terms=nodes)  # fmt: skip
    return None


def _with_columns(state: State, tokens: Sequence[Token], span: Span) -> Node:
    parser = Parser(list(tokens), state.table, span)
    parser.columns = True
    return parser.whole()


# Routes and updates ------------------------------------------------------------------------------


def _route(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    if not all(mark == "→" for mark in chain.relations):
        return None
    raw = statement.raw
    last = chain.terms[-1]
    if len(chain.terms) == 2 and (
        last[0].kind == "number" or last[0].is_command("infty") or last[0].is_symbol("+")
    ):
        return Outcome("prose", "reads", raw.span)
    if any(is_set(term) for term in chain.terms):
        return Outcome("prose", "reads", raw.span)
    nodes = parse_terms(state, chain.terms, raw.span)
    return check_route(state, chain, nodes, raw.span, statement.name)


def _update(state: State, statement: Statement, chain: Chain) -> Outcome | None:
    r"""``\theta \leftarrow ...`` claims that its sides have one shape, and nothing else."""
    if chain.relations != ["←"]:
        return None
    raw = statement.raw
    nodes = parse_terms(state, chain.terms, raw.span)
    prepared = prepare(state, nodes, relate(chain, nodes), raw.span)
    return Outcome("expression", "reads", raw.span, prepared=prepared, chain=chain, terms=nodes)


# Claims ------------------------------------------------------------------------------------------


def _claim(state: State, statement: Statement, chain: Chain) -> Outcome:
    raw = statement.raw
    nodes = parse_terms(state, chain.terms, raw.span)
    if _assumes(state, statement, chain, nodes):
        passing = (statement.context.mode or raw.intro) in PASSING
        text = text_of(statement.source, raw.tokens)
        outcome = declare.assume(state, raw, nodes, chain.relations, text, passing=passing)
        prepare(state, nodes, None, raw.span)
        return outcome
    small, extra = _behind_the_formula(state, statement, raw.conditions)
    outcome = check_claim(state, chain, nodes, raw.span, statement.name, small, extra)
    if outcome.verdict == "holds" and not extra:
        add_forms(state, outcome, [text_of(statement.source, term) for term in chain.terms],
                  state.line)  # fmt: skip
    return outcome


def _assumes(state: State, statement: Statement, chain: Chain, nodes: Sequence[Node]) -> bool:
    """Whether the sentence makes it an assumption: on free symbols only."""
    keys = {part.key for node in nodes for part in walk(node) if isinstance(part, Name)}
    symbols = [state.table.lookup(key) for key in keys]
    if any(isinstance(part, Unknown) for node in nodes for part in walk(node)):
        return False
    if any(
        isinstance(part, Derivative | FunctionDerivative | Differential)
        for node in nodes for part in walk(node)
    ):  # fmt: skip
        return False
    dims_only = bool(symbols) and all(
        symbol is not None and symbol.role == "dimension" for symbol in symbols
    )
    if dims_only and all(mark in BOUNDS for mark in chain.relations) and not statement.display:
        return True
    mode = statement.context.mode or statement.raw.intro
    if not mode or not keys:
        return False
    return all(symbol is not None and symbol.free for symbol in symbols)


def _behind_the_formula(
    state: State, statement: Statement, conditions: Sequence[Condition]
) -> tuple[str | None, tuple[Assumption, ...]]:
    """What ``as δ → 0`` and ``if A = A^T`` behind a formula say of it."""
    small: str | None = None
    extra: list[Assumption] = list(statement.local)
    for condition in conditions:
        if condition.word == "as" or any(t.is_command("to", "rightarrow") for t in
                                         condition.tokens):  # fmt: skip
            small = _small_symbol(state, condition)
        elif condition.word in ("if", "when", "whenever", "provided", "provided that", "assuming"):
            extra.append(_local_assumption(state, statement, condition))
    return small, tuple(extra)


def _small_symbol(state: State, condition: Condition) -> str:
    arrow = next((k for k, t in enumerate(condition.tokens) if t.is_command("to", "rightarrow")),
                 None)  # fmt: skip
    if arrow is None:
        raise Refusal("ambiguous", "“as” needs what goes to zero, \\delta \\to 0", condition.span)
    tokens = [t for t in condition.tokens[:arrow] if not (t.is_symbol("|") or t.is_command("|"))]
    node = strip(Parser(tokens, state.table, condition.span).whole())
    target = condition.tokens[arrow + 1 :]
    if not (len(target) == 1 and target[0].text == "0"):
        raise Refusal("ambiguous", "≈ is read as something goes to 0", condition.span)
    if not isinstance(node, Name):
        raise Refusal("ambiguous", "what goes to zero is a symbol of the page", condition.span)
    symbol = state.table.lookup(node.key)
    if symbol is None or not symbol.free:
        raise Refusal("ambiguous", "what goes to zero is a free symbol", condition.span)
    return node.key


def _local_assumption(state: State, statement: Statement, condition: Condition) -> Assumption:
    chain = chain_of(list(condition.tokens))
    if len(chain.relations) != 1:
        raise Refusal("ambiguous", "the condition behind the formula is not understood",
                      condition.span)  # fmt: skip
    nodes = parse_terms(state, chain.terms, condition.span)
    keys = frozenset(part.key for node in nodes for part in walk(node) if isinstance(part, Name))
    text = text_of(statement.source, condition.tokens)
    return Assumption(chain.relations[0], nodes[0], nodes[1], text, keys)
