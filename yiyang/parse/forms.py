"""Find the tables of a document that list no tasks of it though their headings look so: those that
ask or tell whom to call, are still to be filled in, say what was reached or what others do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.parse import other_tables
from yiyang.parse.headers import Columns
from yiyang.parse.shapes import is_deadline, is_number, is_units
from yiyang.safety.later import expression
from yiyang.safety.telling import tell


def find(blocks: Sequence[Block], heads: Sequence[Columns | None]) -> dict[int, str]:
    """Return the positions of the rows of such tables, with what they are; `heads` are the headers
    of tables of tasks by position."""
    found: dict[int, str] = {}
    others = dict(_of_captions(blocks, heads))
    for position, block in enumerate(blocks):
        if not block.is_row or position in found:
            continue
        words = [simplify(word) for word in map(squash, block.texts) if word]
        is_below_header = position and heads[position - 1] and blocks[position - 1].is_row
        is_of_people = not is_below_header and other_tables.is_of_people(words)
        begins = not position or blocks[position - 1].table != block.table
        if not is_of_people and not heads[position] and not (begins and _may_head(words)):
            continue
        below = list(_below(position, blocks, heads))
        if is_of_people:
            found |= dict.fromkeys([position, *below], tell("parse.row_of_people"))
        elif below and all(_is_blank(blocks[at]) for at in below):
            found |= dict.fromkeys([position, *below], tell("parse.row_of_blank_form"))
        elif heads[position] and position in others:
            found |= dict.fromkeys([position, *below], others[position])
    return found


def _may_head(words: Sequence[str]) -> bool:
    """Whether the words of a row may be the headings of a form: short, and no task."""
    are_short = all(len(word) <= LONGEST_HEAD for word in words)
    of_task = any(is_number(w) or is_deadline(w) or is_units(w) for w in words)
    return len(words) > 2 and are_short and not of_task


LONGEST_HEAD = 8
"""Characters of a heading of a form."""
# 2024年民生实事项目完成情况, 上年度任务落实情况表
_REACHED = expression(
    r"(?P<when>20\d\d年|[上去]年)(?![^。；;]{0,40}(?:结转|延续|遗留|未完成|续建))[^。；;]{0,24}"
    r"(?:完成|落实|办理|进展|实施|整改|推进)情况(?:回顾|总结|[表单]|[汇一][总览]表?|统计表?|通报)?"
    r"(?:[(（][^（()）]{1,12}[)）])?$"
)
_YEAR = expression(r"20\d\d(?=年)")
_STATES = expression("(?:完成|落实|办理|进展|实施|整改|推进)(?:情况|结果)|实际")
# 二、外地经验做法（供学习借鉴）, 先进地区典型案例
_OF_OTHERS = expression(
    r"(?:[一二三四五六七八九十\d]{1,2}[、.．]|[（(][一二三四五六七八九十\d]{1,2}[）)]|附[件表]\d?[:：]?)?"
    "(?:外地|外省|外市|外县|兄弟[省市县区]|先进(?:地区|城市|省市)|其他(?:省|市|县|区|城市|地区|省市)|周边(?:省|市|县|区|城市|地区))"
    "的?(?:先进|典型|主要|优秀|成功)?(?:经验)?(?:做法|经验|案例|举措)(?:介绍|摘编|汇编|一览表?)?(?:[（(][^（()）]{1,12}[）)])?"
)
# 附件1 托育服务任务分工（废止）, 任务清单（调整前）
_IS_VOID = expression(
    r"(?!原|\d{1,2}[.．、]|附件[:：])[^《》:：]{4,60}"
    "[（(](?:已?(?:于[^（()）]{2,12})?(?:废止|作废|失效)|不再执行|(?:调整|修订|修改)前)[）)]。?"
)
_NEAR = 3
"""Lines above a table that may be its caption."""


def _of_captions(
    blocks: Sequence[Block], heads: Sequence[Columns | None]
) -> Iterator[tuple[int, str]]:
    """The headers of tables that are none of the document's tasks by the line above each, and why:
    what others do, what was reached in a year before, what holds no longer; none where no other
    table is left."""
    tables = {blocks[at].table for at, head in enumerate(heads) if head}
    if len(tables) < 2:
        return
    lines = [block.texts[0] for block in blocks if not block.is_row]
    last = last_year(lines)
    found = []
    for at, head in enumerate(heads):
        caption = _caption(blocks, at) if head else ""
        reached = _REACHED.search(caption)
        if head and _IS_VOID.fullmatch(caption) and not blocks[at - 1].is_row:
            found.append((at, tell("parse.row_of_what_holds_no_longer")))
        elif _OF_OTHERS.fullmatch(caption):
            found.append((at, tell("parse.row_of_others")))
        elif (
            head
            and reached
            and not head.has("deadline")
            and _is_before(reached["when"], caption, last)
            and any(map(_STATES.search, head.words))
        ):
            found.append((at, tell("parse.row_of_what_was_reached")))
    if len({blocks[at].table for at, _ in found}) < len(tables):
        yield from found


def last_year(lines: Iterable[str]) -> int:
    """Return the last year that some lines name; 0 where they name none."""
    return max((int(year) for line in lines for year in _YEAR.findall(line)), default=0)


def _is_before(when: str, words: str, last: int) -> bool:
    """Whether words are about a year before the last that the document names."""
    years = [int(year) for year in _YEAR.findall(words)]
    return when[0] in "上去" or (bool(years) and max(years) < last)


def tells_reached(headings: str, last: int) -> bool:
    """Tell whether one of some headings, each on its line, is about what was reached in a year
    before `last`: 一、2024年任务完成情况."""
    for line in headings.split("\n"):
        words = squash(simplify(line))
        if (reached := _REACHED.search(words)) and _is_before(reached["when"], words, last):
            return True
    return False


def _caption(blocks: Sequence[Block], position: int) -> str:
    """The nearest line of words above a row, with no table between."""
    for at in range(position - 1, max(position - 1 - _NEAR, -1), -1):
        if blocks[at].is_row:
            return ""
        if words := squash(simplify(blocks[at].texts[0])):
            return words
    return ""


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
