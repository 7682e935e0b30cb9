"""Restore tables whose cells run together on one line:
序号工作任务责任单位1建立…。市民政局牵头2完善…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yiyang.core.text import simplify
from yiyang.extract import Block, Cell
from yiyang.parse import header_words, headers
from yiyang.parse.headers import Columns
from yiyang.parse.pieces import UNIT_FIELDS
from yiyang.parse.shapes import is_deadline, is_known_unit, is_units
from yiyang.safety.later import expression

# A count that belongs to its words: 3年, 12月, 50%, 2个, 2025—
_COUNTED = expression(
    r"^\s*(?:[年月日号个名人万亿元项条件次时％%家所张户米平公类批种期期级处台座套]|[-—－~至]\s*\d|[.．]\d)"
)
# How a cell before the next number ends: a unit, a role word, a date, a full stop.
_CELL_END = expression(
    r"(?:[局委厅部办院会社镇乡街道区县市团中心府组校位门司企联行]|牵头|配合|负责|落实|实施|参与|[。；;）)]"
    r"|月底前?|年底前?|[前月日年]|长期|持续\w{0,2}|推进|坚持|完成|开展)\s*$"
)
# 2025年12月底前, 长期坚持, 2025年 at the end of a cell
_DEADLINE_END = expression(
    r"(?:(?:20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:底|上旬|中旬|下旬)?(?:以?前|底)?(?:完成)?(?:[，,、]?并?长期\w{2}|"
    r"[，,]?持续\w{2})?|长期(?:坚持|推进|实施)?|持续(?:推进|实施)|全年|每年\S{0,8})$"
)
# Where a level word begins a unit's name: 县住建局, 市民政局, 各镇, 省委
_UNIT_START = expression("(?=[省市县区州各团国镇乡])")


def rows(blocks: Sequence[Block], at: int) -> tuple[list[Block], int] | None:
    """Return the rows of the run-together table that begins with this block, and the blocks it
    takes."""
    block = blocks[at]
    if block.is_row:
        return None
    text, line = block.texts[0], block.line
    words, end = _header(text)
    columns = headers.header(Block(tuple(Cell(w, line) for w in words), is_row=True))
    if not columns or not columns.has("number"):
        return None
    found = [Block(tuple(Cell(w, line) for w in words), is_row=True)]
    expected: int | None = None
    used = 1
    for n, part in enumerate([Cell(text[end:], line), *_lines(blocks, at + 1)]):
        cut = list(_records(part.text, expected))
        if part.text.strip() and not cut:
            if n == 0:
                return None
            break
        for number, start, stop in cut:
            found.append(_row(number, part.text[start:stop], part.line, columns))
            expected = int(number) + 1
        used = max(used, n + 1)
    return (found, used) if len(found) > 1 else None


def _lines(blocks: Sequence[Block], start: int) -> Iterator[Cell]:
    for block in blocks[start:]:
        if block.is_row:
            return
        yield block.cells[0]


def _header(text: str) -> tuple[list[str], int]:
    """The headings with which a line begins, and where they end."""
    words, at = [], 0
    folded = simplify(text)
    while match := header_words.WORD.match(folded, at):
        words.append(text[at : match.end()])
        at = match.end()
        at += len(text[at:]) - len(text[at:].lstrip())
    return words, at


def _records(text: str, expected: int | None) -> list[tuple[str, int, int]]:
    """The rows in a text: number, and where its other cells begin and end.

    A row begins with the number after that of the row above, where a cell can end before it.
    """
    starts: list[tuple[str, int, int]] = []
    for match in re.finditer(r"(?<![\d.])\d{1,3}(?!\d)", text):
        number = int(match[0])
        if expected is not None and number != expected:
            continue
        before = text[: match.start()]
        if not starts and before.strip():
            continue
        if starts and not _CELL_END.search(before):
            continue
        if _COUNTED.match(text[match.end() :]):
            continue
        starts.append((match[0], match.start(), match.end()))
        expected = number + 1
    ends = [*(start for _, start, _ in starts[1:]), len(text)][: len(starts)]
    return [(number, begin, end) for (number, _, begin), end in zip(starts, ends, strict=True)]


def _row(number: str, text: str, line: int, columns: Columns) -> Block:
    """The cells of a row, cut off from its end: deadline, units, and what is left is its text."""
    cells = dict.fromkeys(columns.uses, "")
    cells["number"] = number
    rest = text
    order = [use for use in columns.uses if use not in ("number", "section", "measure")]
    for use in reversed(order[order.index("text") + 1 :]):
        cut = len(rest)
        if use == "deadline":
            cut = deadline_start(rest)
        elif use in UNIT_FIELDS:
            is_one_of_two = (
                sum(u in UNIT_FIELDS for u in order) > 1 and use != order[order.index("text") + 1]
            )
            cut = units_start(rest, is_last_list=is_one_of_two)
        cells[use], rest = rest[cut:], rest[:cut]
    cells["text"] = rest
    return Block(tuple(Cell(cells[use].strip(), line) for use in columns.uses), is_row=True)


def deadline_start(text: str) -> int:
    """Return where the deadline at the end of a text begins; its length where there is none."""
    match = _DEADLINE_END.search(text)
    return match.start() if match and is_deadline(match[0]) else len(text)


def units_start(text: str, is_last_list: bool = False) -> int:
    """Return where the list of units at the end of a text begins; its length where there is none.

    Behind the last full stop, if all behind it are units; else at the first level word (县住建局)
    from which on there are nothing but known units. `is_last_list`: of two lists that touch
    (…市民政局市财政局、市卫健委), the second.
    """
    sentence = max(text.rfind(mark) for mark in "。！？!?") + 1
    starts = [sentence] if sentence and is_units(text[sentence:]) else []
    starts += [
        m.start()
        for m in _UNIT_START.finditer(simplify(text))
        if m.start() > sentence and is_units(text[m.start() :]) and _is_known(text[m.start() :])
    ]
    if is_last_list:
        touching = [s for s in starts if s and text[s - 1] in "局委厅部办会府院心团联"]
        return touching[0] if touching else len(text)
    return min(starts, default=len(text))


def _is_known(text: str) -> bool:
    first = re.split(r"[、，,；;\s]|牵头|负责|配合", text)[0]
    return is_known_unit(first)
