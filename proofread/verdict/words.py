"""What the sentence around a formula says: whether it assumes, and which properties it states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

MARK = "\ufffc"
"""Stands for a piece of mathematics in a sentence."""

ASSUMING = frozenset({"let", "assume", "assuming", "suppose", "supposing", "given", "where", "with",
                      "if", "define", "whenever", "provided"})  # fmt: skip
DEFINING = frozenset({"let", "where", "define"})
CLAIMING = frozenset({"then", "so", "hence", "thus", "therefore", "gives", "give", "yields", "have",
                      "get", "obtain", "follows", "implies", "conclude", "because", "since",
                      "shows", "see", "becomes", "equals"})  # fmt: skip
"""Words after which a relation is a claim again."""

PROPERTIES = {
    "symmetric": "symmetric",
    "positive definite": "positive definite",
    "positive-definite": "positive definite",
    "positive semidefinite": "positive semidefinite",
    "positive semi-definite": "positive semidefinite",
    "positive-semidefinite": "positive semidefinite",
    "invertible": "invertible",
    "orthogonal": "orthogonal",
    "diagonal": "diagonal",
    "constant": "constant",
    "constants": "constant",
    "full column rank": "full column rank",
}
SQUARE = frozenset({"symmetric", "positive definite", "positive semidefinite", "invertible",
                    "orthogonal", "diagonal"})  # fmt: skip
_PROPERTY = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, PROPERTIES), key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:not|never|neither|nor|no|without|cannot|isn't|aren't|needn't|doesn't)\b|\bnon-?$",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[;:]|\b(?:and let|let|where|with|while|but|suppose|assume)\b", re.IGNORECASE
)
_VERB = re.compile(r"\b(?:is|are|be|has|have|being|both|all)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:a|an|the|some|any|every|each)\b", re.IGNORECASE)
_THE_DIAGONAL = re.compile(
    r"(?:\b(?:the|its|their|whose|each|every|one|main|zero|unit|same)\s+|[a-z]-)diagonals?\b"
    r"(?!\s*(?:" + MARK + r"|matri|(?:and|or)\b[^.]*\bmatri))"
    r"|\bdiagonal\s+(?:entr|element|block|part|term|value|sum|of\b)",
    re.IGNORECASE,
)
"""The noun, and what lies on it: no property of a matrix."""
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|s\.t|cf|eq|eqs|fig|resp|w\.r\.t|vs|no)|\b[A-Z])\.$",
                           re.IGNORECASE)  # fmt: skip


@dataclass(slots=True)
class Sentence:
    """The text of a sentence, its pieces as marks, and the numbers of those pieces."""

    text: str = ""
    pieces: list[int] = field(default_factory=list)
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a piece stands in: the words before it in its sentence, and what they say of it."""

    mode: str = ""
    """The word that makes it an assumption (``let``, ``if``, ...), or empty for a claim."""
    properties: frozenset[str] = frozenset()
    negated: str = ""
    """A property that the sentence denies of it, where it does so."""
    quantified: bool = False
    """Whether the words right behind it say it of all values of its indices."""
    close: bool = True
    """Whether the word stands where it makes a displayed formula a condition."""


def split_sentences(parts: list[str | int]) -> list[Sentence]:
    """Sentences of a text in which numbers stand for pieces."""
    sentences = [Sentence()]
    for part in parts:
        if isinstance(part, int):
            if sentences[-1].finished:
                sentences.append(Sentence())
            sentences[-1].text += MARK
            sentences[-1].pieces.append(part)
            continue
        for run in re.split(r"(?<=[.!?])(?=\s|$)", part.replace(MARK, " ")):
            if not run:
                continue
            if sentences[-1].finished and run.strip():
                sentences.append(Sentence())
            sentences[-1].text += run
            stripped = run.rstrip()
            if stripped.endswith((".", "!", "?")) and not _ABBREVIATION.search(stripped):
                sentences[-1].finished = True
    return [sentence for sentence in sentences if sentence.text.strip()]


_QUANTIFIER = re.compile(r"[\s,]*for\s+(?:all|any|each|every)\b", re.IGNORECASE)
_COMPARISON = re.compile(r"[<>]|\\(?:[gl]e|[gl]eq|[gl]t|neq?|succ|prec|succeq|preceq)(?![A-Za-z])")
_MEMBERSHIP = re.compile(r"\\in(?![A-Za-z])")
_BEHIND = re.compile(r"\b(?:where|with|for)\b", re.IGNORECASE)
_ONLY = re.compile(
    r"[\s,(]*(?:holds\s+|is\s+true\s+)?(?:(for)(?: all| any| each| every)?"
    r"|(if|when|whenever|provided)(?: that)?|(where|with))\s*",
    re.IGNORECASE,
)
"""All that stands between a formula and a condition on it."""


def declared_first(text: str, marks: Sequence[int], sources: Sequence[str]) -> list[int]:
    """The order in which a sentence's pieces are read.

    What *where*, *with* or *for* declares behind an equation comes before it, and what follows a
    formula behind *if*, *when* or *for* is a condition on it and comes before it, too.
    """
    members = [_MEMBERSHIP.search(source) is not None for source in sources]
    equation = next(
        (k for k, source in enumerate(sources) if "=" in source and not members[k]), len(sources)
    )
    behind = [
        k for k in range(equation + 1, len(sources))
        if members[k] and _BEHIND.search(text, marks[equation], marks[k])
    ]  # fmt: skip
    rest = [k for k in range(equation, len(sources)) if k not in behind]
    order = [*range(equation), *behind, *rest]
    for position in range(1, len(sources)):
        if conditions(text, marks, sources, position):
            order.remove(position)
            order.insert(order.index(position - 1), position)
    return order


