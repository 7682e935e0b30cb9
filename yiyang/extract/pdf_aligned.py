"""Find tables of a PDF without lines: rows of words that stand below the words of a header.

Read only where every word of every line stands below one header word alone, and where the lines of
a row lie nearer to one another than to the next row. All else stays lines of text, and is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from yiyang.extract.aside import Aside
from yiyang.safety.telling import tell

Line = dict[str, Any]

FEWEST_COLUMNS, FEWEST_ROWS = 3, 2
GAP = 0.9
"""Blank between two cells, in signs; words of a sentence stand nearer."""
LONGEST_HEAD = 12
"""Characters of a header word."""
NEARER = 0.85
"""How near the lines of one row must lie, as a share of the way from row to row."""


class Words(NamedTuple):
    """Words of one line that no wide blank parts, and from where to where they reach."""

    x0: float
    x1: float
    text: str


class Aligned(NamedTuple):
    """A table of words: its rows, each with a text a column, its height on the page."""

    top: float
    rows: list[list[str]]


def pieces(line: Line) -> list[Words]:
    """Return the pieces of a line."""
    found: list[list[Any]] = []
    for sign in sorted((c for c in line["chars"] if c["text"].strip()), key=lambda c: c["x0"]):
        if not found or sign["x0"] - found[-1][-1]["x1"] > GAP * sign["size"]:
            found.append([])
        found[-1].append(sign)
    return [Words(r[0]["x0"], r[-1]["x1"], "".join(c["text"] for c in r)) for r in found]


def cut(lines: Sequence[Line], aside: Aside, at: int) -> tuple[list[Line], list[Aligned]]:
    """Return the lines of a page that stand in no table without lines, and these tables."""
    parts = [pieces(line) for line in lines]
    kept: list[Line] = []
    tables: list[Aligned] = []
    n = 0
    while n < len(lines):
        end = _end(parts, n)
        if end - n <= FEWEST_ROWS:
            kept.append(lines[n])
            n += 1
            continue
        rows = _rows(lines[n:end], parts[n:end]) if _is_whole(parts, end) else None
        if rows is None:
            aside.add(tell("extract.table_without_lines_whose_rows"), lines[n]["text"], at)
            kept += lines[n:end]
        else:
            tables.append(Aligned(lines[n]["top"], rows))
        n = end
    return kept, tables


def _end(parts: Sequence[Sequence[Words]], first: int) -> int:
    """Behind the last line whose pieces stand below those of the header at `first`."""
    heads = parts[first]
    if len(heads) < FEWEST_COLUMNS or any(len(head.text) > LONGEST_HEAD for head in heads):
        return first
    end = first + 1
    while end < len(parts) and _columns(heads, parts[end]):
        end += 1
    n_full = sum(len(row) == len(heads) for row in parts[first + 1 : end])
    return end if n_full >= FEWEST_ROWS else first


def _is_whole(parts: Sequence[Sequence[Words]], end: int) -> bool:
    """Whether the table ends at a line of one piece, not at a row that fits no column."""
    return end == len(parts) or len(parts[end]) == 1


def _columns(heads: Sequence[Words], row: Sequence[Words]) -> list[int]:
    """The column of each piece of a row: that of the one header word above it; none where a piece
    stands below two of them or below none, or two pieces below one."""
    found = []
    for piece in row:
        above = [n for n, h in enumerate(heads) if h.x0 < piece.x1 and piece.x0 < h.x1]
        if len(above) != 1:
            return []
        found += above
    return found if len(set(found)) == len(found) else []


def _rows(lines: Sequence[Line], parts: Sequence[Sequence[Words]]) -> list[list[str]] | None:
    """The rows; a line without a word in the first column goes on with the row above it."""
    heads = parts[0]
    rows = [["" for _ in heads]]
    between, within = [], []
    for n, row in enumerate(parts):
        columns = _columns(heads, row)
        step = lines[n]["top"] - lines[n - 1]["top"] if n else 0.0
        if n and 0 in columns:
            between.append(step)
            rows.append(["" for _ in heads])
        elif n:
            within.append(step)
        for column, piece in zip(columns, row, strict=True):
            rows[-1][column] += piece.text
    is_clear = not within or max(within) < NEARER * min(between, default=0.0)
    return rows if is_clear and len(rows) > FEWEST_ROWS else None
