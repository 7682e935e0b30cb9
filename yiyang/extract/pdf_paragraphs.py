"""Join the lines of a PDF's page to paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter
from statistics import median, mode
from typing import Any

from yiyang.core.characters import normal
from yiyang.core.text import squash
from yiyang.safety.later import expression

Line = dict[str, Any]

INDENT = 1.5
"""Signs from the left margin from which a line begins a paragraph."""
FULL = 2.0
"""Signs by which a line that goes on in the next may end before the right margin."""
OTHER = 0.12
"""Share by which the sizes of a heading and of the text below it differ, at least."""
WIDE = 2.0
"""Signs that are free between two cells of a line, at least."""
APART = 1.35
"""How much farther than usual a line stands below the one before, where a paragraph ends."""
UNEVEN = 0.15
"""Share of a page's width by which its two margins differ at most."""
MANY = 0.4
"""Share of the lines of a narrow text that end at its margin."""
# — 3 —, - 12 -, 第3页 共10页, 3
PAGE_NUMBER = expression(r"^(?:[-—–·\s]*\d{1,4}[-—–·\s]*|第\d+页(?:,?共\d+页)?)$")
# 二、培养…, （三）建设…, 12.开展…: a line that begins an item
_ITEM = expression(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,3}[.．、](?!\d)"
)
_ENDS = tuple("。）)】〕")


def join(lines: Sequence[Line], width: float = 0.0) -> list[tuple[float, str]]:
    """Return the paragraphs, each with its height on a page so wide (0: a column of unknown width).

    A line goes on in the next where it reaches the right margin and the next is not indented, is
    of its size, stands no farther below than lines do, and begins no item behind a sentence; lines
    of several cells do not.
    """
    if not lines:
        return []
    left, right = min(line["x0"] for line in lines), _margin(lines, width)
    steps = [b["bottom"] - a["bottom"] for a, b in pairwise(lines)]
    far = APART * median(steps) if steps else 0.0
    found: list[tuple[float, str]] = []
    last: Line | None = None  # a line that may go on
    for line in lines:
        size = (line["bottom"] - line["top"]) or 10
        text = line["text"].strip()
        is_number = bool(PAGE_NUMBER.match(squash(text)))
        is_next = last is not None and _goes_on(last, line, far)
        if is_next and line["x0"] <= left + INDENT * size and not is_number:
            found[-1] = (found[-1][0], found[-1][1] + text)
        elif text:
            found.append((line["top"], text))
        last = line if line["x1"] > right - FULL * size and not is_number else None
    return found


def _goes_on(line: Line, below: Line, far: float) -> bool:
    a, b = _size(line), _size(below)
    if _ITEM.match(normal(below["text"].strip())) and line["text"].rstrip().endswith(_ENDS):
        return False
    if _is_parted(line) or _is_parted(below):
        return False
    is_near = far <= 0 or below["bottom"] - line["bottom"] <= far
    return is_near and abs(a - b) <= OTHER * max(a, b)


def _is_parted(line: Line) -> bool:
    """Whether a wide blank parts a line: its parts are cells, and do not go on in the next."""
    signs = sorted((c for c in line.get("chars", ()) if c["text"].strip()), key=itemgetter("x0"))
    return any(b["x0"] - a["x1"] > WIDE * a["size"] for a, b in pairwise(signs))


def _size(line: Line) -> float:
    """The size of most of a line's signs; 0 where they are not known."""
    return float(
        mode(round(sign["size"], 1) for sign in line.get("chars", ())) if line.get("chars") else 0
    )


def _margin(lines: Sequence[Line], width: float) -> float:
    """Where lines end at the right. The longest of short lines is no margin: it must lie as far
    from its edge of the page as the left one does, or many lines must end there."""
    left, right = min(line["x0"] for line in lines), max(line["x1"] for line in lines)
    ends = sum(line["x1"] > right - FULL * (line["bottom"] - line["top"]) for line in lines)
    is_one = not width or right > width - left - UNEVEN * width
    is_one = is_one or ends > max(2, MANY * len(lines))
    return right if is_one else float("inf")
