"""Find the tables of a document that list no tasks of it though their headings look so: those that
ask or tell whom to call, are still to be filled in, say what was reached or what others do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.parse import other_tables
from yiyang.parse.headers import Columns
from yiyang.parse.shapes import is_number
from yiyang.safety.later import expression
from yiyang.safety.telling import tell


def find(blocks: Sequence[Block], heads: Sequence[Columns | None]) -> dict[int, str]:
    """Return the positions of the rows of such tables, with what they are; `heads` are the headers
    of tables of tasks by position."""
    found: dict[int, str] = {}
    for position, block in enumerate(blocks):
        if not block.is_row or position in found:
            continue
        words = [simplify(word) for word in map(squash, block.texts) if word]
        is_below_header = position and heads[position - 1] and blocks[position - 1].is_row
        is_of_people = not is_below_header and other_tables.is_of_people(words)
        if not is_of_people and not heads[position]:
            continue
        below = list(_below(position, blocks, heads))
        if is_of_people:
            found |= dict.fromkeys([position, *below], tell("parse.row_of_people"))
        elif below and all(_is_blank(blocks[at]) for at in below):
            found |= dict.fromkeys([position, *below], tell("parse.row_of_blank_form"))
        elif reason := _of_caption(position, blocks, heads):
            found |= dict.fromkeys([position, *below], reason)
    return found


# 2024年民生实事项目完成情况, 上年度任务落实情况表
_REACHED = expression(
    r"(?:完成|落实|办理|进展|实施|整改|推进)情况(?:[表单]|[汇一][总览]表?|统计表?|通报)?(?:[(（][^（()）]{1,12}[)）])?$"
)
_STATES = expression("(?:完成|落实|办理|进展|实施|整改|推进)(?:情况|结果)|实际")
# 二、外地经验做法（供学习借鉴）, 先进地区典型案例
_OF_OTHERS = expression(
    "(?:外地|外省|外市|外县|兄弟[省市县区]|先进(?:地区|城市|省市)|其他(?:省|市|县|区|城市|地区|省市)|周边(?:省|市|县|区|城市|地区))"
    "[^。；;]{0,8}(?:做法|经验|案例|举措)|(?:经验|做法|案例)[^。；;]{0,4}(?:供[^。；;]{0,4})?(?:借鉴|参考)"
)
_NEAR = 3
"""Lines above a table that may be its caption."""


def _of_caption(position: int, blocks: Sequence[Block], heads: Sequence[Columns | None]) -> str:
    """Why a table is none of the document's tasks by the line above it, beside another table that
    is; empty for any other."""
    columns, table = heads[position], blocks[position].table
    if not columns or not any(
        head and blocks[at].table != table for at, head in enumerate(heads) if at != position
    ):
        return ""
    above = (b for b in reversed(blocks[max(position - _NEAR, 0) : position]) if not b.is_row)
    caption = next((words for b in above if (words := squash(simplify(b.texts[0])))), "")
    if _OF_OTHERS.search(caption):
        return tell("parse.row_of_others")
    tells = any(map(_STATES.search, columns.words)) and not columns.has("deadline")
    return tell("parse.row_of_what_was_reached") if tells and _REACHED.search(caption) else ""


def _below(
    position: int, blocks: Sequence[Block], heads: Sequence[Columns | None]
) -> Iterator[int]:
    """The rows below one of the same table, up to the next header."""
    for at in range(position + 1, len(blocks)):
        if not blocks[at].is_row or blocks[at].table != blocks[position].table or heads[at]:
            return
        yield at


def _is_blank(block: Block) -> bool:
    """Whether a row holds nothing, or no more than its number."""
    texts = [text for text in map(squash, block.texts) if text]
    return len(texts) <= 1 and all(map(is_number, texts))
