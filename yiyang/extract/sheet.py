"""Workbooks (.xlsx, .xls, .ods) and .csv: each sheet a table, merged cells in all their places."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from python_calamine import CalamineWorkbook

from yiyang.extract import archive
from yiyang.extract.blocks import Block, Cell, Grid, Page, paragraph
from yiyang.safety import limits
from yiyang.safety.errors import InputError


def _blocks(data: bytes, place: str) -> list[Block]:
    """The blocks of a workbook. The lines of a second sheet count on from those of the first."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # calamine panics on some damaged files, which is no Exception
        raise InputError(
            place,
            found=f"a workbook that cannot be read ({error})",
            expected="an .xlsx, .xls or .ods workbook",
            remedy="open it in Excel or LibreOffice and save it anew as .xlsx",
        ) from error
    found: list[Block] = []
    line = n_cells = 0
    for number, sheet in enumerate(sheets, 1):
        n_cells += sheet.total_height * sheet.total_width
        limits.hold("cells", n_cells, "cells, the empty rows and columns at the end among them")
        rows = sheet.to_python(skip_empty_area=False)
        merges = list(sheet.merged_cell_ranges or [])
        found += _sheet([[_text(v) for v in row] for row in rows], merges, number, line)
        line += len(rows)
    return found


Corner = tuple[int, int]


def _sheet(
    rows: list[list[str]], merges: list[tuple[Corner, Corner]], table: int, line: int
) -> list[Block]:
    grid = Grid(table)
    covered: set[Corner] = set()
    for n, row in enumerate(rows):
        grid.add_row(line + n + 1)
        for column, text in enumerate(row):
            grid.place(Cell(text, line + n + 1), range(n, n + 1), range(column, column + 1))
    for (top, left), (bottom, right) in merges:
        if top < len(rows) and left < len(rows[top]) and (top, left) not in covered:
            height, width = range(top, min(bottom + 1, len(rows))), len(rows[top])
            cell = Cell(rows[top][left], line + top + 1)
            grid.place(cell, height, range(left, min(right + 1, width)))
            covered.add((top, left))
    return [_lone(block) for block in grid.blocks()]


def _lone(block: Block) -> Block:
    """A row with one cell of text (a title above the table) is a paragraph."""
    texts = [cell for cell in block.cells if cell.text and not cell.is_repeat]
    is_wide = all(cell.text for cell in block.cells) and len({c.text for c in block.cells}) == 1
    if len(texts) == 1 and len(block.cells) > 1 and is_wide:
        return paragraph(texts[0].text, texts[0].line)
    return block


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value).strip()


def page(data: bytes, place: str) -> Page:
    """The blocks of a workbook; its macros are said."""
    return Page(_blocks(data, place), warnings=_macros(data, place))


def _macros(data: bytes, place: str) -> tuple[InputError, ...]:
    return archive.macros(data, place) if data.startswith(b"PK") else ()
