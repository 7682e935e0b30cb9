"""Order the pages of a PDF that are set in two columns: the left one before the right one."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from yiyang.core.text import squash
from yiyang.extract import pdf_paragraphs
from yiyang.extract.pdf_cells import Words, pieces

Line = dict[str, Any]

MOST_HEADS = 6
"""Lines over both columns (a title, whom it is for) at the top of a page."""
MOST_FEET = 2
"""Lines over both columns at the bottom of a page: whom a copy goes to, its number."""
FULL = 2.5
"""Signs by which a full line may end before the edge of its column."""
WIDE = 0.6
"""Share of a page's width that two columns take up: less is a list beside its labels."""
PARTED = 0.3
"""Share of the lines of a column in which wide blanks may stand."""
LONG = 9
"""Signs from which a line is text and no cell."""
FEWEST = 4
"""Lines with a blank at one place from which a page may be set in columns."""


def lines(page: Any) -> tuple[list[list[Line]], bool]:
    """Return the lines of a page, a list for each column in turn, and whether it has columns."""
    signs = [c for c in page.chars if c["text"].strip()]
    tops = sorted({round(c["top"]) for c in signs})
    for foot in _feet(signs, tops):
        for first in tops[: MOST_HEADS + 1]:
            body = [c for c in signs if first <= round(c["top"]) < foot]
            gutter = _gutter(body, page.width)
            if gutter:
                parts = _parts(page, first, foot, gutter)
                if _are_columns(parts[1], parts[2]):
                    return [part for part in parts if part], True
    return [page.extract_text_lines()], False


def _feet(signs: Sequence[Any], tops: Sequence[int]) -> list[float]:
    """The heights at which the columns of a page may end: above the number of the page, which may
    stand between them, and above a line over both (抄送：…)."""
    ends: list[float] = [float("inf")]
    for top in tops[: -MOST_FEET - 1 : -1]:
        words = "".join(c["text"] for c in signs if round(c["top"]) == top)
        ends = [top] if pdf_paragraphs.PAGE_NUMBER.match(squash(words)) else [*ends, top]
    return ends


def are_unclear(lines: Sequence[Line], *, is_part: bool = False) -> bool:
    """Tell whether many lines are parted by a blank at one place, with text on both sides that goes
    on from line to line: two columns that were not told apart. Two lines are many above columns
    that were (`is_part`)."""
    fewest = 2 if is_part else FEWEST
    parted = [pair for line in lines if len(pair := pieces(line)) == 2 and _is_text(pair)]
    if len(parted) < fewest:
        return False
    right = median(pair[1].x0 for pair in parted)
    size = median(_size(pair[0]) for pair in parted)
    same = [pair for pair in parted if abs(pair[1].x0 - right) < FULL * size]
    edge = max((pair[0].x1 for pair in same), default=0.0)
    full = [pair for pair in same if pair[0].x1 > edge - FULL * size]
    return len(same) >= max(fewest, len(parted) / 2) and 2 * len(full) >= len(same)


def _is_text(pair: Sequence[Words]) -> bool:
    return all(len(piece.text) > LONG for piece in pair)


def _size(piece: Words) -> float:
    return (piece.x1 - piece.x0) / len(piece.text)


def _gutter(signs: list[Any], width: float) -> float | None:
    """The middle of an upright band without a sign, in the middle third of what is printed."""
    if not signs:
        return None
    left, right = min(c["x0"] for c in signs), max(c["x1"] for c in signs)
    if right - left < WIDE * width:
        return None
    size = sorted(c["size"] for c in signs)[len(signs) // 2]
    end, found = left, None
    for sign in sorted(signs, key=lambda c: c["x0"]):
        middle = (end + sign["x0"]) / 2
        if sign["x0"] - end > size and abs(middle - (left + right) / 2) < (right - left) / 6:
            found = middle
        end = max(end, sign["x1"])
    return found


def _parts(page: Any, first: float, foot: float, gutter: float) -> list[list[Line]]:
    def at(is_in: Any) -> list[Line]:
        part = page.filter(lambda o: o["object_type"] == "char" and is_in(o))
        found: list[Line] = part.extract_text_lines()
        return found

    return [
        at(lambda c: round(c["top"]) < first),
        at(lambda c: first <= round(c["top"]) < foot and c["x1"] <= gutter),
        at(lambda c: first <= round(c["top"]) < foot and c["x1"] > gutter),
        at(lambda c: round(c["top"]) >= foot),
    ]


def _are_columns(left: list[Line], right: list[Line]) -> bool:
    """Whether both sides are text that goes on from line to line, not the cells of a table, which
    wide blanks part."""
    sides = left, right
    return all(len(s) > 2 and _share_full(s) >= 0.4 and _share_parted(s) < PARTED for s in sides)


def _share_parted(side: list[Line]) -> float:
    return sum(len(pieces(line)) > 1 for line in side) / len(side)


def _share_full(side: list[Line]) -> float:
    edge = max(line["x1"] for line in side)
    full = [line for line in side if line["x1"] > edge - FULL * line["chars"][0]["size"]]
    long = [line for line in full if len(line["text"]) > LONG]
    return len(long) / len(side)
