"""Workbooks (.xlsx, .xls, .ods) and .csv: each sheet a table, merged cells in all their places."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

from python_calamine import CalamineWorkbook

from yiyang.extract.blocks import Block, Cell, Grid, paragraph
from yiyang.extract.text import decode
from yiyang.safety import limits
from yiyang.safety.errors import InputError


def blocks(data: bytes, place: str) -> list[Block]:
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


def csv_blocks(data: bytes, place: str) -> tuple[list[Block], str]:
    """The blocks of a .csv and its encoding; separated by comma, semicolon or tab."""
    text, encoding = decode(data, place)
    sample = text[:4096]
    separator = max(",;\t，", key=sample.count)
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    found: list[tuple[int, list[str]]] = []
    width = 0
    try:
        for row in rows:
            found.append((max(rows.line_num - sum(t.count("\n") for t in row), 1), row))
            width = max(width, len(row))
            limits.hold("blocks", rows.line_num, "lines")
            limits.hold("cells", width * len(found), "cells in a table, empty ones among them")
    except csv.Error as error:
        if "field limit" in str(error):
            raise limits.LimitError("line_characters", f"a cell of more ({error})") from error
        raise InputError(
            f"{place}, line {rows.line_num}",
            found=f"a row that is no CSV ({error})",
            expected="cells separated by commas",
            remedy="save the table anew, as .xlsx or as CSV in UTF-8",
        ) from error
    blocks = [_csv_row(row, line, width) for line, row in found if any(map(str.strip, row))]
    return blocks, encoding


def _csv_row(row: list[str], line: int, width: int) -> Block:
    texts = [*map(str.strip, row), *[""] * (width - len(row))]
    return Block(tuple(Cell(text, line) for text in texts), is_row=True, table=1)
