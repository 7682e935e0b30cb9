"""Find lists without numbers whose lines begin with who does it: a unit, a colon, the task.

● 镇民政办：为独居老年人安装烟感报警器320个，11月底前完成。
"""

from __future__ import annotations

from collections.abc import Sequence

from yiyang.core.text import simplify
from yiyang.extract import Block
from yiyang.parse.numbers import style_of
from yiyang.parse.shapes import BULLETS, LABEL, are_known_units, is_units
from yiyang.parse.verdict import begins_as_task
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
# 已完成3所, 截至目前累计发放…: what was done, which no line of a list of tasks says
_DONE = expression(
    "已经?(?:完成|建成|开展|发放|落实|整改|办)|^(?:已|截[至止]|目前|今年以来|上半年(?!前)|累计|共)|进展|完成率"
)
_WORDS = expression("[一-鿿]{4}")


def _may_be_task(words: str) -> bool:
    """Whether words may be a task: no list of units, no telephone, nothing that was done."""
    return bool(_WORDS.search(words)) and not (_DONE.search(words) or is_units(words))


def find(blocks: Sequence[Block]) -> dict[int, tuple[int, int]]:
    """Return where the units of each line of such a list begin and end, by its position; none in a
    document with tables. All lines begin with units, half of them known or of a level that is
    named, and two of three say behind the colon what is to be done, how much or by when."""
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
        known = sum(bool(_LEVEL.match(units)) or are_known_units(units) for _, units, _, _ in run)
        tasks = sum(begins_as_task(words) or bool(_TOLD.search(words)) for _, _, words, _ in run)
        if len(run) >= FEWEST and 2 * known >= len(run) and 3 * tasks >= 2 * len(run):
            found |= {at: span for at, _, _, span in run}
        run = []
    return found
