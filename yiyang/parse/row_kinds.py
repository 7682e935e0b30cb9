"""Tell the rows of a table that are no tasks, and what a heading over a group of rows says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from yiyang.core.text import squash
from yiyang.extract import Cell
from yiyang.parse.headers import Columns
from yiyang.parse.pieces import UNIT_FIELDS, Piece
from yiyang.parse.shapes import are_known_units
from yiyang.safety.telling import tell

# 合计, 备注：…, 注：…, 说明：: rows that are no tasks
_NO_TASK = re.compile(
    r"^(?:合计|总计|小计|备注|注|说明|填表人?|审核人?|制表|续表|续上表|接上表|[（(]续)[:：]?"
    r"|^(?:联系人|联系电话|联络员|填报(?:单位|人|日期|时间)|报送(?:单位|日期)|单位[（(]?(?:盖章|公章)|审批|负责人签)\S{0,4}[:：]"
)
# 合计, 小 计：, 总计（12个）: the first words of a row that adds up others
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|累计|总合计|汇总)(?:[:：\d（(].*)?$")
# 3（续）, 续3, 续: the number of a task that goes on from the page before
_CONTINUED = re.compile(r"^(?:续\S{0,4}|\S{1,4}[（(]?续[)）]?)$")
# 一、区教育局（12项）: what stands around the units that head a group
_AROUND_UNITS = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、．])|[（(]共?\d{1,3}[项件条个][)）]$|[:：]$"
)


def is_note(text: str) -> bool:
    """Tell whether the words of a row are those of a note or a sum: 注：…, 合计."""
    return bool(_NO_TASK.match(squash(text)))


def is_total(text: str) -> bool:
    """Tell whether a row that begins with these words adds up others."""
    return bool(_TOTAL.match(squash(text)))


def goes_on(number: str) -> bool:
    """Tell whether the number of a row is that of a task from the page before: 3（续）."""
    return bool(_CONTINUED.match(squash(number)))


def units_over(group: Cell, columns: Columns) -> Piece | None:
    """Return the units that a heading of a group is made of, where the table has no column of
    units."""
    words = _AROUND_UNITS.sub("", squash(group.text))
    if columns.has(*UNIT_FIELDS, "mark") or not are_known_units(words):
        return None
    reason = tell("parse.above_heading", line=group.line)
    return Piece(group.line, words, "units", reason=reason, is_shared=True, is_inferred=True)


def leftovers(cells: Sequence[Cell], reason: str) -> Iterator[Piece]:
    """Yield cells as text of no task, those of one line together."""
    own = [cell for cell in cells if cell.text and not cell.is_repeat]
    for line, same in groupby(own, key=lambda cell: cell.line):
        text = "\t".join(cell.text for cell in same).strip()
        yield Piece(line, text, "leftover", reason=reason)
