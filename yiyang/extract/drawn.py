"""Read tables drawn with box characters, whose cells go over several lines.

┌──┬──────┬──────┐
│序│工作任务│责任单位│
│号│        │        │
├──┼──────┼──────┤
│ 1│新建…，解│镇水利站│
│  │决…      │        │
└──┴──────┴──────┘
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from yiyang.core.text import squash
from yiyang.extract.blocks import Block, Cell, Grid
from yiyang.safety.later import expression

# ├──┼────┤, ╔══╦══╗, +----+====+: a rule over the whole width, or an edge
_RULE = expression(r"[─━═┄┈\-+=:┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛┠┨┯┷┿╂╔╦╗╠╬╣╚╩╝\s]{3,}")
_DRAWN = expression(r"[─━═]|\+[-=:]{3,}")
# │　│決2个村…│: a line of cells
_LINE = expression(r"^\s*[│┃║|].*[│┃║|]\s*$")
_BARS = expression("[│┃║|]")
# 12, １, 三: the number of a row
_NUMBER = expression(r"\d{1,3}|[一二三四五六七八九十]{1,3}")


def table(lines: Sequence[str], at: int, number: int) -> tuple[list[Block], int] | None:
    """Return the rows of the drawn table that begins at a line, and how many lines it takes; no
    rows where its lines do not say which words are of one cell; None where no table begins."""
    if not _is_rule(lines[at]):
        return None
    end = at
    while end < len(lines) and (_is_rule(lines[end]) or _LINE.match(lines[end])):
        end += 1
    if not _is_rule(lines[end - 1]):
        return [], end - at
    groups: list[list[int]] = [[]]
    for n in range(at, end):
        if _is_rule(lines[n]):
            groups.append([])
        else:
            groups[-1].append(n)
    rows = [row for group in groups if group for row in _rows(lines, group)]
    width = max((len(row) for row in rows), default=0)
    # A rule that reaches over some columns only parts cells that no other line tells apart.
    is_partly_ruled = any(_DRAWN.search(cell.text) for row in rows for cell in row)
    if width < 2 or is_partly_ruled or any(len(row) not in (1, width) for row in rows):
        return [], end - at
    grid = Grid(number)
    for row in rows:
        grid.add_row(row[0].line)
        for cell in row:
            grid.put(cell.text, across=width if len(row) == 1 else 1)
    return grid.blocks(), end - at


def _is_rule(line: str) -> bool:
    return bool(_DRAWN.search(line) and _RULE.fullmatch(line))


def _runs_on(begins: Sequence[int], cells: Sequence[Sequence[str]]) -> bool:
    """Whether the numbers of several rows stand in their first lines, one after the other."""
    numbers = [squash(cells[n][0]) for n in begins]
    figures = [int(number) for number in numbers if number.isdigit()]
    return not begins[0] and all(b == a + 1 for a, b in pairwise(figures))


def _rows(lines: Sequence[str], group: Sequence[int]) -> list[list[Cell]]:
    """The rows between two rules: one, or, where several numbers stand in the first column, one
    from each of them on."""
    cells = [_BARS.split(lines[n].strip())[1:-1] for n in group]
    numbered = [bool(_NUMBER.fullmatch(squash(row[0]))) for row in cells]
    begins = [n for n, is_one in enumerate(numbered) if is_one]
    if len(begins) > 1 and not _runs_on(begins, cells):
        return [[Cell("─", group[0] + 1)]]  # 1 and 0 of 10, or numbers in the middle of their cells
    if len(begins) < 2:
        begins = [0]
    found = []
    for start, stop in zip(begins, [*begins[1:], len(group)], strict=True):
        part = cells[start:stop]
        if len({len(row) for row in part}) > 1:
            return [[Cell("─", group[0] + 1)]]  # cells that no other line tells apart
        columns = zip(*part, strict=True)
        texts = ["\n".join(filter(None, (text.strip() for text in column))) for column in columns]
        found.append([Cell(text, group[start] + 1) for text in texts])
    return found
