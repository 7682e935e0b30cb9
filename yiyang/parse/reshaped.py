"""Turn tables of another shape into the usual one: a row a task, a column a field.

A line inside the table of a workbook becomes the row of a group. Two halves side by side (序号 |
任务 | 责任单位 twice in one header) become one below the other; a table whose first column holds
the headings (内容, 责任单位) is turned on its side, as is one of units by tasks (单位＼任务). Of a
table with a row for each unit, each point of its tasks (1.…；2.…) becomes a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from yiyang.core.text import squash
from yiyang.extract import Block, Cell
from yiyang.grammar import roles
from yiyang.parse import header_words, headers
from yiyang.parse.pieces import UNIT_FIELDS
from yiyang.parse.shapes import is_units
from yiyang.safety.later import expression

FEWEST_LABELS = 3
"""Headings that the first column of a table on its side must hold."""


# 一、县住建局牵头（3项）, （一）设施建设, 基础设施类（3项）, 民生保障
_GROUP = expression(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[部类章节]分?)[^。，,；;\d]{2,24}(?:[（(]共?\d{1,3}[项个件条][）)])?"
    r"|[^。，,；;:：\d（()）]{2,16}[（(]共?\d{1,3}[项个件条][）)]|[^。，,；;:：\d（()）]{2,8}"
)


def restore(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with such tables in the usual shape; all else as it was."""
    found: list[Block] = []
    blocks = _with_groups(blocks)
    for (is_row, _), same in groupby(blocks, key=lambda b: (b.is_row, b.table)):
        rows = list(same)
        shapes = (_beside, _on_side, _across, _by_points) if is_row else ()
        found += next((turned for shape in shapes if (turned := shape(rows))), rows)
    return found


