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
    """The tables of a page by their number of rows."""

    def __init__(self) -> None:
        self._known: defaultdict[int, deque[list[list[str]]]] = defaultdict(
            lambda: deque(maxlen=KEPT)
        )

    def is_one(self, blocks: Sequence[Block]) -> bool:
        """Tell whether each row holds cells of the same row of a table before it, in their order,
        and no others."""
        rows = [[squash(cell.text) for cell in row.cells if not cell.is_repeat] for row in blocks]
        rows = [[text for text in row if text] for row in rows]
        known = self._known[len(rows)]
        says = all(len(row) > 1 for row in rows) and any(
            len(text) >= WORDS for row in rows for text in row
        )
        is_copy = says and any(all(map(_holds, other, rows)) for other in known)
        if not is_copy:
            known.append(rows)
        return is_copy


def _holds(row: Sequence[str], part: Sequence[str]) -> bool:
    """Whether the cells of a part stand in a row, in their order."""
    cells = iter(row)
    return all(text in cells for text in part)
