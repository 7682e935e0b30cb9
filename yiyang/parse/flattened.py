"""Restore tables that lost their form: one cell a line, or all cells on one line; rows again.

Scraped pages print tables so: a header word a line (序号 / 工作任务 / 责任单位), then a cell a
line, empty cells left out; or everything behind one another. Which cell stands in which column is
found as the cheapest way through the columns: a cell costs what it fits badly, each column left
out and every line between rows costs a little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import NamedTuple

from yiyang.core.text import squash
from yiyang.extract import Block, Cell, paragraph
from yiyang.parse import header_words, headers, runon, strides
from yiyang.parse.headers import Columns
from yiyang.parse.pieces import UNIT_FIELDS
from yiyang.parse.shapes import count_units, is_deadline, is_heading, is_number, is_units
from yiyang.safety.later import expression

# States beside the columns: a heading between rows, and what follows the table.
HEADING, AFTER = -1, -2
IMPOSSIBLE = 1e9
MAX_HEADER = 12
"""Columns that a flattened table may have."""


def restore(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the rows of flattened tables put together again; all else as it
    was."""
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        rows, used = next(
            (read for way in _WAYS if (read := way(blocks, at))),
            ([blocks[at]], 1),
        )
        found += rows
        at += used
    return found


Restored = tuple[list[Block], int]
"""Rows, and the number of blocks that they were made from."""


def _a_cell_a_line(blocks: Sequence[Block], at: int) -> Restored | None:
    """The rows of the table whose header begins here, one word a line."""
    columns, size = _header_at(blocks, at)
    if not columns:
        return None
    start, end = at + size, _end_of_paragraphs(blocks, at + size)
    cells = [block.cells[0] for block in blocks[start:end]]
    head = Block(tuple(block.cells[0] for block in blocks[at:start]), is_row=True)
    rows, used = _table(head, cells, columns)
    return (rows, size + used) if rows else None


# Two blanks or more, or a wide one, between the cells of a row
_GAP = expression(r"\s{2,}|　+")
_BLANK = expression(r"\s+")
# — 2 —, 第4页: between the rows of two pages
_PAGE = expression(r"^(?:[—–\-－─·]+\d{1,3}[—–\-－─·]+|第\d{1,3}页(?:[/，,]?共\d{1,3}页)?)$")
# 工 作 任 务: a heading with a blank behind each character
_SPACED = expression(r"(?<!\S)\S(?:\s\S)+(?!\S)")


def _gap_header(block: Block) -> tuple[Block, Columns, re.Pattern[str]] | None:
    """The header that this line is, its columns, and what keeps the cells apart."""
    text = block.texts[0]
    if block.is_row or len(text) > 120:
        return None
    gap = _GAP if _GAP.search(text) else _BLANK
    # A blank alone separates cells, so the blanks inside a heading go first.
    words = gap.split(text if gap is _GAP else _SPACED.sub(lambda m: squash(m[0]), text))
    head = Block(tuple(Cell(word, block.line) for word in words), is_row=True)
    columns = headers.header(head)
    if not columns or not all(header_words.use_of(word) for word in words):
        return None
    return head, columns, gap


def _with_gaps(blocks: Sequence[Block], at: int) -> Restored | None:
    """The rows of the table whose header is this line, its cells kept apart by blanks."""
    found = _gap_header(blocks[at])
    if not found:
        return None
    head, columns, gap = found
    end = _end_of_paragraphs(blocks, at + 1)
    pages = [block for block in blocks[at + 1 : end] if _PAGE.match(squash(block.texts[0]))]
    printed = {block.line for block in pages}
    lines = [b.cells[0] for b in blocks[at + 1 : end] if b.line not in printed]
    parted = {line.line: _cut(line.text, gap, columns) for line in lines}
    cells = [Cell(text, line) for line, (texts, _) in parted.items() for text in texts]
    rows, used = _table(head, cells, columns)
    if not rows:
        return None
    # Only whole lines: a line of which a cell is left belongs to what follows.
    last = cells[used].line if used < len(cells) else -1
    whole = [row for row in rows if row.line != last]
    taken = {cell.line for cell in cells[:used]} - {last}
    open_lines = {n: line.unclear for n, line in parted.items() if line.unclear and n in taken}
    whole = [_without_units(row, columns) if row.line in open_lines else row for row in whole]
    unclear = [paragraph(units, line) for line, units in open_lines.items()]
    pages = [page for page in pages if page.line < max(taken, default=0)]
    return [*whole, *unclear, *pages], 1 + len(taken) + len(pages)


def _without_units(row: Block, columns: Columns) -> Block:
    """A row whose units stand in columns that cannot be told."""
    uses = zip(row.cells, columns.uses, strict=True)
    cells = (Cell("", row.line) if use in UNIT_FIELDS else cell for cell, use in uses)
    return replace(row, cells=tuple(cells))


