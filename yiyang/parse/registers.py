"""Find what an office notes about a document that came in: its register (来文字号, 拟办意见) and
the log of its steps (办理人, 操作, 时间). Neither is a part of the document, nor a list of tasks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from yiyang.core.text import simplify, squash
from yiyang.extract import Block, Cell
from yiyang.parse.pieces import Piece
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

# 收文编号, 来文单位, 密级, 拟办意见, 局领导批示: a label of a register of documents
_LABEL = expression(
    r"(?:收文|来文|办文|公文|文件|流水|登记|原文|归档)?(?:编?号|日期|时间|单位|机关|[文字]号|标题|份数|页数|方式|类[型别]|种类|名称)"
    r"|标题|事由|文种|份数|页数|密级|保密期限|缓急(?:程度|时限)?|紧急程度|[承主拟批经登]办(?:科室|处室|人)?|登记人|收文人|附件|备注|主题词"
    r"|(?:[一-鿿]{0,4}领导|拟办|批办|承办|办理|阅办|传阅|阅示|处理|办公室|科室|部门|主要|分管)(?:拟办|批示|批办|阅示|传阅)?(?:意见|批示|批办|阅示|签[字名阅]|结果|情况|记录|时间|日期)"
    r"|批示|传阅|阅示|拟办|批办"
)
# 来文单位, 收文日期, 拟办意见: labels that no other form has
_STRONG = expression(r"来文|收文|拟办|批办|传阅|阅示|阅办|批示")
_FEWEST = 3
"""Labels of a register, and of those that no other form has one less."""
# 办理人, 操作, 时间: the columns of a log of steps
_STEPS = expression(
    r"序号|[环节点步骤流程]{2,4}(?:名称)?|操作|动作|状态|耗时|备注|部门|(?:所在|办理|处理)?(?:部门|科室|单位)"
    r"|(?:办理|处理|操作|经办|审批|审核|签收|接收|发送|提交)(?:人员?|者)|(?:办理|处理|审批|审核|签署)?(?:意见|结果|类型)"
    r"|(?:办理|处理|操作|到达|接收|签收|提交|发送|完成|审批)?(?:时间|日期)"
)
_BY = expression(r"(?:办理|处理|操作|经办|审批|审核|签收|接收|发送|提交)(?:人员?|者)")
_CLOCK = expression(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[:：]\d\d")
# 来文字号, 原文号: what number the document bears that came in
_NUMBER = expression(r"(?:来文|原文|文件|公文)(?:文|字)号|(?:来文|原文)号|来文编号|文号|字号")


def take(blocks: Sequence[Block]) -> tuple[list[Block], list[Piece]]:
    """Return the blocks without registers and logs of steps, and these as leftovers."""
    gone = {id(block) for table in _tables(blocks) if is_one(table) for block in table}
    reason = tell("parse.register_of_office")
    left = [
        Piece(own[0].line, "\t".join(cell.text for cell in own), "leftover", reason=reason)
        for block in blocks
        if id(block) in gone and (own := _own(block))
    ]
    return [block for block in blocks if id(block) not in gone], left


def number(blocks: Sequence[Block]) -> tuple[str, int]:
    """Return the number that a register gives of the document that came in, and its line."""
    for table in filter(is_one, _tables(blocks)):
        first, *rows = map(_own, table)
        below = list(zip(first, rows[0], strict=False)) if len(rows) == 1 else []
        for label, value in (*_pairs(table), *below):
            if _NUMBER.fullmatch(_words(label)) and not _LABEL.fullmatch(_words(value)):
                return value.text.strip(), value.line
    return "", 0


def is_one(table: Sequence[Block]) -> bool:
    """Tell whether the rows of a table are a register, its labels beside their values or above
    them, or a log of steps."""
    head = [_words(cell) for cell in _own(table[0])]
    return _are_labels(head) or _is_register(table) or _is_log(table)


def _are_labels(words: Sequence[str]) -> bool:
    strong = sum(bool(_STRONG.search(word)) for word in words)
    is_known = all(map(_LABEL.fullmatch, words))
    return is_known and len(words) >= _FEWEST and strong >= _FEWEST - 1


def _is_register(table: Sequence[Block]) -> bool:
    rows = [_own(block, with_empty=True) for block in table if len(_own(block)) > 1]
    if any(len(own) % 2 for own in rows):
        return False
    labels = [_words(label) for label, _ in _pairs(table)]
    return _are_labels(labels)


def _is_log(table: Sequence[Block]) -> bool:
    head = [_words(cell) for cell in _own(table[0])]
    rows = [_own(block) for block in table[1:]]
    is_head = (
        len(head) >= _FEWEST and all(map(_STEPS.fullmatch, head)) and any(map(_BY.fullmatch, head))
    )
    return (
        is_head
        and bool(rows)
        and all(any(_CLOCK.search(c.text) for c in own) for own in rows if own)
    )


def _tables(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    for table, rows in groupby(blocks, key=lambda block: block.table if block.is_row else 0):
        if table:
            yield list(rows)


def _pairs(table: Sequence[Block]) -> Iterator[tuple[Cell, Cell]]:
    """The labels of a table with their values; a row of one cell is its caption."""
    for block in table:
        own = _own(block, with_empty=True)
        if len(_own(block)) > 1:
            pairs = zip(own[::2], own[1::2], strict=False)
            yield from (pair for pair in pairs if any(cell.text.strip() for cell in pair))


def _own(block: Block, *, with_empty: bool = False) -> list[Cell]:
    return [
        cell for cell in block.cells if not cell.is_repeat and (with_empty or cell.text.strip())
    ]


def _words(cell: Cell) -> str:
    return squash(simplify(cell.text)).strip(":：")
