"""Find tables of a PDF without lines: rows of words that stand below the words of a header.

Read only where every word of every line stands in the column of one header word alone, and where
the lines of a row lie nearer to one another than to the next row. All else is left out and said,
line by line: words of several cells that run together would be read as other words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from yiyang.core.text import squash
from yiyang.extract import pdf_cells
from yiyang.extract.aside import Aside
from yiyang.extract.pdf_cells import Line, Row
from yiyang.extract.pdf_paragraphs import PAGE_NUMBER
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

FEWEST_ROWS = 2
LOOKED_AT = 6
"""Lines below a header or the name of a group by which it is known."""
NEARER = 0.85
"""How near the lines of one row must lie, as a share of the way from row to row."""
MOST_HEADS = 3
"""Lines over which headings go, at most."""
# 12, 3., 三: the number of a row
_NUMBER = expression(r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.、]?$")


class Aligned(NamedTuple):
    """A table of words: its rows, each with a text a column, its height on the page; and its
    headings where it ends with the page, so that it may go on on the next."""

    top: float
    rows: list[list[str]]
    open_heads: Row = ()


def cut(
    lines: Sequence[Line], aside: Aside, at: int, heads: Row = ()
) -> tuple[list[Line], list[Aligned]]:
    """Return the lines of a page that stand in no table without lines, and these tables. `heads`
    are those of a table that ended with the page before."""
    parts = [pdf_cells.pieces(line) for line in lines]
    kept: list[Line] = []
    tables: list[Aligned] = []
    n = 0
    while n < len(lines):
        own, first, end = _table(parts, n, heads)
        if end == n:
            kept.append(lines[n])
            n += 1
            continue
        step = lines[first]["top"] - lines[first - 1]["top"] if first else 0.0
        is_whole = _is_whole(parts, end)
        rows = _rows(own, lines[first:end], parts[first:end], step) if is_whole else None
        if rows is None:
            while end < len(parts) and len(parts[end]) > 1 and not _is_page_number(parts[end]):
                end += 1
            for line in lines[n:end]:
                aside.add(tell("extract.table_without_lines_whose_rows"), line["text"], at)
        else:
            is_open = all(map(_is_page_number, parts[end:]))
            tables.append(Aligned(lines[n]["top"], rows, own if is_open else ()))
        n = end
    return kept, tables


def _table(parts: Sequence[Row], n: int, heads: Row) -> tuple[Row, int, int]:
    """The headings of the table that begins at a line, its first line below them, and its end; the
    end is the line itself where none begins. Headings may go over several lines."""
    if not n and _is_rest(parts, heads) and (end := _end(heads, parts, 0, 1)):
        return heads, 0, end
    for first in range(n + 1, n + 1 + MOST_HEADS):
        own = parts[n] if first == n + 1 else pdf_cells.merged(parts[n:first])
        if own and (end := _end(own, parts, first, FEWEST_ROWS)) > first:
            return own, first, end
    return (), n, n


def _is_rest(parts: Sequence[Row], heads: Row) -> bool:
    """Whether a page begins with rows of the table before: its first line has a word in most of its
    columns, and is no heading again."""
    if not heads or not parts:
        return False
    columns = pdf_cells.columns(heads, parts[0])
    is_again = [piece.text for piece in parts[0]] == [head.text for head in heads]
    return 2 * len(set(columns)) > len(heads) and None not in columns and not is_again


def _end(heads: Row, parts: Sequence[Row], first: int, fewest: int) -> int:
    """Behind the last line whose pieces stand below those of a header; `first` where those above it
    are none, or too few rows are below."""
    if not pdf_cells.are_heads(heads):
        return first
    numbered = _are_numbered(heads, parts[first : first + LOOKED_AT])
    end, seen, n_rows = first, set(), 0
    while end < len(parts):
        row = parts[end]
        columns = pdf_cells.columns(heads, row)
        is_group = numbered and _is_group(heads, parts, end)
        is_number = columns == [0] and numbered and bool(_NUMBER.match(row[0].text))
        is_foot = _is_page_number(row) and not is_number
        if is_foot or not (pdf_cells.fits(heads, row) or is_group):
            break
        if numbered and columns == [0] and not is_group and not is_number:
            break  # a note below the table
        if not is_group:
            seen.update(columns)
            is_full = len({*columns} - {None}) == len(heads)
            n_rows += bool(_NUMBER.match(row[0].text)) if numbered else is_full
        end += 1
    return end if n_rows >= fewest and len(seen - {None}) == len(heads) else first


def _are_numbered(heads: Row, parts: Sequence[Row]) -> bool:
    """Whether the first column holds the numbers of the rows."""
    firsts = (row[0] for row in parts if pdf_cells.columns(heads, row)[0] == 0)
    first = next(firsts, None)
    return first is not None and bool(_NUMBER.match(first.text))


def _is_group(heads: Row, parts: Sequence[Row], n: int) -> bool:
    """Whether a line is the name of a group of rows: alone, from the left edge on or over several
    columns, and a numbered row below it."""
    row = parts[n]
    if len(row) > 1 or _NUMBER.match(row[0].text):
        return False
    if row[0].x0 >= heads[0].x1 and len(pdf_cells.above(heads, row[0])) < 2:
        return False
    for below in parts[n + 1 : n + LOOKED_AT]:
        if not pdf_cells.fits(heads, below):
            return False
        if pdf_cells.columns(heads, below)[0] == 0:
            return bool(_NUMBER.match(below[0].text))
    return False


def _is_page_number(row: Row) -> bool:
    words = squash("".join(piece.text for piece in row))
    is_number = bool(PAGE_NUMBER.match(words))
    return is_number and (len(row) == 1 or not words.isdecimal())


def _is_whole(parts: Sequence[Row], end: int) -> bool:
    """Whether the table ends at a line of one piece, not at a row that fits no column."""
    return end == len(parts) or len(parts[end]) == 1 or _is_page_number(parts[end])


def _rows(
    heads: Row, lines: Sequence[Line], parts: Sequence[Row], step: float
) -> list[list[str]] | None:
    """The rows, the header first; None where a piece stands in no column, or no wider blank tells
    where a row ends. The first line stands a `step` below the header."""
    groups = {n for n in range(len(parts)) if _is_group(heads, parts, n)}
    columns = pdf_cells.widened(heads, [row for n, row in enumerate(parts) if n not in groups])
    placed = [pdf_cells.columns(columns, row) for row in parts]
    if any(a.x1 > b.x0 for a, b in pairwise(columns)):
        return None
    if any(None in placed[n] for n in range(len(parts)) if n not in groups):
        return None
    found = [[head.text for head in heads]]
    for is_group, run in groupby(range(len(parts)), key=groups.__contains__):
        stretch = [*run]
        if is_group:
            found += [[parts[n][0].text] for n in stretch]
            continue
        begun = _begins([lines[n] for n in stretch], placed, parts, stretch)
        if begun is None or (not stretch[0] and 0 not in placed[0] and step <= begun[1]):
            return None  # the first line may be the rest of the header
        for is_first, n in zip(begun[0], stretch, strict=True):
            if is_first:
                found.append(["" for _ in heads])
            for piece, column in zip(parts[n], placed[n], strict=True):
                found[-1][column or 0] += piece.text
    return found


def _begins(
    lines: Sequence[Line],
    placed: Sequence[Sequence[int | None]],
    parts: Sequence[Row],
    stretch: Sequence[int],
) -> tuple[list[bool], float] | None:
    """Whether each line begins a row, and how far a line of the same row stands at most; None where
    that is not clear. Rows lie farther apart than the lines of one, and each has one number, or
    else words in its first column."""
    steps = [b["top"] - a["top"] for a, b in pairwise(lines)]
    firsts = [0 in placed[n] for n in stretch]
    numbers = [parts[n][0].text for n, is_one in zip(stretch, firsts, strict=True) if is_one]
    are_numbers = bool(numbers) and all(map(_NUMBER.match, numbers))
    far = sorted(steps, reverse=True)[: len(numbers) - 1] if are_numbers else _far(steps)
    if not are_numbers and len(far) == len(steps) and len({len(parts[n]) for n in stretch}) > 1:
        return None
    near = max(sorted(steps, reverse=True)[len(far) :], default=0.0)
    nearest = min(far, default=float("inf"))
    if near >= NEARER * nearest:
        return None
    begun = [True, *(step >= nearest for step in steps)]
    per_row: list[int] = []
    for is_first, has_first in zip(begun, firsts, strict=True):
        per_row += [0] * is_first
        per_row[-1] += has_first
    is_clear = all(per_row) and (len(numbers) == len(per_row) or not are_numbers)
    return (begun, near / NEARER) if is_clear else None


def _far(steps: Sequence[float]) -> list[float]:
    """The steps from row to row: those above the widest gap between two steps; all, where they are
    alike."""
    ordered = sorted(steps, reverse=True)
    gaps = [b / a for a, b in pairwise(ordered) if a > 0]
    if not gaps or min(gaps) >= NEARER:
        return ordered
    return ordered[: gaps.index(min(gaps)) + 1]