class _Line(NamedTuple):
    """The cells of a line, and the units that it does not tell the columns of."""

    cells: list[str]
    unclear: str = ""


def _cut(line: str, gap: re.Pattern[str], columns: Columns) -> _Line:
    """The cells of a line; where it has too many, one holds a gap itself (增长3% 左右). Which
    of two columns of units that is (县民政局 县财政局 各镇) may not be told."""
    ends = [(m.start(), m.end()) for m in gap.finditer(line)]
    surplus = len(ends) + 1 - len(columns)
    if surplus <= 0 or not is_number(line[: ends[0][0]]):
        return _Line(gap.split(line))
    ways = []
    for i in range(len(columns)):
        kept = ends[:i] + ends[i + surplus :]
        bounds = [0, *(at for pair in kept for at in pair), len(line)]
        ways.append([line[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True)])
    shapes = [[_shape(Cell(text, 0)) for text in way] for way in ways]
    costs = [sum(_misfit(s, i, columns) for i, s in enumerate(way)) for way in shapes]
    # As cheap as another, the cell of the text is the one with the gap.
    order = sorted(range(len(ways)), key=lambda i: (costs[i], columns.uses[i] != "text"))
    best = ways[order[0]]
    alike = [i for i in order if costs[i] == costs[order[0]] and columns.uses[i] in UNIT_FIELDS]
    if columns.uses[order[0]] in UNIT_FIELDS and len(alike) > 1:
        return _Line(best, " ".join(best[min(alike) : max(alike) + 1]))
    return _Line(best)


def _header_at(blocks: Sequence[Block], at: int) -> tuple[Columns | None, int]:
    """The columns of a header whose words stand on lines of their own, and its length."""
    words: list[str] = []
    whole = _whole_header(blocks, at)
    if whole[0]:
        return whole
    for block in blocks[at : at + MAX_HEADER]:
        word = squash(block.texts[0])
        # A title above a line that is a header itself is no heading of a column.
        if (
            block.is_row
            or not header_words.use_of(word)
            or is_units_only(word)
            or _gap_header(block)
        ):
            break
        words.append(word)
    for size in range(len(words), 1, -1):
        row = Block(tuple(Cell(word, 0) for word in words[:size]), is_row=True)
        columns = headers.header(row)
        if columns and len(set(words[:size])) == size:
            return columns, size
    return None, 0


def _whole_header(blocks: Sequence[Block], at: int) -> tuple[Columns | None, int]:
    """The columns of a header that begins with the heading of the numbers and ends before the
    first of them, whatever its other words are."""
    if blocks[at].is_row or header_words.use_of(blocks[at].texts[0]) != "number":
        return None, 0
    cells = [
        b.cells[0] for b in takewhile(lambda b: not b.is_row, blocks[at : at + 2 * MAX_HEADER])
    ]
    size = strides.header_width(cells)
    columns = headers.header(Block(tuple(cells[:size]), is_row=True)) if size > 1 else None
    return columns, size if columns else 0


def is_units_only(word: str) -> bool:
    """Tell whether a text is a unit, and no heading of units (责任单位 ends like a unit, so does
    责任科室)."""
    if header_words.is_one(word):
        return False
    return is_units(word) and not re.search(r"单位|部门|主体|机构|主办|协办|牵头|配合", word)


def _end_of_paragraphs(blocks: Sequence[Block], start: int) -> int:
    end = start
    while end < len(blocks) and not blocks[end].is_row:
        end += 1
    return end


def _table(head: Block, cells: Sequence[Cell], columns: Columns) -> Restored:
    """The rows of a flattened table, header first, and how many of the cells they take."""
    states = _lists_whole(cheapest(cells, columns), cells)
    used = next((i for i, state in enumerate(states) if state == AFTER), len(states))
    # Headings behind the last row belong to what follows.
    while used and states[used - 1] == HEADING:
        used -= 1
    if used < 2 or columns.uses.index("text") not in states[:used]:
        return [], 0
    return [head, *_rows(cells[:used], states[:used], columns)], used


def _lists_whole(states: Sequence[int], cells: Sequence[Cell]) -> list[int]:
    """The columns of the cells, a list of units that ends with a 、 with its other half."""
    found = list(states)
    for n, (above, below) in enumerate(pairwise(cells)):
        is_cut = above.text.rstrip().endswith("、") and count_units(above.text) > 0
        if is_cut and found[n] >= 0 and found[n + 1] >= 0 and count_units(below.text):
            found[n + 1] = found[n]
    return found


def _rows(cells: Sequence[Cell], states: Sequence[int], columns: Columns) -> Iterator[Block]:
    """The cells put into rows. A second cell for a column stands in a row of its own below."""
    row: dict[int, Cell] = {}
    for cell, state in zip(cells, states, strict=True):
        if row and (state == HEADING or state <= max(row)):
            yield _block(row, columns)
            row = {}
        if state == HEADING:
            yield _block({0: cell}, columns)
        else:
            row[state] = cell
    if row:
        yield _block(row, columns)


