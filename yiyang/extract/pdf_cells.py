"""Tell the cells of a PDF's lines apart by the blanks between them, and below which heading each
stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from yiyang.core.characters import normal
from yiyang.safety.later import expression

Line = dict[str, Any]

FEWEST_COLUMNS = 3
GAP = 0.9
"""Blank between two cells, in signs; words of a sentence stand nearer."""
LONGEST_HEAD = 12
"""Characters of a header word."""
# 序号, 重点任务, 责任单位, 完成时限, 备注: what stands above the columns of a list of tasks
_HEAD = expression(
    r"^(?:序号|编号|[一-鿿]{0,6}(?:备注|目标|指标|成果|分工|类别|领导|进度|要求|任务|事项|内容|措施|举措|项目|工作|单位|部门|时限|时间))$"
)


class Words(NamedTuple):
    """Words of one line that no wide blank parts, and from where to where they reach."""

    x0: float
    x1: float
    text: str


Row = Sequence[Words]


def pieces(line: Line) -> list[Words]:
    """Return the pieces of a line."""
    found: list[list[Any]] = []
    for sign in sorted((c for c in line["chars"] if c["text"].strip()), key=lambda c: c["x0"]):
        if not found or sign["x0"] - found[-1][-1]["x1"] > GAP * sign["size"]:
            found.append([])
        found[-1].append(sign)
    return [Words(r[0]["x0"], r[-1]["x1"], normal("".join(c["text"] for c in r))) for r in found]


def merged(rows: Sequence[Row]) -> Row:
    """Return headings over several lines as one; none where one of them heads no column."""
    found: list[Words] = []
    for piece in (piece for row in rows for piece in row):
        if len(piece.text) > LONGEST_HEAD:
            return ()
        above = _beside(found, piece)
        if len(above) > 1:
            return ()
        if above:
            known = found[above[0]]
            x0, x1 = min(known.x0, piece.x0), max(known.x1, piece.x1)
            found[above[0]] = Words(x0, x1, known.text + piece.text)
        else:
            found.append(piece)
    return sorted(found) if all(_HEAD.match(head.text) for head in found) else ()


def are_heads(heads: Row) -> bool:
    """Tell whether pieces are headings: short, and three of them, or two that name what is to be
    done, by whom and when."""
    named = [head for head in heads if _HEAD.search(head.text)]
    is_short = all(len(head.text) <= LONGEST_HEAD for head in heads)
    return is_short and (len(heads) >= FEWEST_COLUMNS or len(heads) == len(named) == 2)


def fits(heads: Row, row: Row) -> bool:
    """Tell whether no piece of a row stands below two headings, nor beside them all."""
    left = 2 * heads[0].x0 - heads[0].x1
    return all(len(above(heads, p)) < 2 and left <= p.x0 for p in row)


def above(columns: Row, piece: Words) -> list[int]:
    """Return the columns below whose headings a piece stands; beside all, the outmost one."""
    if columns and piece.x1 <= columns[0].x0:
        return [0]
    if columns and piece.x0 >= columns[-1].x1:
        return [len(columns) - 1]
    return _beside(columns, piece)


def _beside(columns: Row, piece: Words) -> list[int]:
    return [n for n, c in enumerate(columns) if c.x0 < piece.x1 and piece.x0 < c.x1]


def columns(columns: Row, row: Row) -> list[int | None]:
    """Return the column of each piece of a row: the one that it stands below; none for one below
    none or two."""
    found = (above(columns, piece) for piece in row)
    return [above[0] if len(above) == 1 else None for above in found]


def widened(heads: Row, parts: Sequence[Row]) -> list[Words]:
    """Return the columns as wide as their words: headings may be centred above longer cells."""
    found = [*heads]
    for _ in range(2):
        for row in parts:
            for piece, n in zip(row, columns(found, row), strict=True):
                if n is not None:
                    x0, x1 = min(found[n].x0, piece.x0), max(found[n].x1, piece.x1)
                    found[n] = Words(x0, x1, found[n].text)
    return found
