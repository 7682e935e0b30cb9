"""Hold what every format is read into: paragraphs and table rows, each cell with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from yiyang.core import characters
from yiyang.core.text import writable
from yiyang.safety import limits
from yiyang.safety.errors import InputError
from yiyang.safety.later import expression


@dataclass(frozen=True)
class Cell:
    """A piece of text and its line, from 1.

    The line is that of the file where the file is a text; else the number of the paragraph or
    table row in reading order (in a workbook of one sheet, the number of the row). A merged cell
    stands in each of its places, but is text of the file only in the first: `is_repeat` in the
    others. `printed` is what the file has where characters were normalised, else empty.
    """

    text: str
    line: int
    is_repeat: bool = False
    printed: str = ""

    def normal(self) -> Cell:
        """Return the cell with its text as every file can hold it and every grammar reads it."""
        printed = writable(self.text)
        text = characters.normal(printed)
        if text == self.text:
            return self
        return replace(self, text=text, printed=printed if text != printed else "")


@dataclass(frozen=True)
class Block:
    """A paragraph (one cell) or the row of a table (its cells, empty ones included).

    `table` numbers the tables of a file from 1; it is 0 for a paragraph and in a text, where
    nothing says where one table ends and the next begins. `depth` is how deep in lists a paragraph
    stands: 2 for a point of the outermost, 4 for a point inside one of its points, one more for
    the paragraphs of a point behind its first; 0 outside of all lists, or where nothing tells.
    """

    cells: tuple[Cell, ...]
    is_row: bool
    table: int = 0
    depth: int = 0

    @cached_property
    def line(self) -> int:
        return next((c.line for c in self.cells if not c.is_repeat), self.cells[0].line)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.cells)


class LeftOut(NamedTuple):
    """A piece of a file that is in none of its blocks: `what` it is (`a footnote`), its words (none
    where nobody read them), and the line at which it stands; 0 where that is none."""

    line: int
    what: str
    words: str


@dataclass(frozen=True)
class Page:
    """A file as read: its blocks, its kind (`docx`, `text` ...), and the encoding of a text.

    `warnings` say what of the file was left aside: macros, hidden text, comments; `left` are these
    pieces, whole.
    """

    blocks: Sequence[Block]
    kind: str = ""
    encoding: str = ""
    warnings: tuple[InputError, ...] = ()
    left: tuple[LeftOut, ...] = ()


def paragraph(text: str, line: int, depth: int = 0) -> Block:
    """Make a block of one paragraph."""
    return Block((Cell(text, line),), is_row=False, depth=depth)


# 1. , 一、, （二）, 责任单位：: how the lines of a text begin, and no cell of a table of one column
_OF_TEXT = expression(
    r"^\s{0,8}(?:\d{1,3}[.、．]\s{0,4}[^\s\d]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|[一-鿿]{2,8}[：:]\s{0,4}\S)",
    re.MULTILINE,
)


def _text_in_frame(rows: Sequence[Block]) -> list[Block]:
    """The paragraphs of a text that only stands in a table: a frame of one cell, a line a row."""
    own = [[c for c in row.cells if c.text and not c.is_repeat] for row in rows]
    is_one = all(len(cells) == 1 for cells in own)
    if not is_one or not any(_OF_TEXT.search(cells[0].text) for cells in own):
        return []
    lines = ((part, cell.line) for [cell] in own for part in cell.text.split("\n"))
    return [paragraph(part.strip(), line) for part, line in lines if part.strip()]


class Grid:
    """The cells of a table in their places, merged ones in all of theirs."""

    def __init__(self, table: int) -> None:
        self._table = table
        self._cells: dict[tuple[int, int], Cell] = {}
        self._lines: list[int] = []
        self._free = 0  # every column of the last row before this one is taken

    def add_row(self, line: int) -> None:
        """Begin a row; `line` is its place in the file."""
        self._lines.append(line)
        self._free = 0

    def put(self, text: str, down: int = 1, across: int = 1) -> None:
        """Set a cell at the next free place of the last row, over `down` rows and `across` columns.

        Where the text is empty and `down` is 0, the cell above goes on (Word writes it so).
        """
        row, column = len(self._lines) - 1, self._free
        while (row, column) in self._cells:
            column += 1
        self._free = column + across
        above = self._cells.get((row - 1, column))
        if not down and above:
            cell = Cell(above.text, above.line, is_repeat=True)
        else:
            cell = Cell(text, self._lines[row])
        self.place(cell, range(row, row + max(down, 1)), range(column, column + across))

    def place(self, cell: Cell, rows: range, columns: range) -> None:
        """Set a cell over given rows and columns."""
        limits.hold("cells", len(rows) * len(columns), "limit.places_of_cell")
        limits.hold("cells", len(self._cells), "limit.cells_of_table")
        again = replace(cell, is_repeat=True)
        for r in rows:
            for c in columns:
                self._cells[r, c] = cell if (r, c) == (rows.start, columns.start) else again

    def blocks(self) -> list[Block]:
        """Return the rows that are not empty, all of one width."""
        width = 1 + max((column for _, column in self._cells), default=-1)
        limits.hold("cells", width * len(self._lines), "limit.cells_with_empty")
        found = []
        for row, line in enumerate(self._lines):
            cells = tuple(self._cells.get((row, c), Cell("", line)) for c in range(width))
            if any(cell.text for cell in cells):
                found.append(Block(cells, is_row=True, table=self._table))
        return _text_in_frame(found) or found