def _with_groups(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the lines inside a table of a workbook, which one cell over all columns holds
    (一、县住建局牵头（3项）), as rows of it."""
    found = list(blocks)
    for n, (above, line, below) in enumerate(zip(blocks, blocks[1:], blocks[2:], strict=False), 1):
        is_inside = above.is_row and below.is_row and above.table == below.table > 0
        if line.is_row or not is_inside or len(line.cells) != 1:
            continue
        if headers.header(below) or len([text for text in below.texts if text]) < 2:
            continue
        [cell] = line.cells
        if not _GROUP.fullmatch(squash(cell.text)):
            continue
        rest = (replace(cell, is_repeat=True),) * (len(below.cells) - 1)
        found[n] = Block((cell, *rest), is_row=True, table=below.table)
    return found


def _beside(rows: Sequence[Block]) -> list[Block] | None:
    """The rows of the left half of a table and those of the right half below them."""
    at = next((n for n, row in enumerate(rows) if _is_twice(row)), None)
    if at is None or any(len(row.cells) > len(rows[at].cells) for row in rows[at:]):
        return None
    width = len(rows[at].cells)
    half = width // 2
    whole = [_padded(row, width) for row in rows[at:]]
    left = [replace(row, cells=row.cells[:half]) for row in whole]
    right = [replace(row, cells=row.cells[width - half :]) for row in whole]
    return [*rows[:at], *left, *(row for row in right if any(c.text for c in row.cells))]


def _padded(row: Block, width: int) -> Block:
    """A row with the empty cells at its end that a text does not print."""
    empty = (Cell("", row.line),) * (width - len(row.cells))
    return replace(row, cells=row.cells + empty)


def _is_twice(row: Block) -> bool:
    """Whether a row is the header of a task table, printed twice."""
    words = [squash(text) for text in row.texts]
    half = len(words) // 2
    between = words[half : len(words) - half]  # an empty column between the halves, or nothing
    is_whole = all(words[:half]) and not any(between)
    if len(words) < 4 or not is_whole or words[:half] != words[len(words) - half :]:
        return False
    return headers.header(replace(row, cells=row.cells[:half])) is not None


def _on_side(rows: Sequence[Block]) -> list[Block] | None:
    """A table whose first column holds the headings, with a row for each further column."""
    above = _lines_above(rows)
    if above:
        turned_below = _on_side(rows[above:]) if above < len(rows) else None
        return [*rows[:above], *turned_below] if turned_below else None
    width = len(rows[0].cells)
    if width < 3 or len(rows) < FEWEST_LABELS or any(len(row.cells) != width for row in rows):
        return None
    labels = [squash(row.cells[0].text) for row in rows]
    uses = [header_words.use_of(label) for label in labels]
    is_task = "text" in uses and not set(UNIT_FIELDS).isdisjoint(uses)
    # The corner above the headings may say anything or nothing.
    if not is_task or not all(uses[1:]) or len(set(labels)) < len(labels):
        return None
    if any(_is_label(cell) for row in rows[1:] for cell in row.cells[1:]):
        return None
    if not all(map(_is_across, rows, uses)):
        return None
    columns = [tuple(row.cells[n] for row in rows) for n in range(width)]
    turned = [Block(cells, is_row=True, table=rows[0].table) for cells in columns]
    # A table of both kinds of headings has them in its first row.
    is_usual = headers.header(rows[0], rows[1:]) is not None
    return None if is_usual or not headers.header(turned[0], turned[1:]) else turned


# 单位＼任务: the corner of a table with a row for each unit and a column for each task
_UNITS_BY_TASKS = expression(
    r"(?:责任)?(?:单位|部门|科室)[\\＼/／|]?(?:工作|重点)?(?:任务|事项|项目)"
)


def _across(rows: Sequence[Block]) -> list[Block] | None:
    """A table of units by tasks, whose cells say the part of each, with a row for each task."""
    width = len(rows[0].cells)
    if len(rows) < 3 or width < 3 or any(len(row.cells) != width for row in rows):
        return None
    if not _UNITS_BY_TASKS.fullmatch(squash(rows[0].cells[0].text)):
        return None
    of_units = [row for row in rows[1:] if is_units(row.cells[0].text)]
    parts = {squash(text) for row in of_units for text in row.texts[1:]} - {""}
    if len(of_units) < 2 or not parts or not all(roles.of(part) in roles.PARTS for part in parts):
        return None
    columns = [tuple(row.cells[n] for row in rows) for n in range(width)]
    return [Block(cells, is_row=True, table=rows[0].table) for cells in columns]


# 1.完成县道大修18公里；2.改造危桥5座。
_POINT = expression(r"(?:^|(?<=[；;。\n]))\s{0,4}(?:(\d{1,2})[.．、](?!\d)|([①-⑳]))")


# 1.2025年10月底；2.2025年12月底: times that are numbered as the points are
_NUMBERED = expression(r"(?:^|[；;。\n])\s{0,4}(?:\d{1,2}[.．、]|[①-⑳])")


_TIMES = expression(r"\d{1,2}月(?!龄)|\d{4}[./-]\d{1,2}|季度|年[底末]|半年|[上中下]旬|第\d{1,2}项")
# 备注, 联系电话: what no point is measured by
_ASIDE = expression("备注|说明|电话|联系|手机|编号|文号")
_FIGURE = expression(r"\d")


def _is_of_all(rows: Sequence[Block], columns: headers.Columns, at: int) -> bool:
    """Whether what stands beside the points of rows, which are in the column `at`, is of each of
    them: one time at most, and no figure (完成投资2亿元), which is of all together."""
    for n, use in enumerate(columns.uses):
        texts = [row.cells[n].text for row in rows] if n != at else []
        is_free = use in (*UNIT_FIELDS, "deadline") or _ASIDE.search(columns.words[n])
        if not is_free and any(map(_FIGURE.search, texts)):
            return False
        if any(len(_NUMBERED.findall(text)) > 1 or len(_TIMES.findall(text)) > 1 for text in texts):
            return False
    return True


def _by_points(rows: Sequence[Block]) -> list[Block] | None:
    """A table of units and their tasks, a row a unit, with a row for each point of them."""
    columns = headers.header(rows[0], rows[1:])
    if not columns or len(rows) < 3 or "number" in columns.uses:
        return None
    units = [n for n, use in enumerate(columns.uses) if use in UNIT_FIELDS]
    if "text" not in columns.uses or len(units) != 1 or units[0] > columns.uses.index("text"):
        return None
    [of], at = units, columns.uses.index("text")
    if any(len(row.cells) != len(columns) for row in rows):
        return None
    if not _is_of_all(rows[1:], columns, at):
        return None
    names = [squash(row.cells[of].text) for row in rows[1:]]
    points = [_points(row.cells[at].text) for row in rows[1:]]
    is_of_units = all(names) and len(set(names)) == len(names)
    if not is_of_units or not all(points) or sum(len(own) > 1 for own in points) < 2:
        return None
    found = [rows[0]]
    for row, own in zip(rows[1:], points, strict=True):
        for n, point in enumerate(own):
            cells = [cell if not n else replace(cell, is_repeat=True) for cell in row.cells]
            cells[at] = replace(row.cells[at], text=point)
            found.append(replace(row, cells=tuple(cells)))
    return found


def _points(text: str) -> list[str]:
    """The points of a cell, numbered from 1 on; empty where they are not so numbered."""
    marks = list(_POINT.finditer(text))
    numbers = [int(mark[1]) if mark[1] else ord(mark[2]) - ord("①") + 1 for mark in marks]
    if not marks or text[: marks[0].start()].strip() or numbers != [*range(1, len(marks) + 1)]:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [text[mark.start() : end] for mark, end in zip(marks, ends, strict=True)]


# 制表单位：区民政局, 填报日期：…: what stands in a table above its headings
_SAID = expression(r"[一-鿿]{2,8}[:：].|(?:19|20)\d\d年\d{1,2}月")


def _lines_above(rows: Sequence[Block]) -> int:
    """How many of the first rows say who made the table and when, and hold no heading."""
    above = 0
    for row in rows[:FEWEST_LABELS]:
        own = [cell.text.strip() for cell in row.cells if cell.text.strip() and not cell.is_repeat]
        if not own or not all(map(_SAID.match, own)):
            break
        above += 1
    return above


def _is_across(row: Block, use: str) -> bool:
    """Whether the merged cells of a row reach over columns beside its heading alone, as a unit of
    two projects does; each task has a cell of its own."""
    merged = [n for n, cell in enumerate(row.cells) if cell.is_repeat]
    return not merged or (
        use != "text"
        and merged[0] > 1
        and all(row.cells[n].text == row.cells[n - 1].text for n in merged)
    )


def _is_label(cell: Cell) -> bool:
    return header_words.is_one(cell.text)
