"""Read the rows of tables as programs write them out: NaN stands where a cell is empty, and the
words of a merged cell stand in each cell that it covered."""

from __future__ import annotations

from dataclasses import replace

from yiyang.extract.blocks import Block, Cell
from yiyang.safety.later import expression

# NaN, <NA>, None; Unnamed: 3, Unnamed: 0_level_0 above a column without a heading
_EMPTY = expression(r"(?:NaN|nan|NaT|<NA>|None|null|NULL|#N/A|Unnamed:\s?\d{1,3}(?:_level_\d)?)\s?")
_WORDS = expression("[一-鿿]{2}")
LEAST = 3
"""Cells of a row that are alike before they are taken for one: two may be so by chance."""


def restore(block: Block) -> Block:
    """Return a row without the marks of empty cells, and one that repeats the words of its first
    cell in all others as a merged cell; any other block as it is."""
    if not block.is_row:
        return block
    cells = tuple(_emptied(cell) for cell in block.cells)
    first = cells[0]
    is_one = len(cells) >= LEAST and _WORDS.search(first.text)
    if is_one and all(c.text == first.text and c.line == first.line for c in cells):
        cells = (first, *(replace(cell, is_repeat=True) for cell in cells[1:]))
    return block if cells == block.cells else replace(block, cells=cells)


def _emptied(cell: Cell) -> Cell:
    is_mark = cell.text[:1] in "Nn<#U" and _EMPTY.fullmatch(cell.text)
    return replace(cell, text="") if is_mark else cell