def follows(text: str, marks: Sequence[int], position: int) -> str:
    """*for*, *if* or *where*, where nothing else stands between a piece and the one before it."""
    if not 0 < position < len(marks):
        return ""
    between = _ONLY.fullmatch(text, marks[position - 1] + 1, marks[position])
    if between is None:
        return ""
    return "for" if between[1] else "if" if between[2] else "where"


def conditions(text: str, marks: Sequence[int], sources: Sequence[str], position: int) -> bool:
    """Whether a piece compares something, behind *for* or *if*, for the piece before it."""
    return (
        follows(text, marks, position) in ("for", "if")
        and _COMPARISON.search(sources[position]) is not None
        and _MEMBERSHIP.search(sources[position - 1]) is None
    )


def mode_of(text: str, marks: Sequence[int], sources: Sequence[str], position: int) -> str:
    """The assuming word that governs a piece; what has a condition of its own is a claim."""
    if conditions(text, marks, sources, position):
        return "if"
    mode = mode_at(text[: marks[position]])
    own = conditions(text, marks, sources, position + 1)
    return "" if own and mode == "if" and follows(text, marks, position + 1) == "if" else mode


def mode_at(text: str) -> str:
    """The assuming word that governs what follows ``text``, or nothing."""
    mode = ""
    for word in re.findall(r"[A-Za-z']+", text):
        lowered = word.lower()
        if lowered in ASSUMING:
            mode = lowered
        elif lowered in CLAIMING:
            mode = ""
    return mode


_INTRODUCING = ASSUMING - {"given", "where", "with", "if"}
_LAST = re.compile(
    r"\b(?:that|satisf\w+|obeys?|be|and|" + "|".join(sorted(ASSUMING)) + r")[\s:,]*$",
    re.IGNORECASE,
)
_FOR_ALL = re.compile(rf"[\s,]*\bfor\s+(?:all|any|each|every)\s*{MARK}[\s:,]*$", re.IGNORECASE)


def is_close(text: str) -> bool:
    r"""Whether an assuming word of ``text`` reaches a displayed formula behind it.

    A word that leads to the display does, and so does *let* or *assume* with no other formula in
    between. In *with three terms the last one goes to the front:* and in *let $c \in \R$:* the
    word has done its work, and the display is a claim.
    """
    before = _FOR_ALL.sub("", text)
    if _LAST.search(before):
        return True
    words = [match for match in re.finditer(r"[A-Za-z']+", before)
             if match[0].lower() in ASSUMING]  # fmt: skip
    if not words:
        return False
    last = words[-1]
    return last[0].lower() in _INTRODUCING and MARK not in before[last.end() :]


def quantified(text: str, mark: int) -> bool:
    """Whether a piece is followed by *for all* or the like."""
    return _QUANTIFIER.match(text, mark + 1) is not None


def properties_of(sentence: Sentence) -> dict[int, tuple[set[str], str]]:
    """For each piece of the sentence the properties stated of it, and one that is denied."""
    found: dict[int, tuple[set[str], str]] = {}
    marks = [match.start() for match in re.finditer(MARK, sentence.text)]
    numbered = dict(zip(marks, sentence.pieces, strict=True))
    nouns = [match.span() for match in _THE_DIAGONAL.finditer(sentence.text)]
    for match in _PROPERTY.finditer(sentence.text):
        if any(first <= match.start() < last for first, last in nouns):
            continue
        word = PROPERTIES[match.group().lower()]
        start = _part_start(sentence.text, match.start())
        before = sentence.text[start : match.start()]
        targets = _targets(sentence.text, start, match.start(), match.end(), marks)
        denied = _NEGATION.search(before.rsplit(MARK, 1)[-1] if MARK in before else before)
        for position in targets:
            properties, negated = found.setdefault(numbered[position], (set(), ""))
            if denied:
                found[numbered[position]] = (properties, word)
            else:
                properties.add(word)
                found[numbered[position]] = (properties, negated)
    return found


def _part_start(text: str, end: int) -> int:
    start = 0
    for match in _BOUNDARY.finditer(text, 0, end):
        start = match.end()
    return start


def _targets(text: str, start: int, begin: int, end: int, marks: list[int]) -> list[int]:
    """The marks that a property word speaks of: those before it, or those right behind it."""
    before = [mark for mark in marks if start <= mark < begin]
    if before:
        between = text[before[-1] + 1 : begin]
        if _VERB.search(between) or not _ARTICLE.search(between):
            return _same_subject(text, before)
    behind: list[int] = []
    position = end
    for mark in (mark for mark in marks if mark >= end):
        gap = text[position:mark]
        joined = (
            re.fullmatch(r"[\s,]*(?:and|or)?[\s,]*", gap)
            if behind
            else re.fullmatch(r"[\s,]*(?:and\s+)?(?:[\w-]+\s+){0,3}", gap)
        )
        if joined is None or (not behind and _VERB.search(gap)):
            break
        behind.append(mark)
        position = mark + 1
    return behind


def _same_subject(text: str, before: list[int]) -> list[int]:
    """The marks of one list: a verb between two of them begins another subject."""
    kept = [before[-1]]
    for left, right in zip(reversed(before[:-1]), reversed(before[1:]), strict=True):
        if _VERB.search(text[left + 1 : right]):
            break
        kept.append(left)
    return kept