def _block(row: dict[int, Cell], columns: Columns) -> Block:
    line = min(cell.line for cell in row.values())
    cells = tuple(row.get(i, Cell("", line)) for i in range(len(columns)))
    return Block(cells, is_row=True)


@dataclass(frozen=True)
class _Shape:
    """What a cell looks like."""

    is_number: bool
    n_units: int
    is_deadline: bool
    is_heading: bool
    is_header: bool
    length: int

    @property
    def units_cost(self) -> float:
        """Say what it costs to take units for something else; one name may be a word (园区)."""
        return self.n_units and (1.0 if self.n_units == 1 else 2.5)


def _shape(cell: Cell) -> _Shape:
    text = squash(cell.text)
    return _Shape(
        is_number(text),
        count_units(text) or count_units(cell.text),
        is_deadline(text),
        is_heading(text),
        header_words.is_one(text),
        len(text),
    )


def cheapest(cells: Sequence[Cell], columns: Columns) -> list[int]:
    """Return the column of each cell, HEADING or AFTER: the way of least cost (Viterbi's
    algorithm)."""
    if not cells:
        return []
    shapes = [_shape(cell) for cell in cells]
    states = [*range(len(columns)), HEADING, AFTER]
    costs = {s: _step(None, s, columns) + _misfit(shapes[0], s, columns) for s in states}
    steps = {(old, new): _step(old, new, columns) for old in states for new in states}
    back: list[dict[int, int]] = []
    for shape in shapes[1:]:
        # A line that looks like a heading seldom goes on with the text above it.
        text = columns.uses.index("text")
        steps[text, text] = 4.1 if shape.is_heading else 2.6
        now, best = {}, {}
        for new in states:
            best[new] = min(states, key=lambda old: costs[old] + steps[old, new])
            now[new] = costs[best[new]] + steps[best[new], new] + _misfit(shape, new, columns)
        costs = now
        back.append(best)
    way = [min(costs, key=lambda s: costs[s])]
    for best in reversed(back):
        way.append(best[way[-1]])
    return way[::-1]


def _misfit(shape: _Shape, state: int, columns: Columns) -> float:
    """What it costs to put a cell into a column."""
    if state == AFTER:
        return 1.0
    if state == HEADING:
        return _misfit_as_heading(shape)
    if shape.is_header:
        return 6
    use = columns.uses[state]
    if use == "text":
        return (
            5 * shape.is_number
            + shape.units_cost
            + 2 * (shape.is_deadline and shape.length < 12)
            + 0.5 * (shape.length < 4)
        )
    is_form = {"number": shape.is_number, "deadline": shape.is_deadline}
    is_form |= dict.fromkeys(UNIT_FIELDS, shape.n_units > 0)
    if use in is_form:
        other = IMPOSSIBLE if use == "number" else 4 + shape.length / 20
        return 0 if is_form[use] else other
    # A group, a short name, another column: no form of its own.
    # What has been reached may fill a cell with a page.
    long = shape.length / 40 if use != "other" else min(shape.length / 60, 1.5)
    return 0.3 + 2 * any(is_form.values()) + long


def _misfit_as_heading(shape: _Shape) -> float:
    if shape.is_number:
        return IMPOSSIBLE
    if shape.is_header:
        return 0.3
    return 1.2 + shape.length / 60 + 2 * (not shape.is_heading) + shape.units_cost


def _step(old: int | None, new: int, columns: Columns) -> float:
    """What it costs that a cell of column `new` follows one of column `old`."""
    if new == AFTER:
        return 0 if old == AFTER else 2.0
    if old == AFTER or new == HEADING:
        return IMPOSSIBLE if old == AFTER else 0.0
    uses = columns.uses
    if old is None or old == HEADING:
        return _begin(new, uses)
    if new > old:
        return sum(_lacking(use) for use in uses[old + 1 : new])
    if new < old:
        return sum(_lacking(use) for use in uses[old + 1 :]) + _begin(new, uses) + 0.1
    # A list of units may have a line for each; other cells seldom break.
    return {"lead": 0.4, "units": 0.3, "responsible": 0.3, "supporting": 0.3}.get(uses[new], 4)


def _begin(new: int, uses: Sequence[str]) -> float:
    """What it costs to begin a row with this column.

    A row begins with its number, if it has one; what stands before that is a heading.
    """
    first = uses.index("number") if "number" in uses else 0
    if new < first:
        return 0.2
    return sum(_lacking(use) for use in uses[first:new])


def _lacking(use: str) -> float:
    """What it costs that a row has no cell in a column."""
    if use == "text":
        return 5
    if use == "number":
        return 3.0
    return 0.8 if use in UNIT_FIELDS or use == "deadline" else 0.4


_WAYS = (_a_cell_a_line, _with_gaps, runon.rows)
"""The shapes in which the rows of a table may lie."""
