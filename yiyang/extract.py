"""A file's text -> blocks: paragraphs and table rows, each cell with its line in the file.

This floor knows layouts, not meanings: what a cell says is for `parse`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """A piece of text and the line of the file on which it begins (from 1)."""

    text: str
    line: int


@dataclass(frozen=True)
class Block:
    """A paragraph (one cell) or the row of a table (its cells, empty ones included)."""

    cells: tuple[Cell, ...]
    is_row: bool

    @property
    def line(self) -> int:
        return self.cells[0].line

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.cells)


def paragraphs(lines: list[str]) -> Iterator[Block]:
    """Every line that is not blank is a paragraph."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield Block((Cell(line.strip(), number),), is_row=False)


def flattened_table(lines: list[str]) -> Iterator[Block]:
    """A Word table flattened to text: a cell is a line that begins with a tab, a row ends blank."""
    row: list[Cell] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.startswith("\t") and line.strip():
            row.append(Cell(line.strip(), number))
            continue
        if row:
            yield Block(tuple(row), is_row=True)
            row = []
        if line.strip():
            yield Block((Cell(line.strip(), number),), is_row=False)


def tabbed_table(lines: list[str]) -> Iterator[Block]:
    """A table with a row a line and tabs between its cells; lines without a tab are paragraphs."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        cells = tuple(Cell(text.strip(), number) for text in line.split("\t"))
        yield Block(cells, is_row=len(cells) > 1)


LAYOUTS: dict[str, Callable[[list[str]], Iterator[Block]]] = {
    "flattened_table": flattened_table,
    "tabbed_table": tabbed_table,
    "articles": paragraphs,
    "prose": paragraphs,
}


def blocks(text: str, layout: str) -> list[Block]:
    """The blocks of a text in one of the `LAYOUTS`, in the order of the file."""
    return list(LAYOUTS[layout](text.split("\n")))
