"""Restore tables that print a cell a line and whose rows can be counted.

Where the numbers 1, 2, 3 stand as many lines apart as the header has words, no cell is missing, and
nothing needs to be guessed from what the cells look like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from yiyang.core.text import squash
from yiyang.extract import Block, Cell
from yiyang.parse import header_words, headers
from yiyang.parse.headers import Columns
from yiyang.parse.pieces import UNIT_FIELDS
from yiyang.parse.shapes import is_deadline, is_number, is_units

MOST = 14
"""Columns of such a table."""
FEWEST = 3
"""Columns below which lines may be anything."""
Counted = tuple[list[Block], int]
"""Rows, and the number of blocks that they were made from."""


def restore(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with such tables as rows; all else as it was."""
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        rows, used = _a_cell_a_line(blocks, at) or ([blocks[at]], 1)
        found += rows
        at += used
    return found


def _a_cell_a_line(blocks: Sequence[Block], at: int) -> Counted | None:
    """The rows of the table whose header begins here, where the numbers of its rows stand as many
    lines apart as the header has words."""
    if blocks[at].is_row or header_words.use_of(blocks[at].texts[0]) != "number":
        return None
    if at and not blocks[at - 1].is_row and header_words.is_one(blocks[at - 1].texts[0]):
        return None  # 工作任务 above 序号: the header begins earlier, and so do the rows
    cells = [block.cells[0] for block in takewhile(lambda b: not b.is_row, blocks[at:])]
    width = header_width(cells)
    if not FEWEST <= width <= MOST:
        return None
    head, first = cells[:width], ordinal(cells[width].text)
    found, rows, here = [_row(head)], 0, width
    while here + width <= len(cells):
        row = cells[here : here + width]
        if ordinal(row[0].text) == first + rows:
            rows += 1
        elif [squash(cell.text) for cell in row] != [squash(cell.text) for cell in head]:
            break
        found.append(_row(row))
        here += width
    columns = headers.header(found[0], found[1:])
    is_whole = here == len(cells) or not is_number(cells[here].text)
    if not columns or not is_whole or rows < 1 + (here < len(cells)):
        return None
    return (found, here) if _fits(found[1:], columns, head) else None


def header_width(cells: Sequence[Cell]) -> int:
    """Return how many lines a header has that begins with a number's heading: those above the first
    number; 0 where one of them is no heading."""
    words = [squash(c.text) for c in takewhile(lambda c: not is_number(c.text), cells[: MOST + 1])]
    is_header = len(words) < min(len(cells), MOST + 1) and all(map(_heads, words))
    return len(words) if is_header else 0


def _heads(word: str) -> bool:
    """Whether a line may be the heading of a column: 责任单位, 最新进度(8月24日), 是否达序时."""
    return bool(header_words.use_of(word)) or headers.may_head(
        re.sub(r"[（(].{0,80}?[）)]", "", word)
    )


def ordinal(text: str) -> int:
    """Return the number in a cell of numbers; -1 for any other text."""
    words = squash(text).strip("（()）.．、")
    return int(words) if words.isdecimal() and len(words) < 4 else -1


def _row(cells: Sequence[Cell]) -> Block:
    return Block(tuple(cells), is_row=True)


def _fits(rows: Sequence[Block], columns: Columns, head: Sequence[Cell]) -> bool:
    """Whether the cells under headings of units and times are such, in every row."""
    tests = dict.fromkeys(UNIT_FIELDS, is_units) | {"deadline": is_deadline}
    typed = [(n, tests[use]) for n, use in enumerate(columns.uses) if use in tests]
    own = [row for row in rows if row.texts != tuple(c.text for c in head)]
    # 县民政局、: the list goes on in the next line, so a cell is missing somewhere
    is_cut = any(text.rstrip().endswith(("、", "，")) for row in own for text in row.texts)
    return (
        bool(typed) and not is_cut and all(test(row.texts[n]) for row in own for n, test in typed)
    )
