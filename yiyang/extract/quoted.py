"""Read the rows of a table in text whose cells are quoted, as a spreadsheet saves "Unicode text": a
cell that holds line breaks goes on over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yiyang.extract.blocks import Block, Cell
from yiyang.safety.later import expression

LONGEST = 40
"""Lines that one row may take."""
# a cell that a quotation mark opens: "市教育局; what closes it: 市财政局" before a tab or the end
_OPENS = expression(r'(?:^|\t)"(?:[^"\t]|"")*$')
_CELL = expression(r'(?:^|\t)(?:"((?:[^"]|"")*)"(?=\t|$)|([^\t]*))')
_QUOTED = expression(r'"(?:[^"]|"")*"')


def rows(lines: Sequence[str]) -> dict[int, list[Block]]:
    """Return the rows with quoted cells by their first line, from 1; the other lines of a row hold
    nothing. None where no cell goes on over lines: then quotation marks are what they look like."""
    found: dict[int, list[Block]] = {}
    at = 0
    while at < len(lines):
        used = _lines(lines, at)
        if used > 1:
            found |= {at + n + 1: [] for n in range(used)}
            found[at + 1] = [_row("\n".join(lines[at : at + used]), at + 1)]
        at += used
    if found:
        for n, line in enumerate(lines, 1):
            if n not in found and any(map(_is_quoted, line.split("\t")[1:])):
                found[n] = [_row(line, n)]
    return found


def _lines(lines: Sequence[str], at: int) -> int:
    """How many lines the row takes that begins here: more than one where a quoted cell goes on, and
    is closed."""
    used, is_open = 1, "\t" in lines[at] and bool(_OPENS.search(lines[at]))
    while is_open and used < LONGEST and at + used < len(lines):
        line = lines[at + used]
        used += 1
        if '"' in line:
            behind = _behind(line)
            if behind is None:
                return 1
            is_open = bool(behind) and bool(_OPENS.search(behind))
    return 1 if is_open else used


def _behind(line: str) -> str | None:
    """What stands behind the quotation mark that closes the first cell of a line; None where none
    does, or words follow it."""
    mark = re.search('"', line.replace('""', "  "))
    rest = line[mark.end() :] if mark else "-"
    return rest if not rest or rest.startswith("\t") else None


def _is_quoted(cell: str) -> bool:
    """Whether a cell is quoted for what it holds, on one line: "市教育局,市财政局"."""
    return bool(_QUOTED.fullmatch(cell)) and ("," in cell or '""' in cell[1:-1])


def _row(text: str, line: int) -> Block:
    cells = [
        match[2].strip() if match[1] is None else match[1].replace('""', '"').strip()
        for match in _CELL.finditer(text)
    ]
    return Block(tuple(Cell(cell, line) for cell in cells), is_row=True)
