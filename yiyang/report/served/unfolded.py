"""Look for words in text as it is printed: the word is unfolded, not the text folded.

Text is compared as `core.text.fold` and `simplify` make it: widths, traditional characters and
white space do not matter, nor case. To fold a million tasks for each search, or to keep a folded
copy of them, would cost more than the search; so a word becomes a pattern of all that folds to
it: 养老 stands for 養老, 养 老 and 养\\n老. The pattern is read by RE2 (DuckDB), which takes one
look at each character, and by `re` where the hits of a page are marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from yiyang.core.text import fold, simplify
from yiyang.safety.errors import refusal
from yiyang.safety.escaping import Markup
from yiyang.safety.telling import tell

LONGEST = 60
"""Characters of a word that is looked for."""
MOST_PATHS = 200
"""Ways in which signs that stand for several (⑩, ㎡, …) may share a part of a word."""
_BLANKS = "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_GAP = f"[{_BLANKS}]*"


class _Signs(NamedTuple):
    """What characters fold to: `single` by the character that they fold to, `several` by the
    characters (10: ⑩⒑)."""

    single: dict[str, str]
    several: dict[str, str]


@cache
def _signs() -> _Signs:
    """Every character that folds to something else. Scripts beyond the ideographs fold to
    themselves."""
    listed = [c for c in map(chr, range(0x21, 0x2FA20)) if c.isprintable() and not c.isspace()]
    # A line each: of a text in one piece the words would decide (乾隆, but 干燥).
    texts = simplify("\n".join(map(fold, listed))).lower().split("\n")
    single: dict[str, str] = {}
    several: dict[str, str] = {}
    for character, text in zip(listed, texts, strict=True):
        if text and text != character:
            of = single if len(text) == 1 else several
            of[text] = of.get(text, "") + character
    return _Signs(single, several)


def folded(word: str) -> str:
    """Return a word as it is compared."""
    return simplify(fold(word)).lower()


def pattern(word: str) -> str:
    """Return what finds all text that holds a word, folded, as a regular expression of RE2 and
    `re`. Raises `InputError` for a word that is too long."""
    wanted = folded(word)
    if not wanted or len(wanted) > LONGEST:
        raise refusal("serve.word", tell("serve.address"), most=LONGEST)
    edges = _edges(wanted)
    parts, at = [], 0
    for begin, end in _clusters(edges):
        parts += [_one(c) for c in wanted[at:begin]]
        inside = [edge for edge in edges if begin <= edge[0] and edge[1] <= end]
        parts.append(_either(wanted, begin, end, inside))
        at = end
    parts += [_one(c) for c in wanted[at:]]
    whole = _GAP.join(parts)
    within = "".join(c for s, signs in _signs().several.items() if wanted in s[1:-1] for c in signs)
    return f"(?i){whole}|[{within}]" if within else f"(?i){whole}"


Edge = tuple[int, int, str]
"""From where to where of a word signs reach that stand for several characters of it."""


def _edges(wanted: str) -> list[Edge]:
    """The signs that stand for a part of the word; at its ends, of which a part does."""
    found: list[Edge] = []
    size = len(wanted)
    for text, signs in _signs().several.items():
        length = len(text)
        at = wanted.find(text)
        while at >= 0:
            found.append((at, at + length, signs))
            at = wanted.find(text, at + 1)
        for n in range(1, min(length, size + 1)):
            if wanted.startswith(text[length - n :]):
                found.append((0, n, signs))
            if wanted.endswith(text[:n]):
                found.append((size - n, size, signs))
    merged: dict[tuple[int, int], str] = {}
    for begin, end, signs in found:
        merged[begin, end] = merged.get((begin, end), "") + signs
    return [(*span, signs) for span, signs in sorted(merged.items())]


def _clusters(edges: Iterable[Edge]) -> Iterator[tuple[int, int]]:
    """The parts of a word in which signs overlap, one behind the other."""
    current: tuple[int, int] | None = None
    for begin, end, _ in edges:
        if current and begin < current[1]:
            current = current[0], max(current[1], end)
            continue
        if current:
            yield current
        current = begin, end
    if current:
        yield current


def _either(wanted: str, begin: int, end: int, edges: list[Edge]) -> str:
    """The ways to write a part of a word, one of which is meant."""
    ways: dict[int, list[list[str]]] = {end: [[]]}
    for at in range(end - 1, begin - 1, -1):
        steps = [(at + 1, _one(wanted[at])), *((e, _any_of(s)) for b, e, s in edges if b == at)]
        ways[at] = [[step, *rest] for after, step in steps for rest in ways[after]]
        if len(ways[at]) > MOST_PATHS:
            raise refusal("serve.word", tell("serve.address"), most=LONGEST)
    return "(?:" + "|".join(_GAP.join(way) for way in ways[begin]) + ")"


def _one(character: str) -> str:
    variants = _signs().single.get(character, "")
    return _any_of(character + variants) if variants else re.escape(character)


def _any_of(characters: str) -> str:
    return "[" + "".join(re.escape(c) for c in characters) + "]"


def marked(text: str, patterns: Iterable[re.Pattern[str]]) -> Markup:
    """Return the text as HTML with what the patterns find in it marked."""
    spans = sorted(m.span() for p in patterns for m in p.finditer(text))
    parts, at = [], 0
    for begin, end in spans:
        if end <= at:
            continue
        start = max(begin, at)
        parts += [text[at:start], Markup("<mark>{}</mark>").format(text[start:end])]
        at = end
    return Markup("").join([*parts, text[at:]])
