"""Find tables of a PDF without lines: rows of words that stand below the words of a header.

Read only where every word of every line stands in the column of one header word alone, and where
the lines of a row lie nearer to one another than to the next row. All else stays lines of text, and
is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from yiyang.core.characters import normal
from yiyang.core.text import squash
from yiyang.extract.aside import Aside
from yiyang.extract.pdf_paragraphs import PAGE_NUMBER
from yiyang.safety.telling import tell

Line = dict[str, Any]

FEWEST_COLUMNS, FEWEST_ROWS = 3, 2
LOOKED_AT = 6
"""Lines below a header or the name of a group by which it is known."""
GAP = 0.9
"""Blank between two cells, in signs; words of a sentence stand nearer."""
LONGEST_HEAD = 12
"""Characters of a header word."""
NEARER = 0.85
"""How near the lines of one row must lie, as a share of the way from row to row."""
MOST_HEADS = 3
"""Lines over which headings go, at most."""
# 序号, 重点任务, 责任单位, 完成时限, 备注: what stands above the columns of a list of tasks
_HEAD = re.compile(
    r"^(?:序号|编号|[一-鿿]{0,6}(?:备注|目标|指标|成果|分工|类别|领导|进度|要求|任务|事项|内容|措施|举措|项目|工作|单位|部门|时限|时间))$"
)
# 12, 3., 三: the number of a row
_NUMBER = re.compile(r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.、]?$")


class Words(NamedTuple):
    """Words of one line that no wide blank parts, and from where to where they reach."""

    x0: float
    x1: float
    text: str


Row = Sequence[Words]


class Aligned(NamedTuple):
    """A table of words: its rows, each with a text a column, its height on the page; and its
    headings where it ends with the page, so that it may go on on the next."""

    top: float
    rows: list[list[str]]
    open_heads: Row = ()


def pieces(line: Line) -> list[Words]:
    """Return the pieces of a line."""
    found: list[list[Any]] = []
    for sign in sorted((c for c in line["chars"] if c["text"].strip()), key=lambda c: c["x0"]):
        if not found or sign["x0"] - found[-1][-1]["x1"] > GAP * sign["size"]:
            found.append([])
        found[-1].append(sign)
    return [Words(r[0]["x0"], r[-1]["x1"], normal("".join(c["text"] for c in r))) for r in found]


def cut(
    lines: Sequence[Line], aside: Aside, at: int, heads: Row = ()
) -> tuple[list[Line], list[Aligned]]:
    """Return the lines of a page that stand in no table without lines, and these tables. `heads`
    are those of a table that ended with the page before."""
    parts = [pieces(line) for line in lines]
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
            aside.add(tell("extract.table_without_lines_whose_rows"), lines[n]["text"], at)
            kept += lines[n:end]
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
        own = parts[n] if first == n + 1 else _merged(parts[n:first])
        if own and (end := _end(own, parts, first, FEWEST_ROWS)) > first:
            return own, first, end
    return (), n, n


def _merged(rows: Sequence[Row]) -> Row:
    """Headings over several lines; none where one of them is no word that stands above a column."""
    found: list[Words] = []
    for piece in (piece for row in rows for piece in row):
        if len(piece.text) > LONGEST_HEAD:
            return ()
        above = _above(found, piece)
        if len(above) > 1:
            return ()
        if above:
            known = found[above[0]]
            x0, x1 = min(known.x0, piece.x0), max(known.x1, piece.x1)
            found[above[0]] = Words(x0, x1, known.text + piece.text)
        else:
            found.append(piece)
    return sorted(found) if all(_HEAD.match(head.text) for head in found) else ()


def _is_rest(parts: Sequence[Row], heads: Row) -> bool:
    """Whether a page begins with rows of the table before: its first line has a word in most of its
    columns, and is no heading again."""
    if not heads or not parts:
        return False
    columns = _columns(heads, parts[0])
    is_again = [piece.text for piece in parts[0]] == [head.text for head in heads]
    return 2 * len(set(columns)) > len(heads) and None not in columns and not is_again


def _end(heads: Row, parts: Sequence[Row], first: int, fewest: int) -> int:
    """Behind the last line whose pieces stand below those of a header; `first` where those above it
    are none, or too few rows are below."""
    if not _are_heads(heads):
        return first
    numbered = _are_numbered(heads, parts[first : first + LOOKED_AT])
    end, seen, n_rows = first, set(), 0
    while end < len(parts):
        row = parts[end]
        columns = _columns(heads, row)
        is_group = numbered and _is_group(heads, parts, end)
        is_number = columns == [0] and numbered and bool(_NUMBER.match(row[0].text))
        is_foot = _is_page_number(row) and not is_number
        if is_foot or not (_fits(heads, row) or is_group):
            break
        if numbered and columns == [0] and not is_group and not is_number:
            break  # a note below the table
        if not is_group:
            seen.update(columns)
            is_full = len({*columns} - {None}) == len(heads)
            n_rows += bool(_NUMBER.match(row[0].text)) if numbered else is_full
        end += 1
    return end if n_rows >= fewest and len(seen - {None}) == len(heads) else first


def _are_heads(heads: Row) -> bool:
    """Whether pieces are headings: short, and three of them, or two that name what is to be done,
    by whom and when."""
    named = [head for head in heads if _HEAD.search(head.text)]
    is_short = all(len(head.text) <= LONGEST_HEAD for head in heads)
    return is_short and (len(heads) >= FEWEST_COLUMNS or len(heads) == len(named) == 2)


def _are_numbered(heads: Row, parts: Sequence[Row]) -> bool:
    """Whether the first column holds the numbers of the rows."""
    firsts = (row[0] for row in parts if _columns(heads, row)[0] == 0)
    first = next(firsts, None)
    return first is not None and bool(_NUMBER.match(first.text))


def _is_group(heads: Row, parts: Sequence[Row], n: int) -> bool:
    """Whether a line is the name of a group of rows: alone, from the left edge on or over several
    columns, and a numbered row below it."""
    row = parts[n]
    if len(row) > 1 or _NUMBER.match(row[0].text):
        return False
    if row[0].x0 >= heads[0].x1 and len(_above(heads, row[0])) < 2:
        return False
    for below in parts[n + 1 : n + LOOKED_AT]:
        if not _fits(heads, below):
            return False
        if _columns(heads, below)[0] == 0:
            return bool(_NUMBER.match(below[0].text))
    return False


def _is_page_number(row: Row) -> bool:
    return len(row) == 1 and bool(PAGE_NUMBER.match(squash(row[0].text)))


def _is_whole(parts: Sequence[Row], end: int) -> bool:
    """Whether the table ends at a line of one piece, not at a row that fits no column."""
    return end == len(parts) or len(parts[end]) == 1


def _fits(heads: Row, row: Row) -> bool:
    """Whether no piece of a row stands below two headings, nor beside them all."""
    left, right = heads[0].x0, heads[-1].x1
    return all(
        len(_above(heads, p)) == 1 or (not _above(heads, p) and left < p.x0 and p.x1 < right)
        for p in row
    )


def _above(columns: Row, piece: Words) -> list[int]:
    return [n for n, c in enumerate(columns) if c.x0 < piece.x1 and piece.x0 < c.x1]


def _columns(columns: Row, row: Row) -> list[int | None]:
    """The column of each piece of a row: the one that it stands below; none for one below none or
    two."""
    found = (_above(columns, piece) for piece in row)
    return [above[0] if len(above) == 1 else None for above in found]


def _widened(heads: Row, parts: Sequence[Row]) -> list[Words]:
    """The columns as wide as the words in them: headings may be centred above longer cells."""
    found = [*heads]
    for _ in range(2):
        for row in parts:
            for piece, n in zip(row, _columns(found, row), strict=True):
                if n is not None:
                    x0, x1 = min(found[n].x0, piece.x0), max(found[n].x1, piece.x1)
                    found[n] = Words(x0, x1, found[n].text)
    return found


def _rows(
    heads: Row, lines: Sequence[Line], parts: Sequence[Row], step: float
) -> list[list[str]] | None:
    """The rows, the header first; None where a piece stands in no column, or no wider blank tells
    where a row ends. The first line stands a `step` below the header."""
    groups = {n for n in range(len(parts)) if _is_group(heads, parts, n)}
    columns = _widened(heads, [row for n, row in enumerate(parts) if n not in groups])
    placed = [_columns(columns, row) for row in parts]
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
