"""Tell the copies that a page makes of its own tables: of columns that stay in place while the rest
is moved, and of heads. A reader sees them lie over the table itself, and no second one."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence

from yiyang.core.text import squash
from yiyang.extract.blocks import Block

KEPT = 6
"""Tables of one number of rows, the last ones, with which another one is compared."""
WORDS = 4
"""Characters of a cell that says something: two lists may well have the same figures."""


class Copies:
    """The tables of a page by their number of rows, since the last words between two of them."""

    def __init__(self) -> None:
        self._known: defaultdict[int, deque[list[list[str]]]] = defaultdict(
            lambda: deque(maxlen=KEPT)
        )

    def is_one(self, before: Sequence[Block], blocks: Sequence[Block], *, is_head: bool) -> bool:
        """Tell whether a table is the first columns of one before it, or cells of its head in their
        order. A table behind words of its own (附件2 东城镇任务) is a list, whatever its rows."""
        if before and not before[-1].is_row:
            self._known.clear()
        rows = [[squash(text) for text in block.texts] for block in blocks]
        filled = [[text for text in row if text] for row in rows]
        says = all(len(row) > 1 for row in filled) and any(
            len(text) >= WORDS for row in filled for text in row
        )
        is_part = _holds if is_head else _begins
        known = self._known[len(rows)]
        is_copy = says and any(is_part(other, rows) for other in known)
        if not is_copy:
            known.append(rows)
        return is_copy


def _begins(table: Sequence[Sequence[str]], part: Sequence[Sequence[str]]) -> bool:
    """Whether a part is the first columns of a table; its last ones may be empty."""
    width = max((n for row in part for n, text in enumerate(row, 1) if text), default=0)
    return all(row[:width] == own[:width] for row, own in zip(table, part, strict=True))


def _holds(table: Sequence[Sequence[str]], part: Sequence[Sequence[str]]) -> bool:
    """Whether the cells of each row of a part stand in that row of a table, in their order."""
    rows = map(iter, table)
    return all(
        all(text in cells for text in own if text) for cells, own in zip(rows, part, strict=True)
    )
