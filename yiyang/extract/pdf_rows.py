"""Join the halves of a PDF's rows that a page cuts in two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from yiyang.extract.blocks import Block, Cell

FAR = 4.0
"""Points by which the upright lines of a table reach over its last level one, where it is open."""
MOST_HIGH = 0.25
"""Share of a page at its top in which the rest of a row begins."""


def open_ends(page: Any) -> tuple[float | None, float | None]:
    """Return the heights at which a table goes on from the page before and to the next, if it
    does."""
    upright = [e for e in page.edges if e["orientation"] == "v" and e["bottom"] - e["top"] > FAR]
    level = [e for e in page.edges if e["orientation"] == "h" and e["x1"] - e["x0"] > 2 * FAR]
    if not upright or not level:
        return None, None
    tops, bottoms = [e["top"] for e in level], [e["bottom"] for e in level]
    above = _end(upright, "top", min, lambda y: y < min(tops) - FAR)
    below = _end(upright, "bottom", max, lambda y: y > max(bottoms) + FAR)
    is_high = above is not None and above < MOST_HIGH * page.height
    return above if is_high else None, below


def _end(
    upright: Sequence[Any],
    side: str,
    outmost: Callable[[list[float]], float],
    is_over: Callable[[float], bool],
) -> float | None:
    """Where three upright lines or more end together over the last level line."""
    end = outmost([e[side] for e in upright])
    columns = {round(e["x0"] / FAR) for e in upright if abs(e[side] - end) < FAR / 2}
    return end if is_over(end) and len(columns) > 2 else None


def joined(found: list[Block], at: int, rest: list[Block]) -> list[Block]:
    """Join the first row of `rest` to the row `at` of `found`, in place; returns what is left."""
    first = rest[0]
    for column, tail in enumerate(first.cells):
        whole = found[at].cells[column].text + tail.text
        row = at
        while row >= 0 and tail.text and found[row].table == found[at].table:
            is_repeat = found[row].cells[column].is_repeat
            found[row] = _with(found[row], column, whole)
            if not is_repeat:
                break
            row -= 1
        for n, later in enumerate(rest[1:], 1):
            if later.cells[column].is_repeat and later.cells[column].line == tail.line:
                rest[n] = _with(later, column, whole)
    return rest[1:]


def _with(block: Block, column: int, text: str) -> Block:
    cells = list(block.cells)
    cells[column] = Cell(text, cells[column].line, cells[column].is_repeat)
    return replace(block, cells=tuple(cells))
