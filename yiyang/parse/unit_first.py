"""Find lists without numbers whose lines begin with who does it: a unit, a colon, the task.

● 镇民政办：为独居老年人安装烟感报警器320个，11月底前完成。
"""

from __future__ import annotations

from collections.abc import Sequence

from yiyang.core.text import simplify
from yiyang.extract import Block
from yiyang.parse.numbers import style_of
from yiyang.parse.shapes import BULLETS, LABEL, are_known_units, is_units
from yiyang.parse.verdict import begins_as_task, promise, tells_what_was_done
from yiyang.safety.later import expression

FEWEST = 3
"""Lines that make such a list."""
# ● 镇财政所、镇农业服务中心：发放…
_LINE = expression(
    rf"(?P<mark>[\s{BULLETS}\-—]{{0,6}})(?P<units>[^:：，,。；;\d]{{2,40}})[:：]\s?(?P<words>[^\n]{{4,}})"
)

# 镇民政办, 各村（社区）
_LEVEL = expression("[省市县区州旗镇乡村各]|街道|社区")
# 320个, 11月底前
_TOLD = expression(r"\d|[月年]底?前")
_WORDS = expression("[一-鿿]{4}")
# 联系电话, 传真: whom to call, and no task
_CALLED = expression("电话|手机|传真|邮箱|联系人|联系方式")


def may_be_one(blocks: Sequence[Block]) -> bool:
    """Tell whether lines begin with units as such a list does, be tasks promised above or not."""
    return bool(find(blocks, is_promised=True))


def find(blocks: Sequence[Block], *, is_promised: bool = False) -> dict[int, tuple[int, int]]:
    """Return where the units of each line of such a list begin and end, by its position; none in a
    document with tables. A line above it promises tasks and nothing else; all its lines begin with
    units, half of them known or of a level that is named, and two of three say behind the colon
    what is to be done, how much or by when."""
    if any(block.is_row for block in blocks):
        return {}
    found: dict[int, tuple[int, int]] = {}
    run: list[tuple[int, str, str, tuple[int, int]]] = []
    for position, block in enumerate((*blocks, None)):
        text = simplify(block.texts[0]) if block else ""
        line = _LINE.match(text) if style_of(text)[0] < 0 and not LABEL.match(text) else None
        if line and is_units(line["units"]) and _may_be_task(line["words"]):
            run.append((position, line["units"], line["words"], line.span("units")))
            continue
        if is_promised and _are_tasks([(units, words) for _, units, words, _ in run]):
            found |= {at: span for at, _, _, span in run}
        run = []
        is_promised = is_promised or (len(text) <= LONGEST_TITLE and promise(text) == (True, False))
    return found


LONGEST_TITLE = 60
"""Characters of a line that may promise tasks."""


def _may_be_task(words: str) -> bool:
    """Whether words may be a task: no list of units, nobody to call, nothing that was done."""
    is_other = _CALLED.search(words) or tells_what_was_done(words) or is_units(words)
    return bool(_WORDS.search(words)) and not is_other


def _are_tasks(lines: Sequence[tuple[str, str]]) -> bool:
    known = sum(bool(_LEVEL.match(units)) or are_known_units(units) for units, _ in lines)
    tasks = sum(begins_as_task(words) or bool(_TOLD.search(words)) for _, words in lines)
    return len(lines) >= FEWEST and 2 * known >= len(lines) and 3 * tasks >= 2 * len(lines)
