"""Tell the rows of a table that are no tasks, and put their words aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from yiyang.core.text import squash
from yiyang.extract import Cell
from yiyang.parse.pieces import Piece
from yiyang.safety.later import expression

# 合计, 备注：…, 注：…, 说明：: rows that are no tasks
_NO_TASK = expression(
    r"^(?:合计|总计|小计|备注|注|说明|填表人?|审核人?|制表|续表|续上表|接上表|[（(]续)[:：]?"
    r"|^(?:联系人|联系电话|联络员|填报(?:单位|人|日期|时间)|报送(?:单位|日期)|单位[（(]?(?:盖章|公章)|审批|负责人签)\S{0,4}[:：]"
)
# 合计, 小 计：, 总计（12个）: the first words of a row that adds up others
_TOTAL = expression(r"^(?:合计|总计|小计|共计|累计|总合计|汇总)(?:[:：\d（(].*)?$")
# 3（续）, 续3, 续: the number of a task that goes on from the page before
_CONTINUED = expression(r"^(?:续\S{0,4}|\S{1,4}[（(]?续[)）]?)$")


# 示例, 例1, （样例）: the number of a row that shows how a form is filled in
_EXAMPLE = expression(r"^[（(]?(?:填写)?(?:示例|样例|范例|举例|例如|例)[一二三\d]?[)）]?[:：]?$")


def is_example(number: str) -> bool:
    """Tell whether the number of a row says that it shows how a form is filled in."""
    return bool(_EXAMPLE.match(squash(number)))


def is_note(text: str) -> bool:
    """Tell whether the words of a row are those of a note or a sum: 注：…, 合计."""
    return bool(_NO_TASK.match(squash(text)))


def is_total(text: str) -> bool:
    """Tell whether a row that begins with these words adds up others."""
    return bool(_TOTAL.match(squash(text)))


def goes_on(number: str) -> bool:
    """Tell whether the number of a row is that of a task from the page before: 3（续）."""
    return bool(_CONTINUED.match(squash(number)))


def leftovers(cells: Sequence[Cell], reason: str) -> Iterator[Piece]:
    """Yield cells as text of no task, those of one line together."""
    own = [cell for cell in cells if cell.text and not cell.is_repeat]
    for line, same in groupby(own, key=lambda cell: cell.line):
        text = "\t".join(cell.text for cell in same).strip()
        yield Piece(line, text, "leftover", reason=reason)
