"""Take the lines out that a page repeats above or below its text, in the middle of what is said.

…；配合单位：市公
— 2 —
东市2025年教育工作要点      the title again, which stands above each page
安局、各镇）
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.parse import header_words
from yiyang.parse.numbers import style_of
from yiyang.parse.pieces import Piece
from yiyang.parse.shapes import LABEL, is_deadline, is_units
from yiyang.parse.wrapped import PAGE
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

SHORTEST, LONGEST = 6, 60
"""Characters of a running head."""
WHOLE = 8
"""Characters of a line that may end in the middle of a sentence."""
_BARE = expression(r"\d{1,3}")
_NUMBERED = PAGE, _BARE
# 东市2025年教育工作要点 第2页, — 2 — 东市…: the number of the page beside the head
_BESIDE = expression(
    r"^(?:[—–\-－─·|｜]{0,4}\d{1,3}[—–\-－─·|｜]{1,4}|第\d{1,3}页)"
    r"|(?:[—–\-－─·|｜]{1,4}\d{1,3}[—–\-－─·|｜]{0,4}|第\d{1,3}页(?:[/，,]?共\d{1,3}页)?)$"
)
_ENDS = tuple("。！？；;：:")


def take(blocks: Sequence[Block], title: str) -> tuple[list[Block], list[Piece]]:
    """Return the blocks without the lines that pages repeat, and these lines as leftovers.

    Such a line stands beside the number of a page, or holds it: the title a second time, or words
    that stand beside two such numbers and nowhere else.
    """
    words = ["" if block.is_row else squash(block.texts[0]) for block in blocks]
    heads = _heads(words, squash(title).lstrip("#"))
    gone = heads | _numbers(words, heads)
    gone |= {
        k for n in heads for k in (n - 1, n + 1) if k in range(len(words)) and PAGE.match(words[k])
    }
    if not gone:
        return list(blocks), []
    reason = tell("parse.page_head")
    left = [
        Piece(blocks[n].line, blocks[n].texts[0].strip(), "leftover", reason=reason)
        for n in sorted(gone)
    ]
    return [block for n, block in enumerate(blocks) if n not in gone], left


def _heads(words: Sequence[str], title: str) -> set[int]:
    """The positions of the lines that pages repeat."""
    own = [_BESIDE.sub("", text) if len(text) <= LONGEST else "" for text in words]
    first = next((n for n, text in enumerate(own) if title and text == title), len(own))
    begun = next((n for n in range(first, len(own)) if style_of(own[n])[0] >= 0), len(own))
    again = [n for n in range(first + 1, len(own)) if own[n] == title]
    found = {
        n
        for n in again
        if own[n] != words[n]
        or _is_beside(words, n, _NUMBERED)
        or (n > begun and _is_cut(words, n))
    }
    places = Counter(words)
    near = [n for n in range(len(own)) if n not in again and _is_near(words, n, found)]
    often = Counter(words[n] for n in near)
    return found | {n for n in near if 2 <= often[words[n]] == places[words[n]] and _may_be(own[n])}


def _is_near(words: Sequence[str], n: int, heads: set[int]) -> bool:
    """Whether the number of a page, or another line that pages repeat, stands beside a line."""
    return _is_beside(words, n, (PAGE,)) or not heads.isdisjoint((n - 1, n + 1))


def _is_beside(words: Sequence[str], n: int, signs: Sequence[re.Pattern[str]]) -> bool:
    """Whether the number of a page stands right above or below a line."""
    near = [words[k] for k in (n - 1, n + 1) if 0 <= k < len(words)]
    return any(sign.fullmatch(text) for text in near for sign in signs)


def _is_bare(words: Sequence[str], n: int) -> bool:
    return 0 <= n < len(words) and bool(_BARE.fullmatch(words[n]))


def _numbers(words: Sequence[str], heads: set[int]) -> set[int]:
    """The positions of the numbers of pages that are figures alone: those beside a running head
    that has no other, or all such lines of the file, where they run on and one of them stands
    inside a bracket. In a table of one cell a line they are the numbers of its rows."""
    found = [n for n in range(len(words)) if _is_bare(words, n)]
    if any(header_words.use_of(text) == "number" for text in words if len(text) <= WHOLE):
        return set()
    figures = [int(words[n]) for n in found]
    runs_on = len(found) > 1 and all(b == a + 1 for a, b in pairwise(figures))
    if runs_on and any(_is_inside(words, n) for n in found):
        return set(found)
    alone = [n for n in heads if not _is_beside(words, n, (PAGE,))]
    return {k for n in alone for k in (n - 1, n + 1) if _is_bare(words, k)}


def _is_inside(words: Sequence[str], n: int) -> bool:
    """Whether a bracket opens on the line above, and closes on the one below."""
    above, below = ("".join(words[k : k + 1]) for k in (n - 1, n + 1))
    return n > 0 and above.rfind("（") > above.rfind("）") and below.find("）") > -1


def _is_cut(words: Sequence[str], n: int) -> bool:
    """Whether a line stands behind a whole line that does not end a sentence."""
    above = words[n - 1]
    return len(above) >= WHOLE and not above.endswith((*_ENDS, "）", ")"))


def _may_be(text: str) -> bool:
    """Whether words may be a running head: no item, label, unit, time or heading of a column."""
    folded = simplify(text)
    return (
        SHORTEST <= len(text) <= LONGEST
        and not text.endswith(_ENDS)
        and style_of(folded)[0] < 0
        and not LABEL.search(folded)
        and not is_units(text)
        and not is_deadline(text)
        and not header_words.is_one(text)
    )


def put(pieces: Sequence[Piece], left: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with those left of the pages between them, each behind what stands above
    it."""
    found = list(pieces)
    for piece in reversed(left):
        at = max((n + 1 for n, p in enumerate(found) if _is_above(p, piece)), default=0)
        found.insert(at, piece)
    return found


def _is_above(piece: Piece, other: Piece) -> bool:
    return not piece.is_shared and piece.line < other.line
